"""The PostScript calculator: what colour functions use, and what it refuses."""

from __future__ import annotations

import pytest

from redactor.pdf.plan import OutsideSchema
from redactor.pdf.scrub.calculator import parsed, run


@pytest.mark.parametrize(
    ("program", "inputs", "result"),
    [
        (b"{ 1 exch sub }", [0.25], [0.75]),
        (b"{ % a comment\n dup dup }", [0.5], [0.5, 0.5, 0.5]),
        (b"{ dup 0.5 gt { pop 1 } { pop 0 } ifelse }", [0.7], [1]),
        (b"{ dup 0.5 gt { pop 1 } { pop 0 } ifelse }", [0.2], [0]),
        (b"{ dup 0.5 lt { 2 mul } if }", [0.2], [0.4]),
        (b"{ 3 1 roll }", [1, 2, 3], [3, 1, 2]),
        (b"{ 3 -1 roll }", [1, 2, 3], [2, 3, 1]),
        (b"{ 2 copy add }", [1, 2], [1, 2, 3]),
        (b"{ 1 index }", [7, 8], [7, 8, 7]),
        (b"{ 2 exp }", [3], [9]),
        (b"{ 1 1 atan }", [], [45]),
        (b"{ 7 2 idiv 7 2 mod }", [], [3, 1]),
        (b"{ true false and not }", [], [1]),
    ],
)
def test_programs(program: bytes, inputs: list[float], result: list[float]) -> None:
    assert run(parsed(program), inputs) == pytest.approx(result)


@pytest.mark.parametrize(
    "program",
    [b"", b"1 2 add", b"{ 1 2 add", b"{ pop pop }", b"{ quidonc }", b"{ 1 if }", b"{ -5 copy }", b"{ 9 index }",
     b"{ " + b"{ " * 40 + b"} " * 40 + b"}", b"{ " + b"1 " * 200 + b"}", b"{" + b" 1" * 20_000 + b"}"],
)  # fmt: skip
def test_refused(program: bytes) -> None:
    with pytest.raises(OutsideSchema):
        run(parsed(program), [0.5])
