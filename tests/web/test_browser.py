"""The whole way in a real browser: officer, reviewer, return, correction, approval, ZIP; keys; languages; axe.

Skipped where Debian's Chromium or Playwright is missing; accessibility also where axe-core was not installed by npm.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from redactor.jobs.runner import Runner
from redactor.model import DocumentId
from redactor.pdf.reader import read
from redactor.store import reviewing
from tests.web.kit import PASSWORD, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from redactor.store.values import ProposalView
    from tests.web.conftest import Case

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WAIT_MS = 60_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def base(case: Case) -> Iterator[str]:
    """The service with its runner, on a free port of this machine."""
    with served(case.app) as address, Runner(case.store):
        yield address


def person(browser: Browser, base: str, login: str, **how: Any) -> Page:
    page: Page = browser.new_context(**{"locale": "fr-CA", **how}).new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{base}/sign-in")
    page.locator("#login:focus").wait_for()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("header form[action='/sign-out']").wait_for()
    return page


def press(page: Page, told: str) -> None:
    """Enter on the button of that name, reached without the mouse."""
    page.get_by_role("button", name=told, exact=True).focus()
    page.keyboard.press("Enter")


def decide_everything(page: Page, base: str, request: str) -> int:
    """One key a decision; the reason is written once a provision. The number of keys that decided."""
    page.goto(f"{base}/requests/{request}/review")
    keys = 0
    while not page.locator("#bar a.main").count():
        form = page.locator("#decide")
        if form.get_attribute("data-needs-reason") == "yes" and not page.locator("#reason").input_value():
            page.keyboard.press("m")
            page.keyboard.type("processus en cours")
            page.keyboard.press("Escape")
        chosen = page.locator("#decide input[name=proposal]").input_value()
        is_flag = page.locator("#overlay .chosen.flag").count() > 0
        page.keyboard.press("r" if is_flag else "a")
        keys += 1
        page.wait_for_function(
            "old => document.querySelector('#bar a.main') ||"
            " document.querySelector('#decide input[name=proposal]')?.value !== old",
            arg=chosen,
        )
        assert keys < 50
    return keys


def wait_until_done(page: Page, base: str, request: str) -> None:
    for _ in range(WAIT_MS // 500):
        told = page.request.get(f"{base}/requests/{request}/progress").json()
        if told["left"] == 0 and told["joined"]:
            return
        page.wait_for_timeout(500)
    raise AssertionError("the work did not end")


def test_from_officer_to_reviewer_and_back_to_the_zip(browser: Browser, base: str, case: Case) -> None:
    claire = person(browser, base, "claire")
    louis = person(browser, base, "louis", locale="en-CA")
    waiting = sum(one.open for one in case.proposals())
    assert decide_everything(claire, base, case.request) == waiting
    look = f"{base}/requests/{case.request}/second-look"
    claire.goto(look)
    press(claire, "Soumettre au second regard")
    claire.get_by_text("La demande est soumise.").wait_for()
    louis.goto(look)
    louis.get_by_label("What to correct").focus()
    louis.keyboard.type("Revoir la recommandation.")
    press(louis, "Return with this reason")
    louis.wait_for_url(f"{base}/second-look")
    claire.goto(look)
    assert "Revoir la recommandation." in claire.locator("main").inner_text()
    claire.goto(f"{base}/requests/{case.request}/review")
    with claire.expect_response(lambda told: told.request.method == "POST") as corrected:
        claire.keyboard.press("a")
    assert corrected.value.status == HTTPStatus.SEE_OTHER
    claire.goto(look)
    press(claire, "Soumettre au second regard")
    claire.get_by_text("La demande est soumise.").wait_for()
    louis.goto(look)
    press(louis, "Approve")
    louis.get_by_text("The request is approved.").wait_for()
    released = released_by(claire, base, case.request)
    names = set(released.namelist())
    assert {"index.csv", "index.pdf", "index.xlsx", "articles.pdf", "certificat.pdf"} <= names
    texts = [
        read(released.read(one), document_id=DocumentId("d1")).text for one in names if one.startswith("released/")
    ]
    assert len(texts) == 2
    assert not any(word in text for text in texts for word in ("Quetzal", "046 454 286", "418 555-0143", "Zyxwville"))
    assert any("40 demandes" in text for text in texts)


def released_by(page: Page, base: str, request: str) -> zipfile.ZipFile:
    page.goto(f"{base}/requests/{request}/release")
    press(page, "1. Masquer et prouver les fichiers")
    page.get_by_text("Les fichiers sont en préparation").wait_for()
    wait_until_done(page, base, request)
    page.goto(f"{base}/requests/{request}/release")
    press(page, "2. Faire le dossier ZIP")
    page.get_by_text("La remise est prête.").wait_for()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Télécharger le ZIP").focus()
        page.keyboard.press("Enter")
    return zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes()))


def test_keys_undo_redo_filter_and_survive_a_reload_and_the_back_button(
    browser: Browser, base: str, case: Case
) -> None:
    page = person(browser, base, "claire")
    page.goto(f"{base}/requests/{case.request}/review")
    assert page.locator("#undo").is_disabled()
    old = page.locator("#bar").inner_text()
    page.keyboard.press("m")
    page.keyboard.type("motif")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator("#undo:not([disabled])").wait_for()
    page.reload()
    page.keyboard.press("u")
    page.locator("#redo:not([disabled])").wait_for()
    assert page.locator("#bar").inner_text() == old
    page.keyboard.press("y")
    page.locator("#undo:not([disabled])").wait_for()
    here = page.url
    page.keyboard.press("k")
    page.wait_for_url(lambda now: now != here)
    page.go_back()
    page.wait_for_url(here)
    page.locator("#review").wait_for()
    page.keyboard.press("v")
    assert "released" in (page.locator("#figure").get_attribute("class") or "")
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()


def test_a_mask_is_drawn_by_dragging_and_by_picking_words_with_keys(browser: Browser, base: str, case: Case) -> None:
    page = person(browser, base, "claire", viewport={"width": 1440, "height": 900})
    page.goto(f"{base}/documents/{case.documents[0]}/pages/1")
    page.keyboard.press("d")
    frame = page.locator("#overlay").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 60, frame["y"] + 300)
    page.mouse.down()
    page.mouse.move(frame["x"] + 260, frame["y"] + 340)
    page.mouse.up()
    page.locator("#mark-reason").fill("signature")
    page.keyboard.press("Enter")
    page.locator("#passages ul.marks li").first.wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#mark-reason").fill("nom")
    page.keyboard.press("Enter")
    page.locator("#passages ul.marks li").nth(1).wait_for()


def standing(case: Case, one: ProposalView) -> tuple[str, str, str] | None:
    """Outcome, reason and author of the decision in force on a passage."""
    made = reviewing.proposal(case.store, case.officer, one.id).decision
    return (made.outcome, made.reason, made.by_name) if made is not None else None


def test_two_people_on_one_passage_the_second_is_told_and_sees_what_stands(
    browser: Browser, base: str, case: Case
) -> None:
    one = next(each for each in case.proposals() if each.open)
    place = f"{base}/documents/{one.document}/pages/{one.page + 1}?p={one.id}"
    claire, denis = person(browser, base, "claire"), person(browser, base, "denis")
    for page in (claire, denis):
        page.goto(place)
    claire.locator("#reason").fill("motif de Claire")
    claire.locator("#accept").click()
    claire.locator("#undo:not([disabled])").wait_for()
    denis.locator("#reason").fill("autre motif")
    denis.locator("#reject").click()
    denis.get_by_text("Quelqu'un a changé ceci entre-temps").wait_for()
    denis.locator("#detail .note.good", has_text="motif de Claire").wait_for()
    assert standing(case, one) == ("withhold", "motif de Claire", "Claire Tremblay")


def test_everything_essential_works_without_a_script(browser: Browser, base: str, case: Case) -> None:
    page = person(browser, base, "claire", java_script_enabled=False)
    page.goto(f"{base}/requests/{case.request}/review")
    chosen = page.locator("#decide input[name=proposal]").get_attribute("value")
    one = next(each for each in case.proposals() if each.id == chosen)
    assert (standing(case, one), page.locator("#undo").is_disabled()) == (None, True)
    page.locator("#reason").fill("processus en cours")
    page.locator("#accept").click()
    page.locator("#undo:not([disabled])").wait_for()
    assert standing(case, one) == ("withhold", "processus en cours", "Claire Tremblay")
    page.locator("#undo").click()
    page.locator("#redo:not([disabled])").wait_for()
    assert standing(case, one) is None


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["fr-CA", "en-CA"])
def test_axe_finds_nothing(browser: Browser, base: str, case: Case, scheme: str, locale: str) -> None:
    own = f"/requests/{case.request}"
    page_url = f"/documents/{case.documents[0]}/pages/1"
    tabs = ("documents", "facts", "people", "second-look", "release")
    screens = {
        "claire": ["/requests", own, *(f"{own}/{one}" for one in tabs),
                   f"{own}/search?text=quetzal", page_url, f"{page_url}/preview", "/help", "/requests/unknown"],
        "louis": ["/second-look"],
        "anne": ["/users", "/journal", "/settings"],
    }  # fmt: skip
    found = []
    for login, paths in screens.items():
        page = person(browser, base, login, locale=locale, color_scheme=scheme, bypass_csp=True)
        for path in paths:
            page.goto(base + path)
            page.evaluate(AXE.read_text("utf-8"))
            found += [(path, *one) for one in page.evaluate(SCAN, RULES)]
    assert found == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm ci")
def test_axe_would_find_something(browser: Browser, base: str) -> None:
    page = person(browser, base, "claire", bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x><input>')")
    assert page.evaluate(SCAN, RULES)


SCAN = """async (rules) => {
  const told = await axe.run(document, { runOnly: rules });
  return told.violations.map((one) => [one.id, one.nodes[0].html.slice(0, 120)]);
}"""
