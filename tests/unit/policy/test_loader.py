"""A bad pack is refused with file, line and key; a good one loads, whatever the order of its files."""

from __future__ import annotations

import datetime as dt
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from redactor.errors import BadPack, NoVersionInForce
from redactor.model import Lang
from redactor.policy.loader import bundled, load_pack, read_pack
from tests.unit.policy.builders import ADVICE, DAY, HAZARD, PACK, PERSONAL, RULES, small_pack, write_pack

if TYPE_CHECKING:
    from pathlib import Path


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


BAD_RULES = [
    # what is wrong, the file, line, key, problem
    (
        "unknown key",
        changed(ADVICE, "unit: sentence", "unit: sentence\nunits: sentence"),
        8,
        "units",
        "unknown key",
    ),
    ("duplicate key", changed(ADVICE, "unit: sentence", "unit: sentence\nunit: item"), 8, "", "duplicate"),
    ("wrong date", changed(ADVICE, "from: null", "from: hier"), 9, "versions.0.from", "date"),
    (
        "a number for a section",
        changed(ADVICE, 'section: "37"', "section: 59.1"),
        11,
        "versions.0.cite.section",
        "in quotes",
    ),
    ("a section that is none", changed(ADVICE, '"37"', '"trente"'), 11, "versions.0.cite.section", "not written"),
    (
        "no versions",
        changed(ADVICE, ADVICE[ADVICE.index("versions:") : ADVICE.index("applies")], ""),
        1,
        "versions",
        "a key is missing",
    ),
    ("unknown effect", changed(ADVICE, "effect: withhold", "effect: hide"), 5, "effect", "one of the values"),
    ("no power", changed(ADVICE, "power: discretionary\n", ""), 1, "file", "power goes with withhold"),
    (
        "unknown fact",
        changed(ADVICE, "passage.speaker: [staff]", "passage.voice: [staff]"),
        16,
        "applies_when.passage.voice",
        "unknown fact",
    ),
    ("unknown value", changed(ADVICE, "[staff]", "[clerk]"), 16, "applies_when.passage.speaker", "not a value"),
    (
        "a limit from no date",
        changed(ADVICE, "after: document.date", "after: document.kind"),
        14,
        "versions.0.limit.after",
        "not a fact that is a date",
    ),
    (
        "released when unknown",
        changed(ADVICE, "unit: sentence", "unit: sentence\nif_unknown: release"),
        8,
        "if_unknown",
        "one of the values",
    ),
    ("another pack's id", changed(ADVICE, "id: p/", "id: q/"), 1, "id", "begins with p/"),
    ("an anchor", changed(ADVICE, "unit: sentence", "unit: &u sentence"), 7, "", "anchor"),
    ("a tab", changed(ADVICE, "unit: sentence", "unit:\tsentence"), 7, "", "tab"),
    ("a cue that means nothing", ADVICE + 'cues: {fr: {advice: ["…"]}}\n', 17, "cues.fr.advice.0", "means nothing"),
    (
        "a class nobody defined",
        ADVICE + 'cues: {fr: {advice: ["@nowhere"]}}\n',
        17,
        "cues.fr.advice.0",
        "means nothing",
    ),
    ("a cue twice", ADVICE + "cues: {fr: {advice: [avis, avis]}}\n", 17, "cues.fr.advice.1", "given twice"),
    ("a boolean for a cue", ADVICE + "cues: {fr: {advice: [on]}}\n", 17, "cues.fr.advice.0", "in quotes"),
    ("an unknown role", ADVICE + "cues: {fr: {hint: [avis]}}\n", 17, "cues.fr.hint", "one of the values"),
    (
        "borrowed cues that are not there",
        ADVICE + "cues_from: p/s039/analysis\n",
        17,
        "cues_from",
        "no rule of that id",
    ),
    (
        "verified without its text",
        changed(ADVICE, "text: unverified", "text: verified"),
        12,
        "versions.0.text",
        "texts/",
    ),
    (
        "a cycle of exceptions",
        ADVICE
        + "exceptions:\n"
        + "  - {id: a, when: {document.kind: [note]}, label: FAIT, unless: [b]}\n"
        + "  - {id: b, when: {document.kind: [memo]}, label: FAIT, unless: [a]}\n",
        18,
        "exceptions.0.unless",
        "cycle",
    ),
    ("not YAML", "id: [", 1, "", "syntax"),
    ("a list", "- id", 1, "", "one mapping a file"),
    ("empty", "", 1, "", "one mapping a file"),
]


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"), [row[1:] for row in BAD_RULES], ids=[r[0] for r in BAD_RULES]
)
def test_a_bad_rule_file(tmp_path: Path, text: str, line: int, key: str, problem: str) -> None:
    folder = write_pack(tmp_path, {**RULES, "s037-advice.yaml": text})
    _, (first, *_) = read_pack(folder)
    assert (first.facts["file"], first.facts["line"]) == ("s037-advice.yaml", line)
    assert str(first.facts.get("key", "")).startswith(key)
    assert problem in str(first.facts["problem"])
    assert "docs/adding-a-rule.md" in str(first)
    with pytest.raises(BadPack):
        load_pack(folder)


CUED = "cues:\n  fr: {advice: [il faut]}\n"
ONE = "one_language:\n  p/s037/advice: {fr: La loi inventée est française, en: The invented law is French}\n"


@pytest.mark.parametrize(
    ("head", "cues", "problem"),
    [
        (PACK.replace(ONE, ""), CUED, "cues in one language: "),
        (PACK.replace(ONE, ""), CUED + "  en: {}\n", "cues in one language: "),
        (PACK, CUED + "  en: {advice: [must]}\n", "cues in both languages, yet named"),
    ],
)
def test_a_language_that_is_missing_is_said(tmp_path: Path, head: str, cues: str, problem: str) -> None:
    _, (first,) = read_pack(write_pack(tmp_path, {**RULES, "s037-advice.yaml": ADVICE + cues}, head=head))
    assert (first.facts["line"], first.facts["key"]) == (17, "cues")
    assert str(first.facts["problem"]).startswith(problem)
    both = ADVICE + CUED + "  en: {advice: [must]}\n"
    assert (
        read_pack(write_pack(tmp_path / "b", {**RULES, "s037-advice.yaml": both}, head=PACK.replace(ONE, "")))[1] == ()
    )


GAP = ADVICE.replace("    until: null", "    until: 2010-01-01").replace(
    "applies_when:",
    '  - from: 2011-01-01\n    until: null\n    cite: {act: Loi, section: "37"}\n    text: unverified\n'
    "    source: an invented law\napplies_when:",
)


@pytest.mark.parametrize(("begin", "problem"), [("2011-01-01", "gap"), ("2009-01-01", "overlaps")])
def test_periods_that_do_not_follow(tmp_path: Path, begin: str, problem: str) -> None:
    folder = write_pack(tmp_path, {**RULES, "s037-advice.yaml": GAP.replace("2011-01-01", begin)})
    _, problems = read_pack(folder)
    assert [(p.facts["line"], p.facts["key"]) for p in problems] == [(15, "versions.1.from")]
    assert problem in str(problems[0].facts["problem"])


def test_two_rules_of_one_id(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {**RULES, "s037-twin.yaml": ADVICE})
    _, problems = read_pack(folder)
    assert {str(p.facts["file"]) for p in problems} == {"s037-advice.yaml", "s037-twin.yaml"}
    assert "also the id of" in str(problems[0])


def test_a_ground_that_another_cancels_is_missing(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {"s041.1-hazard.yaml": HAZARD, "s053-personal.yaml": PERSONAL})
    _, problems = read_pack(folder)
    assert [(p.facts["file"], p.facts["problem"]) for p in problems] == [("s041.1-hazard.yaml", "no ground cites 37")]


@pytest.mark.parametrize(
    ("head", "key", "problem"),
    [
        (changed(PACK, "schema: 1", "schema: 2"), "schema", "unsupported schema"),
        (changed(PACK, "schema: 1\n", ""), "schema", "unsupported schema"),
        (changed(PACK, "refuse_below: 0.10", "refuse_below: 10"), "bands.refuse_below", "less_than_equal"),
        (PACK + "colour: red\n", "colour", "unknown key"),
    ],
)
def test_a_bad_head(tmp_path: Path, head: str, key: str, problem: str) -> None:
    _, (first, *_) = read_pack(write_pack(tmp_path, head=head))
    assert (first.facts["file"], first.facts.get("key")) == ("pack.yaml", key)
    assert problem in str(first.facts["problem"])


def test_a_folder_that_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="missing or unreadable"):
        load_pack(tmp_path)
    with pytest.raises(BadPack, match="missing or unreadable"):
        load_pack(tmp_path / "nowhere")


def test_a_rule_file_badly_named_is_not_passed_over(tmp_path: Path) -> None:
    _, (first,) = read_pack(write_pack(tmp_path, {**RULES, "s37-advice.yaml": ADVICE.replace("s037", "s036")}))
    assert first.facts["file"] == "s37-advice.yaml"


def test_hostile_bytes(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "s037-advice.yaml").write_bytes(b"\xff\xfe\x00id")
    _, (first, *_) = read_pack(folder)
    assert first.facts["problem"] == "not UTF-8"
    (folder / "s037-advice.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    _, (first, *_) = read_pack(folder)
    assert first.facts["problem"] == "larger than 1 MiB"


def test_a_pack_answers_for_a_day(tmp_path: Path) -> None:
    later = ADVICE.replace("from: null", "from: 2020-01-01")
    pack = small_pack(tmp_path, s037_advice=later)
    assert pack.id == "p@2024.1"
    assert pack.at(dt.date(2019, 12, 31)).get("p/s037/advice") is None
    assert pack.at(dt.date(2020, 1, 1)).get("p/s037/advice") is not None


def test_no_rule_for_a_day(tmp_path: Path) -> None:
    only = write_pack(tmp_path, {"s037-advice.yaml": ADVICE.replace("from: null", "from: 2020-01-01")})
    with pytest.raises(NoVersionInForce):
        load_pack(only).at(dt.date(1999, 1, 1))


@pytest.mark.parametrize(
    ("status", "acts", "acts_in_tests"), [("active", True, True), ("draft", False, True), ("retired", False, False)]
)
def test_status(tmp_path: Path, status: str, acts: bool, acts_in_tests: bool) -> None:
    pack = small_pack(tmp_path, s037_advice=ADVICE.replace("status: active", f"status: {status}"))
    assert (pack.at(DAY).get("p/s037/advice") is not None) is acts
    assert (pack.at(DAY, drafts=True).get("p/s037/advice") is not None) is acts_in_tests


def test_lexicons_carry_cues_and_classes(tmp_path: Path) -> None:
    cued = ADVICE + "cues: {fr: {advice: [nous @wish]}, en: {advice: [we advise]}}\n"
    write_pack(tmp_path, {**RULES, "s037-advice.yaml": cued}, head=PACK.replace(ONE, ""))
    (tmp_path / "classes.yaml").write_text("wish: {fr: [souhaitons, voulons]}\n", "utf-8")
    (lexicon,) = load_pack(tmp_path).at(DAY).lexicons()
    assert (lexicon.rule_id, lexicon.label_family, lexicon.unit) == ("p/s037/advice", "AVIS", "sentence")
    assert {(cues.lang, cues.name, cues.phrases) for cues in lexicon.cues} == {
        (Lang.FR, "advice", ("nous @wish",)),
        (Lang.EN, "advice", ("we advise",)),
    }
    assert [(one.name, one.phrases) for one in lexicon.classes] == [("wish", ("souhaitons", "voulons"))]


def test_the_bundled_pack_is_sound() -> None:
    pack = bundled()
    assert pack.id == "qc-a2.1@2026.1"
    assert pack.box_label(Lang.FR) == "art."
    assert pack.box_label(Lang.EN) == "s."


def test_edited_rules_have_another_mark_under_the_same_version(tmp_path: Path) -> None:
    shutil.copytree(str(files("policies") / "qc-a2.1"), tmp_path / "pack")
    before = load_pack(tmp_path / "pack")
    rule = next((tmp_path / "pack").glob("s037*.yaml"))
    rule.write_text(rule.read_text("utf-8") + "\n# une remarque\n", "utf-8")
    after = load_pack(tmp_path / "pack")
    assert (before.mark, before.id) == (bundled().mark, bundled().id)
    assert after.id == before.id
    assert after.mark != before.mark
