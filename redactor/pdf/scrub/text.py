"""Text operators: where each shown string stands, and how it is written anew.

Keeps the text matrices of ISO 32000-1, 9.4, so that the copy knows the place of every glyph it writes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.geometry import IDENTITY, Matrix, apply, times
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.numbers import joined, number, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.geometry import Point
    from redactor.pdf.scrub.fontuse import FontUse
    from redactor.pdf.scrub.shelves import Sheet

MIDDLE = 0.25  # of the type size above the base line: half-way up a lower-case letter


@dataclass(frozen=True, slots=True)
class TextState:
    """Text state and text matrices; `tz` is a part of 1, the others are in unscaled text space units."""

    tm: Matrix = IDENTITY
    line: Matrix = IDENTITY
    size: float = 0.0
    tc: float = 0.0
    tw: float = 0.0
    tz: float = 1.0
    tl: float = 0.0
    ts: float = 0.0
    mode: int = 0

    def begun(self) -> TextState:
        """After BT."""
        return replace(self, tm=IDENTITY, line=IDENTITY)

    def sized(self, size: float) -> TextState:
        """After Tf."""
        return replace(self, size=size)

    def moded(self, mode: int) -> TextState:
        """After Tr."""
        return replace(self, mode=mode)

    def after(self, op: bytes, values: Sequence[float]) -> TextState:
        """After one of the operators that set a number or move the line."""
        match op:
            case b"Tc":
                return replace(self, tc=values[0])
            case b"Tw":
                return replace(self, tw=values[0])
            case b"Tz":
                return replace(self, tz=values[0] / 100)
            case b"TL":
                return replace(self, tl=values[0])
            case b"Ts":
                return replace(self, ts=values[0])
            case _:
                return self._moved(op, values)

    def _moved(self, op: bytes, values: Sequence[float]) -> TextState:
        if op == b"Tm":
            a, b, c, d, e, f = values
            return replace(self, tm=(a, b, c, d, e, f), line=(a, b, c, d, e, f))
        x, y = (0.0, -self.tl) if op == b"T*" else (values[0], values[1])
        line = times((1, 0, 0, 1, x, y), self.line)
        return replace(self, tm=line, line=line, tl=-y if op == b"TD" else self.tl)

    def shifted(self, x: float) -> TextState:
        """After `x` units of text space to the right."""
        return replace(self, tm=times((1, 0, 0, 1, x, 0), self.tm))


def show(
    state: TextState, op: bytes, operands: Sequence[Any], *, font: FontUse, ctm: Matrix, sheet: Sheet
) -> tuple[TextState, bytes, Point | None]:
    """State after a show operator, the operator as it is written, and the middle of the first letter it shows.

    Raises OutsideSchema when a glyph stands under a mask: the burner should have taken it off.
    """
    state, head = _line_first(state, op, operands)
    items = operands[-1] if op == b"TJ" else [operands[-1]]
    run = Run(font, ctm, sheet)
    for item in items:
        if isinstance(item, pikepdf.String):
            state = run.string(state, bytes(item))
        else:
            amount = number(item)
            state = state.shifted(-amount / 1000 * state.size * state.tz)
            run.pieces.append(written(amount))
    run.move(state, 0.0)
    return state, head + b"[" + b" ".join(run.pieces) + b"]TJ\n", run.first


def _line_first(state: TextState, op: bytes, operands: Sequence[Any]) -> tuple[TextState, bytes]:
    head = b""
    if op == b'"':
        tw, tc = number(operands[0]), number(operands[1])
        state = replace(state, tw=tw, tc=tc)
        head = joined([tw]) + b" Tw " + joined([tc]) + b" Tc\n"
    if op in {b"'", b'"'}:
        state, head = state.after(b"T*", ()), head + b"T*\n"
    return state, head


@dataclass(slots=True)
class Run:
    """One show operator being written: its pieces, and by how many points what is shown now stands to the right."""

    font: FontUse
    ctm: Matrix
    sheet: Sheet
    pieces: list[bytes] = field(default_factory=list)
    by: float = 0.0
    first: Point | None = None

    def string(self, state: TextState, raw: bytes) -> TextState:
        """Writes one string, cut where its glyphs begin or cease to move; the state after it."""
        codes = self.font.codes_in(raw)
        self.font.codes.update(codes)
        pending: list[int] = []
        for code in codes:
            advance = self.font.advance(code) * state.size
            blank = self.font.is_blank(code)
            if not blank:
                self._check(_place(state, advance * state.tz / 2, MIDDLE * state.size, self.ctm))
            by = self.sheet.shift_at(_place(state, 0.0, 0.0, self.ctm)) if self.sheet.shifts else 0.0
            if by != self.by and not blank:
                self._write(pending)
                self.move(state, by)
                pending = []
            pending.append(code)
            spacing = state.tc + (state.tw if self.font.width == 1 and code == 32 else 0.0)
            state = state.shifted((advance + spacing) * state.tz)
        self._write(pending)
        return state

    def _check(self, middle: Point) -> None:
        if self.sheet.is_covered(middle):
            raise OutsideSchema(Reason.TEXT_LEFT)
        self.first = self.first or middle

    def move(self, state: TextState, by: float) -> None:
        """From here on glyphs stand `by` points to the right of where the source puts them."""
        scale = times(state.tm, self.ctm)[0] * state.size * state.tz
        if by != self.by and abs(scale) > 1e-6:
            self.pieces.append(written(-(by - self.by) / scale * 1000))
            self.by = by

    def _write(self, codes: Sequence[int]) -> None:
        if codes:
            self.pieces.append(
                b"<" + b"".join(code.to_bytes(self.font.width, "big") for code in codes).hex().encode() + b">"
            )


def _place(state: TextState, x: float, y: float, ctm: Matrix) -> Point:
    return apply(times(state.tm, ctm), (x, state.ts + y))
