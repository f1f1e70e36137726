"""What every OOXML file may hold beside its pages: properties, links, macros, embedded files, attached data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from redactor.intake import xml
from redactor.intake.hidden import Found, Hidden
from redactor.intake.names import safe_name
from redactor.intake.opened import Part

if TYPE_CHECKING:
    from redactor.intake.package import Package

NOWHERE = "about:blank"  # what links to outside files are turned to before anything is printed
IMAGES = re.compile(r"\.(?:png|jpe?g|gif|bmp|dib|tiff?|emf|wmf|emz|wmz|svg|wdp|jxr|pict|ico)$", re.IGNORECASE)
FURNITURE = re.compile(r"\.(?:xml|rels|vml|odttf|ttf|otf|fntdata|bin)$|/$", re.IGNORECASE)
PRINTER = re.compile(r"/(?:printerSettings|activeX|ctrlProps)/", re.IGNORECASE)
QUIET_PROPERTIES = frozenset({"Manager", "Company", "HyperlinkBase", "Template"})  # of docProps/app.xml
TEMPLATE = "attachedTemplate"


def common(package: Package) -> tuple[list[Found], list[Part]]:
    """What is hidden beside the pages, and the files that are embedded. Links to outside files are cut."""
    found = [*_properties(package), *_links(package), *_macros(package), *_data(package)]
    embedded = _embedded(package)
    found += [Found(Hidden.EMBEDDED_OBJECTS, one.name) for one in embedded]
    return found, embedded


def _properties(package: Package) -> list[Found]:
    found: list[Found] = []
    for name in package.parts("coreProperties"):
        found += [Found(Hidden.PROPERTIES) for one in package.tree(name) if (one.text or "").strip()]
    for name in package.parts("Properties"):
        for one in package.tree(name):
            if xml.name_of(one) == "property":
                text = f"{xml.attr(one, 'name')} : {xml.all_words(one)}"
                found.append(Found(Hidden.CUSTOM_PROPERTIES, text))
            elif xml.name_of(one) in QUIET_PROPERTIES and (one.text or "").strip():
                found.append(Found(Hidden.PROPERTIES))
    return found + [Found(Hidden.PROPERTIES) for name in package.names if "thumbnail." in name.lower()]


def _links(package: Package) -> list[Found]:
    found: list[Found] = []
    for name in package.parts("Relationships"):
        root = package.tree(name)
        outside = [one for one in xml.all_of(root, "Relationship") if xml.attr(one, "TargetMode") == "External"]
        for one in outside:
            found.append(_link(one))
            if found[-1].kind is not Hidden.HYPERLINKS:
                one.set("Target", NOWHERE)
        if outside:
            package.put(name, root)
    return found


def _link(relation: Any) -> Found:
    kind, target = xml.attr(relation, "Type").rpartition("/")[2], xml.attr(relation, "Target")
    if kind == "hyperlink":
        return Found(Hidden.HYPERLINKS, target)
    return Found(Hidden.PROPERTIES if kind == TEMPLATE else Hidden.EXTERNAL_LINKS, target)


def _macros(package: Package) -> list[Found]:
    names = [name for name in package.names if name.lower().endswith("vbaproject.bin") or "/macrosheets/" in name]
    return [Found(Hidden.MACROS) for _ in names]


def _data(package: Package) -> list[Found]:
    """Data that controls are bound to, and blocks of a glossary: no page shows them as such."""
    found: list[Found] = []
    for name in package.names:
        is_item = name.startswith("customXml/item") and "Props" not in name and name.endswith(".xml")
        if is_item or (name.startswith("word/glossary/") and package.root_of(name) == "glossaryDocument"):
            text = xml.all_words(package.tree(name))
            found += [Found(Hidden.DATA_PARTS, text)] if text else []
    return found


def _embedded(package: Package) -> list[Part]:
    found: list[Part] = []
    for name in package.names:
        inside = "/embeddings/" in name or "/afchunk" in name.lower()
        odd = not IMAGES.search(name) and not FURNITURE.search(name) and not PRINTER.search(name)
        if inside or (odd and "mimetype" not in name):
            found.append(Part(safe_name(name, fallback=f"objet-{len(found) + 1}"), package.read(name)))
    return found
