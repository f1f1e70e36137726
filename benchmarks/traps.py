"""The whole trap matrix at once: leaks, failures, refusals, words kept, pages that became pictures.

python -m benchmarks.traps
"""

from __future__ import annotations

import sys
from collections import Counter

from redactor.errors import RedactorError
from redactor.pdf import candidate, verifier
from redactor.pdf.plan import RouteKind
from tests.pdf import oracle
from tests.pdf.test_traps import claims_of, plan_of
from tests.pdf.traps import all_traps


def main() -> int:
    counts: Counter[str] = Counter()
    kept: dict[str, float] = {}
    reasons: Counter[str] = Counter()
    for name, trap in all_traps().items():
        try:
            made = candidate.make(trap.data, plan=plan_of(trap))
        except RedactorError as error:
            counts["refused"] += 1
            print(f"refused: {name} {error.code}")
            continue
        proof = verifier.prove(made.data, claims=claims_of(trap))
        counts.update(leaks=bool(oracle.found(made.data, trap)), stopped=not proof.ok, pages=len(made.routes))
        reasons.update(route.reason.value for route in made.routes if route.kind is RouteKind.PICTURE)
        if all(route.kind is RouteKind.TEXT for route in made.routes):
            kept[name] = oracle.kept(made.data, trap)
    print(f"{len(all_traps())} traps: {counts['leaks']} leaks, {counts['stopped']} stopped by the proof, "
          f"{counts['refused']} refused")  # fmt: skip
    print(f"words kept on the text route: mean {sum(kept.values()) / len(kept):.4f} of {len(kept)}, "
          f"least {min(kept.values()):.4f}, tight lines {kept['tight_lines']:.4f}")  # fmt: skip
    print(f"pictures: {reasons.total()} of {counts['pages']} pages: {dict(reasons.most_common())}")
    return int(bool(counts["leaks"] or counts["stopped"]))


if __name__ == "__main__":
    sys.exit(main())
