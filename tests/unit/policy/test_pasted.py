"""A text that nobody confirmed is pasted once, with who, when and from where; it is never taken for a confirmed one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from redactor.data_folder import data_folder
from redactor.errors import BadPack
from redactor.model import Lang
from redactor.policy import pasted
from redactor.policy.loader import bundled
from redactor.policy.pasted import BadPaste, OtherTextKept, Pasted, add, history, read_all
from redactor.policy.texts import Printed, text_of
from redactor.policy.wordings import annex, in_order, overview, sections_of
from tests.unit.policy.builders import PERSONAL, small_pack

if TYPE_CHECKING:
    from pathlib import Path

    from redactor.policy.pack import Pack

DAY = dt.date(2026, 11, 20)
URL = "https://lois.example/se:53"
WORDS = "53. Des mots inventés pour un essai.\n\nUn second alinéa, inventé aussi.\n"


def kept(data: Path, text: bytes = WORDS.encode(), **changed: object) -> tuple[Pasted, bool]:
    given = {"section": "53", "lang": Lang.FR, "url": URL, "by": "Line Roy", "day": DAY, "replace": False, **changed}
    return add(data, bundled(), raw=text, **given)  # type: ignore[arg-type]  # a table of changes


def test_it_is_kept_with_who_when_and_where(tmp_path: Path) -> None:
    one, is_new = kept(tmp_path)
    assert is_new
    assert (one.by, one.at, one.url, one.text) == ("Line Roy", DAY, URL, WORDS)
    assert read_all(tmp_path, bundled()) == (one,)
    assert [path.name for path in (tmp_path / "texts/qc-a2.1").iterdir()] == ["s53-fr.1.yaml"]


@pytest.mark.parametrize(
    "again", [WORDS.encode(), WORDS.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + WORDS.encode()]
)
def test_the_same_text_twice_is_kept_once(tmp_path: Path, again: bytes) -> None:
    first, _ = kept(tmp_path)
    assert kept(tmp_path, again, by="Marc Otis", day=DAY + dt.timedelta(days=1)) == (first, False)
    assert len(read_all(tmp_path, bundled())) == 1


def test_another_text_is_refused_unless_it_replaces_and_history_stays(tmp_path: Path) -> None:
    first, _ = kept(tmp_path)
    with pytest.raises(OtherTextKept, match="by=Line Roy, at=2026-11-20"):
        kept(tmp_path, b"53. Autre chose.")
    second, is_new = kept(tmp_path, b"53. Autre chose.", replace=True)
    assert is_new
    assert history(tmp_path, bundled(), section="53", lang=Lang.FR) == (first, second)
    assert kept(tmp_path, WORDS.encode(), replace=True)[1]
    assert len(history(tmp_path, bundled(), section="53", lang=Lang.FR)) == 3


def test_each_language_has_its_own(tmp_path: Path) -> None:
    kept(tmp_path)
    assert kept(tmp_path, b"53. Invented words.", lang=Lang.EN)[1]


BAD: list[tuple[str, bytes, dict[str, object], str]] = [
    ("empty", b" \n ", {}, "no words"),
    ("not text", b"\xff\xfe53", {}, "not UTF-8"),
    ("a PDF", b"%PDF-1.7\n\x00\x01 53", {}, "no text"),
    ("too long", b"a" * (pasted.MAX_BYTES + 1), {}, "larger than"),
    ("a section of no rule", b"12. Mots.", {"section": "12"}, "no rule of the pack cites it"),
    ("not a section", b"Mots.", {"section": "../../etc"}, "no rule of the pack cites it"),
    ("a confirmed section", b"37. Mots.", {"section": "37"}, "confirmed and whole"),
    ("no address", b"53. Mots.", {"url": ""}, "address"),
    ("another scheme", b"53. Mots.", {"url": "file:///etc/passwd"}, "address"),
    ("a script", b"53. Mots.", {"url": "javascript:alert(1)"}, "address"),
    ("a password in the address", b"53. Mots.", {"url": "https://a:b@lois.example/"}, "address"),
    ("a blank in the address", b"53. Mots.", {"url": "https://lois.example/a b"}, "address"),
    ("no host", b"53. Mots.", {"url": "https:///se:53"}, "address"),
    ("a broken address", b"53. Mots.", {"url": "https://[::1"}, "address"),
    ("nobody", b"53. Mots.", {"by": "  "}, "name of the person"),
    ("a name with an escape", b"53. Mots.", {"by": "Line\x1b[2J"}, "name of the person"),
    ("a third language", b"53. Mots.", {"lang": Lang.OTHER}, "fr or en"),
]


@pytest.mark.parametrize(("raw", "changed", "problem"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_is_refused(tmp_path: Path, raw: bytes, changed: dict[str, object], problem: str) -> None:
    with pytest.raises(BadPaste, match=problem):
        kept(tmp_path, raw, **changed)
    assert read_all(tmp_path, bundled()) == ()


def test_a_kept_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    kept(tmp_path)
    (place,) = (tmp_path / "texts/qc-a2.1").iterdir()
    place.write_text(place.read_text("utf-8").replace("inventés", "corrigés"), "utf-8")
    with pytest.raises(BadPaste, match="changed since"):
        read_all(tmp_path, bundled())
    place.write_text("by: somebody\n", "utf-8")
    with pytest.raises(BadPack, match="a key is missing"):
        read_all(tmp_path, bundled())


def test_two_people_at_once_never_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(tmp_path)
    monkeypatch.setattr(pasted, "history", lambda *_, **__: ())
    with pytest.raises(OtherTextKept):
        kept(tmp_path, b"53. Autre chose.")


@pytest.mark.parametrize(("home", "expected"), [("/srv/data", "/srv/data/redactor"), ("data", ".local/share/redactor")])
def test_the_default_folder(monkeypatch: pytest.MonkeyPatch, home: str, expected: str) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", home)
    assert str(data_folder()).endswith(expected)


def test_a_confirmed_text_stands_before_a_pasted_one_and_says_so() -> None:
    one = Pasted(section="37", lang="fr", by="x", at=DAY, url=URL, sha256="0" * 64, text="autre")
    printed = text_of(bundled(), "37", day=DAY, lang=Lang.FR, pasted=[one])
    assert printed is not None
    assert (printed.by, printed.text.startswith("37. Un organisme public peut refuser")) == (None, True)


def dated(folder: Path) -> Pack:
    """A section whose law changed on 1 January 2026."""
    line = '  - {from: null, until: null, cite: {act: Loi, section: "53"}, text: unverified, source: an invented law}\n'
    return small_pack(
        folder,
        s053_personal=PERSONAL.replace(
            line,
            line.replace("until: null", "until: 2026-01-01") + line.replace("from: null", "from: 2026-01-01"),
        ),
    )


@pytest.mark.parametrize(
    ("pasted_on", "asked_for", "printed"),
    [
        (dt.date(2026, 1, 1), dt.date(2026, 1, 1), True),
        (dt.date(2026, 1, 1), dt.date(2025, 12, 31), False),
        (dt.date(2025, 12, 31), dt.date(2025, 6, 1), True),
        (dt.date(2025, 12, 31), dt.date(2026, 1, 1), False),
    ],
)
def test_a_text_of_another_law_is_not_printed(
    tmp_path: Path, pasted_on: dt.date, asked_for: dt.date, *, printed: bool
) -> None:
    pack = dated(tmp_path)
    one = Pasted(section="53", lang="fr", by="x", at=pasted_on, url=URL, sha256="0" * 64, text="mots")
    found = text_of(pack, "53", day=asked_for, lang=Lang.FR, pasted=[one])
    assert found == (Printed("53", "mots", URL, pasted_on, "x") if printed else None)


def test_an_annex_says_where_each_text_comes_from(tmp_path: Path) -> None:
    one, _ = kept(tmp_path)
    told = annex(bundled(), ["53", "9", "57", "53"], day=DAY, lang=Lang.FR, pasted=[one])
    lines = told.split("\n")
    assert [line for line in lines if line.startswith("art.")] == [
        "art. 9 – confirmé, lu le 2026-11-23 (note rendue accessible SC-38280, dispositions annexées)",
        f"art. 53 – collé par Line Roy le 2026-11-20 depuis {URL} ; non confirmé par les auteurs du logiciel",
        "art. 57 – à coller une fois : redactor policies text add 57 --file FICHIER --address ADRESSE --by NOM",
    ]
    assert "  53. Des mots inventés pour un essai." in lines
    english = annex(bundled(), ["53"], day=DAY, lang=Lang.EN, pasted=[one])
    assert "to paste once" in english
    assert "inventés" not in english


def test_the_overview_has_two_lines_a_section(tmp_path: Path) -> None:
    lines = list(overview(bundled(), day=DAY, pasted=read_all(tmp_path, bundled())))
    assert len(lines) == 2 * len(sections_of(bundled()))
    whole = [one for one in bundled().texts.texts if one.certainty == "SEEN" and one.complete]
    told = [line.split()[:2] for line in lines if " confirm" in line]
    assert told == [[section, lang] for section in sections_of(bundled()) for lang in ("fr", "en")
                    if (section, lang) in {(one.section, one.lang) for one in whole}]  # fmt: skip


def test_sections_stand_in_the_order_of_the_act() -> None:
    assert in_order(["53", "9", "41.1", "28.1", "28", "41", "9"]) == ("9", "28", "28.1", "41", "41.1", "53")
