"""Every trap through the whole path: nothing of the secret is left, the words that must stay are there."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest

from redactor.errors import InputError
from redactor.model import DocumentId
from redactor.pdf import candidate, reader, verifier
from redactor.pdf.opening import opened
from redactor.pdf.plan import BurnPlan, Candidate, RouteKind
from redactor.pdf.tagging import tags_of
from redactor.pdf.verifier import Claims, Secret
from tests.pdf import oracle, trap_fonts, trap_graphics, trap_hidden, trap_objects
from tests.pdf.kit import Trap
from tests.pdf.traps import all_traps

KEPT_MEAN = 0.985  # part of the words kept as text, mean of the text route
KEPT_TIGHT = 0.99  # the same for lines whose boxes overlap

if TYPE_CHECKING:
    from types import ModuleType

NAMES = sorted(all_traps())


def plan_of(trap: Trap) -> BurnPlan:
    """What the product asks for, tags of the blocks included where the file can be read."""
    try:
        tags = tags_of(reader.read(trap.data, document_id=DocumentId("d1")))
    except InputError:
        tags = ()
    return BurnPlan(trap.redactions(), title="Document", tags=tags)


@functools.cache
def made(name: str) -> Candidate:
    return candidate.make(all_traps()[name].data, plan=plan_of(all_traps()[name]))


def claims_of(trap: Trap) -> Claims:
    with opened(trap.data) as work:
        sizes = tuple((frame.shown.width, frame.shown.height) for frame in work.frames)
    return Claims(trap.redactions(), sizes, tuple(Secret(value) for value in trap.secrets), title="Document")


def test_there_are_enough_traps() -> None:
    assert len(NAMES) >= 90


@pytest.mark.parametrize("name", NAMES)
def test_the_trap_holds_its_secret(name: str) -> None:
    """Else the next test could not fail."""
    assert oracle.found(all_traps()[name].data, all_traps()[name])


ONE_COPY = {  # traps of how the one visible copy is written, not of a second copy
    "broken_cross_reference", "object_streams", "owner_password", "linearised", "cut_at_the_end", "several_pages",
    "under_new_page", "no_tounicode", "wrong_tounicode", "type3_letters", "codes_without_glyphs", "gstate_font",
    "type1_letters",
}  # fmt: skip


@pytest.mark.parametrize("group", [trap_objects, trap_hidden, trap_fonts, trap_graphics])
def test_the_trap_hides_a_second_copy(group: ModuleType) -> None:
    """Else only the visible secret would be looked for."""
    plain = oracle.weight(all_traps()["plain_text"].data, all_traps()["plain_text"])
    traps = [trap for trap in group.traps() if trap.name not in ONE_COPY]
    assert [trap.name for trap in traps if oracle.weight(trap.data, trap) <= plain] == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left(name: str) -> None:
    data = made(name).data
    assert oracle.found(data, all_traps()[name]) == []
    assert verifier.prove(data, claims=claims_of(all_traps()[name])).leaks == ()
    assert verifier.audit(data) == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_source_is_stopped(name: str) -> None:
    """The verifier must not pass a file that nobody redacted."""
    trap = all_traps()[name]
    assert not verifier.prove(trap.data, claims=claims_of(trap)).is_clean


def test_words_are_kept() -> None:
    text_route = [name for name in NAMES if all(route.kind is RouteKind.TEXT for route in made(name).routes)]
    kept = {name: oracle.kept(made(name).data, all_traps()[name]) for name in text_route}
    assert sum(kept.values()) / len(kept) >= KEPT_MEAN
    assert kept["tight_lines"] >= KEPT_TIGHT
    assert min(kept.values()) >= 0.95
