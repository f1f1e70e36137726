"""What several commands need: tools of a run, progress, JSON on stdout."""

from __future__ import annotations

import datetime as dt
import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from tqdm import tqdm

from redactor.analysis import Tools
from redactor.model import Lang
from redactor.policy.loader import bundled, load_pack
from redactor.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redactor.policy.pack import Pack

_PACK = "redactor.pack"  # key of the folder given, in the context of the call

EXISTING = click.Path(path_type=Path)
inputs = click.argument("inputs", metavar="IN...", nargs=-1, required=True, type=EXISTING)
request_option = click.option(
    "--request", "request_file", type=EXISTING, help="Facts of the request (request.yaml of IN when absent)."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Files treated at once."
)
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
def tools(*, jobs: int, label: str) -> Iterator[Tools]:
    """Pack, children and a progress bar on stderr (none where stderr is no terminal)."""
    rules = pack()
    with tqdm(desc=label, unit=" p", file=sys.stderr, disable=None) as bar, Sandbox() as sandbox:
        yield Tools(
            rules, sandbox, jobs, dt.datetime.now(tz=dt.UTC).astimezone().date(), lambda pages: _count(bar, pages)
        )


def prefixes(tools: Tools) -> Mapping[Lang, str]:
    """The pack's word for a section on a box, by language."""
    return {lang: tools.pack.box_label(lang) for lang in (Lang.FR, Lang.EN)}


def _count(bar: Any, pages: int) -> None:
    bar.update(pages)


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def advice_of(failure: Mapping[str, Any]) -> str:
    """Code and advice of a failure of the report, French first."""
    return f"{failure['code']} – {failure['conseil']} / {failure['advice']}"
