"""The values that flow through the engine: frozen, typed, without behaviour beyond their own algebra.

Offsets count code points of `Document.text`. Boxes are in points, origin at the top left of the page as
shown. Every range is half-open. Text-bearing fields are kept out of `repr`, so that no log can quote them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from redactor.facts import UNKNOWN as UNKNOWN
from redactor.facts import Facts as Facts
from redactor.facts import Permission as Permission
from redactor.facts import Unknown as Unknown
from redactor.places import Box as Box
from redactor.places import Layout as Layout
from redactor.places import PageBox as PageBox
from redactor.places import Span as Span
from redactor.places import subtract as subtract
from redactor.places import union_of as union_of

DocumentId = NewType("DocumentId", str)  # "d1", "d2", ... inside one run; never a file name
PersonId = NewType("PersonId", str)  # "p1", "p2", ... inside one request


class Strength(StrEnum):
    """How well a finding is supported. A word, since no probability was measured."""

    PROVEN = "PROVEN"
    STRONG = "STRONG"
    WEAK = "WEAK"

    @property
    def masks(self) -> bool:
        """True when the finding is enough to mask; a weak one only raises a flag."""
        return self is not Strength.WEAK


class Lang(StrEnum):
    """Language of a passage; `OTHER` is a language no model here reads: it goes to a person."""

    FR = "fr"
    EN = "en"
    OTHER = "other"


class TextLayer(StrEnum):
    """What stands behind the pixels of a page."""

    TEXT = "text"
    BLANK = "blank"  # nothing visible at all
    MISSING = "missing"  # something visible, no text: OCR or a person
    DOUBTFUL = "doubtful"  # text that cannot be trusted (unmapped fonts, covered or invisible)
    OCR = "ocr"  # a picture of text, read here, surely enough


@dataclass(frozen=True, slots=True)
class Page:
    """One page as shown: `width` and `height` in points after rotation; `index` counts from 0."""

    index: int
    width: float
    height: float
    text_layer: TextLayer = TextLayer.TEXT
    confidence: int | None = None  # of 100, mean of the letters, where the page was read from its picture


class BlockKind(StrEnum):
    """What a block looks like on the page, before anything is known of its meaning."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    RUNNING = "running"  # header or footer that stands on the page's edge


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item, table row or running line. `cells` holds the cells of a row, else nothing."""

    span: Span
    kind: BlockKind
    page: int = 0
    level: int = 0  # of a heading: 1 is the highest
    cells: tuple[Span, ...] = ()
    quote_depth: int = 0  # number of ">" before the line, in an e-mail


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: pages, blocks, one text. `layout` is None for text that never stood on a page.

    Blocks are separated by a line feed, cells by a tab; a soft line end is one space and an end-of-line
    hyphen is undone. Blocks follow the reading order; running headers and footers come last.
    """

    id: DocumentId
    sha256: str
    text: str = field(repr=False)
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    layout: Layout | None = None

    def boxes_of(self, span: Span) -> tuple[PageBox, ...]:
        """Boxes of a span; none for a text that never stood on a page."""
        return () if self.layout is None else self.layout.boxes_of(span)

    def page_of(self, span: Span) -> int:
        """Page, from 0, on which the span begins."""
        for offset in range(span.start, span.end):
            page = 0 if self.layout is None else self.layout.page_of(offset)
            if page is not None:
                return page
        return 0


class Zone(StrEnum):
    """What a block is for. Only some zones can hold the advice of the body's own people."""

    BODY = "body"
    HEADING = "heading"
    RUNNING = "running"  # header and footer of the page
    LETTERHEAD = "letterhead"  # title block, object, references
    EMAIL_HEADER = "email_header"  # From, To, Sent, Subject
    SIGNATURE = "signature"
    STATUTE = "statute"  # quoted text of law
    FORM = "form"  # printed labels and instructions of a form
    NOTICE = "notice"  # confidentiality notice, legend, footnote
    ATTENDANCE = "attendance"  # present and absent members
    QUOTED = "quoted"  # an earlier message or somebody else's words, set apart
    MARGIN = "margin"  # a note written on the document afterwards


@dataclass(frozen=True, slots=True)
class Passage:
    """The least piece the law lets us withhold: a sentence, an item or a cell, with where it stands."""

    span: Span
    block: int  # index in `Document.blocks`
    zone: Zone = Zone.BODY
    lang: Lang = Lang.FR
    heading: Span | None = None  # the nearest heading above
    lead_in: Span | None = None  # for an item or a clause: the sentence before it that ends with a colon


class Speaker(StrEnum):
    """Whose words a passage reports. Values are those of the fact `author`."""

    STAFF = "staff"
    MEMBER = "member"
    CONSULTANT = "consultant"
    MINISTER_OFFICE = "minister_office"
    MNA = "mna"
    THIRD_PARTY = "third_party"
    CITIZEN = "citizen"
    OTHER_GOVERNMENT = "other_government"
    LAWYER = "lawyer"


def speaker_of(facts: Facts) -> Speaker | None:
    """Whose document it is; None where nobody told."""
    return None if isinstance(facts.author, Unknown) else Speaker(facts.author)


class Role(StrEnum):
    """What a person is in the request. Values are those of `people: role` in `request.yaml`."""

    PUBLIC_STAFF = "public_staff"
    SENIOR_MANAGEMENT = "senior_management"
    ELECTED = "elected"
    CONTRACTOR = "contractor"
    BENEFICIARY = "beneficiary"
    PERMIT_HOLDER = "permit_holder"
    PRIVATE = "private"
    REQUESTER = "requester"


class Element(StrEnum):
    """Which element of a person a finding tells: section 57 acts element by element."""

    NAME = "name"
    TITLE = "title"
    FUNCTION = "function"
    CLASSIFICATION = "classification"
    SALARY_SCALE = "salary_scale"
    ACTUAL_SALARY = "actual_salary"
    WORK_ADDRESS = "work_address"
    WORK_PHONE = "work_phone"
    WORK_EMAIL = "work_email"
    SIGNATURE = "signature"
    BENEFIT = "benefit"
    CONTRACT = "contract"
    OTHER = "other"  # home address, health, anything the Act does not list


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim about a span: `label` as in the corpus guide (`PI.sin`, `AVIS`), `source` the id of its maker.

    `evidence` are the spans that support it. `person` and `element` are set for what concerns a person,
    `speaker` for an opinion or an analysis (None: unknown, the document's author holds).
    """

    span: Span
    label: str
    strength: Strength
    source: str
    evidence: tuple[Span, ...] = ()
    person: PersonId | None = None
    element: Element | None = None
    speaker: Speaker | None = None

    @property
    def family(self) -> str:
        """The label before its first point: `PI`, `AVIS`, `ANALYSE`, `CABINET`, `NOTE`."""
        return self.label.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a person is named."""

    document: DocumentId
    span: Span
    strength: Strength
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person of one request. `role` is None while nothing tells it; `role_strength` says how well it is known."""

    id: PersonId
    name: str = field(repr=False)  # the fullest form seen
    role: Role | None = None
    role_strength: Strength = Strength.WEAK
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document with its passages and what was found in it."""

    document: Document
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CueList:
    """Phrases of one language under one name: the role they play in a rule, or the class they spell out."""

    lang: Lang
    name: str  # a cue role (`advice`, `pseudo`, ...) in `Lexicon.cues`, a class name without "@" in `Lexicon.classes`
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cues of one rule, as its file says them: `label_family` is what a finding made from them is called."""

    rule_id: str  # becomes `Finding.source`
    label_family: str  # `AVIS`, `ANALYSE`, `CABINET`, `NOTE`, ...
    unit: str  # least piece: words sentence item cell passage document
    cues: tuple[CueList, ...]
    classes: tuple[CueList, ...] = ()  # of the pack: what "@name" stands for; "*rait" is any word that ends so


class Effect(StrEnum):
    """What a rule does. The words of a rule file."""

    WITHHOLD = "withhold"
    PUBLIC = "public"
    OUTSIDE = "outside"
    ESCALATE = "escalate"
    OVERRIDE = "override"
    VERDICT = "verdict"
    ROUTE = "route"
    CLOCK = "clock"
    GATE = "gate"


class Power(StrEnum):
    """Of a withholding rule: must the body withhold, or may it?"""

    MANDATORY = "mandatory"
    DISCRETIONARY = "discretionary"


class State(StrEnum):
    """What a proposal does to its words before anybody has decided."""

    MASKED = "masked"
    KEPT = "kept"  # readable, and the trace says why
    FLAG = "flag"  # readable, a person should look
    ASK = "ask"  # masked until a fact is known


class Status(StrEnum):
    """Outcome of one condition: three-valued, since a fact may be unknown."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a rule and how it came out. `fact` is a dotted name, `value` never quotes a document."""

    fact: str
    wanted: str
    value: str
    status: Status


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for, in both languages, and what each answer would do."""

    fact: str
    fr: str
    en: str
    effects: tuple[tuple[str, str], ...] = ()  # (answer, outcome)


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a proposal is what it is: the rule as it stood, its conditions, and what would change the answer."""

    rule: str
    version_from: str | None
    citation: str
    conditions: tuple[Condition, ...] = ()
    evidence: tuple[Span, ...] = ()
    because: tuple[str, ...] = ()  # codes of the steps taken, such as "cancelled-by:qc-a2.1/s057/staff-in-function"
    counterfactuals: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule says of some spans of one document, before a person has decided.

    `id` is stable for the same document, spans and rule. Several proposals may stand on one span.
    """

    id: str
    document: DocumentId
    spans: tuple[Span, ...]
    label: str
    rule: str
    provision: str
    effect: Effect
    power: Power | None
    strength: Strength
    state: State
    trace: Trace
    person: PersonId | None = None
    element: Element | None = None


class RedactionKind(StrEnum):
    """`TEXT` removes the glyphs under its boxes; `AREA` also pixels and curves, whatever they are."""

    TEXT = "text"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Redaction:
    """Boxes to burn for one decision. `label` is printed on them: `art. 53` or `art. 37, 53`."""

    boxes: tuple[PageBox, ...]
    label: str
    kind: RedactionKind = RedactionKind.TEXT
