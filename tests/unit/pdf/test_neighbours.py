"""What the words beside a masked name still tell: counted, line by line."""

from __future__ import annotations

import pytest

from redactor.model import Block, BlockKind, Document, DocumentId, Span
from redactor.pdf.neighbours import Neighbours, neighbours_of

HIDDEN = "Xyz Abcd"  # the name that is masked in each line below


def listed(lines: list[str], kind: BlockKind = BlockKind.LIST_ITEM) -> tuple[Document, list[Span]]:
    """A document of one block a line; the spans of HIDDEN in it. A tab parts two cells."""
    text, blocks, names = "", [], []
    for line in lines:
        start = len(text)
        cells, at = [], start
        for cell in line.split("\t") if "\t" in line else ():
            cells.append(Span(at, at + len(cell)))
            at += len(cell) + 1
        blocks.append(Block(Span(start, start + len(line)), kind, cells=tuple(cells)))
        if HIDDEN in line:
            at = start + line.index(HIDDEN)
            names.append(Span(at, at + len(HIDDEN)))
        text += line + "\n"
    return Document(DocumentId("d1"), "", text, (), tuple(blocks)), names


def told(lines: list[str], kind: BlockKind = BlockKind.LIST_ITEM) -> Neighbours:
    document, names = listed(lines, kind)
    return neighbours_of(document, names=names, masked=names)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        (f"Le dossier de Mme {HIDDEN} est clos.", 1),
        (f"Le dossier de M. {HIDDEN} est fermé.", 1),
        (f"Dr. {HIDDEN} attended.", 1),
        (f"{HIDDEN} est satisfaite du service.", 1),
        (f"{HIDDEN}, née le 3 mai, demande un délai.", 1),
        (f"{HIDDEN} a été convoquée mardi.", 1),
        (f"{HIDDEN}, infirmière, habite Rimouski.", 1),
        (f"{HIDDEN} a déposé une plainte. Elle demande une réponse.", 1),
        (f"{HIDDEN} filed a complaint and wants her file.", 1),
        (f"Le dossier de {HIDDEN} compte trois pages.", 0),
        (f"{HIDDEN} demande un délai. Il faut une réponse.", 0),
        (f"{HIDDEN} a appelé hier.", 0),
        (f"Le mme {HIDDEN} reste.", 0),
    ],
)
def test_words_that_tell_sex(line: str, count: int) -> None:
    assert told([line], BlockKind.PARAGRAPH).gendered == count


def test_a_title_under_the_mask_tells_nothing() -> None:
    line = f"Le dossier de Mme {HIDDEN} compte trois pages."
    document, names = listed([line])
    masked = [Span(names[0].start - 4, names[0].end)]
    assert neighbours_of(document, names=names, masked=masked).gendered == 0


def test_words_of_another_block_tell_nothing() -> None:
    assert told([f"Reçu de {HIDDEN}", "Elle est partie."], BlockKind.PARAGRAPH).gendered == 0


SORTED = ["Allard Jean", "Bergeron Lise", HIDDEN, "Dupuis Rose", "Gagnon Yves"]


def test_a_sorted_list_tells_the_first_letters() -> None:
    assert told(SORTED).sorted_lists == 1
    assert told([f"• {one}" for one in SORTED]).sorted_lists == 1


def test_accents_and_case_do_not_hide_the_order() -> None:
    assert told(["Allard", "ÉLIE", HIDDEN, "Émond", "Gagnon"]).sorted_lists == 1


def test_a_list_without_order_tells_nothing() -> None:
    assert told([*SORTED[3:], *SORTED[:3]]).sorted_lists == 0


def test_too_few_entries_tell_nothing() -> None:
    assert told(SORTED[:4]).sorted_lists == 0


def test_entries_that_are_all_alike_tell_nothing() -> None:
    assert told(["Total 1", "Total 2", HIDDEN, "Total 3", "Total 4"]).sorted_lists == 0


def test_a_sorted_column_of_a_table_with_its_title() -> None:
    rows = ["Nom\tMontant", *(f"{one}\t{n} $" for n, one in enumerate(SORTED))]
    assert told(rows, BlockKind.TABLE_ROW).sorted_lists == 1


def test_two_lists_are_two_lists() -> None:
    rows = [*(f"{one}\t1" for one in SORTED), *(f"{one}\t1\t2" for one in SORTED)]
    assert told(rows, BlockKind.TABLE_ROW).sorted_lists == 2


def test_a_name_inside_an_entry_is_not_its_first_word() -> None:
    assert told(["Allard", "Bergeron", f"Caron, voisin de {HIDDEN}", "Dupuis", "Gagnon"]).sorted_lists == 0


def test_an_empty_document() -> None:
    assert neighbours_of(Document(DocumentId("d1"), "", "", (), ()), names=(), masked=()) == Neighbours()


@pytest.mark.parametrize("filler", ["a" * 1_000_000, " " * 1_000_000, "é " * 500_000])
def test_a_hostile_line_costs_no_more(filler: str) -> None:
    document, names = listed([f"{filler}{HIDDEN}{filler}"])
    assert neighbours_of(document, names=names, masked=names).sorted_lists == 0
