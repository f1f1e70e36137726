"""The glyphs of a page as PyMuPDF draws them, in flat coordinates, whether they can be seen or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.model import Box
from redactor.pdf.opening import ERRORS
from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

INVISIBLE = 3  # PDF text rendering mode "neither fill nor stroke"
CORE_TOP = 0.5  # of the type size above the base line: the height of a lower-case letter
CORE_BOTTOM = 0.05  # of the type size above the base line
CORE_MIDDLE = 0.25  # of the type size above the base line: half-way up a lower-case letter


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn glyph. `core` is the box from its base line to the top of a small letter; `ink` the whole cell."""

    code: int = field(repr=False)  # Unicode, as the font's map says
    run: int  # number of the text run it belongs to
    origin: tuple[float, float]
    core: Box
    ink: Box
    size: float
    upright: bool
    seqno: int
    mode: int  # PDF text rendering mode
    opacity: float
    colour: tuple[float, ...]
    follows: bool = False  # a further letter of the glyph before it, as in "ffi"

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the core."""
        return ((self.core.x0 + self.core.x1) / 2, (self.core.y0 + self.core.y1) / 2)


def glyphs_of(page: Any) -> tuple[Glyph, ...]:
    """Every glyph that `page` draws, in drawing order, those outside the page included."""
    try:
        spans = page.get_texttrace()
    except ERRORS:
        raise OutsideSchema(Reason.CONTENT) from None
    return tuple(glyph for run, span in enumerate(spans) for glyph in _of_span(run, span))


def has_type3(page: Any) -> bool:
    """True when `page` or one of its forms has a font whose letters are little drawings."""
    try:
        return any(kind == "Type3" for _, _, kind, *_ in page.get_fonts(full=True))
    except ERRORS:
        return True


def _of_span(run: int, span: dict[str, Any]) -> Iterator[Glyph]:
    upright = abs(span["dir"][1]) < 1e-3 and span["dir"][0] > 0
    for code, gid, origin, rect in span["chars"]:
        ink = _box(rect)
        core = _core(ink, origin[1], span["size"]) if upright else ink
        yield Glyph(
            code, run, (origin[0], origin[1]), core, ink, span["size"], upright, span["seqno"], span["type"],
            span["opacity"], tuple(span["color"] or ()), gid < 0,
        )  # fmt: skip


def _core(ink: Box, base: float, size: float) -> Box:
    return Box(ink.x0, base - size * CORE_TOP, ink.x1, base - size * CORE_BOTTOM)


def _box(rect: tuple[float, float, float, float]) -> Box:
    x0, y0, x1, y1 = rect
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
