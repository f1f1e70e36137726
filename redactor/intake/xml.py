"""Parses the XML of office files without entities, network or document types. Elements go by their local names."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

from redactor.errors import DamagedFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
LONGEST = 20_000  # characters of one hidden text that are annexed; the rest is cut and said so
CUT = " […]"


def parsed(data: bytes) -> Any:
    """The root element. Raises DamagedFile, also for a document type, which no office file needs."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**SAFE))
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedFile from None
    if root.getroottree().docinfo.doctype:
        raise DamagedFile(part="document type")
    return root


def written(root: Any) -> bytes:
    """The bytes of a tree."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def root_name(data: bytes) -> str:
    """Local name of the first element, without reading further; empty for what is no XML."""
    try:
        for _, element in etree.iterparse(io.BytesIO(data[:65536]), events=("start",), **SAFE):
            return name_of(element)
    except etree.XMLSyntaxError:
        return ""
    return ""


def streamed(data: bytes, names: Collection[str]) -> Iterator[Any]:
    """Elements of these names as they end, each forgotten afterwards: for parts too large for a tree."""
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), **SAFE):
            if name_of(element) in names:
                yield element
                _forget(element)
    except etree.XMLSyntaxError:
        raise DamagedFile from None


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def name_of(element: Any) -> str:
    """Local name of an element; empty for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attr(element: Any, name: str) -> str:
    """The attribute of that local name, whatever its namespace; empty where it is missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def is_on(element: Any, name: str) -> bool:
    """True for an attribute that says yes."""
    return attr(element, name).lower() in {"1", "true", "on"}


def all_of(root: Any, *names: str) -> list[Any]:
    """Elements of these local names below `root`, in order."""
    return [element for element in root.iter() if name_of(element) in names]


def child(element: Any, name: str) -> Any:
    """The first child of that local name; None where there is none."""
    return next((one for one in element if name_of(one) == name), None)


def words_in(element: Any, *, leaves: Collection[str], breaks: Collection[str] = ()) -> str:
    """The text of the elements `leaves` below `element`; those in `breaks` end a line."""
    told: list[str] = []
    for one in element.iter():
        name = name_of(one)
        if name in leaves:
            told.append(one.text or "")
        elif name in breaks:
            told.append("\n")
    return tidy("".join(told))


def all_words(element: Any) -> str:
    """All the text below `element`."""
    return tidy(" ".join(str(one) for one in element.itertext()))


def tidy(text: str) -> str:
    """Lines without blanks at their ends and without empty lines, of a sane length."""
    lines = (" ".join(line.split(" ")).strip() for line in text.split("\n"))
    told = "\n".join(line for line in lines if line)
    return told if len(told) <= LONGEST else told[:LONGEST] + CUT


def remove(element: Any) -> None:
    """Takes an element away and leaves the text after it."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Puts the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, one in enumerate(list(element)):
        parent.insert(at + offset, one)
    remove(element)
