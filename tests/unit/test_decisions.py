"""The decisions file: read whole or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.decisions import Decisions, read_decisions
from redactor.errors import BadDecision
from redactor.model import Box, PageBox, Span
from redactor.review import Outcome

SHA = "0" * 64
HEAD = f"pack: qc@1\ndocuments:\n  - sha256: '{SHA}'\n    decisions:\n"
AT = "at: 2024-10-20T14:03:00-04:00"


def read(folder: Path, rows: str) -> Decisions:
    path = folder / "decisions.yaml"
    path.write_text(HEAD + rows, encoding="utf-8")
    return read_decisions(path, pack="qc@1")


def test_the_three_forms(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"      - {{proposal: p1, outcome: withhold, provision: '37', reason: en cours, by: É. B., {AT}}}\n"
        f"      - {{span: [120, 164], outcome: keep, provision: '53', ground: consent, by: É. B., {AT}}}\n"
        f"      - {{page: 2, box: [72, 90, 300, 120], outcome: withhold, provision: '53', by: É. B., {AT}}}\n",
    )
    first, second, third = found.by_document[SHA]
    assert (first.proposal, first.outcome, first.reason) == ("p1", Outcome.WITHHOLD, "en cours")
    assert (second.span, second.ground) == (Span(120, 164), "consent")
    assert third.box == PageBox(1, Box(72, 90, 300, 120))


@pytest.mark.parametrize(
    "row",
    [
        f"{{outcome: keep, by: A, {AT}}}",
        f"{{proposal: p1, span: [1, 2], outcome: keep, by: A, {AT}}}",
        f"{{page: 1, outcome: keep, by: A, {AT}}}",
        f"{{box: [1, 2, 3, 4], outcome: withhold, provision: '53', by: A, {AT}}}",
        f"{{span: [1, 2], outcome: withhold, by: A, {AT}}}",
        f"{{span: [2, 1], outcome: keep, by: A, {AT}}}",
        f"{{page: 0, box: [1, 2, 3, 4], outcome: withhold, provision: '53', by: A, {AT}}}",
        f"{{proposal: p1, outcome: maybe, by: A, {AT}}}",
        f"{{proposal: p1, outcome: keep, {AT}}}",
        "{proposal: p1, outcome: keep, by: A}",
        f"{{proposal: p1, outcome: keep, by: A, {AT}, colour: red}}",
    ],
)
def test_what_decides_nothing_clear_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(BadDecision):
        read(tmp_path, f"      - {row}\n")


def test_a_file_made_for_another_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("pack: qc@2\n")
    with pytest.raises(BadDecision):
        read_decisions(tmp_path / "d.yaml", pack="qc@1")


@pytest.mark.parametrize("text", ["", "a: [1\n", "pack: qc@1\n---\npack: qc@1\n"])
def test_what_is_no_decisions_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "d.yaml").write_text(text)
    with pytest.raises(BadDecision):
        read_decisions(tmp_path / "d.yaml", pack="qc@1")
    with pytest.raises(BadDecision):
        read_decisions(tmp_path / "gone.yaml", pack="qc@1")


def test_cleared_contradictions_carry_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(f"pack: qc@1\ncleared: [{{id: i0a1, reason: homonymes, by: A, {AT}}}]\n")
    assert read_decisions(path, pack="qc@1").cleared == {"i0a1"}
    path.write_text(f"pack: qc@1\ncleared: [{{id: i0a1, by: A, {AT}}}]\n")
    with pytest.raises(BadDecision):
        read_decisions(path, pack="qc@1")
