"""Functions: numbers alone are copied, and what is a program is sampled into a table.

Types of ISO 32000-1, 7.10: 0 (samples), 2 (exponential), 3 (stitching), 4 (PostScript calculator).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import calculator
from redactor.pdf.scrub.numbers import array, number, numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTH_LIMIT = 4  # stitched functions within stitched functions; files use 1 or 2
PART_LIMIT = 64  # functions of one stitching
SAMPLE_LIMIT = 65_536  # samples of one table
SAMPLES = 256  # samples of a function of one input: as fine as an 8-bit display
GRID = 17  # samples a side for two and more inputs, as printer profiles use
BITS = (8, 16)  # bits a sample that are copied


def copy(source: Any, pdf: Any, *, depth: int = 0) -> Any:
    """A new function, or array of functions. Raises OutsideSchema for what cannot be told by numbers."""
    if isinstance(source, pikepdf.Array):
        return pikepdf.Array([copy(part, pdf, depth=depth + 1) for part in list(source)[:PART_LIMIT]])
    if depth > DEPTH_LIMIT or not isinstance(source, (pikepdf.Dictionary, pikepdf.Stream)):
        raise OutsideSchema(Reason.SHADING)
    match source.get("/FunctionType"):
        case 0:
            return _sampled(source, pdf)
        case 2:
            return _exponential(source)
        case 3:
            return _stitched(source, pdf, depth)
        case 4:
            return _calculated(source, pdf)
        case _:
            raise OutsideSchema(Reason.SHADING)


def _row(source: Any, key: str, *, count: int | None = None) -> list[float]:
    return numbers(source.get(key, pikepdf.Array()), count=count, reason=Reason.SHADING)


def _exponential(source: Any) -> pikepdf.Dictionary:
    made = pikepdf.Dictionary(FunctionType=2, Domain=array(_row(source, "/Domain", count=2)))
    made.N = array([number(source.get("/N"), reason=Reason.SHADING)])[0]
    for key in ("/C0", "/C1", "/Range"):
        if key in source:
            made[key] = array(_row(source, key)[:8])
    return made


def _stitched(source: Any, pdf: Any, depth: int) -> pikepdf.Dictionary:
    parts = list(source.get("/Functions", pikepdf.Array()))
    if not 0 < len(parts) <= PART_LIMIT:
        raise OutsideSchema(Reason.SHADING)
    return pikepdf.Dictionary(
        FunctionType=3,
        Domain=array(_row(source, "/Domain", count=2)),
        Functions=pikepdf.Array([copy(part, pdf, depth=depth + 1) for part in parts]),
        Bounds=array(_row(source, "/Bounds", count=len(parts) - 1)),
        Encode=array(_row(source, "/Encode", count=2 * len(parts))),
    )


def _sampled(source: Any, pdf: Any) -> Any:
    domain, target = _row(source, "/Domain"), _row(source, "/Range")
    size = [int(value) for value in _row(source, "/Size", count=len(domain) // 2)]
    bits = source.get("/BitsPerSample")
    total = len(target) // 2
    for side in size:
        total *= side
    if bits not in BITS or not 0 < total <= SAMPLE_LIMIT:
        raise OutsideSchema(Reason.SHADING)
    data = source.read_bytes()[: total * int(bits) // 8]
    return _table(pdf, data, domain, target, size, int(bits), _optional(source))


def _optional(source: Any) -> dict[str, pikepdf.Array]:
    return {key: array(_row(source, key)[:32]) for key in ("/Encode", "/Decode") if key in source}


def _table(
    pdf: Any, data: bytes, domain: Sequence[float], target: Sequence[float], size: Sequence[int], bits: int,
    more: dict[str, pikepdf.Array],
) -> Any:  # fmt: skip
    made = pdf.make_stream(data)
    made.FunctionType, made.BitsPerSample = 0, bits
    made.Domain, made.Range, made.Size = array(domain), array(target), pikepdf.Array(list(size))
    for key, value in more.items():
        made[key] = value
    return pdf.make_indirect(made)


def _calculated(source: Any, pdf: Any) -> Any:
    domain, target = _row(source, "/Domain"), _row(source, "/Range")
    inputs, outputs = len(domain) // 2, len(target) // 2
    side = SAMPLES if inputs == 1 else GRID
    if not inputs or not outputs or side**inputs * outputs > SAMPLE_LIMIT:
        raise OutsideSchema(Reason.SHADING)
    program = calculator.parsed(source.read_bytes())
    data = bytearray()
    for index in range(side**inputs):
        point = [_at(domain, axis, (index // side**axis) % side, side) for axis in range(inputs)]
        data += _levels(calculator.run(program, point)[-outputs:], target)
    return _table(pdf, bytes(data), domain, target, [side] * inputs, 8, {})


def _at(domain: Sequence[float], axis: int, step: int, side: int) -> float:
    low, high = domain[2 * axis], domain[2 * axis + 1]
    return low + (high - low) * step / (side - 1)


def _levels(values: Sequence[float], target: Sequence[float]) -> bytes:
    spans = list(pairwise(target))[::2]
    if len(values) != len(spans):
        raise OutsideSchema(Reason.SHADING)
    return bytes(_level(value, low, high) for value, (low, high) in zip(values, spans, strict=True))


def _level(value: float, low: float, high: float) -> int:
    if high <= low:
        return 0
    return round(255 * (min(max(value, low), high) - low) / (high - low))
