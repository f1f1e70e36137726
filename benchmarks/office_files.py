"""Ordinary office files with a letterhead logo, made with LibreOffice, through the real command: how many pages become
pictures, how many words stay, how large the files get.

    python -m benchmarks.office_files [--keep FOLDER]

Notes, letters, reports and tables, in several fonts, with a logo as a picture, as a picture with transparent parts, as
a photograph, or drawn. Needs `soffice`. All persons are invented.
"""

from __future__ import annotations

import argparse
import base64
import collections
import io
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import pymupdf
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = ("Liberation Serif", "Liberation Sans", "DejaVu Sans", "DejaVu Serif")
LOGOS = ("opaque", "transparent", "photograph", "drawn")
KINDS = ("note", "letter", "report", "table")
PEOPLE = ("Ludivine Quetzal", "Barnabé Sorbier", "Odile Zorblax", "Ferdinand Tsuga", "Maëlle Cormier-Voss")
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
                      ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"))
)  # fmt: skip
SENTENCES = (
    "Le présent document fait état de l'avancement des travaux de réfection du pont {n} de la rivière aux Ormes.",
    "Mme {a} demeure au 14, rue des Pivoines, à Rimouski, et son numéro de téléphone est le 418 555-0142.",
    "La direction recommande de reporter l'appel d'offres {n} au printemps, faute de soumissions conformes.",
    "Le dossier de M. {b} a été transmis à la Direction des ressources humaines le 12 mars 2021.",
    "Les coûts prévus s'élèvent à {n} 000 $, dont 85 000 $ pour la surveillance du chantier.",
    "Selon l'équipe, il serait préférable de retenir le scénario {n}, moins risqué pour les riverains.",
    "Le calendrier {n} prévoit trois étapes, chacune suivie d'un rapport remis au comité de suivi.",
)


def logo(kind: str) -> tuple[bytes, str]:
    """The logo of a letterhead and its media type: a mark and two lines of type."""
    mode, ground = ("RGBA", (255, 255, 255, 0)) if kind == "transparent" else ("RGB", (255, 255, 255))
    image = Image.new(mode, (640, 200), ground)
    pen = ImageDraw.Draw(image)
    pen.rectangle((10, 20, 160, 180), fill=(10, 60, 130))
    pen.ellipse((45, 60, 125, 140), fill=(255, 255, 255))
    pen.text((190, 40), "Ministère des Ouvrages", fill=(20, 20, 20), font=ImageFont.load_default(38))
    pen.text((190, 110), "Québec", fill=(20, 20, 20), font=ImageFont.load_default(52))
    out = io.BytesIO()
    image.save(out, "JPEG" if kind == "photograph" else "PNG")
    return out.getvalue(), "image/jpeg" if kind == "photograph" else "image/png"


def frame(kind: str) -> str:
    """The logo as it stands in the header."""
    if kind == "drawn":
        mark = '<draw:rect text:anchor-type="as-char" svg:width="1.6cm" svg:height="1.6cm" draw:style-name="blue"/>'
        return mark + '<draw:ellipse text:anchor-type="as-char" svg:width="1.2cm" svg:height="1.2cm"/> Ouvrages Québec'
    data, _ = logo(kind)
    picture = f"<draw:image><office:binary-data>{base64.b64encode(data).decode()}</office:binary-data></draw:image>"
    return f'<draw:frame text:anchor-type="as-char" svg:width="5.6cm" svg:height="1.75cm">{picture}</draw:frame>'


def paragraphs(seed: int, count: int) -> Iterator[str]:
    """`count` paragraphs of three to five sentences."""
    for number in range(count):
        names = {"a": PEOPLE[(seed + number) % len(PEOPLE)], "b": PEOPLE[(seed + number + 2) % len(PEOPLE)]}
        names["n"] = str(100 + 40 * seed + number)
        chosen = [SENTENCES[(seed * 3 + number + n) % len(SENTENCES)] for n in range(3 + number % 3)]
        yield f"<text:p>{escape(' '.join(chosen).format(**names))}</text:p>"


def heading(text: str) -> str:
    return f'<text:h text:outline-level="1">{escape(text)}</text:h>'


def bullets(seed: int) -> str:
    items = "".join(f"<text:list-item>{one}</text:list-item>" for one in paragraphs(seed, 4))
    return f"<text:list>{items}</text:list>"


def table(seed: int, rows: int) -> str:
    cells = [("Nom", "Fonction", "Montant")]
    cells += [(PEOPLE[(seed + n) % len(PEOPLE)], "Analyste", f"{4_000 + 137 * n} $") for n in range(rows)]
    style = '<table:table-cell table:style-name="cell"><text:p>'
    made = "".join(
        "<table:table-row>"
        + "".join(f"{style}{escape(one)}</text:p></table:table-cell>" for one in row)
        + "</table:table-row>"
        for row in cells
    )
    return f'<table:table><table:table-column table:number-columns-repeated="3"/>{made}</table:table>'


def body(kind: str, seed: int) -> str:
    """The text of one document."""
    match kind:
        case "note":
            return heading("Note d'information") + "".join(paragraphs(seed, 6)) + bullets(seed)
        case "letter":
            opening = f"<text:p>Monsieur {escape(PEOPLE[seed % len(PEOPLE)])}</text:p><text:p>Monsieur,</text:p>"
            return opening + "".join(paragraphs(seed, 5)) + "<text:p>Veuillez agréer mes salutations.</text:p>"
        case "report":
            parts = [heading(f"{n}. Partie") + "".join(paragraphs(40 * seed + 7 * n, 5)) for n in range(1, 13)]
            return "".join(parts) + bullets(seed)
        case _:
            return heading("Tableau des versements") + table(seed, 24) + "".join(paragraphs(seed, 2))


def document(kind: str, font: str, mark: str, seed: int) -> str:
    """A flat OpenDocument text with its letterhead, footer and page number."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {SPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm"/>
<style:text-properties style:font-name="{font}" fo:font-family="{font}" fo:font-size="11pt" fo:language="fr"
 fo:country="CA"/></style:default-style></office:styles>
<office:automatic-styles>
<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="0.1cm"/></style:style>
<style:style style:name="blue" style:family="graphic"><style:graphic-properties draw:fill="solid"
 draw:fill-color="#0a3c82"/></style:style>
<style:page-layout style:name="pl"><style:page-layout-properties fo:page-width="21.59cm" fo:page-height="27.94cm"
 fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pl">
<style:header><text:p>{frame(mark)}</text:p></style:header>
<style:footer><text:p>Dossier 2021-118 – page <text:page-number/></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>{body(kind, seed)}</office:text></office:body></office:document>
"""


def make(folder: Path) -> None:
    """Writes the documents and has LibreOffice print them to PDF, in `folder/in`."""
    source = folder / "fodt"
    source.mkdir()
    for seed, (kind, font) in enumerate(itertools.product(KINDS, FONTS)):
        mark = LOGOS[(seed + seed // 4) % 4]
        (source / f"{kind}-{mark}-{seed}.fodt").write_text(document(kind, font, mark, seed), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = sorted(str(one) for one in source.iterdir())
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "in"), *files],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip


def words(path: Path, masks: dict[int, list[pymupdf.Rect]]) -> collections.Counter[str]:
    """The words of a file, without those whose middle stands under a mask."""
    found: collections.Counter[str] = collections.Counter()
    with pymupdf.open(path) as doc:
        for page in doc:
            for x0, y0, x1, y1, word, *_ in page.get_text("words"):
                middle = pymupdf.Point((x0 + x1) / 2, (y0 + y1) / 2)
                if not any(middle in box for box in masks.get(page.number, ())):
                    found[word] += 1
    return found


def masks_of(row: dict[str, Any]) -> dict[int, list[pymupdf.Rect]]:
    """The masked boxes of a row of the report, by page from 0."""
    found: dict[int, list[pymupdf.Rect]] = collections.defaultdict(list)
    for one in row["proposals"]:
        if one["state"] in {"masked", "ask"} and one["page"]:
            for part in [{"page": one["page"], "boxes": one["boxes"]}, *one.get("more", ())]:
                found[part["page"] - 1] += [pymupdf.Rect(box) for box in part["boxes"]]
    return found


def measure(folder: Path) -> list[str]:
    """Redacts `folder/in` with the command and gives the rows of the table."""
    out = folder / "out"
    command = ["-m", "redactor", "redact", str(folder / "in"), "--out", str(out)]
    decided = ["--decided-by", "Mesure", "--reason", "mesure"]
    subprocess.run([sys.executable, *command, *decided], check=False, capture_output=True, timeout=1800)
    report = json.loads((out / "internal" / "report.json").read_text(encoding="utf-8"))
    rows: list[str] = []
    total: collections.Counter[str] = collections.Counter()
    for row in report["documents"]:
        source = folder / "in" / row["file"]
        total["files"] += 1
        if row["released"] is None:
            rows.append(f"not released: {row['file']} {row['state']} {row['failure'] and row['failure']['code']}")
            continue
        target = out / row["released"]
        masks = masks_of(row)
        had, has = words(source, masks), words(target, {})
        before, after = source.stat().st_size, target.stat().st_size
        total.update(released=1, pages=row["pages"], before=before, after=after, boxes=sum(map(len, masks.values())))
        total.update(had=had.total(), kept=(had & has).total(), oversize=int(after > 1.2 * before + 20 * 1024))
        total["pictures"] += len(row["route_reasons"])
        rows += [f"{row['file']}: picture, {why}" for why in row["route_reasons"].values()]
    return [*rows, told(total)]


def told(total: collections.Counter[str]) -> str:
    return (
        f"{total['files']} files, {total['released']} released with {total['pages']} pages, {total['boxes']} boxes\n"
        f"pictures: {total['pictures']} of {total['pages']} pages ({100 * total['pictures'] / total['pages']:.1f} %)\n"
        f"words kept: {total['kept']} of {total['had']} ({total['kept'] / max(1, total['had']):.4f})\n"
        f"size: {total['before'] / 1024:.0f} KiB before, {total['after'] / 1024:.0f} KiB after; larger than 1.2 times "
        f"and 20 KiB: {total['oversize']}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="an empty folder for the files, which stay")
    told_ = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = told_.keep or Path(place)
        make(folder)
        print("\n".join(measure(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
