"""`redactor evaluate`: redacts annotated documents and scores every word of the result."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from redactor.commands import shared
from redactor.evaluation import CorpusError, format_table, write_misses
from redactor.evaluation import as_json as to_json
from redactor.evaluation import run as evaluate_run
from redactor.intake.files import gather
from redactor.pipeline import Options, Place, run
from redactor.production import Style
from redactor.release.folder import INTERNAL, OutFolder
from redactor.release.workspace import workspace
from redactor.review import Decider

DECIDER = Decider("Évaluation", "mesure / measurement")


@click.command()
@click.argument("corpus", type=shared.EXISTING, default=Path("tests/corpus/docs"))
@click.option("--misses", type=shared.EXISTING, metavar="FILE", help="Write what was missed, with context, to FILE.")
@click.option("--work", type=shared.EXISTING, metavar="DIR", help="Keep the rendered and redacted files in DIR.")
@click.option("--per-document", is_flag=True, help="One line more a document.")
@click.option("--rules", is_flag=True, help="Precision and recall of each rule.")
@shared.jobs_option
@shared.json_option
def evaluate(
    corpus: Path, *, misses: Path | None, work: Path | None, per_document: bool, rules: bool, jobs: int, as_json: bool
) -> int:
    """Caviarde des documents annotés et mesure le résultat, mot par mot.

    Redacts annotated documents (CORPUS, in the notation of tests/corpus/GUIDE.md) and scores every word.
    """
    with tempfile.TemporaryDirectory() as temporary:
        try:
            done = evaluate_run(
                corpus, work=work or Path(temporary), redact=lambda *paths: redact_folder(*paths, jobs=jobs)
            )
        except CorpusError as error:
            raise click.ClickException(str(error)) from None
        if misses is not None:
            write_misses(done, misses)
    if as_json:
        shared.print_json(to_json(done))
    else:
        click.echo(format_table(done, per_document=per_document, rules=rules))
    return 0


def redact_folder(inputs: Path, request: Path, out: Path, *, jobs: int) -> None:
    """The same run as `redactor redact … --decided-by`, whatever it leaves to a person."""
    batches = gather([inputs], request_file=request)
    folder = OutFolder(out.absolute())
    folder.open()
    with shared.tools(jobs=jobs) as tools, workspace(folder.path(INTERNAL)) as place:
        run(batches, Options(Style(shared.prefixes(tools)), DECIDER), tools, Place(folder, place))
