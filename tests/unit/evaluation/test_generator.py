"""Generated documents: enough of each identifier, none of them anybody's, the same files for the same seed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from redactor.evaluation.corpus import CorpusDocument, documents
from redactor.evaluation.faults import faults_between, faults_of
from redactor.evaluation.generator import generate
from redactor.evaluation.generator.write import IDENTIFIERS
from redactor.evaluation.readback import disagreements
from redactor.evaluation.renderer import render

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[CorpusDocument, ...]:
    folder = tmp_path_factory.mktemp("generated")
    assert generate(folder) == len(list(folder.iterdir()))
    return documents(folder)


def words(one: CorpusDocument, kind: str) -> list[str]:
    return [one.text[mark.start : mark.end] for mark in one.marks if mark.kind == kind]


def test_they_are_annotated_without_fault(generated: tuple[CorpusDocument, ...]) -> None:
    assert [str(fault) for one in generated for fault in faults_of(one)] == []
    assert faults_between(generated) == ()


def test_there_are_enough_of_each(generated: tuple[CorpusDocument, ...]) -> None:
    counted = Counter(mark.subtype for one in generated for mark in one.marks if mark.label == "PI")
    assert {name: counted[name] for name in IDENTIFIERS if counted[name] < 200} == {}
    assert sum(one.name.startswith("lettre") for one in generated) == 300
    assert {one.meta["lang"] for one in generated} == {"fr", "en"}


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("PI.sin", r"0\d\d[ -]?\d{3}[ -]?\d{3}"),
        ("PI.email", r".+\.example"),
        ("PI.phone", r".*555[ .-]01\d\d"),
        ("PI.bank", r".*999.*"),
        ("PI.ip", r"192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|2001:db8:.+"),
        ("PI.ramq", r"[A-Z]{4}[ -]?\d{4}[ -]?\d{4}"),
        ("PI.student_code", r"[A-Z]{4} ?\d{4} ?\d{4}"),
        ("PI.licence", r"[A-Z]\d{4}[ -]?\d{6}[ -]?\d{2}"),
    ],
)
def test_values_are_nobody_s_and_in_shape(generated: tuple[CorpusDocument, ...], kind: str, shape: str) -> None:
    found = [value for one in generated for value in words(one, kind)]
    assert len({*found}) > 100
    assert [value for value in found if not re.fullmatch(shape, value)] == []


def test_no_slot_is_left_empty(generated: tuple[CorpusDocument, ...]) -> None:
    assert [one.name for one in generated if "{" in one.text or "}" in one.text] == []


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in ("first", "second", "other"))
    for folder, seed in ((first, 7), (second, 7), (other, 8)):
        generate(folder, seed=seed, identifiers=10, letter_count=5)
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == len(IDENTIFIERS) + 5
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert any((first / name).read_bytes() != (other / name).read_bytes() for name in names)


def test_they_can_be_printed(generated: tuple[CorpusDocument, ...]) -> None:
    for one in generated[::29]:
        assert disagreements(render(one)) == ()
