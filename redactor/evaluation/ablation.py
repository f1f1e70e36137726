"""What each layer of the search for advice brings: the passage figures with the layer left out, on annotated documents.

`python -m redactor.evaluation.ablation FOLDER...`. Documents are rendered and read; personal information plays no part.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redactor.evaluation.corpus import documents
from redactor.evaluation.gold import expectation
from redactor.evaluation.interval import Share
from redactor.evaluation.measures import FOUND
from redactor.evaluation.ranked import MATTER, Read, read
from redactor.model import Analysed, State, Unknown, speaker_of
from redactor.passage_rules.finder import Layer, find
from redactor.passage_rules.ranker import shipped
from redactor.policy import engine
from redactor.policy.loader import bundled
from redactor.policy.stated import stated
from redactor.text.passages import split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from redactor.evaluation.corpus import CorpusDocument
    from redactor.model import Facts
    from redactor.passage_rules.ranker import Ranker

FACTS: Final = ("kind", "lang", "date", "author", "decision", "decision_date", "request_date")
CUES_ALONE: Final = frozenset(Layer)


@dataclass(frozen=True, slots=True)
class Setting:
    """A line of the table: its name, the layers left out, and whether clauses are weighed."""

    name: str
    without: frozenset[Layer] = frozenset()
    weighed: bool = True


SETTINGS: Final = (
    Setting("everything"),
    Setting("without the ranker", weighed=False),
    *(Setting(f"without {layer.value}", frozenset({layer})) for layer in Layer),
    Setting("cues alone", CUES_ALONE, weighed=False),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Passages found, words rightly masked of those masked, and words to release that are masked."""

    recall: Share
    precision: Share
    released: Share


def figures(sources: Iterable[Read], setting: Setting) -> Figures:
    """The figures of one setting."""
    found = passages = right = masked = wrong = kept = 0
    for one in sources:
        hidden = _hidden(one, setting)
        by_mark: dict[int, list[bool]] = {}
        for at, over in one.marks.items():
            chain = sorted((one.source.marks[k] for k in over), key=lambda mark: -mark.depth)
            if any(mark.label == "PI" for mark in chain):
                continue
            is_kept, is_masked = expectation(chain) == "keep", at in hidden
            kept, wrong = kept + is_kept, wrong + (is_kept and is_masked)
            masked, right = masked + is_masked, right + (is_masked and not is_kept)
            for k in over:
                if one.source.marks[k].label in MATTER and not is_kept:
                    by_mark.setdefault(k, []).append(is_masked)
        passages += len(by_mark)
        found += sum(sum(words) >= FOUND * len(words) for words in by_mark.values())
    return Figures(Share(found, passages), Share(right, masked), Share(wrong, kept))


def _hidden(one: Read, setting: Setting) -> frozenset[int]:
    facts = facts_of(one.source)
    author = speaker_of(facts)
    ranker: Ranker | None = shipped() if setting.weighed else None
    day = facts.request_date
    if isinstance(day, Unknown):
        return frozenset()
    rules, passages = bundled().at(day), split(one.document)
    findings = find(
        one.document, passages, lexicons=rules.lexicons(), author=author, ranker=ranker, without=setting.without
    )
    proposals = engine.propose(Analysed(one.document, passages, findings), facts=facts, rules=rules, explained=False)
    hidden = (one for one in proposals if one.state in {State.MASKED, State.ASK})
    return frozenset(at for one in hidden for span in one.spans for at in range(span.start, span.end))


def facts_of(source: CorpusDocument) -> Facts:
    """The facts that an officer knows of a document."""
    return stated({key: source.meta[key] for key in FACTS if source.meta.get(key) is not None}).facts


def table(sources: Collection[Read]) -> Iterator[str]:
    """The lines of the table, one a setting, in percent."""
    yield f"{'layers':24s} {'recall':>8s} {'precision':>10s} {'to release masked':>18s}"
    for setting in SETTINGS:
        one = figures(sources, setting)
        told = (_percent(share) for share in (one.recall, one.precision, one.released))
        yield "{:24s} {:>8s} {:>10s} {:>18s}".format(setting.name, *told)


def _percent(share: Share) -> str:
    return "-" if share.percent is None else f"{share.percent:.1f}"


def main(folders: Collection[str]) -> None:
    """Prints the table for the documents of the folders; those to be withheld whole are left aside."""
    sources = [one for folder in folders for one in documents(Path(folder)) if one.verdict != "refuse"]
    for line in table([read(one) for one in sources]):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
