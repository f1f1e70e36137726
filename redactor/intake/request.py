"""Reads `request.yaml` (CONTRACTS: "Facts") into requests with facts. What a key means for the law is the pack's."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from redactor import strict_yaml
from redactor.errors import UsageError
from redactor.model import UNKNOWN, Facts, Permission, Role, Unknown
from redactor.strict_yaml import Loaded

if TYPE_CHECKING:
    from collections.abc import Mapping

REQUEST_FILE = "request.yaml"
MAX_BYTES = 8 << 20  # bytes of a request file; a row is about 200, so some 40,000 documents


class BadRequestFile(UsageError):
    """The request file breaks its contract. Facts: file, line, key, problem."""

    code = "usage.bad_request_file"
    advice = "Correct that line; the keys are described in docs/facts.md."
    conseil = "Corrigez cette ligne; docs/facts.md décrit les clés."


def _plain_date(value: object) -> object:
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise ValueError("not a date")  # noqa: TRY004  pydantic turns ValueError into its own error
    return value


def _nfc(value: object) -> object:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


Day: TypeAlias = Annotated[dt.date, BeforeValidator(_plain_date)]
Text: TypeAlias = Annotated[str, BeforeValidator(_nfc), Field(min_length=1, max_length=500)]
Number: TypeAlias = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
OrUnknown: TypeAlias = Literal["unknown"] | None
Kind: TypeAlias = Literal[
    "note", "briefing", "memo", "email", "minutes", "proposal", "report",
    "letter", "contract", "form", "draft", "table", "decision",
]  # fmt: skip
Author: TypeAlias = Literal[
    "staff", "member", "consultant", "minister_office", "mna", "third_party", "citizen", "other_government", "lawyer"
]
BodyKind: TypeAlias = Literal["ministry", "municipal", "school", "health", "law_enforcement", "other"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True, strict=False)


class Waiver(_Strict):
    """Somebody who may do so gave up a protection, or consented to a release."""

    person: Text | None = Field(default=None, repr=False)
    office: Text | None = Field(default=None, repr=False)
    provision: Text
    date: Day
    by: Text = Field(repr=False)

    def permission(self) -> Permission:
        """The same as the engine takes it."""
        return Permission(self.person or self.office or "", self.provision, self.date, self.by)


class Declared(_Strict):
    """A person whose role the access officer states."""

    name: Text = Field(repr=False)
    role: Role


class _FactKeys(_Strict):
    kind: Kind | OrUnknown = None
    lang: Literal["fr", "en"] | OrUnknown = None
    body: Text | None = Field(default=None, repr=False)
    body_kind: BodyKind | OrUnknown = None
    author: Author | OrUnknown = None
    mandated: bool | OrUnknown = None
    date: Day | OrUnknown = None
    decision: Literal["made", "pending", "unknown"] | None = None
    decision_date: Day | OrUnknown = None
    final_decision_public: Day | OrUnknown = None
    final: bool | OrUnknown = None
    published: bool | Text | None = None
    supplied_by: Text | None = Field(default=None, repr=False)
    in_scope: bool | Literal["already_sent", "other_body"] | None = None
    hidden_content: Literal["print", "drop"] | None = None
    request_date: Day | OrUnknown = None


class _DocumentRow(_FactKeys):
    file: Text = Field(repr=False)


class _Header(_Strict):
    number: Number | None = None
    received: Day | OrUnknown = None
    requester: Literal["self", "other"] = "other"
    people: tuple[Declared, ...] = ()
    consents: tuple[Waiver, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    hidden_content: Literal["print", "drop"] | None = None


class _RequestFile(_Strict):
    request: _Header = _Header()
    defaults: _FactKeys = _FactKeys()
    documents: tuple[_DocumentRow, ...] = ()
    people: tuple[Declared, ...] = ()
    consents: tuple[Waiver, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One access request: its facts, and those of each document by `file` (NFC, `/`, relative to the request file)."""

    number: str | None
    documents: Mapping[str, Facts] = field(repr=False)
    defaults: Facts
    people: tuple[Declared, ...] = ()
    consents: tuple[Permission, ...] = ()
    waivers: tuple[Permission, ...] = ()


NO_REQUEST = Request(None, {}, Facts())


def read_requests(path: Path) -> tuple[Request, ...]:
    """The requests of a request file. Raises BadRequestFile with file and line."""
    try:
        raw = path.read_bytes()
        if len(raw) > MAX_BYTES:
            raise BadRequestFile(file=path.name, line=1, problem="larger than 8 MiB")
        loaded = strict_yaml.load_stream(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadRequestFile(file=path.name, line=1, problem="not UTF-8") from None
    except strict_yaml.BadYaml as error:
        raise BadRequestFile(file=path.name, **error.facts) from None
    requests = tuple(_request(one, path) for one in loaded)
    _refuse_twice(requests, path)
    return requests


def _refuse_twice(requests: tuple[Request, ...], path: Path) -> None:
    seen: set[str] = set()
    for request in requests:
        for file in request.documents:
            if file in seen:
                raise BadRequestFile(file=path.name, line=1, key="file", problem="one file in two requests")
            seen.add(file)


def _request(loaded: Loaded, path: Path) -> Request:
    try:
        parsed = _RequestFile.model_validate(loaded.value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        key = ".".join(str(part) for part in loaded.known(first["loc"])) or "request"
        raise BadRequestFile(
            file=path.name, line=loaded.line_of(first["loc"]), key=key, problem=first["type"]
        ) from None
    return _build(parsed, loaded, path)


def _build(parsed: _RequestFile, loaded: Loaded, path: Path) -> Request:
    documents: dict[str, Facts] = {}
    for index, row in enumerate(parsed.documents):
        line = loaded.line_of(("documents", index, "file"))
        if row.file in documents or row.file.startswith("/") or ".." in row.file.split("/"):
            raise BadRequestFile(file=path.name, line=line, key="file", problem="named twice, or outside the folder")
        documents[row.file] = _facts(parsed, (row, *_containers(row.file, parsed.documents)))
    header = parsed.request
    return Request(
        header.number, documents, _facts(parsed, ()),
        (*header.people, *parsed.people),
        tuple(one.permission() for one in (*header.consents, *parsed.consents)),
        tuple(one.permission() for one in (*header.waivers, *parsed.waivers)),
    )  # fmt: skip


def _containers(file: str, rows: tuple[_DocumentRow, ...]) -> tuple[_DocumentRow, ...]:
    """Rows of what a part stands in, the nearest first."""
    around = [row for row in rows if file.startswith(f"{row.file}/")]
    return tuple(sorted(around, key=lambda row: -len(row.file)))


def _facts(parsed: _RequestFile, rows: tuple[_DocumentRow, ...]) -> Facts:
    """Facts of one row: its own keys, else those of what it stands in, else the defaults', else unknown."""

    def known(key: str) -> Any:
        told = (getattr(row, key) for row in (*rows, parsed.defaults))
        value = next((one for one in told if one is not None), None)
        return UNKNOWN if value is None or value == "unknown" else value

    def stated(key: str, absent: Any) -> Any:
        value = known(key)
        return absent if isinstance(value, Unknown) else value

    received = parsed.request.received
    day = known("request_date")
    if isinstance(day, Unknown) and isinstance(received, dt.date):
        day = received
    free = {"published": False, "supplied_by": None, "in_scope": True}
    said = known("hidden_content")
    if isinstance(said, Unknown) and parsed.request.hidden_content is not None:
        said = parsed.request.hidden_content
    plain = {key: known(key) for key in _FactKeys.model_fields if key not in {*free, "request_date", "hidden_content"}}
    return Facts(
        **plain, **{key: stated(key, absent) for key, absent in free.items()}, requester=parsed.request.requester,
        request_date=day, hidden_content=said,
    )  # fmt: skip


def request_of(values: Mapping[str, Any]) -> Request:
    """The request of plain values with the keys of a request file. Raises BadRequestFile with the key."""
    return _request(Loaded(dict(values), {}), Path(REQUEST_FILE))
