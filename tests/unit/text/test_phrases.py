"""What a cue of a rule file matches, and what it costs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import CueList, Lang, Span
from redactor.text.normalise import fold
from redactor.text.phrases import GAP_WORDS, PhraseError, compile_phrases, tokens_of

CLASSES = (CueList(Lang.FR, "unit", ("direction", "service")), CueList(Lang.FR, "ing", ("*ance",)))


def hits(phrase: str, text: str, *, lang: Lang = Lang.FR) -> list[str]:
    cues = (CueList(lang, "advice", (phrase,)),)
    return [hit.span.of(text) for hit in compile_phrases(cues, classes=CLASSES, lang=lang).find(tokens_of(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("il est recommandé", "IL EST RECOMMANDE d'attendre", []),  # a last é tells the past: capitals lose it
        ("il est recommandé", "Il est recommandé d'attendre", ["Il est recommandé"]),
        ("à notre sens", "A NOTRE SENS, non", ["A NOTRE SENS"]),  # other accents and case do not matter
        ("d'avis", "est d’avis que", ["d’avis"]),  # typographic apostrophe
        ("avis de", "un avis d'éviction", ["avis d'"]),  # an elision is its word
        ("propose de", "il a proposé de", []),  # the past is not the present
        ("il … attendre", "il vaut bien mieux attendre", ["il vaut bien mieux attendre"]),
        ("il … attendre", "il vaut bien mieux ne pas trop attendre", []),  # more than four words
        ("il … attendre", "il faut. Pour attendre", []),  # never across a sentence
        ("il … attendre", "il attendre", ["il attendre"]),
        ("^ avis", "Avis favorable, avis ferme", ["Avis"]),
        ("avis $", "Avis ferme. Avis.", ["Avis"]),
        (
            "lemma:recommander",
            "recommandent, recommandait, recommandée",
            ["recommandent", "recommandait", "recommandée"],
        ),
        ("present:recommander", "recommandent, recommandait, recommandé", ["recommandent"]),
        ("la @unit", "la Direction et le Service", ["la Direction"]),
        ("l'@ing", "l'assurance", ["l'assurance"]),
        ("@conditional", "l'option coûterait 3 M$", ["coûterait"]),
        ("@conditional", "un extrait, un portrait, il considérait, il devrait", []),
        ("^ @infinitive", "Retenir l'option", ["Retenir"]),
        ("^ @infinitive", "Janvier est froid", []),
        ("@number $", "page 12", ["12"]),
    ],
)
def test_phrase(phrase: str, text: str, found: list[str]) -> None:
    assert hits(phrase, text) == found


@pytest.mark.parametrize("phrase", ["… avis", "avis …", "@unknown", "^ $", "un … deux … trois … quatre"])
def test_a_phrase_without_meaning_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError) as caught:
        hits(phrase, "avis")
    assert phrase not in str(caught.value)


def test_a_hit_keeps_its_place_in_the_whole_text() -> None:
    text = "Non. Nous pensons que oui."
    phrases = compile_phrases((CueList(Lang.FR, "advice", ("nous pensons",)),), lang=Lang.FR)
    (hit,) = phrases.find(tokens_of(text, span=Span(5, len(text))))
    assert (hit.role, hit.span.of(text)) == ("advice", "Nous pensons")


def test_the_longer_of_two_hits_that_begin_together() -> None:
    phrases = compile_phrases((CueList(Lang.FR, "advice", ("il faut", "il faut noter")),), lang=Lang.FR)
    assert [hit.span for hit in phrases.find(tokens_of("il faut noter"))] == [Span(0, 13)]


@given(st.text(max_size=300))
def test_tokens_follow_the_text_and_never_overlap(text: str) -> None:
    tokens = tokens_of(text)
    assert all(one.end <= two.start for one, two in pairwise(tokens))
    assert sum(token.end - token.start for token in tokens) == sum(not char.isspace() for char in fold(text))


def test_the_work_grows_with_the_text_alone() -> None:
    """A text that begins a phrase at every word visits a bounded number of places for each."""
    phrases = compile_phrases((CueList(Lang.FR, "advice", ("il … il … jamais",)),), lang=Lang.FR)
    tokens = tokens_of("il " * 2000)
    assert phrases.find(tokens) == ()
    assert GAP_WORDS == 4
