"""The proof of one file in several children: its pages by ranges, then its objects all together, then one answer.

Every check of `prove` is made on the bytes of the whole file. A child that looked at other bytes is a leak.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pypdfium2

from redactor.model import Redaction
from redactor.pdf.plan import within
from redactor.pdf.verifier import objects
from redactor.pdf.verifier.claims import Channel, Leak, Proof
from redactor.pdf.verifier.prove import counts, look, sorted_leaks
from redactor.pdf.verifier.readers import READ_ERRORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.pdf.verifier.claims import Claims


@dataclass(frozen=True, slots=True)
class Looked:
    """What one child found in the bytes of digest `sha256`: leaks, the letters its pages show, counts by name."""

    sha256: str
    leaks: tuple[Leak, ...]
    shown: frozenset[str] = field(default=frozenset(), repr=False)
    checks: tuple[tuple[str, int], ...] = ()


def claims_of(claims: Claims, pages: range) -> Claims:
    """What is claimed of `pages`, from 0, numbered as in the file."""
    secrets = tuple(
        replace(one, allowed=tuple(place for place in one.allowed if place.page in pages)) for one in claims.secrets
    )
    return replace(claims, redactions=within(pages, claims.redactions), secrets=secrets)


def claims_of_file(claims: Claims) -> Claims:
    """What is claimed of the file around its pages: labels and values, without places."""
    labels = {one.label for one in claims.redactions}
    secrets = tuple(replace(one, allowed=()) for one in claims.secrets)
    return replace(claims, redactions=tuple(Redaction((), label) for label in sorted(labels)), secrets=secrets)


def prove_pages(data: bytes, *, claims: Claims, first: int, count: int) -> Looked:
    """What the checks of pages found on `count` pages of `data` from page `first` (from 0) on."""
    digest = hashlib.sha256(data).hexdigest()
    try:
        pages = look(data, claims=claims, pages=range(first, first + count))
    except (*READ_ERRORS, pypdfium2.PdfiumError):
        return Looked(digest, (Leak(Channel.UNREADABLE),))
    return Looked(digest, tuple(pages.leaks), frozenset(pages.shown), counts(pages.checked, claims))


def prove_objects(data: bytes, *, claims: Claims, seen: frozenset[str]) -> Looked:
    """What the checks of objects found in `data`; `seen` are the letters that its pages show."""
    digest = hashlib.sha256(data).hexdigest()
    return Looked(digest, tuple(set(objects.leaks_in(data, claims=claims, seen=seen))))


def whole(data: bytes, pages: Sequence[Looked], file: Looked, *, claims: Claims) -> Proof:
    """The proof of `data` from all that its children found. Bytes that one of them did not see are a leak."""
    digest = hashlib.sha256(data).hexdigest()
    leaks = {leak for one in (*pages, file) for leak in one.leaks}
    if any(one.sha256 != digest for one in (*pages, file)):
        leaks.add(Leak(Channel.UNREADABLE))
    totals: dict[str, int] = {}
    for one in pages:
        for name, count in one.checks:
            totals[name] = totals.get(name, 0) + count
    if pages:
        totals["values"] = len(claims.secrets)
    if totals.get("pages", 0) != len(claims.sizes):
        leaks.add(Leak(Channel.PAGES))
    return Proof(digest, sorted_leaks(leaks), tuple(totals.items()), claims.stamp is not None)
