"""Facts that a document suggests of itself, each with its place: a person accepts them, nothing else uses them."""

from __future__ import annotations

from redactor.suggestions.suggest import Suggestion as Suggestion
from redactor.suggestions.suggest import suggest as suggest
