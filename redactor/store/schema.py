"""Brings a database to the form that this version of the program uses. Processes that open it at once take turns."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

_FOLDER = Path(__file__).parent / "migrations"
HEAD = "0003"  # the last change of form
_LOCK = 0x5EDAC709  # of PostgreSQL's advisory locks: one process changes the form at a time


def upgrade(engine: Engine) -> None:
    """Runs the changes of form that the database has not seen."""
    if form_of(engine) == HEAD:
        return
    with _alone(engine) as connection:
        command.upgrade(config_of(connection), "head")


def form_of(engine: Engine) -> str | None:
    """The form that the database has; None for an empty one."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        found: str | None = connection.scalar(text("select version_num from alembic_version"))
        return found


def config_of(connection: Connection) -> Config:
    """Alembic's settings for one connection."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which no other process changes the form: all of a change, or nothing."""
    with engine.execution_options(write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection
