"""Optional content: takes out what layers that are off hold, and tells the layers whose state is not certain."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.scrub.malformed import MALFORMED

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = tuple[int, int]

SHOWS = frozenset({"Tj", "TJ"})
NEXT_LINE = frozenset({"'", '"'})
PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
OTHERS = frozenset({"Do", "sh", "INLINE IMAGE"})
DEPTH_LIMIT = 8  # nested conditions of one set of layers; ISO 32000-1 sets none, files use 1 or 2


def layers_off(pdf: Any) -> frozenset[Key]:
    """Layers that the default configuration hides."""
    properties = pdf.Root.get("/OCProperties", pikepdf.Dictionary())
    default = properties.get("/D", pikepdf.Dictionary())
    if default.get("/BaseState") == pikepdf.Name.OFF:
        shown = {_key(group) for group in default.get("/ON", pikepdf.Array())}
        return frozenset(_key(group) for group in properties.get("/OCGs", pikepdf.Array())) - shown
    return frozenset(_key(group) for group in default.get("/OFF", pikepdf.Array()))


def doubtful_layers(pdf: Any) -> frozenset[Key] | None:
    """Layers that some viewer may not show; None when all may be, since states change with use."""
    try:
        default = pdf.Root.get("/OCProperties", pikepdf.Dictionary()).get("/D", pikepdf.Dictionary())
        return None if len(default.get("/AS", pikepdf.Array())) else layers_off(pdf)
    except MALFORMED:
        return None


def may_be_off(member: Any, *, doubtful: frozenset[Key] | None) -> bool:
    """True unless `member`, a layer or a set of layers, is shown for certain."""
    return doubtful is None or not is_shown(member, off=doubtful)


def is_shown(member: Any, *, off: frozenset[Key]) -> bool:
    """True when `member` is shown while the layers `off` are off; ISO 32000-1, 8.11.2. Unknown things are not."""
    if not isinstance(member, pikepdf.Dictionary):
        return False
    if member.get("/Type") != pikepdf.Name.OCMD:
        return _key(member) not in off
    if "/VE" in member:
        return _holds(member["/VE"], off, 0)
    groups = member.get("/OCGs", pikepdf.Array())
    listed = [groups] if isinstance(groups, pikepdf.Dictionary) else list(groups)
    states = [_key(group) not in off for group in listed if isinstance(group, pikepdf.Dictionary)]
    return not states or _policy(str(member.get("/P", "/AnyOn")), states)


def _policy(name: str, states: list[bool]) -> bool:
    match name:
        case "/AllOn":
            return all(states)
        case "/AnyOn":
            return any(states)
        case "/AnyOff":
            return not all(states)
        case "/AllOff":
            return not any(states)
        case _:
            return False


def _holds(condition: Any, off: frozenset[Key], depth: int) -> bool:
    if isinstance(condition, pikepdf.Dictionary):
        return _key(condition) not in off
    if depth > DEPTH_LIMIT or not isinstance(condition, pikepdf.Array) or not len(condition):
        return False
    parts = [_holds(part, off, depth + 1) for part in list(condition)[1:]]
    known = {"/And": all(parts), "/Or": any(parts), "/Not": not all(parts)}
    return known.get(str(condition[0]), False)


def _key(thing: Any) -> Key:
    return (thing.objgen[0], thing.objgen[1]) if thing.is_indirect else (-1, id(thing))


def without_hidden(data: bytes) -> bytes:
    """`data` without the content of layers that are off; the same bytes when it has none, or cannot be read here."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            off = layers_off(pdf)
            if not off:
                return data
            for holder, resources in _streams(pdf):
                _strip(pdf, holder, resources, off)
            out = io.BytesIO()
            pdf.save(out, encryption=False)
            return out.getvalue()
    except MALFORMED:
        return data


def _streams(pdf: Any) -> Iterator[tuple[Any, Any]]:
    """Each page and form with its resources."""
    shared = pikepdf.Dictionary()
    for page in pdf.pages:
        shared = page.resources
        yield page, shared
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Form:
            yield thing, thing.get("/Resources", shared)


def _strip(pdf: Any, holder: Any, resources: Any, off: frozenset[Key]) -> None:
    try:
        instructions = list(pikepdf.parse_content_stream(holder))
    except MALFORMED:
        return
    kept = pikepdf.unparse_content_stream(list(_shown(instructions, resources, off)))
    if isinstance(holder, pikepdf.Page):
        holder.obj.Contents = pdf.make_stream(kept)
    else:
        holder.write(kept)


def _shown(instructions: list[Any], resources: Any, off: frozenset[Key]) -> Iterator[Any]:
    """The instructions whose ink is shown; those that move or set something stay."""
    marks: list[bool] = []
    for instruction in instructions:
        op = str(instruction.operator)
        if op in {"BDC", "BMC"}:
            marks.append(_opens_hidden(instruction, resources, off))
        elif op == "EMC" and marks:
            marks.pop()
        elif not (any(marks) or (op == "Do" and _is_off(instruction, resources, off))):
            yield instruction
        else:
            yield from _without_ink(instruction, op)


def _opens_hidden(instruction: Any, resources: Any, off: frozenset[Key]) -> bool:
    operands = list(instruction.operands)
    if len(operands) != 2 or operands[0] != pikepdf.Name.OC or not isinstance(operands[1], pikepdf.Name):
        return False
    return not is_shown(resources.get("/Properties", pikepdf.Dictionary()).get(str(operands[1])), off=off)


def _is_off(instruction: Any, resources: Any, off: frozenset[Key]) -> bool:
    found = resources.get("/XObject", pikepdf.Dictionary()).get(str(instruction.operands[0]))
    return found is not None and "/OC" in found and not is_shown(found["/OC"], off=off)


def _without_ink(instruction: Any, op: str) -> Iterator[Any]:
    if op in PAINTS:
        yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("n"))
    elif op in NEXT_LINE:
        yield pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*"))
    elif op not in SHOWS and op not in OTHERS:
        yield instruction
