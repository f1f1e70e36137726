"""`redactor verify`: judges PDF files, whoever made them, and says on which page and by which channel they leak."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  click reads the annotations
from typing import Any

import click

from redactor.commands import shared
from redactor.errors import RedactorError
from redactor.intake.load import load
from redactor.pdf import verifier
from redactor.release.rows import failure_json
from redactor.sandbox import Sandbox

LEAK = 4
INCOMPLETE = 3


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=shared.EXISTING)
@shared.json_option
def verify(files: tuple[Path, ...], *, as_json: bool) -> int:
    """Cherche dans un PDF ce qu'un caviardage mal fait y laisse.

    Looks in PDF files for what a bad redaction leaves: text under boxes, hidden layers, invisible text, annotations,
    uncropped content, metadata. Exit code: 0 clean, 3 a file could not be judged, 4 a leak was found.
    """
    with Sandbox() as sandbox:
        judged = [_judge(path, sandbox) for path in files]
    if as_json:
        shared.print_json({"schema": 1, "files": judged})
    else:
        for one in judged:
            _tell(one)
    if any(one["leaks"] for one in judged):
        return LEAK
    return INCOMPLETE if any(one["failure"] for one in judged) else 0


def _judge(path: Path, sandbox: Sandbox) -> dict[str, Any]:
    row: dict[str, Any] = {"file": path.name, "leaks": [], "failure": None}
    try:
        found = sandbox.call(verifier.audit, load(path))
    except RedactorError as error:
        return row | {"failure": failure_json(error)}
    return row | {
        "leaks": [{"page": None if one.page is None else one.page + 1, "channel": one.channel} for one in found]
    }


def _tell(one: dict[str, Any]) -> None:
    if one["failure"] is not None:
        click.echo(f"{one['file']} : non jugé / not judged: {shared.advice_of(one['failure'])}")
    elif not one["leaks"]:
        click.echo(f"{one['file']} : rien trouvé / clean")
    for leak in one["leaks"]:
        where = "fichier / file" if leak["page"] is None else f"page {leak['page']}"
        click.echo(f"{one['file']} : {where} : {leak['channel']}")
