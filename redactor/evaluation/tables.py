"""Figures as a reader sees them: a text table, and plain data for JSON. No word of a document in either."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from redactor.evaluation.interval import Share
from redactor.evaluation.measures import Measures, measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redactor.evaluation.evaluation import Evaluation

Json = dict[str, object]

ROWS = (
    ("direct PI recall (words)", "pi_direct_recall"),
    ("PI value recall (whole values)", "pi_value_recall"),
    ("descriptive PI recall (words)", "pi_descriptive_recall"),
    ("PI recall (words)", "pi_recall"),
    ("PI precision (words)", "pi_precision"),
    ("PUBLIC wrongly masked", "public_masked"),
    ("passage recall (AVIS, ANALYSE)", "passage_recall"),
    ("passage word recall", "passage_word_recall"),
    ("passage precision (words)", "passage_precision"),
    ("FAIT wrongly masked", "fait_masked"),
    ("words to release wrongly masked", "keep_masked"),
    ("misses shown by a flag (words)", "misses_flagged"),
    ("all words masked", "masked"),
)
COLUMNS = (
    ("PI dir", "pi_direct_recall"),
    ("PI val", "pi_value_recall"),
    ("PI desc", "pi_descriptive_recall"),
    ("PI prec", "pi_precision"),
    ("PUBLIC-", "public_masked"),
    ("pas rec", "passage_recall"),
    ("pas pre", "passage_precision"),
    ("FAIT-", "fait_masked"),
    ("keep-", "keep_masked"),
)


def percent(value: Share) -> str:
    """`63.4`, or `-` when nothing was counted."""
    return "-" if value.percent is None else f"{value.percent:.1f}"


def line(name: str, value: Share) -> str:
    """Name, percent, count and interval."""
    interval = "" if value.interval is None else f"[{value.interval[0]:5.1f}, {value.interval[1]:5.1f}]"
    return f"{name:<42}{percent(value):>7} %  n={value.n:<7} {interval}"


def format_table(evaluation: Evaluation, *, per_document: bool = False, rules: bool = False) -> str:
    """The figures as text; documents to be refused are apart."""
    out = ["measure                                      share    n         95 % interval"]
    out += [line(told, getattr(evaluation.measures, key)) for told, key in ROWS]
    out += ["", *_whole(evaluation), "", *_details(evaluation.measures), "", _header()]
    out += [_row(name, measures) for name, measures in evaluation.groups.items()]
    if per_document:
        out += ["", *_per_document(evaluation)]
    if rules:
        out += ["", *_rules(evaluation)]
    return "\n".join(out)


def _whole(evaluation: Evaluation) -> list[str]:
    whole = evaluation.whole
    return [
        line("persons wholly masked", evaluation.persons_wholly_masked),
        line("documents with a person left in sight", evaluation.documents_exposing_a_person),
        line("verdicts right", whole.verdicts_right),
        line("provisions right", whole.provisions_right),
        line("documents to refuse, withheld", whole.refused_withheld),
        line("documents to release, untouched", whole.released_untouched),
        line("documents wrongly withheld whole", whole.wrongly_withheld),
        f"flags: {whole.flags} on {whole.pages} pages ({whole.flags_a_page} a page)",
        f"words covered but extractable: {evaluation.measures.covered_but_extractable}",
        f"values in metadata or annotations: {whole.leaks_beside_pages}; pages without text: {whole.raster_pages}",
        f"withheld or missing: {', '.join(whole.missing) or 'none'}",
    ]


def _details(measures: Measures) -> list[str]:
    by_subtype = ", ".join(f"{k} {percent(v)} ({v.n})" for k, v in measures.pi_recall_by_subtype.items())
    values = ", ".join(f"{k} {percent(v)} ({v.n})" for k, v in measures.pi_values_by_subtype.items())
    by_label = ", ".join(f"{k} {percent(v)} ({v.n})" for k, v in measures.passage_recall_by_label.items())
    return [
        f"PI recall by subtype, words: {by_subtype}",
        f"PI recall by subtype, whole values: {values}",
        f"passage recall by label: {by_label}",
    ]


def _header() -> str:
    return f"{'':<26}{'words':>7} " + " ".join(f"{title:>7}" for title, _ in COLUMNS)


def _row(name: str, measures: Measures) -> str:
    cells = " ".join(f"{percent(getattr(measures, key)):>7}" for _, key in COLUMNS)
    return f"{name[:26]:<26}{measures.masked.n:>7} {cells}"


def _per_document(evaluation: Evaluation) -> list[str]:
    return [
        _row(one.gold.document.name + (" *" if one.to_refuse else ""), measure([one])) for one in evaluation.documents
    ]


def _rules(evaluation: Evaluation) -> list[str]:
    head = f"{'rule or label':<52}{'recall':>8}{'n':>7}{'precision':>11}{'n':>7}"
    return [
        head,
        *(
            f"{one.rule[:52]:<52}{percent(one.recall):>8}{one.recall.n:>7}"
            f"{percent(one.precision):>11}{one.precision.n:>7}"
            for one in evaluation.rules
        ),
    ]


def share_json(value: Share) -> Json:
    """Percent, hits, count, interval."""
    interval = None if value.interval is None else list(value.interval)
    return {"percent": value.percent, "hits": value.hits, "n": value.n, "interval": interval}


def measures_json(measures: Measures) -> Json:
    """Every figure of a set of documents, by the name of its field."""
    return {one.name: _plain(getattr(measures, one.name)) for one in fields(measures)}


def as_json(evaluation: Evaluation) -> Json:
    """The whole evaluation as plain data: figures, names of corpus documents, never a word of one."""
    whole = evaluation.whole
    return {
        "schema": 1,
        "measures": measures_json(evaluation.measures),
        "groups": {name: measures_json(one) for name, one in evaluation.groups.items()},
        "documents": {one.name: _plain(getattr(whole, one.name)) for one in fields(whole)},
        "flags_a_page": whole.flags_a_page,
        "persons_wholly_masked": share_json(evaluation.persons_wholly_masked),
        "documents_exposing_a_person": share_json(evaluation.documents_exposing_a_person),
        "rules": [
            {"rule": one.rule, "recall": share_json(one.recall), "precision": share_json(one.precision)}
            for one in evaluation.rules
        ],
    }


def _plain(value: Share | Mapping[str, Share] | Sequence[str] | float | str) -> object:
    if isinstance(value, Share):
        return share_json(value)
    if isinstance(value, int | float | str):
        return value
    if isinstance(value, tuple | list):
        return list(value)
    return {str(key): share_json(one) for key, one in value.items()} if hasattr(value, "items") else None
