"""The ZIP of a release: masked PDFs, index, text of the provisions, proof, certificate. Only proved bytes enter it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from redactor.errors import Tampered
from redactor.intake.load import fingerprint
from redactor.pdf.typeset import Break, Heading, Lines, Table, typeset
from redactor.release import index, notes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from redactor.pdf.typeset import Piece

SCHEMA = 1  # version of the form of certificate.json and proof.json
INDEX_COLUMNS = ("no", "document", "page", "disposition", "pouvoir", "nature", "issue", "decide_par", "motif")


@dataclass(frozen=True, slots=True)
class File:
    """A proved file: its name below `released/`, its bytes, the digest that the verifier passed."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    sha256: str


@dataclass(frozen=True, slots=True)
class Article:
    """A provision that is relied on. `text` is None where its wording is not confirmed: then only where to find it."""

    section: str
    title: str
    text: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a release says of itself."""

    number: str | None
    pack: str
    program: str
    audit_head: str
    at: dt.datetime
    submitted_by: str = field(repr=False)
    approved_by: str = field(repr=False)
    is_alone: bool
    residual: Mapping[str, int]
    notes: tuple[str, ...] = ()
    body_is_alone: bool = False  # the body's own setting: one person decides there

    def as_json(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The certificate as `certificate.json`, with the fingerprint of each file."""
        return {
            "schema": SCHEMA, "request": self.number, "pack": self.pack, "redactor": self.program,
            "audit_head": self.audit_head, "at": self.at.isoformat(),
            "decided": {"submitted_by": self.submitted_by, "approved_by": self.approved_by, "alone": self.is_alone,
                        "setting": "one_person" if self.body_is_alone else "two_persons"},
            "residual": dict(self.residual), "notes": list(self.notes),
            "files": [{"file": row["released"], "sha256": row["output_sha256"], "pages": row["pages"]}
                      for row in rows if row["released"]],
        }  # fmt: skip


def bundle(
    rows: Sequence[Mapping[str, Any]], files: Sequence[File], articles: Sequence[Article], certificate: Certificate
) -> bytes:
    """The ZIP. `rows` are the rows of the report. Raises Tampered when bytes are not those that were proved."""
    entries = list(index.entries(rows))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            if fingerprint(one.data) != one.sha256:
                raise Tampered(kind="product")
            _write(archive, f"released/{one.name}", one.data, certificate.at)
        for name, data in (
            ("index.csv", index.as_csv(entries)),
            ("index.xlsx", index.as_xlsx(entries)),
            ("index.pdf", index_pdf(entries)),
            ("articles.pdf", articles_pdf(articles)),
            ("proof.json", _json(_proof(rows))),
            ("certificate.json", _json(certificate.as_json(rows))),
            ("certificat.pdf", certificate_pdf(certificate, rows)),
        ):
            _write(archive, name, data, certificate.at)
    return stream.getvalue()


def _write(archive: zipfile.ZipFile, name: str, data: bytes, at: dt.datetime) -> None:
    info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, zipfile.ZIP_DEFLATED)


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _proof(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "files": [
            {"file": row["released"], "sha256": row["output_sha256"], "clean": True, "checks": row["checks"]}
            for row in rows if row["released"]
        ],
    }  # fmt: skip


def index_pdf(entries: Sequence[Mapping[str, Any]]) -> bytes:
    """The index on pages."""
    titles = {key: heading for key, heading, _ in index.COLUMNS}
    rows = [tuple(titles[key] for key in INDEX_COLUMNS)]
    rows += [tuple(str(entry.get(key, "")).removeprefix("released/") for key in INDEX_COLUMNS) for entry in entries]
    return typeset([Heading("Index des renseignements non communiqués"), Table(tuple(rows))])


def articles_pdf(articles: Sequence[Article]) -> bytes:
    """The text of the provisions relied on; what is not confirmed is named with where to find it."""
    pieces: list[Piece] = [Heading("Dispositions invoquées")]
    for one in articles:
        pieces.append(Heading(f"Article {one.section}" + (f" – {one.title}" if one.title else "")))
        words = one.text.splitlines() if one.text else [f"Texte à consulter : {one.source}"]
        pieces.append(Lines(tuple(words)))
        if one.text:
            pieces.append(Lines((f"Source : {one.source}",)))
    if not articles:
        pieces.append(Lines(("Aucune disposition n'est invoquée : les documents sont remis en entier.",)))
    return typeset(pieces)


def certificate_pdf(one: Certificate, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The certificate on pages: who decided, what was proved, what it does not promise."""
    who = (
        "Une seule personne a décidé et approuvé : il n'y a pas eu de second regard."
        if one.is_alone
        else "Deux personnes : l'une a soumis, une autre a approuvé."
    )
    told = [
        f"Demande : {one.number or ''}", f"Date : {one.at.isoformat(timespec='seconds')}", f"Règles : {one.pack}",
        f"Programme : {one.program}", f"Soumis par : {one.submitted_by}", f"Approuvé par : {one.approved_by}", who,
        f"Réglage de l'organisme : {'une seule personne décide' if one.body_is_alone else 'deux personnes'}",
        f"Tête du journal : {one.audit_head}",
    ]  # fmt: skip
    files = [("Fichier", "Empreinte SHA-256", "Pages")]
    files += [(row["released"], row["output_sha256"], str(row["pages"])) for row in rows if row["released"]]
    left = [f"{name} : {count}" for name, count in one.residual.items()]
    return typeset([
        Heading("Certificat de caviardage"), Lines(tuple(told), bold_label=True),
        Heading("Fichiers prouvés"), Table(tuple(files)),
        Heading("Risque résiduel"),
        Lines((
            "Chaque fichier a été relu par d'autres outils que celui qui l'a écrit; rien de ce qui est masqué n'y est.",
            "La preuve ne dit rien de ce que personne n'a proposé ni décidé de masquer.", *left,
            *(notes.french(code) for code in one.notes),
        )),
        Break(), Heading("Documents refusés en entier"),
        Lines(tuple(_withheld(row, number) for number, row in enumerate(rows, 1) if row["state"] == "withheld")
              or ("Aucun",)),
    ])  # fmt: skip


def _withheld(row: Mapping[str, Any], number: int) -> str:
    whole = row.get("whole") or {}
    sections = [whole["provision"]] if whole.get("provision") else row.get("provisions") or []
    return f"Document no {number} : {row['pages'] or 0} p., {', '.join(f'art. {one}' for one in sections)}"
