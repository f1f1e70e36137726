"""`redactor policies candidates`: what reviewers decided, as examples that a person may rework for a rule file.

The pack is only read: nothing that is written here is applied.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from redactor import analysis
from redactor.commands import shared
from redactor.decisions import read_decisions
from redactor.intake.files import gather
from redactor.policy.candidates import Candidate, Decided, as_yaml, candidates
from redactor.release.workspace import workspace
from redactor.review import Outcome as Outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.outcome import Outcome
    from redactor.review import Decision

PERSONAL: Final = "PI"
OWNER_ALONE: Final = 0o600  # mode of a file that holds words of documents


@click.command("candidates")
@shared.inputs
@click.option("--decisions", "decided", required=True, type=shared.EXISTING, help="What reviewers decided.")
@click.option("--out", required=True, type=shared.EXISTING, metavar="FILE", help="New file for the candidates.")
@shared.request_option
@shared.pack_option
def candidates_command(inputs: tuple[Path, ...], *, decided: Path, out: Path, request_file: Path | None) -> int:
    """Tire des décisions des exemples à examiner par une personne ; rien n'est appliqué.

    Writes, to a new file that only its owner reads, the decisions on the documents IN as candidate examples of the
    rules: for a person to look at and reword, never applied.
    """
    if out.exists():
        raise click.BadParameter("le fichier existe déjà / the file exists already", param_hint="--out")
    found: list[Candidate] = []
    with shared.tools(jobs=1) as tools, workspace(Path(tempfile.gettempdir())) as work:
        rows = read_decisions(decided, pack=tools.pack.id)
        for batch in gather(list(inputs), request_file=request_file):
            ready = analysis.prepared(batch, tools, work)
            for outcome in analysis.analyse(ready, tools, work, decisions=rows.by_document):
                found += _of(outcome, rows.by_document.get(outcome.sha256 or "", ()))
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE), "w", encoding="utf-8") as file:
        file.write(as_yaml(found))
    click.echo(f"{len(found)} candidats, rien n'est appliqué / candidates, nothing is applied")
    return 0


def _of(outcome: Outcome, decisions: Sequence[Decision]) -> Iterator[Candidate]:
    if outcome.document is None or outcome.analysed is None or outcome.settled is None:
        return
    personal = [one.span for one in outcome.analysed.findings if one.label.partition(".")[0] == PERSONAL]
    yield from candidates(
        outcome.document,
        outcome.analysed.passages,
        [told for one in decisions for told in _told(outcome, one)],
        facts=outcome.input.facts,
        personal=personal,
    )


def _told(outcome: Outcome, decision: Decision) -> Iterator[Decided]:
    """What a decision says of words: nothing for a box, which holds none, nor for what identifies somebody."""
    withheld = decision.outcome is Outcomes.WITHHOLD
    if decision.span is not None:
        yield Decided(decision.span, withheld, decision.provision or "")
    proposals = outcome.settled.proposals if outcome.settled is not None else ()
    for proposal in proposals:
        if proposal.id == decision.proposal and proposal.label.partition(".")[0] != PERSONAL:
            for span in proposal.spans:
                yield Decided(span, withheld, proposal.provision, proposal.rule, proposal.label)
