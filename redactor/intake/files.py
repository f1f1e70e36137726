"""Finds the files of a run and says under which name each is reported. It opens nothing but request files.

`file` is relative to the IN it came from, NFC, with `/`. The run's own output and the request file are never inputs.
"""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from redactor.errors import MissingInput, NoDocuments
from redactor.intake.request import NO_REQUEST, Request, read_requests
from redactor.model import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.errors import RedactorError

REQUEST_FILE = "request.yaml"
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep"})  # made by desktops, hold no document


@dataclass(frozen=True, slots=True)
class Input:
    """One file to treat. `path` is None for a file that a request names and that is not there.

    `prepare` turns it into documents: then `path` is where the pages lie as a PDF, and the rest is known.
    """

    file: str = field(repr=False)
    path: Path | None = field(repr=False)
    facts: Facts
    parts: Mapping[str, Facts] = field(default_factory=dict, repr=False)  # of the parts that the request names
    sha256: str | None = None  # of the file as it came
    pdf_sha256: str | None = None  # of its pages
    format: str | None = None
    container: str | None = field(default=None, repr=False)  # `file` of what it stood in
    failure: RedactorError | None = None
    hidden: Mapping[str, int] = field(default_factory=dict)  # what its pages do not show, by kind
    notes: tuple[str, ...] = ()
    thread: str | None = None
    is_folder: bool = False  # it holds documents and has no page of its own


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of one request, in the order of their names."""

    request: Request
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    file: str
    path: Path


def gather(roots: Sequence[Path], *, request_file: Path | None, excluded: Path | None = None) -> tuple[Batch, ...]:
    """The batches of a run: one for each request, one for each file that no request names.

    `excluded` is a folder that is never read (the output). Raises MissingInput, NoDocuments, BadRequestFile.
    """
    found = [one for root in roots for one in _files_of(root, excluded)]
    if not found:
        raise NoDocuments(inputs=len(roots))
    batches: list[Batch] = []
    named: set[Path] = set()
    for path in _request_files(roots, request_file):
        for request in read_requests(path):
            batch, taken = _batch(request, path.parent, found)
            named |= taken
            batches += [batch] if batch.inputs else []
    alone = [Batch(NO_REQUEST, (Input(one.file, one.path, Facts()),)) for one in found if one.path not in named]
    return (*batches, *alone)


def _request_files(roots: Sequence[Path], stated: Path | None) -> tuple[Path, ...]:
    if stated is not None:
        if not stated.is_file():
            raise MissingInput(option="--request")
        return (stated.absolute(),)
    return tuple(root.absolute() / REQUEST_FILE for root in roots if (root / REQUEST_FILE).is_file())


def _batch(request: Request, folder: Path, found: Sequence[_Found]) -> tuple[Batch, set[Path]]:
    by_name = {_name(os.path.relpath(one.path, folder)): one for one in found}
    inputs: dict[str, Input] = {}
    for name, facts in request.documents.items():
        held = _holder(name, by_name)
        if held is not None:
            inner = {} if held == name else {name.removeprefix(f"{held}/"): facts}
            known = inputs.get(held) or Input(
                by_name[held].file, by_name[held].path, request.documents.get(held, request.defaults)
            )
            inputs[held] = replace(known, parts={**known.parts, **inner})
        elif not _stands(folder, name):
            inputs[name] = Input(name, None, facts)
    return Batch(request, tuple(inputs.values())), {one.path for one in inputs.values() if one.path is not None}


def _holder(name: str, by_name: Mapping[str, _Found]) -> str | None:
    """The file that `name` is, or is a part of."""
    steps = name.split("/")
    ways = ("/".join(steps[:count]) for count in range(len(steps), 0, -1))
    return next((way for way in ways if way in by_name), None)


def _stands(folder: Path, name: str) -> bool:
    return any((folder / unicodedata.normalize(form, name)).is_file() for form in ("NFC", "NFD"))


def _files_of(root: Path, excluded: Path | None) -> Iterator[_Found]:
    if not root.exists():
        raise MissingInput
    if root.is_file():
        yield _Found(_name(root.name), root.absolute())
        return
    for folder, below, names in os.walk(root.absolute()):
        below[:] = sorted(name for name in below if Path(folder, name) != (excluded and excluded.absolute()))
        for name in sorted(names):
            path = Path(folder, name)
            if name not in SYSTEM_FILES and not (name == REQUEST_FILE and Path(folder) == root.absolute()):
                yield _Found(_name(str(path.relative_to(root.absolute()))), path)


def _name(path: str) -> str:
    return unicodedata.normalize("NFC", path).replace(os.sep, "/")
