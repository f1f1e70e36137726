"""Draws a written page with pypdfium2: each masked area must be black but for the letters of its label."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from redactor.pdf.geometry import box_through, grown
from redactor.pdf.verifier.claims import Channel, Leak

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from redactor.model import Box
    from redactor.pdf.verifier.words import Checked

SCALE = 1.5  # pixels a point (108 dpi)
DARK = 64  # level of 255 under which a pixel counts as black
LETTER_PT = 1.0  # points around the box of a letter of a label: its edge is grey
DARK_PART = 0.2  # of a masked area that must be black whatever its label


def drawn(page: Any) -> NDArray[np.int16]:
    """The page as shown, in grey, at `SCALE`."""
    bitmap = page.render(scale=SCALE, grayscale=True, may_draw_forms=False)
    return np.asarray(bitmap.to_numpy(), dtype=np.int16).reshape(bitmap.height, bitmap.width)


def leaks_of_page(page: Any, checked: Checked, *, letters: Sequence[Box]) -> Iterator[Leak]:
    """A leak when a masked area is not black. `letters` are the boxes of our own labels, in sheet space."""
    light = drawn(page) >= DARK
    excused = light.copy()
    for letter in letters:
        excused[_cells(grown(box_through(checked.frame.sheet_to_shown, letter), LETTER_PT), inset=0)] = False
    for box, _ in checked.masks:
        cells = _cells(box_through(checked.frame.sheet_to_shown, box), inset=1)
        here = light[cells]
        if here.size and (excused[cells].any() or here.mean() > 1 - DARK_PART):
            yield Leak(Channel.PIXELS, checked.page)
            return


def _cells(box: Box, *, inset: int) -> tuple[slice, slice]:
    """Pixels of a box as shown, `inset` of them left out at each edge: an edge pixel is partly paper."""
    rows = slice(max(math.floor(box.y0 * SCALE) + inset, 0), max(math.ceil(box.y1 * SCALE) - inset, 0))
    columns = slice(max(math.floor(box.x0 * SCALE) + inset, 0), max(math.ceil(box.x1 * SCALE) - inset, 0))
    return rows, columns
