"""What an OpenDocument file holds and its pages do not show. Tracked changes are settled as accepted, notes go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from redactor.errors import TooManyRows
from redactor.intake import xml
from redactor.intake.hidden import Found, Hidden
from redactor.intake.names import safe_name
from redactor.intake.ooxml import IMAGES, NOWHERE
from redactor.intake.opened import Part
from redactor.intake.sheets import ROW_LIMIT, with_words

if TYPE_CHECKING:
    from redactor.intake.package import Package

OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:|/|\.\./")
EDGES = re.compile(r"(?:header|footer)(?:-left|-first)?")
FURNITURE = re.compile(
    r"(?:^|/)(?:mimetype|[^/]{1,200}\.xml|[^/]{1,200}\.rdf|layout-cache)$|^META-INF/|^Configurations2/"
)
OLD = re.compile(r"^Versions/|^VersionList\.xml$")
REPEAT_LIMIT = 64  # times that a repeated row or cell is written out; the rest says the same


def cleared(package: Package) -> tuple[list[Found], list[Found], list[Part]]:
    """What is hidden, headers and footers that a page may show, embedded files. Raises TooManyRows."""
    found: list[Found] = []
    edges: list[Found] = []
    styles = [package.tree(name) for name in ("styles.xml", "content.xml") if name in package.names]
    hidden = _hidden_styles(styles)
    for name in ("styles.xml", "content.xml"):
        if name in package.names:
            root = package.tree(name)
            found += _story(root, hidden)
            edges += [
                Found(Hidden.HEADERS, text)
                for one in root.iter()
                if EDGES.fullmatch(xml.name_of(one)) and (text := xml.all_words(one))
            ]
            package.put(name, root)
    found += _meta(package)
    embedded = _embedded(package)
    found += [Found(Hidden.EMBEDDED_OBJECTS, one.name) for one in embedded]
    found += [Found(Hidden.MACROS) for name in package.names if name.startswith(("Basic/", "Scripts/"))]
    found += [Found(Hidden.OLD_VERSIONS) for name in package.names if OLD.match(name)]
    return found, edges, embedded


def shown(package: Package) -> list[str]:
    """Paragraphs that pages show, once the package is cleared; those of hidden sheets and rows apart."""
    root = package.tree("content.xml")
    hidden = _hidden_styles([root])
    return [
        xml.all_words(one)
        for one in xml.all_of(root, "p", "h")
        if not any(_is_aside(up, hidden) for up in one.iterancestors())
    ]


def _is_aside(element: Any, hidden: dict[str, str]) -> bool:
    return _is_hidden_mark(element) or hidden.get(xml.attr(element, "style-name")) == "sheet"


def _is_hidden_mark(element: Any) -> bool:
    return xml.attr(element, "visibility") in {"collapse", "filter"}


def _story(root: Any, hidden: dict[str, str]) -> list[Found]:
    return [
        *_changes(root), *_annotations(root), *_notes(root), *_slides(root, hidden), *_sheets(root, hidden),
        *_texts(root, hidden), *_beside(root), *_links(root),
    ]  # fmt: skip


def _hidden_styles(roots: list[Any]) -> dict[str, str]:
    """Styles that hide: name to `text`, `slide` or `sheet`."""
    found: dict[str, str] = {}
    for root in roots:
        for style in xml.all_of(root, "style"):
            for look in style:
                name = xml.name_of(look)
                if name == "text-properties" and xml.attr(look, "display") in {"none", "condition"}:
                    found[xml.attr(style, "name")] = "text"
                elif name == "drawing-page-properties" and xml.attr(look, "visibility") == "hidden":
                    found[xml.attr(style, "name")] = "slide"
                elif name == "table-properties" and xml.attr(look, "display") == "false":
                    found[xml.attr(style, "name")] = "sheet"
                elif name == "section-properties" and xml.attr(look, "display") == "none":
                    found[xml.attr(style, "name")] = "text"
    return found


def _changes(root: Any) -> list[Found]:
    found: list[Found] = []
    for one in xml.all_of(root, "tracked-changes"):
        for region in one:
            deleted = xml.all_of(region, "deletion")
            for info in xml.all_of(region, "change-info"):
                xml.remove(info)
            text = xml.all_words(region)
            found.append(Found(Hidden.TRACKED_CHANGES, f"− {text}" if deleted and text else ""))
        xml.remove(one)
    for one in xml.all_of(root, "change", "change-start", "change-end"):
        xml.remove(one)
    return found


def _annotations(root: Any) -> list[Found]:
    found = []
    for one in xml.all_of(root, "annotation"):
        found.append(Found(Hidden.COMMENTS, xml.all_words(one)))
        xml.remove(one)
    for one in xml.all_of(root, "annotation-end"):
        xml.remove(one)
    return found


def _notes(root: Any) -> list[Found]:
    found = []
    for one in xml.all_of(root, "notes"):
        if text := xml.all_words(one):
            found.append(Found(Hidden.SPEAKER_NOTES, text))
        if one.getparent() is not None and xml.name_of(one.getparent()) == "page":
            xml.remove(one)
    return found


def _slides(root: Any, hidden: dict[str, str]) -> list[Found]:
    found = []
    for one in xml.all_of(root, "page"):
        if hidden.get(xml.attr(one, "style-name")) == "slide":
            found.append(Found(Hidden.HIDDEN_SLIDES, xml.all_words(one)))
            xml.remove(one)
    return found


def _texts(root: Any, hidden: dict[str, str]) -> list[Found]:
    """Text that a field, a section or a style hides, and shapes that are not drawn."""
    found: list[Found] = []
    for one in list(root.iter()):
        name = xml.name_of(one)
        if name in {"hidden-text", "conditional-text"}:
            told = [xml.attr(one, key) for key in ("string-value", "string-value-if-true", "string-value-if-false")]
            found.append(Found(Hidden.HIDDEN_TEXT, xml.tidy("\n".join(told))))
        elif name == "hidden-paragraph" and one.getparent() is not None:
            _take(_paragraph_of(one), found)
        elif _is_switched_off(one, hidden):
            _take(one, found)
    return found


def _is_switched_off(element: Any, hidden: dict[str, str]) -> bool:
    """True for a section, a run or a shape that its own look, or its style, hides."""
    name, shown = xml.name_of(element), xml.attr(element, "display")
    if name in {"frame", "custom-shape", "rect", "g"}:
        return shown in {"none", "screen"}
    if name == "section" and shown in {"none", "condition"}:
        return True
    return name in {"span", "p", "h", "section"} and hidden.get(xml.attr(element, "style-name")) == "text"


def _paragraph_of(element: Any) -> Any:
    """The paragraph that an element stands in."""
    return next((up for up in element.iterancestors() if xml.name_of(up) in {"p", "h"}), element)


def _take(element: Any, found: list[Found]) -> None:
    text = xml.all_words(element)
    found += [Found(Hidden.HIDDEN_TEXT, text)] if text else []
    xml.remove(element)


def _sheets(root: Any, hidden: dict[str, str]) -> list[Found]:
    found: list[Found] = []
    seen = 0
    for table in xml.all_of(root, "table"):
        for key in [key for key in table.attrib if key.rpartition("}")[2] in {"print-ranges", "print"}]:
            del table.attrib[key]
        if hidden.get(xml.attr(table, "style-name")) == "sheet":
            rows = [xml.attr(table, "name"), *(_line(row) for row in xml.all_of(table, "table-row"))]
            found.append(Found(Hidden.HIDDEN_SHEETS, xml.tidy("\n".join(rows))))
            continue
        aside = _aside(table)
        for row in xml.all_of(table, "table-row"):
            line = _line(row)
            if line and _is_hidden(row):
                found.append(Found(Hidden.HIDDEN_ROWS, line))
                continue
            seen += min(_repeat(row, "number-rows-repeated"), ROW_LIMIT + 1) if line else 0
            if seen > ROW_LIMIT:
                raise TooManyRows(limit=ROW_LIMIT)
            _columns(row, aside)
        found += [Found(Hidden.HIDDEN_COLUMNS, xml.tidy("\n".join(some))) for some in aside.values() if some]
    return found


def _is_hidden(element: Any) -> bool:
    """Hidden or filtered out, by itself or by the group it stands in."""
    if _is_hidden_mark(element):
        return True
    return any(
        xml.name_of(up) in {"table-row-group", "table-column-group"} and xml.attr(up, "display") == "false"
        for up in element.iterancestors()
    )


def _aside(table: Any) -> dict[int, list[str]]:
    """Numbers of the hidden columns, each with room for its texts."""
    found: dict[int, list[str]] = {}
    at = 0
    for column in xml.all_of(table, "table-column"):
        wide = _repeat(column, "number-columns-repeated")
        if _is_hidden(column):
            found.update({number: [] for number in range(at, min(at + wide, 16_384))})
        at += wide
    return found


def _columns(row: Any, aside: dict[int, list[str]]) -> None:
    at = 0
    for cell in row:
        if xml.name_of(cell) in {"table-cell", "covered-table-cell"}:
            if at in aside and (text := xml.all_words(cell)):
                aside[at].append(text)
            at += _repeat(cell, "number-columns-repeated")


def _line(row: Any) -> str:
    return "\t".join(text for cell in row if (text := xml.all_words(cell).strip()))


def _repeat(element: Any, key: str) -> int:
    told = xml.attr(element, key)
    return int(told) if told.isdecimal() and len(told) < 9 else 1


def _beside(root: Any) -> list[Found]:
    """Names, lists, filters, pivot tables, scenarios, alternate texts."""
    found: list[Found] = []
    for one in root.iter():
        match xml.name_of(one):
            case "content-validation":
                told = [xml.attr(one, "condition"), xml.all_words(one)]
                found.append(Found(Hidden.VALIDATION_LISTS, xml.tidy("\n".join(told))))
            case "named-range" | "named-expression":
                told = [xml.attr(one, "name"), xml.attr(one, "cell-range-address"), xml.attr(one, "expression")]
                found.append(Found(Hidden.DEFINED_NAMES, xml.tidy(" ".join(told))))
            case "filter-condition":
                found.append(Found(Hidden.FILTERS, xml.attr(one, "value")))
            case "table-cell" if xml.attr(one, "formula"):
                found.append(Found(Hidden.FORMULAS, with_words(xml.attr(one, "formula"))))
            case "data-pilot-table":
                values = [xml.attr(item, "name") for item in one.iter() if xml.attr(item, "name")]
                found.append(Found(Hidden.PIVOT_CACHES, xml.tidy("\n".join(values))))
            case "scenario":
                found.append(Found(Hidden.HIDDEN_TEXT, xml.attr(one, "comment")))
            case "desc" | "title":
                if (one.text or "").strip() and not one.tag.endswith("elements/1.1/}title"):
                    found.append(Found(Hidden.ALTERNATE_TEXTS, one.text or ""))
            case "dropdown" | "drop-down":
                values = [xml.attr(item, "value") for item in one]
                found.append(Found(Hidden.VALIDATION_LISTS, xml.tidy("\n".join(values))))
            case _:
                pass
    return found


def _links(root: Any) -> list[Found]:
    """Addresses; those of files that would be brought in are cut."""
    found: list[Found] = []
    for one in root.iter():
        target = xml.attr(one, "href") if isinstance(one.tag, str) else ""
        if not target or not OUTSIDE.match(target):
            continue
        is_link = xml.name_of(one) == "a"
        found.append(Found(Hidden.HYPERLINKS if is_link else Hidden.EXTERNAL_LINKS, target))
        if not is_link:
            for key in [key for key in one.attrib if key.rpartition("}")[2] == "href"]:
                one.attrib[key] = NOWHERE
    return found


def _meta(package: Package) -> list[Found]:
    if "meta.xml" not in package.names:
        return []
    found = []
    for one in package.tree("meta.xml").iter():
        name = xml.name_of(one)
        if name == "user-defined":
            found.append(Found(Hidden.CUSTOM_PROPERTIES, f"{xml.attr(one, 'name')} : {one.text or ''}"))
        elif name in {"creator", "initial-creator", "printed-by", "title", "subject", "description", "keyword"}:
            found += [Found(Hidden.PROPERTIES)] if (one.text or "").strip() else []
    return found


def _embedded(package: Package) -> list[Part]:
    """Files inside the file that are no picture and no furniture."""
    found: list[Part] = []
    for name in package.names:
        is_object = name.startswith("Object ") and name.endswith("/content.xml")
        odd = not IMAGES.search(name) and not FURNITURE.search(name) and not name.startswith(("Basic/", "Scripts/"))
        if is_object or (odd and "ObjectReplacements/" not in name and not OLD.match(name) and "/" not in name[-1:]):
            found.append(Part(safe_name(name, fallback=f"objet-{len(found) + 1}"), package.read(name)))
    return found
