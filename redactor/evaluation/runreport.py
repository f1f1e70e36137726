"""What a run says of itself: `internal/report.json`, read as data of a stranger, and the files it released."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposal of the run; `boxes` by page from 0."""

    rule: str
    label: str
    state: str
    boxes: tuple[tuple[int, Box], ...] = ()

    def covers(self, page: int, x: float, y: float) -> bool:
        """True when the point lies in a box of the claim."""
        return any(at == page and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for at, box in self.boxes)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document of the run. `released` is None when nothing of it may leave."""

    state: str
    verdict: str | None
    provisions: tuple[str, ...]
    released: Path | None = field(repr=False)
    claims: tuple[Claim, ...]

    @property
    def flags(self) -> tuple[Claim, ...]:
        """Weak findings: readable, shown to a person."""
        return tuple(claim for claim in self.claims if claim.state == "flag")

    @property
    def masks(self) -> tuple[Claim, ...]:
        """What the run masked, answered or not."""
        return tuple(claim for claim in self.claims if claim.state in {"masked", "ask"})


def reports_of(folder: Path) -> Mapping[str, DocumentReport]:
    """By file name, what a run wrote in `folder`; nothing where a tool wrote no report."""
    path = folder / "internal" / "report.json"
    if not path.is_file():
        return {}
    told = json.loads(path.read_text(encoding="utf-8"))
    return {str(row["file"]): _document(row, folder) for row in told["documents"]}


def released_pdf(folder: Path, *, name: str, reports: Mapping[str, DocumentReport]) -> Path | None:
    """The released file of a document: as its report says; without a report, `NAME.pdf` in the folder."""
    if reports:
        report = reports.get(f"{name}.pdf")
        return report.released if report else None
    plain = folder / f"{name}.pdf"
    return plain if plain.is_file() else None


def _document(row: Mapping[str, object], folder: Path) -> DocumentReport:
    released = row.get("released")
    verdict = row.get("verdict")
    return DocumentReport(
        state=str(row.get("state")),
        verdict=None if verdict is None else str(verdict),
        provisions=tuple(str(section) for section in _list(row.get("provisions"))),
        released=folder / str(released) if released else None,
        claims=tuple(_claim(proposal) for proposal in _list(row.get("proposals"))),
    )


def _claim(row: object) -> Claim:
    if not isinstance(row, dict):
        raise TypeError("a proposal of a report is a mapping")
    told = {key: str(row.get(key)) for key in ("rule", "label", "state")}
    places = [row, *_list(row.get("more"))]
    return Claim(**told, boxes=tuple(box for place in places for box in _boxes(place)))


def _boxes(place: object) -> Iterator[tuple[int, Box]]:
    if isinstance(place, dict) and isinstance(place.get("page"), int):
        for x0, y0, x1, y1 in _list(place.get("boxes")):
            yield place["page"] - 1, Box(x0, y0, x1, y1)


def _list(value: object) -> list:  # type: ignore[type-arg]
    return value if isinstance(value, list) else []
