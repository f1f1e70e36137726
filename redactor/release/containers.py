"""Rows of files that hold others and have no page of their own: they end as what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redactor.release.rows import DocumentState, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.intake.files import Batch, Input

ORDER = (DocumentState.RELEASED, DocumentState.DRAFT, DocumentState.WITHHELD, DocumentState.NEEDS_PERSON)


def with_folders(rows: Sequence[Mapping[str, Any]], batch: Batch, *, mark: str | None) -> list[Mapping[str, Any]]:
    """`rows`, one for each input that is no folder, with those of the folders put in their places."""
    left = list(rows)
    told: list[Mapping[str, Any]] = []
    for one in reversed(batch.inputs):  # parts stand after what they stand in: their rows are known first
        told.append(_folder(one, batch, told, mark) if one.is_folder else left.pop())
    return told[::-1]


def _folder(one: Input, batch: Batch, after: Sequence[Mapping[str, Any]], mark: str | None) -> Mapping[str, Any]:
    inside = [row for row in reversed(after) if row["container"] == one.file]
    return Row(
        one.file, batch.request.number, _state(inside), one.facts, sha256=one.sha256, notes=one.notes,
        fingerprint=mark, origin=one, parts=tuple(row["file"] for row in inside),
    ).as_json()  # fmt: skip


def _state(inside: Sequence[Mapping[str, Any]]) -> DocumentState:
    """The best end that one of the parts came to: each tells its own."""
    ends = {row["state"] for row in inside}
    return next((state for state in ORDER if state.value in ends), DocumentState.NEEDS_PERSON)
