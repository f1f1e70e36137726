"""Fixtures of the PDF modules' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
import pytest


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    """An empty file to build objects in."""
    with pikepdf.new() as made:
        yield made
