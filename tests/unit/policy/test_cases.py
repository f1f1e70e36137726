"""The whole cases of the pack: each comes out as it says, none is vacuous, and every condition is reached by one."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from redactor.errors import BadPack
from redactor.policy.cases import differences, read_cases
from redactor.policy.loader import bundled
from redactor.policy.pack import all_rules
from redactor.policy.reach import reached, table, wanted

if TYPE_CHECKING:
    from pathlib import Path

    from redactor.policy.cases import Case, CaseFile
    from redactor.policy.pack import RulesInForce

FILES = read_cases(files("policies") / "qc-a2.1")
CASES = [(case, file) for _, file in FILES for case in file.cases]
LEAST_CASES = 60


@pytest.fixture(scope="module")
def rules() -> RulesInForce:
    return all_rules(bundled())


@pytest.mark.parametrize(("case", "file"), CASES, ids=[case.id for case, _ in CASES])
def test_the_case_comes_out_as_it_says(case: Case, file: CaseFile, rules: RulesInForce) -> None:
    assert differences(case, file, rules) == ()


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= LEAST_CASES


@pytest.mark.parametrize(("case", "file"), CASES, ids=[case.id for case, _ in CASES])
def test_no_case_is_vacuous(case: Case, file: CaseFile, rules: RulesInForce) -> None:
    """Whatever a case expects, expecting something else fails."""
    assert case.expect or case.verdict or case.whole
    for key, outcome in case.expect.items():
        other = {**case.expect, key: "masked 37" if outcome != "masked 37" else "kept"}
        assert differences(case.model_copy(update={"expect": other}), file, rules)
    for name in ("verdict", "whole"):
        if getattr(case, name) is not None:
            assert differences(case.model_copy(update={name: "otherwise"}), file, rules)
    assert differences(case.model_copy(update={"asks": ("nothing.real",)}), file, rules)


def test_a_mark_that_nobody_expects_is_told(rules: RulesInForce) -> None:
    case, file = next((case, file) for case, file in CASES if case.expect)
    assert differences(case.model_copy(update={"expect": {}}), file, rules)


def test_every_condition_comes_out_every_way_in_some_case(rules: RulesInForce) -> None:
    shown = reached(FILES, rules)
    assert [one for one in wanted(rules) if one not in shown] == []


def test_the_table_names_a_case_on_every_row(rules: RulesInForce) -> None:
    rows = table(rules, reached(FILES, rules)).splitlines()[2:]
    assert len(rows) == len(wanted(rules))
    assert not [row for row in rows if row.endswith("| none |")]


BAD_CASES = [
    ("subject: {fr: x, en: x}\ncases: []\n", "cases"),
    ("subject: {fr: x, en: x}\ncases:\n  - {id: a, title: x, why: x}\n", "cases.0"),
    ("subject: {fr: x, en: x}\ncases:\n  - {id: a, title: x, why: x, text: x, expects: {}}\n", "cases.0.expects"),
]


@pytest.mark.parametrize(("text", "key"), BAD_CASES)
def test_a_bad_case_file(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "x.yaml").write_text(text, "utf-8")
    with pytest.raises(BadPack) as caught:
        read_cases(tmp_path)
    assert caught.value.facts["key"] == key


def test_one_id_for_one_case(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    for name in ("x.yaml", "y.yaml"):
        text = "subject: {fr: x, en: x}\ncases:\n  - {id: a, title: x, why: x, text: x}\n"
        (tmp_path / "cases" / name).write_text(text, "utf-8")
    with pytest.raises(BadPack, match="stands twice"):
        read_cases(tmp_path)
