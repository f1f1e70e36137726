"""Shadings: axial and radial ones by their numbers. Meshes and functions of the plane are left to pictures."""

from __future__ import annotations

from typing import Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import colours, functions
from redactor.pdf.scrub.numbers import array, numbers

COORDINATES = {2: 4, 3: 6}  # numbers of /Coords of axial and radial shadings; ISO 32000-1, 8.7.4.5


def copy(source: Any, pdf: Any) -> Any:
    """A new shading. Raises OutsideSchema for the kinds the copy does not write."""
    kind = source.get("/ShadingType")
    if kind not in COORDINATES or isinstance(source, pikepdf.Stream):
        raise OutsideSchema(Reason.SHADING)
    made = pikepdf.Dictionary(
        ShadingType=kind,
        ColorSpace=colours.copy(source.get("/ColorSpace"), pdf),
        Coords=array(numbers(source.get("/Coords"), count=COORDINATES[kind], reason=Reason.SHADING)),
        Function=functions.copy(source.get("/Function"), pdf),
    )
    for key, count in (("/Domain", 2), ("/BBox", 4), ("/Background", None)):
        if key in source:
            made[key] = array(numbers(source[key], count=count, reason=Reason.SHADING)[:8])
    extend = source.get("/Extend")
    if extend is not None:
        made.Extend = pikepdf.Array([bool(flag is True) for flag in list(extend)[:2]])
    return pdf.make_indirect(made)


def pattern(source: Any, pdf: Any) -> Any:
    """A new shading pattern. Raises OutsideSchema for tiling patterns, which may draw anything."""
    if not isinstance(source, pikepdf.Dictionary) or source.get("/PatternType") != 2:
        raise OutsideSchema(Reason.PATTERN)
    made = pikepdf.Dictionary(PatternType=2, Shading=copy(source.get("/Shading"), pdf))
    if "/Matrix" in source:
        made.Matrix = array(numbers(source["/Matrix"], count=6, reason=Reason.PATTERN))
    return pdf.make_indirect(made)
