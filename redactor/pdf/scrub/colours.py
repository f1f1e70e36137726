"""Colour spaces: device spaces by name, profiles replaced by the device space of as many components."""

from __future__ import annotations

from typing import Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason

DEVICE = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"})
BY_COUNT = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
CALIBRATED = {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB"}


def copy(source: Any) -> Any:
    """A new colour space object. Raises OutsideSchema for those the copy does not know."""
    if isinstance(source, pikepdf.Name) and str(source) in DEVICE:
        return pikepdf.Name(str(source))
    if not isinstance(source, pikepdf.Array) or not source:
        raise OutsideSchema(Reason.COLOUR)
    kind = str(source[0])
    if kind == "/ICCBased":
        return pikepdf.Name(BY_COUNT.get(_count(source[1]), "/DeviceRGB"))
    if kind in CALIBRATED:
        return pikepdf.Name(CALIBRATED[kind])
    if kind in DEVICE:
        return pikepdf.Name(kind)
    raise OutsideSchema(Reason.COLOUR)


def _count(profile: Any) -> int:
    found = profile.get("/N")
    if not isinstance(found, int) or found not in BY_COUNT:
        raise OutsideSchema(Reason.COLOUR)
    return found
