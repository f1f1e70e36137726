"""Files of many pages, treated by ranges: the document is the same, nothing is left, the proof finds what it found."""

from __future__ import annotations

import functools
import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pikepdf
import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.errors import DamagedPdf, UnsupportedPdf
from redactor.model import Box, Document, DocumentId, PageBox, Redaction, Span, TextLayer
from redactor.pdf import candidate, overlay, proved, ranges, reader, verifier
from redactor.pdf.hands import Hands
from redactor.pdf.plan import BurnPlan, Candidate, Mode, Reason, RouteKind
from redactor.pdf.scrub.joining import joined
from redactor.pdf.tagging import tags_of
from redactor.pdf.verifier import Channel, Claims, Leak, Proof, Secret
from redactor.pdf.verifier import ranges as proof_ranges
from tests.pdf import oracle, trap_objects
from tests.pdf.kit import KEEP, SECRET, Trap, document, line, secret_box
from tests.pdf.test_carried_over import SPOILT
from tests.pdf.traps import all_traps
from tests.unit.pdf.layout.typesetting import OTHER, TEXT, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES, FEW = 7, 3  # of the made file, and of a range of it
BAD = 4  # page, from 0, that no copy can write as text
WORDS = ["délai", "sous-ministre", "rapport", "L'avis", "14", "2024-118", "Marie-Josée", "réunion."]
paragraphs = st.lists(st.sampled_from(WORDS), min_size=5, max_size=50).map(" ".join)


def read_by(data: bytes, count: int, **more: Any) -> Document:
    """The document of `data`, read `count` pages at a time."""
    total = reader.read_pages(data, first=0, count=1).total
    parts = [reader.read_pages(data, first=first, count=count, **more) for first in range(0, total, count)]
    return reader.assembled(
        parts, document_id=DocumentId("d1"), sha256=reader.read(data, document_id=DocumentId("d1")).sha256
    )


@functools.cache
def book() -> bytes:
    """Seven pages: headings, paragraphs that go over, a table, an image, running lines, a bookmark, a link ahead."""
    sheet = Sheet()
    logo = io.BytesIO()
    with pymupdf.open() as one:
        one.new_page(width=60, height=20).draw_circle((30, 10), 8)
        logo.write(one[0].get_pixmap().tobytes("png"))
    for number in range(PAGES):
        if number:
            sheet.new_page()
        sheet.put("Direction du transport", x=72, y=40, size=8)
        sheet.put(f"Page {number + 1}", x=500, y=765, size=8)
        sheet.page.insert_image(pymupdf.Rect(480, 20, 540, 40), stream=logo.getvalue())
        sheet.line(f"{number + 1}. Les délais de la région", font="tibo", size=14)
        for _ in range(4):
            sheet.paragraph(TEXT)
            sheet.paragraph(OTHER)
        sheet.grid([["Nom", "Ville"], ["Zénon", "Amos"]], columns=[120, 120])
        sheet.y = 700
        sheet.line("La directrice écrit que le comité a reçu l'avis de la")
    sheet.page.insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(72, 90, 200, 110), "page": 0})
    sheet.doc.set_toc([[1, "Les délais", 1], [1, "Suite", 5]])
    return sheet.data()


def masks_of(found: Document, *words: str) -> tuple[Redaction, ...]:
    """A mask on each place of each of `words`."""
    places = [(at, len(word)) for word in words for at in range(len(found.text)) if found.text.startswith(word, at)]
    return tuple(Redaction(found.boxes_of(Span(at, at + size)), "art. 53") for at, size in places)


def asked(data: bytes, redactions: tuple[Redaction, ...], **more: Any) -> tuple[BurnPlan, Claims]:
    found = reader.read(data, document_id=DocumentId("d1"))
    sizes = tuple((page.width, page.height) for page in found.pages)
    secrets = more.pop("secrets", ())
    plan = BurnPlan(redactions, title="Document", tags=tags_of(found), **more)
    return plan, Claims(redactions, sizes, secrets, plan.stamp, "Document")


@pytest.fixture(autouse=True)
def few_pages_a_range(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "RANGE", FEW)


def text_of(data: bytes) -> list[str]:
    with pymupdf.open(stream=data, filetype="pdf") as doc:
        return [page.get_text() for page in doc]


@functools.cache
def both() -> tuple[Candidate, proved.Proved]:
    """The made file with two words masked, in one piece and by ranges."""
    plan, claims = asked(book(), masks_of(reader.read(book(), document_id=DocumentId("d1")), "municipalité", "Zénon"))
    return candidate.make(book(), plan=plan), proved.make(book(), plan=plan, claims=claims)


@pytest.mark.parametrize("count", [1, 2, 3, 5, PAGES, 100])
def test_a_file_read_by_ranges_is_the_file_read_whole(count: int) -> None:
    assert read_by(book(), count) == reader.read(book(), document_id=DocumentId("d1"))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pages=st.lists(st.lists(paragraphs, max_size=4), min_size=2, max_size=5), count=st.integers(1, 4))
def test_whatever_its_paragraphs(pages: list[list[str]], count: int) -> None:
    sheet = Sheet()
    for number, texts in enumerate(pages):
        if number:
            sheet.new_page()
        for text in texts:
            sheet.paragraph(text)
    data = sheet.data()
    assert read_by(data, count) == reader.read(data, document_id=DocumentId("d1"))


def test_scans_are_numbered_as_in_the_file() -> None:
    found = read_by(book(), FEW, scans={4: 83})
    assert [(page.index, page.confidence) for page in found.pages if page.text_layer is TextLayer.OCR] == [(4, 83)]


def test_a_page_that_nobody_read_keeps_its_number() -> None:
    parts = [reader.read_pages(book(), first=number, count=1) for number in range(PAGES)]
    parts[2] = reader.lost(2, total=PAGES)
    found = reader.assembled(parts, document_id=DocumentId("d1"), sha256="")
    assert [page.index for page in found.pages if page.text_layer is TextLayer.MISSING] == [2]
    assert {found.page_of(block.span) for block in found.blocks} == set(range(PAGES)) - {2}


def test_parts_that_are_no_file() -> None:
    parts = [reader.read_pages(book(), first=first, count=FEW) for first in (0, 2 * FEW)]
    with pytest.raises(DamagedPdf):
        reader.assembled(parts, document_id=DocumentId("d1"), sha256="")
    with pytest.raises(DamagedPdf):
        reader.read_pages(book(), first=PAGES, count=1)


def test_the_masked_file_says_what_the_whole_one_says() -> None:
    whole, by_ranges = both()
    assert by_ranges.proof.is_clean
    assert text_of(by_ranges.candidate.data) == text_of(whole.data)
    assert by_ranges.candidate.routes == whole.routes
    assert by_ranges.candidate.residual == whole.residual
    assert "municipalité" not in "".join(text_of(by_ranges.candidate.data))


def test_nothing_of_the_source_is_carried_over() -> None:
    data = both()[1].candidate.data
    assert verifier.audit(data) == ()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert set(pdf.Root.keys()) == {
            "/Type", "/Pages", "/Lang", "/ViewerPreferences", "/StructTreeRoot", "/MarkInfo",
        }  # fmt: skip
        assert sum(1 for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Nums" in one) == 1


def test_what_ranges_share_is_written_once() -> None:
    with pikepdf.open(io.BytesIO(both()[1].candidate.data)) as pdf:
        fonts = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        named = Counter(str(font.BaseFont) for font in fonts if "/FontDescriptor" in font)
        pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    assert named["/AAAAAA+Marks"] == 1
    assert max(named.values()) == 1
    assert len(pictures) == 1


def test_the_same_pages_make_the_same_bytes() -> None:
    plan, claims = asked(book(), ())
    first, again = (proved.make(book(), plan=plan, claims=claims) for _ in range(2))
    assert first.proof.sha256 == again.proof.sha256


def test_pictures_and_the_draft_stamp() -> None:
    redactions = masks_of(reader.read(book(), document_id=DocumentId("d1")), "municipalité")
    plan, claims = asked(book(), redactions, mode=Mode.IMAGE, stamp="PROJET")
    done = proved.make(book(), plan=plan, claims=claims)
    assert done.proof.is_clean
    assert done.proof.draft
    assert {route.kind for route in done.candidate.routes} == {RouteKind.PICTURE}
    assert all("PROJET" in text and "municipalité" not in text for text in text_of(done.candidate.data))


def test_a_name_that_the_end_of_a_range_cuts_in_two() -> None:
    first, last = SECRET.split()
    sheet = Sheet()
    for number in range(PAGES):
        if number:
            sheet.new_page()
        sheet.paragraph(TEXT)
        sheet.put("Le dossier de " + first if number == FEW - 1 else "Fin.", x=72, y=720)
        sheet.put(last + " est fermé." if number == FEW else "Suite.", x=72, y=90)
    data = sheet.data()
    found = reader.read(data, document_id=DocumentId("d1"))
    boxes = tuple(box for word in (first, last) for one in masks_of(found, word) for box in one.boxes)
    assert {box.page for box in boxes} == {FEW - 1, FEW}
    plan, claims = asked(data, (Redaction(boxes, "art. 53"),), secrets=(Secret(SECRET), Secret(first), Secret(last)))
    done = proved.make(data, plan=plan, claims=claims)
    assert done.proof.is_clean
    assert oracle.found(done.candidate.data, Trap("cut", data, boxes)) == []


def test_a_bad_page_in_a_range_becomes_a_picture_alone() -> None:
    def spoil(pdf: pikepdf.Pdf, _: Any) -> None:
        page = pdf.pages[BAD].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"(never closed Tj")

    data = document(mutate=spoil, pages=PAGES)
    plan, claims = asked(data, (Redaction((secret_box(),), "art. 53"),), secrets=(Secret(SECRET),))
    done = proved.make(data, plan=plan, claims=claims)
    assert done.proof.is_clean
    assert [route.page for route in done.candidate.routes] == list(range(PAGES))
    assert {route.page for route in done.candidate.routes if route.kind is RouteKind.PICTURE} <= {BAD}
    assert all(KEEP[0].split()[1] in text for text in text_of(done.candidate.data))


def test_only_the_range_of_a_page_that_fails_is_made_again() -> None:
    plan, claims = asked(book(), ())
    tasks: list[tuple[str, object]] = []

    def call(task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
        result = task(data, **options)
        tasks.append((task.__name__, options.get("first")))
        is_first_proof = task is proof_ranges.prove_pages and tasks.count((task.__name__, FEW)) == 1
        if is_first_proof and options["first"] == FEW:
            return replace(result, leaks=(Leak(Channel.PIXELS, BAD),))
        return result

    done = proved.make(book(), plan=plan, claims=claims, hands=Hands(call))
    assert done.proof.is_clean
    assert [first for name, first in tasks if name == "make_part"] == [0, 3, 6, 3]
    assert [(r.page, r.reason) for r in done.candidate.routes if r.kind is RouteKind.PICTURE] == [(BAD, Reason.PROOF)]


def test_a_source_with_other_pages_than_were_read_is_refused() -> None:
    plan, claims = asked(book(), ())
    with pytest.raises(DamagedPdf):
        proved.make(book(), plan=plan, claims=replace(claims, sizes=claims.sizes[:-1]))


def with_a_page_before(trap: Trap) -> Trap:
    """The trap as the second page of two, the first without a secret."""
    with (
        pikepdf.open(io.BytesIO(trap.data)) as pdf,
        pikepdf.open(io.BytesIO(document(line("Page de garde.", 72, 500), secret=False))) as extra,
    ):
        pdf.pages.insert(0, extra.pages[0])
        out = io.BytesIO()
        pdf.save(out, encryption=False)
    return replace(trap, data=out.getvalue(), boxes=tuple(replace(box, page=box.page + 1) for box in trap.boxes))


@pytest.mark.parametrize("name", sorted(trap.name for trap in trap_objects.traps()))
def test_traps_of_the_file_by_ranges(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What hangs on the file as a whole must not come back with a page of it."""
    monkeypatch.setattr(ranges, "RANGE", 1)
    trap = with_a_page_before(all_traps()[name])
    plan, claims = asked(trap.data, trap.redactions(), secrets=tuple(Secret(one) for one in trap.secrets))
    done = proved.make(trap.data, plan=plan, claims=claims)
    assert done.proof.is_clean
    assert oracle.found(done.candidate.data, trap) == []


def proofs(data: bytes, claims: Claims) -> tuple[Proof, Proof]:
    return verifier.prove(data, claims=claims), ranges.prove(data, claims=claims, hands=Hands())


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_the_proof_by_ranges_finds_what_the_proof_finds(what: str) -> None:
    made, claims = two_ranges()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        SPOILT[what][0](pdf)
        out = io.BytesIO()
        pdf.save(out)
    whole, by_ranges = proofs(out.getvalue(), claims)
    assert SPOILT[what][1] in {leak.channel for leak in by_ranges.leaks}
    assert by_ranges.leaks == whole.leaks


@functools.cache
def two_ranges() -> tuple[bytes, Claims]:
    """A masked file of five pages, and what is claimed of it."""
    data = document(pages=5)
    plan, claims = asked(data, (Redaction((secret_box(),), "art. 53"),), secrets=(Secret(SECRET),))
    return proved.make(data, plan=plan, claims=claims).candidate.data, claims


def test_the_two_proofs_of_a_clean_file_are_the_same() -> None:
    whole, by_ranges = proofs(*two_ranges())
    assert whole == by_ranges
    assert whole.is_clean


@pytest.mark.parametrize("what", ["no mask", "pages", "size", "stamp", "kept elsewhere"])
def test_claims_that_do_not_hold(what: str) -> None:
    made, claims = two_ranges()
    match what:
        case "no mask":
            made = document(pages=5)
        case "pages":
            claims = replace(claims, sizes=claims.sizes[:-1])
        case "size":
            claims = replace(claims, sizes=(*claims.sizes[:-1], (500.0, 500.0)))
        case "stamp":
            claims = replace(claims, stamp="PROJET")
        case _:
            claims = replace(claims, secrets=(Secret("calendrier", (PageBox(0, Box(0, 0, 612, 792)),)),))
    whole, by_ranges = proofs(made, claims)
    assert by_ranges.leaks == whole.leaks
    assert by_ranges.leaks


@pytest.mark.parametrize("data", [b"", b"not a file", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"])
def test_what_cannot_be_read_is_no_pass(data: bytes) -> None:
    assert Leak(Channel.UNREADABLE) in ranges.prove(data, claims=two_ranges()[1], hands=Hands()).leaks


def test_a_child_that_saw_other_bytes_is_a_leak() -> None:
    made, claims = two_ranges()

    def call(task: Callable[..., Any], data: bytes, /, **options: Any) -> Any:
        found = task(data, **options)
        return replace(found, sha256="0" * 64) if options.get("first") == FEW else found

    assert Leak(Channel.UNREADABLE) in ranges.prove(made, claims=claims, hands=Hands(call)).leaks


def test_pages_in_more_than_one_list_are_stopped() -> None:
    made, claims = two_ranges()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        kids = list(pdf.Root.Pages.Kids)
        inner = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array(kids[:2]), Count=2, Parent=pdf.Root.Pages)
        )
        for kid in kids[:2]:
            kid.Parent = inner
        pdf.Root.Pages.Kids = pikepdf.Array([inner, *kids[2:]])
        out = io.BytesIO()
        pdf.save(out)
    assert Leak(Channel.STRUCTURE) in verifier.prove(out.getvalue(), claims=claims).leaks


@pytest.mark.parametrize("part", [b"", b"no file", b"%PDF-1.7\n%%EOF"], ids=["empty", "no file", "no pages"])
def test_what_is_no_file_is_not_joined(part: bytes) -> None:
    ours = two_ranges()[0]
    with pytest.raises(UnsupportedPdf):
        joined([ours, part], own=overlay.own_font(), title="Document", lang="fr")
