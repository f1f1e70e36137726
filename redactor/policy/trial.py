"""Runs one example: from its text and facts to what would be hidden and flagged, and how that differs from its marks.

Without a finder only examples told as natures (`given`) run; the finders belong to other packages and are handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from redactor.errors import BadPack
from redactor.model import Effect, Lang, Lexicon, Span, State, union_of
from redactor.policy import marks as notation
from redactor.policy.case import hides
from redactor.policy.engine import propose
from redactor.policy.natures import analysed_of, persons_of
from redactor.policy.stated import Stated, stated
from redactor.text.plain import document_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from redactor.model import Analysed, Document, Facts, Person, Proposal, Role
    from redactor.policy.marks import Mark, Marked
    from redactor.policy.pack import RulesInForce
    from redactor.policy.schema import Example, Rule

READABLE = frozenset({"FAIT", "PUBLIC"})  # labels of what must not be hidden
PERSONAL = "PI"


class Finder(Protocol):
    """The real analysis of a document that stands alone; `personal` asks for the costly part too."""

    def __call__(
        self,
        document: Document,
        *,
        facts: Facts,
        lexicons: Sequence[Lexicon],
        people: Sequence[tuple[str, Role]],
        personal: bool,
    ) -> tuple[Analysed, tuple[Person, ...]]:
        """What was found, and the people of it."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """What an example came to. `wrong` names differences by label and code, never by words."""

    proposals: tuple[Proposal, ...]
    wrong: tuple[str, ...]


def run(
    example: Example, rule: Rule, *, rules: RulesInForce, find: Finder | None, lexicons: Sequence[Lexicon] | None = None
) -> Trial | None:
    """The trial of one example of `rule`; None when it needs a finder and there is none. Raises BadPack."""
    said = stated({**rule.defaults, **example.with_})
    expected = notation.parse(example.text)
    analysed: Analysed | None = None
    persons: tuple[Person, ...] = ()
    if example.given is not None:
        given = notation.parse(example.given)
        if given.text != expected.text:
            raise BadPack(key="given", problem="not the words of `text`")
        analysed, persons = analysed_of(given, lang=_lang(said)), persons_of(given, said.roles, weak=said.guessed)
    elif find is not None:
        used = rules.lexicons() if lexicons is None else lexicons
        personal = (rule.label or "").startswith(PERSONAL) or rule.effect is Effect.PUBLIC
        analysed, persons = find(
            document_of(expected.text), facts=said.facts, lexicons=used, people=said.people, personal=personal
        )
    if analysed is None:
        return None
    proposals = _proposed(analysed, persons, said, rules)
    return Trial(proposals, tuple(differences(expected, proposals, family=_scope(rule, example))))


def language_of(example: Example, rule: Rule) -> Lang:
    """The language that an example of `rule` states; French when it states none."""
    return _lang(stated({**rule.defaults, **example.with_}))


def _lang(said: Stated) -> Lang:
    return Lang.EN if said.facts.lang == "en" else Lang.FR


def _scope(rule: Rule, example: Example) -> str | None:
    """Natures are the whole story: all is compared. A finder tells other things too: only the rule's own matter is."""
    return None if example.given is not None else (rule.label or "").partition(".")[0]


def _proposed(
    analysed: Analysed, persons: tuple[Person, ...], said: Stated, rules: RulesInForce
) -> tuple[Proposal, ...]:
    def once(confirmed: frozenset[str]) -> tuple[Proposal, ...]:
        return propose(
            analysed,
            facts=said.facts,
            persons=persons,
            rules=rules,
            consents=said.consents,
            waivers=said.waivers,
            confirmed=confirmed,
            explained=False,
        )

    first = once(frozenset())
    if not said.confirmed:
        return first
    return once(frozenset(one.id for one in first if one.effect is Effect.OVERRIDE))


def differences(expected: Marked, proposals: Sequence[Proposal], *, family: str | None) -> list[str]:
    """How what is hidden and flagged differs from the marks, letter by letter, punctuation and blanks aside."""
    text, scoped = expected.text, [one for one in proposals if family in {None, one.label.partition(".")[0]}]
    hidden = [one for one in scoped if hides(one)]
    wanted = [one for one in expected.marks if one.label not in READABLE and one.get("state") != State.FLAG.value]
    wanted = [one for one in wanted if family in {None, one.family}]
    wrong = [f"not hidden: {one.label}" for one in wanted if not _covered(one, hidden, text)]
    covered = _letters([one.span for one in wanted], text)
    wrong += [
        f"hidden for nothing: {one.label} under {one.provision}"
        for one in hidden
        if not _letters(one.spans, text) <= covered
    ]
    flags = [one for one in expected.marks if one.get("state") == State.FLAG.value]
    wrong += [f"not flagged: {one.label}" for one in flags if not _is_flagged(one, proposals, {one.family})]
    plain = [one for one in expected.marks if one.get("state") == State.KEPT.value]
    families = {one.label.partition(".")[0] for one in scoped}
    wrong += [f"flagged for nothing: {one.label}" for one in plain if _is_flagged(one, scoped, families)]
    return list(dict.fromkeys(wrong))


def _covered(mark: Mark, hidden: Sequence[Proposal], text: str) -> bool:
    """True when what is hidden under such a label holds every letter of the mark."""
    spans = [span for one in hidden if _same_label(mark.label, one.label) for span in one.spans]
    return _letters([mark.span], text) <= _letters(spans, text)


def _same_label(mark: str, proposal: str) -> bool:
    """`AVIS` stands for any of its kinds, and so does a proposal that does not say which."""
    return mark in {proposal, proposal.partition(".")[0]} or proposal == mark.partition(".")[0]


def _is_flagged(mark: Mark, proposals: Sequence[Proposal], families: Collection[str]) -> bool:
    flags = [one for one in proposals if one.state is State.FLAG and one.effect is not Effect.ROUTE]
    spans = [span for one in flags if one.label.partition(".")[0] in families for span in one.spans]
    return any(span.overlaps(mark.span) for span in spans)


def _letters(spans: Sequence[Span], text: str) -> frozenset[int]:
    return frozenset(at for span in union_of(spans) for at in range(span.start, span.end) if text[at].isalnum())
