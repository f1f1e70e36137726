"""What glyphs say becomes plain text, and every code point knows its glyphs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.pdf.layout.characters import is_unmapped, normalise


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("l'article 37", "l'article 37"),
        ("un eﬀort ﬁnal et oﬃciel", "un effort final et officiel"),
        ("14\u00a0000\u202f$", "14 000 $"),
        ("e\u0301te\u0301", "été"),
        ("c\u0327a", "ça"),
        ("Jean\u2011Guy et A\u201023.1", "Jean-Guy et A-23.1"),
        ("recomman\u00addation", "recommandation"),
        ("Ta\u200bche\u200d\ufeff", "Tache"),
        ("\u200fMarie\u202c", "Marie"),
        ("nul\x00\x07", "nul"),
        ("046\u00a0454\u00a0286", "046 454 286"),
        ("\uff10\uff14\uff16", "046"),
        ("21\u1d49 et n\u00ba 4", "21e et no 4"),
        ("deux   blancs\t\tici", "deux blancs ici"),
        ("\uf0b7 puce", "• puce"),
        ("suite… 10 % – « oui »", "suite… 10 % – « oui »"),
        ("½ m", "½ m"),
        ("𝐌𝐚𝐫𝐢𝐞", "Marie"),
    ],
)
def test_text_reads_as_the_page_does(shown: str, text: str) -> None:
    assert normalise(shown).text == text


@given(st.text(max_size=60))
def test_every_code_point_comes_from_glyphs_in_order(raw: str) -> None:
    text, first, last = normalise(raw)
    if first is None or last is None:
        assert len(text) == len(raw)
        return
    assert len(first) == len(last) == len(text)
    assert all(0 <= begin <= end < len(raw) for begin, end in zip(first, last, strict=True))
    assert first == sorted(first)


@given(st.text(max_size=60))
def test_nothing_invisible_is_left(raw: str) -> None:
    assert not any(unicodedata.category(char) in {"Cc", "Cf"} for char in normalise(raw).text)


@pytest.mark.parametrize(
    ("char", "unmapped"), [("\ufffd", True), ("\ue012", True), ("\x03", True), ("\uf0b7", False), ("é", False)]
)
def test_a_glyph_without_a_letter(char: str, *, unmapped: bool) -> None:
    assert is_unmapped(char) is unmapped
