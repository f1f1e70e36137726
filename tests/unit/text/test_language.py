"""French, English, or what no model reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Lang
from redactor.text.language import language_of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Le comité recommande de ne pas donner suite à la demande.", Lang.FR),
        ("The committee recommends that the request be refused.", Lang.EN),
        ("J'ai relu l'avis qu'on m'a remis.", Lang.FR),
        ("I think we should take this seriously.", Lang.EN),
        ("RECOMMANDATION DE LA DIRECTION SUR LE DOSSIER", Lang.FR),
        ("La dirección recomienda que se apruebe el proyecto por las razones que están en el informe.", Lang.OTHER),
        ("Der Ausschuss ist der Meinung, dass die Anfrage nicht mit den Regeln vereinbar ist.", Lang.OTHER),
        ("ᐃᓄᒃᑎᑐᑦ ᐅᖃᐅᓯᖅ ᐃᓕᓐᓂᐊᖅᑎᑦᑎᔨ", Lang.OTHER),
        ("Комитет рекомендует отказать", Lang.OTHER),
        ("هذا هو النص", Lang.OTHER),
    ],
)
@pytest.mark.parametrize("default", [Lang.FR, Lang.EN])
def test_prose_tells_its_language(text: str, lang: Lang, default: Lang) -> None:
    assert language_of(text, default=default) is lang


@pytest.mark.parametrize("text", ["Tremblay, Marie-Josée", "418 555-0123", "An 1 | An 2 | Total", "", "12 %"])
@pytest.mark.parametrize("default", [Lang.FR, Lang.EN])
def test_names_and_figures_take_the_language_around_them(text: str, default: Lang) -> None:
    assert language_of(text, default=default) is default


@given(st.text())
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in Lang
