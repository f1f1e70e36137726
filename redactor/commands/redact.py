"""`redactor redact`: request folders in, proved masked files out."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  click reads the annotations
from typing import TYPE_CHECKING, Any

import click

from redactor.commands import shared
from redactor.decisions import Decisions, read_decisions
from redactor.errors import UsageError
from redactor.intake.files import gather
from redactor.intake.load import load
from redactor.pdf.plan import Mode
from redactor.pdf.targets import read_targets
from redactor.pipeline import Options, Place, run
from redactor.production import Style
from redactor.release.folder import INTERNAL, OutFolder
from redactor.release.index import STATES
from redactor.release.workspace import lasting_workspace
from redactor.review import Decider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redactor.pipeline import Run

INCOMPLETE = 3


class DeciderNeeded(UsageError):
    """Something that decides was asked for without a named person and a reason."""

    code = "usage.decider_needed"
    advice = "Give both --decided-by NAME and --reason TEXT."
    conseil = "Donnez à la fois --decided-by NOM et --reason MOTIF."


class TargetsNeedOneFile(UsageError):
    """`--targets` names places in one file."""

    code = "usage.targets_need_one_file"
    advice = "Give one PDF and one list of targets."
    conseil = "Donnez un seul PDF et une seule liste."


@click.command()
@shared.inputs
@click.option("--out", required=True, type=shared.EXISTING, help="Folder for released/ (or drafts/) and internal/.")
@shared.request_option
@shared.pack_option
@click.option("--decided-by", metavar="NAME", help="Person who decides; without it, stamped drafts are made.")
@click.option("--reason", metavar="TEXT", help="That person's reason, recorded with every discretionary mask.")
@click.option("--decisions", "decisions_file", type=shared.EXISTING, help="Decisions of reviewers (YAML).")
@click.option("--targets", "targets_file", type=shared.EXISTING, help="Mask exactly these, nothing else (JSON).")
@click.option("--mode", type=click.Choice([one.value for one in Mode]), default=Mode.TEXT.value, show_default=True)
@click.option("--fixed-width", is_flag=True, help="Mask whole lines, so that no width tells a name.")
@click.option("--workspace", type=shared.EXISTING, help="Folder for work in progress (OUT/internal when absent).")
@shared.jobs_option
@shared.quiet_option
@shared.json_option
def redact(
    inputs: tuple[Path, ...], *, out: Path, request_file: Path | None, decided_by: str | None, reason: str | None,
    decisions_file: Path | None, targets_file: Path | None, mode: str, fixed_width: bool, workspace: Path | None,
    jobs: int, quiet: bool, as_json: bool,
) -> int:  # fmt: skip
    """Caviarde les documents de IN et prouve chaque fichier remis.

    Masks what the law withholds in IN (files, folders of a request) and proves every file. Without --decided-by it
    makes drafts. After an interruption the same command goes on where it was. Exit code: 0 all done, 2 usage,
    3 something is left to a person, 130 interrupted.
    """
    decider = _decider(decided_by, reason)
    batches = gather(inputs, request_file=request_file, excluded=out)
    if targets_file is not None and (decider is None or sum(len(one.inputs) for one in batches) != 1):
        raise DeciderNeeded if decider is None else TargetsNeedOneFile
    targets = read_targets(load(targets_file)) if targets_file is not None else None
    with shared.tools(jobs=jobs, quiet=quiet) as tools:
        style = Style(shared.prefixes(tools), Mode(mode), fixed_width, draft=decider is None)
        decisions = read_decisions(decisions_file, pack=tools.pack.id) if decisions_file is not None else Decisions()
        folder = OutFolder(out.absolute())
        with lasting_workspace(workspace or folder.path(INTERNAL)) as work, folder.held():
            done = run(batches, Options(style, decider, decisions, targets), tools, Place(folder, work))
            shared.print_report(done.rows, pack=tools.pack.id) if as_json else _tell(done, out)
    return 0 if done.is_complete else INCOMPLETE


def _decider(name: str | None, reason: str | None) -> Decider | None:
    if (name is None) != (reason is None) or (name is not None and not (name.strip() and (reason or "").strip())):
        raise DeciderNeeded
    return Decider(name.strip(), reason.strip()) if name is not None and reason is not None else None


def _tell(done: Run, out: Path) -> None:
    """A line a document: what became of it, what is masked and why, what is left to look at."""
    for row in done.rows:
        click.echo(_line(row))
    if done.unchanged:
        click.echo(f"{done.unchanged} inchangé(s), non refait(s) / unchanged, not done again")
    if done.removed:
        click.echo(f"{done.removed} fichier(s) d'une exécution antérieure retiré(s) / of an earlier run removed")
    click.echo(f"Résultat / result: {out}  (rapport / report: {out / 'internal' / 'report.json'})")


def _line(row: Mapping[str, Any]) -> str:
    counts = row["counts"]
    masks = ", ".join(f"{key.replace('art ', 'art. ')} × {n}" for key, n in counts.items() if key.startswith("art "))
    parts = [STATES[row["state"]], row["released"] or row["draft"] or "", masks]
    parts += [f"{counts['flag']} à vérifier" if counts.get("flag") else ""]
    parts += [f"faits manquants : {', '.join(row['facts_missing'])}" if row["facts_missing"] else ""]
    if row["failure"] is not None:
        parts.append(shared.advice_of(row["failure"]))
    return f"{row['file']} : " + " | ".join(part for part in parts if part)
