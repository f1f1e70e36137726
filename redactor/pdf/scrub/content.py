"""Writes one content stream anew, operator by operator: what the table does not list is absent.

Walks the source's operators with the state they build (matrix, clip, font), renames every resource, drops
comments, marked content and whatever lies outside the page or under a black box. Fonts, images, colours and
states are handed to the shelf of their kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, Matrix, box_through, common, grown, times
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import colours, gstates, shadings
from redactor.pdf.scrub.layers import may_be_off
from redactor.pdf.scrub.numbers import array, joined, number, numbers, written
from redactor.pdf.scrub.paths import POINTS, Path, SubPath, written_parts
from redactor.pdf.scrub.text import TextState, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redactor.pdf.scrub.fonts import FontUse
    from redactor.pdf.scrub.shelves import Sheet, Shelves

DEPTH_LIMIT = 12  # forms within forms; ordinary files stay under 4
OPERATOR_LIMIT = 1_500_000  # of one page, forms included: a dense map has some 300,000
COMPLEX_CLIP = 12  # operators of a clip above which it may be letters: a rectangle with round corners has 10

PLAIN = {  # operator: number of numeric operands, written as they stand
    b"w": 1, b"J": 1, b"j": 1, b"M": 1, b"i": 1,
    b"Tc": 1, b"Tw": 1, b"Tz": 1, b"TL": 1, b"Ts": 1, b"Td": 2, b"TD": 2, b"Tm": 6, b"T*": 0,
    b"g": 1, b"G": 1, b"rg": 3, b"RG": 3, b"k": 4, b"K": 4,
}  # fmt: skip
PAINT = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"}
FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
STROKES = {b"S", b"s", b"B", b"B*", b"b", b"b*"}
DROPPED = {b"BMC", b"BDC", b"EMC", b"MP", b"DP", b"BX", b"EX", b"ri"}  # `ri` names an intent: viewers ignore it
SHOWS = {b"Tj", b"TJ", b"'", b'"'}


NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Graphics:
    """What q saves and Q brings back, as far as the copy needs it."""

    ctm: Matrix = IDENTITY
    visible: Box = field(
        default_factory=lambda: NOWHERE
    )  # the upright box around what the clips so far leave, in sheet space
    odd_clip: bool = False  # a clip that is not an upright rectangle is in force
    pen: float = 1.0
    opaque: bool = True  # the ink that fills hides what lies beneath
    font: FontUse | None = None
    text: TextState = field(default_factory=TextState)


@dataclass(slots=True)
class Writer:
    """One stream being written. `sheet` tells the page and its masks, `shelves` keeps what is shared by the file."""

    shelves: Shelves
    sheet: Sheet
    resources: Any
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    out: list[bytes] = field(default_factory=list)
    state: Graphics = field(default_factory=Graphics)
    stack: list[Graphics] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    clip: bytes = b""
    depth: int = 0
    target: Any = None

    def __post_init__(self) -> None:
        self.target = pikepdf.Dictionary() if self.target is None else self.target

    def write(self, stream: Any) -> bytes:
        """The content of `stream`, rewritten."""
        try:
            instructions = pikepdf.parse_content_stream(stream)
        except pikepdf.PikepdfError:
            raise OutsideSchema(Reason.CONTENT) from None
        self.sheet.count(len(instructions), limit=OPERATOR_LIMIT)
        for instruction in instructions:
            self._one(instruction)
        self.out.extend(b"Q\n" for _ in self.stack)
        return b"".join(self.out)

    def _one(self, instruction: Any) -> None:
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            self._image(self.shelves.images.inline(instruction.iimage))
            return
        op = bytes(str(instruction.operator), "latin-1")
        operands = list(instruction.operands)
        handler = self._handlers().get(op)
        if op in PLAIN:
            self._plain(op, numbers(operands, count=PLAIN[op]))
        elif op in POINTS:
            self.path.add(op, numbers(operands, count=_operand_count(op)), ctm=self.state.ctm)
        elif op in PAINT:
            self._paint(op)
        elif handler is not None:
            handler(self, operands)
        elif op in SHOWS:
            self._show(op, operands)
        elif op in {b"BDC", b"BMC"}:
            self._marked(operands)
        elif op not in DROPPED:
            raise OutsideSchema(Reason.CONTENT)

    @staticmethod
    def _handlers() -> dict[bytes, Callable[[Writer, list[Any]], None]]:
        return HANDLERS

    def emit(self, op: bytes, operands: Sequence[float] = ()) -> None:
        """One operator with its numbers."""
        self.out.append((joined(operands) + b" " if operands else b"") + op + b"\n")

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
        source = self._resource("/ExtGState", operands[0])
        pen = source.get("/LW")
        if pen is not None:
            self.state = replace(self.state, pen=number(pen))
        self.state = replace(self.state, opaque=gstates.is_opaque(source, now=self.state.opaque))
        self._name_out("/ExtGState", operands[0], lambda: gstates.copy(source), b" gs\n")

    def _plain(self, op: bytes, values: list[float]) -> None:
        if op == b"w":
            self.state = replace(self.state, pen=values[0])
        elif op[:1] == b"T":
            self.state = replace(self.state, text=self.state.text.after(op, values))
        self.emit(op, values)

    # paths

    def _paint(self, op: bytes) -> None:
        pen = self._pen() if op in STROKES else 0.0
        parts = self.path.kept(visible=self._seen(), masks=self.sheet.masks, margin=pen)
        if self.clip:
            self._clip_and_paint(op, parts)
        elif parts and op != b"n":
            self.out += [written_parts(parts), op, b"\n"]
            self._note(op, parts)
        self.path, self.clip = Path(), b""

    def _clip_and_paint(self, op: bytes, parts: list[SubPath]) -> None:
        region = self.path.region(visible=self._seen(), masks=self.sheet.masks)
        drawing = [part for part in region if not part.is_plain and self.sheet.is_masked(part.box)]
        if sum(len(part.ops) for part in drawing) > COMPLEX_CLIP:
            raise OutsideSchema(Reason.CLIP_MASKED)
        if op != b"n" and parts:
            self.out += [written_parts(parts), op, b"\n"]
            self._note(op, parts)
        self.out += [written_parts(region), self.clip, b" n\n"]
        self._narrow(region)

    def _note(self, op: bytes, parts: list[SubPath]) -> None:
        for part in parts:
            seen = common(part.box, self._seen())
            if seen is None:
                continue
            if self.state.opaque and op in FILLS:
                self.sheet.cover(seen)
            if not part.is_plain:
                self.sheet.art.add(seen)

    def _narrow(self, region: list[SubPath]) -> None:
        boxes = [part.box for part in region]
        whole = boxes[0] if boxes else Box(0, 0, 0, 0)
        for box in boxes[1:]:
            whole = whole.join(box)
        odd = self.state.odd_clip or len(region) != 1 or not region[0].is_plain
        left = common(whole, self.state.visible) or Box(0, 0, 0, 0)
        self.state = replace(
            self.state, visible=left, odd_clip=odd and not _swallows(whole, self.state.visible, region)
        )

    def _seen(self) -> Box:
        return self.state.visible

    def _pen(self) -> float:
        a, b, c, d, _, _ = self.state.ctm
        return self.state.pen * max(abs(a) + abs(c), abs(b) + abs(d)) / 2

    def _clip_nonzero(self, _: list[Any]) -> None:
        self.clip = b"W"

    def _clip_evenodd(self, _: list[Any]) -> None:
        self.clip = b"W*"

    # colours

    def _space(self, operands: list[Any], *, op: bytes) -> None:
        name = operands[0]
        if str(name) in colours.DEVICE:
            self.out.append(str(name).encode() + b" " + op + b"\n")
            return
        if name == pikepdf.Name.Pattern:
            self.out.append(b"/Pattern " + op + b"\n")
            return
        source = self._resource("/ColorSpace", name)
        self._name_out("/ColorSpace", name, lambda: colours.copy(source, self.shelves.pdf), b" " + op + b"\n")

    def _fill_space(self, operands: list[Any]) -> None:
        self._space(operands, op=b"cs")

    def _stroke_space(self, operands: list[Any]) -> None:
        self._space(operands, op=b"CS")

    def _fill_colour(self, operands: list[Any]) -> None:
        self._colour(operands, op=b"scn")

    def _stroke_colour(self, operands: list[Any]) -> None:
        self._colour(operands, op=b"SCN")

    def _colour(self, operands: list[Any], *, op: bytes) -> None:
        if len(operands) == 1 and isinstance(operands[0], pikepdf.Name):
            source = self._resource("/Pattern", operands[0])
            self._name_out(
                "/Pattern", operands[0], lambda: shadings.pattern(source, self.shelves.pdf), b" " + op + b"\n"
            )
        else:
            self.emit(op, numbers(operands, reason=Reason.PATTERN))

    def _shade(self, operands: list[Any]) -> None:
        source = self._resource("/Shading", operands[0])
        self.sheet.cover(self._seen())
        self._name_out("/Shading", operands[0], lambda: shadings.copy(source, self.shelves.pdf), b" sh\n")

    # text

    def _begin_text(self, _: list[Any]) -> None:
        self.state = replace(self.state, text=self.state.text.begun())
        self.emit(b"BT")

    def _end_text(self, _: list[Any]) -> None:
        self.emit(b"ET")

    def _font(self, operands: list[Any]) -> None:
        name, size = operands
        use = self.shelves.fonts.use(self._resource("/Font", name), page=self.sheet.page)
        self.state = replace(self.state, font=use, text=self.state.text.sized(number(size)))
        target = self._slot("/Font", str(name), lambda: use.target)
        self.out.append(b"/" + target.encode() + b" " + written(number(size)) + b" Tf\n")

    def _render_mode(self, operands: list[Any]) -> None:
        mode = int(number(operands[0]))
        if mode not in {0, 1, 2, 3}:
            raise OutsideSchema(Reason.TEXT_CLIP)
        self.state = replace(self.state, text=self.state.text.moded(mode))
        self.emit(b"Tr", [mode])

    def _show(self, op: bytes, operands: list[Any]) -> None:
        if self.state.font is None:
            raise OutsideSchema(Reason.CONTENT)
        text, raw = show(self.state.text, op, operands, font=self.state.font, ctm=self.state.ctm, sheet=self.sheet)
        self.state = replace(self.state, text=text)
        self.out.append(raw)

    def _marked(self, operands: list[Any]) -> None:
        if len(operands) != 2 or operands[0] != pikepdf.Name.OC:
            return
        listed = self.resources.get("/Properties", pikepdf.Dictionary())
        member = listed.get(str(operands[1])) if isinstance(operands[1], pikepdf.Name) else operands[1]
        if may_be_off(member, doubtful=self.shelves.doubtful_layers):
            raise OutsideSchema(Reason.HIDDEN_LAYER)

    # external objects

    def _do(self, operands: list[Any]) -> None:
        source = self._resource("/XObject", operands[0])
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
        if common(grown(unit, 0.01), self._seen()) is None:
            return
        if self.state.odd_clip:
            raise OutsideSchema(Reason.IMAGE_CLIPPED)
        masks = sorted({mask for mask in self.sheet.masks.near(unit) if common(mask, unit) is not None})
        seen = common(grown(unit, 0.01), self._seen()) or unit
        self.sheet.cover(seen)
        self.sheet.images.add(seen)
        target, place = self.shelves.images.place(picture, ctm=self.state.ctm, visible=self._seen(), masks=masks)
        self.out.append(b"q " + joined(place) + b" cm /" + self._fresh("/XObject", target).encode() + b" Do Q\n")

    def _form(self, source: Any) -> None:
        if self.depth >= DEPTH_LIMIT:
            raise OutsideSchema(Reason.CONTENT)
        matrix = _matrix(source.get("/Matrix"))
        edge = _box(source.get("/BBox"))
        inner = times(matrix, self.state.ctm)
        seen = common(box_through(inner, edge), self._seen())
        if seen is None:
            return
        state = replace(self.state, ctm=inner, visible=seen)
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
        self.out.append(b"/" + self._fresh("/XObject", form).encode() + b" Do\n")

    # resources

    def _resource(self, kind: str, name: Any) -> Any:
        found = self.resources.get(kind, pikepdf.Dictionary()).get(str(name))
        if found is None:
            raise OutsideSchema(Reason.CONTENT)
        return found

    def _slot(self, kind: str, name: str, make: Callable[[], Any]) -> str:
        if (kind, name) not in self.names:
            self.names[kind, name] = self._fresh(kind, make())
        return self.names[kind, name]

    def _fresh(self, kind: str, thing: Any) -> str:
        shelf = self.target.get(kind)
        if shelf is None:
            self.target[kind] = pikepdf.Dictionary()
            shelf = self.target[kind]
        name = f"{kind[1]}{len(shelf)}"
        shelf["/" + name] = thing
        return name

    def _name_out(self, kind: str, name: Any, make: Callable[[], Any], tail: bytes) -> None:
        self.out.append(b"/" + self._slot(kind, str(name), make).encode() + tail)


HANDLERS: dict[bytes, Callable[[Writer, list[Any]], None]] = {
    b"q": Writer._save, b"Q": Writer._restore, b"cm": Writer._concat, b"d": Writer._dash, b"gs": Writer._gstate,
    b"W": Writer._clip_nonzero, b"W*": Writer._clip_evenodd,
    b"cs": Writer._fill_space, b"CS": Writer._stroke_space,
    b"sc": Writer._fill_colour, b"scn": Writer._fill_colour,
    b"SC": Writer._stroke_colour, b"SCN": Writer._stroke_colour,
    b"sh": Writer._shade, b"BT": Writer._begin_text, b"ET": Writer._end_text, b"Tf": Writer._font,
    b"Tr": Writer._render_mode, b"Do": Writer._do,
}  # fmt: skip


def _operand_count(op: bytes) -> int:
    return 4 if op == b"re" else 2 * POINTS[op]


def _swallows(whole: Box, visible: Box, region: list[SubPath]) -> bool:
    return len(region) == 1 and region[0].is_plain and whole.x0 <= visible.x0 and whole.x1 >= visible.x1


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
