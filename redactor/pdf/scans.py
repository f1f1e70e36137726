"""Pages that are pictures of text: drawn straight for whoever reads them, then given back as picture and words.

Runs in a child. Reading the picture is left to the caller; the words it brings are laid invisibly over their pixels,
so that the page goes the way of every other. The page is straightened: upright boxes then fit upright lines.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pymupdf
from PIL import Image

from redactor.errors import DamagedPdf
from redactor.pdf.opening import ERRORS, opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from redactor.pdf.opening import Work

DPI = 300  # dots an inch: what tesseract is made for
PIXEL_BUDGET = 24_000_000  # pixels of one picture; a letter page at 300 dpi has 8.4 million
MOST_SKEW = 5.0  # degrees: a sheet pulled in askew; more is a photograph, and is read as it stands
SKEW_STEPS = (1.0, 0.2, 0.05)  # degrees: three passes, each around the best of the one before
SKEW_SIDE = 900  # pixels of the longer side of the picture that is measured
LEAST_SKEW = 0.1  # degrees: under this a line of 500 points drifts by less than one
RULES_DPI = 150.0  # dots an inch at which rules are looked for
RULE_IN = 0.4  # inches: a shorter stroke is a letter or a dash
RULE_PT = 0.5  # points: how thick they are drawn
THICK = 7  # pixels at RULES_DPI: what is thicker is a bar or a picture
Rule = tuple[float, float, float, float]
MARK_IN, MARK_INK = 0.1, 0.06  # inches, and the share of a square that is dark where a pen crossed it
RECENT = 60  # strokes among which one that goes on in the next row is sought
MOST_RUNS = 20_000  # runs of ink of a page; more is a photograph, where no table is sought
FAINT, PENCIL = 16, 60  # levels of 255 darker than the paper: the least that shows, and what a pencil leaves
LARGE_PNG = 1 << 20  # bytes of one page
INK = 128  # of 255: darker is ink
CAPITAL_EM = 0.72  # height of a capital over the size of its type
TAIL_EM = 0.21  # how far a tail reaches below the line, over the size of its type
SMALL_EM = 0.52  # height of a small letter without a stem
DEEP, TALL = frozenset("gjpqyçQJ,;()[]/|{}_"), frozenset("bdfhkltßéèêëàâîïôöûùÉÈÊÀÂÎÔÛ0123456789")
FONT = "helv"  # MuPDF's name of its own sans serif; embedded whole, since the short form of it lacks dashes and "œ"
LAYER = "F0"  # its name on the page
OTHER = "?"  # stands for a letter that the font lacks


@dataclass(frozen=True, slots=True)
class ScanWord:
    """A word and its box in pixels of the straightened picture. Words of one line carry the same `line`."""

    text: str = field(repr=False)
    x0: float
    y0: float
    x1: float
    y1: float
    line: int


@dataclass(frozen=True, slots=True)
class Straight:
    """A page drawn upright and straight: PNG, its resolution, by how many degrees it was straightened, and the rules
    of its tables, each from x, y to x, y in points.
    """

    png: bytes = field(repr=False)
    dpi: float
    skew: float
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A straightened page with the words read on it."""

    straight: Straight
    words: tuple[ScanWord, ...]


def straight(data: bytes, *, pages: Sequence[int], turn: int = 0) -> tuple[Straight, ...]:
    """The pages, from 0, as shown, turned by `turn` degrees clockwise and straightened. Raises InputError's kinds."""
    with opened(data) as work:
        return tuple(_straight(work, page, turn) for page in pages)


def _straight(work: Work, page: int, turn: int) -> Straight:
    frame = work.frames[page]
    dpi = min(DPI, 72 * (PIXEL_BUDGET / (frame.width * frame.height)) ** 0.5)
    picture = _drawn(work.page(page), dpi).rotate(-frame.rotation - turn, expand=True)
    skew = skew_of(picture)
    if abs(skew) >= LEAST_SKEW:
        picture = picture.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=_paper(picture))
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=3)
    return Straight(stream.getvalue(), dpi, skew, rules_of(picture, dpi=dpi))


def _drawn(page: Any, dpi: float) -> Image.Image:
    try:
        pixmap = page.get_pixmap(dpi=round(dpi), colorspace=pymupdf.csRGB, alpha=False)
    except ERRORS:
        raise DamagedPdf(part="page") from None
    picture = Image.frombytes("RGB", (pixmap.width, pixmap.height), bytes(pixmap.samples))
    return picture if _is_coloured(picture) else picture.convert("L")


def _is_coloured(picture: Image.Image) -> bool:
    small = np.asarray(picture.resize((100, 100))).astype(np.int16)
    return bool((small.max(axis=2) - small.min(axis=2)).max() > 40)


def _paper(picture: Image.Image) -> Any:
    """The colour of most of the page: what stands where a straightened page has no pixel of its own."""
    colours = picture.resize((64, 64), Image.Resampling.NEAREST).getcolors(64 * 64)
    return max(colours)[1] if colours else 255


def skew_of(picture: Image.Image) -> float:
    """Degrees, anticlockwise, by which the lines of `picture` lean: the turn that makes its rows of ink sharpest."""
    ink = _ink(picture)
    if not ink.any():
        return 0.0
    best, reach = 0.0, MOST_SKEW
    for step in SKEW_STEPS:
        tried = [best + step * n for n in range(-round(reach / step), round(reach / step) + 1)]
        best = max(tried, key=lambda angle: (_sharpness(ink, angle), -abs(angle)))
        reach = step
    return best if abs(best) <= MOST_SKEW else 0.0


def _ink(picture: Image.Image) -> NDArray[np.bool_]:
    scale = min(1.0, SKEW_SIDE / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX)) < INK + 40


def _sharpness(ink: NDArray[np.bool_], angle: float) -> float:
    """How much the number of dark pixels changes from one row to the next when lines lean by `angle`."""
    ys, xs = np.nonzero(ink)
    rows = np.round(ys + xs * np.tan(np.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min())
    return float(np.square(np.diff(counts.astype(np.float64))).sum())


def rules_of(picture: Image.Image, *, dpi: float) -> tuple[Rule, ...]:
    """The straight strokes of `picture`, across and down, from x, y to x, y in points."""
    scale = RULES_DPI / dpi
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    dark = np.asarray(picture.convert("L").resize(size, Image.Resampling.BOX)) < INK + 40
    across = _strokes(dark)
    down = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _strokes(dark.T)]
    points = 72 / RULES_DPI
    return tuple((x0 * points, y0 * points, x1 * points, y1 * points) for x0, y0, x1, y1 in (*across, *down))


def _strokes(dark: NDArray[np.bool_]) -> list[Rule]:
    """Runs across of at least RULE_IN, in pixels; those of neighbouring rows are one, bars are none."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    padded[:, 2:-2] |= padded[:, 1:-3] & padded[:, 3:-1]  # a grain of dust does not end a stroke
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    ends = np.nonzero(steps == -1)[1]
    long = ends - starts >= RULE_IN * RULES_DPI
    if long.sum() > MOST_RUNS:
        return []
    groups: list[list[tuple[int, int, int]]] = []
    for run in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        near = next((group for group in reversed(groups[-RECENT:]) if _goes_on(group[-1], run)), None)
        if near is None:
            groups.append([run])
        else:
            near.append(run)
    return [_stroke(group) for group in groups if group[-1][0] - group[0][0] < THICK]


def _goes_on(before: tuple[int, int, int], run: tuple[int, int, int]) -> bool:
    return run[0] - before[0] <= 1 and run[1] < before[2] and before[1] < run[2]


def _stroke(group: Sequence[tuple[int, int, int]]) -> Rule:
    y = (group[0][0] + group[-1][0] + 1) / 2
    return float(min(run[1] for run in group)), y, float(max(run[2] for run in group)), y


def ink_of(png: bytes) -> float:
    """Share of a picture that is darker than its paper, however faintly; its edges left out, where shadows fall."""
    with Image.open(io.BytesIO(png)) as picture:
        grey = picture.convert("L")
    small = grey.resize((max(1, grey.width // 4), max(1, grey.height // 4)), Image.Resampling.BOX)
    levels = np.asarray(small).astype(np.int16)
    down, across = levels.shape[0] // 30, levels.shape[1] // 30
    inner = levels[down : -down or None, across : -across or None]
    return float((inner < np.median(inner) - FAINT).mean())


def marks_of(png: bytes, *, read: ReadPage) -> int:
    """Squares of MARK_IN whose ink no word and no rule of `read` explains, the edges of the page left out."""
    with Image.open(io.BytesIO(png)) as picture:
        levels = np.asarray(picture.convert("L")).astype(np.int16)
    dark = levels < np.median(levels) - PENCIL
    dpi = read.straight.dpi
    for word in read.words:
        _blank(dark, (word.x0, word.y0, word.x1, word.y1), by=0.25 * (word.y1 - word.y0) + 2)
    for rule in read.straight.rules:
        _blank(dark, tuple(side * dpi / 72 for side in rule), by=0.03 * dpi)
    side = round(MARK_IN * dpi)
    down, across = dark.shape[0] // 30, dark.shape[1] // 30
    inner = dark[down:-down, across:-across]
    rows, columns = inner.shape[0] // side, inner.shape[1] // side
    squares = inner[: rows * side, : columns * side].reshape(rows, side, columns, side).mean(axis=(1, 3))
    return int((squares > MARK_INK).sum())


def _blank(dark: NDArray[np.bool_], box: Sequence[float], *, by: float) -> None:
    x0, y0, x1, y1 = box
    dark[max(0, int(y0 - by)) : int(y1 + by) + 1, max(0, int(x0 - by)) : int(x1 + by) + 1] = False


def with_words(data: bytes, *, pages: Mapping[int, ReadPage]) -> bytes:
    """The same file; each of `pages`, from 0, is its straightened picture with invisible words over it."""
    with opened(data) as work, pymupdf.open() as made:
        for number, frame in enumerate(work.frames):
            if number in pages:
                _add(made, pages[number])
            else:
                work.page(number).set_rotation(frame.rotation)
                made.insert_pdf(work.doc, from_page=number, to_page=number)
        try:
            return bytes(made.tobytes(garbage=3, deflate=True))
        except ERRORS:
            raise DamagedPdf(part="objects") from None


def _add(made: Any, read: ReadPage) -> None:
    with Image.open(io.BytesIO(read.straight.png)) as picture:
        scale = 72 / read.straight.dpi
        page = made.new_page(width=picture.width * scale, height=picture.height * scale)
    for rule in read.straight.rules:  # under the picture: whoever reads the page sees where its tables are ruled
        page.draw_line(pymupdf.Point(*rule[:2]), pymupdf.Point(*rule[2:]), width=RULE_PT)
    page.insert_image(page.rect, stream=_smaller(read.straight.png))
    font = pymupdf.Font(FONT)
    page.insert_font(fontname=LAYER, fontbuffer=font.buffer)
    shape = page.new_shape()
    for line in _by_line(read.words):
        _write(shape, line, scale, font)
    shape.commit()


def _smaller(png: bytes) -> bytes:
    """The picture as it is, or as a good JPEG where the grain of the paper would fill the file."""
    if len(png) <= LARGE_PNG:
        return png
    stream = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.save(stream, "JPEG", quality=90)
    return min(png, stream.getvalue(), key=len)


def _by_line(words: Sequence[ScanWord]) -> list[list[ScanWord]]:
    lines: dict[int, list[ScanWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _write(shape: Any, line: Sequence[ScanWord], scale: float, font: Any) -> None:
    """The words of one line on their common baseline, each as wide as its pixels."""
    baseline, size = line_metrics(line)
    for word in line:
        text = "".join(letter if font.has_glyph(ord(letter)) else OTHER for letter in word.text)
        stretch = max((word.x1 - word.x0) * scale, 0.5) / max(font.text_length(text, size * scale), 0.1)
        at = pymupdf.Point(word.x0 * scale, baseline * scale)
        shape.insert_text(
            at, text, fontname=LAYER, fontsize=size * scale, render_mode=3, morph=(at, pymupdf.Matrix(stretch, 1))
        )


def line_metrics(line: Sequence[ScanWord]) -> tuple[float, float]:
    """Baseline and type size of a line, in pixels: from words that stand on the line, and from capitals or stems."""
    flat = [word.y1 for word in line if not DEEP & set(word.text)]
    if not flat:
        return _deep_metrics(line)
    baseline = median(flat)
    tall = [baseline - word.y0 for word in line if any(c.isupper() or c in TALL for c in word.text)]
    low = [baseline - word.y0 for word in line]
    size = median(tall) / CAPITAL_EM if tall else median(low) / SMALL_EM
    return baseline, max(size, 4.0)


def _deep_metrics(line: Sequence[ScanWord]) -> tuple[float, float]:
    """The same for a line all of whose words reach below it: they are as high as a letter and a tail together."""
    is_tall = any(c.isupper() or c in TALL for word in line for c in word.text)
    size = median([word.y1 - word.y0 for word in line]) / ((CAPITAL_EM if is_tall else SMALL_EM) + TAIL_EM)
    return median([word.y1 for word in line]) - TAIL_EM * size, max(size, 4.0)
