"""`redactor policies candidates`: decisions out, as examples for a person; the pack and the decisions stay as is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from tests.builders import call, folder_of, pdf
from tests.cli.test_redact import DECIDED, report_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_decisions_become_candidates_in_a_file_of_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = folder_of(tmp_path / "in", {"note.pdf": pdf()})
    call(capsys, "redact", source, "--out", tmp_path / "first", *DECIDED)
    report = report_of(tmp_path / "first")
    (row,) = report["documents"]
    opinion = next(one for one in row["proposals"] if one["provision"] == "37" and one["state"] == "masked")
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text(
        f"pack: {report['pack']}\ndocuments:\n  - sha256: '{row['sha256']}'\n    decisions:\n"
        f"      - {{proposal: {opinion['id']}, outcome: keep, by: B. Exemple, at: 2024-10-20T14:03:00-04:00}}\n"
    )
    out = tmp_path / "candidates.yaml"
    asked = ("policies", "candidates", source, "--decisions", decisions, "--out", out)
    ended = call(capsys, *asked)
    assert ended.code == 0
    (written,) = yaml.safe_load(out.read_text("utf-8"))["candidates"][opinion["rule"]]
    assert "⟦FAIT|" in written["text"]
    assert out.stat().st_mode & 0o077 == 0
    assert call(capsys, *asked).code == 2, "an existing file is not overwritten"
