"""`redactor policies`: checks the rule files, and explains what they say of a document."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path  # noqa: TC003  click reads the annotations

import click

from redactor.analysis import find_alone
from redactor.commands import shared
from redactor.policy.checker import check_pack

REFUSED = 5
BUNDLED = "qc-a2.1"


@click.group()
def policies() -> None:
    """Les règles tirées de la loi : vérifier, expliquer / the rules drawn from the law: check, explain."""


@policies.command()
@click.argument("pack", type=shared.EXISTING, required=False)
def check(pack: Path | None) -> int:
    """Vérifie un dossier de règles et exécute ses exemples.

    Checks the rule files of PACK (the bundled pack when absent) and runs their examples. Exit code: 0 accepted, 5
    refused; each fault names file, line and key.
    """
    today = dt.datetime.now(tz=dt.UTC).date()
    report = check_pack(pack or files("policies") / BUNDLED, find=find_alone, today=today)
    for line in report.lines():
        click.echo(line)
    return 0 if report.accepted else REFUSED
