"""The end of a line moves so that the gap of a masked name is a round number; nothing moves far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Box
from redactor.pdf.gaps import STEP_PT, rounded, segments_of, whole_lines
from redactor.pdf.glyphs import Glyph

WIDTH = 612.0


def glyphs_of(line: str, *, x: float = 72.0, y: float = 700.0, pitch: float = 6.0) -> list[Glyph]:
    """One glyph a letter, `pitch` points apart; capitals are masked by `masked`."""
    made = []
    for at, letter in enumerate(line):
        x0 = x + at * pitch
        cell = Box(x0, y - 8, x0 + pitch, y + 2)
        core = Box(x0, y - 5, x0 + pitch, y - 0.5)
        made.append(Glyph(ord(letter), 0, (x0, y), core, cell, 10, True, 0, 0, 1.0, (0.0,)))
    return made


LONGER = glyphs_of("une ligne bien plus longue que toutes les autres", y=680.0, pitch=6.5)  # sets the right edge


def masked(glyph: Glyph) -> bool:
    return chr(glyph.code).isupper()


def test_what_follows_moves_so_that_the_gap_is_round() -> None:
    line = glyphs_of("le dossier de ZORA est clos", pitch=6.5)
    gaps = rounded(segments_of([*line, *LONGER], masked=masked), width=WIDTH)
    (shift,) = gaps.shifts
    gap = 6.5 * 6  # four letters and two blanks
    assert (gap + shift.by) % STEP_PT == pytest.approx(0, abs=1e-6)
    assert (gaps.residual.gaps, gaps.residual.exact) == (1, 0)


def test_only_the_last_name_of_a_line_is_rounded() -> None:
    line = glyphs_of("de ZORAX et de QUIDO ici")
    gaps = rounded(segments_of([*line, *LONGER], masked=masked), width=WIDTH)
    assert (gaps.residual.gaps, gaps.residual.exact) == (2, 1)
    assert len(gaps.shifts) <= 1


def test_a_name_at_the_end_gets_a_longer_box_and_nothing_moves() -> None:
    gaps = rounded(segments_of(glyphs_of("le dossier de QUI", pitch=6.5), masked=masked), width=WIDTH)
    assert gaps.shifts == ()
    assert len(gaps.fillers) == 1


def test_no_room_no_move() -> None:
    line = "le dossier de QUIDONC est clos depuis le mois"
    gaps = rounded(segments_of(glyphs_of(line, x=610 - 6 * len(line)), masked=masked), width=WIDTH)
    assert gaps.shifts == ()
    assert gaps.residual.exact == 1


def test_words_never_pass_the_right_edge_of_the_lines_where_a_clip_may_end() -> None:
    line = glyphs_of("le dossier de ZORA est clos", pitch=6.5)
    gaps = rounded(segments_of(line, masked=masked), width=WIDTH)
    assert gaps.shifts == ()
    assert (gaps.residual.gaps, gaps.residual.exact) == (1, 1)


def test_cells_of_a_table_stay_in_their_columns() -> None:
    row = glyphs_of("de ZORA ici") + glyphs_of("9 mai", x=72 + 6 * 14.2)
    gaps = rounded(segments_of(row, masked=masked), width=WIDTH)
    assert all(shift.x1 + shift.by < 72 + 6 * 14.2 for shift in gaps.shifts)


@given(st.text("abcXYZ ", min_size=1, max_size=60), st.floats(3, 9))
def test_no_letter_moves_further_than_a_step(line: str, pitch: float) -> None:
    glyphs = glyphs_of(line, pitch=pitch)
    gaps = rounded(segments_of(glyphs, masked=masked), width=WIDTH)
    for glyph in glyphs:
        by = sum(shift.by for shift in gaps.shifts if shift.moves(*glyph.origin))
        assert 0 <= by < STEP_PT
        assert by == 0 or glyph.ink.x1 + by <= WIDTH
        assert by == 0 or not masked(glyph)


def test_fixed_width_covers_whole_lines() -> None:
    (box,) = whole_lines(segments_of(glyphs_of("le dossier de ZORA est clos"), masked=masked))
    assert box.x0 == 72
    assert box.width % STEP_PT == pytest.approx(0)
    assert box.x1 >= 72 + 6 * 27
