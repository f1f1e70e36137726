"""Reads a decisions file (CONTRACTS: "--decisions") and finds the decisions of one document by its fingerprint."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from redactor import strict_yaml
from redactor.errors import BadDecision
from redactor.model import Box, PageBox, Span
from redactor.review import Decision, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Fingerprint: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class _Row(_Strict):
    outcome: Outcome
    by: str = Field(min_length=1, repr=False)
    at: dt.datetime
    provision: str | None = None
    reason: str = Field(default="", repr=False)
    ground: str | None = None
    proposal: str | None = None
    span: tuple[int, int] | None = None
    page: int | None = Field(default=None, ge=1)
    box: tuple[float, float, float, float] | None = None

    @model_validator(mode="after")
    def _one_place(self) -> _Row:
        places = [self.proposal is not None, self.span is not None, self.box is not None]
        if sum(places) != 1 or (self.page is None) != (self.box is None):
            raise ValueError("one of proposal, span, or page with box")
        if self.proposal is None and self.outcome is Outcome.WITHHOLD and not self.provision:
            raise ValueError("a new mask needs its provision")
        return self

    def decision(self) -> Decision:
        span = Span(*self.span) if self.span is not None else None
        box = PageBox(self.page - 1, Box(*self.box)) if self.box is not None and self.page is not None else None
        return Decision(
            self.outcome, self.provision, self.by, self.at, self.reason, self.ground, self.proposal, span, box
        )


class _Whole(_Strict):
    """What is done of all of a document: withheld, or released in part though its substance goes."""

    outcome: Literal["withhold", "release"]
    by: str = Field(min_length=1, repr=False)
    at: dt.datetime
    provision: str | None = None
    reason: str = Field(min_length=1, repr=False)

    def decision(self) -> Decision:
        outcome = Outcome.WITHHOLD if self.outcome == "withhold" else Outcome.KEEP
        return Decision(outcome, self.provision, self.by, self.at, self.reason)


class _Document(_Strict):
    sha256: Fingerprint
    decisions: tuple[_Row, ...] = ()
    whole: _Whole | None = None

    def all(self) -> tuple[Decision, ...]:
        whole = () if self.whole is None else (self.whole.decision(),)
        return (*(one.decision() for one in self.decisions), *whole)


class _Cleared(_Strict):
    id: str
    reason: str = Field(min_length=1, repr=False)
    by: str = Field(min_length=1, repr=False)
    at: dt.datetime


class _File(_Strict):
    pack: str
    documents: tuple[_Document, ...] = ()
    cleared: tuple[_Cleared, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """What reviewers decided: by fingerprint of the document, and which contradictions they cleared with a reason."""

    by_document: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()
    cleared_why: Mapping[str, str] = field(default_factory=dict, repr=False)  # the reason of each


def read_decisions(path: Path, *, pack: str) -> Decisions:
    """The decisions of a file. Raises BadDecision with the line, or when the pack is another."""
    try:
        data = path.read_bytes()
    except OSError:
        raise BadDecision(problem="not one YAML document in UTF-8") from None
    return decisions_of(data, pack=pack)


def decisions_of(data: bytes, *, pack: str) -> Decisions:
    """The decisions of the bytes of a file. Raises BadDecision with the line, or when the pack is another."""
    try:
        (loaded,) = strict_yaml.load_stream(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError):
        raise BadDecision(problem="not one YAML document in UTF-8") from None
    except strict_yaml.BadYaml as error:
        raise BadDecision(**error.facts) from None
    try:
        parsed = _File.model_validate(loaded.value)
        decisions = {one.sha256: one.all() for one in parsed.documents}
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise BadDecision(line=loaded.line_of(first["loc"]), problem=first["type"]) from None
    except ValueError:
        raise BadDecision(problem="a span or box whose ends are not in order") from None
    if parsed.pack != pack:
        raise BadDecision(problem="made for another pack")
    return Decisions(decisions, frozenset(one.id for one in parsed.cleared),
                     {one.id: one.reason for one in parsed.cleared})  # fmt: skip
