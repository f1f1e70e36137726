"""A made request of sixty files in every format, with a secret in each place that no page shows."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from pathlib import Path

import pymupdf
from PIL import Image

from redactor.intake import office as libreoffice
from redactor.intake.old_sheets import ROW, ROW_HIDDEN
from redactor.intake.ole import Compound
from tests.builders import mail, office, opendocument, outlook, packed, pdf
from tests.builders.secrets import Secrets

LINES = (
    "Le pont a été construit en 1964 et porte 4 300 véhicules par jour.",
    "L'inspection de 2023 a relevé 12 fissures sur le tablier.",
    "Les travaux de 2019 ont coûté 1 250 000 $.",
    "Le tablier mesure 214 mètres et repose sur six piles de béton armé.",
    "La limite de poids affichée est de 32 tonnes depuis le 3 mai 2022.",
)


def lines(number: int) -> tuple[str, ...]:
    """Facts that differ from file to file."""
    return (f"Fiche numéro {number + 100} du pont Zyxwville", *LINES[number % 5 :], *LINES[: number % 5])


def rtf(s: Secrets) -> bytes:
    """A rich text with hidden words, a deletion, a comment and properties."""
    return (
        r"{\rtf1\ansi{\info{\author " + s.at("rtf:author") + r"}{\title " + s.at("rtf:title") + "}}"
        r"{\*\revtbl{Inconnu;}{Ada;}}Le pont a \'e9t\'e9 construit en 1964.\par Devant {\v " + s.at("rtf:hidden") + "}"
        r" et {\deleted\revauthdel1 " + s.at("rtf:deleted") + r"}fin."
        r"{\*\atnid A}{\*\atnauthor Ada}\chatn{\*\annotation " + s.at("rtf:comment") + r"}\par}"
    ).encode("ascii")


def turned(data: bytes, ending: str, to: str) -> bytes:
    """A file in an older form, as LibreOffice writes it."""
    with tempfile.TemporaryDirectory() as folder:
        return libreoffice.converted(
            data, soffice=libreoffice.program(), ending=ending, to=to, scratch=Path(folder), seconds=60
        )


def flattened(data: bytes, *, row: int) -> bytes:
    """An old workbook whose row, from 0, has no height and no mark that says so."""
    ole = Compound(data)
    stream = bytearray(ole.read("Workbook"))
    at = 0
    while at + 4 <= len(stream):
        kind, size, number = struct.unpack_from("<HHH", stream, at)
        if kind == ROW and number == row:
            struct.pack_into("<H", stream, at + 10, 0)
            stream[at + 16] &= 0xFF - ROW_HIDDEN
            break
        at += 4 + size
    return ole.replaced("Workbook", bytes(stream))


def picture(s: Secrets, kind: str, *, pages: int = 1, turn: int = 1) -> bytes:
    """A page of type as pixels, with a secret among what the file says of itself."""
    with pymupdf.open(stream=pdf(lines(pages)), filetype="pdf") as doc:
        pixmap = doc[0].get_pixmap(dpi=150)
    image = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples).convert("L")
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turn, s.at(f"{kind}:exif")
    if turn == 6:
        image = image.transpose(Image.Transpose.ROTATE_90)
    stream = io.BytesIO()
    more = {"save_all": True, "append_images": [image] * (pages - 1)} if kind == "TIFF" else {}
    image.save(stream, kind, dpi=(150, 150), exif=exif, **more)
    return stream.getvalue()


def archive(s: Secrets, files: dict[str, bytes]) -> bytes:
    """A ZIP with a comment and a time stamp field that hold secrets."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.comment = s.at("zip:comment of a part").encode()
            extra = s.at("zip:extra").encode()
            info.extra = struct.pack("<HH", 0x7075, len(extra)) + extra
            out.writestr(info, data)
        out.comment = s.at("zip:comment").encode()
    return stream.getvalue()


def with_metadata(s: Secrets) -> bytes:
    """A PDF whose properties and attached file hold secrets."""
    with pymupdf.open(stream=pdf(lines(1)), filetype="pdf") as doc:
        doc.set_metadata({"author": s.at("pdf:author"), "title": s.at("pdf:title")})
        doc.embfile_add("note.txt", s.at("pdf:attached").encode())
        doc[0].add_text_annot((72, 500), s.at("pdf:note"))
        data: bytes = doc.tobytes()
    return data


def hiding(s: Secrets, *, older: bool = True) -> dict[str, bytes]:
    """One file of each format, with everything a format can hide."""
    files = {
        "note.docx": office.docx(s), "suivi.xlsx": office.xlsx(s), "exposé.pptx": office.pptx(s),
        "lettre.odt": opendocument.odt(s), "registre.ods": opendocument.ods(s), "séance.odp": opendocument.odp(s),
        "fiche.rtf": rtf(s), "avis.pdf": with_metadata(s),
        "courriel.eml": mail.eml(s, attachments={"pièce.docx": office.plain_docx(*lines(2))}),
        "outlook.msg": outlook.msg(s, attachments={
            "annexe.pdf": pdf(lines(3)),
            "Réponse": outlook.message(s, subject="Réponse", body="Les travaux de 2019 ont pris fin.", head=24),
        }),
        "lot.zip": archive(s, {"sous/liste.txt": "\n".join(lines(4)).encode()}),
        "winmail.dat": packed.tnef(
            subject="Suivi", body="\n".join(lines(7)), attachments={"liste.txt": "\n".join(lines(8)).encode()}
        ),
        "signé.p7m": packed.signed("\n".join(lines(9)).encode()),
        "page.jpg": picture(s, "JPEG", turn=6), "page.png": picture(s, "PNG"), "pages.tif": picture(s, "TIFF", pages=2),
    }  # fmt: skip
    if older:
        files |= {
            "ancienne.doc": turned(office.docx(s), "docx", "doc"),
            "ancien.xls": flattened(turned(office.xlsx(s), "xlsx", "xls"), row=2),
            "ancien.ppt": turned(office.pptx(s), "pptx", "ppt"),
        }  # fmt: skip
    return files


def plain() -> dict[str, bytes]:
    """Forty-one files with nothing hidden, in the same formats."""
    files: dict[str, bytes] = {}
    for n in range(6):
        files[f"docx/note-{n}.docx"] = office.plain_docx(*lines(n))
        files[f"texte/note-{n}.txt"] = "\n".join(lines(n + 6)).encode(("utf-8", "cp1252", "utf-16")[n % 3])
        files[f"pdf/note-{n}.pdf"] = pdf(lines(n + 12))
    for n in range(5):
        rows = [["Pont", "Année", "Ville"], *[[f"Pont {n}-{k}", f"{1960 + k}", "Québec"] for k in range(8)]]
        files[f"xlsx/liste-{n}.xlsx"] = office.plain_xlsx(rows)
        text = "\n".join(";".join(line) for line in rows)
        files[f"csv/liste-{n}.csv"] = text.encode(("utf-8-sig", "cp1252")[n % 2])
        first = f"<fil-{n}@exemple.example>"
        files[f"courriels/fil-{n}.eml"] = mail.eml(
            _NOTHING, subject=f"Suivi du pont {n}", body="\n".join(lines(n)), message_id=first
        )
        files[f"courriels/fil-{n}-réponse.eml"] = mail.eml(
            _NOTHING,
            subject=f"RE: Suivi du pont {n}",
            body="Merci, bien reçu.",
            message_id=f"<r{n}@x.example>",
            answers=first,
        )
    for n in range(3):
        files[f"lots/lot-{n}.zip"] = archive(_NOTHING, {f"note-{n}.txt": "\n".join(lines(n + 30)).encode()})
    return files


_NOTHING = Secrets(fixed="")


def sixty(s: Secrets) -> dict[str, bytes]:
    """The whole request."""
    return {**hiding(s), **plain()}
