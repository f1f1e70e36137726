"""The house holds its own plan: arrows point one way, each outside library has one home, files stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "redactor").rglob("*.py")) + sorted((ROOT / "web").rglob("*.py"))
LEAVES = {
    "data_folder", "errors", "events", "facts", "keeping", "layouts", "model", "places", "settings", "strict_yaml",
}  # fmt: skip
ENGINE = {
    "analysis", "capabilities", "decisions", "duplicates", "gathering", "intake", "joining", "making", "ocr", "outcome",
    "finding", "passage_rules", "pdf", "people", "policy", "production", "reading", "recognisers", "release", "review",
    "same_values", "sandbox", "scanning", "suggestions", "text",
}  # fmt: skip

# Who may import whom, inside the product. `docs/design.md` draws the same table.
ARROWS: dict[str, set[str]] = {
    "places": set(),
    "facts": set(),
    "model": {"places", "facts"},
    "data_folder": set(),
    "failure": set(),
    "store_errors": {"failure"},
    "errors": {"failure", "store_errors"},
    "events": set(),
    "settings": set(),
    "keeping": set(),
    "layouts": {"model"},
    "reading": {*LEAVES, "pdf"},
    "outcome": {*LEAVES, "intake", "policy", "review", "sandbox", "scanning"},
    "gathering": {*LEAVES, "intake", "outcome", "pdf", "reading", "scanning"},
    "making": {*LEAVES, "gathering", "intake", "outcome", "pdf", "production", "reading", "release", "same_values"},
    "strict_yaml": {"errors"},
    "text": LEAVES,
    "sandbox": LEAVES,
    "ocr": LEAVES,
    "scanning": {*LEAVES, "ocr", "pdf"},
    "capabilities": {*LEAVES, "intake", "ocr"},
    "duplicates": {*LEAVES, "text"},
    "intake": {*LEAVES, "pdf", "text"},
    "pdf": {*LEAVES, "text"},
    "recognisers": {*LEAVES, "text"},
    "people": {*LEAVES, "text", "recognisers"},
    "passage_rules": {*LEAVES, "text"},
    "policy": {*LEAVES, "text"},
    "review": LEAVES,
    "decisions": {*LEAVES, "review"},
    "same_values": {*LEAVES, "review", "text"},
    "suggestions": {*LEAVES, "text"},
    "release": {*LEAVES, "intake", "pdf", "review", "scanning", "text"},
    "analysis": {*LEAVES, *ENGINE},
    "finding": {*LEAVES, "joining", "outcome", "passage_rules", "policy", "recognisers", "sandbox", "text"},
    "joining": {*LEAVES, "intake", "outcome", "people", "policy", "review", "same_values", "text"},
    "store": {*LEAVES, "decisions", "duplicates", "intake", "policy", "release", "review", "sandbox", "text"},
    "jobs": {*LEAVES, *ENGINE, "store"},
    "production": {*LEAVES, *ENGINE},
    "pipeline": {*LEAVES, *ENGINE},
    "evaluation": {*LEAVES, *ENGINE, "pipeline"},
    "commands": {*LEAVES, *ENGINE, "pipeline", "evaluation", "store", "jobs"},
    "cli": {*LEAVES, "commands"},
    "__main__": {"cli"},
}

# One home for each outside library: the folders and modules that may import it.
HOMES: dict[str, tuple[str, ...]] = {
    "pymupdf": ("redactor/pdf/", "redactor/evaluation/"),
    "pypdfium2": ("redactor/pdf/", "redactor/evaluation/"),
    "pdfplumber": ("redactor/pdf/verifier/",),
    "pikepdf": ("redactor/pdf/",),
    "fontTools": ("redactor/pdf/",),
    "PIL": ("redactor/pdf/",),
    "presidio_analyzer": ("redactor/recognisers/",),
    "spacy": ("redactor/recognisers/", "redactor/text/"),
    "pebble": ("redactor/sandbox.py", "redactor/finding.py"),
    "yaml": ("redactor/strict_yaml.py", "redactor/policy/", "redactor/evaluation/", "redactor/text/"),
    "flask": ("web/",),
    "waitress": ("web/",),
    "flask_login": ("web/",),
    "flask_wtf": ("web/",),
    "flask_limiter": ("web/",),
    "authlib": ("web/oidc.py",),
    "joserfc": ("web/oidc.py",),
    "babel": ("web/wording.py",),
    "click": ("redactor/cli.py", "redactor/commands/", "web/command.py"),
    "tqdm": ("redactor/commands/",),
    "openpyxl": ("redactor/release/",),
    "sqlalchemy": ("redactor/store/", "redactor/jobs/"),
    "alembic": ("redactor/store/",),
    "cryptography": ("redactor/store/",),
    "argon2": ("redactor/store/",),
    "procrastinate": ("redactor/jobs/",),
    "psycopg": ("redactor/jobs/",),
    "lxml": ("redactor/intake/",),
    "olefile": ("redactor/intake/",),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{one.name}" for one in node.names)


def package_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "redactor").with_suffix("").parts
    return parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_arrows_point_one_way(path: Path) -> None:
    inside = [
        one.split(".") for one in imported(path) if one.split(".")[0] == "redactor" and one != "redactor.__version__"
    ]
    if path.is_relative_to(ROOT / "web") or path == ROOT / "redactor" / "__init__.py":
        return
    own = package_of(path)
    wrong = {parts[1] for parts in inside if len(parts) > 1 and parts[1] != own and parts[1] not in ARROWS[own]}
    assert not wrong, f"{own} may not import {sorted(wrong)}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_the_engine_never_imports_the_web(path: Path) -> None:
    if path.is_relative_to(ROOT / "redactor"):
        assert not {one for one in imported(path) if one.split(".")[0] in {"web", "flask"}}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_each_outside_library_has_one_home(library: str) -> None:
    strangers = [
        name_of(path)
        for path in SOURCES
        if any(one.split(".")[0] == library for one in imported(path)) and not name_of(path).startswith(HOMES[library])
    ]
    assert strangers == []


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))], ids=name_of)
def test_files_and_functions_stay_small_and_finished(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 50, f"{node.name} is over 50 lines"
    assert not re.search(r"NotImplemented" + r"Error|\bTO" + r"DO\b|\bFIX" + r"ME\b|pragma: no " + "cover", text)


def test_the_law_is_not_in_python() -> None:
    """Year limits and sections of the Act live in `policies/`; a box's label is built from what the pack says."""
    law = re.compile(r"\b(?:art\.|article|section|s\.) ?\d{1,3}(?:\.\d)?\b")
    wrong = []
    for path in SOURCES:
        tree = ast.parse(path.read_text("utf-8"))
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)}  # fmt: skip
        strings = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        wrong += [(name_of(path), one) for one in strings if one not in docs and law.search(one)]
    assert wrong == []


def test_committed_files_name_no_address_and_no_path_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    address = re.compile(
        r"https?://\S+\.(?:whl|tgz|tar\.gz)\b|--(?:extra-)?index-" + r"url\s+\S|(?<![\w.$}])/(?:wo" + r"rk|root)/"
    )
    wrong = []
    for name in listed.split("\n"):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".lock", ".yaml", ".yml", ".json", ".sh", ""} and path.is_file():
            wrong += [name] if address.search(path.read_text("utf-8", errors="replace")) else []
    assert wrong == []


def test_a_lock_pins_the_extras_that_are_asked_for() -> None:
    """pip takes a pinned `coverage` for another thing than `coverage[toml]`, whose hash is not there."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    asked = {one.partition("]")[0] for extra in told.values() for one in extra if "[" in one.partition(";")[0]}
    locks = "".join(one.read_text("utf-8") for one in ROOT.glob("requirements*.lock"))
    pinned = {line.partition("]")[0] for line in locks.replace(", ", ",").splitlines() if "[" in line}
    assert {"coverage[toml", "psycopg[binary,pool"} <= asked <= pinned


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_locks_have_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    pinned = re.findall(r"^[A-Za-z0-9_.\[\]-]+==", text, re.MULTILINE)
    assert len(pinned) > 3
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()))
