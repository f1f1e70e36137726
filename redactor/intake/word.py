"""What a DOCX holds and its pages do not show. Tracked changes are settled as accepted, comments and hidden text go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from redactor.intake import xml
from redactor.intake.hidden import Found, Hidden

if TYPE_CHECKING:
    from redactor.intake.package import Package

STORIES = ("document", "hdr", "ftr", "footnotes", "endnotes")  # parts that hold text of pages
DELETED = frozenset({"del", "moveFrom", "cellDel"})
INSERTED = frozenset({"ins", "moveTo"})
MARKS = frozenset({"rPr", "trPr", "tcPr", "numPr", "ctrlPr", "pPr", "rPrChange"})  # parents of a change without words
LEAVES = frozenset({"t", "delText"})
BREAKS = frozenset({"p", "br", "tab", "tc"})
FORMAT_CHANGE = re.compile(r"\w{2,8}PrChange|numberingChange|tblGridChange|cellIns|cellMerge|tblPrExChange")
RANGES = re.compile(r"(?:moveFrom|moveTo|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)")
COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
INCLUDING = re.compile(r"\s{0,9}(?:INCLUDE\w{0,9}|LINK|DDE\w{0,5}|RD|DATABASE|IMPORT|EMBED)\b", re.IGNORECASE)
LAID_OUT = re.compile(
    r"\s{0,9}(?:PAGE|NUMPAGES|SECTIONPAGES|TOC|TC|PAGEREF|REF|NOTEREF|SEQ|STYLEREF|FORM\w{1,9}|INDEX|XE|QUOTE|EQ|SYMBOL)\b",
    re.IGNORECASE,
)  # fields whose value the page decides, or that are words themselves
CLOCKS = re.compile(r"\s{0,9}(?:DATE|TIME|PRINTDATE|SAVEDATE|CREATEDATE|EDITTIME|FILENAME|NUM\w{1,9})\b", re.IGNORECASE)
LINK_FIELD = re.compile(r"\s{0,9}HYPERLINK\b", re.IGNORECASE)


def cleared(package: Package) -> list[Found]:
    """What is hidden, in order of kinds; the package is left with what the pages show."""
    styles = _hidden_styles(package)
    found: list[Found] = []
    for name in package.parts(*STORIES):
        if not name.startswith("word/glossary/"):
            root = package.tree(name)
            found += _story(root, styles)
            package.put(name, root)
    for name in package.parts("comments"):
        found += _comments(package, name)
    for name in package.parts("settings"):
        found += _settings(package.tree(name))
    return found


def edges(package: Package) -> list[Found]:
    """Headers and footers: whether a page shows them is seen once it is printed."""
    found = []
    for name in package.parts("hdr", "ftr"):
        text = xml.words_in(package.tree(name), leaves={"t"}, breaks=BREAKS)
        found += [Found(Hidden.HEADERS, text)] if text else []
    return found


def shown(package: Package) -> list[str]:
    """Paragraphs that pages show, those of headers and footers apart, once the package is cleared."""
    roots = (package.tree(name) for name in package.parts("document", "footnotes", "endnotes"))
    return [xml.words_in(one, leaves={"t"}) for root in roots for one in xml.all_of(root, "p")]


def _story(root: Any, styles: frozenset[str]) -> list[Found]:
    return [
        *_changes(root), *_comment_marks(root), *_hidden_shapes(root), *_hidden_runs(root, styles), *_lists(root),
        *_fields(root), *_alternates(root),
    ]  # fmt: skip


def _changes(root: Any) -> list[Found]:
    found: list[Found] = []
    for one in xml.all_of(root, *DELETED):
        if one.getroottree().getroot() is root:  # not gone with the row it stood in
            found += _deleted(one)
    for one in xml.all_of(root, *INSERTED):
        text = xml.words_in(one, leaves=LEAVES, breaks=BREAKS)
        found.append(Found(Hidden.TRACKED_CHANGES, f"+ {text}" if text else ""))
        xml.unwrap(one)
    for one in list(root.iter()):
        if FORMAT_CHANGE.fullmatch(xml.name_of(one)):
            found.append(Found(Hidden.TRACKED_CHANGES))
            xml.remove(one)
        elif RANGES.fullmatch(xml.name_of(one)):
            xml.remove(one)
    return found


def _deleted(change: Any) -> list[Found]:
    """A deletion: of words, of the mark of a paragraph, of a row or a cell."""
    parent = change.getparent()
    holder = change
    if parent is not None and xml.name_of(parent) in {"trPr", "tcPr"}:
        holder = parent.getparent()
    elif parent is not None and xml.name_of(parent) in MARKS:
        xml.remove(change)
        return [Found(Hidden.TRACKED_CHANGES)]
    text = xml.words_in(holder, leaves=LEAVES, breaks=BREAKS)
    xml.remove(holder)
    return [Found(Hidden.TRACKED_CHANGES, f"− {text}" if text else "")]


def _comment_marks(root: Any) -> list[Found]:
    for one in xml.all_of(root, *COMMENT_MARKS):
        xml.remove(one)
    return []


def _comments(package: Package, name: str) -> list[Found]:
    root = package.tree(name)
    found = []
    for one in xml.all_of(root, "comment"):
        text = xml.words_in(one, leaves=LEAVES, breaks=BREAKS)
        found.append(Found(Hidden.COMMENTS, f"{xml.attr(one, 'author')} : {text}"))
        xml.remove(one)
    package.put(name, root)
    return found


def _hidden_styles(package: Package) -> frozenset[str]:
    """Ids of the styles that hide their text, by themselves or by what they are based on."""
    based: dict[str, str] = {}
    hidden: set[str] = set()
    for name in package.parts("styles"):
        for one in xml.all_of(package.tree(name), "style"):
            key, base, look = xml.attr(one, "styleId"), xml.child(one, "basedOn"), xml.child(one, "rPr")
            based[key] = xml.attr(base, "val") if base is not None else ""
            if look is not None and _vanishes(look):
                hidden.add(key)
    for _ in range(12):  # styles are based on one another a few deep
        hidden |= {key for key, base in based.items() if base in hidden}
    return frozenset(hidden)


def _vanishes(look: Any) -> bool | None:
    """Whether a run's look hides it; None where it does not say."""
    mark = xml.child(look, "vanish")
    mark = xml.child(look, "specVanish") if mark is None else mark
    return None if mark is None else xml.attr(mark, "val").lower() not in {"0", "false", "off"}


def _hidden_runs(root: Any, styles: frozenset[str]) -> list[Found]:
    found: list[Found] = []
    for paragraph in xml.all_of(root, "p"):
        look = xml.child(paragraph, "pPr")
        style = xml.child(look, "pStyle") if look is not None else None
        is_hidden = style is not None and xml.attr(style, "val") in styles
        gone = [run for run in xml.all_of(paragraph, "r") if _is_hidden_run(run, styles, by_paragraph=is_hidden)]
        text = xml.tidy("".join(xml.words_in(run, leaves=LEAVES) + " " for run in gone))
        found += [Found(Hidden.HIDDEN_TEXT, text)] if text else []
        for run in gone:
            xml.remove(run)
    return found


def _is_hidden_run(run: Any, styles: frozenset[str], *, by_paragraph: bool) -> bool:
    look = xml.child(run, "rPr")
    said = _vanishes(look) if look is not None else None
    if said is not None:
        return said
    style = xml.child(look, "rStyle") if look is not None else None
    return by_paragraph or (style is not None and xml.attr(style, "val") in styles)


def _hidden_shapes(root: Any) -> list[Found]:
    """Drawings that are switched off, and old ones whose style hides them."""
    found: list[Found] = []
    for one in xml.all_of(root, "docPr", "shape", "rect", "textbox"):
        is_off = xml.is_on(one, "hidden") or "visibility:hidden" in xml.attr(one, "style").replace(" ", "")
        holder = next((up for up in one.iterancestors() if xml.name_of(up) in {"drawing", "pict"}), None)
        if is_off and holder is not None:
            found.append(Found(Hidden.HIDDEN_TEXT, xml.words_in(holder, leaves=LEAVES, breaks=BREAKS)))
            xml.remove(holder)
    return found


def _lists(root: Any) -> list[Found]:
    found = []
    for one in xml.all_of(root, "dropDownList", "comboBox", "ddList"):
        entries = [xml.attr(item, "displayText") or xml.attr(item, "val") for item in one]
        found.append(Found(Hidden.VALIDATION_LISTS, xml.tidy("\n".join(entries))))
    return found


def _fields(root: Any) -> list[Found]:
    """Codes of fields. Those that would be worked out anew keep the words last shown: no other file, no new day."""
    found: list[Found] = []
    codes = [(one, one.text or "") for one in xml.all_of(root, "instrText")]
    codes += [(one, xml.attr(one, "instr")) for one in xml.all_of(root, "fldSimple")]
    for one, code in codes:
        if not code.strip() or LAID_OUT.match(code):
            continue
        if LINK_FIELD.match(code):
            found.append(Found(Hidden.HYPERLINKS, code.strip()))
            continue
        if INCLUDING.match(code):
            found.append(Found(Hidden.EXTERNAL_LINKS, code.strip()))
        elif not CLOCKS.match(code):
            found.append(Found(Hidden.FIELD_CODES, code.strip()))
        _silence(one)
    return found


def _silence(code: Any) -> None:
    if xml.name_of(code) == "fldSimple":
        xml.unwrap(code)
    else:
        code.text = " QUOTE "


def _alternates(root: Any) -> list[Found]:
    found = []
    for one in root.iter():
        name = xml.name_of(one)
        keys = {"docPr": ("descr", "title"), "helpText": ("val",), "statusText": ("val",), "shape": ("alt",)}.get(name)
        texts = [text for key in keys or () if (text := xml.attr(one, key).strip())]
        found += [Found(Hidden.ALTERNATE_TEXTS, text) for text in texts]
    return found


def _settings(root: Any) -> list[Found]:
    found = [
        Found(Hidden.CUSTOM_PROPERTIES, f"{xml.attr(one, 'name')} : {xml.attr(one, 'val')}")
        for one in xml.all_of(root, "docVar")
    ]
    for one in xml.all_of(root, "mailMerge"):
        told = [xml.attr(item, "val") for item in one.iter() if xml.name_of(item) in {"connectString", "query"}]
        found.append(Found(Hidden.EXTERNAL_LINKS, "\n".join(told)))
    return found
