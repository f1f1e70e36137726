"""Outlook messages: a small writer of compound files ([MS-CFB]) and the streams of a message ([MS-OXMSG])."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.builders.secrets import Secrets

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int  # 5 root, 1 storage, 2 stream
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    left: int = FREE
    right: int = FREE
    child: int = FREE
    start: int = END


def compound(tree: Tree) -> bytes:
    """A compound file; streams under 4,096 bytes lie together in that of the root, in sectors of 64 bytes."""
    entries = [_Entry("Root Entry", 5)]
    _add(tree, 0, entries)
    for one in entries:
        _balance(one, entries)
    body: list[bytes] = []
    fat: list[int] = []
    small: list[bytes] = []
    small_fat: list[int] = []
    for one in entries:
        if one.kind == 2 and one.data:
            is_small = len(one.data) < 4096
            one.start = _chain(one.data, small, small_fat, 64) if is_small else _chain(one.data, body, fat)
    entries[0].data = b"".join(small)
    if small:
        entries[0].start = _chain(entries[0].data, body, fat)
    table = struct.pack(f"<{len(small_fat)}I", *small_fat)
    mini = _chain(table + b"\xff" * (-len(table) % SECTOR), body, fat) if small else END
    listed = b"".join(_directory(one) for one in entries)
    directory = _chain(listed + b"\x00" * (-len(listed) % SECTOR), body, fat)
    return _whole(body, fat, directory, mini, -(-len(table) // SECTOR))


def _add(tree: Tree, parent: int, entries: list[_Entry]) -> None:
    for name, value in tree.items():
        number = len(entries)
        entries.append(_Entry(name, 2, value) if isinstance(value, bytes) else _Entry(name, 1))
        entries[parent].children.append(number)
        if not isinstance(value, bytes):
            _add(value, number, entries)


def _balance(one: _Entry, entries: list[_Entry]) -> None:
    """Children as a tree of names: shorter ones first, then by capital letters."""
    ordered = sorted(one.children, key=lambda n: (len(entries[n].name), entries[n].name.upper()))

    def build(part: list[int]) -> int:
        if not part:
            return FREE
        middle = len(part) // 2
        entries[part[middle]].left, entries[part[middle]].right = build(part[:middle]), build(part[middle + 1 :])
        return part[middle]

    one.child = build(ordered)


def _chain(data: bytes, body: list[bytes], fat: list[int], sector: int = SECTOR) -> int:
    """Lays `data` in the next sectors; gives the first."""
    start, count = len(fat), max(-(-len(data) // sector), 1)
    body += [data[at * sector : (at + 1) * sector].ljust(sector, b"\x00") for at in range(count)]
    fat += [*range(start + 1, start + count), END]
    return start


def _directory(one: _Entry) -> bytes:
    name = one.name.encode("utf-16-le") + b"\x00\x00"
    size = len(one.data)
    return (
        name.ljust(64, b"\x00") + struct.pack("<HBBIII", len(name), one.kind, 1, one.left, one.right, one.child)
        + b"\x00" * 36 + struct.pack("<IQ", one.start, size)
    )  # fmt: skip


def _whole(body: list[bytes], fat: list[int], directory: int, mini: int, minis: int) -> bytes:
    count = 1
    while count * 128 < len(fat) + count:
        count += 1
    places = list(range(len(fat), len(fat) + count))
    fat = [*fat, *[FAT] * count]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(count * SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += b"\x00" * 6 + struct.pack("<IIIIIIIII", 0, count, directory, 0, 4096, mini, minis, END, 0)
    head += struct.pack("<109I", *places, *[FREE] * (109 - count))
    return head + b"".join(body) + table


def _text(number: int, value: str) -> dict[str, bytes]:
    return {f"__substg1.0_{number:04X}001F": value.encode("utf-16-le")}


def _fields(head: int, *values: tuple[int, int, bytes]) -> bytes:
    rows = (struct.pack("<HHI", kind, name, 6) + data.ljust(8, b"\x00") for kind, name, data in values)
    return b"\x00" * head + b"".join(rows)


SENT = (0x0040, 0x0039, struct.pack("<Q", 133_723_440_000_000_000))  # 2024-10-02 12:00 UTC


def message(
    s: Secrets, *, subject: str, body: str, attachments: Mapping[str, bytes | Tree] | None = None, head: int = 32
) -> Tree:
    """The streams of a message; an attachment is bytes, or the streams of another message."""
    to: Tree = {"__properties_version1.0": _fields(8, (3, 0x0C15, b"\x01")), **_text(0x3001, "Équipe des ponts"),
                **_text(0x39FE, "ponts@ministere.example")}  # fmt: skip
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": _fields(head, SENT),
        **_text(0x001A, "IPM.Note"), **_text(0x0037, subject), **_text(0x1000, f"{body}\r\n{s.at('msg:other body')}"),
        **_text(0x0C1A, "Ludivine Quetzal"), **_text(0x5D01, "l.quetzal@exemple.example"),
        **_text(0x007D, f"X-Suivi: {s.at('msg:header')}"), **_text(0x1035, "<2@exemple.example>"),
        "__substg1.0_10130102": f"<p>{body}</p><p style='display:none'>{s.at('msg:hidden element')}</p>".encode(),
        "__recip_version1.0_#00000000": to,
    }  # fmt: skip
    for number, (name, data) in enumerate((attachments or {}).items()):
        own: dict[str, bytes | Tree] = {"__properties_version1.0": _fields(8), **_text(0x3707, name)}
        own["__substg1.0_37010102" if isinstance(data, bytes) else "__substg1.0_3701000D"] = data
        tree[f"__attach_version1.0_#{number:08X}"] = own
    return tree


def msg(s: Secrets, *, subject: str = "Réfection du pont Zyxwville", body: str = "Le pont a été construit en 1964.",
        attachments: Mapping[str, bytes | Tree] | None = None) -> bytes:  # fmt: skip
    """An Outlook message; one of its attachments may be a message."""
    return compound(message(s, subject=subject, body=body, attachments=attachments))
