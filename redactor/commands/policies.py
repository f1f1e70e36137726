"""`redactor policies`: checks the rule files, and explains what they say of a document."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path  # noqa: TC003  click reads the annotations

import click

from redactor import analysis
from redactor.analysis import find_alone, rules_for
from redactor.commands import shared
from redactor.intake.files import gather
from redactor.model import Lang
from redactor.policy.checker import check_pack
from redactor.policy.explain import render

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


@policies.command()
@click.argument("file", type=shared.EXISTING)
@shared.request_option
@click.option("--page", type=click.IntRange(min=1), help="Only the proposals that begin on this page.")
@click.option("--lang", type=click.Choice([Lang.FR.value, Lang.EN.value]), default=Lang.FR.value, show_default=True)
def explain(file: Path, *, request_file: Path | None, page: int | None, lang: str) -> int:
    """Explique chaque proposition faite sur FILE : règle, indices, faits, ce qui changerait la réponse.

    Explains every proposal made on FILE. No word of the document is printed: evidence is given by page and place.
    """
    (batch,) = gather([file], request_file=request_file)
    with shared.tools(jobs=1, label="pages") as tools:
        (outcome,) = analysis.analyse(batch, tools, decisions={})
        if outcome.failure is not None or outcome.document is None or outcome.settled is None:
            raise outcome.failure or click.ClickException("nothing was analysed")
        rules = rules_for(outcome.input.facts, tools)
        told = render(outcome.document, outcome.settled.proposals, rules=rules, lang=Lang(lang), page=page)
    click.echo(told)
    return 0
