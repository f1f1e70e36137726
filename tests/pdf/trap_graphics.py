"""Traps in graphics: states, colours, functions, shadings, patterns, groups, and the content stream's own corners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from redactor.model import Box, PageBox, RedactionKind
from tests.pdf.kit import HEIGHT, SECRET, SECRET_ASCII, Trap, add, append, base_font, document, line, secret_box

AREA = RedactionKind.AREA
LITERAL = b"(" + SECRET.encode("cp1252") + b")"
SQUARE = b"80 100 20 20 re f\n"


def content(name: str, body: bytes) -> Trap:
    """The secret is in the operators themselves, where nothing draws it."""
    return Trap(name, document(body), (secret_box(),))


def resource(name: str, shelf: str, make: Any, use: bytes, **more: Any) -> Trap:
    """The secret is in a resource that the page uses by `use`."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, shelf, "R0", make(pdf))
        append(pdf, page, use)

    return Trap(name, document(mutate=mutate), more.pop("boxes", (secret_box(),)), **more)


def traps() -> Iterator[Trap]:
    """All traps of this file."""
    yield content("comment_in_stream", b"% " + SECRET.encode("cp1252") + b"\n")
    yield content("marked_point", b"/Span <</Note " + LITERAL + b">> DP\n")
    yield content("actual_text", b"/Span <</ActualText " + LITERAL + b">> BDC " + line("Annexe", 72, 400) + b"EMC\n")
    yield content(
        "expanded_text",
        b"/Span <</E " + LITERAL + b" /Alt " + LITERAL + b">> BDC " + line("Annexe", 72, 400) + b"EMC\n",
    )
    yield content("tag_name", b"/ZoraideQuidonc BMC " + line("Annexe", 72, 400) + b"EMC\n")
    yield content("unknown_operator", b"BX " + LITERAL + b" quidonc EX\n")
    yield content("intent_name", b"/ZoraideQuidonc ri\n")
    yield content("spare_operands", LITERAL + b" 12 w\n")
    yield content("empty_text_object", b"BT /F1 12 Tf 3 Tr " + LITERAL + b" Tj ET\n")
    yield Trap("property_list", document(mutate=_property_list), (secret_box(),))
    yield Trap("unused_resource", document(mutate=_unused_resource), (secret_box(),))
    yield resource("gstate_unknown_key", "ExtGState", _state(Owner=pikepdf.String(SECRET)), b"/R0 gs " + SQUARE)
    yield resource(
        "gstate_halftone_name",
        "ExtGState",
        _state(HT=pikepdf.Dictionary(HalftoneType=1, HalftoneName=pikepdf.String(SECRET))),
        b"/R0 gs " + SQUARE,
    )
    yield resource("gstate_intent", "ExtGState", _state(RI=pikepdf.Name("/ZoraideQuidonc")), b"/R0 gs " + SQUARE)
    yield resource("gstate_blend", "ExtGState", _state(BM=pikepdf.Name("/ZoraideQuidonc")), b"/R0 gs " + SQUARE)
    yield resource("gstate_font", "ExtGState", _state_font,
                   b"BT /R0 gs 72 300 Td (Annexe) Tj ET\n")  # fmt: skip
    yield resource("soft_mask_group", "ExtGState", _soft_mask, b"q /R0 gs 60 280 400 60 re f Q\n", kind=AREA,
                   boxes=(secret_box(), PageBox(0, Box(60, HEIGHT - 340, 460, HEIGHT - 280))))  # fmt: skip
    yield resource("tiling_pattern", "Pattern", _tiling, b"/Pattern cs /R0 scn 60 280 400 60 re f\n", kind=AREA,
                   boxes=(secret_box(), PageBox(0, Box(60, HEIGHT - 340, 460, HEIGHT - 280))))  # fmt: skip
    yield resource("separation_name", "ColorSpace", _separation(_type2), b"/R0 cs 0.5 scn " + SQUARE)
    yield resource("separation_sampled", "ColorSpace", _separation(_type0), b"/R0 cs 0.5 scn " + SQUARE)
    yield resource("postscript_comment", "ColorSpace", _separation(_type4), b"/R0 cs 0.5 scn " + SQUARE)
    yield resource(
        "postscript_unknown_operator",
        "ColorSpace",
        _separation(lambda pdf: _program(pdf, b"{ % " + SECRET.encode("cp1252") + b"\n quidonc dup dup }", 1)),
        b"/R0 cs 0.5 scn " + SQUARE,
    )
    yield resource("postscript_many_inputs", "ColorSpace", _many_inks, b"/R0 cs 0.1 0.2 0.3 0.4 scn " + SQUARE)
    yield resource("device_n_names", "ColorSpace", _device_n, b"/R0 cs 0.5 0.2 scn " + SQUARE)
    yield resource("icc_profile", "ColorSpace", _profile, b"/R0 cs 0.5 0.2 0.1 scn " + SQUARE)
    yield resource("indexed_table", "ColorSpace", _indexed, b"/R0 cs 1 scn " + SQUARE)
    yield resource("lab_extra", "ColorSpace", _lab, b"/R0 cs 50 20 10 scn " + SQUARE)
    yield resource("shading_fill", "Shading", _axial, b"q 60 280 400 60 re W n /R0 sh Q\n")
    yield resource("shading_pattern", "Pattern", _shading_pattern,
                   b"/Pattern cs /R0 scn 60 280 400 60 re f\n")  # fmt: skip
    yield resource("mesh_shading", "Shading", _mesh, b"q 60 280 400 60 re W n /R0 sh Q\n")
    yield _resource_name()


def _resource_name() -> Trap:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "Font", "ZoraideQuidonc", base_font())
        append(pdf, page, line("Annexe", 72, 300, font="ZoraideQuidonc"))

    return Trap("resource_name", document(mutate=mutate), (secret_box(),))


def _state_font(pdf: pikepdf.Pdf) -> Any:
    return pikepdf.Dictionary(Font=pikepdf.Array([pdf.make_indirect(base_font()), 12]))


def _shading_pattern(pdf: pikepdf.Pdf) -> Any:
    return pikepdf.Dictionary(PatternType=2, Shading=_axial(pdf), Note=pikepdf.String(SECRET))


def _property_list(pdf: pikepdf.Pdf, page: Any) -> None:
    add(page, "Properties", "P0", pdf.make_indirect(pikepdf.Dictionary(Note=pikepdf.String(SECRET))))
    append(pdf, page, b"/Span /P0 BDC " + line("Annexe", 72, 300) + b"EMC\n")


def _unused_resource(pdf: pikepdf.Pdf, page: Any) -> None:
    form = pdf.make_stream(line(SECRET, 72, 300))
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
    add(page, "XObject", "X9", pdf.make_indirect(form))


def _state(**keys: Any) -> Any:
    return lambda pdf: pikepdf.Dictionary({"/Type": pikepdf.Name.ExtGState} | {"/" + k: v for k, v in keys.items()})


def _group(pdf: pikepdf.Pdf, body: bytes) -> Any:
    form = pdf.make_stream(body)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font()))
    form.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
    return pdf.make_indirect(form)


def _soft_mask(pdf: pikepdf.Pdf) -> Any:
    group = _group(pdf, b"1 g " + line(SECRET, 72, 300))
    mask = pikepdf.Dictionary(Type=pikepdf.Name.Mask, S=pikepdf.Name.Luminosity, G=group)
    return pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, SMask=mask)


def _tiling(pdf: pikepdf.Pdf) -> Any:
    pattern = pdf.make_stream(line(SECRET, 2, 5, size=8))
    for key, value in {
        "/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/BBox": pikepdf.Array([0, 0, 90, 20]), "/XStep": 90,
        "/YStep": 20, "/Resources": pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font())),
    }.items():  # fmt: skip
        pattern[key] = value
    return pdf.make_indirect(pattern)


def _type2(_: pikepdf.Pdf) -> Any:
    return pikepdf.Dictionary(FunctionType=2, Domain=pikepdf.Array([0, 1]), N=1, C0=pikepdf.Array([1, 1, 1]),
                              C1=pikepdf.Array([0.2, 0.2, 0.6]), Note=pikepdf.String(SECRET))  # fmt: skip


def _type0(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(bytes([255, 255, 255, 40, 40, 150]) + SECRET.encode("cp1252"))
    for key, value in {
        "/FunctionType": 0, "/Domain": pikepdf.Array([0, 1]), "/Range": pikepdf.Array([0, 1, 0, 1, 0, 1]),
        "/Size": pikepdf.Array([2]), "/BitsPerSample": 8,
    }.items():  # fmt: skip
        stream[key] = value
    return pdf.make_indirect(stream)


def _type4(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(b"{ % " + SECRET.encode("cp1252") + b"\n dup dup 1 exch sub 3 1 roll 0.5 mul exch }")
    stream.FunctionType, stream.Domain = 4, pikepdf.Array([0, 1])
    stream.Range = pikepdf.Array([0, 1, 0, 1, 0, 1])
    return pdf.make_indirect(stream)


def _program(pdf: pikepdf.Pdf, program: bytes, inputs: int) -> Any:
    stream = pdf.make_stream(program)
    stream.FunctionType, stream.Domain = 4, pikepdf.Array([0, 1] * inputs)
    stream.Range = pikepdf.Array([0, 1, 0, 1, 0, 1])
    return pdf.make_indirect(stream)


def _many_inks(pdf: pikepdf.Pdf) -> Any:
    """Four inks mixed by a program: too many points to sample."""
    names = pikepdf.Array([pikepdf.Name(f"/Quidonc{n}") for n in range(4)])
    function = _program(pdf, b"{ pop pop pop dup dup % " + SECRET.encode("cp1252") + b"\n }", 4)
    return pikepdf.Array([pikepdf.Name.DeviceN, names, pikepdf.Name.DeviceRGB, function])


def _separation(function: Any) -> Any:
    return lambda pdf: pikepdf.Array(
        [pikepdf.Name.Separation, pikepdf.Name("/Zoraide#20Quidonc"), pikepdf.Name.DeviceRGB, function(pdf)]
    )


def _device_n(pdf: pikepdf.Pdf) -> Any:
    function = pdf.make_stream(b"{ pop pop 0.2 0.6 0.3 }")
    function.FunctionType, function.Domain = 4, pikepdf.Array([0, 1, 0, 1])
    function.Range = pikepdf.Array([0, 1, 0, 1, 0, 1])
    names = pikepdf.Array([pikepdf.Name("/Zoraide"), pikepdf.Name("/Quidonc")])
    return pikepdf.Array([pikepdf.Name.DeviceN, names, pikepdf.Name.DeviceRGB, pdf.make_indirect(function)])


def _profile(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(b"\0" * 128 + SECRET.encode("utf-16-be") + SECRET_ASCII.encode())
    stream.N, stream.Alternate = 3, pikepdf.Name.DeviceRGB
    return pikepdf.Array([pikepdf.Name.ICCBased, pdf.make_indirect(stream)])


def _indexed(_: pikepdf.Pdf) -> Any:
    table = bytes([255, 255, 255, 40, 40, 150]) + SECRET_ASCII.encode()
    return pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 1, pikepdf.String(table)])


def _lab(_: pikepdf.Pdf) -> Any:
    keys = pikepdf.Dictionary(WhitePoint=pikepdf.Array([0.95, 1, 1.09]), Range=pikepdf.Array([-100, 100, -100, 100]),
                              Note=pikepdf.String(SECRET))  # fmt: skip
    return pikepdf.Array([pikepdf.Name.Lab, keys])


def _axial(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(
        pikepdf.Dictionary(ShadingType=2, ColorSpace=pikepdf.Name.DeviceRGB, Coords=pikepdf.Array([60, 280, 460, 280]),
                           Function=_type2(pdf), Extend=pikepdf.Array([True, True]), Note=pikepdf.String(SECRET))
    )  # fmt: skip


def _mesh(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(SECRET_ASCII.encode() * 4)
    for key, value in {
        "/ShadingType": 4, "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerCoordinate": 8, "/BitsPerComponent": 8,
        "/BitsPerFlag": 8, "/Decode": pikepdf.Array([60, 460, 280, 340, 0, 1, 0, 1, 0, 1]),
    }.items():  # fmt: skip
        stream[key] = value
    return pdf.make_indirect(stream)
