"""OpenDocument files made part by part, with a secret in each place that does not print."""

# ruff: noqa: E501  markup is read as the file holds it, unbroken

from __future__ import annotations

from tests.builders.office import HEAD, ODF, zipped
from tests.builders.secrets import Secrets

MIME = "application/vnd.oasis.opendocument"
DAY = "<dc:creator>Ada Fictive</dc:creator><dc:date>2024-01-01T00:00:00</dc:date>"


def package(kind: str, body: str, s: Secrets, *, styles: str = "", sheet: str = "") -> bytes:
    """An OpenDocument file: its content, `styles` of the content, `sheet` for styles.xml."""
    short = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}[kind]
    names = ("content.xml", "styles.xml", "meta.xml", "Basic/Standard/Module1.xml", "Thumbnails/thumbnail.png")
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in names
    )
    return zipped({
        "mimetype": f"{MIME}.{kind}",
        "content.xml": f'{HEAD}<office:document-content {ODF} office:version="1.2"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>",
        "styles.xml": f'{HEAD}<office:document-styles {ODF} office:version="1.2">{sheet}</office:document-styles>',
        "meta.xml": f'{HEAD}<office:document-meta {ODF} office:version="1.2"><office:meta><meta:initial-creator>'
        f'{s.at(f"{short}:author")}</meta:initial-creator><meta:user-defined meta:name="Suivi">'
        f'{s.at(f"{short}:custom property")}</meta:user-defined></office:meta></office:document-meta>',
        "Basic/Standard/Module1.xml": f"{HEAD}<m>{s.at(f'{short}:macro')}</m>",
        "Thumbnails/thumbnail.png": s.at(f"{short}:thumbnail").encode(),
        "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest'
        f':1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}.{kind}"/>'
        f"{files}</manifest:manifest>",
    })  # fmt: skip


def odt(s: Secrets, *, visible: str = "Le pont a été construit en 1964.") -> bytes:
    """A text with a secret in every place that its page does not show."""
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>'
    )
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
        + DAY
        + f"</office:change-info><text:p>{s.at('odt:deleted')}</text:p></text:deletion></text:changed-region>"
        f"</text:tracked-changes><text:p>{visible}</text:p>"
        '<text:p>Final.<text:change text:change-id="c1"/></text:p>'
        f"<text:p>Noté.<office:annotation>{DAY}<text:p>{s.at('odt:comment')}</text:p></office:annotation></text:p>"
        f'<text:p>Devant <text:span text:style-name="T1">{s.at("odt:hidden style")}</text:span></text:p>'
        f'<text:p>Blanc <text:span text:style-name="T2">{s.at("odt:white")}</text:span></text:p>'
        f'<text:p>Champ <text:hidden-text text:condition="ooow:1" text:string-value="{s.at("odt:hidden field")}" '
        'text:is-hidden="true"/></text:p>'
        f'<text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>{s.at("odt:hidden paragraph")}</text:p>'
        f'<text:section text:name="s" text:display="none"><text:p>{s.at("odt:hidden section")}</text:p></text:section>'
        f'<text:p><text:a xlink:href="mailto:{s.at("odt:link")}@x.example">lien</text:a></text:p>'
    )
    sheet = (
        '<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties '
        'fo:page-width="21.59cm" fo:page-height="27.94cm" fo:margin="2cm"/><style:header-style/></style:page-layout>'
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="pm1"><style:header><text:p>En-tête imprimé</text:p></style:header><style:header-left>'
        f"<text:p>{s.at('odt:left header')}</text:p></style:header-left></style:master-page></office:master-styles>"
    )
    return package("text", body, s, styles=styles, sheet=sheet)


def ods(s: Secrets, *, visible: str = "Inspection du pont") -> bytes:
    """A spreadsheet with a secret in every place that its pages do not show."""

    def cells(*texts: str) -> str:
        return "".join(
            f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts
        )

    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    body = (
        f'<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-in-list('
        f'&quot;{s.at("ods:list")}&quot;)"/></table:content-validations><table:table table:name="Suivi" '
        'table:print-ranges="Suivi.A1:Suivi.A1"><table:table-column/><table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{cells(visible, s.at('ods:hidden column'), 'Québec')}</table:table-row>"
        f'<table:table-row table:visibility="collapse">{cells(s.at("ods:hidden row"))}</table:table-row>'
        f'<table:table-row table:visibility="filter">{cells(s.at("ods:filtered row"))}</table:table-row>'
        f'<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>{s.at("ods:comment")}'
        "</text:p></office:annotation><text:p>Fin</text:p></table:table-cell></table:table-row></table:table>"
        f'<table:table table:name="Cachée" table:style-name="ta2"><table:table-row>{cells(s.at("ods:hidden sheet"))}'
        "</table:table-row></table:table><table:named-expressions><table:named-range "
        f'table:name="{s.at("ods:name")}" table:base-cell-address="$Suivi.$A$1" table:cell-range-address="$Suivi.$A$1"/>'
        "</table:named-expressions>"
    )
    return package("spreadsheet", body, s, styles=styles)


def odp(s: Secrets, *, visible: str = "Réfection du pont Zyxwville") -> bytes:
    """A slide show with a secret in every place that its pages do not show."""

    def box(text: str, y: int = 2) -> str:
        return (
            f'<draw:frame svg:x="2cm" svg:y="{y}cm" svg:width="20cm" svg:height="2cm"><draw:text-box><text:p>{text}</text:p>'
            "</draw:text-box></draw:frame>"
        )

    styles = (
        '<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    body = (
        f'<draw:page draw:name="p1" draw:master-page-name="M">{box(visible)}{box(s.at("odp:off slide"), 60)}'
        f"<presentation:notes>{box(s.at('odp:notes'))}</presentation:notes></draw:page>"
        f'<draw:page draw:name="p2" draw:style-name="dp2" draw:master-page-name="M">{box(s.at("odp:hidden slide"))}</draw:page>'
    )
    sheet = (
        '<office:automatic-styles><style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="28cm" '
        'fo:page-height="21cm"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page '
        'style:name="M" style:page-layout-name="pm1"/></office:master-styles>'
    )
    return package("presentation", body, s, styles=styles, sheet=sheet)
