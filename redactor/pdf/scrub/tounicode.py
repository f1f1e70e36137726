"""ToUnicode maps: reads those of a source, writes one that holds the surviving codes alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TEXT_LIMIT = 4  # characters that one glyph may stand for: "ffi" is 3
RANGE_LIMIT = 65_536  # codes in one range
ENTRIES = 100  # of one bfchar section; Adobe Technical Note 5014

_TOKEN = re.compile(
    rb"<([0-9A-Fa-f\s]{0,400})>|(\[)|(\])|(beginbfchar|endbfchar|beginbfrange|endbfrange)|%[^\r\n]{0,400}"
)


def read(stream: Any) -> dict[int, str]:
    """Code to text, as a ToUnicode stream tells it; nothing for a map that cannot be read."""
    if not isinstance(stream, pikepdf.Stream):
        return {}
    try:
        data = stream.read_bytes()
    except pikepdf.PikepdfError:
        return {}
    return dict(_entries(data))


def _entries(data: bytes) -> Iterator[tuple[int, str]]:
    section: list[Any] = []
    inside = b""
    for found in _TOKEN.finditer(data):
        word = found.group(4)
        if word in {b"beginbfchar", b"beginbfrange"}:
            inside, section = word, []
        elif word in {b"endbfchar", b"endbfrange"}:
            yield from _section(inside, section)
            inside, section = b"", []
        elif inside and not found.group(0).startswith(b"%"):
            section.append(_value(found))


def _value(found: re.Match[bytes]) -> Any:
    if found.group(1) is None:
        return found.group(0)
    digits = b"".join(found.group(1).split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _section(kind: bytes, items: list[Any]) -> Iterator[tuple[int, str]]:
    if kind == b"beginbfchar":
        pairs = zip(items[::2], items[1::2], strict=False)
        yield from ((_int(code), _text(text)) for code, text in pairs if text not in {b"[", b"]"})
        return
    at = 0
    while at + 2 < len(items):
        first, last, target = _int(items[at]), _int(items[at + 1]), items[at + 2]
        if target == b"[" and b"]" in items[at:]:
            close = items.index(b"]", at)
            yield from ((first + n, _text(text)) for n, text in enumerate(items[at + 3 : close]))
            at = close + 1
        else:
            yield from _range(first, last, target)
            at += 3


def _range(first: int, last: int, target: bytes) -> Iterator[tuple[int, str]]:
    if not 0 <= last - first < RANGE_LIMIT or not target:
        return
    base = int.from_bytes(target[-2:], "big")
    for step in range(last - first + 1):
        yield first + step, _text(target[:-2] + ((base + step) & 0xFFFF).to_bytes(2, "big"))


def _int(code: bytes) -> int:
    return int.from_bytes(code[:4], "big")


def _text(raw: bytes) -> str:
    if len(raw) == 1:
        return chr(raw[0])
    return raw.decode("utf-16-be", errors="ignore")


def written(texts: Mapping[int, str], *, width: int) -> bytes:
    """A ToUnicode stream for `texts`, codes of `width` bytes."""
    top = b"F" * (2 * width)
    head = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        b"1 begincodespacerange <" + b"0" * (2 * width) + b"> <" + top + b"> endcodespacerange\n"
    )
    rows = [b"<%0*X> <%s>\n" % (2 * width, code, _hex(text)) for code, text in sorted(texts.items())]
    parts = [rows[at : at + ENTRIES] for at in range(0, len(rows), ENTRIES)]
    body = b"".join(b"%d beginbfchar\n%sendbfchar\n" % (len(part), b"".join(part)) for part in parts)
    return head + body + b"endcmap CMapName currentdict /CMap defineresource pop end end\n"


def _hex(text: str) -> bytes:
    return text.encode("utf-16-be").hex().upper().encode()
