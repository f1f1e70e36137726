"""Encrypted files below one folder: written to a temporary name, flushed, renamed. Their names tell nothing.

An address is a keyed digest of the content, so the same bytes lie once; each file has a key of its own that the
store's key wraps. The cache is a second such folder whose files may vanish.
"""

from __future__ import annotations

import contextlib
import errno
import hmac
import os
import re
import secrets
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.errors import DiskFull, NotFound, Tampered
from redactor.store.keys import KEY_BYTES, Keys

if TYPE_CHECKING:
    from pathlib import Path

_ADDRESS = re.compile(r"[0-9a-f]{64}")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WRAPPED = 1 + 12 + KEY_BYTES + 16  # bytes of a wrapped key: form, nonce, key, tag


@dataclass(frozen=True, slots=True)
class Blobs:
    """The files of a store."""

    folder: Path
    keys: Keys

    def put(self, data: bytes) -> str:
        """Keeps `data`; gives its address. Bytes that were there count as new. Raises DiskFull."""
        address = self.keys.digest("blob-name", data)
        path = self._path(address)
        try:
            os.utime(path)
        except FileNotFoundError:
            write_whole(path, _sealed(self.keys, data, address))
        return address

    def get(self, address: str) -> bytes:
        """The bytes at `address`. Raises NotFound, Tampered."""
        try:
            sealed = self._path(address).read_bytes()
        except FileNotFoundError:
            raise NotFound(kind="blob") from None
        data = _opened(self.keys, sealed, address)
        if not hmac.compare_digest(self.keys.digest("blob-name", data), address):
            raise Tampered(kind="blob")
        return data

    def delete(self, address: str) -> None:
        """Forgets the bytes at `address`; nothing happens where there are none."""
        self._path(address).unlink(missing_ok=True)

    def _path(self, address: str) -> Path:
        if not _ADDRESS.fullmatch(address):
            raise NotFound(kind="blob")
        return self.folder / address[:2] / address


@dataclass(frozen=True, slots=True)
class Cache:
    """Encrypted files that may vanish at any time. A name is `GROUP/REST`; a group is dropped as one."""

    folder: Path
    keys: Keys = field(repr=False)

    def get(self, name: str) -> bytes | None:
        """What lies under `name`; None where there is nothing that can be read."""
        path = self._path(name)
        try:
            return _opened(self.keys, path.read_bytes(), path.name)
        except (OSError, Tampered):
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keeps `data` under `name`, if there is room."""
        path = self._path(name)
        with contextlib.suppress(OSError, DiskFull):
            write_whole(path, _sealed(self.keys, data, path.name))

    def drop(self, group: str) -> None:
        """Forgets everything under the names of `group`."""
        shutil.rmtree(self.folder / self._digest(group), ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self.folder / self._digest(name.partition("/")[0]) / self._digest(name)

    def _digest(self, name: str) -> str:
        return self.keys.digest("cache-name", name.encode())


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all. Raises DiskFull."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        if error.errno in _FULL:
            raise DiskFull from None
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sealed(keys: Keys, data: bytes, address: str) -> bytes:
    own = secrets.token_bytes(KEY_BYTES)
    wrapped = keys.cipher("blob-keys").seal(own, context=address)
    return wrapped + Keys(own).cipher("blob").seal(data, context=address)


def _opened(keys: Keys, sealed: bytes, address: str) -> bytes:
    own = keys.cipher("blob-keys").open(sealed[:_WRAPPED], context=address)
    return Keys(own).cipher("blob").open(sealed[_WRAPPED:], context=address)
