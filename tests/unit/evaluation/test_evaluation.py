"""The figures of a small run, counted by hand and by an independent scorer of the same definitions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from redactor.evaluation import Evaluation, as_json, format_table, run, write_misses
from redactor.evaluation.interval import Share
from tests.unit.evaluation.builders import masking, write_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DOCS = Path(__file__).parents[2] / "corpus" / "docs"
TARGETS = {
    "courriel_absence_court": [
        "438 555-0151",
        "il se fait opérer à la vésicule",
        "Kevin Villeneuve",
        "Steeve Lavoie",
    ],
    "note_direction_extrait_cabinet": [
        "Elle recommande de maintenir la carte et de reporter l'annonce au 8 novembre",
        "recommandait",
    ],
    "fiche_habitation_courte": ["2025"],
}
COVERED = {"courriel_absence_court": ["convalescence"]}

# percent and count, by the scorer that the definitions come from, on the same four documents (one of them withheld)
KNOWN = {
    "masked": (6.05, 479),
    "pi_recall": (52.94, 17),
    "pi_direct_recall": (100.0, 2),
    "pi_descriptive_recall": (42.86, 7),
    "pi_precision": (56.25, 16),
    "pi_value_recall": (50.0, 2),
    "public_masked": (9.09, 44),
    "fait_masked": (1.52, 132),
    "passage_recall": (50.0, 2),
    "passage_word_recall": (15.85, 82),
    "passage_precision": (65.0, 20),
    "keep_masked": (1.84, 380),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("small")
    (folder / "docs").mkdir()
    for name in (*TARGETS, "brouillon_annote"):
        shutil.copy(DOCS / f"{name}.txt", folder / "docs")
    return run(folder, work=folder / "work", redact=masking(TARGETS, covered=COVERED))


@pytest.mark.parametrize("name", KNOWN)
def test_the_figures_are_those_of_the_independent_scorer(small: Evaluation, name: str) -> None:
    found: Share = getattr(small.measures, name)
    assert (found.percent, found.n) == KNOWN[name]


def test_a_word_drawn_over_is_not_masked(small: Evaluation) -> None:
    assert small.measures.covered_but_extractable == 1


def test_a_document_to_refuse_is_judged_apart(small: Evaluation) -> None:
    assert small.whole.refused_withheld == Share(1, 1)
    assert small.whole.released_untouched == Share(0, 1)
    assert small.whole.missing == ("brouillon_annote",)


def test_without_a_report_no_verdict_is_claimed(small: Evaluation) -> None:
    assert small.whole.verdicts_right == Share(0, 0)
    assert small.rules == ()


def reporting(report: Mapping[str, object], names: dict[str, list[str]]) -> Callable[[Path, Path, Path], None]:
    """A redactor of the tests that also writes a report."""
    mask = masking(names)

    def redact(inputs: Path, request: Path, out: Path) -> None:
        (out / "internal").mkdir()
        (out / "released").mkdir()
        mask(inputs, request, out / "released")
        (out / "internal" / "report.json").write_text(json.dumps(report), encoding="utf-8")

    return redact


EVERYWHERE = [[0.0, 0.0, 612.0, 792.0]]


def row(name: str, *, state: str = "released", verdict: str = "partial", **more: object) -> dict[str, object]:
    return {
        "file": f"{name}.pdf",
        "state": state,
        "released": f"released/{name}.pdf" if state == "released" else None,
        "verdict": verdict,
        "provisions": ["53"],
        "proposals": [],
    } | more


def claim(state: str, *, page: int | None = 1) -> dict[str, object]:
    return {"rule": "r/one", "label": "PI.name", "state": state, "page": page, "boxes": EVERYWHERE}


def test_flags_catch_misses_and_keep_a_person_from_being_exposed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_document(tmp_path / "docs", name, "Vu : ⟦PI.name|Ada Zed⟧.\n\nVu aussi : ⟦PI.name|Mme Zed⟧.")
    report = {"documents": [row("a", proposals=[claim("flag")]), row("b", proposals=[claim("flag", page=None)])]}
    found = run(tmp_path, work=tmp_path / "w", redact=reporting(report, {"a": [], "b": []}))
    assert found.measures.misses_flagged == Share(4, 8)
    assert found.persons_wholly_masked == Share(0, 2)  # two mentions are one person's
    assert found.documents_exposing_a_person == Share(1, 2)
    assert (found.whole.flags, found.whole.pages, found.whole.flags_a_page) == (2, 2, 1.0)


@pytest.mark.parametrize(
    ("front", "told", "verdict_right", "provisions_right"),
    [
        ({}, {}, True, True),
        ({}, {"verdict": "release"}, False, True),
        ({"verdict_also": "refuse"}, {"verdict": "refuse"}, True, True),
        ({}, {"verdict": None}, False, True),
        ({}, {"provisions": ["37", "53"]}, True, False),
        ({}, {"provisions": ["14", "54"]}, True, True),  # 54 is the same ground as 53, 14 is none
        ({}, {"provisions": []}, True, False),
    ],
)
def test_verdicts_and_provisions(
    tmp_path: Path, front: dict[str, str], told: dict[str, object], verdict_right: bool, provisions_right: bool
) -> None:
    write_document(tmp_path / "docs", "a", "Vu : ⟦PI.name|Ada Zed⟧.", **front)
    found = run(tmp_path, work=tmp_path / "w", redact=reporting({"documents": [row("a") | told]}, {"a": []}))
    assert found.whole.verdicts_right == Share(int(verdict_right), 1)
    assert found.whole.provisions_right == Share(int(provisions_right), 1)


def test_no_output_where_one_was_owed_is_the_worst_both_ways(tmp_path: Path) -> None:
    write_document(tmp_path / "docs", "a", "Vu : ⟦PI.name|Ada Zed⟧.")
    report = {"documents": [row("a", state="needs_person")]}
    found = run(tmp_path, work=tmp_path / "w", redact=reporting(report, {}))
    assert found.measures.pi_recall == Share(0, 2)
    assert found.measures.keep_masked.percent == 100.0


def test_either_verdict_is_right_where_two_are_annotated(tmp_path: Path) -> None:
    write_document(tmp_path / "docs", "a", "Vu : ⟦PI.name|Ada Zed⟧.", verdict_also="refuse")
    write_document(tmp_path / "docs", "b", "Vu : ⟦PI.name|Ada Zed⟧.")
    report = {"documents": [row("a", state="withheld", verdict="refuse"), row("b")]}
    found = run(tmp_path, work=tmp_path / "w", redact=reporting(report, {"b": []}))
    assert found.measures.pi_recall == Share(0, 2)  # of b alone


def test_rules_are_judged_by_their_boxes(tmp_path: Path) -> None:
    write_document(tmp_path / "docs", "a", "Vu : ⟦PI.name|Ada Zed⟧.")
    report = {"documents": [row("a", proposals=[claim("masked")])]}
    found = run(tmp_path, work=tmp_path / "w", redact=reporting(report, {"a": ["Ada Zed"]}))
    (rule,) = [one for one in found.rules if one.rule == "r/one"]
    assert rule.recall == Share(2, 2)
    assert (rule.precision.hits, rule.precision.n) == (2, 10)  # header, footer and "Vu" stand in its box too
    assert [one.rule for one in found.rules] == ["label PI.name", "r/one"]


def test_the_table_and_the_json_hold_no_word_of_a_document(small: Evaluation) -> None:
    told = format_table(small, per_document=True, rules=True) + json.dumps(as_json(small))
    assert "direct PI recall" in told
    assert "n=479" in told
    for word in ("Villeneuve", "vésicule", "0151"):
        assert word not in told
        assert word not in repr(small)


def test_misses_go_to_a_file_that_its_owner_alone_can_read(small: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "misses.tsv"
    write_misses(small, path)
    assert path.stat().st_mode & 0o077 == 0
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(cells) == 6 for cells in rows)
    kinds = {(cells[0], cells[2]) for cells in rows[1:]}
    assert ("courriel_absence_court", "missed") in kinds
    assert ("courriel_absence_court", "wrongly masked") in kinds
    assert any("⟦Kevin Villeneuve" in cells[5] for cells in rows)
