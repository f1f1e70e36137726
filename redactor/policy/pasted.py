"""Wordings that an officer pasted, kept in a data folder: who, when, from which address, and every earlier one.

One file a paste, `texts/PACK/s053-fr.2.yaml`, never written twice: the highest number is the text in use, the others
are its history. What may be printed of them is left to `texts`.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003  pydantic reads the annotation when the class is made
import hashlib
import os
import re
import tempfile
import unicodedata
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import Field

from redactor.errors import UsageError
from redactor.model import Lang
from redactor.policy.reading import load, shape
from redactor.policy.schema import Section, Strict

if TYPE_CHECKING:
    from pathlib import Path

    from redactor.policy.pack import Pack

FOLDER = "texts"
MAX_BYTES = 100_000  # of a pasted file; the longest section of the Act has about 4,000 characters
MAX_NAME = 120  # characters of a person's name
MAX_ADDRESS = 500  # characters
_FILE = re.compile(r"s(?P<section>\d{1,3}(?:\.\d{1,2})?)-(?P<lang>fr|en)\.(?P<number>[1-9]\d{0,4})\.yaml")


class BadPaste(UsageError):
    """A text, its section, address or person is refused. Facts: key, problem; never a word of the text."""

    code = "policy.bad_paste"
    advice = "Copy the whole section from its official page into a plain text file, and give its address and your name."
    conseil = "Copiez l'article entier de sa page officielle dans un fichier texte, et donnez son adresse et votre nom."


class OtherTextKept(UsageError):
    """Another text of that section is kept already. Facts: section, by, at."""

    code = "policy.other_text_kept"
    advice = "Compare both; to use the new one from now on, add --replace: the earlier one stays in the history."
    conseil = "Comparez les deux; pour retenir le nouveau, ajoutez --replace : l'ancien reste dans l'historique."


class Pasted(Strict):
    """One text that a person pasted. `sha256` is of its bytes in UTF-8: a kept text that was changed is refused."""

    section: Section
    lang: Literal["fr", "en"]
    by: Annotated[str, Field(min_length=1, max_length=MAX_NAME)]
    at: dt.date
    url: Annotated[str, Field(min_length=1, max_length=MAX_ADDRESS)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    text: Annotated[str, Field(min_length=1, max_length=MAX_BYTES)]


def add(
    data: Path, pack: Pack, *, section: str, lang: Lang, raw: bytes, url: str, by: str, day: dt.date, replace: bool
) -> tuple[Pasted, bool]:
    """The text now in use, and whether it was added: the same text twice is kept once.

    Raises BadPaste, and OtherTextKept when another text is in use and `replace` is not said.
    """
    _refuse_section(pack, section, lang)
    text = _plain(raw)
    kept = history(data, pack, section=section, lang=lang)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if kept and kept[-1].sha256 == digest:
        return kept[-1], False
    if kept and not replace:
        raise OtherTextKept(section=section, by=kept[-1].by, at=kept[-1].at.isoformat())
    new = Pasted(section=section, lang=_code(lang), by=_name(by), at=day, url=_address(url), sha256=digest, text=text)
    _write(_place(data, pack), f"s{section}-{lang.value}.{len(kept) + 1}.yaml", new)
    return new, True


def history(data: Path, pack: Pack, *, section: str, lang: Lang) -> tuple[Pasted, ...]:
    """Every text pasted for a section, oldest first. Raises BadPack on a file that somebody changed."""
    return tuple(one for one in read_all(data, pack) if (one.section, one.lang) == (section, lang.value))


def read_all(data: Path, pack: Pack) -> tuple[Pasted, ...]:
    """Every text pasted for a pack, by section and language, each oldest first."""
    folder = _place(data, pack)
    named = [(match, entry) for entry in _entries(folder) if (match := _FILE.fullmatch(entry.name))]
    ordered = sorted(named, key=lambda one: (one[0]["section"], one[0]["lang"], int(one[0]["number"])))
    return tuple(_read(entry, match) for match, entry in ordered)


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _read(entry: Path, name: re.Match[str]) -> Pasted:
    one = shape(Pasted, load(entry), entry.name)
    told = (one.section, one.lang, one.sha256)
    if told != (name["section"], name["lang"], hashlib.sha256(one.text.encode()).hexdigest()):
        raise BadPaste(key=entry.name, problem="changed since it was pasted: remove it and paste the text again")
    return one


def _place(data: Path, pack: Pack) -> Path:
    return data / FOLDER / pack.head.id


def _refuse_section(pack: Pack, section: str, lang: Lang) -> None:
    cited = {version.cite.section for source in pack.sources for version in source.rule.versions}
    if section not in cited:
        raise BadPaste(key="section", problem="no rule of the pack cites it")
    if pack.texts.printable(section, lang) is not None:
        raise BadPaste(key="section", problem="its text is confirmed and whole in the pack: nothing is to be pasted")


def _plain(raw: bytes) -> str:
    """The text, with one kind of line end, without blanks at its edges. Nothing else of it is touched."""
    if len(raw) > MAX_BYTES:
        raise BadPaste(key="text", problem=f"larger than {MAX_BYTES} bytes: a section is shorter")
    try:
        text = unicodedata.normalize("NFC", raw.decode("utf-8-sig")).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise BadPaste(key="text", problem="not UTF-8 text") from None
    if not any(char.isalpha() for char in text):
        raise BadPaste(key="text", problem="no words")
    if any(unicodedata.category(char) in {"Cc", "Cs", "Co", "Cn"} and char not in "\n\t" for char in text):
        raise BadPaste(key="text", problem="characters that are no text: copy the words, not the page")
    return "\n".join(line.rstrip() for line in text.replace("\t", " ").strip().split("\n")) + "\n"


def _name(by: str) -> str:
    name = " ".join(by.split())
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise BadPaste(key="by", problem="the name of the person who pastes the text")
    return name


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        good = False
    if not good or len(url) > MAX_ADDRESS or not url.isprintable() or any(char.isspace() for char in url):
        raise BadPaste(key="address", problem="the http(s) address of the page the text was copied from")
    return url


def _code(lang: Lang) -> Literal["fr", "en"]:
    if lang is Lang.OTHER:
        raise BadPaste(key="lang", problem="fr or en")
    return "en" if lang is Lang.EN else "fr"


def _write(folder: Path, name: str, one: Pasted) -> None:
    """A file of that name, whole or not at all. Raises OtherTextKept when somebody pasted meanwhile."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = yaml.safe_dump(one.model_dump(), allow_unicode=True, sort_keys=False, width=10_000)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, prefix=".", suffix=".tmp") as draft:
        draft.write(told)
        draft.flush()
        os.fsync(draft.fileno())
        try:
            os.link(draft.name, folder / name)
        except FileExistsError:
            raise OtherTextKept(section=one.section, by="?", at=one.at.isoformat()) from None
