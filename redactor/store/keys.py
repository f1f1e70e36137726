"""The master key of a store (a file that only its owner may read), what is derived from it, and the cipher."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from redactor.errors import Tampered, WrongKey

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32  # AES-256
NONCE_BYTES = 12  # NIST SP 800-38D, 8.2: random nonces of 96 bits
_FORM = b"\x01"  # of a sealed value: one byte, nonce, ciphertext with its tag


@dataclass(frozen=True, slots=True)
class Keys:
    """The master key in memory."""

    master: bytes = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose; others tell nothing of it."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"redactor/{purpose}".encode()).derive(
            self.master
        )

    def cipher(self, purpose: str) -> Cipher:
        """The cipher for one purpose."""
        return Cipher(AESGCM(self.derive(purpose)))

    def digest(self, purpose: str, data: bytes) -> str:
        """A keyed fingerprint, 64 hexadecimal digits: equal for equal data, telling nothing without the key."""
        return hmac.new(self.derive(purpose), data, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Cipher:
    """AES-256-GCM with a random nonce. `context` must be the same for reading as for writing."""

    _aead: AESGCM = field(repr=False)

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """The sealed form of `plain`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return _FORM + nonce + self._aead.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """What was sealed. Raises Tampered."""
        nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        if sealed[:1] != _FORM or len(nonce) != NONCE_BYTES:
            raise Tampered(kind="form")
        try:
            return self._aead.decrypt(nonce, rest, context.encode())
        except InvalidTag:
            raise Tampered(kind="seal") from None


def load_keys(path: Path, *, may_make: bool) -> Keys:
    """The key of a file, made when there is none and `may_make`. Raises WrongKey: missing, open to others, cut."""
    if may_make:
        _make(path)
    try:
        mode = path.stat().st_mode
        data = path.read_bytes()
    except OSError:
        raise WrongKey(problem="missing") from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WrongKey(problem="others may read it: chmod 600")
    if len(data) != KEY_BYTES:
        raise WrongKey(problem="not 32 bytes")
    return Keys(data)


def _make(path: Path) -> None:
    """Writes a new key unless one is there; two processes that start together end with the same."""
    if path.exists():
        return
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
