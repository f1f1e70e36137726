"""The structure tree of what we write: ours alone, whole, and by the rules that checkers of ISO 14289 apply."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from redactor.model import Block, BlockKind, Box, Document, DocumentId, Lang, PageBox, Redaction, Span
from redactor.pdf import candidate, reader, verifier
from redactor.pdf.geometry import Frame
from redactor.pdf.plan import BurnPlan, Mode, Tag
from redactor.pdf.tagging import alt_of, elements_of, tags_of
from redactor.pdf.verifier import Channel, Claims
from tests.pdf.kit import SECRET, document, secret_box
from tests.pdf.test_traps import NAMES, claims_of, made
from tests.pdf.traps import all_traps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INK = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
LETTER = ((612.0, 792.0),)
REDACTIONS = (Redaction((secret_box(),), "art. 53"),)


def tagged(data: bytes, *, lang: Lang = Lang.FR, **more: Any) -> bytes:
    tags = tags_of(reader.read(data, document_id=DocumentId("d1")))
    plan = BurnPlan(more.pop("redactions", REDACTIONS), title="Document", lang=lang, tags=tags, **more)
    return candidate.make(data, plan=plan).data


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    return list(pdf.Root.StructTreeRoot.K[0].K) if "/StructTreeRoot" in pdf.Root else []


def contents(page: pikepdf.Page) -> Iterator[tuple[str, int | None, bool]]:
    """Each operator with the marked content that it stands in: its number, or whether it is an artifact."""
    number, artifact, depth = None, False, 0
    for instruction in pikepdf.parse_content_stream(page):
        op = str(instruction.operator)
        if op in {"BDC", "BMC"}:
            depth += 1
            artifact = str(instruction.operands[0]) == "/Artifact"
            number = None if artifact else int(instruction.operands[1].MCID)
        elif op == "EMC":
            depth, number, artifact = depth - 1, None, False
        assert 0 <= depth <= 1, "marked contents do not nest"
        yield op, number, artifact
    assert depth == 0


@pytest.mark.parametrize("name", NAMES)
def test_every_ink_is_in_the_tree_or_an_artifact(name: str) -> None:
    with pikepdf.open(io.BytesIO(made(name).data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            assert not any("/StructParents" in page.obj for page in pdf.pages)
            return
        rows = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        for page in pdf.pages:
            parents = rows[2 * int(page.obj.StructParents) + 1]
            for op, number, artifact in contents(page):
                assert op not in INK or artifact or number is not None
                assert number is None or number in list(parents[number].K)


def test_the_catalogue_says_so() -> None:
    with pikepdf.open(io.BytesIO(tagged(document()))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "fr"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == "Document"


@pytest.mark.parametrize(("lang", "alt"), [(Lang.FR, "caviardé, art. 53"), (Lang.EN, "redacted, art. 53")])
def test_a_box_says_what_it_is(lang: Lang, alt: str) -> None:
    with pikepdf.open(io.BytesIO(tagged(document(), lang=lang))) as pdf:
        figures = [one for one in elements(pdf) if str(one.S) == "/Figure"]
        assert [str(one.Alt) for one in figures] == [alt]
        assert round(float(figures[0].A.BBox[0])) == round(secret_box().box.x0)


def test_the_box_follows_its_block() -> None:
    with pikepdf.open(io.BytesIO(tagged(document()))) as pdf:
        roles = [str(one.S) for one in elements(pdf)]
        assert roles.index("/Figure") == len(roles) - 1
        assert len(roles) > 2


def test_a_picture_page_has_the_same_elements() -> None:
    data = tagged(document(), mode=Mode.IMAGE)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [str(one.S) for one in elements(pdf)].count("/Figure") == 1
        assert all(artifact or number is not None for op, number, artifact in contents(pdf.pages[0]) if op in INK)
    assert verifier.prove(data, claims=Claims(REDACTIONS, LETTER, title="Document")).ok


def test_without_blocks_there_is_no_tree() -> None:
    data = candidate.make(document(), plan=BurnPlan(REDACTIONS, title="Document")).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/MarkInfo" not in pdf.Root


def test_running_lines_have_no_element_and_levels_do_not_skip() -> None:
    kinds = [(BlockKind.HEADING, 3), (BlockKind.PARAGRAPH, 0), (BlockKind.HEADING, 9), (BlockKind.RUNNING, 0)]
    blocks = tuple(Block(Span(n, n + 1), kind, level=level) for n, (kind, level) in enumerate(kinds))
    found = tags_of(_WithBoxes(DocumentId("d1"), "", "abcd", (), blocks))
    assert [tag.role for tag in found] == ["H1", "P", "H2"]


class _WithBoxes(Document):
    def boxes_of(self, span: Span) -> tuple[PageBox, ...]:
        return (PageBox(0, Box(span.start, 0, span.end, 10)),)


def test_a_box_outside_every_block_comes_last() -> None:
    tags = (Tag(0, "P", (Box(0, 0, 100, 20),)), Tag(0, "P", (Box(0, 30, 100, 50),)))
    bars = ((Box(300, 300, 400, 320), "art. 37"), (Box(10, 5, 40, 15), "art. 53"))
    found = elements_of(tags, bars, frame=Frame(612, 792), lang=Lang.FR)
    assert [one.alt for one in found] == [None, alt_of("art. 53", Lang.FR), None, alt_of("art. 37", Lang.FR)]


def _element(key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        elements(pdf)[0][key] = value

    return spoil


def _tree(key: str, value: Any) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot[key] = value

    return spoil


def _words_of_a_box(pdf: pikepdf.Pdf) -> None:
    next(one for one in elements(pdf) if "/Alt" in one).Alt = pikepdf.String("caviardé, Zoraïde")


def _layout_of_a_box(pdf: pikepdf.Pdf) -> None:
    next(one for one in elements(pdf) if "/Alt" in one).A.Title = pikepdf.String("x")


def _content_twice(pdf: pikepdf.Pdf) -> None:
    elements(pdf)[0].K.append(0)


def _other_root(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K.append(elements(pdf)[0])


def _other_page_number(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.StructParents = 901234561


def _more_marks(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


def _no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


SPOILT: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "alternate text of a block": _element("/Alt", pikepdf.String("caviardé")),
    "replaced text": _element("/ActualText", pikepdf.String(SECRET)),
    "title": _element("/T", pikepdf.String(SECRET)),
    "role": _element("/S", pikepdf.Name("/Quidonc")),
    "role of a table": _element("/S", pikepdf.Name("/Document")),
    "page that is none": _element("/Pg", pikepdf.Dictionary()),
    "classes": _tree("/ClassMap", pikepdf.Dictionary()),
    "roles": _tree("/RoleMap", pikepdf.Dictionary()),
    "tree of numbers": _tree("/ParentTree", pikepdf.Dictionary(Nums=pikepdf.Array([7, pikepdf.Array([])]))),
    "words of a box": _words_of_a_box,
    "layout of a box": _layout_of_a_box,
    "content of two elements": _content_twice,
    "second root": _other_root,
    "number of a page": _other_page_number,
    "more marks": _more_marks,
    "marks without a tree": _no_tree,
}


@pytest.mark.parametrize("what", sorted(SPOILT))
def test_tags_that_are_not_ours_are_stopped(what: str) -> None:
    with pikepdf.open(io.BytesIO(made("plain_text").data)) as pdf:
        assert elements(pdf)
        SPOILT[what](pdf)
        out = io.BytesIO()
        pdf.save(out)
    leaks = verifier.prove(out.getvalue(), claims=claims_of(all_traps()["plain_text"])).leaks
    assert Channel.STRUCTURE in {leak.channel for leak in leaks}
