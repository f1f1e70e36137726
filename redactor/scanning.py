"""Pages without a text layer to trust: straightened in a child, read by tesseract, given back as picture and words.

A page that tesseract is not sure of is not "read": the document is left to a person, with the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, Any, Protocol

from redactor import ocr
from redactor.errors import NeedsOcr, ScanDoubtful
from redactor.model import TextLayer
from redactor.pdf.scans import ReadPage, ScanWord, ink_of, marks_of, straight, with_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from redactor.errors import RedactorError
    from redactor.model import Document
    from redactor.ocr import Word
    from redactor.pdf.hands import Hands
    from redactor.pdf.scans import Straight

LEAST_CONFIDENCE = 70  # of 100, mean over the letters of a page: under it a page is not read; docs/evaluation.md
SURE_WORD = 60  # of 100: words under it are counted as doubtful
UPRIGHT = 80  # of 100: a page read better than this is not turned to see whether it reads better yet
WRITTEN = 160  # pages whose words are laid in one child: some 60 MB of pictures
AT_ONCE = 8  # pages drawn in one child: each child opens the whole file; 8 letter pages are 67 MB of pixels
LEAST_MARKS = 8  # squares of a tenth of an inch: a signature has some twenty
SCAN_MARKS = "scan-marks"  # note: a scanned page shows something that is no words; a person should look
RULES = "|¦"  # what tesseract makes of the upright rules of a table
BLANK_INK = 0.0008  # share of dark pixels of a page that shows nothing but the dust of the glass


@dataclass(frozen=True, slots=True)
class PageRead:
    """How well one page was read: mean confidence of its letters of 100, its words, those under `SURE_WORD`.

    `marks` counts squares of a tenth of an inch whose ink no word and no rule explains: signatures, stamps, writing by
    hand, drawings. Few of them (dust, a bullet) count as none.
    """

    confidence: int
    words: int
    doubtful: int
    marks: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """The file with words on its scanned pages, and how well each was read, by page from 0."""

    data: bytes
    pages: Mapping[int, PageRead]


class Steps(Protocol):
    """Where the words of some pages are kept between a kill and the run that goes on."""

    def known(self, name: str) -> Any | None:
        """The result of that name, or None."""

    def keep(self, name: str, value: object) -> None:
        """Keeps a result."""


class InHand:
    """Pages that are read at one go: nothing of them outlives the reading."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def known(self, name: str) -> Any | None:
        """The result of that name, or None."""
        return self._values.get(name)

    def keep(self, name: str, value: object) -> None:
        """Keeps a result."""
        self._values[name] = value


def unread(document: Document, *, but: Collection[int] = ()) -> tuple[int, ...]:
    """Pages, from 0, that show something and hold no text to trust. `but`: pages that are lost, which is told apart."""
    doubtful = {TextLayer.MISSING, TextLayer.DOUBTFUL}
    return tuple(page.index for page in document.pages if page.text_layer in doubtful and page.index not in but)


def unreadable(document: Document, *, but: Collection[int] = ()) -> RedactorError | None:
    """What stops a document of which nobody has read a page: nothing of it may be released. `but` as in `unread`."""
    return next((NeedsOcr(page=page + 1) for page in unread(document, but=but)), None)


def read_scans(data: bytes, *, pages: Sequence[int], hands: Hands, steps: Steps | None = None) -> Read:
    """`data` with `pages`, from 0, read by `hands`. Pages known to `steps` are not read.

    Raises NeedsOcr without tesseract, ScanDoubtful for a page it is not sure of, OcrFailed, and what a child raises.
    """
    steps = steps or InHand()
    groups = [tuple(pages[start : start + AT_ONCE]) for start in range(0, len(pages), AT_ONCE)]
    known: dict[int, PageRead] = {}
    for group in groups:
        known |= _group(data, group, hands, steps)[1]
    for start in range(0, len(groups), WRITTEN // AT_ONCE):
        read: dict[int, ReadPage] = {}
        for group in groups[start : start + WRITTEN // AT_ONCE]:
            read |= _group(data, group, hands, steps)[0]
        data = hands.call(with_words, data, pages=read)
    return Read(data, known)


def _group(
    data: bytes, pages: tuple[int, ...], hands: Hands, steps: Steps
) -> tuple[dict[int, ReadPage], dict[int, PageRead]]:
    """Some pages drawn in one child and read, unless they are known."""
    name = f"pages-{pages[0]}"
    found: tuple[dict[int, ReadPage], dict[int, PageRead]] | None = steps.known(name)
    if found is None:
        drawn = tuple(zip(pages, hands.call(straight, data, pages=pages), strict=True))

        def read(one: tuple[int, Straight]) -> tuple[ReadPage, PageRead]:
            return _page(data, *one, call=hands.call)

        both = hands.each(read, drawn)
        found = (
            dict(zip(pages, [one for one, _ in both], strict=True)),
            dict(zip(pages, [told for _, told in both], strict=True)),
        )
        steps.keep(name, found)
    return found


def _page(data: bytes, page: int, drawn: Straight, *, call: Callable[..., Any]) -> tuple[ReadPage, PageRead]:
    words = _words(drawn, page)
    judged = _judged(words)
    if (judged.confidence < UPRIGHT or not _lie(words)) and (turn := ocr.turn_of(drawn.png)):
        (turned,) = call(straight, data, pages=(page,), turn=turn)
        again = _words(turned, page)
        if (_lie(again), _judged(again).confidence) > (_lie(words), judged.confidence):
            drawn, words, judged = turned, again, _judged(again)
    if not words and call(ink_of, drawn.png) < BLANK_INK:
        judged = PageRead(100, 0, 0)
    if judged.confidence < LEAST_CONFIDENCE:
        raise ScanDoubtful(page=page + 1, confidence=judged.confidence)
    read = ReadPage(drawn, tuple(_placed(words)))
    marks = call(marks_of, drawn.png, read=read)
    return read, replace(judged, marks=marks if marks >= LEAST_MARKS else 0)


def _lie(words: Sequence[Word]) -> bool:
    """True when most words of three letters and more are wider than high: tesseract reads lines on their side too."""
    wide = [one.x1 - one.x0 > one.y1 - one.y0 for one in words if len(one.text) >= 3]
    return 2 * sum(wide) >= len(wide)


def _words(drawn: Straight, page: int) -> tuple[Word, ...]:
    words = ocr.words_of(drawn.png, dpi=round(drawn.dpi))
    if words is None:
        raise NeedsOcr(page=page + 1)
    return words


def _judged(words: Sequence[Word]) -> PageRead:
    letters = [one.confidence for one in words for _ in one.text]
    doubtful = sum(1 for one in words if one.confidence < SURE_WORD)
    return PageRead(round(fmean(letters)) if letters else 0, len(words), doubtful)


def _placed(words: Sequence[Word]) -> Iterator[ScanWord]:
    """`words` without the rules of tables, which are read as upright strokes alone or at the edge of a word."""
    lines = {line: number for number, line in enumerate(dict.fromkeys(one.line for one in words))}
    for one in words:
        inner = one.text.strip(RULES)
        if inner:
            letter = (one.x1 - one.x0) / len(one.text)
            before = len(one.text) - len(one.text.lstrip(RULES))
            after = len(one.text) - before - len(inner)
            yield ScanWord(inner, one.x0 + before * letter, one.y0, one.x1 - after * letter, one.y1, lines[one.line])
