"""`redactor store`: the folder with requests, users and journal."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redactor.data_folder import data_folder
from redactor.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.policy.pack import Pack

data_option = click.option(
    "--data", type=click.Path(path_type=Path), default=data_folder, show_default="XDG data folder, redactor/",
    help="Folder of the store.",
)  # fmt: skip
url_option = click.option("--database-url", "url", help="PostgreSQL database instead of the file in the folder.")


@contextmanager
def opened(data: Path, url: str | None, *, pack: Pack | None = None) -> Iterator[Store]:
    """The store of a command; `pack` are its rules, the bundled ones where none are given."""
    with Store.open(data, url=url, pack=pack) as store:
        yield store


@click.group()
def store() -> None:
    """Le dépôt des demandes. / Where requests are kept."""


@store.command()
@data_option
@url_option
def upgrade(*, data: Path, url: str | None) -> int:
    """Met le dépôt à la forme de cette version. / Brings it to the form of this version."""
    with opened(data, url) as opened_store:
        click.echo(f"{opened_store.data} : à jour / up to date")
    return 0
