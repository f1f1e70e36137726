"""Traps of visible text: the secret stands under a known box, written in every way a program may write it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pymupdf
from fontTools import agl
from fontTools.ttLib import TTFont

from redactor.model import Box, PageBox
from tests.pdf.kit import (
    AFTER,
    BASE,
    BEFORE,
    HEIGHT,
    KEEP,
    SECRET,
    SIZE,
    WIDTH,
    Trap,
    add,
    append,
    base_font,
    cff_font,
    document,
    embedded,
    gids,
    letters_font,
    line,
    literal,
    secret_box,
    secret_line,
    width_of,
)  # fmt: skip

X = 72.0
START = X + width_of(BEFORE)


def written(name: str, body: bytes, **more: Any) -> Trap:
    """The secret shown by `body` at its usual place, after the words before it."""
    return Trap(name, document(line(BEFORE, X, BASE) + body, secret=False), more.pop("boxes", (secret_box(),)), **more)


def traps() -> Iterator[Trap]:
    """All traps of this file."""
    yield from _operators()
    yield from _places()
    yield from _forms()
    yield from _pages()
    yield from _fonts()


def _operators() -> Iterator[Trap]:
    yield Trap("plain_text", document(), (secret_box(),))
    pieces = b"".join(b"%s Tj %g 0 Td " % (literal(c), width_of(c)) for c in SECRET)
    yield written("per_glyph", b"BT /F1 12 Tf %g 600 Td %s ET\n" % (START, pieces))
    kerned = b" ".join(literal(c) + b" %d" % (10 * (n % 3) - 10) for n, c in enumerate(SECRET))
    yield written("kerned", b"BT /F1 12 Tf %g 600 Td [%s] TJ ET\n" % (START, kerned))
    codes = SECRET.encode("cp1252").hex().encode()
    yield written("hexadecimal", b"BT /F1 12 Tf %g 600 Td <%s> Tj ET\n" % (START, codes))
    octal = b"".join(b"\\%03o" % code for code in SECRET.encode("cp1252"))
    yield written("octal", b"BT /F1 12 Tf %g 600 Td (%s) Tj ET\n" % (START, octal))
    half = SECRET[:7]
    two = line(half, START, BASE) + line(SECRET[7:], START + width_of(half), BASE)
    yield written("split", two)
    back = line(SECRET[7:], START + width_of(half), BASE) + line(half, START, BASE)
    yield written("split_backwards", back)
    quote = b"BT /F1 12 Tf 12 TL %g 612 Td %s ' ET\n" % (START, literal(SECRET))
    yield written("apostrophe_operator", quote)
    double = b'BT /F1 12 Tf 12 TL %g 612 Td 0 0 %s " ET\n' % (START, literal(SECRET))
    yield written("quote_operator", double)
    yield written(
        "letter_spaced", b"BT /F1 12 Tf 2 Tc %g 600 Td %s Tj ET\n" % (START, literal(SECRET)), boxes=(_wide(30),)
    )
    yield written(
        "word_spaced", b"BT /F1 12 Tf 9 Tw %g 600 Td %s Tj ET\n" % (START, literal(SECRET)), boxes=(_wide(9),)
    )
    yield written(
        "stretched", b"BT /F1 12 Tf 150 Tz %g 600 Td %s Tj ET\n" % (START, literal(SECRET)), boxes=(_wide(48),)
    )
    yield written("raised", b"BT /F1 12 Tf 3 Ts %g 597 Td %s Tj ET\n" % (START, literal(SECRET)))
    yield written("overprint", line(SECRET, START, BASE) + line(SECRET, START + 0.3, BASE))
    yield written("outlined_ink", b"1 Tr " + line(SECRET, START, BASE) + b"0 Tr\n")
    yield written("filled_and_outlined", b"2 Tr " + line(SECRET, START, BASE) + b"0 Tr\n")
    yield written("coloured", b"0.9 0.1 0.1 rg " + line(SECRET, START, BASE) + b"0 g\n")
    mirrored = b"q -1 0 0 1 %g 0 cm " % (2 * START + width_of(SECRET)) + line(SECRET, START, BASE) + b"Q\n"
    yield written("mirrored", mirrored)


def _wide(more: float) -> PageBox:
    box = secret_box().box
    return PageBox(0, Box(box.x0, box.y0, box.x1 + more, box.y1))


def _places() -> Iterator[Trap]:
    first, second = "Zoraï-", "de Quidonc"
    body = line(first, 400, BASE) + line(second, X, BASE - 15)
    boxes = (
        PageBox(0, Box(400, HEIGHT - BASE - 10, 400 + width_of(first), HEIGHT - BASE + 3)),
        PageBox(0, Box(X, HEIGHT - BASE + 5, X + width_of(second), HEIGHT - BASE + 18)),
    )
    yield Trap("hyphenated", document(body, secret=False), boxes)
    yield _across_pages()
    tight = b"".join(line(KEEP[n % 3], X, BASE + d) for n, d in enumerate((10.5, -10.5, 21, -21)))
    yield Trap("tight_lines", document(tight), (secret_box(),), keep=(*KEEP, *KEEP))
    copies = b"".join(secret_line(560 - 18 * n) for n in range(12))
    yield Trap(
        "many_copies", document(copies), tuple(secret_box(y) for y in (BASE, *(560.0 - 18 * n for n in range(12))))
    )
    shouted = line("ZORAÏDE QUIDONC", X, 500)
    box = PageBox(0, Box(X, HEIGHT - 511, X + width_of("ZORAÏDE QUIDONC"), HEIGHT - 497))
    yield Trap("capitals", document(shouted), (secret_box(), box))
    upright = b"BT /F1 12 Tf 0 1 -1 0 300 200 Tm %s Tj ET\n" % literal(SECRET)
    side = PageBox(0, Box(288, HEIGHT - 201 - width_of(SECRET), 304, HEIGHT - 199))
    yield Trap("rotated_text", document(upright), (secret_box(), side))
    slanted = b"BT /F1 12 Tf 0.866 0.5 -0.5 0.866 200 200 Tm %s Tj ET\n" % literal(SECRET)
    yield Trap("slanted_text", document(slanted), (secret_box(), PageBox(0, Box(190, HEIGHT - 260, 300, HEIGHT - 195))))
    yield Trap("whole_page", document(), (PageBox(0, Box(0, 0, WIDTH, HEIGHT)),), keep=())
    yield Trap("box_beyond_page", document(), (secret_box(), PageBox(0, Box(-500, 640, 2000, 670))))
    yield Trap("huge_coordinates", document(b"q 1 0 0 1 900000 900000 cm " + secret_line() + b"Q\n"), (secret_box(),))


def _across_pages() -> Trap:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        append(pdf, page, line("Zoraïde", X, 80))
        append(pdf, pdf.pages[1].obj, line("Quidonc", X, 760))

    boxes = (
        PageBox(0, Box(X, HEIGHT - 90, X + width_of("Zoraïde"), HEIGHT - 77)),
        PageBox(1, Box(X, HEIGHT - 770, X + width_of("Quidonc"), HEIGHT - 757)),
    )
    return Trap("across_pages", document(mutate=mutate, secret=False, pages=2), boxes)


def _form(pdf: pikepdf.Pdf, body: bytes, **keys: Any) -> Any:
    form = pdf.make_stream(body)
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 612, 792])
    form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font()))
    for key, value in keys.items():
        form["/" + key] = value
    return pdf.make_indirect(form)


def _forms() -> Iterator[Trap]:
    def once(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "X0", _form(pdf, secret_line()))
        append(pdf, page, b"/X0 Do\n")

    def nested(pdf: pikepdf.Pdf, page: Any) -> None:
        inner = _form(pdf, secret_line())
        for _ in range(4):
            holder = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=inner))
            inner = _form(pdf, b"/X0 Do\n", Resources=holder)
        add(page, "XObject", "X0", inner)
        append(pdf, page, b"/X0 Do\n")

    def twice(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "X0", _form(pdf, secret_line()))
        append(pdf, page, b"/X0 Do q 1 0 0 1 0 -200 cm /X0 Do Q\n")

    def scaled(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "XObject", "X0", _form(pdf, secret_line(1200), Matrix=pikepdf.Array([0.5, 0, 0, 0.5, 36, 0]),
                                         BBox=pikepdf.Array([0, 0, 2000, 2000])))  # fmt: skip
        append(pdf, page, b"q 1 0 0 1 0 0 cm /X0 Do Q\n")

    def group(pdf: pikepdf.Pdf, page: Any) -> None:
        kind = pikepdf.Dictionary(S=pikepdf.Name.Transparency, I=True)
        add(page, "XObject", "X0", _form(pdf, secret_line(), Group=kind))
        append(pdf, page, b"/X0 Do\n")

    box = secret_box()
    half = PageBox(
        0, Box(36 + (X + width_of(BEFORE)) / 2 - 1, HEIGHT - 606, 36 + (START + width_of(SECRET)) / 2 + 1, HEIGHT - 598)
    )
    yield Trap("form_once", document(mutate=once, secret=False), (box,))
    yield Trap("form_nested", document(mutate=nested, secret=False), (box,))
    yield Trap("form_twice", document(mutate=twice, secret=False), (box, secret_box(400)))
    yield Trap("form_scaled", document(mutate=scaled, secret=False), (half,))
    yield Trap("form_group", document(mutate=group, secret=False), (box,))

    def loops(pdf: pikepdf.Pdf, page: Any) -> None:
        form = _form(pdf, b"/X0 Do\n")
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X0=form))
        add(page, "XObject", "X0", form)
        append(pdf, page, b"/X0 Do\n")

    yield Trap("form_recursive", document(mutate=loops), (box,))


def _pages() -> Iterator[Trap]:
    box = secret_box().box
    turned = {
        90: Box(HEIGHT - box.y1, box.x0, HEIGHT - box.y0, box.x1),
        180: Box(WIDTH - box.x1, HEIGHT - box.y1, WIDTH - box.x0, HEIGHT - box.y0),
        270: Box(box.y0, WIDTH - box.x1, box.y1, WIDTH - box.x0),
    }
    for angle, shown in turned.items():
        yield Trap(f"rotated_page_{angle}", document(mutate=_keys(Rotate=angle)), (PageBox(0, shown),))
    odd = pikepdf.Array([-100, -50, 700, 900])
    yield Trap("odd_media_box", document(mutate=_keys(MediaBox=odd)), (_moved(100, 108),))
    crop = pikepdf.Array([50, 300, 600, 780])
    yield Trap("crop_box", document(mutate=_keys(CropBox=crop)), (_moved(-50, -12),))
    yield Trap(
        "user_unit",
        document(mutate=_keys(UserUnit=2)),
        (PageBox(0, Box(2 * box.x0, 2 * box.y0, 2 * box.x1, 2 * box.y1)),),
    )
    yield Trap("boxes_apart", document(mutate=_keys(CropBox=pikepdf.Array([5000, 5000, 5100, 5100]))), (secret_box(),))

    def inherited(pdf: pikepdf.Pdf, page: Any) -> None:
        pdf.Root.Pages.Resources, pdf.Root.Pages.MediaBox = page.Resources, page.MediaBox
        del page.Resources
        del page.MediaBox

    yield Trap("inherited", document(mutate=inherited), (secret_box(),))

    def in_pieces(pdf: pikepdf.Pdf, page: Any) -> None:
        data = page.Contents.read_bytes()
        cut = data.index(b"Td", data.index(b"600 Td") - 10)
        page.Contents = pikepdf.Array([pdf.make_stream(data[:cut]), pdf.make_stream(data[cut:])])

    yield Trap("contents_in_pieces", document(mutate=in_pieces), (secret_box(),))


def _keys(**keys: Any) -> Any:
    def mutate(_: pikepdf.Pdf, page: Any) -> None:
        for key, value in keys.items():
            page["/" + key] = value

    return mutate


def _moved(dx: float, dy: float) -> PageBox:
    box = secret_box().box
    return PageBox(0, Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy))


def _fonts() -> Iterator[Trap]:
    body = b"BT /E0 12 Tf 72 600 Td %s Tj ET\n" % gids(BEFORE + SECRET + AFTER)

    def composite(pdf: pikepdf.Pdf, page: Any) -> None:
        add(page, "Font", "E0", embedded(pdf))
        append(pdf, page, body)

    yield Trap("composite_truetype", document(mutate=composite, secret=False), (secret_box(),))
    yield Trap(
        "simple_truetype", document(mutate=_simple("/FontFile2", letters_font()[0], 32), secret=False), (secret_box(),)
    )
    yield Trap(
        "symbolic_truetype",
        document(mutate=_simple("/FontFile2", _symbolic(), 4, encoding=False), secret=False),
        (secret_box(),),
    )
    yield Trap("type1c", document(mutate=_simple("/FontFile3", cff_font(), 32), secret=False), (secret_box(),))
    doc = pymupdf.open(stream=document(secret=False), filetype="pdf")
    doc[0].insert_text((72, HEIGHT - BASE), BEFORE + SECRET + AFTER, fontname="tiro", fontsize=SIZE)
    x0 = 72 + pymupdf.Font("tiro").text_length(BEFORE, SIZE)
    box = Box(x0, HEIGHT - BASE - 10, x0 + pymupdf.Font("tiro").text_length(SECRET, SIZE), HEIGHT - BASE + 3)
    yield Trap("times", doc.tobytes(), (PageBox(0, box),))
    doc = pymupdf.open(stream=document(secret=False), filetype="pdf")
    doc[0].insert_text((72, HEIGHT - BASE), "张伟民住在魁北克", fontname="china-s", fontsize=SIZE)
    yield Trap(
        "chinese",
        doc.tobytes(),
        (PageBox(0, Box(72, HEIGHT - BASE - 12, 72 + 36, HEIGHT - BASE + 3)),),
        secrets=("张伟民",),
    )
    yield _ligature()


def _ligature() -> Trap:
    """The name "Zofic" whose two middle letters are one glyph."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        font = base_font()
        font.Encoding = pikepdf.Dictionary(
            BaseEncoding=pikepdf.Name.WinAnsiEncoding, Differences=pikepdf.Array([1, pikepdf.Name("/fi")])
        )
        add(page, "Font", "F2", font)
        append(pdf, page, line(BEFORE, X, BASE) + b"BT /F2 12 Tf %g 600 Td (Zo\001c) Tj ET\n" % START)

    return Trap("ligature", document(mutate=mutate, secret=False), (secret_box(),), secrets=("Zofic", "Zo\ufb01c"))


def _symbolic() -> bytes:
    font = TTFont(io.BytesIO(letters_font()[0]))
    names = {ord(letter.encode("cp1252")): name for letter, name in _letter_names().items()}
    for table in font["cmap"].tables:
        table.platformID, table.platEncID = 3, 0
        table.cmap = {0xF000 + code: name for code, name in names.items()}
    font["cmap"].tables = font["cmap"].tables[:1]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _letter_names() -> dict[str, str]:
    return {letter: agl.UV2AGL[ord(letter)] for letter in letters_font()[1]}


def _simple(key: str, program: bytes, flags: int, *, encoding: bool = True) -> Any:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        font = base_font()
        font.Subtype = pikepdf.Name.TrueType if key == "/FontFile2" else pikepdf.Name.Type1
        font.BaseFont = pikepdf.Name("/ABCDEF+Sans")
        font.FirstChar, font.LastChar = 32, 255
        font.Widths = pikepdf.Array(
            [round(width_of(bytes([c]).decode("cp1252", "ignore"), 1000)) for c in range(32, 256)]
        )
        if not encoding:
            del font.Encoding
            pairs = "".join(f"<{ord(x.encode('cp1252')):02x}> <{ord(x):04x}>\n" for x in letters_font()[1])
            font.ToUnicode = pdf.make_stream(f"{len(letters_font()[1])} beginbfchar\n{pairs}endbfchar".encode())
        stream = pdf.make_stream(program)
        if key == "/FontFile3":
            stream.Subtype = pikepdf.Name.Type1C
        font.FontDescriptor = pdf.make_indirect(pikepdf.Dictionary({
            "/Type": pikepdf.Name.FontDescriptor, "/FontName": font.BaseFont, "/Flags": flags, key: stream,
            "/FontBBox": pikepdf.Array([0, -250, 1000, 1000]), "/ItalicAngle": 0, "/Ascent": 750, "/Descent": -250,
            "/CapHeight": 700, "/StemV": 80,
        }))  # fmt: skip
        add(page, "Font", "E0", pdf.make_indirect(font))
        append(pdf, page, line(BEFORE + SECRET + AFTER, 72, BASE, font="E0"))

    return mutate
