"""A proposal before the law: its rule in words, the statute where its wording is confirmed, the day it is judged at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Lang
from redactor.policy.explained import Explained, answer_told, explained
from redactor.policy.texts import text_of
from redactor.store import releases
from web.services import services, store
from web.wording import language

if TYPE_CHECKING:
    from redactor.store.values import Asked, ProposalView, RequestView


@dataclass(frozen=True, slots=True)
class Statute:
    """A wording that may be shown: confirmed by the pack, or pasted by somebody (`by`), which is not verified."""

    lang: str
    text: str
    source: str
    read: dt.date
    by: str | None


@dataclass(frozen=True, slots=True)
class Law:
    """What stands behind one passage. `statute` is None while nobody confirmed its wording."""

    told: Explained
    statute: Statute | None
    day: dt.date


def effects_of(asked: Asked, request: RequestView) -> tuple[tuple[str, str], ...]:
    """What each answer to a question would do, in words."""
    rules = services().pack.at(_day(request))
    return tuple(answer_told(answer, outcome, rules=rules, lang=language()) for answer, outcome in asked.effects)


def _day(request: RequestView) -> dt.date:
    """The day of the request; today while it is unknown."""
    return request.received or dt.datetime.now(tz=dt.UTC).date()


def law_of(proposal: ProposalView, request: RequestView) -> Law:
    """The rule as it stood on the day of the request; on today's while that day is unknown."""
    day = _day(request)
    told = explained(proposal.trace, rules=services().pack.at(day), lang=language())
    return Law(told, statute_of(proposal.provision, day=day), day)


def statute_of(section: str, *, day: dt.date) -> Statute | None:
    """The wording of a section as it answers for `day`: in the reader's language, else in the other one."""
    first, second = (Lang.EN, Lang.FR) if language() is Lang.EN else (Lang.FR, Lang.EN)
    kept = releases.pasted_of(store())
    for lang in (first, second):
        found = text_of(services().pack, section, day=day, lang=lang, pasted=kept)
        if found is not None:
            return Statute(lang.value, found.text, found.source, found.read, found.by)
    return None
