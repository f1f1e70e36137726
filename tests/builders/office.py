"""Word, Excel, PowerPoint and OpenDocument files made part by part, with a secret in each place that does not print."""

# ruff: noqa: E501, ISC004  markup is read as the file holds it, unbroken

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tests.builders.secrets import Secrets

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ASIDE = "{}<worksheet {}><sheetData>{}</sheetData></worksheet>"
VANISH = "<w:vanish/>"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing", "meta": "meta",
        "presentation": "presentation", "svg": "svg-compatible", "fo": "xsl-fo-compatible", "number": "datastyle",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of the parts, in their order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data, compress_type=zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def with_parts(data: bytes, more: dict[str, str | bytes]) -> bytes:
    """A file with more parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return zipped({**{name: whole.read(name) for name in whole.namelist()}, **more})


def rels(*targets: tuple[str, str, str]) -> str:
    """A part of relations: id, last word of the type, target; outside when the target is an address."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{escape(target)}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for key, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{RELS}">{rows}</Relationships>'


def types(**parts: str) -> str:
    """The part of content types, `__` for `/` and `_dot_` for `.` in names."""
    rows = "".join(
        f'<Override PartName="/{name.replace("__", "/").replace("_dot_", ".")}" ContentType="{kind}"/>'
        for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f"{rows}</Types>"
    )


def properties(s: Secrets, kind: str) -> dict[str, str | bytes]:
    """Properties of a file of OOXML."""
    return {
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata'
        f'/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{s.at(f"{kind}:author")}</dc:creator>'
        f"<dc:title>{s.at(f'{kind}:title')}</dc:title></cp:coreProperties>",
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'extended-properties"><Company>{s.at(f"{kind}:company")}</Company></Properties>',
        "docProps/custom.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Suivi"><vt:lpwstr>'
        f"{s.at(f'{kind}:custom property')}</vt:lpwstr></property></Properties>",
    }


PROPERTY_RELS = (
    (
        "rP1",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    ),
    ("rP2", "extended-properties", "docProps/app.xml"),
    ("rP3", "custom-properties", "docProps/custom.xml"),
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, look: str = "") -> str:
    """A run of words."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs: str, style: str = "") -> str:
    """A paragraph."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def plain_docx(*lines: str) -> bytes:
    """A Word file without anything hidden."""
    body = "".join(para(run(line)) for line in lines)
    return zipped({
        "[Content_Types].xml": types(word__document_dot_xml=f"{WORD}.document.main+xml"),
        "_rels/.rels": rels(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"{HEAD}<w:document {W}><w:body>{body}</w:body></w:document>",
    })  # fmt: skip


def _story(s: Secrets, visible: str) -> str:
    """The body of a Word file, with what Word hides in it."""
    who = 'w:id="{}" w:author="Ada Fictive" w:date="2024-01-01T00:00:00Z"'
    return "".join([
        para(run(visible)),
        para(run("Texte final."), f"<w:del {who.format(1)}><w:r><w:delText>{s.at('docx:deleted')}</w:delText></w:r></w:del>"),
        para(f"<w:moveFrom {who.format(2)}>{run(s.at('docx:moved'))}</w:moveFrom>", run("Suite.")),
        para('<w:commentRangeStart w:id="7"/>', run("Commenté."), '<w:commentRangeEnd w:id="7"/>'
             '<w:r><w:commentReference w:id="7"/></w:r>'),
        para(run("Devant. "), run(s.at("docx:vanish"), VANISH)),
        para(run(s.at("docx:hidden style")), style="Cache"),
        para(run(s.at("docx:hidden character style"), '<w:rStyle w:val="CacheCar"/>')),
        para(run(s.at("docx:white"), '<w:color w:val="FFFFFF"/>')),
        para(run(s.at("docx:tiny"), '<w:sz w:val="2"/>')),
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4000\"/></w:tblGrid><w:tr><w:tc>{para(run('Cellule'))}</w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {who.format(3)}/></w:trPr><w:tc><w:p><w:del {who.format(4)}><w:r><w:delText>"
        f"{s.at('docx:deleted row')}</w:delText></w:r></w:del></w:p></w:tc></w:tr></w:tbl>",
        para('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> COMMENTS '
             f"{s.at('docx:field code')} </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
             + run("champ") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        para(f'<w:hyperlink r:id="rId9">{run("lien")}</w:hyperlink>'),
        f"<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText=\"{s.at('docx:list')}\" w:value=\"1\"/></w:dropDownList>"
        f"</w:sdtPr><w:sdtContent>{para(run('Choix'))}</w:sdtContent></w:sdt>",
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:headerReference w:type="first" r:id="rId2"/>'
        '<w:headerReference w:type="even" r:id="rId3"/><w:pgSz w:w="12240" w:h="15840"/></w:sectPr>',
    ])  # fmt: skip


def docx(
    s: Secrets,
    *,
    visible: str = "Le pont a été construit en 1964 et il porte des véhicules lourds tous les jours.",
    embedded: bytes = b"",
) -> bytes:
    """A Word file with a secret in every place that its page does not show."""
    header = "{}<w:{} {}>{}</w:{}>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            word__document_dot_xml=f"{WORD}.document.main+xml", word__styles_dot_xml=f"{WORD}.styles+xml",
            word__comments_dot_xml=f"{WORD}.comments+xml", word__settings_dot_xml=f"{WORD}.settings+xml",
            word__header1_dot_xml=f"{WORD}.header+xml", word__header2_dot_xml=f"{WORD}.header+xml",
            word__header3_dot_xml=f"{WORD}.header+xml",
            docProps__core_dot_xml="application/vnd.openxmlformats-package.core-properties+xml",
            docProps__app_dot_xml="application/vnd.openxmlformats-officedocument.extended-properties+xml",
            docProps__custom_dot_xml="application/vnd.openxmlformats-officedocument.custom-properties+xml",
        ),
        "_rels/.rels": rels(("r1", "officeDocument", "word/document.xml"), *PROPERTY_RELS),
        "word/document.xml": f"{HEAD}<w:document {W} {R}><w:body>{_story(s, visible)}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels(
            ("rId1", "header", "header1.xml"), ("rId2", "header", "header2.xml"), ("rId3", "header", "header3.xml"),
            ("rId4", "comments", "comments.xml"), ("rId5", "styles", "styles.xml"), ("rId6", "settings", "settings.xml"),
            ("rId7", "package", "embeddings/classeur.xlsx"), ("rId8", "vbaProject", "vbaProject.bin"),
            ("rId9", "hyperlink", f"mailto://{s.at('docx:link')}@x.example"),
            ("rId10", "image", f"file:///nulle-part/{s.at('docx:linked image')}.png"),
        ),
        "word/styles.xml": f'{HEAD}<w:styles {W}><w:style w:type="paragraph" w:styleId="Cache"><w:name w:val="Cache"/>'
        f'<w:rPr>{VANISH}</w:rPr></w:style><w:style w:type="character" w:styleId="CacheCar"><w:name w:val="CacheCar"/>'
        f"<w:rPr>{VANISH}</w:rPr></w:style></w:styles>",
        "word/settings.xml": f'{HEAD}<w:settings {W}><w:docVars><w:docVar w:name="v" w:val="{s.at("docx:variable")}"/>'
        "</w:docVars></w:settings>",
        "word/comments.xml": f'{HEAD}<w:comments {W}><w:comment w:id="7" w:author="Ada Fictive">'
        f"{para(run(s.at('docx:comment')))}</w:comment></w:comments>",
        "word/header1.xml": header.format(HEAD, "hdr", W, para(run("En-tête imprimé")), "hdr"),
        "word/header2.xml": header.format(HEAD, "hdr", W, para(run(s.at("docx:first header"))), "hdr"),
        "word/header3.xml": header.format(HEAD, "hdr", W, para(run(s.at("docx:even header"))), "hdr"),
        "word/embeddings/classeur.xlsx": embedded or plain_xlsx([[s.at("docx:embedded")]]),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + s.at("docx:macro").encode(),
        "customXml/item1.xml": f"{HEAD}<suivi><note>{s.at('docx:custom xml')}</note></suivi>",
        **properties(s, "docx"),
    }  # fmt: skip
    return zipped(parts)


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def cell(ref: str, text: str, style: int = 0) -> str:
    """A cell with its own words."""
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def row(number: int, *texts: str, look: str = "", style: int = 0) -> str:
    """A row from column A."""
    cells = "".join(cell(f"{chr(65 + n)}{number}", text, style) for n, text in enumerate(texts) if text)
    return f'<row r="{number}" {look}>{cells}</row>'


def plain_xlsx(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet without anything hidden."""
    body = "".join(row(number, *texts) for number, texts in enumerate(rows, 1))
    return zipped({
        "[Content_Types].xml": types(
            xl__workbook_dot_xml=f"{SHEET}.sheet.main+xml", xl__worksheets__sheet1_dot_xml=f"{SHEET}.worksheet+xml"
        ),
        "_rels/.rels": rels(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {S} {R}><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": rels(("r1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {S}><sheetData>{body}</sheetData></worksheet>",
    })  # fmt: skip


def _first_sheet(s: Secrets, visible: str) -> str:
    """The sheet that shows, with what it hides."""
    return (
        f'{HEAD}<worksheet {S} {R}><cols><col min="1" max="1" width="40"/><col min="3" max="3" width="9" hidden="1"/></cols>'
        f"<sheetData>{row(1, visible, 'Québec', s.at('xlsx:hidden column'))}"
        + row(2, s.at("xlsx:hidden row"), look='hidden="1"')
        + row(3, s.at("xlsx:zero height row"), look='ht="0" customHeight="1"')
        + row(4, s.at("xlsx:blank format"), style=1)
        + row(5, s.at("xlsx:white"), style=2)
        + row(6, "Fin")
        + f'<row r="7"><c r="A7" t="str"><f>IF(1=1,"ok","{s.at("xlsx:formula")}")</f><v>ok</v></c></row>'
        + f'</sheetData><autoFilter ref="A1:B6"><filterColumn colId="0"><filters><filter val="{s.at("xlsx:filter")}"/>'
        f'</filters></filterColumn></autoFilter><dataValidations count="1"><dataValidation type="list" sqref="B6" '
        f'promptTitle="x" prompt="{s.at("xlsx:prompt")}"><formula1>"{s.at("xlsx:list")},b"</formula1></dataValidation>'
        f'</dataValidations><headerFooter differentFirst="0"><evenHeader>&amp;C{s.at("xlsx:even header")}</evenHeader>'
        "</headerFooter></worksheet>"
    )


def xlsx(s: Secrets, *, visible: str = "Inspection du pont") -> bytes:
    """A workbook with a secret in every place that its pages do not show."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            xl__workbook_dot_xml=f"{SHEET}.sheet.main+xml", xl__styles_dot_xml=f"{SHEET}.styles+xml",
            xl__worksheets__sheet1_dot_xml=f"{SHEET}.worksheet+xml", xl__worksheets__sheet2_dot_xml=f"{SHEET}.worksheet+xml",
            xl__worksheets__sheet3_dot_xml=f"{SHEET}.worksheet+xml", xl__comments1_dot_xml=f"{SHEET}.comments+xml",
            xl__externalLinks__externalLink1_dot_xml=f"{SHEET}.externalLink+xml",
            xl__pivotCache__pivotCacheDefinition1_dot_xml=f"{SHEET}.pivotCacheDefinition+xml",
            docProps__core_dot_xml="application/vnd.openxmlformats-package.core-properties+xml",
            docProps__app_dot_xml="application/vnd.openxmlformats-officedocument.extended-properties+xml",
            docProps__custom_dot_xml="application/vnd.openxmlformats-officedocument.custom-properties+xml",
        ),
        "_rels/.rels": rels(("r1", "officeDocument", "xl/workbook.xml"), *PROPERTY_RELS),
        "xl/workbook.xml": f'{HEAD}<workbook {S} {R}><sheets><sheet name="Suivi" sheetId="1" r:id="r1"/>'
        f'<sheet name="Cachée" sheetId="2" state="hidden" r:id="r2"/><sheet name="Profonde" sheetId="3" '
        f'state="veryHidden" r:id="r3"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">'
        f'Suivi!$A$1:$B$1</definedName><definedName name="{s.at("xlsx:name")}">Suivi!$A$1</definedName></definedNames>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": rels(
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "worksheet", "worksheets/sheet2.xml"),
            ("r3", "worksheet", "worksheets/sheet3.xml"), ("r4", "styles", "styles.xml"),
            ("r5", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ("r6", "externalLink", "externalLinks/externalLink1.xml"),
        ),
        "xl/styles.xml": f'{HEAD}<styleSheet {S}><numFmts count="1"><numFmt numFmtId="164" formatCode=";;;"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Liberation Sans"/></font><font><sz val="11"/><color rgb="FFFFFFFF"/><name val="Liberation Sans"/></font></fonts><fills count="1"><fill><patternFill '
        'patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0" '
        'applyNumberFormat="1"/><xf numFmtId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": _first_sheet(s, visible),
        "xl/worksheets/_rels/sheet1.xml.rels": rels(("r1", "comments", "../comments1.xml")),
        "xl/worksheets/sheet2.xml": ASIDE.format(HEAD, S, row(1, s.at("xlsx:hidden sheet"))),
        "xl/worksheets/sheet3.xml": ASIDE.format(HEAD, S, row(1, s.at("xlsx:very hidden sheet"))),
        "xl/comments1.xml": f'{HEAD}<comments {S}><authors><author>A</author></authors><commentList><comment ref="A1" '
        f'authorId="0"><text><r><t>{s.at("xlsx:comment")}</t></r></text></comment></commentList></comments>',
        "xl/pivotCache/pivotCacheDefinition1.xml": f'{HEAD}<pivotCacheDefinition {S} {R}><cacheFields count="1">'
        f'<cacheField name="nom"><sharedItems count="1"><s v="{s.at("xlsx:pivot cache")}"/></sharedItems></cacheField>'
        "</cacheFields></pivotCacheDefinition>",
        "xl/externalLinks/externalLink1.xml": f'{HEAD}<externalLink {S} {R}><externalBook r:id="r1"><sheetNames>'
        f'<sheetName val="x"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str">'
        f'<v>{s.at("xlsx:linked value")}</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels(
            ("r1", "externalLinkPath", f"file:///nulle-part/{s.at('xlsx:linked file')}.xlsx")
        ),
        "xl/embeddings/oleObject1.bin": s.at("xlsx:embedded").encode(),
        "xl/vbaProject.bin": s.at("xlsx:macro").encode(),
        **properties(s, "xlsx"),
    }  # fmt: skip
    return zipped(parts)


SLIDE = "application/vnd.openxmlformats-officedocument.presentationml"


def shape(text: str, *, key: int = 2, look: str = "", y: int = 500_000, colour: str = "", place: str = "") -> str:
    """A box with words on a slide."""
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{key}" name="b{key}" {look}/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="500000" y="{y}"/><a:ext cx="6000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f'</a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="fr-CA" sz="1800">{fill}</a:rPr>'
        f"<a:t>{escape(text)}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def slide(*shapes: str, root: str = "sld", look: str = "") -> str:
    """A slide, a page of notes, a layout or a master."""
    return (
        f'{HEAD}<p:{root} {A} {R} {P} {look}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/>'
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{''.join(shapes)}</p:spTree></p:cSld>"
        + ('<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
           'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:sldLayoutIdLst>'
           '<p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>' if root == "sldMaster" else "")
        + f"</p:{root}>"
    )  # fmt: skip


def pptx(s: Secrets, *, visible: str = "Réfection du pont Zyxwville") -> bytes:
    """A slide show with a secret in every place that its pages do not show."""
    body = 'type="body" idx="1"'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            ppt__presentation_dot_xml=f"{SLIDE}.presentation.main+xml", ppt__slides__slide1_dot_xml=f"{SLIDE}.slide+xml",
            ppt__slides__slide2_dot_xml=f"{SLIDE}.slide+xml", ppt__slideMasters__master1_dot_xml=f"{SLIDE}.slideMaster+xml",
            ppt__slideLayouts__layout1_dot_xml=f"{SLIDE}.slideLayout+xml",
            ppt__notesSlides__notes1_dot_xml=f"{SLIDE}.notesSlide+xml", ppt__comments__comment1_dot_xml=f"{SLIDE}.comments+xml",
            ppt__tags__tag1_dot_xml=f"{SLIDE}.tags+xml",
            docProps__core_dot_xml="application/vnd.openxmlformats-package.core-properties+xml",
            docProps__app_dot_xml="application/vnd.openxmlformats-officedocument.extended-properties+xml",
            docProps__custom_dot_xml="application/vnd.openxmlformats-officedocument.custom-properties+xml",
        ),
        "_rels/.rels": rels(("r1", "officeDocument", "ppt/presentation.xml"), *PROPERTY_RELS),
        "ppt/presentation.xml": f'{HEAD}<p:presentation {A} {R} {P}><p:sldMasterIdLst><p:sldMasterId id="2147483648" '
        'r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId3"/>'
        '</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels": rels(
            ("rId1", "slideMaster", "slideMasters/master1.xml"), ("rId2", "slide", "slides/slide1.xml"),
            ("rId3", "slide", "slides/slide2.xml"),
        ),
        "ppt/slideMasters/master1.xml": slide(root="sldMaster"),
        "ppt/slideMasters/_rels/master1.xml.rels": rels(("rId1", "slideLayout", "../slideLayouts/layout1.xml")),
        "ppt/slideLayouts/layout1.xml": slide(root="sldLayout"),
        "ppt/slideLayouts/_rels/layout1.xml.rels": rels(("rId1", "slideMaster", "../slideMasters/master1.xml")),
        "ppt/slides/slide1.xml": slide(
            shape(visible), shape(s.at("pptx:hidden shape"), key=3, look='hidden="1"', y=1_500_000),
            shape(s.at("pptx:white"), key=4, y=2_500_000, colour="FFFFFF"),
            shape(s.at("pptx:off slide"), key=5, y=9_500_000),
            shape("Suite", key=6, y=3_500_000, look=f'descr="{s.at("pptx:alternate text")}"'),
        ),
        "ppt/slides/_rels/slide1.xml.rels": rels(
            ("rId1", "slideLayout", "../slideLayouts/layout1.xml"), ("rId2", "notesSlide", "../notesSlides/notes1.xml"),
            ("rId3", "comments", "../comments/comment1.xml"), ("rId4", "tags", "../tags/tag1.xml"),
        ),
        "ppt/slides/slide2.xml": slide(shape(s.at("pptx:hidden slide")), look='show="0"'),
        "ppt/slides/_rels/slide2.xml.rels": rels(("rId1", "slideLayout", "../slideLayouts/layout1.xml")),
        "ppt/notesSlides/notes1.xml": slide(
            shape(s.at("pptx:notes"), place=f"<p:ph {body}/>"), root="notes"
        ),
        "ppt/notesSlides/_rels/notes1.xml.rels": rels(("rId1", "slide", "../slides/slide1.xml")),
        "ppt/comments/comment1.xml": f'{HEAD}<p:cmLst {A} {R} {P}><p:cm authorId="0" idx="1"><p:pos x="0" y="0"/>'
        f'<p:text>{s.at("pptx:comment")}</p:text></p:cm></p:cmLst>',
        "ppt/tags/tag1.xml": f'{HEAD}<p:tagLst {A} {R} {P}><p:tag name="SUIVI" val="{s.at("pptx:tag")}"/></p:tagLst>',
        "ppt/embeddings/oleObject1.bin": s.at("pptx:embedded").encode(),
        "ppt/media/son.mp3": s.at("pptx:sound").encode(),
        **properties(s, "pptx"),
    }  # fmt: skip
    return zipped(parts)
