"""Reads a pack folder into a `Pack`, or refuses it with file, line and key. The proof by examples is `checker`'s."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from redactor.errors import BadPack
from redactor.policy import wellformed
from redactor.policy.pack import Pack, Source
from redactor.policy.reading import load, shape
from redactor.policy.schema import SCHEMA, ClassesFile, PackFile, Rule
from redactor.policy.texts import Texts, read_texts

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


PACK_FILE = "pack.yaml"
CLASSES_FILE = "classes.yaml"  # named word classes: language, not law, so beside the pack's own file
RULE_FILE = re.compile(r"s\d{3}(\.\d)?(-[a-z0-9.-]+)?\.yaml")


@lru_cache(maxsize=4)
def bundled(name: str = "qc-a2.1") -> Pack:
    """The pack that is installed with the product."""
    return load_pack(files("policies") / name)


def load_pack(folder: Traversable | Path) -> Pack:
    """The pack in `folder`. Raises BadPack at the first fault."""
    pack, problems = read_pack(folder)
    if problems:
        raise problems[0]
    if pack is None:
        raise BadPack(file=PACK_FILE, line=1, problem="no pack")
    return pack


def read_pack(folder: Traversable | Path) -> tuple[Pack | None, tuple[BadPack, ...]]:
    """The pack as far as it could be read, and every fault found, in the order of files."""
    problems: list[BadPack] = []
    head = _read_head(folder, problems)
    sources: list[Source] = []
    for entry in sorted(_entries(folder), key=lambda one: one.name):
        if RULE_FILE.fullmatch(entry.name):
            try:
                sources.append(_read_rule(entry))
            except BadPack as problem:
                problems.append(problem)
        elif re.match(r"s\d", entry.name):
            problems.append(BadPack(file=entry.name, line=1, problem="a rule file is named sNNN-name.yaml"))
    if head is None:
        return None, tuple(problems)
    pack = Pack(head, tuple(sources), _read_texts(folder, problems), _mark(folder))
    return pack, (*problems, *(wellformed.problems(pack) if not problems else ()))


def _read_texts(folder: Traversable | Path, problems: list[BadPack]) -> Texts:
    try:
        return read_texts(folder)
    except BadPack as problem:
        problems.append(problem)
        return Texts(())


def _mark(folder: Traversable | Path) -> str:
    """A digest of the files of the pack: edited rules are other rules, whatever version they say."""
    digest = hashlib.sha256()
    for one in sorted([*_entries(folder), *_entries(folder / "texts")], key=lambda entry: entry.name):
        for part in (one.name.encode(), one.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _entries(folder: Traversable | Path) -> list[Any]:
    try:
        return [one for one in folder.iterdir() if one.is_file()]
    except OSError:
        return []


def _read_head(folder: Traversable | Path, problems: list[BadPack]) -> PackFile | None:
    try:
        loaded = load(folder / PACK_FILE)
        if loaded.value.get("schema") != SCHEMA:
            problems.append(
                BadPack(file=PACK_FILE, line=loaded.line_of(("schema",)), key="schema", problem="unsupported schema")
            )
            return None
        head = shape(PackFile, loaded, PACK_FILE)
        return _with_classes(head, folder)
    except BadPack as problem:
        problems.append(problem)
        return None


def _with_classes(head: PackFile, folder: Traversable | Path) -> PackFile:
    entry = folder / CLASSES_FILE
    if not entry.is_file():
        return head
    loaded = load(entry)
    classes = shape(ClassesFile, loaded, CLASSES_FILE).root
    for name in sorted(set(classes) & set(head.classes)):
        raise BadPack(file=CLASSES_FILE, line=loaded.line_of((name,)), key=name, problem="also a class of pack.yaml")
    return head.model_copy(update={"classes": {**head.classes, **classes}})


def _read_rule(entry: Traversable | Path) -> Source:
    loaded = load(entry)
    return Source(entry.name, shape(Rule, loaded, entry.name), loaded)
