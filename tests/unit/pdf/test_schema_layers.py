"""Layers: which are shown, and what goes with those that are not."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from redactor.pdf.scrub import (
    layers,
)
from tests.pdf.kit import (
    add,
    append,
    document,
)
from tests.unit.pdf.schema_kit import A, D, N

OFF = frozenset({(1, 0)})


@pytest.fixture
def two() -> Iterator[tuple[Any, Any]]:
    """A layer that is off and one that is on."""
    with pikepdf.new() as made:
        first = made.make_indirect(D(Type=N.OCG))
        second = made.make_indirect(D(Type=N.OCG))
        yield first, second


@pytest.mark.parametrize(
    ("policy", "shown"),
    [("/AllOn", False), ("/AnyOn", True), ("/AnyOff", True), ("/AllOff", False), ("/Quidonc", False)],
)
def test_sets_of_layers(two: tuple[Any, Any], policy: str, shown: bool) -> None:
    off, on = two
    member = D(Type=N.OCMD, OCGs=A([off, on]), P=N(policy))
    assert layers.is_shown(member, off=frozenset({off.objgen})) is shown


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda off, on: A([N.And, on, off]), False), (lambda off, on: A([N.Or, on, off]), True),
        (lambda off, on: A([N.Not, off]), True), (lambda off, on: A([N.Not, on]), False),
        (lambda off, on: A([N.Quidonc, on]), False), (lambda off, on: A([]), False), (lambda off, on: 3, False),
        (lambda off, on: on, True),
    ],
)  # fmt: skip
def test_conditions_of_layers(two: tuple[Any, Any], make: Any, shown: bool) -> None:
    off, on = two
    member = D(Type=N.OCMD, VE=make(off, on))
    assert layers.is_shown(member, off=frozenset({off.objgen})) is shown


def test_conditions_without_end_are_not_shown(two: tuple[Any, Any]) -> None:
    inner: Any = two[1]
    for _ in range(12):
        inner = A([N.And, inner])
    assert not layers.is_shown(D(Type=N.OCMD, VE=inner), off=OFF)


def test_what_is_no_layer_is_not_shown(two: tuple[Any, Any]) -> None:
    assert not layers.is_shown(None, off=OFF)
    assert layers.is_shown(D(Type=N.OCMD), off=OFF)
    assert layers.is_shown(D(Type=N.OCMD, OCGs=two[1]), off=frozenset({two[0].objgen}))
    assert layers.may_be_off(two[1], doubtful=None)


def with_layers(default: Callable[[Any, Any], Any]) -> tuple[pikepdf.Pdf, Any]:
    made = pikepdf.new()
    first, second = made.make_indirect(D(Type=N.OCG)), made.make_indirect(D(Type=N.OCG))
    made.Root.OCProperties = D(OCGs=A([first, second]), D=default(first, second))
    return made, first


def test_all_layers_off_but_some() -> None:
    made, first = with_layers(lambda a, b: D(BaseState=N.OFF, ON=A([b])))
    assert layers.layers_off(made) == {first.objgen}
    made, first = with_layers(lambda a, b: D(AS=A([D()])))
    assert layers.doubtful_layers(made) is None
    made, first = with_layers(lambda a, b: 3)
    assert layers.doubtful_layers(made) is None


def test_ink_of_a_layer_that_is_off_goes_and_the_rest_stays() -> None:
    body = (
        b"/OC /L0 BDC 10 10 20 20 re f BT /F1 9 Tf 12 TL 72 500 Td (a) Tj (b) ' 0 0 (c) \" ET /X0 Do EMC\n"
        b"/X0 Do BT /F1 9 Tf 72 300 Td (reste) Tj ET\n"
    )

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        group = pdf.make_indirect(D(Type=N.OCG, Name=pikepdf.String("x")))
        pdf.Root.OCProperties = D(OCGs=A([group]), D=D(OFF=A([group])))
        form = pdf.make_stream(b"0 0 5 5 re f", Type=N.XObject, Subtype=N.Form, BBox=A([0, 0, 9, 9]), OC=group)
        add(page, "Properties", "L0", group)
        add(page, "XObject", "X0", form)
        append(pdf, page, body)

    shown = layers.without_hidden(document(mutate=mutate, secret=False))
    with pikepdf.open(io.BytesIO(shown)) as pdf:
        ops = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
    assert "Do" not in ops
    assert ops.count("f") == 0
    assert ops.count("n") == 1
    assert ops.count("T*") == 2


def test_a_stream_that_cannot_be_read_is_left_to_others() -> None:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        group = pdf.make_indirect(D(Type=N.OCG))
        pdf.Root.OCProperties = D(OCGs=A([group]), D=D(OFF=A([group])))
        form = pdf.make_stream(b"junk", Type=N.XObject, Subtype=N.Form, BBox=A([0, 0, 9, 9]))
        form.write(b"junk", filter=N.FlateDecode)
        add(page, "XObject", "X0", form)

    assert layers.without_hidden(document(mutate=mutate)).startswith(b"%PDF-")
    assert layers.without_hidden(b"no file") == b"no file"
