"""The documentation says what the code does: errors, schemas, commands, links."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from redactor.cli import cli
from tests.builders import call

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
SCHEMAS = sorted((ROOT / "docs" / "schemas").glob("*.json"))
COMMANDS = sorted(
    {
        tuple(found.split()[:2])
        for page in PAGES
        for found in re.findall(r"`?redactor ([a-z]+(?: [a-z]+)?)", page.read_text("utf-8"))
    }
)


def test_every_error_is_documented_as_it_is() -> None:
    document = runpy.run_path(str(ROOT / "scripts" / "error_docs.py"))["document"]
    assert (ROOT / "docs" / "errors.md").read_text("utf-8") == document(), (
        "run: python scripts/error_docs.py > docs/errors.md"
    )


def test_error_codes_are_unique() -> None:
    codes = re.findall(r"^\| `([a-z_.]+)`", (ROOT / "docs" / "errors.md").read_text("utf-8"), re.MULTILINE)
    assert len(codes) == len(set(codes)) > 20


def test_there_is_a_schema_for_each_file() -> None:
    assert {one.name.partition(".")[0] for one in SCHEMAS} == {"decisions", "proof", "report", "request", "targets"}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_schemas_are_schemas(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    meta = jsonschema.Draft202012Validator.META_SCHEMA
    assert schema["$schema"] == meta["$id"]
    assert faults_of(schema, meta) == []


def test_the_request_of_the_examples_fits_its_schema() -> None:
    schema = json.loads((ROOT / "docs/schemas/request.schema.json").read_text("utf-8"))
    text = (ROOT / "examples/demande-2024-118/request.yaml").read_text("utf-8")
    told = [json.loads(json.dumps(one, default=str)) for one in yaml.safe_load_all(text)]
    assert [len(one["documents"]) > 0 for one in told] == [True]
    assert [faults_of(one, schema) for one in told] == [[]]
    assert faults_of({**told[0], "nothing_known": 1}, schema) != []


def faults_of(told: Any, schema: Any) -> list[str]:
    return [one.message for one in jsonschema.Draft202012Validator(schema).iter_errors(told)]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_that_a_page_names_exists(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    group = cli.get_command(None, words[0])  # type: ignore[arg-type]
    assert group is not None, words
    below = words[:2] if hasattr(group, "commands") and len(words) > 1 else words[:1]
    assert call(capsys, *below, "--help").code == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_make_help_lists_the_targets_of_the_readme() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert named <= targets
