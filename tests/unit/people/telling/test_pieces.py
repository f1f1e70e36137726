"""Sentences are cut between commas, links and values; no value is cut, and every letter outside them is kept once."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.model import DocumentId
from redactor.people.telling.pieces import Value, pieces_of
from redactor.recognisers.scene import Scene, scene_of
from redactor.text.passages import split
from redactor.text.plain import document_of


def scene(text: str) -> Scene:
    document = document_of(text, document_id=DocumentId("d1"))
    return scene_of(document, split(document))


def cut(text: str, *names: str) -> list[str]:
    seen = scene(text)
    places = [(text.index(name), len(name)) for name in names]
    values = [Value(at, at + size, is_name=True) for at, size in sorted(places)]
    return [seen.text[one.start : one.end].strip() for one in pieces_of(seen, values)]


def test_commas_links_and_names_part_the_pieces() -> None:
    told = cut("Mme Ida Noël, veuve depuis mars, dit que son fils boit et qu'il a tout vendu.", "Ida Noël")
    assert told == ["Mme", "veuve depuis mars", "dit", "que son fils boit", "et", "qu'il a tout vendu"]


def test_what_stands_at_the_left_is_told() -> None:
    seen = scene("Diagnostic : hernie discale (opérée en mai), sans séquelle")
    assert [one.left for one in pieces_of(seen, ())] == ["start", "colon", "bracket", "close"]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abé ,.;:()\"–|'1\n", max_size=120))
def test_every_letter_stands_in_one_piece(text: str) -> None:
    seen = scene(f"z {text}")
    held = "".join(seen.text[one.start : one.end] for one in pieces_of(seen, ()))
    assert re.findall(r"[^\W_]", held) == re.findall(r"[^\W_]", seen.text)
