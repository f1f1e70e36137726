"""The checker refuses what nobody proved: a wrong example, an exception unreached, half a limit, an idle cue."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from redactor.analysis import find_alone
from redactor.model import Analysed, Finding, Lang, Passage, Strength, Zone
from redactor.policy.checker import check_pack
from redactor.text.phrases import compile_phrases, tokens_of
from tests.unit.policy.builders import ADVICE, RULES, write_pack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from redactor.model import Document, Facts, Lexicon, Person, Role
    from redactor.policy.checker import Report

EXAMPLES = """\
defaults: {lang: fr, kind: note, author: staff, date: 2021-05-06, request_date: 2024-11-12}
examples:
  - given: "⟦AVIS|Attendre⟧, dit la note."
    text: "⟦AVIS.staff|Attendre⟧, dit la note."
  - given: "⟦AVIS|Attendre⟧."
    text: "⟦AVIS.staff|Attendre⟧."
    with: {date: 2014-11-13}
  - given: "⟦AVIS|Attendre⟧."
    text: "⟦FAIT|Attendre⟧."
    with: {date: 2014-11-12}
"""
CUES = """\
cues:
  fr:
    advice: [nous conseillons]
    pseudo: [nous conseillons en placement]
"""
CUED = """\
  - text: |
      ⟦AVIS.staff|Nous conseillons le sursis⟧.
      ⟦FAIT|Nous conseillons en placement depuis 1990⟧.
      ⟦AVIS.staff|Nous conseillons ceux qui disent nous conseillons en placement⟧.
"""
NEEDED = "no example comes out wrong without this cue"
TWIN = "no twin: no example in which the words of this cue come to another end"


def find(
    document: Document, *, facts: Facts, lexicons: Sequence[Lexicon], people: Sequence[tuple[str, Role]], personal: bool
) -> tuple[Analysed, tuple[Person, ...]]:
    """A finder for tests: a line with an opening cue that no pseudo cue covers is a finding."""
    assert facts is not None
    assert not people
    assert not personal
    passages = tuple(Passage(block.span, at, Zone.BODY, Lang.FR) for at, block in enumerate(document.blocks))
    found = []
    for lexicon in lexicons:
        phrases = compile_phrases(lexicon.cues, classes=lexicon.classes, lang=Lang.FR)
        for passage in passages:
            hits = phrases.find(tokens_of(document.text, span=passage.span))
            false = [hit.span for hit in hits if hit.role == "pseudo"]
            if any(hit.role == "advice" and not any(hit.span.overlaps(f) for f in false) for hit in hits):
                found.append(Finding(passage.span, lexicon.label_family, Strength.STRONG, lexicon.rule_id))
    return Analysed(document, passages, tuple(found)), ()


def checked(tmp_path: Path, advice: str) -> Report:
    return check_pack(write_pack(tmp_path, {**RULES, "s037-advice.yaml": advice}), find=find)


def problems(report: Report) -> list[tuple[object, object]]:
    return [(one.facts["key"], one.facts["problem"]) for one in report.problems]


def test_a_pack_that_proves_itself(tmp_path: Path) -> None:
    report = checked(tmp_path, ADVICE + CUES + EXAMPLES + CUED)
    assert problems(report) == []
    assert report.accepted
    assert (report.coverage.rules, report.coverage.cues, report.coverage.examples, report.coverage.run) == (6, 2, 4, 4)
    assert report.lines()[-1].startswith("p@2024.1: rules 6, ")


BAD = [
    # what is wrong, the rule file, key and problem
    (
        "a mark not hidden",
        EXAMPLES.replace("AVIS|Attendre⟧, dit", "FAIT|Attendre⟧, dit"),
        "examples.0.text",
        "not hidden: AVIS.staff",
    ),
    (
        "hidden for nothing",
        EXAMPLES.replace("AVIS.staff|Attendre⟧, dit", "FAIT|Attendre⟧, dit"),
        "examples.0.text",
        "hidden for nothing: AVIS.staff under 37",
    ),
    (
        "the wrong label",
        EXAMPLES.replace("AVIS.staff|Attendre⟧, dit", "AVIS.consultant|Attendre⟧, dit"),
        "examples.0.text",
        "not hidden: AVIS.consultant",
    ),
    (
        "other words",
        EXAMPLES.replace('dit la note."\n    text', 'dit la lettre."\n    text'),
        "examples.0.given",
        "not the words of `text`",
    ),
    (
        "an unbalanced mark",
        EXAMPLES.replace('Attendre⟧, dit la note."\n  -', 'Attendre, dit la note."\n  -'),
        "examples.0.text",
        "a mark is never closed",
    ),
    ("an unknown fact", EXAMPLES.replace("author: staff", "writer: staff"), "examples.0.writer", "unknown key"),
    (
        "a value that is none",
        EXAMPLES.replace("author: staff", "author: clerk"),
        "examples.0.author",
        "not a value of this fact",
    ),
    (
        "no last day",
        EXAMPLES.replace("2014-11-13", "2014-11-14"),
        "versions.limit",
        "no example shows the last day of the limit",
    ),
    (
        "no anniversary",
        EXAMPLES.replace("2014-11-12}", "2014-11-11}"),
        "versions.limit",
        "no example shows the anniversary of the limit",
    ),
]


@pytest.mark.parametrize(("examples", "key", "problem"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_an_example_that_does_not_hold(tmp_path: Path, examples: str, key: str, problem: str) -> None:
    assert (key, problem) in problems(checked(tmp_path, ADVICE + examples))


def test_faults_name_file_and_line(tmp_path: Path) -> None:
    report = checked(tmp_path, ADVICE + EXAMPLES.replace("AVIS.staff|Attendre⟧, dit", "FAIT|Attendre⟧, dit"))
    (first,) = report.problems
    assert (first.facts["file"], first.facts["line"]) == ("s037-advice.yaml", 20)
    assert "Attendre" not in "".join(report.lines())


def test_an_exception_that_no_example_reaches(tmp_path: Path) -> None:
    exception = "exceptions:\n  - {id: adopted, when: {document.kind: [decision]}, label: FAIT}\n"
    assert problems(checked(tmp_path, ADVICE + exception + EXAMPLES)) == [
        ("exceptions.0.id", "no example reaches this exception")
    ]
    reached = '  - given: "⟦AVIS|Attendre⟧"\n    text: "⟦FAIT|Attendre⟧"\n    with: {kind: decision}\n'
    assert problems(checked(tmp_path, ADVICE + exception + EXAMPLES + reached)) == []


@pytest.mark.parametrize(
    ("cues", "examples", "expected"),
    [
        # a cue that no example holds
        (
            CUES.replace("nous conseillons]", "nous conseillons, il faut]"),
            CUED,
            [("cues.fr.advice.1", NEEDED), ("cues.fr.advice.1", TWIN)],
        ),
        # two cues for one sentence: neither is needed alone
        (
            CUES.replace("nous conseillons]", "nous conseillons, le sursis]"),
            CUED,
            [("cues.fr.advice.1", NEEDED), ("cues.fr.advice.1", TWIN)],
        ),
        # the cue has its look-alike, and the look-alike has no twin: nothing shows where it stops
        (CUES, CUED.split("      ⟦AVIS.staff|Nous conseillons ceux", maxsplit=1)[0], [("cues.fr.pseudo.0", TWIN)]),
        # a false friend that no example shows
        (
            CUES,
            CUED.split("      ⟦FAIT", maxsplit=1)[0],
            [("cues.fr.advice.0", TWIN), ("cues.fr.pseudo.0", NEEDED), ("cues.fr.pseudo.0", TWIN)],
        ),
        # a twin in another language proves nothing
        (
            CUES,
            CUED.split("      ⟦AVIS.staff|Nous conseillons ceux", maxsplit=1)[0]
            + "  - text: ⟦AVIS.staff|Nous conseillons ceux qui disent nous conseillons en placement⟧\n"
            + "    with: {lang: en}\n",
            [("cues.fr.pseudo.0", TWIN)],
        ),
    ],
)
def test_cues_earn_their_place(tmp_path: Path, cues: str, examples: str, expected: list[tuple[str, str]]) -> None:
    found = problems(checked(tmp_path, ADVICE + cues + EXAMPLES + examples))
    assert found == expected


def test_removing_any_cue_of_a_sound_pack_is_noticed(tmp_path: Path) -> None:
    without = CUES.replace("    pseudo: [nous conseillons en placement]\n", "")
    assert ("examples.3.text", "hidden for nothing: AVIS.staff under 37") in problems(
        checked(tmp_path, ADVICE + without + EXAMPLES + CUED)
    )


def test_without_a_finder_only_natures_run(tmp_path: Path) -> None:
    report = check_pack(write_pack(tmp_path, {**RULES, "s037-advice.yaml": ADVICE + CUES + EXAMPLES + CUED}))
    assert report.accepted
    assert (report.coverage.examples, report.coverage.run) == (4, 3)


def test_a_case_that_comes_out_otherwise(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {**RULES, "s037-advice.yaml": ADVICE + EXAMPLES})
    (folder / "cases").mkdir()
    case = (
        "subject: {fr: x, en: x}\nfacts: {author: staff, date: 2021-05-06, request_date: 2024-11-12}\n"
        'cases:\n  - {id: un, title: x, why: x, text: "⟦AVIS id=a|Attendre⟧", expect: {a: kept}}\n'
    )
    (folder / "cases" / "x.yaml").write_text(case, "utf-8")
    assert problems(check_pack(folder)) == [("un", "a: masked 37, expected kept")]


def test_what_no_case_reaches_is_told(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {**RULES, "s037-advice.yaml": ADVICE + EXAMPLES})
    (folder / "cases").mkdir()
    case = "subject: {fr: x, en: x}\ncases:\n  - {id: un, title: x, why: x, text: x, verdict: release}\n"
    (folder / "cases" / "x.yaml").write_text(case, "utf-8")
    assert ("p/s037/advice", "no case reaches: limit over") in problems(check_pack(folder))


def test_a_broken_pack_is_only_reported(tmp_path: Path) -> None:
    report = check_pack(tmp_path)
    assert (report.pack, report.accepted) == (None, False)


def test_a_text_read_long_ago_is_a_warning(tmp_path: Path) -> None:
    dated = ADVICE.replace("    source: an", "    read: 2023-11-12\n    source: an") + EXAMPLES
    folder = write_pack(tmp_path, {**RULES, "s037-advice.yaml": dated})
    old, young = (check_pack(folder, today=dt.date(2024, 11, day)) for day in (12, 11))
    assert old.accepted
    assert [line for line in old.lines() if "twelve months" in line]
    assert not [line for line in young.lines() if "twelve months" in line]


@pytest.mark.slow
def test_the_bundled_pack_proves_itself() -> None:
    """Every example of the real pack through the real finders, every cue needed, every case reached."""
    report = check_pack(files("policies") / "qc-a2.1", find=find_alone)
    assert report.lines()[:-1] == ()
    assert report.accepted
    assert report.coverage.run == report.coverage.examples
