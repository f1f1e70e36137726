"""The browser modules: types hold, nothing of elsewhere is named, the checks' lock file gives no address."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "web" / "static"
TSC = ROOT / "node_modules" / ".bin" / "tsc"
ELSEWHERE = re.compile(
    r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}/|@import|\beval\(|innerHTML|document\.write|url\((?![\"']?#)"
)
MODULES = sorted(STATIC.rglob("*.js")) + sorted(STATIC.rglob("*.css"))


@pytest.mark.skipif(shutil.which("node") is None, reason="no node on this machine")
@pytest.mark.skipif(not TSC.is_file(), reason="typescript is not installed: npm ci")
def test_types_hold() -> None:
    ended = subprocess.run([TSC, "--project", STATIC / "js"], capture_output=True, text=True, check=False)
    assert ended.stdout == ""
    assert ended.returncode == 0


@pytest.mark.parametrize("path", MODULES, ids=lambda one: one.name)
def test_a_module_is_checked_calls_nobody_and_runs_no_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ELSEWHERE.findall(text) == []
    assert path.suffix != ".js" or "// @ts-check" in text
    assert text.count("\n") <= 300


def test_the_lock_of_the_checks_has_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in one and "resolved" not in one for one in packages.values())
