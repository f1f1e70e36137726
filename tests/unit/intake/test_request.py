"""`request.yaml`: what is missing is unknown, what is wrong is refused with file and line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from redactor.intake.request import BadRequestFile, read_requests
from redactor.model import UNKNOWN, Role


def write(folder: Path, text: str) -> Path:
    path = folder / "request.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_request(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
request: {number: "2024-118", received: 2024-10-02, requester: other, people: [{name: Odile Brière, role: private}]}
defaults: {body: Ministère des Transports, body_kind: ministry}
consents: [{person: Odile Brière, provision: "53", date: 2024-10-05, by: O. Brière}]
documents:
  - {file: note.pdf, kind: note, lang: fr, date: "2021-05-06", author: staff, decision: made, published: false}
  - {file: sous/lettre.pdf, body: Ville de Québec, request_date: 2024-11-12, date: unknown}
""",
    )
    (request,) = read_requests(path)
    note, letter = request.documents["note.pdf"], request.documents["sous/lettre.pdf"]
    assert request.number == "2024-118"
    assert [(one.name, one.role) for one in request.people] == [("Odile Brière", Role.PRIVATE)]
    assert [one.provision for one in request.consents] == ["53"]
    assert note.date == dt.date(2021, 5, 6)
    assert note.request_date == dt.date(2024, 10, 2)
    assert letter.request_date == dt.date(2024, 11, 12)
    assert (note.body, letter.body) == ("Ministère des Transports", "Ville de Québec")


def test_what_is_missing_null_or_unknown_is_unknown(tmp_path: Path) -> None:
    (request,) = read_requests(write(tmp_path, "documents: [{file: a.pdf, kind: unknown, date: null}]\n"))
    facts = request.documents["a.pdf"]
    assert (facts.kind, facts.date, facts.author, facts.decision, facts.request_date) == (UNKNOWN,) * 5
    assert (facts.published, facts.in_scope, facts.supplied_by, facts.requester) == (False, True, None, "other")


def test_a_stream_is_several_requests(tmp_path: Path) -> None:
    requests = read_requests(write(tmp_path, "request: {number: 1}\n---\nrequest: {number: 2}\n"))
    assert [one.number for one in requests] == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("documents:\n  - {file: a.pdf, kind: notee}\n", 2, "documents.0.kind"),
        ("documents:\n  - file: a.pdf\n    date: 2021-02-30\n", None, None),
        ("documents:\n  - file: a.pdf\n    date: hier\n", 3, "documents.0.date"),
        ("documents:\n  - {file: a.pdf}\n  - {file: a.pdf}\n", 3, "file"),
        ("documents: [{file: ../a.pdf}]\n", 1, "file"),
        ("documents: [{file: /etc/passwd}]\n", 1, "file"),
        ("request: {nummer: 1}\n", 1, "request.nummer"),
        ("people: [{name: A, role: boss}]\n", 1, "people.0.role"),
        ("request: {requester: Odile}\n", 1, "request.requester"),
        ("- a\n", 1, "request"),
        ("request: {number: 1\n", 2, None),
        ("a: 1\na: 2\n", 2, None),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_line(
    tmp_path: Path, text: str, line: int | None, key: str | None
) -> None:
    with pytest.raises(BadRequestFile) as caught:
        read_requests(write(tmp_path, text))
    assert caught.value.facts["file"] == "request.yaml"
    assert line is None or caught.value.facts["line"] == line
    assert key is None or caught.value.facts["key"] == key


def test_a_value_is_never_quoted_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(BadRequestFile) as caught:
        read_requests(write(tmp_path, "documents: [{file: a.pdf, kind: Odette Larouche}]\n"))
    assert "Odette" not in str(caught.value)


def test_a_request_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "request.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRequestFile):
        read_requests(tmp_path / "request.yaml")


def test_one_file_in_two_requests_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequestFile):
        read_requests(write(tmp_path, "documents: [{file: a.pdf}]\n---\ndocuments: [{file: a.pdf}]\n"))


def test_a_part_takes_the_keys_of_what_it_stands_in(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
request: {hidden_content: drop}
defaults: {author: staff, kind: note}
documents:
  - {file: m.msg, author: citizen, lang: en}
  - {file: m.msg/a.docx, kind: letter, hidden_content: print}
""",
    )
    (request,) = read_requests(path)
    part = request.documents["m.msg/a.docx"]
    assert (part.author, part.lang, part.kind, part.hidden_content) == ("citizen", "en", "letter", "print")
    assert request.defaults.hidden_content == "drop"
