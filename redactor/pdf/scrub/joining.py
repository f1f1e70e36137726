"""Puts files that our copy wrote from ranges of one source together: pages, one tree of tags, our own fonts once.

Pages and tags are written anew, as `document` and `tags` write them; contents and resources are taken over as they are,
since they were copied by whitelist before, and the joined file is proved. Fonts of the source stay apart, range by
range, each with a name of its own; an image that several ranges show is written once.
"""

from __future__ import annotations

import hashlib
import io
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.errors import UnsupportedPdf
from redactor.pdf.scrub import document, tounicode
from redactor.pdf.scrub.malformed import MALFORMED
from redactor.pdf.scrub.ownfont import LAYER_FONT, MARK_FONT, embed_layer
from redactor.pdf.scrub.tags import Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redactor.pdf.scrub.ownfont import OwnFont

NAMED = re.compile(r"/AAAAAA\+F(\d{1,6})")  # names that `fonts` gives, numbered within one range
NAME_KEYS = ("/BaseFont", "/FontName")


def joined(parts: Iterable[bytes], *, own: OwnFont, title: str, lang: str) -> bytes:
    """One file of the pages of `parts`, in order. Raises UnsupportedPdf for a part that cannot be read."""
    try:
        with ExitStack() as held, pikepdf.new() as new:
            joining = Joining(new, Tree(new))
            for part in parts:
                joining.add(held.enter_context(pikepdf.open(io.BytesIO(part))))
            joining.finish(own)
            document.catalogue(new, title=title, lang=lang)
            return document.saved(new)
    except MALFORMED:
        raise UnsupportedPdf(part="structure") from None


@dataclass(slots=True)
class Joining:
    """A file being put together, and what its parts share. Streams are read from the parts when it is saved."""

    pdf: Any
    tree: Tree
    fonts: int = 0  # of the source, so far
    letters: dict[str, set[str]] = field(default_factory=dict, repr=False)  # by resource name of our own fonts
    own: dict[str, Any] = field(default_factory=dict)
    images: dict[bytes, Any] = field(default_factory=dict)

    def add(self, part: Any) -> None:
        """The pages of `part`, an open file, behind those that are there."""
        self._rename(part)
        pages = [self._page(page.obj, part) for page in part.pages]
        self.tree.add(part, pages)

    def finish(self, own: OwnFont) -> None:
        """Writes our own fonts with the letters of all parts, and the tree."""
        for name, found in self.letters.items():
            letters = frozenset(found)
            made = own.embed(self.pdf, letters) if name == MARK_FONT else embed_layer(self.pdf, letters)
            for key, value in made.items():
                self.own[name][key] = value
        self.tree.finish()

    def _rename(self, part: Any) -> None:
        """Gives the fonts of `part` names that no other part has."""
        most = 0
        for thing in part.objects:
            for font in _fonts(thing):
                for key in NAME_KEYS:
                    if found := NAMED.fullmatch(str(font.get(key, ""))):
                        most = max(most, int(found[1]) + 1)
                        font[key] = pikepdf.Name(f"/AAAAAA+F{self.fonts + int(found[1])}")
        self.fonts += most

    def _page(self, old: Any, part: Any) -> Any:
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=pikepdf.Array(list(old.MediaBox)),
            Resources=self._resources(old.Resources, part), Contents=self.pdf.copy_foreign(old.Contents),
        )  # fmt: skip
        if "/Rotate" in old:
            page.Rotate = int(old.Rotate)
        made = self.pdf.make_indirect(page)
        self.pdf.pages.append(pikepdf.Page(made))
        return made

    def _resources(self, old: Any, part: Any) -> Any:
        """The resources of a page of `part`, what is shared put in its place."""
        fonts, images = self._own_fonts(old), self._images(old)
        fresh = {name: digest for name, digest in images.items() if digest not in self.images}
        for name in images.keys() - fresh.keys():
            del old.XObject[name]
        new = pikepdf.Dictionary(dict(self.pdf.copy_foreign(part.make_indirect(old)).items()))
        self.images |= {digest: new.XObject[name] for name, digest in fresh.items()}
        for kind, known in (("/Font", fonts), ("/XObject", {name: self.images[one] for name, one in images.items()})):
            for name, thing in known.items():
                new[kind][name] = thing
        return new

    def _own_fonts(self, resources: Any) -> dict[str, Any]:
        """Takes our own fonts out of `resources` of a part; gives those that stand for them."""
        fonts, found = resources.get("/Font", pikepdf.Dictionary()), dict[str, Any]()
        for name in (MARK_FONT, LAYER_FONT):
            key = "/" + name
            if key in fonts:
                self.letters.setdefault(name, set()).update(tounicode.read(fonts[key].ToUnicode).values())
                found[key] = self.own.setdefault(name, self.pdf.make_indirect(pikepdf.Dictionary()))
                del fonts[key]
        return found

    def _images(self, resources: Any) -> dict[str, bytes]:
        """The images of `resources` that may be shared, by name."""
        drawn = resources.get("/XObject", pikepdf.Dictionary())
        images = {name: _digest(thing) for name, thing in drawn.items() if thing.get("/Subtype") == pikepdf.Name.Image}
        return {name: digest for name, digest in images.items() if digest is not None}


def _fonts(thing: Any) -> Iterable[Any]:
    """The dictionaries of `thing`, an object of a part, that may name a font: itself, and its descriptor in place."""
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
        inner = thing.get("/FontDescriptor")
        if inner is not None and not inner.is_indirect:
            yield inner


def _digest(image: Any) -> bytes | None:
    """What tells an image from others: all that is written of it; None when it leads to further objects."""
    told = hashlib.sha256(image.read_raw_bytes())
    for key, value in sorted(image.stream_dict.items()):
        part = _digest(value) if isinstance(value, pikepdf.Stream) else _plain(value)
        if part is None:
            return None
        told.update(key.encode() + part)
    return told.digest()


def _plain(value: Any) -> bytes | None:
    text = bytes(value.unparse()) if isinstance(value, pikepdf.Object) else repr(value).encode()
    return None if b" R" in text else text
