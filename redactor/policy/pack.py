"""A pack in memory, and the rules in force on one day. Reading is `loader`'s; applying is `engine`'s."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.errors import NoVersionInForce
from redactor.model import CueList, Effect, Lang, Lexicon, Power
from redactor.policy.citations import Citation
from redactor.policy.schema import PackFile, Rule, Status, Version
from redactor.policy.texts import Texts
from redactor.policy.versions import in_force

if TYPE_CHECKING:
    from redactor.strict_yaml import Loaded


@dataclass(frozen=True, slots=True)
class Source:
    """A rule with the file it came from and the line of each of its keys."""

    file: str
    rule: Rule
    loaded: Loaded = field(repr=False)


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule with the version that answers for the day."""

    rule: Rule
    version: Version

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    @property
    def section(self) -> str:
        """The section number alone, as reports give it."""
        return self.version.cite.section

    @property
    def citation(self) -> Citation:
        """Section, paragraph, subparagraph."""
        return Citation.of(self.version.cite)

    @property
    def family(self) -> str:
        """Family of labels the rule acts on; empty for a rule without a label."""
        return (self.rule.label or "").partition(".")[0]


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The active rules of a pack on one day, sorted by id."""

    pack: PackFile
    day: dt.date
    rules: tuple[InForce, ...]

    @property
    def families(self) -> frozenset[str]:
        """Families of labels that some rule of the day acts on."""
        return frozenset(one.family for one in self.rules if one.family)

    def get(self, rule_id: str) -> InForce | None:
        """The rule of that id, if it is in force."""
        return next((one for one in self.rules if one.id == rule_id), None)

    def with_effect(self, effect: Effect) -> tuple[InForce, ...]:
        """Rules of one effect, sorted by id."""
        return tuple(one for one in self.rules if one.rule.effect is effect)

    def manual(self) -> tuple[InForce, ...]:
        """Grounds that no finder opens: an officer chooses them."""
        return tuple(one for one in self.rules if one.rule.manual is not None)

    def classes(self) -> tuple[CueList, ...]:
        """The named word classes that cues may use."""
        return classes_of(self.pack)

    def power_of(self, section: str) -> Power | None:
        """The strongest power under which a section withholds; None when it never does."""
        powers = {one.rule.power for one in self.rules if one.section == section}
        return Power.MANDATORY if Power.MANDATORY in powers else next((p for p in powers if p), None)

    def lexicons(self) -> tuple[Lexicon, ...]:
        """Cues of the rules that have their own, sorted by rule id; a rule with `cues_from` has none."""
        classes = classes_of(self.pack)
        return tuple(lexicon_of(one.rule, classes) for one in self.rules if one.rule.cues)


def classes_of(head: PackFile) -> tuple[CueList, ...]:
    """The named word classes of a pack, one list for each name and language."""
    return tuple(
        CueList(lang, name, words) for name, by_lang in head.classes.items() for lang, words in by_lang.items()
    )


def lexicon_of(rule: Rule, classes: tuple[CueList, ...] = ()) -> Lexicon:
    """The cues of one rule, as finders take them."""
    cues = tuple(
        CueList(lang, role.value, phrases) for lang, by_role in rule.cues.items() for role, phrases in by_role.items()
    )
    return Lexicon(rule.id, (rule.label or "").partition(".")[0], rule.unit.value, cues, classes)


@dataclass(frozen=True, slots=True)
class Pack:
    """All rules of one pack, whatever their dates."""

    head: PackFile
    sources: tuple[Source, ...]
    texts: Texts = field(default=Texts(()), repr=False)
    mark: str = ""  # digest of its files: what was kept under other rules is not taken up again

    @property
    def id(self) -> str:
        """`qc-a2.1@2026.1`: quoted by reports and decisions."""
        return f"{self.head.id}@{self.head.version}"

    def classes(self) -> tuple[CueList, ...]:
        """The named word classes that cues may use."""
        return classes_of(self.head)

    def box_label(self, lang: Lang) -> str:
        """The word before the sections on a box: `art.` or `s.`."""
        return self.head.box_label.of(lang)

    def at(self, day: dt.date, *, drafts: bool = False) -> RulesInForce:
        """The rules in force on `day`. Raises NoVersionInForce when none answers for it."""
        acting = {Status.ACTIVE, Status.DRAFT} if drafts else {Status.ACTIVE}
        found = [
            InForce(source.rule, version)
            for source in sorted(self.sources, key=lambda one: one.rule.id)
            if source.rule.status in acting and (version := in_force(source.rule.versions, day))
        ]
        if not found:
            raise NoVersionInForce(day=day.isoformat())
        return RulesInForce(self.head, day, tuple(found))


def all_rules(pack: Pack) -> RulesInForce:
    """Every rule that acts or is being drafted, in its last version: examples and cases are about the law of now."""
    acting = [one.rule for one in pack.sources if one.rule.status is not Status.RETIRED]
    last = sorted((InForce(rule, rule.versions[-1]) for rule in acting), key=lambda one: one.id)
    return RulesInForce(pack.head, dt.date.max, tuple(last))
