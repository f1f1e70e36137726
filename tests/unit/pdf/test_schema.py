"""The edges of the whitelist: numbers, colours, functions, states, encodings; copied, or left to the picture route."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from redactor.pdf.plan import Reason
from redactor.pdf.scrub import (
    colours,
    encodings,
    functions,
    gstates,
    numbers,
    shadings,
    tounicode,
)
from tests.unit.pdf.schema_kit import A, D, Make, N, reason_of

# numbers


@pytest.mark.parametrize("value", [True, None, "1", 1e9, -1e9, float("inf")])
def test_what_is_no_number(value: Any) -> None:
    assert reason_of(lambda: numbers.number(value)) is Reason.CONTENT


def test_the_count_of_numbers_is_exact() -> None:
    assert reason_of(lambda: numbers.numbers([1, 2, 3], count=2)) is Reason.CONTENT


@pytest.mark.parametrize(("value", "made"), [("x", 0), (None, 0), (9e99, 10), (-3, 0), (4.6, 5), (float("inf"), 0)])
def test_clamped(value: Any, made: int) -> None:
    assert numbers.clamped(value, low=0, high=10) == made


# colours


@pytest.mark.parametrize(
    "make",
    [
        lambda pdf: N("/Quidonc"),
        lambda pdf: 3,
        lambda pdf: A([]),
        lambda pdf: A([N("/Quidonc"), 1]),
        lambda pdf: A([N.ICCBased, pdf.make_stream(b"", N=7)]),
        lambda pdf: A([N.ICCBased, pdf.make_stream(b"")]),
        lambda pdf: A([N.DeviceN, A([N(f"/I{n}") for n in range(5)]), N.DeviceRGB, D()]),
        lambda pdf: A([N.Indexed, A([N.Indexed, N.DeviceRGB, 1, pikepdf.String(b"")]), 1, pikepdf.String(b"")]),
        lambda pdf: A([N.Indexed, A([N.Lab, D()]), 1, pikepdf.String(b"")]),
        lambda pdf: A([N.Indexed, N.DeviceRGB, 256, pikepdf.String(b"")]),
        lambda pdf: A([N.Indexed, N.DeviceRGB, N.X, pikepdf.String(b"")]),
    ],
)
def test_colour_spaces_that_are_not_copied(pdf: pikepdf.Pdf, make: Make) -> None:
    assert reason_of(lambda: colours.copy(make(pdf), pdf)) is Reason.COLOUR


@pytest.mark.parametrize(
    ("make", "made"),
    [
        (lambda pdf: N.DeviceCMYK, "/DeviceCMYK"),
        (lambda pdf: A([N.CalRGB, D(Note=pikepdf.String("x"))]), "/DeviceRGB"),
        (lambda pdf: A([N.CalGray, D()]), "/DeviceGray"),
        (lambda pdf: A([N.DeviceRGB]), "/DeviceRGB"),
        (lambda pdf: A([N.ICCBased, pdf.make_stream(b"profile", N=4)]), "/DeviceCMYK"),
    ],
)
def test_profiles_become_device_spaces(pdf: pikepdf.Pdf, make: Make, made: str) -> None:
    assert str(colours.copy(make(pdf), pdf)) == made


def test_an_indexed_table_is_cut_to_its_size(pdf: pikepdf.Pdf) -> None:
    made = colours.copy(A([N.Indexed, N.DeviceRGB, 0, pdf.make_stream(b"abcdef")]), pdf)
    assert made[3].read_bytes() == b"abc"


def test_inks_lose_their_names_but_for_those_with_a_meaning(pdf: pikepdf.Pdf) -> None:
    mixed = D(FunctionType=2, Domain=A([0, 1]), N=1)
    assert str(colours.copy(A([N.Separation, N.All, N.DeviceGray, mixed]), pdf)[1]) == "/All"
    assert str(colours.copy(A([N.Separation, N.Quidonc, N.DeviceGray, mixed]), pdf)[1]) == "/S1"
    assert [str(one) for one in colours.copy(A([N.DeviceN, A([N("/None"), N.Q]), N.DeviceGray, mixed]), pdf)[1]] == [
        "/None", "/S2",
    ]  # fmt: skip


# functions


def sampled(pdf: pikepdf.Pdf, **more: Any) -> Any:
    keys = {"FunctionType": 0, "Domain": A([0, 1]), "Range": A([0, 1]), "Size": A([2]), "BitsPerSample": 8} | more
    return pdf.make_stream(b"\0\xff", **keys)


@pytest.mark.parametrize(
    "make",
    [
        lambda pdf: 3,
        lambda pdf: D(FunctionType=9),
        lambda pdf: D(FunctionType=3, Functions=A([])),
        lambda pdf: D(FunctionType=3, Functions=A([D(FunctionType=2)] * 65)),
        lambda pdf: sampled(pdf, BitsPerSample=12),
        lambda pdf: sampled(pdf, Size=A([90_000])),
        lambda pdf: sampled(pdf, Size=A([0])),
        lambda pdf: pdf.make_stream(b"{ pop }", FunctionType=4, Domain=A([]), Range=A([0, 1])),
        lambda pdf: pdf.make_stream(b"{ pop }", FunctionType=4, Domain=A([0, 1]), Range=A([0, 1, 0, 1])),
        lambda pdf: pdf.make_stream(b"{ quidonc }", FunctionType=4, Domain=A([0, 1]), Range=A([0, 1])),
    ],
)
def test_functions_that_are_not_copied(pdf: pikepdf.Pdf, make: Make) -> None:
    assert reason_of(lambda: functions.copy(make(pdf), pdf)) is Reason.SHADING


def test_functions_in_functions_without_end(pdf: pikepdf.Pdf) -> None:
    inner = D(FunctionType=2, Domain=A([0, 1]), N=1)
    for _ in range(8):
        inner = D(FunctionType=3, Domain=A([0, 1]), Functions=A([inner]), Bounds=A([]), Encode=A([0, 1]))
    assert reason_of(lambda: functions.copy(inner, pdf)) is Reason.SHADING


def test_stitched_and_listed_functions(pdf: pikepdf.Pdf) -> None:
    part = D(FunctionType=2, Domain=A([0, 1]), N=1, C0=A([0]), C1=A([1]), Range=A([0, 1]), Note=pikepdf.String("x"))
    made = functions.copy(
        D(FunctionType=3, Domain=A([0, 1]), Functions=A([part, part]), Bounds=A([0.5]), Encode=A([0, 1, 0, 1])), pdf
    )
    assert sorted(made.Functions[0].keys()) == ["/C0", "/C1", "/Domain", "/FunctionType", "/N", "/Range"]
    assert len(functions.copy(A([part] * 3), pdf)) == 3


def test_samples_are_cut_to_their_number(pdf: pikepdf.Pdf) -> None:
    made = functions.copy(sampled(pdf, Encode=A([0, 1]), Decode=A([0, 1]), Note=pikepdf.String("x")), pdf)
    assert made.read_bytes() == b"\0\xff"
    assert "/Note" not in made
    assert [int(n) for n in made.Encode] == [0, 1]


def test_a_flat_range_is_sampled_as_nothing(pdf: pikepdf.Pdf) -> None:
    made = functions.copy(pdf.make_stream(b"{ 5 mul }", FunctionType=4, Domain=A([0, 1]), Range=A([1, 1])), pdf)
    assert set(made.read_bytes()) == {0}


# shadings, states and groups


def axial(**more: Any) -> Any:
    keys = {
        "/ShadingType": 2, "/ColorSpace": N.DeviceRGB, "/Coords": A([0, 0, 1, 1]),
        "/Function": D(FunctionType=2, Domain=A([0, 1]), N=1),
    }  # fmt: skip
    return D(keys | {"/" + key: value for key, value in more.items()})


def test_a_shading_keeps_its_numbers_alone(pdf: pikepdf.Pdf) -> None:
    more = {"Domain": A([0, 1]), "BBox": A([0, 0, 9, 9]), "Background": A([1, 1, 1]), "Extend": A([True, 1])}
    made = shadings.copy(axial(**more, Note=pikepdf.String("x")), pdf)
    assert {"/Domain", "/BBox", "/Background", "/Extend"} <= set(made.keys())
    assert "/Note" not in made
    assert [bool(one) for one in made.Extend] == [True, False]


def test_shadings_and_patterns_that_are_not_copied(pdf: pikepdf.Pdf) -> None:
    assert reason_of(lambda: shadings.copy(D(ShadingType=1), pdf)) is Reason.SHADING
    assert reason_of(lambda: shadings.pattern(D(PatternType=1), pdf)) is Reason.PATTERN
    assert reason_of(lambda: shadings.pattern(3, pdf)) is Reason.PATTERN
    made = shadings.pattern(D(PatternType=2, Shading=axial(), Matrix=A([1, 0, 0, 1, 0, 0])), pdf)
    assert len(made.Matrix) == 6


@pytest.mark.parametrize(
    ("source", "reason"),
    [(D(SMask=D(S=N.Luminosity)), Reason.SOFT_MASK), (D(Font=A([])), Reason.CONTENT), (D(LW=N.X), Reason.CONTENT)],
)
def test_states_that_are_not_copied(source: Any, reason: Reason) -> None:
    assert reason_of(lambda: gstates.copy(source)) is reason


def test_a_state_keeps_known_keys_of_known_types() -> None:
    source = D(LW=2, OP=True, SA=3, BM=A([N.Quidonc, N.Multiply]), D=A([A([1, 2]), 0]), Note=pikepdf.String("x"))
    made = gstates.copy(source)
    assert sorted(made.keys()) == ["/BM", "/D", "/LW", "/OP"]
    assert str(made.BM) == "/Multiply"


@pytest.mark.parametrize(
    ("source", "now", "opaque"),
    [
        (D(), True, True), (D(), False, False), (D(ca=0.5), True, False), (D(ca=1), False, True),
        (D(BM=N.Multiply), True, False), (D(BM=N.Normal), False, True),
    ],
)  # fmt: skip
def test_which_ink_hides(source: Any, now: bool, opaque: bool) -> None:
    assert gstates.is_opaque(source, now=now) is opaque


@pytest.mark.parametrize(
    ("space", "made"),
    [
        (N.DeviceCMYK, "/DeviceCMYK"), (N.Quidonc, "/DeviceRGB"), (A([N.CalRGB, D()]), "/DeviceRGB"),
        (A([N.ICCBased, D(N=1)]), "/DeviceGray"), (A([N.ICCBased, D(N=4)]), "/DeviceCMYK"),
        (A([N.ICCBased, D()]), "/DeviceRGB"),
    ],
)  # fmt: skip
def test_the_space_of_a_group(space: Any, made: str) -> None:
    source = D(S=N.Transparency, I=True, K=2, CS=space, Note=pikepdf.String("x"))
    found = gstates.group(source)
    assert str(found.CS) == made
    assert sorted(found.keys()) == ["/CS", "/I", "/S", "/Type"]


def test_a_group_that_is_none() -> None:
    assert reason_of(lambda: gstates.group(D(S=N.Quidonc))) is Reason.CONTENT


# encodings and maps


def test_encodings() -> None:
    assert encodings.names_of(None, implicit={1: "a"}) == {1: "a"}
    assert encodings.names_of(N("/Quidonc"), implicit={1: "a"}) == {1: "a"}
    assert encodings.names_of(N.WinAnsiEncoding, implicit={})[65] == "A"
    assert reason_of(lambda: encodings.names_of(3, implicit={})) is Reason.FONT_PROGRAM
    table = D(BaseEncoding=N.WinAnsiEncoding, Differences=A([65, N.B, N.C, pikepdf.String("x"), 70, N.Z]))
    found = encodings.names_of(table, implicit={})
    assert [found[code] for code in (65, 66, 67, 70)] == ["B", "C", "C", "Z"]


def test_a_map_that_cannot_be_read_tells_nothing(pdf: pikepdf.Pdf) -> None:
    broken = pdf.make_stream(b"not deflated")
    broken.Filter = N.FlateDecode
    assert tounicode.read(broken) == {}
    assert tounicode.read(3) == {}
