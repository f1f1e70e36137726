"""One content stream being written: its operators, its resources by new names, and the state that `q` saves.

What each operator becomes is decided by `painting`, `inks`, `text` and `content`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.model import Box
from redactor.pdf.geometry import IDENTITY, Matrix
from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub.numbers import joined
from redactor.pdf.scrub.paths import Path
from redactor.pdf.scrub.tags import ARTIFACT
from redactor.pdf.scrub.text import TextState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from redactor.pdf.geometry import Point
    from redactor.pdf.scrub.fontuse import FontUse
    from redactor.pdf.scrub.shelves import Sheet, Shelves

NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Graphics:
    """What q saves and Q brings back, as far as the copy needs it.

    `visible` is the upright box around what the clips so far leave, in sheet space.
    """

    ctm: Matrix = IDENTITY
    visible: Box = field(default_factory=lambda: NOWHERE)
    odd_clip: bool = False  # a clip that is not an upright rectangle is in force
    window: tuple[tuple[Point, ...], ...] = ()  # the outlines of the last such clip
    pen: float = 1.0
    opaque: bool = True  # the ink that fills hides what lies beneath
    font: FontUse | None = None
    text: TextState = field(default_factory=TextState)


@dataclass(slots=True)
class Output:
    """One stream being written. `sheet` tells the page and its masks, `shelves` keeps what is shared by the file."""

    shelves: Shelves
    sheet: Sheet
    resources: Any
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    out: list[bytes] = field(default_factory=list)
    state: Graphics = field(default_factory=Graphics)
    stack: list[Graphics] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    clip: bytes = b""
    depth: int = 0
    target: Any = None

    def __post_init__(self) -> None:
        self.target = pikepdf.Dictionary() if self.target is None else self.target

    def emit(self, op: bytes, operands: Sequence[float] = ()) -> None:
        """One operator with its numbers."""
        self.out.append((joined(operands) + b" " if operands else b"") + op + b"\n")

    def ink(self, *parts: bytes, element: int | None = ARTIFACT) -> None:
        """Writes what draws, as content of `element`; None inside a form, which belongs to one element whole."""
        if self.depth or element is None:
            self.out += parts
        else:
            tags = self.sheet.tags
            self.out += [tags.open(element), *parts, tags.close()]

    def words(self, data: bytes, *, at: Point | None) -> None:
        """Writes a show operator as content of the block at `at`; None for blanks, which go with what is open."""
        tags = self.sheet.tags
        element = None if at is None or not tags.elements else tags.at(at)
        if self.depth:
            tags.inner = element if tags.inner is None else tags.inner
        elif element is not None or tags.now is None:
            self.out.append(tags.open(ARTIFACT if element is None else element))
        self.out.append(data)

    def resource(self, kind: str, name: Any) -> Any:
        """The source's resource of that name. Raises OutsideSchema when there is none."""
        found = self.resources.get(kind, pikepdf.Dictionary()).get(str(name))
        if found is None:
            raise OutsideSchema(Reason.CONTENT)
        return found

    def slot(self, kind: str, name: str, make: Callable[[], Any]) -> str:
        """The new name of a resource; `make` writes it when it is met first."""
        if (kind, name) not in self.names:
            self.names[kind, name] = self.fresh(kind, make())
        return self.names[kind, name]

    def fresh(self, kind: str, thing: Any) -> str:
        """A new name for a new resource."""
        shelf = self.target.get(kind)
        if shelf is None:
            self.target[kind] = pikepdf.Dictionary()
            shelf = self.target[kind]
        name = f"{kind[1]}{len(shelf)}"
        shelf["/" + name] = thing
        return name

    def name_out(self, kind: str, name: Any, make: Callable[[], Any], tail: bytes) -> None:
        """The new name of a resource, then `tail`."""
        self.out.append(b"/" + self.slot(kind, str(name), make).encode() + tail)
