from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import DiskFull, NotFound, Tampered, WrongKey
from redactor.store.blobs import Blobs, Cache, write_whole
from redactor.store.keys import Keys, load_keys

KEYS = Keys(b"k" * 32)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path, KEYS)


def test_what_is_kept_comes_back_and_lies_once(blobs: Blobs) -> None:
    first, second = blobs.put(b"secret" * 10), blobs.put(b"secret" * 10)
    assert first == second
    assert blobs.get(first) == b"secret" * 10
    (path,) = [one for one in blobs.folder.rglob("*") if one.is_file()]
    assert b"secret" not in path.read_bytes()
    blobs.delete(first)
    blobs.delete(first)
    with pytest.raises(NotFound):
        blobs.get(first)


def test_names_tell_nothing_without_the_key(tmp_path: Path) -> None:
    assert Blobs(tmp_path, Keys(b"l" * 32)).put(b"x") != Blobs(tmp_path, KEYS).put(b"x")


@pytest.mark.parametrize("place", [0, 5, 20, 70, -1])
def test_a_changed_byte_shows(blobs: Blobs, place: int) -> None:
    address = blobs.put(b"some words")
    path = blobs.folder / address[:2] / address
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(Tampered):
        blobs.get(address)


@pytest.mark.parametrize("size", [0, 1, 30, 60, 90])
def test_a_file_cut_short_shows(blobs: Blobs, size: int) -> None:
    address = blobs.put(b"some words")
    path = blobs.folder / address[:2] / address
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(Tampered):
        blobs.get(address)


def test_a_file_put_in_the_place_of_another_shows(blobs: Blobs) -> None:
    one, other = blobs.put(b"one"), blobs.put(b"other")
    (blobs.folder / one[:2] / one).write_bytes((blobs.folder / other[:2] / other).read_bytes())
    with pytest.raises(Tampered):
        blobs.get(one)


@pytest.mark.parametrize("address", ["", "../../etc/passwd", "a" * 63, "A" * 64, "0" * 64])
def test_an_address_that_is_none_is_not_there(blobs: Blobs, address: str) -> None:
    with pytest.raises(NotFound):
        blobs.get(address)


def test_a_full_disk_leaves_nothing_half_written(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        blobs.put(b"words")
    assert [one for one in blobs.folder.rglob("*") if one.is_file()] == []


def test_other_troubles_of_the_disk_are_not_called_full(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError):
        write_whole(tmp_path / "file" / "below", b"x")


def test_the_cache_forgets_by_group_and_hides_its_names(tmp_path: Path) -> None:
    cache = Cache(tmp_path, KEYS)
    cache.put("document/0/120", b"picture")
    cache.put("other/0/120", b"kept")
    assert cache.get("document/0/120") == b"picture"
    assert not [one for one in tmp_path.rglob("*") if "document" in one.name]
    cache.drop("document")
    assert (cache.get("document/0/120"), cache.get("other/0/120")) == (None, b"kept")
    (path,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    path.write_bytes(b"rubbish")
    assert cache.get("other/0/120") is None


@given(st.binary(max_size=200), st.text(max_size=20))
def test_sealing_gives_back_only_under_the_same_context(plain: bytes, context: str) -> None:
    cipher = KEYS.cipher("test")
    sealed = cipher.seal(plain, context=context)
    assert cipher.open(sealed, context=context) == plain
    with pytest.raises(Tampered):
        cipher.open(sealed, context=context + "x")
    with pytest.raises(Tampered):
        KEYS.cipher("other").open(sealed, context=context)


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with pytest.raises(WrongKey):
        load_keys(path, may_make=False)
    first = load_keys(path, may_make=True)
    assert load_keys(path, may_make=True) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert repr(first) == "Keys()"
    path.write_bytes(b"short")
    with pytest.raises(WrongKey):
        load_keys(path, may_make=False)
