"""What a PPTX holds and its pages do not show: notes, hidden slides and shapes, comments. Hidden ones are taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redactor.intake import xml
from redactor.intake.hidden import Found, Hidden

if TYPE_CHECKING:
    from redactor.intake.package import Package

SHAPES = frozenset({"sp", "pic", "graphicFrame", "grpSp", "cxnSp"})
NUMBERS = frozenset({"sldNum", "sldImg", "dt"})  # places of notes that hold no words of anybody


def cleared(package: Package) -> list[Found]:
    """What is hidden; the package keeps the slides and shapes that are shown."""
    found: list[Found] = []
    hidden = _hidden_slides(package, found)
    for name in package.parts("sld"):
        if name not in hidden:
            root = package.tree(name)
            found += _shapes(root)
            package.put(name, root)
    for name in package.parts("notes"):
        text = _notes(package.tree(name))
        found += [Found(Hidden.SPEAKER_NOTES, text)] if text else []
    for name in package.parts("cmLst"):
        for one in xml.all_of(package.tree(name), "cm"):
            found.append(Found(Hidden.COMMENTS, xml.words_in(one, leaves={"t", "text"}, breaks={"p"})))
    for name in package.parts("tagLst"):
        found += [
            Found(Hidden.CUSTOM_PROPERTIES, f"{xml.attr(one, 'name')} : {xml.attr(one, 'val')}")
            for one in xml.all_of(package.tree(name), "tag")
        ]
    return found


def shown(package: Package) -> list[str]:
    """Paragraphs of the slides that are shown, once the package is cleared."""
    roots = [package.tree(name) for name in package.parts("sld")]
    shown = [root for root in roots if xml.attr(root, "show").lower() not in {"0", "false"}]
    return [xml.words_in(one, leaves={"t"}) for root in shown for one in xml.all_of(root, "p")]


def _hidden_slides(package: Package, found: list[Found]) -> set[str]:
    """Names of the slides that are not shown, taken off the list of slides."""
    hidden = {name for name in package.parts("sld") if xml.attr(package.tree(name), "show").lower() in {"0", "false"}}
    found += [Found(Hidden.HIDDEN_SLIDES, _words(package.tree(name))) for name in sorted(hidden)]
    for name in package.parts("presentation"):
        root, parts = package.tree(name), package.related(name)
        for one in xml.all_of(root, "sldId"):
            relation = next((str(v) for k, v in one.attrib.items() if k.endswith("}id")), "")
            if parts.get(relation) in hidden:
                xml.remove(one)
        found += [
            Found(Hidden.CUSTOM_PROPERTIES, xml.attr(one, "name"))
            for one in xml.all_of(root, "section")
            if xml.attr(one, "name")
        ]
        package.put(name, root)
    return hidden


def _shapes(root: Any) -> list[Found]:
    found: list[Found] = []
    for one in xml.all_of(root, "cNvPr"):
        if text := xml.attr(one, "descr"):
            found.append(Found(Hidden.ALTERNATE_TEXTS, text))
        shape = next((up for up in one.iterancestors() if xml.name_of(up) in SHAPES), None)
        if xml.is_on(one, "hidden") and shape is not None:
            found.append(Found(Hidden.HIDDEN_TEXT, _words(shape)))
            xml.remove(shape)
    return found


def _notes(root: Any) -> str:
    shapes = [one for one in xml.all_of(root, "sp") if not _is_number(one)]
    return xml.tidy("\n".join(_words(one) for one in shapes))


def _is_number(shape: Any) -> bool:
    return any(xml.attr(one, "type") in NUMBERS for one in xml.all_of(shape, "ph"))


def _words(element: Any) -> str:
    return xml.words_in(element, leaves={"t"}, breaks={"p", "br"})
