"""Names of released files: never one that tells what is withheld, never two the same."""

from __future__ import annotations

import pytest

from redactor.release.names import released_names


@pytest.mark.parametrize(
    ("files", "secrets", "expected"),
    [
        (["note.pdf", "sous/note.pdf"], [], ["note.pdf", "sous/note.pdf"]),
        (["note.docx", "note.pdf"], [], ["note.docx.pdf", "note.pdf.pdf"]),
        (["Note.pdf", "note.PDF"], [], ["Note.pdf", "note-2.pdf"]),
        (["plainte-brière.pdf", "note.pdf"], ["Odile Brière"], ["2024-118-001.pdf", "note.pdf"]),
        (["PLAINTE_BRIERE.pdf"], ["Odile Brière"], ["2024-118-001.pdf"]),
        (["Brière/note.pdf"], ["Odile Brière"], ["2024-118-001.pdf"]),
        (["odile.pdf"], ["Odile Brière"], ["odile.pdf"]),
        (["dossier-046-454-286.pdf"], ["046 454 286"], ["2024-118-001.pdf"]),
        (["2024-11-02.pdf"], ["046 454 286"], ["2024-11-02.pdf"]),
        (["memo.msg/annexe.docx"], [], ["memo.msg/annexe.pdf"]),
    ],
)
def test_names(files: list[str], secrets: list[str], expected: list[str]) -> None:
    assert list(released_names(files, secrets, number="2024-118")) == expected


def test_a_number_is_made_safe_for_a_file_name() -> None:
    assert released_names(["briere.pdf"], ["O. Brière"], number="2024/118 «é»") == ("2024-118-001.pdf",)
    assert released_names(["briere.pdf"], ["O. Brière"], number=None) == ("document-001.pdf",)


def test_parts_stand_in_a_folder_of_their_container() -> None:
    files = ["mail.msg", "mail.msg/annexe.docx", "mail.msg/dedans.msg/a.pdf", "lot.zip/mail.msg"]
    files += ["x.eml/a.pdf", "x.msg/a.pdf"]
    held = {"mail.msg", "mail.msg/dedans.msg", "lot.zip", "x.eml", "x.msg"}
    assert list(released_names(files, [], number="1", containers=held)) == [
        "mail.pdf", "mail/annexe.pdf", "mail/dedans/a.pdf", "lot/mail.pdf", "x.eml/a.pdf.pdf", "x.msg/a.pdf.pdf",
    ]  # fmt: skip
