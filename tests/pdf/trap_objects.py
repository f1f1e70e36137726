"""Traps in the file around the pages: annotations, fields, names, attachments, metadata, revisions, structure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from redactor.model import Box, PageBox
from tests.pdf.kit import (
    HEIGHT,
    SECRET,
    SECRET_ASCII,
    Trap,
    add,
    append,
    base_font,
    document,
    line,
    secret_box,
    secret_line,
)  # fmt: skip

TEXT = pikepdf.String(SECRET)
RECT = pikepdf.Array([72, 300, 200, 330])


def objects(name: str, mutate: Any, **more: Any) -> Trap:
    """The usual masked secret; `mutate` puts another copy somewhere in the file."""
    saving = more.pop("saving", {})
    return Trap(name, document(mutate=mutate, **saving), more.pop("boxes", (secret_box(),)), **more)


def root(name: str, make: Any) -> Trap:
    """One more entry of the catalogue."""

    def mutate(pdf: pikepdf.Pdf, _: Any) -> None:
        for key, value in make(pdf).items():
            pdf.Root["/" + key] = value

    return objects(name, mutate)


def page_key(name: str, make: Any) -> Trap:
    """One more entry of the page."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        for key, value in make(pdf).items():
            page["/" + key] = value

    return objects(name, mutate)


def annotation(name: str, kind: str, make: Any = None, **keys: Any) -> Trap:
    """An annotation of `kind` on the page."""

    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        held = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + kind), Rect=RECT)
        for key, value in (keys | (make(pdf) if make else {})).items():
            held["/" + key] = value
        page.Annots = pikepdf.Array([pdf.make_indirect(held)])

    return objects(name, mutate)


def traps() -> Iterator[Trap]:
    """All traps of this file."""
    yield from _annotations()
    yield from _fields()
    yield from _catalogue()
    yield from _page()
    yield from _files()


def _annotations() -> Iterator[Trap]:
    popup = {"T": TEXT, "Contents": TEXT, "Subj": TEXT, "RC": TEXT, "NM": TEXT}
    yield annotation("note", "Text", **popup)
    yield annotation(
        "highlight_comment", "Highlight", QuadPoints=pikepdf.Array([72, 330, 200, 330, 72, 300, 200, 300]), **popup
    )
    yield annotation("hidden_note", "FreeText", F=2, DA=pikepdf.String("/F1 12 Tf 0 g"), **popup)
    yield annotation(
        "link_address",
        "Link",
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://x.example/" + SECRET_ASCII)),
    )
    yield annotation("link_destination", "Link", Dest=pikepdf.Name("/ZoraideQuidonc"))
    yield annotation("file_annotation", "FileAttachment", lambda pdf: {"FS": _file(pdf)})
    yield annotation("unknown_annotation", "Quidonc", **popup)
    yield annotation("redaction_not_applied", "Redact", OverlayText=TEXT, **popup)
    yield annotation("sound", "Sound", lambda pdf: {"Sound": pdf.make_indirect(pdf.make_stream(SECRET_ASCII.encode()))})

    def replies(pdf: pikepdf.Pdf, page: Any) -> None:
        first = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=RECT, Contents=TEXT)
        )
        reply = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=RECT,
                                                     Contents=TEXT, IRT=first))  # fmt: skip
        popup = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Popup, Rect=RECT, Parent=first)
        )
        page.Annots = pikepdf.Array([first, reply, popup])

    yield objects("replies", replies)
    shown = PageBox(0, Box(70, HEIGHT - 332, 210, HEIGHT - 298))
    for kind in ("FreeText", "Stamp"):
        yield objects(f"{kind.lower()}_appearance", _appearance(kind), boxes=(secret_box(), shown))


def _appearance(kind: str) -> Any:
    def mutate(pdf: pikepdf.Pdf, page: Any) -> None:
        form = pdf.make_stream(line(SECRET, 2, 10))
        form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 128, 30])
        form.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=base_font()))
        held = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + kind), Rect=RECT, Contents=TEXT,
                                  DA=pikepdf.String("/F1 12 Tf 0 g"), AP=pikepdf.Dictionary(N=pdf.make_indirect(form)),
                                  )  # fmt: skip
        page.Annots = pikepdf.Array([pdf.make_indirect(held)])

    return mutate


def _fields() -> Iterator[Trap]:
    def values(pdf: pikepdf.Pdf, page: Any) -> None:
        field = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, Rect=RECT, F=2,
                               T=TEXT, V=TEXT, DV=TEXT, TU=TEXT, TM=TEXT, Opt=pikepdf.Array([TEXT]),
                               MK=pikepdf.Dictionary(CA=TEXT))
        )  # fmt: skip
        page.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), DA=pikepdf.String("/Helv 0 Tf 0 g"))

    yield objects("form_values", values)
    yield objects(
        "form_shown", _shown_field, boxes=(secret_box(), PageBox(0, Box(71, HEIGHT - 331, 201, HEIGHT - 299)))
    )

    def xfa(pdf: pikepdf.Pdf, page: Any) -> None:
        packet = pdf.make_stream(f"<xdp><data>{SECRET}</data></xdp>".encode())
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([]), XFA=pikepdf.Array([pikepdf.String("data"), packet])
        )

    yield objects("xfa_packet", xfa)

    def signed(pdf: pikepdf.Pdf, page: Any) -> None:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Name=TEXT, Reason=TEXT, Location=TEXT, ContactInfo=TEXT,
                                   Contents=pikepdf.String(SECRET_ASCII.encode()),
                                   ByteRange=pikepdf.Array([0, 10, 20, 30]))  # fmt: skip
        field = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget,
                                                     FT=pikepdf.Name.Sig,
                                                     Rect=RECT, T=TEXT, V=pdf.make_indirect(value)))  # fmt: skip
        page.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)

    yield objects("signature", signed)


def _shown_field(pdf: pikepdf.Pdf, page: Any) -> None:
    _appearance("Widget")(pdf, page)
    field = page.Annots[0]
    field.FT, field.T, field.V = pikepdf.Name.Tx, pikepdf.String("nom"), TEXT
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), DA=pikepdf.String("/Helv 0 Tf 0 g"),
                                           DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=base_font())),
                                           )  # fmt: skip


def _file(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(SECRET.encode())
    stream.Type = pikepdf.Name.EmbeddedFile
    return pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=TEXT, UF=TEXT, Desc=TEXT, EF=pikepdf.Dictionary(F=stream))
    )


def _tree(value: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Names=pikepdf.Array([TEXT, value]))


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{SECRET_ASCII}')"))


def _catalogue() -> Iterator[Trap]:
    yield root(
        "named_destination",
        lambda pdf: {"Names": pikepdf.Dictionary(Dests=_tree(pikepdf.Array([0, pikepdf.Name.Fit])))},
    )
    yield root(
        "old_destinations",
        lambda pdf: {"Dests": pikepdf.Dictionary({"/ZoraideQuidonc": pikepdf.Array([0, pikepdf.Name.Fit])})},
    )
    yield root("javascript_tree", lambda pdf: {"Names": pikepdf.Dictionary(JavaScript=_tree(_script()))})
    yield root("open_action", lambda pdf: {"OpenAction": _script()})
    yield root("attachment", lambda pdf: {"Names": pikepdf.Dictionary(EmbeddedFiles=_tree(_file(pdf)))})
    yield root("associated_file", lambda pdf: {"AF": pikepdf.Array([_file(pdf)])})
    yield root(
        "portfolio",
        lambda pdf: {
            "Collection": pikepdf.Dictionary(D=TEXT),
            "Names": pikepdf.Dictionary(EmbeddedFiles=_tree(_file(pdf))),
        },
    )
    yield root(
        "page_labels",
        lambda pdf: {"PageLabels": pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Dictionary(P=TEXT)]))},
    )
    yield root("xmp", lambda pdf: {"Metadata": _packet(pdf)})
    yield root(
        "unknown_catalogue_key",
        lambda pdf: {"Owner": TEXT, "PieceInfo": pikepdf.Dictionary(App=pikepdf.Dictionary(Private=TEXT))},
    )
    yield root("language", lambda pdf: {"Lang": TEXT})
    yield root("structure_tree", _structure)
    yield root("layer_name", lambda pdf: {"OCProperties": pikepdf.Dictionary(
        OCGs=pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=TEXT))]),
        D=pikepdf.Dictionary(Name=TEXT))})  # fmt: skip
    yield root(
        "output_intent",
        lambda pdf: {"OutputIntents": pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.GTS_PDFA1, Info=TEXT)])},
    )
    yield root("legal_attestation", lambda pdf: {"Legal": pikepdf.Dictionary(Attestation=TEXT)})
    yield from _trees()


def _trees() -> Iterator[Trap]:
    def outline(pdf: pikepdf.Pdf, _: Any) -> None:
        with pdf.open_outline() as found:
            found.root.append(pikepdf.OutlineItem(SECRET, 0))

    yield objects("outline", outline)

    def info(pdf: pikepdf.Pdf, _: Any) -> None:
        for key in ("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/Dossier"):
            pdf.docinfo[key] = TEXT

    yield objects("information", info)

    def thread(pdf: pikepdf.Pdf, page: Any) -> None:
        bead = pdf.make_indirect(pikepdf.Dictionary(P=page, R=RECT))
        bead.N = bead.V = bead
        made = pdf.make_indirect(pikepdf.Dictionary(F=bead, I=pikepdf.Dictionary(Title=TEXT)))
        pdf.Root.Threads, page.B = pikepdf.Array([made]), pikepdf.Array([bead])

    yield objects("threads", thread)


def _packet(pdf: pikepdf.Pdf) -> Any:
    stream = pdf.make_stream(f"<x:xmpmeta><dc:creator>{SECRET}</dc:creator></x:xmpmeta>".encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    return pdf.make_indirect(stream)


def _structure(pdf: pikepdf.Pdf) -> dict[str, Any]:
    item = pikepdf.Dictionary(S=pikepdf.Name.P, Alt=TEXT, ActualText=TEXT, T=TEXT, E=TEXT, K=0)
    tree = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([pdf.make_indirect(item)]),
                              RoleMap=pikepdf.Dictionary({"/ZoraideQuidonc": pikepdf.Name.P}))  # fmt: skip
    return {"StructTreeRoot": pdf.make_indirect(tree), "MarkInfo": pikepdf.Dictionary(Marked=True)}


def _page() -> Iterator[Trap]:
    yield page_key("page_metadata", lambda pdf: {"Metadata": _packet(pdf)})
    yield page_key(
        "piece_info",
        lambda pdf: {"PieceInfo": pikepdf.Dictionary(App=pikepdf.Dictionary(Private=TEXT, LastModified=TEXT))},
    )
    yield page_key("unknown_page_key", lambda pdf: {"Owner": TEXT, "ZoraideQuidonc": 1})
    yield page_key("page_action", lambda pdf: {"AA": pikepdf.Dictionary(O=_script())})
    yield page_key("page_units", lambda pdf: {"VP": pikepdf.Array([pikepdf.Dictionary(Name=TEXT)]), "ID": TEXT})

    def template(pdf: pikepdf.Pdf, page: Any) -> None:
        hidden = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Template, MediaBox=page.MediaBox,
                                                      Resources=page.Resources,
                                                      Contents=pdf.make_stream(secret_line())))  # fmt: skip
        pdf.Root.Names = pikepdf.Dictionary(Templates=_tree(hidden))

    yield objects("template_page", template)

    def removed(pdf: pikepdf.Pdf, page: Any) -> None:
        gone = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=page.MediaBox,
                                                    Resources=page.Resources,
                                                    Contents=pdf.make_stream(secret_line())))  # fmt: skip
        pdf.Root.Dests = pikepdf.Dictionary({"/Kept": pikepdf.Array([gone, pikepdf.Name.Fit])})

    yield objects("removed_page", removed)

    def empty(pdf: pikepdf.Pdf, page: Any) -> None:
        append(pdf, page, b"q " * 40 + b"Q " * 60)
        add(page, "ProcSet", "Quidonc", TEXT)

    yield objects("procset_and_spare_restores", empty)


def _files() -> Iterator[Trap]:
    plain = document()
    box = (secret_box(),)
    yield Trap("old_revision", _revised(plain), box)
    yield Trap("after_the_end", plain + b"\n% " + SECRET.encode() + b"\n", box)
    yield Trap("before_the_header", b"% " + SECRET.encode() + b"\n" + plain, box)
    table = plain.index(b"xref\n")
    yield Trap("between_objects", plain[:table] + b"% " + SECRET_ASCII.encode() + b"\n" + plain[table:], box)
    yield Trap("broken_cross_reference", plain.replace(b"startxref", b"startxerf"), box)
    yield Trap("object_streams", document(object_stream_mode=pikepdf.ObjectStreamMode.generate), box)
    yield Trap("orphan_object", _orphan(plain), box)
    owner = pikepdf.Encryption(owner=SECRET_ASCII, user="", R=6)
    yield Trap("owner_password", document(encryption=owner), box)
    yield Trap("file_identifier", _identifier(), box)
    yield Trap("linearised", document(linearize=True), box)
    yield Trap("cut_at_the_end", plain[:-40], box)
    yield Trap("several_pages", document(pages=3), box)


def _revised(plain: bytes) -> bytes:
    extra = (
        b"\n99 0 obj\n("
        + SECRET_ASCII.encode()
        + b")\nendobj\nxref\n0 0\ntrailer\n<</Size 100/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    )
    start = plain.rindex(b"startxref")
    previous = int(plain[start + 9 :].split()[0])
    return plain + extra % (previous, len(plain) + 1 + extra.index(b"xref"))


def _orphan(plain: bytes) -> bytes:
    table = plain.index(b"xref\n")
    return plain[:table] + b"77 0 obj\n<</Owner (" + SECRET_ASCII.encode() + b")>>\nendobj\n" + plain[table:]


def _identifier() -> bytes:
    raw = document()
    start = raw.rindex(b"trailer")
    return raw[:start] + raw[start:].replace(b"/Root", b"/Note (" + SECRET_ASCII.encode() + b") /Root", 1)
