"""Redactors broken on purpose, one channel at a time: the verifier must stop each in every trap of that channel."""

from __future__ import annotations

import dataclasses
from typing import Any

import pymupdf
import pytest

from redactor.pdf import burner, candidate, hidden, look, opening, verifier
from redactor.pdf.hidden import Unseen
from redactor.pdf.plan import BurnPlan
from redactor.pdf.scrub import content, images, painting, paths
from redactor.pdf.scrub.fontuse import FontUse
from redactor.pdf.scrub.shelves import Sheet
from redactor.pdf.verifier import Channel
from tests.pdf.test_traps import NAMES, claims_of
from tests.pdf.traps import all_traps

VISIBLE = (
    "plain_text", "per_glyph", "kerned", "hexadecimal", "split", "letter_spaced", "mirrored", "hyphenated",
    "tight_lines",
    "rotated_text", "rotated_page_90", "crop_box", "user_unit", "form_nested", "form_scaled", "composite_truetype",
    "type1c", "form_shown", "freetext_appearance",
)  # fmt: skip
UNSEEN = (
    "white_text", "tiny_text", "invisible_mode", "under_black_box", "under_white_box", "on_black_box", "clipped_away",
    "transparent_text", "under_image", "already_boxed",
)  # fmt: skip
PIXELS = (
    "image_flate", "image_jpeg", "image_jpx", "image_indexed", "image_cmyk", "image_16_bits", "image_rotated",
    "image_flipped", "image_twice", "image_in_strips", "image_opacity", "image_metadata", "image_alternates",
    "image_inline",
)  # fmt: skip
CROPPED = ("image_cropped", "image_half_off_page", "image_form_clip")
CLIPPED = (
    "image_round_clip", "image_slanted_clip", "image_in_slanted_form", "image_two_clips", "image_corner_clip",
)  # fmt: skip
BEHIND = (
    "curves_outside_round_clip", "curves_outside_clip", "curves_of_a_clipped_form", "curves_in_the_hole_of_a_clip",
    "curves_off_page",
)  # fmt: skip
LAYERS = ("layer_off", "layer_off_form", "layer_set_off", "layer_for_print")
COVERED = ("image_under_image", "image_under_box")
CURVES = ("curves", "curves_in_one_path", "curves_of_a_text_box", "curves_stroked", "bar_code")


def judged(name: str, data: bytes) -> set[Channel]:
    return {leak.channel for leak in verifier.prove(data, claims=claims_of(all_traps()[name])).leaks}


def remade(name: str) -> bytes:
    trap = all_traps()[name]
    return candidate.make(trap.data, plan=BurnPlan(trap.redactions(), title="Document")).data


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"broken_cross_reference", "cut_at_the_end"}])
def test_black_boxes_drawn(name: str) -> None:
    """What most people do: rectangles on top, nothing taken out."""
    trap = all_traps()[name]
    with pymupdf.open(stream=trap.data, filetype="pdf") as doc:
        doc.authenticate("")
        for placed in trap.boxes:
            page = doc[placed.page]
            box = pymupdf.Rect(placed.box.x0, placed.box.y0, placed.box.x1, placed.box.y1) * page.derotation_matrix
            page.draw_rect(box, fill=(0, 0, 0))
        data = doc.tobytes(garbage=4, clean=True, encryption=pymupdf.PDF_ENCRYPT_NONE)
    assert judged(name, data)


@pytest.mark.parametrize("name", VISIBLE)
def test_glyphs_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(burner, "under", lambda areas, frame: lambda glyph: False)
    monkeypatch.setattr(Sheet, "is_covered", lambda self, point: False)
    assert Channel.GLYPH_UNDER_MASK in judged(name, remade(name))


@pytest.mark.parametrize("name", UNSEEN)
def test_hidden_text_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "unseen_glyphs", lambda work, bare, present, page: Unseen(frozenset(), tangled=False))
    assert Channel.PAGE_TEXT in judged(name, remade(name))


def test_text_off_the_page_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "unseen_glyphs", lambda work, bare, present, page: Unseen(frozenset(), tangled=False))
    monkeypatch.setattr(burner, "outside", lambda frame: lambda glyph: False)
    assert Channel.TEXT_OFF_PAGE in judged("off_the_page", remade("off_the_page"))


@pytest.mark.parametrize("name", PIXELS)
def test_pixels_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_masked", lambda image, back, masks, level: image)
    assert Channel.IMAGE in judged(name, remade(name))


@pytest.mark.parametrize("name", COVERED)
def test_covered_images_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "cover", lambda self, box: None)
    assert Channel.UNDER_IMAGE in judged(name, remade(name))


@pytest.mark.parametrize("name", CROPPED)
def test_pixels_beyond_a_clip_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_window", lambda seen, size: (0, 0, *size))
    assert Channel.UNCROPPED in judged(name, remade(name))


@pytest.mark.parametrize("name", CLIPPED)
def test_odd_clips_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy takes each clip for an upright one and keeps the whole image."""
    monkeypatch.setattr(images, "_window", lambda seen, size: (0, 0, *size))
    monkeypatch.setattr(content, "is_upright", lambda matrix: True)
    monkeypatch.setattr(painting, "replace", without_odd_clip)
    monkeypatch.setattr(content, "replace", without_odd_clip)
    assert Channel.UNCROPPED in judged(name, remade(name))


def without_odd_clip(thing: Any, **changes: Any) -> Any:
    changes.pop("odd_clip", None)
    return dataclasses.replace(thing, **changes)


def test_pixels_that_opacity_hides_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "_without_unseen", lambda image, opacity: image)
    assert Channel.IMAGE in judged("transparent_pixels", remade("transparent_pixels"))


@pytest.mark.parametrize("name", LAYERS)
def test_layers_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "without_hidden", lambda data: data)
    monkeypatch.setattr(content, "may_be_off", lambda member, doubtful: False)
    monkeypatch.setattr(look, "is_changed", lambda before, after, frame, marks, shifts: False)
    monkeypatch.setattr(hidden, "unseen_glyphs", lambda work, bare, present, page: Unseen(frozenset(), tangled=False))
    assert Channel.PAGE_TEXT in judged(name, remade(name))


@pytest.mark.parametrize("name", ["plain_text", "composite_truetype", "type1c", "type1_letters"])
def test_letters_of_the_secret_left_in_its_font(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A font that is cut before the masks, not after, still holds the letters that only the secret used."""
    used = FontUse.is_blank

    def keep_all(self: FontUse, code: int) -> bool:
        self.codes |= {code for code, text in self.texts.items() if text in {"Z", "Q"}}
        return used(self, code)

    monkeypatch.setattr(FontUse, "is_blank", keep_all)
    assert Channel.FONT in judged(name, remade(name))


@pytest.mark.parametrize("name", BEHIND)
def test_curves_behind_a_clip_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_may_stay", lambda part, visible, masks, margin: True)
    monkeypatch.setattr(painting, "_is_in_window", lambda part, window: True)
    monkeypatch.setattr(look, "is_changed", lambda before, after, frame, marks, shifts: False)
    assert Channel.UNCROPPED in judged(name, remade(name))


@pytest.mark.parametrize("name", ["curves_under_box"])
def test_covered_curves_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sheet, "cover", lambda self, box: None)
    assert Channel.UNDER_IMAGE in judged(name, remade(name))


@pytest.mark.parametrize("name", CURVES)
def test_curves_forgotten(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_must_go", lambda part, box, mask: False)
    assert Channel.OBJECT in judged(name, remade(name))
