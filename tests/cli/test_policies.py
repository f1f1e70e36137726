"""`redactor policies`, and what a bad pack does to the commands: refused with file, line, key and advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.errors import BadMarks, BadPack
from tests.builders import call, folder_of, pdf, text_of
from tests.cli.test_redact import report_of
from tests.unit.policy.builders import ADVICE, PACK, RULES, write_pack

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = """\
defaults: {author: staff, date: 2021-05-06, request_date: 2024-11-12}
examples:
  - {given: "⟦AVIS|Attendre⟧", text: "⟦AVIS.staff|Attendre⟧", with: {date: 2014-11-13}}
  - {given: "⟦AVIS|Attendre⟧", text: "⟦FAIT|Attendre⟧", with: {date: 2014-11-12}}
"""
CYCLE = """\
exceptions:
  - {id: first, when: {document.kind: [decision]}, label: FAIT, unless: [second]}
  - {id: second, when: {document.kind: [minutes]}, label: FAIT, unless: [first]}
"""
GOOD = {**RULES, "s037-advice.yaml": ADVICE + EXAMPLES}
RULE = "s037-advice.yaml"

BAD: list[tuple[str, dict[str, str], str, str]] = [
    # what is wrong, the files changed, how the line of the report begins, what it says
    ("an unknown key", {RULE: ADVICE.replace("unit:", "units:")}, f"{RULE}:7: units", "unknown key"),
    ("a duplicate key", {RULE: ADVICE + "unit: item\n"}, f"{RULE}:17:", "duplicate"),
    ("a wrong date", {RULE: ADVICE.replace("from: null", "from: hier")}, f"{RULE}:9: versions.0.from", "not a date"),
    ("a date that is none", {RULE: ADVICE.replace("from: null", "from: 2024-02-30")}, f"{RULE}:9:", "in no calendar"),
    (
        "an unbalanced mark",
        {RULE: ADVICE + EXAMPLES.replace("⟦AVIS|Attendre⟧", "⟦AVIS|Attendre")},
        f"{RULE}:19: examples.0",
        "a mark is never closed",
    ),
    (
        "a number for a section",
        {RULE: ADVICE.replace('section: "37"', "section: 37")},
        f"{RULE}:11: versions.0.cite.section",
        "put it in quotes",
    ),
    ("a cycle of exceptions", {RULE: ADVICE + CYCLE}, f"{RULE}:18: exceptions.0.unless", "a cycle of exceptions"),
    ("two rules of one id", {"s037-again.yaml": ADVICE}, "s037-advice.yaml:1: id", "also the id of s037-again.yaml"),
    (
        "a schema that is not read",
        {"pack.yaml": PACK.replace("schema: 1", "schema: 7")},
        "pack.yaml:1: schema",
        "unsupported schema",
    ),
    (
        "a ground that another one cancels is missing",
        {"s037-advice.yaml": ""},
        "s041.1-hazard.yaml:6: cancels",
        "no ground cites 37",
    ),
]
BY_NAME = [pytest.param(*row[1:], id=row[0]) for row in BAD]
LOADED = [pytest.param(*row[1:], id=row[0]) for row in BAD if row[0] != "an unbalanced mark"]


def bad_pack(folder: Path, changed: dict[str, str]) -> Path:
    files = {name: text for name, text in {**GOOD, **changed}.items() if text and name != "pack.yaml"}
    return write_pack(folder, files, head=changed.get("pack.yaml", PACK))


def test_a_good_pack_is_accepted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = call(capsys, "policies", "check", write_pack(tmp_path, GOOD))
    assert (ended.code, ended.out.count("\n")) == (0, 1)
    assert ended.out.startswith("p@2024.1: rules 6, manual 0, versions 6, cues 0, cues_with_twin 0, examples 2, run 2")


@pytest.mark.parametrize(("changed", "begins", "says"), BY_NAME)
def test_check_refuses_with_file_line_key_and_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], begins: str, says: str
) -> None:
    ended = call(capsys, "policies", "check", bad_pack(tmp_path, changed))
    assert ended.code == 5
    told = [line for line in ended.out.split("\n") if line.startswith(begins)]
    assert [line for line in told if says in line], ended.out
    assert BadPack.advice in ended.out or BadMarks.advice in ended.out
    assert BadPack.conseil in ended.out or BadMarks.conseil in ended.out


@pytest.mark.parametrize(("changed", "begins", "says"), LOADED)
def test_doctor_says_why_and_nothing_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], begins: str, says: str
) -> None:
    folder = bad_pack(tmp_path / "pack", changed)
    source = folder_of(tmp_path / "in", {"note.pdf": pdf()})
    doctor = call(capsys, "doctor", "--pack", folder)
    line = next(line for line in doctor.out.split("\n") if "policies" in line)
    assert doctor.code == 2
    assert line.startswith("MISSING")
    file, number, *_ = begins.split(":")
    assert all(told in line for told in (file, f"line={number}", says, BadPack.advice))
    for command in (("redact", source, "--out", tmp_path / "out"), ("analyse", source)):
        ended = call(capsys, *command, "--pack", folder)
        assert (ended.code, ended.out) == (2, "")
        assert says in ended.err
        assert BadPack.conseil in ended.err
    assert not (tmp_path / "out").exists()


def test_the_service_does_not_start_on_a_bad_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr("web.command.listen", lambda *_, **__: started.append("x"))
    ended = call(capsys, "serve", "--pack", bad_pack(tmp_path, {RULE: ADVICE.replace("unit:", "units:")}))
    assert (ended.code, started) == (2, [])
    assert "file=s037-advice.yaml, line=7, key=units, problem=unknown key" in ended.err


def test_another_pack_is_really_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_pack(tmp_path / "pack", GOOD)
    assert "p@2024.1" in call(capsys, "doctor", "--pack", folder).out
    call(capsys, "redact", folder_of(tmp_path / "in", {"note.pdf": pdf()}), "--out", tmp_path / "out", "--pack", folder)
    assert report_of(tmp_path / "out")["pack"] == "p@2024.1"


HAZARD = (
    "NOTE AU SOUS-MINISTRE",
    "Le gymnase a été construit en 1964.",
    "Nous recommandons d'étayer le mur, vu le risque d'effondrement signalé par Mme Ludivine Quetzal.",
)


def decisions(rows: str, report: dict[str, object]) -> str:
    sha = report["documents"][0]["sha256"]  # type: ignore[index]  # the shape of a report
    return f'pack: {report["pack"]}\ndocuments:\n  - sha256: "{sha}"\n    decisions:\n{rows}'


def test_a_hazard_is_asked_then_confirmed_by_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """41.1 end to end: words only ask; a keep decision confirms; then 37 gives way there, and 53 does not."""
    source = folder_of(tmp_path / "in", {"note.pdf": pdf(HAZARD)})
    ended = call(capsys, "redact", source, "--out", tmp_path / "draft")
    report = report_of(tmp_path / "draft")
    (row,) = report["documents"]
    override = [one for one in row["proposals"] if one["provision"] == "41.1"]
    assert ended.code == 0
    assert [(one["effect"], one["state"]) for one in override] == [("override", "flag")]
    assert [(q["fact"], q["effects"]) for q in override[0]["trace"]["questions"]] == [
        ("ground.confirmed", [["true", "public 41.1"], ["false", "masked"]])
    ]
    assert {"37", "53"} <= set(row["provisions"])
    assert "étayer" not in text_of(tmp_path / "draft" / row["draft"])

    file = tmp_path / "decisions.yaml"
    by = "reason: visite du 3 mai, by: Camille Exemple, at: 2024-10-20T14:03:00-04:00"
    one = f"proposal: {override[0]['id']}, provision: '41.1', {by}"
    file.write_text(decisions(f"      - {{{one}, outcome: keep}}\n", report), "utf-8")
    decided = ("--decided-by", "Camille Exemple", "--reason", "processus en cours", "--decisions", file)
    ended = call(capsys, "redact", source, "--out", tmp_path / "out", *decided)
    (row,) = report_of(tmp_path / "out")["documents"]
    released = text_of(tmp_path / "out" / row["released"])
    assert (ended.code, row["state"], row["provisions"]) == (0, "released", ["53"])
    assert "Nous recommandons d'étayer le mur, vu le risque d'effondrement" in released
    assert "Quetzal" not in released
    lifted = next(one for one in row["proposals"] if one["provision"] == "37")
    assert lifted["state"] == "kept"
    assert lifted["trace"]["because"][-1] == "cancelled-by:qc-a2.1/s041.1/hazard"

    file.write_text(decisions(f"      - {{{one}, outcome: withhold}}\n", report), "utf-8")
    call(capsys, "redact", source, "--out", tmp_path / "denied", *decided)
    (row,) = report_of(tmp_path / "denied")["documents"]
    assert row["provisions"] == ["37", "53"]
    assert "étayer" not in text_of(tmp_path / "denied" / row["released"])


def test_explain_tells_rules_questions_and_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf()})
    data = tmp_path / "data"
    text = tmp_path / "53.txt"
    text.write_text("53. Des mots inventés pour un essai.\n", "utf-8")
    pasted = (
        "policies",
        "text",
        "add",
        "53",
        "--file",
        text,
        "--address",
        "https://lois.example/53",
        "--by",
        "Line Roy",
    )
    assert call(capsys, *pasted, "--data", data).code == 0
    explain = ("policies", "explain", source / "note.pdf", "--request", source / "request.yaml", "--data", data)
    told = call(capsys, *explain)
    assert told.code == 0
    assert "art. 37, al. 1 – Avis ou recommandation" in told.out
    assert "37. Un organisme public peut refuser de communiquer un avis ou une recommandation" in told.out
    assert "art. 53 – collé par Line Roy le " in told.out
    assert "Des mots inventés pour un essai." in told.out
    assert "Quetzal" not in told.out
    english = call(capsys, *explain, "--lang", "en", "--page", "1").out
    assert "s. 53 – to paste once: " in english
    assert "mots inventés" not in english
    assert call(capsys, *explain, "--page", "9").out.strip() == "Aucune proposition."


def test_pasted_texts_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text("23. Des mots inventés.\n", "utf-8")
    second.write_text("23. D'autres mots inventés.\n", "utf-8")

    def paste(file: Path, *more: str) -> tuple[int, str]:
        told = call(capsys, "policies", "text", "add", "23", "--file", file, "--address", "https://lois.example/23",
                    "--by", "Line Roy", "--data", tmp_path / "data", *more)  # fmt: skip
        return told.code, told.out + told.err

    assert paste(first)[0] == 0
    code, told = paste(first)
    assert (code, "déjà conservé" in told) == (0, True)
    code, told = paste(second)
    assert (code, "policy.other_text_kept" in told, "--replace" in told) == (2, True, True)
    assert paste(second, "--replace")[0] == 0
    listed = call(capsys, "policies", "text", "list", "--data", tmp_path / "data").out.split("\n")
    assert [line for line in listed if line.startswith("23 ") and "collé par Line Roy" in line]
    assert [line for line in listed if line.startswith("37    fr  confirmé")]
