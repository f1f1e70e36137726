"""`redactor redact`, from a folder to its files: what is masked, what stays, what is recorded."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from openpyxl import load_workbook

from tests.builders import NOTE, SIN, Ended, call, folder_of, pdf, text_of

SCHEMAS = Path(__file__).parent.parent.parent / "docs" / "schemas"
DECIDED = ("--decided-by", "Camille Exemple", "--reason", "processus en cours")


def validate(value: Any, name: str) -> None:
    jsonschema.validate(value, json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def report_of(out: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((out / "internal/report.json").read_text("utf-8"))
    validate(report, "report")
    return report


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("run")
    return folder_of(
        root / "in", {"note.pdf": pdf(), "sous/autre.pdf": pdf(("Rapport annuel de 2023.",))}
    ), root / "out"


@pytest.fixture
def done(run: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> Ended:
    source, out = run
    return call(capsys, "redact", source, "--out", out, *DECIDED)


def test_what_the_law_withholds_is_gone_and_facts_stay(done: Ended, run: tuple[Path, Path]) -> None:
    released = text_of(run[1] / "released/note.pdf")
    assert done.code == 0
    assert SIN not in released
    assert "Quetzal" not in released
    assert "recommandons" not in released
    assert "Le pont a été construit en 1964" in released
    assert "art. 37" in released
    assert "art. 53" in released


def test_every_file_of_out_has_its_place_and_form(done: Ended, run: tuple[Path, Path]) -> None:
    out = run[1]
    report = report_of(out)
    assert done.code == 0
    assert sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()) == [
        "internal/index.csv", "internal/index.xlsx", "internal/names.csv", "internal/proof/note.json",
        "internal/proof/sous/autre.json", "internal/report.json", "released/note.pdf", "released/sous/autre.pdf",
    ]  # fmt: skip
    note, other = report["documents"]
    assert (note["state"], note["verdict"], note["provisions"]) == ("released", "partial", ["37", "53"])
    assert (other["state"], other["verdict"], other["provisions"]) == ("released", "release", [])
    for row in (note, other):
        data = (out / row["released"]).read_bytes()
        proof = json.loads(
            (out / "internal/proof" / row["released"].removeprefix("released/")).with_suffix(".json").read_text()
        )
        validate(proof, "proof")
        assert proof["sha256"] == row["output_sha256"] == hashlib.sha256(data).hexdigest()


def test_discretionary_masks_carry_the_person_and_the_reason(done: Ended, run: tuple[Path, Path]) -> None:
    proposals = report_of(run[1])["documents"][0]["proposals"]
    opinion = [one for one in proposals if one["provision"] == "37" and one["state"] == "masked"]
    personal = [one for one in proposals if one["provision"] == "53" and one["state"] == "masked"]
    assert done.code == 0
    assert {(one["decided"]["by"], one["decided"]["reason"]) for one in opinion} == {
        ("Camille Exemple", "processus en cours")
    }
    assert [one["decided"] for one in personal] == [None] * len(personal)
    assert all(one["trace"]["rule"] and one["trace"]["citation"] for one in proposals)


def test_no_text_of_a_document_stands_outside_the_released_files(done: Ended, run: tuple[Path, Path]) -> None:
    assert done.code == 0
    words = ("Quetzal", "Ludivine", "Zyxwville", SIN, SIN.replace(" ", ""), "0143")
    told = done.out + done.err
    for path in (run[1] / "internal").rglob("*.*"):
        if path.suffix in {".json", ".csv"}:
            told += path.read_text("utf-8")
    sheet = load_workbook(run[1] / "internal/index.xlsx").active
    assert sheet is not None
    told += " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert [word for word in words if word in told] == []


def test_the_index_tells_passages_by_provision(done: Ended, run: tuple[Path, Path]) -> None:
    with (run[1] / "internal/index.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert done.code == 0
    assert {"art. 37", "art. 53"} <= {row["Disposition"] for row in rows}
    assert {row["Document remis"] for row in rows} == {"released/note.pdf", "released/sous/autre.pdf"}


def test_unchanged_inputs_are_not_done_again(
    done: Ended, run: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = run
    before = {path: path.stat().st_mtime_ns for path in (out / "released").rglob("*.pdf")}
    again = call(capsys, "redact", source, "--out", out, *DECIDED)
    assert (done.code, again.code) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in (out / "released").rglob("*.pdf")} == before
    assert "2 inchangé(s)" in again.out


def test_the_input_is_never_modified(done: Ended, run: tuple[Path, Path]) -> None:
    assert done.code == 0
    assert text_of(run[0] / "note.pdf").split() == " ".join(NOTE).split()


def test_without_a_decider_a_stamped_draft_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf()})
    ended = call(capsys, "redact", source, "--out", tmp_path / "out")
    (row,) = report_of(tmp_path / "out")["documents"]
    assert (ended.code, row["state"], row["released"], row["draft"]) == (0, "draft", None, "drafts/note.pdf")
    assert "PROJET – NE PAS TRANSMETTRE" in text_of(tmp_path / "out/drafts/note.pdf")
    assert not (tmp_path / "out/released").exists()


def test_unknown_facts_keep_the_mask_and_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.pdf").write_bytes(pdf())
    ended = call(capsys, "redact", tmp_path / "note.pdf", "--out", tmp_path / "out", *DECIDED)
    (row,) = report_of(tmp_path / "out")["documents"]
    assert ended.code == 0
    assert row["state"] == "released"
    assert {"author", "date"} <= set(row["facts_missing"])
    assert {one["state"] for one in row["proposals"] if one["provision"] == "37"} == {"ask"}
    assert "recommandons" not in text_of(tmp_path / "out/released/note.pdf")


def test_a_stem_that_holds_a_withheld_name_is_not_the_released_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder_of(tmp_path / "in", {"plainte-quetzal.pdf": pdf()})
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 0
    assert [path.name for path in (tmp_path / "out/released").iterdir()] == ["2024-118-001.pdf"]
    assert "plainte-quetzal.pdf" in (tmp_path / "out/internal/names.csv").read_text("utf-8")
    assert "quetzal" not in (tmp_path / "out/internal/index.csv").read_text("utf-8").lower()


def test_a_value_withheld_in_one_file_is_withheld_in_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = pdf(
        ("Compte rendu.", f"Voir le numero {SIN.replace(' ', '-')} au registre.", "Ludivine Quetzal etait absente.")
    )
    source = folder_of(tmp_path / "in", {"note.pdf": pdf(), "compte.pdf": other})
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 0
    released = text_of(tmp_path / "out/released/compte.pdf")
    assert "454" not in released
    assert "Quetzal" not in released
    assert "au registre" in released


def test_people_and_values_never_cross_from_one_request_to_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "request: {number: a}\ndocuments: [{file: a.pdf}]\n---\nrequest: {number: b}\ndocuments: [{file: b.pdf}]\n"
    other = pdf(("Registre public", "Le lot 046 454 286 est vacant."))
    source = folder_of(tmp_path / "in", {"a.pdf": pdf(), "b.pdf": other}, request=rows)
    assert call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED).code == 0
    first, second = report_of(tmp_path / "out")["documents"]
    assert (first["request"], second["request"]) == ("a", "b")
    assert not [one for one in second["proposals"] if one["rule"] == "redactor/same-value"]


def test_decisions_lift_and_add_masks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf()})
    call(capsys, "redact", source, "--out", tmp_path / "first", *DECIDED)
    report = report_of(tmp_path / "first")
    (row,) = report["documents"]
    opinion = next(one["id"] for one in row["proposals"] if one["provision"] == "37" and one["state"] == "masked")
    decisions = tmp_path / "decisions.yaml"
    signed = "by: B. Exemple, at: 2024-10-20T14:03:00-04:00"
    decisions.write_text(
        f"pack: {report['pack']}\ndocuments:\n  - sha256: '{row['sha256']}'\n    decisions:\n"
        f"      - {{proposal: {opinion}, outcome: keep, reason: deja public, {signed}}}\n"
        f"      - {{page: 1, box: [70, 60, 400, 80], outcome: withhold, provision: '53', {signed}}}\n"
    )
    validate(
        yaml.safe_load(decisions.read_text().replace(": 2024-10", ": '2024-10").replace("00}", "00'}")), "decisions"
    )
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED, "--decisions", decisions)
    released = text_of(tmp_path / "out/released/note.pdf")
    assert ended.code == 0
    assert "Nous recommandons" in released
    assert "NOTE AU SOUS-MINISTRE" not in released


@pytest.mark.parametrize("mode", [("--mode", "image"), ("--fixed-width",)])
def test_the_other_ways_of_writing_hide_as_much(
    mode: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf()})
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED, *mode)
    (row,) = report_of(tmp_path / "out")["documents"]
    assert (ended.code, row["state"]) == (0, "released")
    assert row["routes"] == {"1": "picture" if "image" in mode else "text"}
    released = text_of(tmp_path / "out/released/note.pdf")
    assert SIN not in released
    assert "4 300 véhicules" in released


def test_a_document_outside_the_request_is_withheld(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "request: {number: a}\ndocuments: [{file: a.pdf, in_scope: other_body}]\n"
    source = folder_of(tmp_path / "in", {"a.pdf": pdf()}, request=rows)
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED, "--json")
    assert ended.code == 0
    assert ended.json["documents"][0]["state"] == "withheld"
    assert not (tmp_path / "out/released").exists()
    validate(ended.json, "report")


def test_a_file_that_is_no_longer_released_is_taken_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"a.pdf": pdf()})
    call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED)
    (source / "request.yaml").write_text("documents: [{file: a.pdf, in_scope: false}]\n")
    call(capsys, "redact", source, "--out", tmp_path / "out", *DECIDED)
    assert not (tmp_path / "out/released").exists()
    assert not (tmp_path / "out/internal/proof").exists()
