"""What we draw on a page: black boxes, their labels, the draft stamp. Returns operators, draws nothing itself."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import pymupdf

from redactor.pdf import labels
from redactor.pdf.geometry import box_through, times
from redactor.pdf.scrub.document import VEIL, Overlay
from redactor.pdf.scrub.numbers import joined
from redactor.pdf.scrub.ownfont import MARK_FONT, OwnFont
from redactor.pdf.scrub.tags import ARTIFACT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.model import Box
    from redactor.pdf.geometry import BoxIndex, Frame, Matrix
    from redactor.pdf.scrub.tags import PageTags

STAMP_GREY = 0.35  # of white
STAMP_OPACITY = 0.35  # of 1: the words beneath stay readable
STAMP_PART = 0.7  # of the page's diagonal that the stamp takes
STAMP_LARGEST_PT = 54.0  # type size


@lru_cache(maxsize=1)
def own_font() -> OwnFont:
    """The label font: PyMuPDF's built-in Helvetica clone, so that no font of the system is needed."""
    return OwnFont(bytes(pymupdf.Font("hebo").buffer))


def boxes_and_labels(
    bars: Sequence[tuple[Box, str]], *, frame: Frame, taken: BoxIndex, stamp: str | None, tags: PageTags
) -> tuple[Overlay, tuple[Box, ...]]:
    """The overlay of one page, and the boxes it draws in. `bars` and `taken` (surviving words) are as shown."""
    font = own_font()
    placed = labels.placed(bars, page=frame.shown, taken=taken, width_of=font.width)
    parts = [tags.open(ARTIFACT), _stamp(stamp, frame, font), tags.close()] if stamp else []
    parts += [part for box, _ in bars for part in _black(box, frame, tags)]
    parts += [tags.open(ARTIFACT), *(_label(label, frame, font) for label in placed), tags.close()] if placed else []
    letters = frozenset((stamp or "") + "".join(label.text for label in placed))
    veil = STAMP_OPACITY if stamp else None
    return Overlay(b"".join(parts), marks=letters, veil=veil), _drawn(bars, placed, frame, stamp)


def _drawn(
    bars: Sequence[tuple[Box, str]], placed: Sequence[labels.Label], frame: Frame, stamp: str | None
) -> tuple[Box, ...]:
    stamped = (frame.shown,) if stamp else ()
    return (*stamped, *(box for box, _ in bars), *(label.cell for label in placed))


def _black(box: Box, frame: Frame, tags: PageTags) -> Iterator[bytes]:
    flat = box_through(frame.shown_to_sheet, box)
    head = tags.bar(flat)
    yield head
    yield b"0 g " + joined([flat.x0, flat.y0, flat.width, flat.height]) + b" re f\n"
    yield b"EMC\n" if head else b""


def _label(label: labels.Label, frame: Frame, font: OwnFont) -> bytes:
    grey = 1.0 if label.inside else 0.0
    if label.turned:
        base = (label.cell.x0 + 0.25 * label.size, label.cell.y0)
        return _line(label.text, label.size, (0, 1, -1, 0, *base), grey, frame, font)
    base = (label.cell.x0, label.cell.y1 - 0.25 * label.size)
    return _line(label.text, label.size, (1, 0, 0, 1, *base), grey, frame, font)


def _stamp(text: str, frame: Frame, font: OwnFont) -> bytes:
    wide, high = frame.shown.width, frame.shown.height
    size = min(STAMP_LARGEST_PT, STAMP_PART * math.hypot(wide, high) / font.width(text))
    angle = -math.atan2(high, wide)
    cos, sin = math.cos(angle), math.sin(angle)
    half = font.width(text) * size / 2
    place = (cos, sin, -sin, cos, wide / 2 - half * cos, high / 2 - half * sin)
    body = _line(text, size, place, STAMP_GREY, frame, font)
    return b"q /%s gs\n%sQ\n" % (VEIL.encode(), body)


def _line(text: str, size: float, place: Matrix, grey: float, frame: Frame, font: OwnFont) -> bytes:
    """One line of text; `place` maps the line (y downwards) to the page as shown."""
    upright = times((1, 0, 0, -1, 0, 0), times(place, frame.shown_to_sheet))
    return b"BT %s g /%s %s Tf %s Tm <%s> Tj ET\n" % (
        joined([grey]), MARK_FONT.encode(), joined([size]), joined(upright), font.encode(text).hex().encode(),
    )  # fmt: skip
