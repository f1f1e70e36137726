"""Traps of text nobody sees: a second copy of the secret is there for whoever selects, searches or extracts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from redactor.model import Box, PageBox
from tests.pdf.kit import (
    HEIGHT,
    SECRET,
    Trap,
    add,
    base_font,
    document,
    flate_image,
    line,
    picture,
    secret_box,
    secret_line,
)  # fmt: skip

LOW = 300.0  # base line of the hidden copy
COPY = line(SECRET, 72, LOW)


def hidden(name: str, content: bytes, mutate: Any = None, **more: Any) -> Trap:
    """The visible secret is masked; `content` hides another copy of it that no box names."""
    return Trap(name, document(content, mutate=mutate), (secret_box(),), **more)


def traps() -> Iterator[Trap]:
    """All traps of this file."""
    yield hidden("white_text", b"1 g " + COPY + b"0 g\n")
    yield hidden("nearly_white_text", b"0.99 g " + COPY + b"0 g\n")
    yield hidden("white_cmyk_text", b"0 0 0 0 k " + COPY + b"0 g\n")
    yield hidden("white_on_visible_text", b"1 g " + line(SECRET, 72, 720) + b"0 g\n")
    yield hidden("tiny_text", line(SECRET, 72, LOW, size=0.4))
    yield hidden("scaled_to_nothing", b"q 0.02 0 0 0.02 0 0 cm " + line(SECRET, 3600, 15000) + b"Q\n")
    yield hidden("invisible_mode", b"3 Tr " + COPY + b"0 Tr\n")
    yield hidden("invisible_on_visible_text", b"3 Tr " + line(SECRET, 72, 700) + b"0 Tr\n")
    yield hidden("under_black_box", COPY + b"0 g 60 290 300 24 re f\n")
    yield hidden("under_white_box", COPY + b"1 g 60 290 300 24 re f 0 g\n")
    yield hidden("on_black_box", b"0 g 60 290 300 24 re f\n" + COPY)
    yield hidden("clipped_away", b"q 400 100 50 50 re W n " + COPY + b"Q\n")
    yield hidden("empty_clip", b"q 0 0 m W n " + COPY + b"Q\n")
    yield hidden("off_the_page", line(SECRET, 700, LOW) + line(SECRET, 72, -60) + line(SECRET, -300, LOW))
    yield hidden("outlined_in_white", b"1 Tr 1 G " + COPY + b"0 Tr 0 G\n")
    yield hidden("transparent_text", b"/G0 gs " + COPY, _state(ca=0))
    yield hidden("outside_crop", line(SECRET, 72, 100), _crop, keep=())
    yield hidden("under_image", COPY + b"q 300 0 0 40 60 285 cm /I0 Do Q\n", _image)
    yield hidden(
        "under_image_under_text", COPY + b"q 300 0 0 40 60 285 cm /I0 Do Q\n" + line("Annexe du plan", 80, LOW), _image
    )
    yield hidden("under_box_under_text", COPY + b"1 g 60 290 300 24 re f 0 g\n" + line("Annexe du plan", 80, LOW))
    yield hidden("text_as_clip", b"q BT /F1 12 Tf 7 Tr 72 300 Td (%s) Tj ET Q\n" % SECRET.encode("cp1252"))
    yield hidden("layer_off", b"/OC /L0 BDC " + COPY + b"EMC\n", _layer)
    yield hidden("layer_off_form", b"/X0 Do\n", _layer_form)
    yield hidden("layer_set_off", b"/OC /L0 BDC " + COPY + b"EMC\n", _layer_set)
    yield hidden("layer_for_print", b"/OC /L0 BDC " + COPY + b"EMC\n", _layer_usage)
    yield _masked_by_others()
    yield _behind_page_sized_box()


def _state(**keys: Any) -> Any:
    def mutate(_: pikepdf.Pdf, page: Any) -> None:
        state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState)
        for key, value in keys.items():
            state["/" + key] = value
        add(page, "ExtGState", "G0", state)

    return mutate


def _crop(_: pikepdf.Pdf, page: Any) -> None:
    page.CropBox = pikepdf.Array([0, 200, 612, 792])


def _image(pdf: pikepdf.Pdf, page: Any) -> None:
    add(page, "XObject", "I0", flate_image(pdf, picture().crop((0, 0, 180, 120))))


def _group(pdf: pikepdf.Pdf, name: str = "Couche") -> Any:
    return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name))


def _off(pdf: pikepdf.Pdf, group: Any, **more: Any) -> None:
    default = pikepdf.Dictionary(OFF=pikepdf.Array([group]))
    for key, value in more.items():
        default["/" + key] = value
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([group]), D=default)


def _layer(pdf: pikepdf.Pdf, page: Any) -> None:
    group = _group(pdf)
    _off(pdf, group)
    add(page, "Properties", "L0", group)


def _layer_form(pdf: pikepdf.Pdf, page: Any) -> None:
    group = _group(pdf)
    _off(pdf, group)
    form = pdf.make_stream(COPY)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font()))
    form.OC = group
    add(page, "XObject", "X0", pdf.make_indirect(form))


def _layer_set(pdf: pikepdf.Pdf, page: Any) -> None:
    group = _group(pdf)
    _off(pdf, group)
    members = pikepdf.Dictionary(Type=pikepdf.Name.OCMD, OCGs=pikepdf.Array([group]), P=pikepdf.Name.AllOn)
    add(page, "Properties", "L0", pdf.make_indirect(members))


def _layer_usage(pdf: pikepdf.Pdf, page: Any) -> None:
    group = _group(pdf)
    usage = pikepdf.Dictionary(
        Event=pikepdf.Name.View, OCGs=pikepdf.Array([group]), Category=pikepdf.Array([pikepdf.Name.View])
    )
    group.Usage = pikepdf.Dictionary(View=pikepdf.Dictionary(ViewState=pikepdf.Name.OFF))
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array([group]), D=pikepdf.Dictionary(AS=pikepdf.Array([usage]))
    )
    add(page, "Properties", "L0", group)


def _masked_by_others() -> Trap:
    """A file that somebody redacted by drawing: every box of theirs still has its words."""
    body = b"".join(line(SECRET, 72, y) + b"0 g 70 %g 120 16 re f\n" % (y - 4) for y in (500, 400, 300))
    return Trap("already_boxed", document(body), (secret_box(),))


def _behind_page_sized_box() -> Trap:
    body = secret_line() + b"1 g 0 0 612 792 re f 0 g\n" + line("Page remplacée le 3 juin.", 72, 650)
    box = PageBox(0, Box(72, HEIGHT - 400, 200, HEIGHT - 380))
    return Trap("under_new_page", document(body, secret=False), (box,), keep=("Page remplacée le 3 juin.",))
