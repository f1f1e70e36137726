"""The example request: its files are those that its script builds, and its facts name them all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

EXAMPLES = Path(__file__).parents[3] / "examples"
FOLDER = EXAMPLES / "demande-2024-118"
LARGEST = 200_000  # bytes of one example


def test_the_files_are_what_the_script_builds() -> None:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "build.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WRONG" not in done.stdout


def test_the_request_names_every_file_and_no_other() -> None:
    request = yaml.safe_load((FOLDER / "request.yaml").read_text(encoding="utf-8"))
    assert sorted(row["file"] for row in request["documents"]) == sorted(path.name for path in FOLDER.glob("*.pdf"))
    assert len(request["documents"]) >= 6


def test_the_examples_are_small() -> None:
    assert [path.name for path in FOLDER.glob("*.pdf") if path.stat().st_size > LARGEST] == []
