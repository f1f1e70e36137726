"""What several commands need: tools of a run, progress, JSON on stdout."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from redactor.commands.progress import shown
from redactor.model import Lang
from redactor.outcome import Tools
from redactor.policy.loader import bundled, load_pack
from redactor.release import publish
from redactor.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redactor.policy.pack import Pack
    from redactor.release.table import Rows

_PACK = "redactor.pack"  # key of the folder given, in the context of the call

EXISTING = click.Path(path_type=Path)
inputs = click.argument("inputs", metavar="IN...", nargs=-1, required=True, type=EXISTING)
request_option = click.option(
    "--request", "request_file", type=EXISTING, help="Facts of the request (request.yaml of IN when absent)."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Files treated at once."
)
quiet_option = click.option("--quiet", is_flag=True, help="Do not show how far the run is.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print the report on stdout as JSON.")


def _remember(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    ctx.meta[_PACK] = value


pack_option = click.option(
    "--pack", type=EXISTING, expose_value=False, callback=_remember, help="Folder of rules (the bundled one if absent)."
)


def pack() -> Pack:
    """The pack of the call: the folder given by `--pack`, else the bundled one. Raises BadPack."""
    ctx = click.get_current_context(silent=True)
    folder: Path | None = ctx.meta.get(_PACK) if ctx is not None else None
    return bundled() if folder is None else load_pack(folder)


@contextmanager
def tools(*, jobs: int, quiet: bool = False) -> Iterator[Tools]:
    """Pack, children and what shows on stderr how far they are."""
    rules = pack()
    progress = shown(quiet=quiet)
    try:
        with Sandbox(at_once=jobs) as sandbox:
            yield Tools(rules, sandbox, jobs, dt.datetime.now(tz=dt.UTC).astimezone().date(), progress)
    finally:
        progress.close()


def prefixes(tools: Tools) -> Mapping[Lang, str]:
    """The pack's word for a section on a box, by language."""
    return {lang: tools.pack.box_label(lang) for lang in (Lang.FR, Lang.EN)}


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def print_report(rows: Rows, *, pack: str) -> None:
    """The report of a run on stdout, a row at a time."""
    for piece in publish.pieces_of(rows, head=publish.head_of(rows.heads, pack=pack)):
        click.echo(piece, nl=False)


def advice_of(failure: Mapping[str, Any]) -> str:
    """Code and advice of a failure of the report, French first."""
    return f"{failure['code']} – {failure['conseil']} / {failure['advice']}"
