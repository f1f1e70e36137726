"""Graphics-state dictionaries and transparency groups: the keys that may be copied, each with its type."""

from __future__ import annotations

from typing import Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.numbers import array, number, numbers

NUMBERS = ("/LW", "/LC", "/LJ", "/ML", "/ca", "/CA", "/OPM", "/FL", "/SM")
FLAGS = ("/OP", "/op", "/SA", "/AIS", "/TK")
BLENDS = frozenset({
    "/Color", "/ColorBurn", "/ColorDodge", "/Compatible", "/Darken", "/Difference", "/Exclusion", "/HardLight",
    "/Hue", "/Lighten", "/Luminosity", "/Multiply", "/Normal", "/Overlay", "/Saturation", "/Screen", "/SoftLight",
})  # fmt: skip
GROUP_SPACES = ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK")


def copy(source: Any) -> pikepdf.Dictionary:
    """A new graphics state without unknown keys. Raises OutsideSchema for soft masks and for fonts set here."""
    if source.get("/SMask", pikepdf.Name("/None")) != pikepdf.Name("/None"):
        raise OutsideSchema(Reason.SOFT_MASK)
    if "/Font" in source:
        raise OutsideSchema(Reason.CONTENT)
    made = pikepdf.Dictionary()
    for key in NUMBERS:
        if key in source:
            made[key] = array([number(source[key])])[0]
    for key in FLAGS:
        if isinstance(source.get(key), bool):
            made[key] = bool(source[key])
    _blend(source, made)
    _dash(source, made)
    return made


def is_opaque(source: Any, *, now: bool) -> bool:
    """True when ink that fills hides what lies beneath after `source` is set; `now` tells it before."""
    if "/ca" not in source and "/BM" not in source:
        return now
    plain = str(source.get("/BM", "/Normal")) in {"/Normal", "/Compatible"}
    return plain and number(source.get("/ca", 1)) >= 1


def _blend(source: Any, made: pikepdf.Dictionary) -> None:
    mode = source.get("/BM")
    listed = list(mode) if isinstance(mode, pikepdf.Array) else [mode]
    known = next((str(name) for name in listed if str(name) in BLENDS), None)
    if known is not None:
        made.BM = pikepdf.Name(known)


def _dash(source: Any, made: pikepdf.Dictionary) -> None:
    if "/D" in source:
        pattern, phase = source["/D"]
        made.D = pikepdf.Array([array(numbers(pattern)), array([number(phase)])[0]])


def group(source: Any) -> pikepdf.Dictionary:
    """A new transparency group."""
    if source.get("/S") != pikepdf.Name.Transparency:
        raise OutsideSchema(Reason.CONTENT)
    made = pikepdf.Dictionary(S=pikepdf.Name.Transparency, Type=pikepdf.Name.Group)
    for key in ("/I", "/K"):
        if isinstance(source.get(key), bool):
            made[key] = bool(source[key])
    space = source.get("/CS")
    if space is not None:
        made.CS = pikepdf.Name(_group_space(space))
    return made


def _group_space(space: Any) -> str:
    if isinstance(space, pikepdf.Name):
        return str(space) if str(space) in GROUP_SPACES else "/DeviceRGB"
    if space[0] == pikepdf.Name.ICCBased:
        return {1: "/DeviceGray", 4: "/DeviceCMYK"}.get(int(space[1].get("/N", 3)), "/DeviceRGB")
    return "/DeviceRGB"
