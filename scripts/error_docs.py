"""Prints docs/errors.md from the error classes; `make docs` writes it, and a test compares."""

from __future__ import annotations

import importlib
import pkgutil

import redactor
from redactor.errors import InputError, ProcessingError, RedactorError, UsageError

FAMILIES = {InputError, ProcessingError, UsageError}  # never raised themselves

HEAD = """# Errors

Every error has a code, facts (ids and numbers, never words of a document) and one sentence of advice. In the report it
stands under `failure`; on the command line it is printed on stderr. Exit codes: 2 the call or a configuration file is
wrong, 3 a document is left to a person, 5 a pack is refused, 130 interrupted, 1 anything else.

| code | que faire | what to do | exit |
|---|---|---|---|
"""


def document() -> str:
    """The whole page."""
    for module in pkgutil.walk_packages(redactor.__path__, "redactor."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:  # Alembic runs those itself
            importlib.import_module(module.name)
    rows = sorted({(one.code, one.conseil, one.advice, one.exit_code) for one in below(RedactorError) - FAMILIES})
    return HEAD + "".join(f"| `{code}` | {fr} | {en} | {exit_code} |\n" for code, fr, en, exit_code in rows)


def below(kind: type[RedactorError]) -> set[type[RedactorError]]:
    """Every class that derives from `kind`."""
    direct = set(kind.__subclasses__())
    return direct | {one for child in direct for one in below(child)}


if __name__ == "__main__":
    print(document(), end="")
