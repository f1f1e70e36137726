"""Runs the main job on `examples/` into `demo/` and says what was masked, kept and why, and where the files lie."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "examples" / "demande-2024-118"
OUT = ROOT / "demo"
DECIDER = "Camille Exemple, responsable de l'accès"
REASON = "Processus décisionnel en cours : la communication nuirait aux échanges francs / decision process under way"


def main() -> int:
    """Exit code of the run."""
    command = [
        sys.executable, "-m", "redactor", "redact", str(SOURCE), "--out", str(OUT), "--decided-by", DECIDER,
        "--reason", REASON,
    ]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, check=False)
    report = OUT / "internal" / "report.json"
    if report.is_file():
        tell(json.loads(report.read_text("utf-8")))
    return done.returncode


def tell(report: dict[str, list[dict[str, object]]]) -> None:
    """What was masked, kept and why, rule by rule."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in report["documents"]:
        for one in row["proposals"]:  # type: ignore[attr-defined]
            found[one["state"], one["provision"], one["rule"]] += 1
    words = {
        "masked": "caviardé",
        "ask": "caviardé, fait à préciser",
        "flag": "lisible, à vérifier",
        "kept": "lisible, public",
    }
    print("\nPassages par règle / passages by rule:")
    for (state, provision, rule), count in sorted(found.items()):
        print(f"  {words[state]:<26} art. {provision:<5} × {count:<4} {rule}")
    print(f"\nDocuments remis / released files : {OUT / 'released'}")
    print(f"Rapport, index, preuves / report, index, proof : {OUT / 'internal'}")


if __name__ == "__main__":
    sys.exit(main())
