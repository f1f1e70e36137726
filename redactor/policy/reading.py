"""Reads one YAML file of a pack into its shape, or refuses it with file, line and key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from redactor import strict_yaml
from redactor.errors import BadPack

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from redactor.strict_yaml import Loaded

MAX_BYTES = 1 << 20  # bytes of one file; the longest of ours is about 40,000

# What a person reads for a code of the library that checks shapes; a code that is not here is told as it is.
PLAIN = {
    "extra_forbidden": "unknown key",
    "missing": "a key is missing",
    "string_type": "text is wanted: put it in quotes",
    "string_pattern_mismatch": "not written as this key asks",
    "enum": "not one of the values of this key",
    "literal_error": "not one of the values of this key",
    "date_type": "not a date: 2024-10-02",
    "date_from_datetime_parsing": "not a date: 2024-10-02",
    "date_from_datetime_inexact": "not a date: 2024-10-02",
}

Model = TypeVar("Model", bound=BaseModel)


def load(entry: Traversable | Path) -> Loaded:
    """The one mapping of a file, with its lines. Raises BadPack."""
    try:
        raw = entry.read_bytes()
        if len(raw) > MAX_BYTES:
            raise BadPack(file=entry.name, line=1, problem="larger than 1 MiB")
        text = raw.decode("utf-8")
    except OSError:
        raise BadPack(file=entry.name, line=1, problem="missing or unreadable") from None
    except UnicodeDecodeError:
        raise BadPack(file=entry.name, line=1, problem="not UTF-8") from None
    _refuse_tabs(text, entry.name)
    try:
        loaded = strict_yaml.load_stream(text)
    except strict_yaml.BadYaml as error:
        raise BadPack(file=entry.name, **error.facts) from None
    if len(loaded) != 1 or not isinstance(loaded[0].value, dict):
        raise BadPack(file=entry.name, line=1, problem="one mapping a file")
    return loaded[0]


def _refuse_tabs(text: str, name: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            raise BadPack(file=name, line=number, problem="tab")


def shape(model: type[Model], loaded: Loaded, name: str) -> Model:
    """The file's content as `model`. Raises BadPack at the first fault of shape."""
    try:
        return model.model_validate(loaded.value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = loaded.known(tuple(first["loc"]))
        problem = PLAIN.get(first["type"], first["type"]) if first["type"] != "value_error" else first["msg"]
        raise BadPack(
            file=name, line=loaded.line_of(where), key=_key_of(where, first["loc"]), problem=problem
        ) from None


def _key_of(where: tuple[str | int, ...], loc: tuple[str | int, ...]) -> str:
    """The path that stands in the file, and the key that is missing from it if one is."""
    told = where if where == loc or len(loc) > len(where) + 1 else loc
    return ".".join(str(part) for part in told) or "file"
