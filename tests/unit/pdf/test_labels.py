"""Labels stand on their box when it is large enough, else beside it, and never on a word."""

from __future__ import annotations

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex
from redactor.pdf.labels import SMALLEST_PT, bars_of, placed
from redactor.pdf.plan import Area

PAGE = Box(0, 0, 612, 792)


def unit(text: str) -> float:
    return 0.5 * len(text)


def test_a_large_box_carries_its_label() -> None:
    (label,) = placed([(Box(100, 100, 200, 112), "art. 53")], page=PAGE, taken=BoxIndex(), width_of=unit)
    assert label.inside
    assert label.size >= SMALLEST_PT


def test_a_small_box_has_it_beside() -> None:
    (label,) = placed([(Box(100, 100, 108, 112), "art. 53")], page=PAGE, taken=BoxIndex(), width_of=unit)
    assert not label.inside
    assert not label.cell.overlaps(Box(100, 100, 108, 112))


def test_never_on_a_word() -> None:
    words = BoxIndex.of([Box(0, 80, 99, 130), Box(109, 80, 612, 130)])
    for label in placed([(Box(100, 100, 108, 112), "art. 53")], page=PAGE, taken=words, width_of=unit):
        assert not words.touches(label.cell)


def test_no_room_no_label() -> None:
    crowded = BoxIndex.of([PAGE])
    assert placed([(Box(100, 100, 108, 112), "art. 53")], page=PAGE, taken=crowded, width_of=unit) == ()


def test_no_text_no_label() -> None:
    assert placed([(Box(100, 100, 200, 112), "")], page=PAGE, taken=BoxIndex(), width_of=unit) == ()


def test_neighbours_become_one_bar() -> None:
    areas = [Area(Box(100, 100, 130, 112), "art. 53"), Area(Box(133, 100, 180, 112), "art. 53")]
    assert bars_of(areas, taken=BoxIndex()) == ((Box(100, 100, 180, 112), "art. 53"),)


def test_a_word_between_parts_them() -> None:
    areas = [Area(Box(100, 100, 130, 112), "art. 53"), Area(Box(134, 100, 180, 112), "art. 53")]
    assert len(bars_of(areas, taken=BoxIndex.of([Box(131, 104, 133, 110)]))) == 2


def test_other_grounds_stay_apart() -> None:
    areas = [Area(Box(100, 100, 130, 112), "art. 53"), Area(Box(131, 100, 180, 112), "art. 37")]
    assert len(bars_of(areas, taken=BoxIndex())) == 2


def test_a_box_over_a_line_that_runs_down_has_its_label_turned() -> None:
    (label,) = placed([(Box(100, 100, 112, 200), "art. 53")], page=PAGE, taken=BoxIndex(), width_of=unit)
    assert label.inside
    assert label.turned
    assert label.cell.height > label.cell.width


def test_neighbours_on_a_line_that_runs_down_become_one_bar() -> None:
    areas = [Area(Box(100, 100, 112, 180), "art. 53"), Area(Box(100, 180, 112, 192), "art. 53")]
    assert bars_of(areas, taken=BoxIndex()) == ((Box(100, 100, 112, 192), "art. 53"),)
    between = [areas[0], Area(Box(100, 184, 112, 192), "art. 53")]
    assert len(bars_of(between, taken=BoxIndex.of([Box(101, 181, 111, 183)]))) == 2
