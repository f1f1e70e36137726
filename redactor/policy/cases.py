"""Whole cases a lawyer can read: what passages are before the law, the facts, and what must come out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, model_validator

from redactor.errors import BadPack, RedactorError
from redactor.model import DocumentId, Effect, Lang, State
from redactor.policy import marks as notation
from redactor.policy.case import hides
from redactor.policy.consistency import Settled, inconsistencies
from redactor.policy.engine import propose
from redactor.policy.natures import analysed_of, chosen_of, persons_of
from redactor.policy.reading import load, shape
from redactor.policy.schema import Bilingual, Name, Strict, Words
from redactor.policy.stated import stated
from redactor.policy.verdict import Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from redactor.model import Proposal
    from redactor.policy.marks import Mark, Marked
    from redactor.policy.pack import RulesInForce
    from redactor.policy.stated import Stated

FOLDER = "cases"
Facts = dict[str, Any]


class CaseDocument(Strict):
    """One document of a case; `facts` are its own, over those of the case."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    facts: Facts = Field(default_factory=dict)


class Case(Strict):
    """One case. `expect` gives, for each mark that has an id, what becomes of its words."""

    id: Name
    title: Words
    why: Words
    facts: Facts = Field(default_factory=dict)
    text: Annotated[str, Field(min_length=1, max_length=20_000)] | None = None
    documents: tuple[CaseDocument, ...] = ()
    expect: dict[str, Words] = Field(default_factory=dict)
    asks: tuple[Words, ...] | None = None
    verdict: Words | None = None
    whole: Words | None = None  # what the rule that takes the whole document does
    twice: tuple[tuple[str, str], ...] = ()  # marks treated in two ways: hidden, readable

    @model_validator(mode="after")
    def _has_documents(self) -> Case:
        if (self.text is None) == (not self.documents):
            raise ValueError("a case has a text, or documents")
        return self


class CaseFile(Strict):
    """Cases on one subject, with the facts they share."""

    subject: Bilingual
    facts: Facts = Field(default_factory=dict)
    cases: tuple[Case, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Ruled:
    """One document of a case with what came out."""

    marked: Marked
    said: Stated
    settled: Settled
    verdict: Verdict


def read_cases(folder: Traversable | Path) -> tuple[tuple[str, CaseFile], ...]:
    """The case files of the pack in `folder`, by name. Raises BadPack: a fault of shape, one id twice."""
    below = folder / FOLDER
    if not below.is_dir():
        return ()
    entries = sorted((one for one in below.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    files = tuple((entry.name, shape(CaseFile, load(entry), entry.name)) for entry in entries)
    seen: set[str] = set()
    for name, file in files:
        for case in file.cases:
            if case.id in seen:
                raise BadPack(file=name, line=1, key="id", problem=f"the case {case.id} stands twice")
            seen.add(case.id)
    return files


def rule_on(case: Case, file: CaseFile, rules: RulesInForce, *, explained: bool = True) -> tuple[Ruled, ...]:
    """Every document of a case with its proposals and verdict, before anybody decides. Raises BadPack.

    Without `explained` nothing is asked and nothing is told of what would change: the same outcomes, sooner.
    """
    documents = case.documents or (CaseDocument(text=case.text or ""),)
    shared = {**file.facts, **case.facts}
    return tuple(
        _rule_on(DocumentId(f"d{number}"), notation.parse(one.text), stated({**shared, **one.facts}), rules, explained)
        for number, one in enumerate(documents, start=1)
    )


def _rule_on(
    document_id: DocumentId,
    marked: Marked,
    said: Stated,
    rules: RulesInForce,
    explained: bool,
) -> Ruled:
    lang = Lang.EN if said.facts.lang == "en" else Lang.FR
    analysed = analysed_of(marked, document_id=document_id, lang=lang)
    persons = persons_of(marked, said.roles, weak=said.guessed)

    def once(confirmed: frozenset[str]) -> tuple[Proposal, ...]:
        return propose(
            analysed,
            facts=said.facts,
            persons=persons,
            rules=rules,
            consents=said.consents,
            waivers=said.waivers,
            confirmed=confirmed,
            chosen=chosen_of(marked),
            explained=explained,
        )

    found = once(frozenset())
    if said.confirmed:
        found = once(frozenset(one.id for one in found if one.effect is Effect.OVERRIDE))
    hidden = [span for one in found if hides(one) for span in one.spans]
    verdict = judge(analysed, withheld=hidden, facts=said.facts, rules=rules, proposals=found)
    return Ruled(marked, said, Settled(analysed, said.facts, found), verdict)


def differences(case: Case, file: CaseFile, rules: RulesInForce) -> tuple[str, ...]:
    """How what comes out differs from what the case expects; each line names a mark, never its words."""
    try:
        ruled = rule_on(case, file, rules)
    except RedactorError as error:
        return (str(error.facts.get("problem", error.code)),)
    told = {key: outcome for one in ruled for key, outcome in _told(one).items()}
    wrong = [
        f"{key}: {told.get(key, 'no such mark')}, expected {wanted}"
        for key, wanted in case.expect.items()
        if told.get(key) != wanted
    ]
    wrong += [f"{key}: nothing is expected of it" for key in told if key not in case.expect]
    return (*wrong, *_of_whole(case, ruled))


def _of_whole(case: Case, ruled: Sequence[Ruled]) -> list[str]:
    wrong: list[str] = []
    asked = tuple(sorted({q.fact for one in ruled for p in one.settled.proposals for q in p.trace.questions}))
    if case.asks is not None and asked != tuple(sorted(case.asks)):
        wrong.append(f"asks {', '.join(asked) or 'nothing'}")
    outcomes = [one.verdict.outcome for one in ruled]
    if case.verdict is not None and outcomes != [case.verdict] * len(outcomes):
        wrong.append(f"verdict {', '.join(outcomes)} ({', '.join(ruled[0].verdict.reasons)})")
    whole = [_whole(one) for one in ruled]
    if case.whole is not None and whole != [case.whole] * len(whole):
        wrong.append(f"whole document: {', '.join(whole)}")
    pairs = _twice(ruled)
    if sorted(pairs) != sorted(case.twice):
        wrong.append(f"treated in two ways: {pairs}")
    return wrong


def _told(ruled: Ruled) -> dict[str, str]:
    return {key: outcome(mark, ruled) for mark in ruled.marked.marks if (key := mark.get("id"))}


def outcome(mark: Mark, ruled: Ruled) -> str:
    """What becomes of the words of a mark: `masked 37 53`, `ask 39`, `public 57`, `flag 53`, `kept`."""
    over = [one for one in ruled.settled.proposals if any(span.covers(mark.span) for span in one.spans)]
    over = [one for one in over if one.effect is not Effect.ROUTE]
    hiding = [one for one in over if hides(one)]
    if hiding:
        state = State.MASKED if any(one.state is State.MASKED for one in hiding) else State.ASK
        flags = [one for one in over if one.state is State.FLAG and one.effect in {Effect.PUBLIC, Effect.OVERRIDE}]
        asked = f", {flags[0].effect.value} {flags[0].provision}?" if flags else ""
        return f"{state.value} {_sections(hiding)}{asked}"
    lifting = [one for one in over if one.effect in {Effect.PUBLIC, Effect.OVERRIDE}]
    for state, word in ((State.KEPT, "public"), (State.FLAG, "flag")):
        found = [one for one in lifting if one.state is state]
        if found:
            return f"{word} {_sections(found)}"
    flags = [one for one in over if one.state is State.FLAG]
    return f"flag {_sections(flags)}" if flags else State.KEPT.value


def _sections(proposals: Sequence[Proposal]) -> str:
    return " ".join(sorted({one.provision for one in proposals}, key=lambda one: tuple(map(int, one.split(".")))))


def _whole(ruled: Ruled) -> str:
    """What rules say of the whole document: `outside 9`, `escalate 34`, `route 13`, or nothing."""
    everything = len(ruled.marked.text)
    taking = [one for one in ruled.settled.proposals if any(len(span) == everything for span in one.spans)]
    told = {f"{one.effect.value} {one.provision}" + ("?" if one.state is State.ASK else "")
            for one in taking if hides(one) or one.effect is Effect.ROUTE}  # fmt: skip
    return ", ".join(sorted(told)) or "nothing"


def _twice(ruled: Sequence[Ruled]) -> list[tuple[str, str]]:
    marks: Mapping[tuple[str, int], str] = {
        (one.settled.analysed.document.id, mark.span.start): mark.get("id") or "?"
        for one in ruled
        for mark in one.marked.marks
    }
    found = inconsistencies([one.settled for one in ruled])
    return [
        (
            marks.get((one.hidden.document, one.hidden.span.start), "?"),
            marks.get((one.readable.document, one.readable.span.start), "?"),
        )
        for one in found
    ]
