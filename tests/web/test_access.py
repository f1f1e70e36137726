"""Who may call what: the whole table is walked, each role and nobody; forms without their token; forged ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.store import audit
from redactor.store.values import UserRole
from tests.web.kit import PEOPLE, Reader
from web.access import ANYONE, ROUTES, may

if TYPE_CHECKING:
    from werkzeug.routing import Rule

    from tests.web.conftest import Case

NOBODY = "0" * 32
FORGED = ("0" * 32, "x", "../../etc/passwd", "1 OR 1=1", "%00", "é" * 40)


def address(rule: Rule, *, id_: str = NOBODY) -> str:
    """The path of a rule with an id that does not exist."""
    built = rule.build({name: 1 if name in {"number", "n"} else id_ for name in rule.arguments}, append_unknown=False)
    assert built is not None
    return built[1]


def test_every_route_is_in_the_table_and_every_line_is_a_route(case: Case) -> None:
    assert {rule.endpoint for rule in case.app.url_map.iter_rules()} == set(ROUTES)


def test_a_route_that_the_table_does_not_name_is_refused_to_everybody() -> None:
    assert not may("requests.unheard_of", frozenset(UserRole))


@pytest.mark.parametrize("login", [None, *PEOPLE])
def test_the_matrix(case: Case, login: str | None) -> None:
    someone = case.reader(login)
    roles = frozenset(PEOPLE[login][1]) if login else frozenset()
    for rule in case.app.url_map.iter_rules():
        if rule.endpoint in {"static", "session.leave", "session.enter"}:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            status = called(someone, method, address(rule))
            told = f"{login} {method} {rule.rule}: {status}"
            if ROUTES[rule.endpoint] is ANYONE:
                assert status in {200, 302}, told
            elif login is None:
                assert status == (302 if method == "GET" else 401), told
            elif may(rule.endpoint, roles):
                assert status not in {401, 403, 500}, told
            else:
                assert status == 403, told


def called(someone: Reader, method: str, path: str) -> int:
    answer = (
        someone.client.get(path) if method == "GET" else someone.post(path, {"seen": "1", "page": "0", "text": "x"})
    )
    answer.close()
    return answer.status_code


def test_a_form_without_its_token_changes_nothing(case: Case) -> None:
    denis, anne = case.reader("denis"), case.reader("anne")
    head = audit.head(case.store)
    for rule in case.app.url_map.iter_rules():
        if "POST" in (rule.methods or set()) and rule.endpoint != "session.enter":
            someone = anne if may(rule.endpoint, frozenset({UserRole.ADMIN})) else denis
            for token in ({}, {"csrf_token": "forged"}):
                answer = someone.client.post(address(rule, id_=case.request), data={"seen": case.version, **token})
                assert answer.status_code == 400, rule.rule
    assert audit.head(case.store) == head


@pytest.mark.parametrize("forged", FORGED)
def test_forged_ids_find_nothing(case: Case, forged: str) -> None:
    claire = case.reader("claire")
    for path in (
        "/requests/{}",
        "/requests/{}/facts",
        "/documents/{}/pages/1",
        "/documents/{}/pages/1.png",
        "/releases/{}.zip",
    ):
        assert claire.client.get(path.format(forged)).status_code in {404, 308}, path
    answer = claire.post(
        f"/requests/{case.request}/decisions",
        {"proposal": forged, "outcome": "withhold", "reason": "x", "seen": case.version, "document": forged, "page": 0},
    )
    assert answer.status_code == 404


def test_who_sees_no_document_gets_none_of_its_words(case: Case) -> None:
    paths = [
        address(rule, id_=case.request) for rule in case.app.url_map.iter_rules() if "GET" in (rule.methods or set())
    ]
    paths += [f"/documents/{one}/pages/1{end}" for one in case.documents for end in ("", ".png", "/preview")]
    for login in ("vera", "anne"):
        someone = case.reader(login)
        for path in paths:
            answer = someone.client.get(path)
            assert not any(word in answer.get_data(as_text=True) for word in ("Quetzal", "note.pdf", "046 454 286")), (
                path
            )
            assert answer.mimetype != "image/png"


def test_nobody_changes_their_own_roles(case: Case) -> None:
    anne = case.reader("anne")
    path = f"/users/{case.actors['anne'].user_id}"
    assert anne.post(path, {"what": "roles", "role": "officer"}).status_code == 403
    assert anne.post(path, {"what": "disable"}).status_code == 403


def test_closing_an_access_ends_the_session(case: Case) -> None:
    claire, anne = case.reader("claire"), case.reader("anne")
    assert claire.get("/requests").status_code == 200
    anne.post(f"/users/{case.actors['claire'].user_id}", {"what": "end"})
    assert claire.get("/requests").status_code == 302
