"""The grounds that an officer may choose for a document: every rule of the pack that withholds on its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Effect, Unknown
from redactor.review import section_order
from redactor.store.acts import document_of, seen_of
from redactor.store.guard import reader
from redactor.store.requests import stated

if TYPE_CHECKING:
    from redactor.policy.pack import InForce
    from redactor.store.database import Store
    from redactor.store.values import Actor

_HIDING = frozenset({Effect.WITHHOLD, Effect.OUTSIDE, Effect.ESCALATE})


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground. `when_fr` and `when_en` say when an officer chooses one that no finder opens."""

    rule: str
    provision: str
    label_fr: str
    label_en: str
    power: str | None
    is_manual: bool
    when_fr: str = ""
    when_en: str = ""


def choices(store: Store, actor: Actor, document: str) -> tuple[Ground, ...]:
    """Grounds in force on the day of the request, in the order of their sections. Raises Forbidden, NotFound."""
    reader(actor)
    with store.reading() as session:
        row = document_of(session, document)
        day = stated(seen_of(session, row.request), [row]).documents[row.id].request_date
    rules = store.pack.at(dt.datetime.now(tz=dt.UTC).astimezone().date() if isinstance(day, Unknown) else day)
    found = [_ground(one) for one in rules.rules if one.rule.effect in _HIDING]
    return tuple(sorted(found, key=lambda one: (section_order(one.provision), one.rule)))


def _ground(one: InForce) -> Ground:
    manual, title = one.rule.manual, one.rule.title
    return Ground(
        one.id, one.section, title.fr, title.en, one.rule.power.value if one.rule.power is not None else None,
        manual is not None, manual.fr if manual is not None else "", manual.en if manual is not None else "",
    )  # fmt: skip
