"""Files of the corpus: what is read, what is refused, and that the development documents are without fault."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.evaluation.corpus import CorpusError, documents, load
from redactor.evaluation.faults import faults_between, faults_of, luhn, years_after
from tests.unit.evaluation.builders import document, write_document

CORPUS = Path(__file__).parents[2] / "corpus"


def test_the_development_documents_have_no_fault() -> None:
    corpus = documents(CORPUS)
    assert len(corpus) == 36
    assert [str(fault) for one in corpus for fault in faults_of(one)] == []
    assert faults_between(corpus) == ()


def test_front_matter_and_offsets(tmp_path: Path) -> None:
    one = load(write_document(tmp_path, "essai", "\nNom : ⟦PI.name|Ada Zed⟧", verdict_also="refuse"))
    assert (one.name, one.verdict, one.provisions) == ("essai", "partial", ("53",))
    assert one.verdicts == {"partial", "refuse"}
    assert one.day("date") == dt.date(2024, 1, 10)
    assert one.day("decision_date") is None
    assert one.text[one.marks[0].start : one.marks[0].end] == "Ada Zed"
    assert one.line_of(one.marks[0].start) == one.marks[0].line


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("no front matter", 1),
        ("---\nid: [\n---\nx", 2),
        ("---\n- a list\n---\nx", 2),
        ("---\ndate: 2025-13-03\n---\nx", 2),
        ("---\nid: x\n---\nx\n⟦PI.sin|1", 5),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    path = tmp_path / "x.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load(path)
    assert (caught.value.file, caught.value.line) == ("x.txt", line)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no annotated document"):
        documents(tmp_path)


@pytest.mark.parametrize(
    ("text", "front", "fault"),
    [
        ("⟦PI.name|A B⟧", {"lang": "de"}, "lang is not one of"),
        ("⟦PI.name|A B⟧", {"id": "other"}, "not the file's name"),
        ("⟦PI.name|A B⟧", {"request_date": "null"}, "request_date is needed"),
        ("⟦PI.name|A B⟧", {"date": "soon"}, "not an ISO date"),
        ("⟦PI.name|A B⟧", {"decision": "made"}, "decision_date goes with"),
        ("⟦PI.name|A B⟧", {"provisions": "[99]"}, "not a list drawn from"),
        ("⟦PI.name|A B⟧", {"colour": "red"}, "unknown key"),
        ("⟦PI.name|A B⟧", {"provisions": "[37, 53]"}, "which no mark calls for"),
        ("⟦AVIS.staff|mieux vaut attendre⟧", {}, "call for section 37"),
        ("rien", {"provisions": "[]"}, "verdict partial against 0"),
        ("⟦AVIS.staff|attendre⟧", {"provisions": "[37]", "date": "2014-06-01"}, "AVIS in a document of 10 years"),
        ("⟦ANALYSE|coûts⟧", {"provisions": "[39]", "date": "2019-06-01"}, "ANALYSE in a document of 5 years"),
        (
            "⟦ANALYSE|coûts⟧",
            {"provisions": "[39]", "decision": "made", "decision_date": "2024-02-02"},
            "the decision is made",
        ),
        ("⟦PI.name|A B⟧", {"request_date": "2023-01-01"}, "comes before"),
        ("⟦PI.name|A B ⟧", {}, "begins or ends with a blank"),
        ("⟦PI.name|A B,⟧", {}, "surrounding punctuation"),
        ("⟦PI|A B⟧", {}, "without a subtype"),
        ("⟦PI.sin|046 454 287⟧", {}, "not a harmless one"),
        ("⟦PI.sin|123 456 782⟧", {}, "not a harmless one"),
        ("⟦PI.card|4111 1111 1111 1112⟧", {}, "wrong check digit"),
        ("⟦PI.name|A B⟧ 418 643-1234", {}, "555-01xx"),
        ("**⟦PI.name|A B⟧**", {}, "markup"),
    ],
)
def test_each_fault_is_told(tmp_path: Path, text: str, front: dict[str, str], fault: str) -> None:
    found = [str(one) for one in faults_of(document(tmp_path, text, **front))]
    assert any(re.search(fault, told) for told in found), found


@given(st.text(alphabet="0123456789", min_size=1, max_size=18))
def test_exactly_one_check_digit_is_right(digits: str) -> None:
    assert sum(luhn(digits + last) for last in "0123456789") == 1


def test_a_leap_day_has_an_anniversary() -> None:
    assert years_after(dt.date(2020, 2, 29), 5) == dt.date(2025, 2, 28)
    assert years_after(dt.date(2020, 2, 29), 4) == dt.date(2024, 2, 29)
