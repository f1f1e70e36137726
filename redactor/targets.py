"""`--targets`: exactly what a person or another program says to mask, found on the pages of one document.

A text is searched as it is written, however its blanks fall, every occurrence, inside its rectangles where it has
some; what search does not find is masked by its rectangles, pixels included.
"""

from __future__ import annotations

import json
import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from redactor.errors import BadTargets, TargetNotFound
from redactor.model import Box, PageBox, Redaction, RedactionKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from redactor.model import Document

MAX_TARGETS = 100_000  # of one file; ten for each page of the largest file


class Kind(StrEnum):
    """`TEXT` may be searched on its page; `AREA` is its rectangles, whatever stands there."""

    TEXT = "text"
    AREA = "area"


class Target(BaseModel):
    """One thing to mask. `page` counts from 0; `rects` in points from the top left of the page as shown."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)

    text: str = Field(default="", max_length=10_000, repr=False)
    page: int = Field(ge=0)
    rects: tuple[tuple[float, float, float, float], ...] = ()
    kind: Kind = Kind.TEXT

    def boxes(self) -> tuple[PageBox, ...]:
        """Its rectangles. Raises BadTargets when one is inside out or not a number."""
        try:
            return tuple(PageBox(self.page, Box(*rect)) for rect in self.rects)
        except ValueError:
            raise BadTargets(problem="a rectangle inside out") from None


_LIST = TypeAdapter(Annotated[tuple[Target, ...], Field(max_length=MAX_TARGETS)])


def read_targets(path: Path) -> tuple[Target, ...]:
    """The targets of a file. Raises BadTargets."""
    try:
        targets = _LIST.validate_python(json.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise BadTargets(place=".".join(str(part) for part in first["loc"]), problem=first["type"]) from None
    except (OSError, ValueError, RecursionError):
        raise BadTargets(problem="not JSON in UTF-8") from None
    for target in targets:
        target.boxes()
    return targets


def redactions_for(document: Document, targets: Sequence[Target]) -> tuple[Redaction, ...]:
    """What to burn. Raises TargetNotFound: no such page, or a text found nowhere that has no rectangle."""
    return tuple(one for index, target in enumerate(targets, 1) for one in _redactions(document, target, index))


def _redactions(document: Document, target: Target, index: int) -> Iterator[Redaction]:
    if target.page >= len(document.pages):
        raise TargetNotFound(target=index, page=target.page)
    found = list(_found(document, target)) if target.kind is Kind.TEXT else []
    if found:
        yield from (Redaction(boxes, "") for boxes in found)
    elif target.rects:
        yield Redaction(target.boxes(), "", RedactionKind.AREA)
    else:
        raise TargetNotFound(target=index, page=target.page)


def _found(document: Document, target: Target) -> Iterator[tuple[PageBox, ...]]:
    """Boxes of each occurrence on the target's page, inside its rectangles."""
    pieces = unicodedata.normalize("NFKC", target.text).split()
    if not pieces:
        return
    for match in re.finditer(r"\s*".join(re.escape(one) for one in pieces), document.text):
        boxes = tuple(one for one in document.boxes_of(Span(*match.span())) if one.page == target.page)
        if boxes and (not target.rects or all(_is_inside(one.box, target) for one in boxes)):
            yield boxes


def _is_inside(box: Box, target: Target) -> bool:
    return any(rect.box.covers_centre(box) for rect in target.boxes())
