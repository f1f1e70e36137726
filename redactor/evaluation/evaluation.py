"""The whole measurement: render a corpus, have it redacted, judge every word of what came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from redactor.evaluation.corpus import documents
from redactor.evaluation.measures import Measures, measure
from redactor.evaluation.persons import documents_exposing, persons_masked
from redactor.evaluation.renderer import render
from redactor.evaluation.runreport import released_pdf, reports_of
from redactor.evaluation.scoring import ScoredDocument, by_kind, score
from redactor.evaluation.verdicts import Documents, RuleScore, judge_documents, judge_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from redactor.evaluation.corpus import CorpusDocument
    from redactor.evaluation.gold import Gold
    from redactor.evaluation.interval import Share

    Redact = Callable[[Path, Path, Path], None]

FACTS = ("kind", "lang", "date", "body", "author", "decision", "decision_date", "request_date")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every figure of a run; documents to be refused are judged in `whole` only, but for their persons."""

    measures: Measures
    groups: Mapping[str, Measures]
    whole: Documents
    persons_wholly_masked: Share
    documents_exposing_a_person: Share
    rules: tuple[RuleScore, ...]
    documents: tuple[ScoredDocument, ...]


def run(corpus: Path, *, work: Path, redact: Redact) -> Evaluation:
    """The figures of `redact` on the annotated documents of `corpus`.

    `redact(inputs, request, out)` is called once, on a folder of PDFs and the request file with the facts an officer
    would know; it writes what CONTRACTS-shaped runs write (`internal/report.json`, `released/`), or bare `NAME.pdf`.
    `work` receives `in/` and `out/`. Raises CorpusError when the corpus cannot be read.
    """
    inputs, out = work / "in", work / "out"
    golds = prepare(documents(corpus), inputs)
    out.mkdir(parents=True, exist_ok=True)
    redact(inputs, inputs / "request.yaml", out)
    return evaluate(golds, out=out)


def prepare(corpus: Sequence[CorpusDocument], folder: Path) -> tuple[Gold, ...]:
    """Renders the documents into `folder`, with their request file; the gold of each."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "request.yaml").write_text(request_of(corpus), encoding="utf-8")
    golds = []
    for document in corpus:
        rendered = render(document)
        (folder / f"{document.name}.pdf").write_bytes(rendered.pdf)
        golds.append(rendered.gold)
    return tuple(golds)


def request_of(corpus: Sequence[CorpusDocument]) -> str:
    """One request a document: the facts that an officer knows and the text does not tell, never marks or verdict."""
    rows = [
        {
            "request": {"number": f"EVAL-{number:03d}", "requester": "other"},
            "documents": [{"file": f"{one.name}.pdf"} | {key: one.meta.get(key) for key in FACTS}],
        }
        for number, one in enumerate(corpus, 1)
    ]
    told: str = yaml.safe_dump_all(rows, allow_unicode=True, sort_keys=False)
    return told


def evaluate(golds: Sequence[Gold], *, out: Path) -> Evaluation:
    """The figures of what a run wrote in `out` for documents already rendered."""
    reports = reports_of(out)
    scored = tuple(
        score(
            gold,
            released=released_pdf(out, name=gold.document.name, reports=reports),
            report=reports.get(f"{gold.document.name}.pdf"),
        )
        for gold in golds
    )
    return figures(scored)


def figures(scored: tuple[ScoredDocument, ...]) -> Evaluation:
    """The figures of judged documents."""
    judged = tuple(one for one in scored if not one.rightly_absent)
    parts = tuple(one for one in judged if not one.to_refuse)
    return Evaluation(
        measures=measure(parts),
        groups={name: measure(group) for name, group in by_kind(parts).items()},
        whole=judge_documents(judged),
        persons_wholly_masked=persons_masked(judged),
        documents_exposing_a_person=documents_exposing(judged),
        rules=judge_rules(judged),
        documents=scored,
    )
