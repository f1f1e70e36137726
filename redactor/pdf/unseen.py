"""Finds the text of a PDF that its pages do not show, and takes it off: white on white, tiny, clipped, off the page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from redactor.pdf.burner import outside, take_off
from redactor.pdf.glyphs import glyphs_of
from redactor.pdf.hidden import BLANKS, key, unseen_glyphs
from redactor.pdf.opening import opened, written
from redactor.pdf.plan import OutsideSchema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.glyphs import Glyph
    from redactor.pdf.opening import Work


def without_unseen(data: bytes) -> tuple[bytes, tuple[str, ...], str]:
    """The PDF without the text nobody can see, that text run by run, and the text that is left.

    A page whose drawing cannot be understood keeps its text: what makes the released file looks once more.
    """
    unseen: list[str] = []
    left: list[str] = []
    with opened(data) as work, opened(data) as bare:
        for page in range(len(work.frames)):
            unseen += _cleared(work, bare, page)
            left.append(work.page(page).get_text())
        result = written(work) if unseen else data
    return result, tuple(unseen), "\n".join(left)


def _cleared(work: Work, bare: Work, number: int) -> list[str]:
    page = work.page(number)
    try:
        present = glyphs_of(page)
        is_off = outside(work.frames[number])
        keys = unseen_glyphs(work, bare, present, page=number).keys
        gone = [glyph for glyph in present if key(glyph) in keys or is_off(glyph)]
        if gone:
            take_off(page, present, doomed=lambda glyph: key(glyph) in keys or is_off(glyph))
    except OutsideSchema:
        return []
    return _texts(gone)


def _texts(gone: Sequence[Glyph]) -> list[str]:
    runs = ("".join(chr(one.code) for one in run) for _, run in groupby(gone, key=lambda one: one.run))
    return [text for run in runs if (text := run.strip("".join(BLANKS)))]
