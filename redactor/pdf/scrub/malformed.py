"""What pikepdf and Python raise on objects of the wrong type, deep inside a walk: each means "outside the schema"."""

from __future__ import annotations

import logging

import pikepdf
from PIL import UnidentifiedImageError

logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # it quotes what it reads

MALFORMED = (
    pikepdf.PikepdfError, UnidentifiedImageError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    ArithmeticError, OSError, RuntimeError,
)  # fmt: skip
