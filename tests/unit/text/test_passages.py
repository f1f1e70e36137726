"""Passages: the least pieces of a document, each with what stands above it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.model import Document, Lang, Passage, Zone
from redactor.text.passages import split
from redactor.text.plain import document_of


def passage_of(document: Document, words: str) -> Passage:
    (found,) = [passage for passage in split(document) if words in passage.span.of(document.text)]
    return found


NOTE = """# Note au ministre
## Recommandation
Le pont est vieux. Il est recommandé :
- de le refaire;
- de le fermer.
Le tout est urgent.
## Coûts
| Poste | Montant |
| Béton. Deux lots. | 3 M$ |
"""


def test_sentences_items_and_cells_are_passages() -> None:
    document = document_of(NOTE)
    words = [passage.span.of(document.text) for passage in split(document)]
    assert words == [
        "Note au ministre", "Recommandation", "Le pont est vieux.", "Il est recommandé :", "de le refaire;",
        "de le fermer.", "Le tout est urgent.", "Coûts", "Poste", "Montant", "Béton.", "Deux lots.", "3 M$",
    ]  # fmt: skip


def test_items_know_the_sentence_that_opens_them() -> None:
    document = document_of(NOTE)
    for item in ("de le refaire", "de le fermer"):
        lead_in = passage_of(document, item).lead_in
        assert lead_in is not None
        assert lead_in.of(document.text) == "Il est recommandé :"
    assert passage_of(document, "urgent").lead_in is None


def test_passages_know_the_heading_above_them() -> None:
    document = document_of(NOTE)
    headings = {words: passage_of(document, words).heading for words in ("vieux", "3 M$")}
    assert {words: span and span.of(document.text) for words, span in headings.items()} == {
        "vieux": "Recommandation",
        "3 M$": "Coûts",
    }


def test_a_message_begins_without_a_heading() -> None:
    document = document_of(
        "## Recommandation\nOn refuse. C'est dit.\nDe : Roy\nEnvoyé : hier\nBonjour à tous, et merci."
    )
    assert passage_of(document, "Bonjour").heading is None


def test_each_block_has_its_language() -> None:
    document = document_of(
        "Le comité est d'avis que la preuve suffit pour ce dossier.\nWe think that it is so.\nM. Roy"
    )
    assert [passage.lang for passage in split(document)] == [Lang.FR, Lang.EN, Lang.FR]


def test_a_passage_has_the_zone_of_its_block() -> None:
    document = document_of("> Je propose de refuser. Tout de suite.")
    assert [passage.zone for passage in split(document)] == [Zone.QUOTED, Zone.QUOTED]


@given(
    st.lists(
        st.sampled_from((*NOTE.splitlines(), "> M. Roy. Oui!", "De : x", "12, c. 3.", "…", "a) un; b) deux")),
        min_size=1,
    )
)
@settings(deadline=None)
def test_every_word_is_in_exactly_one_passage(lines: list[str]) -> None:
    document = document_of("\n".join(lines))
    seen = Counter(at for passage in split(document) for at in range(passage.span.start, passage.span.end))
    words = {
        at for block in document.blocks for at in range(block.span.start, block.span.end) if document.text[at].isalnum()
    }
    assert set(seen.values()) <= {1}
    assert words <= set(seen)
