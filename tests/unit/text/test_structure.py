"""The table of structural words is complete and folded."""

from __future__ import annotations

import dataclasses

from redactor.text.normalise import fold
from redactor.text.structure import languages, words_of


def test_both_languages_fill_every_list_with_folded_words() -> None:
    tables = languages()
    assert len(tables) == 2
    for table in tables:
        for key in dataclasses.fields(table):
            words = getattr(table, key.name)
            assert words, key.name
            assert all(word == fold(word) == word.strip() != "" for word in words)


def test_longer_words_come_first_so_that_they_are_tried_first() -> None:
    labels = words_of("email_labels")
    assert labels.index("envoye le") < labels.index("envoye")
    assert [len(word) for word in labels] == sorted((len(word) for word in labels), reverse=True)
