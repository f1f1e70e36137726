"""Values on disk and back: sealed with a digest, read back only when whole, and only as classes of the product.

A request of thousands of pages is held here, one document at a time in memory. Where the files lie, who may read them
and when they go is the business of whoever hands in the folder.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")
S = TypeVar("S")

HELD = 6 << 20  # bytes of pickles whose values stay in memory: some 3,000 pages with all that was found in them
SCRATCH = "shelf-"  # how the files of a shelf begin: they are of no use to another process
LEVEL = 1  # of zlib: three times smaller at a tenth of the time of level 9
_DIGEST = hashlib.sha256().digest_size
_ELSEWHERE = frozenset(
    {
        ("array", "_array_reconstructor"),
        ("array", "array"),
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("collections", "Counter"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("pathlib", "Path"),
        ("pathlib", "PosixPath"),
        ("redactor.failure", "_rebuild"),
    }
)  # what the values of the product are made of, besides its own classes


class Damaged(ValueError):
    """Bytes that were not written whole, or not by this product."""


class _Unpickler(pickle.Unpickler):
    """Makes our own classes and nothing else: a file that somebody else wrote starts no program."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name. Raises Damaged."""
        if (module, name) in _ELSEWHERE:
            return super().find_class(module, name)
        made = vars(import_module(module)).get(name) if module.startswith("redactor.") else None
        if not isinstance(made, type) or made.__module__ != module:
            raise Damaged
        return made


def sealed(value: object) -> bytes:
    """`value` as bytes that tell when they are cut short or changed."""
    body = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), LEVEL)
    return hashlib.sha256(body).digest() + body


def unsealed(data: bytes) -> Any:
    """What `sealed` was given. Raises Damaged."""
    body = memoryview(data)[_DIGEST:]
    if hashlib.sha256(body).digest() != data[:_DIGEST]:
        raise Damaged
    try:
        return _Unpickler(io.BytesIO(zlib.decompress(body))).load()
    except Damaged:
        raise
    except Exception:  # noqa: BLE001  a pickle of an earlier program raises whatever its classes raise
        raise Damaged from None


class Holder(Protocol):
    """Takes items as they are made and gives them back in order, as often as they are asked for."""

    def hold(self, items: Iterable[T]) -> Sequence[T]:
        """The items; each is put away before the next is made."""


class InMemory:
    """Holds everything at once: enough for one document, and for values that are needed all together."""

    def hold(self, items: Iterable[T]) -> Sequence[T]:
        """A tuple of the items."""
        return tuple(items)


IN_MEMORY = InMemory()


@dataclass(slots=True)
class _Cache:
    lock: threading.Lock = field(default_factory=threading.Lock)
    values: OrderedDict[Path, tuple[Any, int]] = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, path: Path) -> Any | None:
        with self.lock:
            if path not in self.values:
                return None
            self.values.move_to_end(path)
            return self.values[path][0]

    def put(self, path: Path, value: object, size: int) -> None:
        with self.lock:
            self.size += size - self.values.pop(path, (None, 0))[1]
            self.values[path] = (value, size)
            while self.size > HELD:
                self.size -= self.values.popitem(last=False)[1][1]


class Shelf:
    """Values in files of one folder; those used last are in memory too. Several threads may use it."""

    def __init__(self, folder: Path, *, write: Callable[[Path, bytes], None]) -> None:
        self._folder, self._write = folder, write
        self._name = f"{SCRATCH}{os.urandom(4).hex()}"
        self._cache = _Cache()
        self._count = 0

    def put(self, name: str, value: object) -> None:
        """Keeps a value under a name. Raises what the writing raises."""
        data = sealed(value)
        path = self._folder / f"{self._name}-{name}"
        self._write(path, data)
        self._cache.put(path, value, len(data))

    def get(self, name: str) -> Any:
        """The value of that name. Raises Damaged, OSError."""
        path = self._folder / f"{self._name}-{name}"
        value = self._cache.get(path)
        if value is None:
            data = path.read_bytes()
            value = unsealed(data)
            self._cache.put(path, value, len(data))
        return value

    def gather(self, names: Sequence[str]) -> Held[Any]:
        """Values that were put under these names, in that order."""
        return Held(self, tuple(names))

    def hold(self, items: Iterable[T]) -> Held[T]:
        """The items in files, each written before the next is made."""
        self._count += 1
        names = []
        for number, item in enumerate(items):
            names.append(f"h{self._count}-{number}")
            self.put(names[-1], item)
        return Held(self, tuple(names))


class Held(Sequence[T]):
    """Items on a shelf: each is read when it is asked for."""

    def __init__(self, shelf: Shelf, names: tuple[str, ...]) -> None:
        self._shelf, self._names = shelf, names

    def __len__(self) -> int:
        return len(self._names)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return Held(self._shelf, self._names[at])
        value: T = self._shelf.get(self._names[at])
        return value


class Mapped(Sequence[T]):
    """Another sequence seen through a function, item by item; nothing is kept."""

    def __init__(self, through: Callable[[S], T], items: Sequence[S]) -> None:
        self._through: Callable[[Any], T] = through
        self._items: Sequence[Any] = items

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return Mapped(self._through, self._items[at])
        return self._through(self._items[at])

    def __iter__(self) -> Iterator[T]:
        return map(self._through, self._items)


class Lately(Sequence[T]):
    """Values that are made when they are asked for, again where they were dropped: those used last stay.

    `size` tells how much room a value takes; together they take no more than `room`, but for the last one.
    """

    def __init__(self, make: Callable[[int], T], count: int, *, size: Callable[[T], int], room: int) -> None:
        self._make, self._count, self._size, self._room = make, count, size, room
        self._values: OrderedDict[int, T] = OrderedDict()
        self._taken = 0

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return Mapped(self.__getitem__, range(*at.indices(self._count)))
        if at in self._values:
            self._values.move_to_end(at)
            return self._values[at]
        if not 0 <= at < self._count:
            raise IndexError(at)
        value = self._values[at] = self._make(at)
        self._taken += self._size(value)
        while self._taken > self._room and len(self._values) > 1:
            self._taken -= self._size(self._values.popitem(last=False)[1])
        return value
