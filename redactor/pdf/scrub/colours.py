"""Colour spaces: profiles replaced by the device space of as many components, inks renamed, tables cut to size."""

from __future__ import annotations

from typing import Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import functions
from redactor.pdf.scrub.numbers import array, numbers

DEVICE = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"})
BY_COUNT = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
COUNTS = {name: count for count, name in BY_COUNT.items()}
CALIBRATED = {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB"}
KEPT_INKS = frozenset({"/None", "/All"})  # names with a meaning of their own; ISO 32000-1, 8.6.6.4
INK_LIMIT = 4  # inks of one space; more could not be sampled


def copy(source: Any, pdf: Any) -> Any:
    """A new colour space. Raises OutsideSchema for those the copy does not know."""
    if isinstance(source, pikepdf.Name):
        if str(source) not in DEVICE:
            raise OutsideSchema(Reason.COLOUR)
        return pikepdf.Name(str(source))
    if not isinstance(source, pikepdf.Array) or not len(source):
        raise OutsideSchema(Reason.COLOUR)
    kind = str(source[0])
    if kind in CALIBRATED or kind in DEVICE:
        return pikepdf.Name(CALIBRATED.get(kind, kind))
    made = {"/ICCBased": _profiled, "/Separation": _ink, "/DeviceN": _inks, "/Indexed": _indexed, "/Lab": _lab}.get(
        kind
    )
    if made is None:
        raise OutsideSchema(Reason.COLOUR)
    return made(source, pdf)


def _profiled(source: Any, _: Any) -> Any:
    found = source[1].get("/N")
    if not isinstance(found, int) or found not in BY_COUNT:
        raise OutsideSchema(Reason.COLOUR)
    return pikepdf.Name(BY_COUNT[found])


def _ink(source: Any, pdf: Any) -> Any:
    name = str(source[1])
    ink = pikepdf.Name(name if name in KEPT_INKS else "/S1")
    return pikepdf.Array([pikepdf.Name.Separation, ink, _alternate(source[2], pdf), functions.copy(source[3], pdf)])


def _inks(source: Any, pdf: Any) -> Any:
    names = [str(name) for name in source[1]]
    if not 0 < len(names) <= INK_LIMIT:
        raise OutsideSchema(Reason.COLOUR)
    inks = [pikepdf.Name(name if name == "/None" else f"/S{n}") for n, name in enumerate(names, start=1)]
    return pikepdf.Array(
        [pikepdf.Name.DeviceN, pikepdf.Array(inks), _alternate(source[2], pdf), functions.copy(source[3], pdf)]
    )


def _alternate(source: Any, pdf: Any) -> Any:
    made = copy(source, pdf)
    if not isinstance(made, pikepdf.Name):
        raise OutsideSchema(Reason.COLOUR)
    return made


def _indexed(source: Any, pdf: Any) -> Any:
    base, top = _alternate(source[1], pdf), source[2]
    if not isinstance(top, int) or not 0 <= top <= 255:
        raise OutsideSchema(Reason.COLOUR)
    table = source[3].read_bytes() if isinstance(source[3], pikepdf.Stream) else bytes(source[3])
    return pikepdf.Array([pikepdf.Name.Indexed, base, top, pdf.make_stream(table[: (top + 1) * COUNTS[str(base)]])])


def _lab(source: Any, _: Any) -> Any:
    made = pikepdf.Dictionary()
    for key, count in (("/WhitePoint", 3), ("/BlackPoint", 3), ("/Range", 4)):
        if key in source[1]:
            made[key] = array(numbers(source[1][key], count=count, reason=Reason.COLOUR))
    return pikepdf.Array([pikepdf.Name.Lab, made])
