"""The real finders put together, as the pipeline does, for the examples of the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Analysed, Speaker, Unknown
from redactor.passage_rules import find as find_passages
from redactor.people.join import join
from redactor.recognisers.personal import find_personal
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.model import Document, Facts, Lexicon, Person, Role


def find(
    document: Document,
    *,
    facts: Facts,
    lexicons: Sequence[Lexicon],
    people: Sequence[tuple[str, Role]],
    personal: bool,
) -> tuple[Analysed, tuple[Person, ...]]:
    """Passages, then advice, and the people when they are asked for."""
    passages = split(document)
    author = None if isinstance(facts.author, Unknown) else Speaker(facts.author)
    findings = find_passages(document, passages, lexicons=lexicons, author=author)
    if not personal:
        return Analysed(document, passages, findings), ()
    analysed = Analysed(document, passages, (*find_personal(document, passages), *findings))
    joined = join([analysed], facts={document.id: facts}, declared=people)
    return joined.documents[0], joined.persons
