"""Coordinates: there and back, in all four rotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Box
from redactor.pdf.geometry import BoxIndex, Frame, apply, box_through, common, grown, holds, inverse, times

SIDES = st.floats(10, 2000)
PLACES = st.floats(0, 1)
FRAMES = st.builds(Frame, SIDES, SIDES, st.sampled_from([0, 90, 180, 270]))


def boxes_in(frame: Frame, parts: tuple[float, float, float, float]) -> Box:
    x0, x1 = sorted(parts[:2])
    y0, y1 = sorted(parts[2:])
    shown = frame.shown
    return Box(x0 * shown.width, y0 * shown.height, x1 * shown.width, y1 * shown.height)


@given(frame=FRAMES, parts=st.tuples(PLACES, PLACES, PLACES, PLACES))
def test_shown_to_sheet_and_back(frame: Frame, parts: tuple[float, float, float, float]) -> None:
    box = boxes_in(frame, parts)
    back = box_through(frame.sheet_to_shown, box_through(frame.shown_to_sheet, box))
    assert (back.x0, back.y0, back.x1, back.y1) == pytest.approx((box.x0, box.y0, box.x1, box.y1), abs=1e-6)


@given(frame=FRAMES, parts=st.tuples(PLACES, PLACES, PLACES, PLACES))
def test_a_box_of_the_page_stays_on_it(frame: Frame, parts: tuple[float, float, float, float]) -> None:
    assert holds(grown(frame.flat, 1e-6), box_through(frame.shown_to_flat, boxes_in(frame, parts)))


@pytest.mark.parametrize(
    ("rotation", "shown"),
    [(0, (0, 0)), (90, (100, 0)), (180, (200, 100)), (270, (0, 200))],
)
def test_top_left_of_the_sheet(rotation: int, shown: tuple[float, float]) -> None:
    """The top left corner of a page of 200 x 100 points, turned clockwise."""
    frame = Frame(200, 100, rotation)
    assert apply(frame.flat_to_shown, (0, 0)) == pytest.approx(shown)


def test_a_flat_matrix_has_no_inverse() -> None:
    assert inverse((1, 2, 2, 4, 0, 0)) is None


@given(st.tuples(*[st.floats(-5, 5)] * 6), st.tuples(st.floats(-99, 99), st.floats(-99, 99)))
def test_times_applies_one_after_the_other(
    matrix: tuple[float, float, float, float, float, float], point: tuple[float, float]
) -> None:
    second = (2.0, 0.0, 0.0, 3.0, 1.0, -1.0)
    assert apply(times(matrix, second), point) == pytest.approx(apply(second, apply(matrix, point)))


@given(st.lists(st.tuples(PLACES, PLACES, PLACES, PLACES), max_size=20), st.tuples(PLACES, PLACES, PLACES, PLACES))
def test_an_index_finds_what_a_walk_finds(
    parts: list[tuple[float, float, float, float]], wanted: tuple[float, float, float, float]
) -> None:
    frame = Frame(600, 800)
    boxes = [boxes_in(frame, part) for part in parts]
    box = boxes_in(frame, wanted)
    assert BoxIndex.of(boxes).touches(box) == any(common(box, other) is not None for other in boxes)


def test_a_box_beyond_all_pages_costs_nothing() -> None:
    """Found by fuzzing: a letter of type size 1e9 filled the memory with rows."""
    index = BoxIndex.of([Box(-1e12, -1e12, 1e12, 1e12)])
    assert index.covers((5.0, 5.0))
    assert index.touches(Box(1e11, 1e11, 2e11, 2e11))
