"""Four turns: boxes and levels of text, whichever way it stands on the sheet."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.model import Box
from redactor.pdf.geometry import Frame
from redactor.pdf.layout.turning import OBLIQUE, level_of, size_of, turn_of, turn_shown, turned

FRAME = Frame(600.0, 800.0)
numbers = st.integers(0, 500).map(float)


@pytest.mark.parametrize(
    ("direction", "turn"),
    [
        ((1, 0), 0),
        ((0, 1), 1),
        ((-1, 0), 2),
        ((0, -1), 3),
        ((0.7, 0.7), OBLIQUE),
        ((0.9995, -0.03), 0),
        ((0.0, 0.0), 0),
    ],
)
def test_the_direction_of_a_line_tells_its_turn(direction: tuple[float, float], turn: int) -> None:
    assert turn_of(direction) == turn


@pytest.mark.parametrize(("rotation", "turn"), [(0, 0), (90, 3), (180, 2), (270, 1)])
def test_text_upright_as_shown_has_the_turn_of_the_page(rotation: int, turn: int) -> None:
    assert turn_shown(Frame(600.0, 800.0, rotation)) == turn


@given(numbers, numbers, st.integers(1, 90), st.integers(1, 90), st.sampled_from((0, 1, 2, 3)))
def test_a_turned_box_keeps_its_area_and_lies_on_the_page(
    x: float, y: float, width: int, height: int, turn: int
) -> None:
    box = Box(*turned(array("f", [x, y, x + width, y + height]), turn, FRAME))
    across, down = size_of(FRAME, turn)
    assert box.width * box.height == pytest.approx(width * height)
    assert 0 <= box.x0 <= box.x1 <= across
    assert 0 <= box.y0 <= box.y1 <= down


@given(numbers, numbers, st.sampled_from((0, 1, 2, 3)))
def test_a_point_lies_as_deep_as_the_box_around_it(x: float, y: float, turn: int) -> None:
    box = Box(*turned(array("f", [x, y, x, y]), turn, FRAME))
    assert level_of((x, y), turn, FRAME) == pytest.approx(box.y0)


@given(numbers, numbers, st.sampled_from((0, 90, 180, 270)))
def test_boxes_as_shown_agree_with_the_geometry_of_the_page(x: float, y: float, rotation: int) -> None:
    frame = Frame(600.0, 800.0, rotation)
    a, b, c, d, e, f = frame.shown_to_flat
    box = Box(*turned(array("f", [x, y, x, y]), turn_shown(frame), frame))
    assert (a * box.x0 + c * box.y0 + e, b * box.x0 + d * box.y0 + f) == pytest.approx((x, y))
