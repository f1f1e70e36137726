"""The proved files of a request, made several at a time, each put aside on disk; what a killed run made is taken over.

How one file is made and proved is the business of `production`; where it goes then, of `pipeline`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redactor.errors import DiskFull
from redactor.gathering import step_key
from redactor.intake.load import fingerprint
from redactor.outcome import Phase
from redactor.pdf.verifier import release_of
from redactor.production import Product, produce
from redactor.reading import page_failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.outcome import Outcome, Tools
    from redactor.production import Style
    from redactor.release.workspace import Workspace
    from redactor.same_values import Value


@dataclass(frozen=True, slots=True)
class Making:
    """What every file of a request is made with."""

    values: frozenset[Value] = field(repr=False)
    style: Style
    tools: Tools
    work: Workspace
    mark: str

    def made(self, outcome: Outcome) -> Product | None:
        """The proved file of a document, put aside; None where there is nothing to write."""
        if outcome.failure is not None or is_withheld(outcome):
            return None
        if outcome.lost:
            return Product(failure=page_failed(outcome.lost))
        step = f"made-{step_key(self.mark, outcome.id, outcome.pdf_sha256, sorted(self.values))}"
        return self._known(step) or self._made(outcome, step)

    def _known(self, step: str) -> Product | None:
        """What an earlier run made and proved, its bytes being still those; only then is there a release."""
        found = self.work.known(step)
        if not isinstance(found, Product) or found.proof is None or found.path is None:
            return None
        path = self.work.folder / found.path.name
        try:
            is_intact = fingerprint(path.read_bytes()) == found.proof.sha256
        except OSError:
            return None
        return replace(found, path=path, release=release_of(found.proof)) if is_intact else None

    def _made(self, outcome: Outcome, step: str) -> Product:
        """The bytes lie on disk: the files of a large request do not fit in memory."""
        product = produce(outcome, self.values, style=self.style, sandbox=self.tools.sandbox)
        if product.failure is not None:
            return product
        try:
            product = replace(product, data=b"", path=self.work.put(outcome.id, product.data))
            self.work.keep(step, replace(product, release=None))
        except DiskFull as error:
            return Product(failure=error)
        return product


def made_of(outcomes: Sequence[Outcome], making: Making) -> tuple[Product | None, ...]:
    """The file of each document, several at a time."""
    progress = making.tools.progress
    progress.begin(Phase.MAKE, sum(_pages(one) for one in outcomes))

    def made(at: int) -> Product | None:
        outcome = outcomes[at]
        product = making.made(outcome)
        if product is not None and product.failure is not None:
            progress.failed()
        progress.done(_pages(outcome))
        return product

    return making.tools.each(made, range(len(outcomes)))


def _pages(outcome: Outcome) -> int:
    return len(outcome.document.pages) if outcome.document is not None else 0


def is_withheld(outcome: Outcome) -> bool:
    """True when the document stays whole: refused, or outside the scope of the request."""
    return outcome.input.facts.in_scope is not True or (
        outcome.verdict is not None and outcome.verdict.outcome == "refuse"
    )
