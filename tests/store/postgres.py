"""A PostgreSQL of its own for the tests, in a temporary folder; never run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

USER = "postgres"


def programs() -> Path | None:
    """Folder of the newest PostgreSQL installed here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def why_not() -> str:
    """Why no PostgreSQL can be started here; empty when it can."""
    if programs() is None:
        return "PostgreSQL is not installed (apt-get install postgresql)"
    if os.geteuid() == 0 and shutil.which("su") is None:
        return "root cannot start PostgreSQL, and there is no su"
    return ""


def _run(command: list[str]) -> None:
    line = ["su", USER, "-s", "/bin/sh", "-c", " ".join(command)] if os.geteuid() == 0 else command
    subprocess.run(line, check=True, capture_output=True, cwd="/")


@contextmanager
def cluster() -> Iterator[str]:
    """Address of a running server, without the database name; its folder goes at the end."""
    found = programs()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="redactor-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
    data = folder / "data"
    _run([str(found / "initdb"), "-D", str(data), "-A", "trust", "-U", "redactor", "-E", "UTF8", "--no-sync"])
    settings = f"'-k {folder} -c listen_addresses= -c fsync=off'"
    if os.geteuid() != 0:
        settings = settings.strip("'")
    _run([str(found / "pg_ctl"), "-D", str(data), "-w", "-o", settings, "-l", str(folder / "log"), "start"])
    try:
        yield f"postgresql://redactor@/{{}}?host={folder}"
    finally:
        _run([str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """Address of a new empty database."""
    import psycopg  # noqa: PLC0415  an extra

    name = f"t{uuid4().hex}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
    return server.format(name)
