"""Writes one content stream anew, operator by operator: what the table does not list is absent.

Walks the source's operators with the state they build, drops comments, marked content and whatever lies outside the
page or under a black box. Paths are handed to `painting`, colours to `inks`, fonts, images and states to their shelf.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, Matrix, box_through, common, grown, holds, is_upright, times
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import gstates, inks, painting
from redactor.pdf.scrub.layers import may_be_off
from redactor.pdf.scrub.numbers import array, joined, number, numbers, written
from redactor.pdf.scrub.output import Output
from redactor.pdf.scrub.paths import POINTS
from redactor.pdf.scrub.text import show

if TYPE_CHECKING:
    from collections.abc import Callable

DEPTH_LIMIT = 12  # forms within forms; ordinary files stay under 4
OPERATOR_LIMIT = 1_500_000  # of one page, forms included: a dense map has some 300,000

PLAIN = {  # operator: number of numeric operands, written as they stand
    b"w": 1, b"J": 1, b"j": 1, b"M": 1, b"i": 1,
    b"Tc": 1, b"Tw": 1, b"Tz": 1, b"TL": 1, b"Ts": 1, b"Td": 2, b"TD": 2, b"Tm": 6, b"T*": 0,
    b"g": 1, b"G": 1, b"rg": 3, b"RG": 3, b"k": 4, b"K": 4,
}  # fmt: skip
DROPPED = {b"BMC", b"BDC", b"EMC", b"MP", b"DP", b"BX", b"EX", b"ri"}  # `ri` names an intent: viewers ignore it
SHOWS = {b"Tj", b"TJ", b"'", b'"'}
BREAKS = {b"q", b"Q", b"cm", b"BT", b"ET", b"Do", b"sh", *POINTS, *painting.PAINT}  # what ends a tagged run of text


@dataclass(slots=True)
class Writer(Output):
    """One stream of the source on its way into the copy."""

    def write(self, stream: Any) -> bytes:
        """The content of `stream`, rewritten."""
        try:
            instructions = pikepdf.parse_content_stream(stream)
        except pikepdf.PikepdfError:
            raise OutsideSchema(Reason.CONTENT) from None
        self.sheet.count(len(instructions), limit=OPERATOR_LIMIT)
        for instruction in instructions:
            self._one(instruction)
        self._end_tag()
        self.out.extend(b"Q\n" for _ in self.stack)
        return b"".join(self.out)

    def _one(self, instruction: Any) -> None:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._end_tag()
            self._image(self.shelves.images.inline(instruction.iimage))
            return
        op = bytes(str(instruction.operator), "latin-1")
        operands = list(instruction.operands)
        handler = HANDLERS.get(op)
        if op in BREAKS:
            self._end_tag()
        if op in PLAIN:
            self._plain(op, numbers(operands, count=PLAIN[op]))
        elif op in POINTS:
            painting.construct(self, op, operands)
        elif op in painting.PAINT:
            painting.paint(self, op)
        elif op in inks.OPERATORS:
            inks.OPERATORS[op](self, op, operands)
        elif handler is not None:
            handler(self, operands)
        elif op in SHOWS:
            self._show(op, operands)
        elif op in {b"BDC", b"BMC"}:
            self._marked(operands)
        elif op not in DROPPED:
            raise OutsideSchema(Reason.CONTENT)

    def _end_tag(self) -> None:
        if not self.depth:
            self.out.append(self.sheet.tags.close())

    # graphics state

    def _save(self, _: list[Any]) -> None:
        self.stack.append(self.state)
        self.emit(b"q")

    def _restore(self, _: list[Any]) -> None:
        if self.stack:
            self.state = self.stack.pop()
            self.emit(b"Q")

    def _concat(self, operands: list[Any]) -> None:
        a, b, c, d, e, f = values = numbers(operands, count=6)
        self.state = replace(self.state, ctm=times((a, b, c, d, e, f), self.state.ctm))
        self.emit(b"cm", values)

    def _dash(self, operands: list[Any]) -> None:
        pattern, phase = operands
        self.out.append(b"[" + joined(numbers(pattern)) + b"] " + written(number(phase)) + b" d\n")

    def _gstate(self, operands: list[Any]) -> None:
        source = self.resource("/ExtGState", operands[0])
        pen = source.get("/LW")
        if pen is not None:
            self.state = replace(self.state, pen=number(pen))
        self.state = replace(self.state, opaque=gstates.is_opaque(source, now=self.state.opaque))
        self.name_out("/ExtGState", operands[0], lambda: gstates.copy(source), b" gs\n")

    def _plain(self, op: bytes, values: list[float]) -> None:
        if op == b"w":
            self.state = replace(self.state, pen=values[0])
        elif op[:1] == b"T":
            self.state = replace(self.state, text=self.state.text.after(op, values))
        self.emit(op, values)

    def _clip_nonzero(self, _: list[Any]) -> None:
        self.clip = b"W"

    def _clip_evenodd(self, _: list[Any]) -> None:
        self.clip = b"W*"

    # text

    def _begin_text(self, _: list[Any]) -> None:
        self.state = replace(self.state, text=self.state.text.begun())
        self.emit(b"BT")

    def _end_text(self, _: list[Any]) -> None:
        self.emit(b"ET")

    def _font(self, operands: list[Any]) -> None:
        name, size = operands
        use = self.shelves.fonts.use(self.resource("/Font", name), page=self.sheet.page)
        self.state = replace(self.state, font=use, text=self.state.text.sized(number(size)))
        target = self.slot("/Font", str(name), lambda: use.target)
        self.out.append(b"/" + target.encode() + b" " + written(number(size)) + b" Tf\n")

    def _render_mode(self, operands: list[Any]) -> None:
        mode = int(number(operands[0]))
        if mode not in {0, 1, 2, 3}:
            raise OutsideSchema(Reason.TEXT_CLIP)
        self.state = replace(self.state, text=self.state.text.moded(mode))
        self.emit(b"Tr", [mode])

    def _show(self, op: bytes, operands: list[Any]) -> None:
        state = self.state
        if state.font is None:
            raise OutsideSchema(Reason.CONTENT)
        text, raw, at = show(state.text, op, operands, font=state.font, ctm=state.ctm, sheet=self.sheet)
        self.state = replace(state, text=text)
        self.words(raw, at=at)

    def _marked(self, operands: list[Any]) -> None:
        if len(operands) != 2 or operands[0] != pikepdf.Name.OC:
            return
        listed = self.resources.get("/Properties", pikepdf.Dictionary())
        member = listed.get(str(operands[1])) if isinstance(operands[1], pikepdf.Name) else operands[1]
        if may_be_off(member, doubtful=self.shelves.doubtful_layers):
            raise OutsideSchema(Reason.HIDDEN_LAYER)

    # external objects

    def _do(self, operands: list[Any]) -> None:
        source = self.resource("/XObject", operands[0])
        if "/OC" in source and may_be_off(source["/OC"], doubtful=self.shelves.doubtful_layers):
            raise OutsideSchema(Reason.HIDDEN_LAYER)
        kind = source.get("/Subtype")
        if kind == pikepdf.Name.Image:
            self._image(self.shelves.images.stored(source))
        elif kind == pikepdf.Name.Form:
            self._form(source)
        else:
            raise OutsideSchema(Reason.CONTENT)

    def _image(self, picture: Any) -> None:
        unit = box_through(self.state.ctm, Box(0, 0, 1, 1))
        if common(grown(unit, 0.01), self.state.visible) is None:
            return
        slanted = not is_upright(self.state.ctm) and not holds(self.state.visible, unit)
        if self.state.odd_clip or slanted:
            raise OutsideSchema(Reason.IMAGE_CLIPPED)
        masks = sorted({mask for mask in self.sheet.masks.near(unit) if common(mask, unit) is not None})
        seen = common(grown(unit, 0.01), self.state.visible) or unit
        self.sheet.cover(seen)
        self.sheet.images.add(seen)
        target, place = self.shelves.images.place(picture, ctm=self.state.ctm, visible=self.state.visible, masks=masks)
        self.ink(b"q " + joined(place) + b" cm /" + self.fresh("/XObject", target).encode() + b" Do Q\n")

    def _form(self, source: Any) -> None:
        if self.depth >= DEPTH_LIMIT:
            raise OutsideSchema(Reason.CONTENT)
        matrix = _matrix(source.get("/Matrix"))
        edge = _box(source.get("/BBox"))
        inner = times(matrix, self.state.ctm)
        seen = common(box_through(inner, edge), self.state.visible)
        if seen is None:
            return
        odd = self.state.odd_clip or not is_upright(inner)
        state = replace(self.state, ctm=inner, visible=seen, odd_clip=odd)
        child = Writer(
            self.shelves, self.sheet, source.get("/Resources", self.resources), state=state, depth=self.depth + 1
        )
        data = child.write(source)
        form = self.shelves.pdf.make_stream(data)
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox, form.Matrix = array([edge.x0, edge.y0, edge.x1, edge.y1]), array(matrix)
        form.Resources = child.target
        if "/Group" in source:
            form.Group = gstates.group(source["/Group"])
        element = None if self.depth else self.sheet.tags.taken()
        self.ink(b"/" + self.fresh("/XObject", form).encode() + b" Do\n", element=element)


HANDLERS: dict[bytes, Callable[[Writer, list[Any]], None]] = {
    b"q": Writer._save, b"Q": Writer._restore, b"cm": Writer._concat, b"d": Writer._dash, b"gs": Writer._gstate,
    b"BT": Writer._begin_text, b"ET": Writer._end_text, b"Tf": Writer._font,
    b"Tr": Writer._render_mode, b"Do": Writer._do, b"W": Writer._clip_nonzero, b"W*": Writer._clip_evenodd,
}  # fmt: skip


def _matrix(value: Any) -> Matrix:
    if value is None:
        return IDENTITY
    a, b, c, d, e, f = numbers(value, count=6)
    return (a, b, c, d, e, f)


def _box(value: Any) -> Box:
    if value is None:
        raise OutsideSchema(Reason.CONTENT)
    x0, y0, x1, y1 = numbers(value, count=4)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
