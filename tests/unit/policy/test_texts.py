"""Confirmed wording only: five sections are printed as a released note quotes them, nothing else is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redactor.errors import BadPack
from redactor.model import Lang
from redactor.policy.loader import bundled
from redactor.policy.schema import TextStatus
from redactor.policy.texts import read_texts

if TYPE_CHECKING:
    from pathlib import Path

TEXT = 'section: "37"\nlang: fr\ncertainty: SEEN\ncomplete: true\nsource: x\nread: 2026-11-23\ntext: "37. Un."\n'


@pytest.mark.parametrize("section", ["9", "14", "34", "37", "39"])
def test_the_five_sections_are_printable(section: str) -> None:
    text = bundled().texts.printable(section, Lang.FR)
    assert text is not None
    assert text.text.startswith(f"{section}. ")
    assert "1982" not in text.text  # the history stands apart
    assert text.history is not None


@pytest.mark.parametrize("section", ["13", "23", "24", "33", "50", "51", "53", "54", "55", "56", "57", "86.1", "88"])
def test_what_was_not_confirmed_is_never_printed(section: str) -> None:
    assert bundled().texts.printable(section, Lang.FR) is None
    assert bundled().texts.printable(section, Lang.EN) is None


@pytest.mark.parametrize(("section", "lang"), [("47", Lang.FR), ("28", Lang.EN), ("59", Lang.EN), ("59.1", Lang.EN)])
def test_a_text_in_part_is_not_printed(section: str, lang: Lang) -> None:
    held = [one for one in bundled().texts.texts if (one.section, one.lang) == (section, lang.value)]
    assert [one.complete for one in held] == [False]
    assert held[0].missing
    assert bundled().texts.printable(section, lang) is None


def test_a_rule_says_verified_only_with_its_text() -> None:
    pack = bundled()
    verified = {
        version.cite.section
        for source in pack.sources
        for version in source.rule.versions
        if version.text is TextStatus.VERIFIED
    }
    assert verified == {"9", "14", "30", "34", "37", "39"}
    assert all(pack.texts.printable(section, Lang.FR) for section in verified)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (TEXT.replace('"37"', "37"), "section"),
        (TEXT.replace("SEEN", "GUESSED"), "certainty"),
        (TEXT.replace("read: 2026-11-23", "read: hier"), "read"),
        (TEXT + "note: x\n", "note"),
    ],
)
def test_a_bad_text_file(tmp_path: Path, text: str, key: str) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "s037-fr.yaml").write_text(text, "utf-8")
    with pytest.raises(BadPack) as caught:
        read_texts(tmp_path)
    assert caught.value.facts["key"] == key


def test_one_text_for_a_section_and_language(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "texts" / name).write_text(TEXT, "utf-8")
    with pytest.raises(BadPack, match="twice"):
        read_texts(tmp_path)
