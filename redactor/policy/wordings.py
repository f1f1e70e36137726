"""The texts of sections put on a page: confirmed, pasted (by whom, when, from where), or still to be pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redactor.model import Lang
from redactor.policy.citations import Citation
from redactor.policy.texts import text_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from redactor.policy.pack import Pack
    from redactor.policy.pasted import Pasted
    from redactor.policy.texts import Printed

_FR = {
    "title": "Texte des dispositions",
    "confirmed": "confirmé, lu le {read} ({source})",
    "pasted": "collé par {by} le {read} depuis {source} ; non confirmé par les auteurs du logiciel",
    "missing": "à coller une fois : redactor policies text add {section} --file FICHIER --address ADRESSE --by NOM",
}
_EN = {
    "title": "Text of the provisions",
    "confirmed": "confirmed, read on {read} ({source})",
    "pasted": "pasted by {by} on {read} from {source}; not confirmed by the authors of the software",
    "missing": "to paste once: redactor policies text add {section} --lang en --file FILE --address ADDRESS --by NAME",
}


def sections_of(pack: Pack) -> tuple[str, ...]:
    """Every section that a rule of the pack cites, in the order of the Act."""
    return in_order({version.cite.section for source in pack.sources for version in source.rule.versions})


def in_order(sections: Iterable[str]) -> tuple[str, ...]:
    """Sections in the order of the Act: 9, 28, 28.1, 53."""
    return tuple(sorted(set(sections), key=lambda one: tuple(map(int, one.split(".")))))


def annex(pack: Pack, sections: Iterable[str], *, day: dt.date, lang: Lang, pasted: Sequence[Pasted]) -> str:
    """The texts of some sections as they answer for `day`, each with where it comes from."""
    words = _words(lang)
    lines = [words["title"]]
    for section in in_order(sections):
        text = text_of(pack, section, day=day, lang=lang, pasted=pasted)
        lines.append("")
        lines.append(f"{Citation(section).text(lang)} – {_origin(section, text, words)}")
        lines.extend(f"  {line}".rstrip() for line in (text.text.rstrip("\n").split("\n") if text else ()))
    return "\n".join(lines)


def overview(pack: Pack, *, day: dt.date, pasted: Sequence[Pasted]) -> Iterator[str]:
    """A line for each section of the pack and language: confirmed, pasted, or to paste."""
    for section in sections_of(pack):
        for lang in (Lang.FR, Lang.EN):
            text = text_of(pack, section, day=day, lang=lang, pasted=pasted)
            yield f"{section:<5} {lang.value}  {_origin(section, text, _words(lang))}"


def _words(lang: Lang) -> dict[str, str]:
    return _EN if lang is Lang.EN else _FR


def _origin(section: str, text: Printed | None, words: dict[str, str]) -> str:
    if text is None:
        return words["missing"].format(section=section)
    told = words["confirmed"] if text.by is None else words["pasted"]
    return told.format(read=text.read.isoformat(), source=text.source, by=text.by)
