"""Who may call what: one line for each route. A route that is not here is refused to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redactor.store.values import UserRole

if TYPE_CHECKING:
    from collections.abc import Mapping

Roles = frozenset[UserRole]

ANYONE: Final[Roles | None] = None  # also those who have not signed in
SIGNED_IN: Final[Roles] = frozenset(UserRole)
READERS: Final[Roles] = frozenset({UserRole.OFFICER, UserRole.LEGAL})
OFFICERS: Final[Roles] = frozenset({UserRole.OFFICER})
LEGAL: Final[Roles] = frozenset({UserRole.LEGAL})
ADMINS: Final[Roles] = frozenset({UserRole.ADMIN})
AUDITORS: Final[Roles] = frozenset({UserRole.AUDITOR, UserRole.ADMIN})

ROUTES: Final[Mapping[str, Roles | None]] = {
    "static": ANYONE,
    "health.healthz": ANYONE,
    "session.sign_in": ANYONE,
    "session.enter": ANYONE,
    "oidc.begin": ANYONE,
    "oidc.back": ANYONE,
    "session.choose_language": ANYONE,
    "session.choose_theme": ANYONE,
    "session.leave": SIGNED_IN,
    "session.help_page": SIGNED_IN,
    "requests.home": SIGNED_IN,
    "requests.listing": READERS,
    "requests.create": OFFICERS,
    "requests.example": OFFICERS,
    "requests.overview": READERS,
    "requests.progress": READERS,
    "requests.settings": OFFICERS,
    "requests.decisions": READERS,
    "requests.take": OFFICERS,
    "requests.file": READERS,
    "documents.listing": READERS,
    "documents.add": OFFICERS,
    "documents.begin": OFFICERS,
    "documents.piece": OFFICERS,
    "documents.end": OFFICERS,
    "documents.remove": OFFICERS,
    "documents.replace": OFFICERS,
    "documents.whole": READERS,
    "outside.mark": READERS,
    "outside.carry": READERS,
    "facts.grid": READERS,
    "facts.save": OFFICERS,
    "facts.answer": OFFICERS,
    "permissions.header": OFFICERS,
    "permissions.add": OFFICERS,
    "permissions.remove": OFFICERS,
    "people.panel": READERS,
    "people.choose": OFFICERS,
    "people.undo": OFFICERS,
    "review.start": READERS,
    "review.page": READERS,
    "review.picture": READERS,
    "review.preview": READERS,
    "review.follow": READERS,
    "decide.one": READERS,
    "decide.same": READERS,
    "decide.comment": READERS,
    "decide.undo": READERS,
    "decide.redo": READERS,
    "marks.add": READERS,
    "marks.page": READERS,
    "marks.all_but": READERS,
    "marks.take_back": READERS,
    "marks.found": READERS,
    "search.form": READERS,
    "approval.state": READERS,
    "approval.queue": LEGAL,
    "approval.submit": OFFICERS,
    "approval.withdraw": OFFICERS,
    "approval.approve": READERS,
    "approval.give_back": LEGAL,
    "approval.clear": READERS,
    "release.gates": READERS,
    "release.produce": OFFICERS,
    "release.make": OFFICERS,
    "release.download": READERS,
    "release.product": READERS,
    "audit.journal": AUDITORS,
    "audit.export": AUDITORS,
    "users.listing": ADMINS,
    "users.add": ADMINS,
    "users.change": ADMINS,
    "settings.form": ADMINS,
    "settings.save": ADMINS,
}


def may(endpoint: str, roles: Roles) -> bool:
    """True when somebody with `roles` may call `endpoint`; nobody may call what the table does not name."""
    if endpoint not in ROUTES:
        return False
    allowed = ROUTES[endpoint]
    return allowed is None or bool(allowed & roles)
