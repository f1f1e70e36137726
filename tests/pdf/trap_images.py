"""Traps of pixels: the secret ink is in an image of every kind, in what the image drags along, or in curves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

from redactor.model import Box, PageBox, RedactionKind
from tests.pdf.kit import (
    COLOUR,
    HEIGHT,
    IMAGE_CTM,
    IMAGE_SECRET,
    SECRET,
    Trap,
    add,
    append,
    coded_image,
    document,
    flate_image,
    picture,
    secret_box,
)  # fmt: skip

AREA = RedactionKind.AREA
INK = b"%g %g %g rg " % tuple(level / 255 for level in COLOUR)


def pixels(name: str, make: Any, ctm: bytes = IMAGE_CTM, box: PageBox = IMAGE_SECRET, **more: Any) -> Trap:
    """An image made by `make`, its secret half under a box drawn by hand."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "I0", make(pdf))
        append(pdf, page, ctm)

    return Trap(name, document(mutate=mutate), (secret_box(), box), kind=AREA, **more)


def traps() -> Iterator[Trap]:
    """All traps of this file."""
    yield pixels("image_flate", lambda pdf: flate_image(pdf, picture()))
    yield pixels("image_jpeg", lambda pdf: coded_image(pdf, picture(), "JPEG", "DCTDecode", quality=95))
    yield pixels("image_jpx", lambda pdf: coded_image(pdf, picture(), "JPEG2000", "JPXDecode"))
    yield pixels("image_indexed", _indexed)
    yield pixels("image_cmyk", _cmyk)
    yield pixels("image_16_bits", _sixteen)
    yield pixels("image_rotated", lambda pdf: flate_image(pdf, picture()), b"q 0 400 -120 0 300 200 cm /I0 Do Q\n",
                 PageBox(0, Box(180, HEIGHT - 600, 300, HEIGHT - 400)))  # fmt: skip
    yield pixels("image_flipped", lambda pdf: flate_image(pdf, picture()), b"q -400 0 0 120 500 400 cm /I0 Do Q\n",
                 PageBox(0, Box(100, HEIGHT - 520, 300, HEIGHT - 400)))  # fmt: skip
    yield pixels("image_twice", lambda pdf: flate_image(pdf, picture()),
                 IMAGE_CTM + b"q 200 0 0 60 100 300 cm /I0 Do Q\n",
                 PageBox(0, Box(190, HEIGHT - 520, 500, HEIGHT - 300)))  # fmt: skip
    yield pixels("image_in_strips", lambda pdf: flate_image(pdf, picture()), _strips())
    yield pixels("image_opacity", _opacity)
    yield pixels("image_metadata", _metadata)
    yield pixels("image_alternates", lambda pdf: flate_image(pdf, picture(), Alternates=_alternates(pdf)))
    yield pixels("image_colour_key", lambda pdf: flate_image(pdf, picture(), Mask=pikepdf.Array([0, 1, 0, 1, 0, 1])))
    yield pixels("image_explicit_mask", lambda pdf: flate_image(pdf, picture(), Mask=_stencil(pdf)))
    yield pixels(
        "image_cropped", lambda pdf: flate_image(pdf, picture()), b"q 100 400 180 120 re W n\n" + IMAGE_CTM + b"Q\n"
    )
    yield pixels("image_round_clip", lambda pdf: flate_image(pdf, picture()),
                 b"q 100 460 m 100 400 280 400 280 460 c 280 520 100 520 100 460 c W n\n" + IMAGE_CTM + b"Q\n",
                 )  # fmt: skip
    yield pixels("image_half_off_page", lambda pdf: flate_image(pdf, picture()), b"q 400 0 0 120 410 400 cm /I0 Do Q\n",
                 PageBox(0, Box(0, 0, 1, 1)))  # fmt: skip
    slanted = b"q 0.966 0.259 -0.259 0.966 150 -30 cm "
    yield Trap("image_slanted_clip", _placed(slanted + b"100 400 180 120 re W n " + IMAGE_CTM + b"Q\n"), KNOWN)
    yield Trap("image_slanted", _placed(b"q 100 380 130 200 re W n " + slanted + IMAGE_CTM + b"Q Q\n"), KNOWN)
    yield Trap("image_in_slanted_form", document(mutate=_slanted_form), KNOWN)
    yield Trap("image_two_clips", _placed(
        b"q 100 460 m 100 400 280 400 280 460 c 280 520 100 520 100 460 c W n 0 0 612 792 re W n\n" + IMAGE_CTM
        + b"Q\n"), KNOWN)  # fmt: skip
    yield Trap("image_corner_clip", _placed(b"q 100 400 m 280 400 l 280 520 l h W n\n" + IMAGE_CTM + b"Q\n"), KNOWN)
    yield Trap("image_form_clip", document(mutate=_clipped_form), KNOWN)
    yield _covered()
    yield _under_box()
    yield _transparent_pixels()
    yield _inline()
    yield _exif_elsewhere()
    yield _thumbnail()
    yield from _curves()


def _indexed(pdf: pikepdf.Pdf) -> Any:
    image = picture().convert("P", palette=Image.Palette.ADAPTIVE, colors=16)
    palette = bytes(image.getpalette() or b"")[:48]
    stream = flate_image(pdf, Image.frombytes("L", image.size, image.tobytes()))
    stream.ColorSpace = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 15, pikepdf.String(palette)])
    return stream


def _cmyk(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(picture().convert("CMYK").tobytes())
    stream.Type, stream.Subtype, stream.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DeviceCMYK
    stream.Width, stream.Height, stream.BitsPerComponent = 400, 120, 8
    return pdf.make_indirect(stream)


def _sixteen(pdf: pikepdf.Pdf) -> Any:
    stream = flate_image(pdf, picture())
    stream.write(b"".join(bytes([level, 0]) for level in picture().tobytes()))
    stream.BitsPerComponent = 16
    return stream


def _strips() -> bytes:
    return b"".join(b"q 100 %g 400 30 re W n 400 0 0 120 100 400 cm /I0 Do Q\n" % (400 + 30 * n) for n in range(4))


def _opacity(pdf: pikepdf.Pdf) -> Any:
    levels = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(levels).text((240, 50), SECRET, fill=90)
    return flate_image(pdf, picture(), SMask=flate_image(pdf, levels))


def _metadata(pdf: pikepdf.Pdf) -> Any:
    packet = pdf.make_indirect(pdf.make_stream(f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()))
    return flate_image(pdf, picture(), Metadata=packet, Name=pikepdf.Name("/Zoraide"), ID=pikepdf.String(SECRET))


def _alternates(pdf: pikepdf.Pdf) -> pikepdf.Array:
    return pikepdf.Array([pikepdf.Dictionary(Image=flate_image(pdf, picture()), DefaultForPrinting=True)])


def _stencil(pdf: pikepdf.Pdf) -> Any:
    image = Image.new("1", (400, 120), 0)
    stream = flate_image(pdf, image)
    del stream.ColorSpace
    stream.ImageMask = True
    return stream


KNOWN = (secret_box(),)


def _placed(content: bytes) -> bytes:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "I0", flate_image(pdf, picture()))
        append(pdf, page, content)

    return document(mutate=mutate)


def _slanted_form(pdf: pikepdf.Pdf, page: Any) -> None:
    """A turned form whose edge cuts the secret half of its image off."""
    form = pdf.make_stream(b"q 400 0 0 120 0 0 cm /I0 Do Q\n")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 180, 120])
    form.Matrix = pikepdf.Array([0.966, 0.259, -0.259, 0.966, 0, 0])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I0=flate_image(pdf, picture())))
    add(page, "XObject", "X0", pdf.make_indirect(form))
    append(pdf, page, b"q 1 0 0 1 200 350 cm /X0 Do Q\n")


def _clipped_form(pdf: pikepdf.Pdf, page: Any) -> None:
    """A form whose own edge shows all of its image; the page cuts the secret half off."""
    form = pdf.make_stream(IMAGE_CTM)
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I0=flate_image(pdf, picture())))
    add(page, "XObject", "X0", pdf.make_indirect(form))
    append(pdf, page, b"q 100 400 180 120 re W n /X0 Do Q\n")


def _covered() -> Trap:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "I0", flate_image(pdf, picture()))
        add(page, "XObject", "I1", flate_image(pdf, Image.new("RGB", (40, 12), (120, 120, 140))))
        append(pdf, page, IMAGE_CTM + IMAGE_CTM.replace(b"I0", b"I1"))

    return Trap("image_under_image", document(mutate=mutate), (secret_box(),))


def _under_box() -> Trap:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "I0", flate_image(pdf, picture()))
        append(pdf, page, IMAGE_CTM + b"0 g 300 400 200 120 re f\n")

    return Trap("image_under_box", document(mutate=mutate), (secret_box(),))


def _transparent_pixels() -> Trap:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        levels = Image.new("L", (400, 120), 255)
        ImageDraw.Draw(levels).rectangle((205, 0, 400, 120), fill=0)
        add(page, "XObject", "I0", flate_image(pdf, picture(), SMask=flate_image(pdf, levels)))
        append(pdf, page, IMAGE_CTM)

    return Trap("transparent_pixels", document(mutate=mutate), (secret_box(),))


def _inline() -> Trap:
    image = Image.new("RGB", (40, 12), (200, 220, 200))
    ImageDraw.Draw(image).rectangle((20, 0, 40, 12), fill=COLOUR)
    data = image.tobytes()
    body = b"q 400 0 0 120 100 400 cm BI /W 40 /H 12 /BPC 8 /CS /RGB ID " + data + b"\nEI Q\n"
    return Trap(
        "image_inline", document(body), (secret_box(), PageBox(0, Box(299, HEIGHT - 521, 501, HEIGHT - 399))), kind=AREA
    )


def _exif_elsewhere() -> Trap:
    """A photograph on a page without any box, whose Exif block names the secret."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        exif = Image.Exif()
        exif[0x010E], exif[0x013B] = SECRET, SECRET
        plain = picture().crop((0, 0, 190, 120))
        thing = coded_image(pdf, plain, "JPEG", "DCTDecode", exif=exif, comment=SECRET.encode())
        add(pdf.pages[1].obj, "XObject", "I0", thing)
        append(pdf, pdf.pages[1].obj, IMAGE_CTM)

    return Trap("image_exif", document(mutate=mutate, pages=2), (secret_box(),))


def _thumbnail() -> Trap:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        page.Thumb = flate_image(pdf, picture())

    return Trap("page_thumbnail", document(mutate=mutate), (secret_box(),))


def _form_of(body: bytes) -> Any:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        form = pdf.make_stream(body)
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 612, 792])
        add(page, "XObject", "X0", pdf.make_indirect(form))

    return mutate


def _curves() -> Iterator[Trap]:
    shape = b"137.3137 505.7 m 150 520 160 520 170.2239 505.7 c 171 500 150 498 137.3137 505.7 c h f\n"
    box = PageBox(0, Box(130, HEIGHT - 525, 180, HEIGHT - 495))
    numbers = (b"137.3137", b"170.2239")
    yield Trap("curves", document(INK + shape + b"0 g\n"), (secret_box(), box), AREA, numbers=numbers)
    both = b"300 300 m 310 320 330 320 340 300 c h " + shape
    yield Trap("curves_in_one_path", document(both), (secret_box(), box), AREA, numbers=numbers)
    yield Trap("curves_of_a_text_box", document(shape), (secret_box(), box), numbers=numbers)
    strokes = b"0.5 w 137.3137 505.7 m 140 512 l 150 503 l 170.2239 511 l S\n"
    yield Trap("curves_stroked", document(strokes), (secret_box(), box), AREA, numbers=numbers)
    outside = b"137.3137 -105.7 m 150 -90 160 -90 170.2239 -105.7 c h f\n"
    yield Trap("curves_off_page", document(outside), (secret_box(),), numbers=numbers)
    clip = b"q 137.3137 505.7 m 150 520 160 520 170.2239 505.7 c h W n " + INK + b"100 480 100 60 re f Q\n"
    yield Trap("curves_as_clip", document(clip), (secret_box(), box), AREA, numbers=numbers)
    cover = shape + b"1 g 120 490 80 40 re f 0 g\n"
    yield Trap("curves_under_box", document(cover), (secret_box(),), numbers=numbers)
    corner = b"103.3137 403.7 m 104 407 106 407 107.2239 403.7 c 107 402 104 402 103.3137 403.7 c h f\n"
    window = b"q 100 460 m 100 400 280 400 280 460 c 280 520 100 520 100 460 c W n\n" + corner + b"Q\n"
    hidden = (b"103.3137", b"107.2239")
    yield Trap("curves_outside_round_clip", document(window), (secret_box(),), numbers=hidden)
    yield Trap("curves_outside_clip", document(b"q 150 380 200 100 re W n\n" + corner + b"Q\n"), (secret_box(),),
               numbers=hidden)  # fmt: skip
    form = b"q 100 460 m 100 400 280 400 280 460 c 280 520 100 520 100 460 c W n\n/X0 Do Q\n"
    yield Trap("curves_of_a_clipped_form", document(form, mutate=_form_of(corner)), (secret_box(),), numbers=hidden)
    ring = b"q 60 360 300 200 re 80 380 60 60 re W* n\n" + corner + b"Q\n"
    yield Trap("curves_in_the_hole_of_a_clip", document(ring), (secret_box(),), numbers=hidden)
    bars = b"".join(b"%g 500 1.137 20 re f\n" % (140 + 3 * n) for n in range(10))
    yield Trap("bar_code", document(bars), (secret_box(), box), AREA, numbers=(b"1.137",))
