"""What the tests of the whitelist share: an empty file to build in, and why something was left to the picture route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest

from redactor.pdf import candidate
from redactor.pdf.plan import BurnPlan, OutsideSchema, Reason, RouteKind
from tests.pdf.kit import document

N, A, D = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary
Make = Callable[[pikepdf.Pdf], Any]


def reason_of(call: Callable[[], Any]) -> Reason:
    """Why `call` is outside the schema."""
    with pytest.raises(OutsideSchema) as stopped:
        call()
    return stopped.value.reason


def routed(mutate: Any) -> tuple[RouteKind, Reason]:
    """The route of a page that `mutate` changed."""
    (route,) = candidate.make(document(mutate=mutate), plan=BurnPlan((), title="Document")).routes
    return route.kind, route.reason
