"""A candidate of a file of many pages, made range by range, and its proof: no process holds more than one range's work.

Each range is burned and copied in a child of its own, as a file of its pages alone; one more child joins what they
wrote. The joined file is proved as a whole: what concerns pages range by range, its objects all together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redactor.pdf import candidate, overlay
from redactor.pdf.plan import Candidate, Residual
from redactor.pdf.scrub import joining
from redactor.pdf.verifier import ranges as proof_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redactor.model import Lang
    from redactor.pdf.hands import Hands
    from redactor.pdf.plan import BurnPlan, Route
    from redactor.pdf.verifier.claims import Claims, Proof

RANGE = 50  # pages: some 60 MiB of work over what a process holds at rest; docs/benchmarks.md, "Large files"


def ranges_of(pages: int) -> tuple[range, ...]:
    """The ranges of a file of that many pages, each of `RANGE` at most."""
    return tuple(range(first, min(first + RANGE, pages)) for first in range(0, pages, RANGE))


def parts_of(
    data: bytes, ranges: Sequence[range], *, total: int, plan: BurnPlan, hands: Hands
) -> dict[range, Candidate]:
    """A candidate for each of `ranges` of a file of `total` pages; routes are numbered as in the file.

    Raises as `candidate.make` does.
    """

    def made(some: range) -> Candidate:
        told = {"first": some.start, "count": len(some), "total": total}
        return _numbered(hands.call(candidate.make_part, data, plan=plan.part(some), **told), some)

    return dict(zip(ranges, hands.each(made, ranges), strict=True))


def _numbered(made: Candidate, pages: range) -> Candidate:
    return replace(made, routes=tuple(replace(route, page=route.page + pages.start) for route in made.routes))


def whole_of(parts: Mapping[range, Candidate], *, plan: BurnPlan, hands: Hands) -> Candidate:
    """The candidate whose pages are those of `parts`. Raises UnsupportedPdf when they cannot be joined."""
    ordered = [parts[some] for some in sorted(parts, key=lambda some: some.start)]
    lengths = tuple(len(one.data) for one in ordered)
    data = hands.call(join, b"".join(one.data for one in ordered), lengths=lengths, title=plan.title, lang=plan.lang)
    residual = Residual()
    for one in ordered:
        residual = residual.plus(one.residual)
    return Candidate(data, tuple(_routes(ordered)), residual)


def _routes(parts: Sequence[Candidate]) -> Iterator[Route]:
    for one in parts:
        yield from one.routes


def join(data: bytes, *, lengths: Sequence[int], title: str, lang: Lang) -> bytes:
    """One file of the files of `lengths` bytes that stand one behind the other in `data`. Runs in a child."""
    return joining.joined(_cut(data, lengths), own=overlay.own_font(), title=title, lang=lang.value)


def _cut(data: bytes, lengths: Sequence[int]) -> Iterator[bytes]:
    at = 0
    for length in lengths:
        yield data[at : at + length]
        at += length


def prove(data: bytes, *, claims: Claims, hands: Hands) -> Proof:
    """What every check found in `data`, range by range and over all its objects; as `verifier.prove`."""

    def looked(some: range) -> proof_ranges.Looked:
        part = proof_ranges.claims_of(claims, some)
        seen: proof_ranges.Looked = hands.call(
            proof_ranges.prove_pages, data, claims=part, first=some.start, count=len(some)
        )
        return seen

    found = hands.each(looked, ranges_of(len(claims.sizes)))
    seen = frozenset[str]().union(*(one.shown for one in found))
    objects = hands.call(proof_ranges.prove_objects, data, claims=proof_ranges.claims_of_file(claims), seen=seen)
    return proof_ranges.whole(data, found, objects, claims=claims)
