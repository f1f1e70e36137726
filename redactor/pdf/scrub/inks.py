"""Colours of a content stream: spaces, colours, patterns and shadings under new names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.plan import Reason
from redactor.pdf.scrub import colours, shadings
from redactor.pdf.scrub.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.scrub.output import Output

COLOURS = {b"sc": b"scn", b"scn": b"scn", b"SC": b"SCN", b"SCN": b"SCN"}


def space(out: Output, op: bytes, operands: Sequence[Any]) -> None:
    """Sets a colour space."""
    name = operands[0]
    if str(name) in colours.DEVICE:
        out.out.append(str(name).encode() + b" " + op + b"\n")
        return
    if name == pikepdf.Name.Pattern:
        out.out.append(b"/Pattern " + op + b"\n")
        return
    source = out.resource("/ColorSpace", name)
    out.name_out("/ColorSpace", name, lambda: colours.copy(source, out.shelves.pdf), b" " + op + b"\n")


def colour(out: Output, op: bytes, operands: Sequence[Any]) -> None:
    """Sets a colour, or a pattern that shades."""
    if len(operands) == 1 and isinstance(operands[0], pikepdf.Name):
        source = out.resource("/Pattern", operands[0])
        made = b" " + COLOURS[op] + b"\n"
        out.name_out("/Pattern", operands[0], lambda: shadings.pattern(source, out.shelves.pdf), made)
    else:
        out.emit(COLOURS[op], numbers(operands, reason=Reason.PATTERN))


def shade(out: Output, _: bytes, operands: Sequence[Any]) -> None:
    """Fills what can be seen with a shading."""
    source = out.resource("/Shading", operands[0])
    out.sheet.cover(out.state.visible)
    name = out.slot("/Shading", str(operands[0]), lambda: shadings.copy(source, out.shelves.pdf))
    out.ink(b"/" + name.encode() + b" sh\n")


OPERATORS = {b"cs": space, b"CS": space, b"sh": shade} | dict.fromkeys(COLOURS, colour)
