"""Keys that a reader chose, and several runs of words, in a real browser; skipped where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.store import documents
from tests.web import test_browser as whole_way
from tests.web.test_browser import base as base  # noqa: PLC0414  a fixture
from tests.web.test_browser import browser as browser  # noqa: PLC0414

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.web.conftest import Case

pytestmark = whole_way.pytestmark


def test_a_key_is_changed_and_exchanged_and_the_help_says_so(case: Case, browser: Browser, base: str) -> None:
    page = whole_way.person(browser, base, "claire")
    page.goto(f"{base}/help")
    page.locator("[data-change=draw]").click()
    page.keyboard.press("x")
    page.locator("th kbd[data-key=draw]", has_text="x").wait_for()
    assert shown(page) == {"draw": "x", "words": "w"}
    page.locator("[data-change=words]").click()
    page.keyboard.press("x")
    page.locator("th kbd[data-key=words]", has_text="x").wait_for()
    page.locator("th kbd[data-key=draw]", has_text="w").wait_for()
    assert shown(page) == {"draw": "w", "words": "x"}
    document = case.documents[0]
    page.goto(f"{base}/documents/{document}/pages/1")
    page.locator("#words summary kbd", has_text="x").wait_for()
    assert page.locator("#words[open]").count() == 0
    page.keyboard.press("x")
    page.locator("#words[open]").wait_for()
    page.goto(f"{base}/help")
    page.locator("#reset-keys").click()
    page.locator("th kbd[data-key=words]", has_text="w").wait_for()
    assert shown(page) == {"draw": "d", "words": "w"}


def shown(page: Page) -> dict[str, str]:
    """The keys of two actions, as the table of the help names them."""
    return {action: page.locator(f"th kbd[data-key={action}]").inner_text() for action in ("draw", "words")}


@pytest.mark.parametrize("is_inverse", [False, True])
def test_several_runs_are_picked_by_keyboard(case: Case, browser: Browser, base: str, *, is_inverse: bool) -> None:
    document = case.documents[0]
    page = whole_way.person(browser, base, "claire")
    page.goto(f"{base}/documents/{document}/pages/1")
    page.locator("#words summary kbd").wait_for()
    page.keyboard.press("w")
    page.locator("#wordlist:focus").wait_for()
    for key in ("ArrowRight", "Space", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Space", "Enter"):
        page.keyboard.press(key)
    page.locator("#mark-provision:focus").wait_for()
    assert page.locator("#wordlist [aria-selected=true]").count() == 3
    page.locator("#mark-reason").fill("essai")
    page.locator("#all-but" if is_inverse else "#mark button:not([formaction])").click()
    page.locator("#passages .marks li").first.wait_for()
    marks = documents.page_view(case.store, case.officer, document, 0).marks
    words = {one.start: one.end for one in documents.page_view(case.store, case.officer, document, 0).words}
    starts = list(words)
    runs = [(starts[1], words[starts[1]]), (starts[3], words[starts[4]])]
    spans = [one.span for one in marks if one.span is not None]
    if is_inverse:
        assert not any(a < high and low < b for a, b in spans for low, high in runs)
    else:
        assert spans == runs
