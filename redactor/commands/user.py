"""`redactor user`: those who may sign in to the web service."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  click reads the annotations
from typing import TextIO

import click

from redactor.commands.store import data_option, opened, url_option
from redactor.store import users
from redactor.store.values import UserRole

ROLES = click.Choice([one.value for one in UserRole])


@click.group()
def user() -> None:
    """Personnes qui ouvrent une session. / People who sign in."""


@user.command()
@click.argument("login")
@click.option("--name", default="", help="Name as others see it (the login when absent).")
@click.option("--role", "roles", type=ROLES, multiple=True, required=True, help="May be given several times.")
@click.option("--password-file", type=click.File("r"), help="Reads the password there (- for stdin) and asks nothing.")
@data_option
@url_option
def add(
    login: str, *, name: str, roles: tuple[str, ...], password_file: TextIO | None, data: Path,
    url: str | None,
) -> int:  # fmt: skip
    """Ajoute une personne. / Adds somebody."""
    password = _password(password_file)
    with opened(data, url) as store:
        made = users.add(store, None, login, name=name, password=password, roles=[UserRole(one) for one in roles])
    click.echo(f"{made.login} ({', '.join(sorted(made.roles))})")
    return 0


def _password(file: TextIO | None) -> str:
    if file is not None:
        return file.read().rstrip("\r\n")
    asked: str = click.prompt("Mot de passe / password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


@user.command(name="list")
@data_option
@url_option
def list_(*, data: Path, url: str | None) -> int:
    """Liste les personnes. / Lists them."""
    with opened(data, url) as store:
        for one in users.list_users(store, None):
            state = "" if one.active else " – désactivé / disabled"
            click.echo(f"{one.login} ({', '.join(sorted(one.roles))}){state}")
    return 0


@user.command()
@click.argument("login")
@click.option("--role", "given", type=ROLES, multiple=True, required=True, help="May be given several times.")
@data_option
@url_option
def roles(login: str, *, given: tuple[str, ...], data: Path, url: str | None) -> int:
    """Change les rôles et ferme les sessions. / Changes roles, ends sessions."""
    with opened(data, url) as store:
        made = users.set_roles(store, None, users.by_login(store, login).id, [UserRole(one) for one in given])
    click.echo(f"{made.login} ({', '.join(sorted(made.roles))})")
    return 0


@user.command()
@click.argument("login")
@data_option
@url_option
def disable(login: str, *, data: Path, url: str | None) -> int:
    """Ferme l'accès et les sessions. / Shuts somebody out."""
    with opened(data, url) as store:
        users.disable(store, None, users.by_login(store, login).id)
    click.echo(f"{login} : désactivé / disabled")
    return 0


@user.command()
@click.argument("login")
@click.option("--password-file", type=click.File("r"), help="Reads the password there (- for stdin) and asks nothing.")
@data_option
@url_option
def password(login: str, *, password_file: TextIO | None, data: Path, url: str | None) -> int:
    """Change le mot de passe et ferme les sessions. / Changes the password, ends sessions."""
    words = _password(password_file)
    with opened(data, url) as store:
        users.set_password(store, None, users.by_login(store, login).id, words)
    click.echo(f"{login} : mot de passe changé / password changed")
    return 0
