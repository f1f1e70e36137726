"""What the words of a clause weigh."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redactor.passage_rules import shipped
from redactor.passage_rules.lexical import NUMBER, Table, words_of
from redactor.text.phrases import tokens_of


def test_a_word_weighs_by_itself_and_by_its_beginning() -> None:
    table = Table({"preferable": 1.0}, {"prefe": 0.5})
    assert table.of("preferable") == 1.5
    assert table.of("preference") == 0.5
    assert table.of("pont") == 0.0


def test_more_words_count_more_but_each_counts_less() -> None:
    table = Table({"utile": 2.0})
    assert table.sum_of(["utile"]) == 2.0
    assert table.sum_of(["utile"] * 4) == 4.0
    assert table.sum_of(["utile", "a", "b", "c"]) == 1.0
    assert table.sum_of([]) == 0.0


def test_numbers_are_one_word_and_points_are_none() -> None:
    assert words_of(tokens_of("Le bail, de 2014 : 50 $.")) == ("le", "bail", "de", NUMBER, ":", NUMBER, "$")


def test_a_judgement_weighs_more_than_a_report_by_its_words_alone() -> None:
    table = shipped().weights.matter_words
    judged = table.sum_of(words_of(tokens_of("Ce choix nous apparaît malheureux et bien trop hâtif")))
    told = table.sum_of(words_of(tokens_of("Le contrat a été signé le 3 mai 2021 par la Ville")))
    assert judged > told


@given(st.text(max_size=200))
def test_any_text_has_a_weight(text: str) -> None:
    table = shipped().weights.matter_words
    assert abs(table.sum_of(words_of(tokens_of(text)))) < 1000
