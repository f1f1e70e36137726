"""`redactor policies`: checks the rule files, explains what they say of a document, keeps texts that were pasted."""

from __future__ import annotations

import datetime as dt
import tempfile
from importlib.resources import files
from pathlib import Path

import click

from redactor import analysis
from redactor.analysis import find_alone
from redactor.commands import shared
from redactor.commands.candidates import candidates_command
from redactor.data_folder import data_folder
from redactor.intake.files import gather
from redactor.intake.load import load
from redactor.joining import rules_for
from redactor.model import Lang
from redactor.policy import pasted
from redactor.policy.checker import check_pack
from redactor.policy.explain import render, sections_shown
from redactor.policy.wordings import annex, overview
from redactor.release.workspace import workspace

REFUSED = 5
BUNDLED = "qc-a2.1"
data_option = click.option(
    "--data", type=shared.EXISTING, help="Folder of kept texts ($XDG_DATA_HOME/redactor when absent)."
)
lang_option = click.option(
    "--lang", type=click.Choice([Lang.FR.value, Lang.EN.value]), default=Lang.FR.value, show_default=True
)


@click.group()
def policies() -> None:
    """Les règles tirées de la loi : vérifier, expliquer / the rules drawn from the law: check, explain."""


policies.add_command(candidates_command)


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


@policies.command()
@click.argument("file", type=shared.EXISTING)
@shared.request_option
@shared.pack_option
@click.option("--page", type=click.IntRange(min=1), help="Only the proposals that begin on this page.")
@lang_option
@data_option
def explain(file: Path, *, request_file: Path | None, page: int | None, lang: str, data: Path | None) -> int:
    """Explique chaque proposition faite sur FILE : règle, indices, faits, ce qui changerait la réponse.

    Explains every proposal made on FILE. No word of the document is printed: evidence is given by page and place. The
    texts of the sections follow: confirmed, pasted by somebody, or still to be pasted.
    """
    (batch,) = gather([file], request_file=request_file)
    with shared.tools(jobs=1) as tools, workspace(Path(tempfile.gettempdir())) as work:
        outcome, *_ = analysis.analyse(analysis.prepared(batch, tools, work), tools, work, decisions={})
        if outcome.failure is not None or outcome.document is None or outcome.settled is None:
            raise outcome.failure or click.ClickException("nothing was analysed")
        rules = rules_for(outcome.input.facts, tools)
        proposals = outcome.settled.proposals
        click.echo(render(outcome.document, proposals, rules=rules, lang=Lang(lang), page=page))
        kept = pasted.read_all(data or data_folder(), tools.pack)
        sections = sections_shown(outcome.document, proposals, page=page)
        if sections:
            click.echo(f"\n{annex(tools.pack, sections, day=rules.day, lang=Lang(lang), pasted=kept)}")
    return 0


@policies.group()
def text() -> None:
    """Les textes des articles collés par une personne / texts of sections that a person pasted."""


@text.command("add")
@click.argument("section")
@click.option("--file", "file", required=True, type=shared.EXISTING, help="The section's whole text, plain, UTF-8.")
@click.option("--address", required=True, help="Address of the official page it was copied from.")
@click.option("--by", required=True, metavar="NAME", help="Person who pastes it.")
@click.option("--replace", is_flag=True, help="Use it from now on instead of another text; the other is kept.")
@lang_option
@shared.pack_option
@data_option
def add(section: str, *, file: Path, address: str, by: str, replace: bool, lang: str, data: Path | None) -> int:
    """Conserve le texte d'un article que personne n'a confirmé : qui, quand, d'où. Il n'est jamais inventé.

    Keeps the text of a SECTION that the pack does not confirm, with who pasted it, when and from which address.
    """
    one, is_new = pasted.add(
        data or data_folder(), shared.pack(), section=section, lang=Lang(lang), raw=load(file), url=address,
        by=by, day=dt.datetime.now(tz=dt.UTC).astimezone().date(), replace=replace,
    )  # fmt: skip
    done = "conservé / kept" if is_new else "déjà conservé / kept already"
    click.echo(f"art. {one.section} ({one.lang}) : {done}, {one.by}, {one.at.isoformat()}, sha256 {one.sha256[:12]}")
    return 0


@text.command("list")
@shared.pack_option
@data_option
def list_texts(*, data: Path | None) -> int:
    """Dit, pour chaque article, si son texte est confirmé, collé par quelqu'un, ou à coller.

    Says for each section whether its text is confirmed, pasted by somebody, or still to be pasted.
    """
    pack = shared.pack()
    kept = pasted.read_all(data or data_folder(), pack)
    for line in overview(pack, day=dt.datetime.now(tz=dt.UTC).astimezone().date(), pasted=kept):
        click.echo(line)
    return 0
