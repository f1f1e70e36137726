"""`redactor analyse`: what the law says of each document, proposal by proposal. Nothing is written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redactor.commands import shared
from redactor.intake.files import gather
from redactor.pipeline import analysed_rows
from redactor.release.rows import DocumentState
from redactor.release.table import Rows, table_of
from redactor.release.workspace import OLD, workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

INCOMPLETE = 3


@click.command()
@shared.inputs
@shared.request_option
@shared.pack_option
@shared.jobs_option
@shared.json_option
def analyse(inputs: tuple[Path, ...], *, request_file: Path | None, jobs: int, as_json: bool) -> int:
    """Dit ce que la loi permet de chaque document, passage par passage, sans rien écrire.

    Says what the law makes of each document, passage by passage, and writes nothing. No text of a document is
    printed. Exit code: 0 all analysed, 2 usage, 3 something is left to a person.
    """
    batches = gather(inputs, request_file=request_file)
    with shared.tools(jobs=jobs) as tools, workspace(Path(tempfile.gettempdir())) as work:
        table = table_of(work.folder / OLD, (row for batch in batches for row in analysed_rows(batch, tools, work)))
        rows = Rows((table, at) for at in range(len(table)))
        if as_json:
            shared.print_report(rows, pack=tools.pack.id)
        else:
            for row in rows:
                _tell(row)
        is_complete = all(DocumentState(row["state"]).is_complete for row in rows.heads)
    return 0 if is_complete else INCOMPLETE


def _tell(row: Mapping[str, Any]) -> None:
    click.echo(f"{row['file']} : {shared.advice_of(row['failure']) if row['failure'] else row['verdict']}")
    for one in row["proposals"]:
        if one["state"] != "kept":
            click.echo(
                f"  p. {one['page'] or '-':<4} art. {one['provision']:<5} {one['state']:<7} {one['strength']:<7} "
                f"{one['label']:<18} {one['rule']}"
            )
    for fact in row["facts_missing"]:
        click.echo(f"  fait à préciser / fact to state : {fact}")
