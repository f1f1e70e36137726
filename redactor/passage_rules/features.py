"""What can be told of each clause of a document without deciding anything: its traits, forms, place and neighbours.

A feature is a name with a value from 0 to 1; the names are what a person reads in a trace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from redactor.model import BlockKind, Lang, Passage, Span
from redactor.passage_rules.clauses import clauses_of, is_past, label_of
from redactor.passage_rules.lexical import words_of
from redactor.text.phrases import tokens_of
from redactor.text.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from redactor.model import Document
    from redactor.passage_rules.places import Place, Surroundings

TITLES: Final = ("title_opinion", "title_analysis", "title_fact", "title_steps", "title_third")
FORMS: Final[dict[str, re.Pattern[str]]] = {
    "conditional": re.compile(
        r"\b(?!vrai|frais|extrait|portrait|retrait|trait|attrait)\w{2,20}r(?:ait|aient|ais|ions)\b|\b(?:would|wouldn't|'d)\b"
    ),
    "could": re.compile(r"\b(?:pourrait|pourraient|pourrions|could|might)\b"),
    "future": re.compile(r"\b\w{2,20}(?:era|eront|ira|iront|dra|dront|vra|vront|rra|rront)\b|\b(?:will|won't|shall)\b"),
    "perfect": re.compile(
        r"\b(?:a|ont|avait|avaient|ai|avons|avez|eut)\s(?:\w{1,12}\s){0,2}?\w{2,20}(?:é|ée|és|ées|is|it|u|ue|us|ert)\b"
        r"|\b(?:has|have|had)\s(?:\w{1,12}\s)?\w{2,20}(?:ed|en|ne|t)\b|\b(?:est|sont)\s(?:venue?s?|allée?s?|entrée?s?|partie?s?|resté)\w*"
    ),
    "imperfect": re.compile(
        r"\b(?!fait|lait|parfait|souhait|plait|sait|attrait|retrait|extrait|portrait|souhaits)\w{2,20}(?<!r)(?:ait|aient)\b"
    ),
    "preterite": re.compile(
        r"\b(?:was|were|did|had|\w{2,20}ed|went|came|took|gave|made|told|said|held|sent|met|began|ran|rose|fell|paid|found|left|built|saw|felt|thought)\b"
    ),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "day": re.compile(
        r"\b\d{1,2}(?:er)?\s(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
        r"|january|february|march|april|may|june|july|august|september|october|november|december)\b"
        r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{1,2}\b"
    ),
    "money": re.compile(r"\d\s?(?:k|M|G)?\$|\$\s?\d|\bmillions?\b"),
    "percent": re.compile(r"\d\s?%"),
    "number": re.compile(r"\d"),
    "quoted": re.compile(r"[«»“”\"]"),
    "asks": re.compile(r"\?"),
    "exclaims": re.compile(r"!"),
    "brackets": re.compile(r"\("),
    "this": re.compile(r"^\W{0,3}(?:ce|cet|cette|ces|cela|ça|c'|c’|this|that|these|it)\b"),
    "someone": re.compile(r"^\W{0,3}(?:m\.|mme|mr|mrs|ms|me|dr|il|elle|ils|elles|he|she|they)\b"),
    "the": re.compile(r"^\W{0,3}(?:le|la|les|l'|l’|the)\b"),
    "a": re.compile(r"^\W{0,3}(?:un|une|des|a|an)\b"),
}
BIAS: Final = "bias"
MANY: Final = 3  # hits of a trait, or numbers; more add nothing
SHOWN: Final = ("column:", "label:", "lead:")  # titles so near that they may stand as evidence
LINE_WORDS: Final = 8  # words; a longer line is no title
_NUMBER: Final = re.compile(r"\d+")
SIZES: Final = ((4, "tiny"), (9, "short"), (18, "middle"), (30, "long"))  # words; more is "huge"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its own features (`t:bad`, `form:future`), the evidence of its traits, and its words."""

    span: Span
    passage: Passage
    values: Mapping[str, float] = field(default_factory=dict)
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = field(default=(), repr=False)


def clauses_in(around: Surroundings, passages: Sequence[Passage]) -> tuple[Clause, ...]:
    """The clauses of `passages` with what each tells by itself and by its place."""
    headers, lines = headers_of(around.document), lines_of(around.document)
    return tuple(c for passage in passages for c in _of_passage(around, passage, headers=headers, lines=lines))


def _of_passage(
    around: Surroundings, passage: Passage, *, headers: Mapping[int, Span], lines: Mapping[int, Span]
) -> Iterator[Clause]:
    text = around.document.text
    place = around.place_of(passage, lang=passage.lang)
    for span in clauses_of(text, passage.span, whole=bool(place.column)):
        tokens = tokens_of(text, span=span)
        traits = {
            f"t:{name}": hits for name, hits in traits_of(tokens, lang=passage.lang).items() if name not in TITLES
        }
        own = {BIAS: 1.0} | {name: (1 + min(len(hits), MANY)) / MANY for name, hits in traits.items()}
        titles = tuple(_titles(around, passage, span=span, headers=headers, lines=lines))
        announced = _announced(text, titles, lang=passage.lang)
        own |= _forms(span.of(text)) | _place(around, passage, place=place) | dict.fromkeys(announced, 1.0)
        shown = {name: (title,) for name, title in announced.items() if name.startswith(SHOWN)}
        yield Clause(span, passage, own, traits | shown, words_of(tokens))


def _forms(written: str) -> dict[str, float]:
    folded = written.lower()
    found = {f"form:{name}": 1.0 for name, pattern in FORMS.items() if pattern.search(folded)}
    if is_past(written):
        found["form:told"] = 1.0
    if len(_NUMBER.findall(written)) >= MANY:
        found["form:many_numbers"] = 1.0
    words = len(written.split())
    size = next((name for most, name in SIZES if words <= most), "huge")
    return found | {f"size:{size}": 1.0}


def _place(around: Surroundings, passage: Passage, *, place: Place) -> dict[str, float]:
    block = around.document.blocks[passage.block]
    found = {f"block:{block.kind}": 1.0, f"zone:{passage.zone}": 1.0, f"lang:{passage.lang}": 1.0}
    return found if place.speaker is None else found | {f"speaker:{place.speaker}": 1.0}


def headers_of(document: Document) -> dict[int, Span]:
    """Title of the column of each cell, by the start of the cell."""
    found: dict[int, Span] = {}
    top: tuple[Span, ...] = ()
    for block in document.blocks:
        top = () if not block.cells else top or block.cells
        found |= {cell.start: top[at] for at, cell in enumerate(block.cells) if at < len(top) and cell != top[at]}
    return found


def lines_of(document: Document) -> dict[int, Span]:
    """The short line without a stop that stands above each block since the last heading, by the block's number."""
    found: dict[int, Span] = {}
    line: Span | None = None
    for number, block in enumerate(document.blocks):
        words = block.span.of(document.text)
        if block.kind is BlockKind.HEADING:
            line = None
        elif block.kind is BlockKind.PARAGRAPH and len(words.split()) <= LINE_WORDS and words.rstrip()[-1:].isalnum():
            line = block.span
        elif line is not None:
            found[number] = line
    return found


def _titles(
    around: Surroundings, passage: Passage, *, span: Span, headers: Mapping[int, Span], lines: Mapping[int, Span]
) -> Iterator[tuple[Span, str]]:
    section = around.sections[passage.block]
    if section is not None:
        yield section.span, "section"
    elif passage.heading is not None:
        yield passage.heading, "section"
    lead = passage.lead_in or around.leads[passage.block]
    if lead is not None:
        yield lead, "lead"
    label = label_of(around.document.text, span)
    if label is not None:
        yield label, "label"
    column = headers.get(passage.span.start)
    if column is not None:
        yield column, "column"
    line = lines.get(passage.block)
    if line is not None:
        yield line, "line"


def _announced(text: str, titles: Iterable[tuple[Span, str]], *, lang: Lang) -> dict[str, Span]:
    """What the titles over a clause announce, as features, each with its title."""
    found: dict[str, Span] = {}
    for title, source in titles:
        traits = traits_of(tokens_of(text, span=title), lang=lang)
        names = [name for name in TITLES if name in traits] or ["none"]
        found |= {f"{source}:{name}": title for name in names}
    return found


def near_of(clauses: Sequence[Clause], shares: Sequence[float]) -> list[dict[str, float]]:
    """How the neighbours of each clause came out: mean share of its sentence, block and section, and beside it."""
    by_block, by_section = _sums(clauses, shares, key=_block), _sums(clauses, shares, key=_section)
    by_sentence = _sums(clauses, shares, key=_sentence)
    whole = (sum(shares), len(shares))
    found = []
    for at, (clause, own) in enumerate(zip(clauses, shares, strict=True)):
        near = {
            **_mean(by_sentence[_sentence(clause)], own, name="sentence"),
            **_mean(by_block[_block(clause)], own, name="block"),
            **_mean(by_section[_section(clause)], own, name="section"),
            **_mean(whole, own, name="document"),
        }
        for shift, name in ((-1, "near:before"), (1, "near:after")):
            beside = at + shift
            if 0 <= beside < len(clauses) and _section(clauses[beside]) == _section(clause):
                near[name] = shares[beside]
        found.append(near)
    return found


def _sums(
    clauses: Sequence[Clause], shares: Sequence[float], *, key: Callable[[Clause], int]
) -> dict[int, tuple[float, int]]:
    sums: dict[int, tuple[float, int]] = {}
    for clause, own in zip(clauses, shares, strict=True):
        total, count = sums.get(key(clause), (0.0, 0))
        sums[key(clause)] = (total + own, count + 1)
    return sums


def _mean(total: tuple[float, int], own: float, *, name: str) -> dict[str, float]:
    others = total[1] - 1
    return {f"near:{name}": (total[0] - own) / others} if others else {f"near:no_{name}": 1.0}


def _sentence(clause: Clause) -> int:
    return clause.passage.span.start


def _block(clause: Clause) -> int:
    return clause.passage.block


def _section(clause: Clause) -> int:
    return -1 if clause.passage.heading is None else clause.passage.heading.start
