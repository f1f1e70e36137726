"""Is a word masked? Removed, moved, covered, replaced by a label, or on a page that is only a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pymupdf
import pytest

from redactor.evaluation.masked import Fate, judged, without_labels
from redactor.evaluation.reading import Glyph, beside_pages, read_pages
from redactor.evaluation.renderer import Rendered, render
from redactor.evaluation.scoring import score
from tests.unit.evaluation.builders import document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redactor.evaluation.gold import GoldWord

    Change = Callable[[pymupdf.Page, GoldWord, GoldWord], None]


def remove(page: pymupdf.Page, secret: GoldWord, _kept: GoldWord) -> None:
    page.add_redact_annot(pymupdf.Rect(secret.box), fill=(0, 0, 0))
    page.apply_redactions()


def remove_with_label(page: pymupdf.Page, secret: GoldWord, kept: GoldWord) -> None:
    remove(page, secret, kept)
    x0, _, _, y1 = secret.box
    page.insert_text((x0 + 1, y1 - 2), "art. 53", fontsize=6, color=(1, 1, 1))


def cover(page: pymupdf.Page, secret: GoldWord, _kept: GoldWord) -> None:
    page.draw_rect(pymupdf.Rect(secret.box), fill=(0, 0, 0))


def nothing(_page: pymupdf.Page, _secret: GoldWord, _kept: GoldWord) -> None:
    pass


def remove_both(page: pymupdf.Page, secret: GoldWord, kept: GoldWord) -> None:
    remove(page, secret, kept)
    remove(page, kept, secret)


def move_the_kept_word(page: pymupdf.Page, secret: GoldWord, kept: GoldWord) -> None:
    remove_both(page, secret, kept)
    page.draw_rect(pymupdf.Rect(kept.box), color=(1, 1, 1), fill=(1, 1, 1))
    x0, _, _, y1 = kept.box
    page.insert_text((x0 + 8, y1 - 2.4), kept.text, fontsize=10)


def as_picture(page: pymupdf.Page, secret: GoldWord, kept: GoldWord) -> None:
    remove(page, secret, kept)
    picture = page.get_pixmap(dpi=150)
    page.add_redact_annot(page.rect)
    page.apply_redactions()
    page.insert_image(page.rect, pixmap=picture)


@pytest.fixture
def rendered(tmp_path: Path) -> Rendered:
    return render(document(tmp_path, "Dossier ⟦PI.name|Zebedee⟧ ouvert.", layout="{family: sans, size: 10}"))


def words_of(rendered: Rendered) -> tuple[GoldWord, GoldWord]:
    found = {word.text: word for word in rendered.gold.pages[0]}
    return found["Zebedee"], found["Dossier"]


@pytest.mark.parametrize(
    ("change", "secret_is", "kept_is"),
    [
        (nothing, Fate.KEPT, Fate.KEPT),
        (remove, Fate.MASKED, Fate.KEPT),
        (remove_with_label, Fate.MASKED, Fate.KEPT),
        (remove_both, Fate.MASKED, Fate.MASKED),
        (move_the_kept_word, Fate.MASKED, Fate.KEPT),
        (cover, Fate.COVERED, Fate.KEPT),
        (as_picture, Fate.MASKED, Fate.KEPT),
    ],
)
def test_fates(rendered: Rendered, change: Change, secret_is: Fate, kept_is: Fate) -> None:
    secret, kept = words_of(rendered)
    with pymupdf.open("pdf", rendered.pdf) as pdf:
        change(pdf[0], secret, kept)
        page = judged(read_pages(pdf.tobytes(garbage=4))[0])
    assert (page.fate(secret), page.fate(kept)) == (secret_is, kept_is)


def test_a_page_too_many_is_told(rendered: Rendered, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    with pymupdf.open("pdf", rendered.pdf) as pdf:
        pdf.new_page()
        pdf.save(other)
    assert score(rendered.gold, released=other).pages_differ


def test_values_in_metadata_are_counted(rendered: Rendered, tmp_path: Path) -> None:
    leaky = tmp_path / "leaky.pdf"
    with pymupdf.open("pdf", rendered.pdf) as pdf:
        pdf.set_metadata({"subject": "Zebedee"})
        pdf.save(leaky)
    assert "Zebedee" in beside_pages(leaky.read_bytes())
    assert score(rendered.gold, released=leaky).leaks_beside == 1


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("art.37", ""),
        ("s.37,53", ""),
        ("arts.37and39", ""),
        ("art.53.1,54", ""),
        ("carts.37", "c"),
        ("art.", "art."),
        ("37", "37"),
    ],
)
def test_only_labels_are_left_out(written: str, left: str) -> None:
    glyphs = [Glyph(char, float(k), 0.0) for k, char in enumerate(written)]
    assert "".join(glyph.char for glyph in without_labels(glyphs)) == left
