"""Every string in both languages: the catalogue has each, none too many, with the same blanks to fill in."""

from __future__ import annotations

import re

from babel.messages.pofile import read_po

from redactor.store import gates
from tests.web.strings import WEB, all_strings
from web.show import names
from web.wording import english

BLANK = re.compile(r"%\((\w+)\)[sd]")


def test_every_string_has_its_english() -> None:
    assert sorted(all_strings() - set(english())) == []


def test_the_catalogue_holds_nothing_else() -> None:
    assert sorted(set(english()) - all_strings()) == []


def test_both_languages_fill_in_the_same() -> None:
    wrong = [
        french for french, told in english().items() if sorted(BLANK.findall(french)) != sorted(BLANK.findall(told))
    ]
    assert wrong == []


def test_no_entry_is_doubtful() -> None:
    with (WEB / "translations" / "en.po").open("rb") as stream:
        assert [one.id for one in read_po(stream, locale="en") if one.fuzzy and one.id] == []


def test_every_gate_has_a_place_where_to_go() -> None:
    assert set(names.GATE_PAGES) == set(gates.TOLD)
