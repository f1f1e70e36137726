"""Checks the grammar of every stream of a written file: what ours consist of, and nothing that could carry a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.verifier.claims import Channel, Leak
from redactor.pdf.verifier.readers import READ_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATORS = (
    rb"b\*|B\*|f\*|W\*|T\*|BT|ET|Tf|Tc|Tw|Tz|TL|Ts|Td|TD|Tm|Tr|TJ|Tj|cm|re|rg|RG|gs|cs|CS|scn|SCN|Do|sh|"
    rb"[qQwJjMdimlcvyhnSsfBbWgGkK]"
)
CONTENT = re.compile(
    rb"/(?:P|H[1-6]|Figure) <</MCID \d{1,6}>> BDC(?=\s)|/Artifact BMC(?=\s)|EMC(?=\s)"
    rb"|<[0-9a-f]*>|/[A-Z][0-9]{0,6}(?=\s)|/Device(?:Gray|RGB|CMYK)(?=\s)|/Pattern(?=\s)"
    rb"|-?\d+(?:\.\d+)?(?=[\s\]<])|[\[\]]|(?:" + OPERATORS + rb")(?=\s|$)"
)
TO_UNICODE = re.compile(
    rb"/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    rb"|/CIDSystemInfo << /Registry \(Adobe\) /Ordering \(UCS\) /Supplement 0 >> def"
    rb"|/CMapName /Adobe-Identity-UCS def /CMapType 2 def|1 begincodespacerange|endcodespacerange"
    rb"|\d{1,3} beginbfchar|endbfchar|<[0-9A-F]{2,4}>|<[0-9A-F]{4,16}>"
    rb"|endcmap CMapName currentdict /CMap defineresource pop end end"
)
SFNT_TABLES = frozenset({b"head", b"hhea", b"maxp", b"hmtx", b"loca", b"glyf", b"cmap"})
JPEG_COMMENT, JPEG_APP0, JPEG_APP14, JPEG_SCAN = 0xFE, 0xE0, 0xEE, 0xDA  # markers; ITU-T T.81, table B.1
JPEG_APPS = range(0xE0, 0xF0)
CHECKED_KEYS = {"/ToUnicode": "map", "/FontFile2": "sfnt", "/Contents": "content"}


def leaks_in(pdf: Any) -> Iterator[Leak]:
    """Streams of an open file (pikepdf) that hold more than their kind may."""
    roles = dict(_roles(pdf))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and not _is_fit(thing, roles.get(thing.objgen, "")):
            yield Leak(Channel.OBJECT)


def _roles(pdf: Any) -> Iterator[tuple[tuple[int, int], str]]:
    """What each stream is for, by the key that leads to it, in objects of their own and inside others."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Form:
            yield thing.objgen, "content"
        for holder in _dictionaries(thing):
            for key, role in CHECKED_KEYS.items():
                value = holder.get(key)
                if isinstance(value, pikepdf.Stream):
                    yield value.objgen, role


def _dictionaries(thing: Any) -> Iterator[Any]:
    """`thing` and the dictionaries that it holds directly."""
    stack = [(thing, True)]
    while stack:
        part, top = stack.pop()
        if part is None or (not top and getattr(part, "is_indirect", False)):
            continue
        if isinstance(part, (pikepdf.Dictionary, pikepdf.Stream)):
            yield part
            stack += [(value, False) for _, value in part.items()]
        elif isinstance(part, pikepdf.Array):
            stack += [(value, False) for value in part]


def _is_fit(stream: Any, role: str) -> bool:
    try:
        if stream.get("/Filter") == pikepdf.Name.DCTDecode:
            return _is_bare_jpeg(stream.read_raw_bytes())
        match role:
            case "content":
                return _consists_of(CONTENT, stream.read_bytes())
            case "map":
                return _consists_of(TO_UNICODE, stream.read_bytes())
            case "sfnt":
                return _has_known_tables(stream.read_bytes())
            case _:
                return True
    except READ_ERRORS:
        return False


def _consists_of(grammar: re.Pattern[bytes], data: bytes) -> bool:
    """True when nothing but blanks is left once every token of `grammar` is taken out, each at its own place."""
    at = 0
    for token in grammar.finditer(data):
        if data[at : token.start()].strip():
            return False
        at = token.end()
    return not data[at:].strip()


def _has_known_tables(data: bytes) -> bool:
    count = int.from_bytes(data[4:6], "big")
    return {data[12 + 16 * n : 16 + 16 * n] for n in range(count)} <= SFNT_TABLES


def _is_bare_jpeg(data: bytes) -> bool:
    """True when the picture holds no comment and no application block but those that tell its colours."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == JPEG_SCAN:
            return True
        if marker == JPEG_COMMENT or (marker in JPEG_APPS and marker not in {JPEG_APP0, JPEG_APP14}):
            return False
        at += 2 + length
    return False
