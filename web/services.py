"""What the views work with: store, sandbox, pack, runner. Made once by the command, handed to the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app
from flask_login import current_user  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from pathlib import Path

    from redactor.policy.pack import Pack
    from redactor.sandbox import Sandbox
    from redactor.store.database import Store
    from redactor.store.values import Actor, User

KEY: Final = "redactor"
PROVIDER: Final = "redactor.oidc"  # extension of the application: the identity provider, None without one


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of one running service. `example` is the folder of the example request, when it was found."""

    store: Store
    sandbox: Sandbox
    pack: Pack
    example: Path | None = None


def services() -> Services:
    """Those of the running application."""
    found: Services = current_app.extensions[KEY]
    return found


def store() -> Store:
    """The store of the running application."""
    return services().store


def user() -> User:
    """Who is signed in. Only for views that the table of routes gives to somebody."""
    signed: User = current_user.user
    return signed


def actor() -> Actor:
    """Who acts."""
    return user().actor
