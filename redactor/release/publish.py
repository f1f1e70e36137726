"""Writes what a run made below OUT: released files, drafts, proof, report, index, names. Reads back the last report.

A file reaches `released/` only with the proof that the verifier made of those very bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from redactor import __version__
from redactor.errors import ProofFailed
from redactor.intake.load import fingerprint
from redactor.release import index
from redactor.release.folder import DRAFTS, INTERNAL, PROOF, RELEASED

if TYPE_CHECKING:
    from redactor.pdf.verifier import Proof, Release
    from redactor.release.folder import OutFolder

REPORT = f"{INTERNAL}/report.json"
SCHEMA = 1  # version of the report's form; CONTRACTS

JsonRow = Mapping[str, Any]


def released(folder: OutFolder, name: str, data: bytes, *, release: Release) -> str:
    """Writes `data` as `released/NAME` with its proof; gives its path relative to OUT. Raises ProofFailed.

    Takes the release, not a path: bytes that the verifier did not pass cannot get there.
    """
    if not release.covers(data):
        raise ProofFailed(channels="other bytes than those that were proved")
    return _write(folder, RELEASED, name, data, release.checks)


def drafted(folder: OutFolder, name: str, data: bytes, *, proof: Proof) -> str:
    """Writes a stamped draft as `drafts/NAME` with its proof; gives its path relative to OUT."""
    return _write(folder, DRAFTS, name, data, proof.checks)


def _write(folder: OutFolder, part: str, name: str, data: bytes, checks: Sequence[tuple[str, int]]) -> str:
    proof = {
        "schema": SCHEMA,
        "file": f"{part}/{name}",
        "sha256": fingerprint(data),
        "clean": True,
        "checks": dict(checks),
    }
    folder.write(f"{INTERNAL}/{PROOF}/{PurePosixPath(name).with_suffix('.json')}", as_json(proof))
    folder.write(f"{part}/{name}", data)
    return f"{part}/{name}"


def previous(folder: OutFolder) -> tuple[JsonRow, ...]:
    """Rows of the last report of this OUT; none when there is no report, or none that can be read."""
    try:
        report = json.loads(folder.path(REPORT).read_text("utf-8"))
        rows = report["documents"] if report["schema"] == SCHEMA else []
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(row for row in rows if isinstance(row, dict))


def stands(folder: OutFolder, row: JsonRow) -> bool:
    """True when the file of an earlier row is there with the bytes that were proved; or when it had none."""
    name = row.get("released") or row.get("draft")
    if name is None:
        return row.get("state") == "withheld" or bool(row.get("parts"))
    try:
        return fingerprint(folder.path(name).read_bytes()) == row.get("output_sha256")
    except OSError:
        return False


def drop_stale(folder: OutFolder, old: Sequence[JsonRow], new: Sequence[JsonRow]) -> int:
    """Removes files that an earlier run wrote and this one did not; gives their number."""
    kept = {one for row in new for one in _outputs(row)}
    stale = {one for row in old for one in _outputs(row)} - kept
    for name in sorted(stale):
        folder.remove(name)
    return len(stale)


def _outputs(row: JsonRow) -> tuple[str, ...]:
    name = row.get("released") or row.get("draft")
    if name is None:
        return ()
    inner = PurePosixPath(name).relative_to(PurePosixPath(name).parts[0])
    return (name, f"{INTERNAL}/{PROOF}/{inner.with_suffix('.json')}")


def report_of(rows: Sequence[JsonRow], *, pack: str) -> dict[str, Any]:
    """The report of CONTRACTS."""
    requests = {(row["request"], row["request"] or row["file"]) for row in rows}
    return {"schema": SCHEMA, "redactor": __version__, "pack": pack, "requests": len(requests), "documents": list(rows)}


def write_report(folder: OutFolder, report: Mapping[str, Any]) -> None:
    """Writes report, index and names."""
    rows = report["documents"]
    entries = list(index.entries(rows))
    folder.write(REPORT, as_json(report))
    folder.write(f"{INTERNAL}/index.csv", index.as_csv(entries))
    folder.write(f"{INTERNAL}/index.xlsx", index.as_xlsx(entries))
    folder.write(f"{INTERNAL}/names.csv", _names(rows))


def _names(rows: Sequence[JsonRow]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["demande", "fichier", "remis"])
    writer.writerows([row["request"] or "", row["file"], row["released"] or row["draft"] or ""] for row in rows)
    return "\ufeff".encode() + text.getvalue().encode()


def as_json(value: Mapping[str, Any]) -> bytes:
    """UTF-8, one key a line, with a final line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
