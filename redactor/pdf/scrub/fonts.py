"""Fonts of the copy: which codes survive, and a new font of each kind that holds those codes alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf

from redactor.pdf.plan import OutsideSchema, Reason
from redactor.pdf.scrub import composite, simple, tounicode
from redactor.pdf.scrub.fontuse import FontUse
from redactor.pdf.scrub.malformed import MALFORMED
from redactor.pdf.scrub.numbers import number

if TYPE_CHECKING:
    from redactor.pdf.scrub.fontuse import Measure


@dataclass(slots=True)
class FontShelf:
    """All fonts used so far, by the number of their object in the source."""

    pdf: Any
    measure: Measure
    uses: dict[Any, FontUse] = field(default_factory=dict)

    def use(self, source: Any, *, page: int) -> FontUse:
        """The font `source`, from now on used on `page`. Raises OutsideSchema for kinds the copy does not write."""
        key = source.objgen if source.is_indirect else source.unparse(resolved=False)
        if key not in self.uses:
            self.uses[key] = _opened(source, self.pdf.make_indirect(pikepdf.Dictionary()), self.measure)
        self.uses[key].pages.add(page)
        return self.uses[key]

    def finish(self) -> dict[int, Reason]:
        """Writes every font used. Gives back the pages that must become pictures since a font could not be written."""
        failed: dict[int, Reason] = {}
        for number_, use in enumerate(self.uses.values()):
            try:
                _write(use, self.pdf, name=f"/AAAAAA+F{number_}")
            except OutsideSchema as outside:
                failed |= dict.fromkeys(use.pages, outside.reason)
            except MALFORMED:
                failed |= dict.fromkeys(use.pages, Reason.FONT_PROGRAM)
        return failed


def _opened(source: Any, target: Any, measure: Measure) -> FontUse:
    kind = str(source.get("/Subtype", ""))
    if kind == "/Type0":
        widths, default = composite.widths_of(source)
        return FontUse(source, target, 2, tounicode.read(source.get("/ToUnicode")), widths, default)
    if kind in {"/TrueType", "/Type1", "/MMType1"}:
        texts = simple.texts_of(source) | tounicode.read(source.get("/ToUnicode"))
        widths = simple.widths_of(source) or simple.standard_widths(source, texts, measure)
        descriptor = source.get("/FontDescriptor", pikepdf.Dictionary())
        return FontUse(source, target, 1, texts, widths, number(descriptor.get("/MissingWidth", 0)))
    raise OutsideSchema(Reason.FONT_TYPE3 if kind == "/Type3" else Reason.FONT_PROGRAM)


def _write(use: FontUse, pdf: Any, *, name: str) -> None:
    if not use.codes:
        use.target.update(
            {"/Type": pikepdf.Name.Font, "/Subtype": pikepdf.Name.Type1, "/BaseFont": pikepdf.Name.Helvetica}
        )
        return
    made = composite.write(use, pdf, name=name) if use.width == 2 else simple.write(use, pdf, name=name)
    for key, value in made.items():
        use.target[key] = value
    texts = {code: use.texts[code] for code in use.codes if _is_text(use.texts.get(code, ""))}
    if any(code not in texts for code in use.codes if not use.is_blank(code)):
        raise OutsideSchema(Reason.FONT_UNMAPPED)
    use.target.ToUnicode = pdf.make_stream(tounicode.written(texts, width=use.width))


def _is_text(text: str) -> bool:
    return 0 < len(text) <= tounicode.TEXT_LIMIT and text != "\ufffd" and "\x00" not in text
