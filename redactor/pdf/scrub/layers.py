"""Optional content of a document: which layers may be off. Decides nothing about the page."""

from __future__ import annotations

from typing import Any

import pikepdf

Key = tuple[int, int]


def doubtful_layers(pdf: pikepdf.Pdf) -> frozenset[Key] | None:
    """Layers that some viewer may not show by default; None when all may be (a base state other than ON, usages)."""
    properties = pdf.Root.get("/OCProperties")
    if properties is None:
        return frozenset()
    default = properties.get("/D", pikepdf.Dictionary())
    if default.get("/BaseState", pikepdf.Name.ON) != pikepdf.Name.ON or "/AS" in default:
        return None
    return frozenset(_key(group) for group in default.get("/OFF", pikepdf.Array()))  # type: ignore[attr-defined]


def may_be_off(member: Any, *, doubtful: frozenset[Key] | None) -> bool:
    """True unless `member`, a layer or a set of layers, is shown for certain."""
    if doubtful is None or not isinstance(member, pikepdf.Dictionary):
        return True
    if member.get("/Type") == pikepdf.Name.OCG:
        return _key(member) in doubtful
    groups = member.get("/OCGs", pikepdf.Array())
    listed = [groups] if isinstance(groups, pikepdf.Dictionary) else list(groups)
    return "/VE" in member or any(_key(group) in doubtful for group in listed)


def _key(thing: Any) -> Key:
    return thing.objgen if thing.is_indirect else (-1, id(thing))
