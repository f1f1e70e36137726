"""Random pages, fonts, turns, crops and boxes: nothing under a box is left, in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pymupdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.model import Box, PageBox, Redaction, RedactionKind
from redactor.pdf import candidate, verifier
from redactor.pdf.opening import opened
from redactor.pdf.plan import BurnPlan, Mode
from redactor.pdf.verifier import Claims

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèàçABCDEF0123456789.,-'"), min_size=1, max_size=12)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=8), min_size=1, max_size=12)
FONTS = st.sampled_from(["helv", "tiro", "cour", "hebo", "tiit"])
PARTS = st.lists(st.tuples(*[st.floats(-0.1, 1.1)] * 4), min_size=0, max_size=4)


def page_of(
    lines: Sequence[Sequence[str]], *, font: str, size: float, leading: float, turn: int, crop: bool, embed: bool
) -> bytes:
    with pymupdf.open() as doc:
        page = doc.new_page(width=400, height=500)
        if embed:
            page.insert_font(fontname="E0", fontbuffer=pymupdf.Font(font).buffer)
        for number, line in enumerate(lines):
            page.insert_text(
                (40, 50 + number * size * leading), " ".join(line), fontname="E0" if embed else font, fontsize=size
            )
        if crop:
            page.set_cropbox(pymupdf.Rect(20, 30, 380, 470))
        page.set_rotation(turn)
        return bytes(doc.tobytes())


def masked(data: bytes, parts: Sequence[tuple[float, ...]], kind: RedactionKind) -> tuple[Redaction, ...]:
    with opened(data) as work:
        shown = work.frames[0].shown
    boxes = []
    for x0, y0, x1, y1 in parts:
        (left, right), (top, bottom) = sorted((x0, x1)), sorted((y0, y1))
        box = Box(left * shown.width, top * shown.height, right * shown.width, bottom * shown.height)
        boxes.append(PageBox(0, box))
    return tuple(Redaction((box,), "art. 53", kind) for box in boxes)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    lines=LINES, font=FONTS, size=st.floats(4, 20), leading=st.floats(0.9, 2), turn=st.sampled_from([0, 90, 180, 270]),
    crop=st.booleans(), embed=st.booleans(), parts=PARTS, kind=st.sampled_from(RedactionKind),
    mode=st.sampled_from([Mode.TEXT, Mode.TEXT, Mode.IMAGE]), fixed=st.booleans(),
)  # fmt: skip
def test_nothing_under_a_box_is_left(
    lines: list[list[str]], font: str, size: float, leading: float, turn: int, crop: bool, embed: bool,
    parts: list[tuple[float, ...]], kind: RedactionKind, mode: Mode, fixed: bool,
) -> None:  # fmt: skip
    data = page_of(lines, font=font, size=size, leading=leading, turn=turn, crop=crop, embed=embed)
    redactions = masked(data, parts, kind)
    made = candidate.make(data, plan=BurnPlan(redactions, mode=mode, title="Document", fixed_width=fixed))
    with opened(data) as work:
        shown = work.frames[0].shown
    claims = Claims(redactions, ((shown.width, shown.height),), title="Document")
    assert verifier.prove(made.data, claims=claims).leaks == ()
    assert verifier.audit(made.data) == ()
