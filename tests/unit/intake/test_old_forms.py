"""Old forms: rows without height and deleted words are read from the file itself, whatever its conversion says."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import DamagedFile, HiddenUnsure
from redactor.intake import printing
from redactor.intake.hidden import Found, Hidden
from redactor.intake.old_sheets import hidden_rows_marked
from redactor.intake.old_word import gone_from, table_of
from redactor.intake.sheet_layout import is_flat, is_narrow

ROWS = {
    "usual": (255, 0),
    "no height": (0, 0),
    "a tenth of a point": (2, 0),
    "hidden": (255, 0x20),
    "default": (0x80FF, 0),
}


def row(height: int, flags: int) -> bytes:
    return struct.pack("<HHHHHHHHI", 0x0208, 16, 0, 0, 1, height, 0, 0, flags | 0x0F0100)


@pytest.mark.parametrize(
    ("name", "is_hidden"),
    [("usual", False), ("no height", True), ("a tenth of a point", True), ("hidden", True), ("default", False)],
)
def test_a_row_too_low_for_a_letter_is_marked_hidden(name: str, is_hidden: bool) -> None:
    made = hidden_rows_marked(row(*ROWS[name]))
    height, flags = struct.unpack_from("<H", made, 10)[0], made[16]
    assert (bool(flags & 0x20), height & 0x7FFF) == (is_hidden, 255)


@pytest.mark.parametrize(("width", "is_hidden"), [(0, True), (20, True), (2000, False)])
def test_a_column_too_narrow_for_a_letter_is_marked_hidden(width: int, is_hidden: bool) -> None:
    made = hidden_rows_marked(struct.pack("<HHHHHHHH", 0x007D, 12, 0, 0, width, 15, 0, 0))
    assert bool(made[12] & 1) == is_hidden


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_stream_keeps_its_length(stream: bytes) -> None:
    assert len(hidden_rows_marked(stream)) == len(stream)


@pytest.mark.parametrize(
    ("told", "flat", "narrow"), [("", False, False), ("0", True, True), ("0.25", True, True), ("12.8", False, False)]
)
def test_sizes_of_new_forms(told: str, flat: bool, narrow: bool) -> None:
    assert (is_flat(told), is_narrow(told)) == (flat, narrow)


TEXT, PAGE = 1024, 1536  # places of the letters and of the page of properties
DELETED, HIDDEN, KEPT = "0008" + "01", "3c08" + "01", "0008" + "00"


def document(*runs: tuple[str, str], nfib: int = 0xC1, packed: bool = False) -> tuple[bytes, bytes]:
    """The streams of an old Word file: runs of words with their properties."""
    letters = [text.encode("cp1252" if packed else "utf-16-le") for text, _ in runs]
    places = [TEXT + sum(map(len, letters[:number])) for number in range(len(letters) + 1)]
    page = bytearray(512)
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    for number, (_, sprm) in enumerate(runs):
        at = 300 + 16 * number
        page[4 * len(places) + number] = at // 2
        page[at : at + 1 + len(sprm) // 2] = bytes((len(sprm) // 2,)) + bytes.fromhex(sprm)
    page[511] = len(runs)
    plc = struct.pack("<III", TEXT, places[-1], PAGE // 512)
    count = sum(len(text) for text, _ in runs)
    pieces = struct.pack("<IIHIH", 0, count, 0, TEXT * 2 | 1 << 30 if packed else TEXT, 0)
    clx = b"\x01\x02\x00zz\x02" + struct.pack("<I", len(pieces)) + pieces
    stream = bytearray(PAGE)
    struct.pack_into("<H", stream, 2, nfib)
    struct.pack_into("<H", stream, 10, 0x0200)
    struct.pack_into("<II", stream, 250, 0, len(plc))
    struct.pack_into("<II", stream, 418, len(plc), len(clx))
    stream[TEXT : TEXT + sum(map(len, letters))] = b"".join(letters)
    return bytes(stream + page), plc + clx


@pytest.mark.parametrize("packed", [False, True])
def test_deleted_and_hidden_words_of_an_old_file_are_told(packed: bool) -> None:
    runs = (("Le pont ", ""), ("est fermé", DELETED), ("\x07", DELETED), (" tient", KEPT), (" mal", HIDDEN))
    stream, table = document(*runs, packed=packed)
    assert table_of(stream) == "1Table"
    assert gone_from(stream, table) == ("est fermé ", " mal")


def test_a_form_older_than_word_97_has_no_table() -> None:
    assert table_of(document(("x", ""), nfib=0x68)[0]) is None


@settings(deadline=None)
@given(st.integers(0, 2047), st.binary(min_size=1, max_size=8))
def test_a_damaged_old_file_ends_with_a_named_error_or_words(at: int, junk: bytes) -> None:
    stream, table = document(("Le pont", DELETED), (" tient", ""))
    for one, other in (
        (stream[:at] + junk + stream[at + len(junk) :], table),
        (stream[:at], table),
        (stream, table[:at]),
    ):
        try:
            assert all(isinstance(text, str) for text in gone_from(one, other))
        except DamagedFile:
            continue


@pytest.mark.parametrize(
    ("found", "left", "lost"),
    [
        ([], "Le pont est fermé.", True),
        ([], "Le pont tient.", False),
        ([Found(Hidden.TRACKED_CHANGES, "− est fermé")], "La route est fermée aussi.", False),
    ],
)
def test_words_that_a_conversion_brings_back_are_left_to_a_person(found: list[Found], left: str, lost: bool) -> None:
    if lost:
        with pytest.raises(HiddenUnsure):
            printing._refuse_lost(("est fermé",), found, left)
    else:
        printing._refuse_lost(("est fermé",), found, left)
