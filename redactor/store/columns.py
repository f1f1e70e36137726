"""Column types that encrypt. The cipher hangs on the dialect of an opened store, so that no key is global."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.types import TypeDecorator

from redactor.errors import WrongKey
from redactor.store.keys import Cipher

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect, Engine

_HOOK = "redactor_cipher"


def use_cipher(engine: Engine, cipher: Cipher) -> None:
    """Lets the encrypting columns of this engine's sessions read and write."""
    setattr(engine.dialect, _HOOK, cipher)


def _cipher_of(dialect: Dialect) -> Cipher:
    cipher = getattr(dialect, _HOOK, None)
    if not isinstance(cipher, Cipher):
        raise WrongKey(problem="the store was not opened")
    return cipher


class Secret(TypeDecorator[str]):
    """Words, encrypted. `name` is bound to the seal: a value does not open in another column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seals."""
        return None if value is None else _cipher_of(dialect).seal(value.encode(), context=self.name)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Opens. Raises Tampered."""
        return None if value is None else _cipher_of(dialect).open(bytes(value), context=self.name).decode()


class SecretJson(TypeDecorator[Any]):
    """A value of JSON, encrypted as Secret is."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Seals."""
        if value is None:
            return None
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return _cipher_of(dialect).seal(plain, context=self.name)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Opens. Raises Tampered."""
        return None if value is None else json.loads(_cipher_of(dialect).open(bytes(value), context=self.name))


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment; naive ones are refused, and what comes back is in UTC on every engine."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """In UTC. Raises ValueError on a naive moment."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Aware, in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)
