"""What an example or a case states: the facts of a request file, and who the people in its marks are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.errors import BadPack
from redactor.model import UNKNOWN, Facts, Permission, Role
from redactor.policy.conditions import VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATES = ("date", "decision_date", "final_decision_public", "request_date")
_CLOSED = ("kind", "lang", "author", "body_kind", "mandated", "decision", "final")
_FREE = {"published": False, "supplied_by": None, "in_scope": True, "requester": "other"}
_PEOPLE = ("roles", "guessed", "people", "consents", "waivers", "confirmed")
KEYS = frozenset({*_DATES, *_CLOSED, *_FREE, *_PEOPLE, "body"})


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts, roles by the key of a mark (`of=a`), roles only guessed, permissions, and whether 41.1 is confirmed."""

    facts: Facts
    roles: Mapping[str, str]
    guessed: frozenset[str] = frozenset()
    people: tuple[tuple[str, Role], ...] = field(default=(), repr=False)  # declared by name, for the real finders
    consents: tuple[Permission, ...] = ()
    waivers: tuple[Permission, ...] = ()
    confirmed: bool = False


def stated(values: Mapping[str, Any]) -> Stated:
    """What `values` state; a missing fact is unknown. Raises BadPack with the key that is unknown or badly valued."""
    for key in values:
        if key not in KEYS:
            raise BadPack(key=key, problem="unknown key")
    roles = _mapping(values, "roles")
    for role in roles.values():
        if role not in VOCABULARY["person.role"]:  # type: ignore[operator]  # a closed fact, never None
            raise BadPack(key="roles", problem="not a role")
    return Stated(
        _facts(values),
        roles,
        frozenset(values.get("guessed") or ()),
        tuple((one["name"], Role(one["role"])) for one in values.get("people") or ()),
        _permissions(values, "consents"),
        _permissions(values, "waivers"),
        values.get("confirmed") is True,
    )


def _facts(values: Mapping[str, Any]) -> Facts:
    known: dict[str, Any] = {}
    for key in (*_DATES, *_CLOSED):
        value = values.get(key)
        known[key] = UNKNOWN if value is None or value == "unknown" else _checked(key, value)
    free = {key: values.get(key, absent) for key, absent in _FREE.items()}
    return Facts(**known, **free)


def _checked(key: str, value: object) -> object:
    allowed = VOCABULARY[f"document.{key}"] if key != "request_date" else None
    right = type(value) is dt.date if allowed is None else value in allowed
    if not right:
        raise BadPack(key=key, problem="not a value of this fact")
    return value


def _mapping(values: Mapping[str, Any], key: str) -> dict[str, str]:
    found = values.get(key) or {}
    if not isinstance(found, dict):
        raise BadPack(key=key, problem="a mapping is wanted")
    return found


def _permissions(values: Mapping[str, Any], key: str) -> tuple[Permission, ...]:
    found = []
    for one in values.get(key) or ():
        party = one.get("person") or one.get("office")
        if not party or not isinstance(one.get("provision"), str):
            raise BadPack(key=key, problem="a permission needs a person or an office, and a provision in quotes")
        found.append(Permission(party, one["provision"], one.get("date"), one.get("by", "")))
    return tuple(found)
