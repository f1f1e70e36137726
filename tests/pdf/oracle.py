"""Looks for what a trap hides in a written file. Shares no code with the product; used on its output alone."""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pymupdf
import pypdfium2
from pdfminer.high_level import extract_text
from pdfminer.psexceptions import PSException

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pdf.kit import Trap

PICTURE_FILTERS = {pikepdf.Name.DCTDecode, pikepdf.Name.CCITTFaxDecode, pikepdf.Name.JPXDecode}
ENCODINGS = ("utf-8", "cp1252", "utf-16-be", "utf-16-le")
PIXELS = 6  # pixels of the secret ink below which compression may have made them


def fold(text: str) -> str:
    """Letters and digits alone, no case, no accent."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in plain if char.isalnum())


def found(data: bytes, trap: Trap) -> list[str]:
    """Where the secret of `trap` is still found in `data`: names of views, empty when it is gone."""
    words = {fold(word) for secret in trap.secrets for word in secret.split()}
    words |= {fold(secret) for secret in trap.secrets}
    texts = {name: fold(text) for name, text in views(data)}
    leaks = [name for name, text in texts.items() if any(word in text for word in words)]
    leaks += [name for name, raw in streams(data) if _in_bytes(raw, trap)]
    leaks += [name for name, pixels in pictures(data) if _ink(pixels) > PIXELS]
    return leaks


def weight(data: bytes, trap: Trap) -> int:
    """How often the words of the secret stand in all views of `data` together, each encoding counted."""
    words = {fold(word) for secret in trap.secrets for word in secret.split()}
    count = sum(fold(text).count(word) for _, text in views(data) for word in words)
    forms = {form for secret in trap.secrets for form in secret.split()}
    for _, raw in streams(data):
        low = raw.lower()
        needles = {_encoded(form, code) for form in forms for code in ENCODINGS}
        spelt = {form.encode(code, errors="ignore").hex().encode() for form in forms for code in ENCODINGS}
        count += sum(low.count(needle) for needle in needles | spelt)
    return count


def views(data: bytes) -> Iterator[tuple[str, str]]:
    """The text of the file as three readers give it."""
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        yield "mupdf", "".join(page.get_text(clip=pymupdf.INFINITE_RECT()) for page in doc)
        yield "outline", repr(doc.get_toc()) + repr(doc.metadata)
    with contextlib.suppress(pypdfium2.PdfiumError):
        pdf = pypdfium2.PdfDocument(data)
        yield "pdfium", "".join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
    with contextlib.suppress(PSException, TypeError, ValueError):
        yield "pdfminer", extract_text(io.BytesIO(data))


def streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every byte of the file: as it stands, and each object and stream decoded."""
    yield "file", data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            number = thing.objgen[0] if hasattr(thing, "objgen") else 0
            yield f"object {number}", _spelled(thing)
            if isinstance(thing, pikepdf.Stream):
                yield f"raw {number}", thing.read_raw_bytes()
                if thing.get("/Filter") not in PICTURE_FILTERS:
                    yield f"stream {number}", thing.read_bytes()
        yield "trailer", _spelled(pdf.trailer)


def _spelled(thing: Any, depth: int = 0) -> bytes:
    if depth > 6:
        return b""
    if isinstance(thing, pikepdf.String):
        return bytes(thing) + b" " + str(thing).encode() + b" "
    if isinstance(thing, pikepdf.Array):
        return b"".join(_spelled(item, depth + 1) for item in thing)
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return b"".join(
            key.encode() + b" " + _spelled(value, depth + 1) for key, value in thing.items() if key != "/Parent"
        )
    return str(thing).encode() + b" "


def _in_bytes(raw: bytes, trap: Trap) -> bool:
    if any(re.search(rb"(?<![\d.])" + re.escape(number) + rb"(?![\d])", raw) for number in trap.numbers):
        return True
    low = raw.lower()
    forms = {form for secret in trap.secrets for form in (secret, *secret.split()) if len(form) > 4}
    return any(_encoded(form, encoding) in low for form in forms for encoding in ENCODINGS)


def _encoded(form: str, encoding: str) -> bytes:
    return form.lower().encode(encoding, errors="ignore").lower()


def pictures(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every image of the file decoded, and every page drawn."""
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        for xref in range(1, doc.xref_length()):
            if doc.xref_get_key(xref, "Subtype")[1] == "/Image":
                pixmap = pymupdf.Pixmap(doc, xref)
                if pixmap.colorspace is not None:
                    yield f"image {xref}", _array(pymupdf.Pixmap(pymupdf.csRGB, pixmap))
        for page in doc:
            yield f"page {page.number}", _array(page.get_pixmap(dpi=72))


def _array(pixmap: Any) -> Any:
    flat = np.frombuffer(pixmap.samples, dtype=np.uint8)
    return flat.reshape(pixmap.height, pixmap.width, pixmap.n)[:, :, :3].astype(int)


def _ink(pixels: Any) -> int:
    red, green, blue = pixels[:, :, 0], pixels[:, :, 1], pixels[:, :, 2]
    return int(((red > 150) & (green < 100) & (blue > 140)).sum())


def kept(data: bytes, trap: Trap) -> float:
    """Part of the words that must stay which MuPDF reads in `data`."""
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        read = " ".join(page.get_text() for page in doc).split()
    wanted = [word for text in trap.keep for word in text.split()]
    have = list(read)
    count = 0
    for word in wanted:
        if word in have:
            have.remove(word)
            count += 1
    return count / len(wanted) if wanted else 1.0
