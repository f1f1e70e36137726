"""What a note of the report says to a person: codes of the reading and of the proof, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TOLD: Final[Mapping[str, tuple[str, str]]] = {  # code: (French, English)
    "charset-guessed": (
        "Le codage du texte a été deviné : des accents peuvent être faux.",
        "The encoding of the text was guessed: accents may be wrong.",
    ),
    "scan-marks": (
        "Une page numérisée montre autre chose que des mots (signature, timbre, écriture) : regardez-la.",
        "A scanned page shows something that is no words (signature, stamp, handwriting): look at it.",
    ),
    "ocr-skipped": (
        "Une page remise en image n'a pas pu être relue par reconnaissance de texte : tesseract manque.",
        "A page released as a picture could not be read again: tesseract is missing.",
    ),
    "image-text": (
        "Une image contient du texte que rien n'a lu : regardez-la.",
        "An image holds words that nothing has read: look at it.",
    ),
}


def french(code: str) -> str:
    """The note in French; the code itself where nobody put it in words."""
    return TOLD[code][0] if code in TOLD else code
