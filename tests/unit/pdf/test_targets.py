"""Targets by hand: searched on their page, inside their rectangles, else masked by them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from redactor.errors import MalformedTargets, TargetNotFound
from redactor.model import Box, RedactionKind
from redactor.pdf.targets import Target, TargetKind, find_targets, read_targets
from tests.pdf.kit import BASE, HEIGHT, SECRET, document, line, secret_box


def test_every_occurrence_on_the_page() -> None:
    data = document(line("Zoraide Quidonc", 72, 500) + line("Vu par ZORAÏDE QUIDONC.", 72, 400))
    (redaction,) = find_targets(data, [Target(SECRET, 0)])
    assert len(redaction.boxes) == 3
    assert redaction.kind is RedactionKind.TEXT
    assert redaction.label == ""


def test_the_box_is_that_of_the_words() -> None:
    (redaction,) = find_targets(document(), [Target(SECRET, 0)])
    found, wanted = redaction.boxes[0].box, secret_box().box
    assert (found.x0, found.x1) == pytest.approx((wanted.x0, wanted.x1), abs=0.5)


def test_only_inside_the_rectangles() -> None:
    data = document(line(SECRET, 72, 500))
    rect = Box(60, HEIGHT - 520, 300, HEIGHT - 490)
    (redaction,) = find_targets(data, [Target(SECRET, 0, (rect,))])
    assert [round(placed.box.y0) for placed in redaction.boxes] == [round(HEIGHT - 500 - 0.8 * 12)]


def test_whole_words_first() -> None:
    data = document(line("Le royaume de Mme Roy", 72, 500), secret=False)
    (redaction,) = find_targets(data, [Target("Roy", 0)])
    assert len(redaction.boxes) == 1
    assert redaction.boxes[0].box.x0 > 150


def test_inside_a_word_when_it_stands_nowhere_else() -> None:
    data = document(line("dossier2024", 72, 500), secret=False)
    assert len(find_targets(data, [Target("2024", 0)])[0].boxes) == 1


def test_over_a_line_end() -> None:
    data = document(line("Zoraïde", 72, 500) + line("Quidonc", 72, 486), secret=False)
    assert len(find_targets(data, [Target(SECRET, 0)])[0].boxes) == 2


def test_not_found_masks_the_rectangle_whole() -> None:
    rect = Box(10, 10, 40, 40)
    (redaction,) = find_targets(document(), [Target("personne", 0, (rect,))])
    assert redaction.kind is RedactionKind.AREA
    assert [placed.box for placed in redaction.boxes] == [rect]


def test_an_area_is_not_searched() -> None:
    rect = Box(10, 10, 40, 40)
    (redaction,) = find_targets(document(), [Target(SECRET, 0, (rect,), TargetKind.AREA)])
    assert [placed.box for placed in redaction.boxes] == [rect]


@pytest.mark.parametrize("target", [Target("personne", 0), Target(SECRET, 9), Target("—", 0)])
def test_nothing_to_mask_is_an_error(target: Target) -> None:
    with pytest.raises(TargetNotFound):
        find_targets(document(), [target])


def test_no_target_no_redaction() -> None:
    assert find_targets(document(), []) == ()


def test_a_turned_page() -> None:
    data = document(mutate=lambda pdf, page: page.__setitem__("/Rotate", 90))
    (redaction,) = find_targets(data, [Target(SECRET, 0)])
    box = redaction.boxes[0].box
    assert box.height > box.width
    assert box.x0 == pytest.approx(BASE - 0.22 * 12, abs=1)


@pytest.mark.parametrize(
    "listed",
    ["", "{}", "[1]", [{}], [{"text": "x"}], [{"page": 0}], [{"text": "x", "page": -1}],
     [{"text": "x", "page": "deux"}],
     [{"text": "x", "page": 0, "rects": [[1, 2, 3]]}], [{"text": "x", "page": 0, "rects": [[9, 9, 1, 1]]}],
     [{"text": "x", "page": 0, "kind": "tout"}], [{"text": "x", "page": 0, "couleur": 1}], "[" * 100_000],
)  # fmt: skip
def test_malformed(listed: Any) -> None:
    raw = listed if isinstance(listed, str) else json.dumps(listed)
    with pytest.raises(MalformedTargets):
        read_targets(raw.encode())


def test_well_formed() -> None:
    raw = (
        b'[{"text": "Roy", "page": 1, "rects": [[1, 2, 3, 4]], "kind": "text"},'
        b' {"page": 0, "rects": [[0, 0, 5, 5]], "kind": "area"}]'
    )
    first, second = read_targets(raw)
    assert (first.page, first.rects, first.kind) == (1, (Box(1, 2, 3, 4),), TargetKind.TEXT)
    assert (second.text, second.kind) == ("", TargetKind.AREA)
