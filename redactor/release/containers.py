"""Rows of files that hold others and have no page of their own: they end as what they hold."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from redactor.release.rows import DocumentState, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from redactor.intake.files import Batch, Input

ORDER = (DocumentState.RELEASED, DocumentState.DRAFT, DocumentState.WITHHELD, DocumentState.NEEDS_PERSON)


def with_folders(
    rows: Iterable[Mapping[str, Any]], batch: Batch, *, mark: str | None, heads: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """`rows`, one for each input that is no folder, with those of the folders put in their places.

    `heads` tell of the same rows what a folder needs to know: file, state, container.
    """
    folders = _folders(heads, batch, mark)
    left = iter(rows)
    for one in batch.inputs:
        yield folders[one.file] if one.is_folder else next(left)


def _folders(heads: Sequence[Mapping[str, Any]], batch: Batch, mark: str | None) -> dict[str, Mapping[str, Any]]:
    """Parts stand after what they stand in: from the last file to the first, what is inside is known first."""
    left = list(heads)
    inside: dict[str | None, list[Mapping[str, Any]]] = defaultdict(list)
    folders: dict[str, Mapping[str, Any]] = {}
    for one in reversed(batch.inputs):
        row = _folder(one, batch, inside[one.file][::-1], mark) if one.is_folder else left.pop()
        inside[row["container"]].append(row)
        if one.is_folder:
            folders[one.file] = row
    return folders


def _folder(one: Input, batch: Batch, inside: Sequence[Mapping[str, Any]], mark: str | None) -> Mapping[str, Any]:
    return Row(
        one.file, batch.request.number, _state(inside), one.facts, sha256=one.sha256, notes=one.notes,
        fingerprint=mark, origin=one, parts=tuple(row["file"] for row in inside),
    ).as_json()  # fmt: skip


def _state(inside: Sequence[Mapping[str, Any]]) -> DocumentState:
    """The best end that one of the parts came to: each tells its own."""
    ends = {row["state"] for row in inside}
    return next((state for state in ORDER if state.value in ends), DocumentState.NEEDS_PERSON)
