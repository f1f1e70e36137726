"""Documents of a request that say the same: copies, other versions, messages quoted in others."""

from __future__ import annotations

from redactor.duplicates import Likeness, Text, found
from redactor.model import Document, DocumentId

WORDS = [f"mot{n}" for n in range(400)]


def text(file: str, words: list[str], sha256: str | None = None) -> Text:
    body = " ".join(words)
    return Text(file, sha256 or file, Document(DocumentId("d1"), "", body, (), ()))


def kinds(texts: list[Text]) -> dict[str, list[tuple[str, Likeness]]]:
    return {file: [(one.file, one.likeness) for one in twins] for file, twins in found(texts).items()}


def test_copies_same_text_drafts_and_quotes_are_told_apart() -> None:
    message = WORDS[:60]
    told = kinds([
        text("a", WORDS), text("b", WORDS, "a"), text("c", [one.upper() for one in WORDS]),
        text("d", [*WORDS[:300], "neuf", *WORDS[310:]]), text("m", message),
        text("r", ["merci", "bien", *[f"autre{n}" for n in range(300)], *message]),
    ])  # fmt: skip
    assert ("b", Likeness.EXACT) in told["a"]
    assert ("c", Likeness.SAME_TEXT) in told["a"]
    assert ("d", Likeness.DRAFT) in told["a"]
    assert ("r", Likeness.QUOTED) in told["m"]


def test_strangers_and_short_texts_are_alike_in_nothing() -> None:
    assert (
        kinds([text("a", WORDS[:100]), text("b", WORDS[200:300]), text("c", ["oui", "merci"]), text("d", ["non"])])
        == {}
    )
    assert found([Text("x", None, None), Text("y", None, None)]) == {}


def test_a_thousand_copies_are_told_in_time() -> None:
    told = found([text(f"f{n}", WORDS[:50], "same") for n in range(1_000)])
    assert len(told) == 1_000
    assert {one.file for one in told["f999"]} == {"f0"}


def test_a_reason_is_readable_in_both_languages_and_quotes_nothing() -> None:
    twin = found([text("a", WORDS), text("d", [*WORDS[:300], "neuf", *WORDS[310:]])])["a"][0].as_json()
    assert twin["raison"].startswith("une autre version : 9")
    assert twin["reason"].endswith("% in common")
    assert "mot" not in twin["raison"]
