"""The shape of a rule file and of `pack.yaml`. Their meaning lives in the other modules; reading them in `loader`.

Unknown keys are refused, and a section is a string: `59.1` is not a number.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from redactor.model import Effect, Lang, Power

SCHEMA = 1  # version of this shape; `pack.yaml` says which one it was written for

Name: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
RuleId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9.-]+/s[0-9][0-9.]*[a-z]?/[a-z0-9-]+$", max_length=120)]
Section: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$")]
Label: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z]+(\.[a-z_]+)?$")]
FactName: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z_]+$")]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
Scalar: TypeAlias = bool | str


class Strict(BaseModel):
    """Base of every shape: closed, immutable, and silent about what it was given."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Bilingual(Strict):
    """One text in both languages, French first."""

    fr: Words
    en: Words

    def of(self, lang: Lang) -> str:
        """The text in `lang`; French for a language that is neither."""
        return self.en if lang is Lang.EN else self.fr


class Status(StrEnum):
    """Does the rule act? A draft runs in tests alone; a retired one keeps its id."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class TextStatus(StrEnum):
    """May the wording be quoted? Never: does the rule act?"""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Unit(StrEnum):
    """Least piece that may be withheld."""

    WORDS = "words"
    SENTENCE = "sentence"
    ITEM = "item"
    CELL = "cell"
    PASSAGE = "passage"
    DOCUMENT = "document"


class CueRole(StrEnum):
    """The part a phrase plays. Values starting with `speaker_` give the words to that speaker."""

    ADVICE = "advice"
    ANALYSIS = "analysis"
    OFFICE = "office"
    NOTE = "note"
    HAZARD = "hazard"
    WEAK = "weak"
    HEADING = "heading"
    LEAD_IN = "lead_in"
    PSEUDO = "pseudo"
    OTHER_SPEAKER = "other_speaker"
    SPEAKER_STAFF = "speaker_staff"
    SPEAKER_MEMBER = "speaker_member"
    SPEAKER_CONSULTANT = "speaker_consultant"
    SPEAKER_MINISTER_OFFICE = "speaker_minister_office"
    SPEAKER_MNA = "speaker_mna"
    SPEAKER_THIRD_PARTY = "speaker_third_party"
    SPEAKER_CITIZEN = "speaker_citizen"
    SPEAKER_OTHER_GOVERNMENT = "speaker_other_government"
    SPEAKER_LAWYER = "speaker_lawyer"
    DECIDED = "decided"
    ENDS = "ends"


OPENING_ROLES = frozenset({CueRole.ADVICE, CueRole.ANALYSIS, CueRole.OFFICE, CueRole.NOTE, CueRole.HAZARD})


class Not(Strict):
    """Condition that holds for every known value but these."""

    none_of: tuple[Scalar, ...] = Field(alias="not", min_length=1)


Test: TypeAlias = Annotated[tuple[Scalar, ...], Field(min_length=1)] | Not
Tests: TypeAlias = dict[FactName, Test]


class Cite(Strict):
    """Where the rule stands in the law; `url` opens it as it stood that day."""

    act: Words
    section: Section
    paragraph: Annotated[int, Field(ge=1, le=30)] | None = None
    subparagraph: Annotated[int, Field(ge=1, le=30)] | None = None
    url: Words | None = None


class Limit(Strict):
    """A number of years from one day; over on the anniversary itself. `also` is the other day that is argued for."""

    years: Annotated[int, Field(ge=1, le=150)]
    after: FactName
    until: FactName
    also: FactName | None = None


class Ends(Strict):
    """The ground ends on that day, once `when` holds: a decision made, a text made public."""

    at: FactName
    until: FactName = "request.date"
    also: FactName | None = None
    when: Tests = Field(default_factory=dict)


class Version(Strict):
    """The rule during one half-open period."""

    from_: dt.date | None = Field(alias="from")
    until: dt.date | None
    cite: Cite
    text: TextStatus
    source: Words
    read: dt.date | None = None  # the day the wording was compared with its source
    limit: Limit | None = None
    ends: Ends | None = None


class RuleException(Strict):
    """When the finding becomes something else: readable (`label: FAIT`), or another effect."""

    id: Name
    when: Tests = Field(min_length=1)
    label: Label | None = None
    effect: Effect | None = None
    power: Power | None = None
    only_when_stated: bool = False  # of a public rule: what must be shown to count; a missing fact does not open it
    unless: tuple[Name, ...] = ()  # exceptions of the same rule before which this one gives way
    comment: Words | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> RuleException:
        if self.label is None and self.effect is None:
            raise ValueError("an exception needs a label or an effect")
        return self


class Example(Strict):
    """One proof. `text` carries the marks after the law; `given` the natures before it, where no finder is meant."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    given: Annotated[str, Field(min_length=1, max_length=20_000)] | None = None
    shows: Words | None = None
    with_: dict[str, object] = Field(default_factory=dict, alias="with")


class Extension(Strict):
    """More days, when notice is given in time."""

    days: Annotated[int, Field(ge=1, le=365)]
    notice_within: Annotated[int, Field(ge=1, le=365)]


class Clock(Strict):
    """A delay in calendar days, from a day that the file of the request records."""

    name: Name
    days: Annotated[int, Field(ge=1, le=365)]
    after: FactName
    extension: Extension | None = None
    on_expiry: Bilingual


class Cancels(Strict):
    """What a public, override or route rule sets aside: labels, sections, powers or effects."""

    labels: tuple[Label, ...] = ()
    sections: tuple[Section, ...] = ()
    powers: tuple[Power, ...] = ()
    effects: tuple[Effect, ...] = ()


class Band(Strict):
    """What is left of a document, in shares of 1 and counts; see `verdict`."""

    refuse_below: Annotated[float, Field(ge=0, le=1)]
    person_below: Annotated[float, Field(ge=0, le=1)]
    sentences_for_partial: Annotated[int, Field(ge=1, le=100)]
    words_of_sentence: Annotated[int, Field(ge=1, le=50)]
    words_of_informative_paragraph: Annotated[int, Field(ge=1, le=200)]


class PrivateFile(Strict):
    """The individual file of one private person, asked for by another: when the whole is the substance."""

    kinds: tuple[str, ...]
    authors: tuple[str, ...]
    family: Annotated[str, Field(pattern=r"^[A-Z]+$")]  # of the labels that are counted
    least_labels: Annotated[int, Field(ge=1, le=50)]  # different things told of people: health, family, pay...
    least_share: Annotated[float, Field(gt=0, le=1)]  # of the document's letters that tell of people
    unless_public: tuple[RuleId, ...] = ()  # rules under which somebody in it is public: then it is no private file


class Rule(Strict):
    """A rule file as written."""

    id: RuleId
    title: Bilingual
    status: Status
    effect: Effect
    label: Label | None = None
    power: Power | None = None
    unit: Unit = Unit.WORDS
    manual: Bilingual | None = None  # no finder: an officer chooses it; the text says when
    flag: bool = False  # of a public rule: readable, and a person is asked to look
    to: Words | None = None  # who may waive an escalated or mandatory ground
    consent: Literal["person", "third_party"] | None = None  # whose consent lifts it
    consent_cites: tuple[Section, ...] = ()  # sections under which a consent may be recorded, besides the rule's own
    waiver_keeps: tuple[str, ...] = ()
    cancels: Cancels = Cancels()
    versions: tuple[Version, ...] = Field(min_length=1)
    applies_when: Tests = Field(default_factory=dict)
    if_unknown: Literal["ask", "withhold"] = "ask"
    cues_from: RuleId | None = None
    cues: dict[Lang, dict[CueRole, tuple[Words, ...]]] = Field(default_factory=dict)
    exceptions: tuple[RuleException, ...] = ()
    clocks: tuple[Clock, ...] = ()
    requires: tuple[Name, ...] = ()  # of a gate: what each mask must carry
    private_file: PrivateFile | None = None  # of the verdict
    defaults: dict[str, object] = Field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _effect_has_its_keys(self) -> Rule:
        if (self.effect is Effect.WITHHOLD) != (self.power is not None):
            raise ValueError("power goes with withhold, and only with it")
        if self.effect is Effect.ESCALATE and self.to is None:
            raise ValueError("escalate needs `to`")
        if self.effect in {Effect.WITHHOLD, Effect.OUTSIDE, Effect.ESCALATE} and self.label is None:
            raise ValueError("a rule that withholds needs a label")
        if self.effect is Effect.CLOCK and not self.clocks:
            raise ValueError("clock needs `clocks`")
        if self.effect is Effect.GATE and not self.requires:
            raise ValueError("gate needs `requires`")
        if self.cues and self.cues_from:
            raise ValueError("cues and cues_from exclude each other")
        return self


class Ask(Strict):
    """How a missing fact is asked, and the answers to try when its effects are told."""

    fr: Words
    en: Words
    values: tuple[Scalar, ...] = ()


Classes: TypeAlias = dict[Name | str, dict[Lang, tuple[Words, ...]]]


class ClassesFile(RootModel[Classes]):
    """`classes.yaml`: named word classes, by language."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class PackFile(Strict):
    """`pack.yaml`."""

    schema_: int = Field(alias="schema")
    id: Name | Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")]
    version: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]+$")]
    title: Bilingual
    box_label: Bilingual
    bands: Band
    classes: Classes = Field(default_factory=dict)
    questions: dict[FactName, Ask] = Field(default_factory=dict)
    names: dict[str, Bilingual] = Field(default_factory=dict)
    values: dict[str, Bilingual] = Field(default_factory=dict)
    one_language: dict[RuleId, Bilingual] = Field(default_factory=dict)
