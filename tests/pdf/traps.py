"""All traps: one PDF each, built in code, with one way in which a redacted file may still tell its secret."""

from __future__ import annotations

import functools

from tests.pdf import trap_fonts, trap_graphics, trap_hidden, trap_images, trap_objects, trap_text
from tests.pdf.kit import Trap

GROUPS = (trap_text, trap_hidden, trap_images, trap_fonts, trap_graphics, trap_objects)


@functools.lru_cache(maxsize=1)
def all_traps() -> dict[str, Trap]:
    """Every trap by its name."""
    found: dict[str, Trap] = {}
    for group in GROUPS:
        for trap in group.traps():
            if trap.name in found:
                raise ValueError(f"two traps are named {trap.name}")
            found[trap.name] = trap
    return found
