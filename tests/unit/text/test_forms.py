"""Verb forms told by their endings."""

from __future__ import annotations

import pytest

from redactor.model import Lang
from redactor.text.forms import forms_of, is_conditional, is_infinitive


@pytest.mark.parametrize(
    ("verb", "lang", "present", "past"),
    [
        ("recommander", Lang.FR, "recommandons", "recommandait"),
        ("engager", Lang.FR, "engageons", "engageait"),
        ("rappeler", Lang.FR, "rappelle", "rappelé"),
        ("choisir", Lang.FR, "choisissons", "choisissait"),
        ("attendre", Lang.FR, "attendrait", "attendait"),
        ("convenir", Lang.FR, "conviendrait", "convenait"),
        ("recommend", Lang.EN, "recommends", "recommended"),
        ("advise", Lang.EN, "advising", "advised"),
        ("deny", Lang.EN, "denies", "denied"),
        ("think", Lang.EN, "thinks", "thought"),
    ],
)
def test_forms(verb: str, lang: Lang, present: str, past: str) -> None:
    assert {verb, present, past} <= forms_of(verb, lang=lang)
    assert present in forms_of(verb, lang=lang, only_present=True)
    assert past not in forms_of(verb, lang=lang, only_present=True)


@pytest.mark.parametrize("word", ["couterait", "permettraient", "reduirait", "ferions"])
def test_conditional(word: str) -> None:
    assert is_conditional(word)


@pytest.mark.parametrize(
    "word", ["extrait", "portrait", "considerait", "montraient", "devrait", "serait", "marais", "rait"]
)
def test_what_ends_like_a_conditional_and_is_none(word: str) -> None:
    assert not is_conditional(word)


@pytest.mark.parametrize(
    ("word", "says"), [("retenir", True), ("creer", True), ("janvier", False), ("ministre", False)]
)
def test_infinitive(word: str, says: bool) -> None:
    assert is_infinitive(word) is says
