"""What the verifier is told, what it answers, and the release that it alone can make. No PDF library."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from redactor.model import PageBox, Redaction


class Channel(StrEnum):
    """Where something was found that must not be there."""

    UNREADABLE = "unreadable"
    PAGES = "pages"
    PAGE_SIZE = "page_size"
    GLYPH_UNDER_MASK = "glyph_under_mask"
    PAGE_TEXT = "page_text"
    TEXT_OFF_PAGE = "text_off_page"
    PIXELS = "pixels"
    OBJECT = "object"
    NAME = "name"
    STRING = "string"
    METADATA = "metadata"
    OUTLINE = "outline"
    ANNOTATION = "annotation"
    FORM = "form"
    ATTACHMENT = "attachment"
    SCRIPT = "script"
    STRUCTURE = "structure"
    LAYER = "hidden_layer"
    REVISION = "old_revision"
    STAMP = "draft_stamp"
    UNDER_BOX = "text_under_box"
    UNDER_IMAGE = "text_under_image"
    INVISIBLE_TEXT = "invisible_text"
    WHITE_TEXT = "white_text"
    UNCROPPED = "uncropped_content"
    IMAGE = "image"
    FONT = "font"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """One finding: its channel and its page, from 0; None for the file as a whole."""

    channel: Channel
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    """An identifying value that must not be read anywhere but in `allowed`, the places of recorded keep decisions."""

    value: str = field(repr=False)
    allowed: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """What the written file is said to be. `sizes` are width and height of each page as shown, in points."""

    redactions: tuple[Redaction, ...]
    sizes: tuple[tuple[float, float], ...]
    secrets: tuple[Secret, ...] = ()
    stamp: str | None = None
    title: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in the bytes whose digest is `sha256`. `checks` counts what was looked at, by name."""

    sha256: str
    leaks: tuple[Leak, ...]
    checks: tuple[tuple[str, int], ...]
    draft: bool = False

    @property
    def is_clean(self) -> bool:
        """True when nothing was found."""
        return not self.leaks

    @property
    def ok(self) -> bool:
        """The same; the word of the contracts."""
        return self.is_clean


_KEY: Final = object()


class Release:
    """Proof that bytes of one digest may leave. Only `release_of`, hence only the verifier, makes one."""

    __slots__ = ("_checks", "_sha256")

    def __init__(self, key: object, sha256: str, checks: tuple[tuple[str, int], ...]) -> None:
        if key is not _KEY:
            raise TypeError("only the verifier makes a release")
        self._sha256 = sha256
        self._checks = checks

    @property
    def sha256(self) -> str:
        """Digest of the bytes that were proved."""
        return self._sha256

    @property
    def checks(self) -> tuple[tuple[str, int], ...]:
        """What was looked at, by name."""
        return self._checks

    def covers(self, data: bytes) -> bool:
        """True when `data` are the very bytes that were proved."""
        return hashlib.sha256(data).hexdigest() == self._sha256

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a release is made where its file is proved; it does not travel")


def release_of(proof: Proof) -> Release | None:
    """The release that `proof` allows; None when it found something, or when the file is a stamped draft."""
    if proof.leaks or proof.draft:
        return None
    return Release(_KEY, proof.sha256, proof.checks)
