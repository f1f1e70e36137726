"""How many names fit the gap that a mask leaves: exact, and rounded up to the step of the product.

    python -m benchmarks.widths [SEED]

5,000 names are drawn from the recognisers' own lists and set in 11-point Helvetica. A name "fits" a gap when its width
differs by less than a hundredth of a point, or gives the same multiple of the step.
"""

from __future__ import annotations

import collections
import math
import random
import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pymupdf

from redactor.pdf.gaps import STEP_PT

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES, SIZE = 5_000, 11.0
LISTS = Path(__file__).parents[1] / "redactor" / "recognisers" / "data"


def words(name: str) -> list[str]:
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0].strip().title() for line in lines if line.strip() and not line.startswith("#")]


def main(seed: int) -> None:
    source, font = random.Random(seed), pymupdf.Font("helv")
    given, family = words("given_names.txt"), words("surnames.txt")
    names = {f"{source.choice(given)} {source.choice(family)}" for _ in range(NAMES * 2)}
    widths = [font.text_length(name, SIZE) for name in sorted(names)[:NAMES]]
    keys: dict[str, Callable[[float], float]] = {
        "exact": lambda width: round(width, 2),
        "step": lambda width: math.ceil(width / STEP_PT),
    }
    for title, key in keys.items():
        counts = collections.Counter(key(width) for width in widths)
        sets = [counts[key(width)] for width in widths]
        alone = sum(1 for size in sets if size == 1)
        print(f"{title}: median {statistics.median(sets):.0f}, least {min(sets)}, names alone {alone} of {len(widths)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
