"""`redactor audit`: the journal of acts, checked and printed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  click reads the annotations

import click

from redactor.commands.store import data_option, opened, url_option
from redactor.store import audit as journal

BROKEN = 4  # exit code, as for a leak
PROBLEMS = {
    "altered": "modifiée / altered",
    "missing": "manquante / missing",
    "reordered": "déplacée / reordered",
    "cut": "coupée / cut off",
    "head": "autre que celle qui fut notée / not the one that was noted",
}


@click.group()
def audit() -> None:
    """Le journal des actes. / The journal of acts."""


@audit.command()
@click.option("--head", help="Head of the journal as a certificate gives it (NUMBER:CODE).")
@data_option
@url_option
def verify(*, head: str | None, data: Path, url: str | None) -> int:
    """Vérifie la chaîne du journal. / Checks the chain; exit code 4 when it is broken."""
    with opened(data, url) as store:
        faults, now = journal.verify(store, head=head), journal.head(store)
    for one in faults:
        click.echo(f"{one.n} : {PROBLEMS[one.problem]}")
    click.echo(f"{'rompu / broken' if faults else 'intact / whole'} – {now}")
    return BROKEN if faults else 0
