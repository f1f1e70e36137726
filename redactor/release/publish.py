"""Writes what a run made below OUT: released files, drafts, proof, report, index, names. Reads back the last report.

A file reaches `released/` only with the proof that the verifier made of those very bytes.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from redactor import __version__
from redactor.errors import ProofFailed
from redactor.intake.load import fingerprint
from redactor.release import index
from redactor.release.folder import DRAFTS, INTERNAL, PROOF, RELEASED
from redactor.release.table import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from redactor.pdf.verifier import Proof, Release
    from redactor.release.folder import OutFolder
    from redactor.release.table import JsonRow, Rows, Table

REPORT = f"{INTERNAL}/report.json"
_ENCODER = json.JSONEncoder(ensure_ascii=False, indent=1)
SCHEMA = 1  # version of the report's form; CONTRACTS
_OPEN, _ROW, _ROW_END, _CLOSE = ' "documents": [\n', "  {\n", "  }\n", " ]\n"  # lines that `pieces_of` writes


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


def previous(folder: OutFolder, *, path: Path) -> Table:
    """Rows of the last report of this OUT, copied to `path`; none without a report, or where it cannot be read."""
    try:
        return table_of(path, list_of(folder.path(REPORT)))
    except (OSError, ValueError, KeyError, TypeError):
        return table_of(path, ())


def list_of(report: Path) -> Iterator[JsonRow]:
    """The rows of a report that `write_report` wrote, one after the other. Raises ValueError, OSError on any other."""
    with report.open("r", encoding="utf-8", newline="\n") as file:
        head = "".join(iter_until(file, _OPEN))
        if json.loads(f"{head}{_OPEN[:-1]}]}}")["schema"] != SCHEMA:
            return
        line = file.readline()
        while line == _ROW:
            text = io.StringIO("{")
            text.seek(0, io.SEEK_END)
            text.writelines(iter_until(file, _ROW_END, _ROW_END.replace("\n", ",\n")))
            text.write("}")
            yield json.loads(text.getvalue())
            line = file.readline()
        if line != _CLOSE:
            raise ValueError("a report that is cut short")


def iter_until(file: TextIO, *ends: str) -> Iterator[str]:
    """Lines before one of `ends`, which is taken too. Raises ValueError when there is none."""
    for line in file:
        if line in ends:
            return
        yield line
    raise ValueError("a report that is cut short")


def stands(folder: OutFolder, row: JsonRow) -> bool:
    """True when the file of an earlier row is there with the bytes that were proved; or when it had none."""
    name = row.get("released") or row.get("draft")
    if name is None:
        return row.get("state") == "withheld" or bool(row.get("parts"))
    try:
        return fingerprint(folder.path(name).read_bytes()) == row.get("output_sha256")
    except OSError:
        return False


def drop_stale(folder: OutFolder, old: Iterable[JsonRow], new: Iterable[JsonRow]) -> int:
    """Removes files that an earlier run wrote and this one did not; gives their number."""
    kept = {one for row in new for one in _outputs(row)}
    stale = {one for row in old for one in _outputs(row)} - kept
    there = sorted(name for name in stale if folder.path(name).exists())
    for name in there:
        folder.remove(name)
    return len(there)


def _outputs(row: JsonRow) -> tuple[str, ...]:
    name = row.get("released") or row.get("draft")
    if name is None:
        return ()
    inner = PurePosixPath(name).relative_to(PurePosixPath(name).parts[0])
    return (name, f"{INTERNAL}/{PROOF}/{inner.with_suffix('.json')}")


def head_of(heads: Iterable[JsonRow], *, pack: str) -> dict[str, Any]:
    """What the report of CONTRACTS says of the run itself."""
    requests = {(row["request"], row["request"] or row["file"]) for row in heads}
    return {"schema": SCHEMA, "redactor": __version__, "pack": pack, "requests": len(requests)}


def pieces_of(rows: Iterable[JsonRow], *, head: JsonRow) -> Iterator[str]:
    """The report of CONTRACTS as JSON, one key a line, a few characters at a time: a row may be 100 MiB."""
    yield "{\n" + "".join(f" {json.dumps(key)}: {json.dumps(value)},\n" for key, value in head.items())
    before = _OPEN + _ROW[:-2]
    for row in rows:
        yield before
        yield from (piece.replace("\n", "\n  ") for piece in _ENCODER.iterencode(row))
        before = ",\n" + _ROW[:-2]
    yield "\n ]\n}\n" if before != _OPEN + _ROW[:-2] else ' "documents": []\n}\n'


def write_report(folder: OutFolder, rows: Rows, *, pack: str) -> None:
    """Writes report, index and names; each row is read when it is written."""
    head = head_of(rows.heads, pack=pack)
    folder.write_pieces(REPORT, (piece.encode() for piece in pieces_of(rows, head=head)))
    folder.write(f"{INTERNAL}/index.csv", index.as_csv(index.entries(rows)))
    folder.write(f"{INTERNAL}/index.xlsx", index.as_xlsx(index.entries(rows)))
    folder.write(f"{INTERNAL}/names.csv", _names(rows.heads))


def _names(rows: Iterable[JsonRow]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["demande", "fichier", "remis"])
    writer.writerows([row["request"] or "", row["file"], row["released"] or row["draft"] or ""] for row in rows)
    return "\ufeff".encode() + text.getvalue().encode()


def as_json(value: Mapping[str, Any]) -> bytes:
    """UTF-8, one key a line, with a final line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
