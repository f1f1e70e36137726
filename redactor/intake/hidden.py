"""What a file holds and its printed page does not show: kinds, counts, texts. Finding it is left to the formats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Hidden(StrEnum):
    """Kinds of hidden content: keys of `hidden_content` in the report."""

    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    HIDDEN_TEXT = "hidden_text"
    UNSEEN_TEXT = "unseen_text"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_SHEETS = "hidden_sheets"
    VERY_HIDDEN_SHEETS = "very_hidden_sheets"
    FILTERS = "filters"
    PIVOT_CACHES = "pivot_caches"
    SPEAKER_NOTES = "speaker_notes"
    HIDDEN_SLIDES = "hidden_slides"
    HEADERS = "headers"
    PROPERTIES = "properties"
    CUSTOM_PROPERTIES = "custom_properties"
    EMBEDDED_OBJECTS = "embedded_objects"
    EXTERNAL_LINKS = "external_links"
    HYPERLINKS = "hyperlinks"
    DEFINED_NAMES = "defined_names"
    MACROS = "macros"
    VALIDATION_LISTS = "validation_lists"
    FIELD_CODES = "field_codes"
    ALTERNATE_TEXTS = "alternate_texts"
    DATA_PARTS = "data_parts"
    OLD_VERSIONS = "old_versions"
    MAIL_HEADERS = "mail_headers"
    ALTERNATE_BODIES = "alternate_bodies"
    FORMULAS = "formulas"
    SIGNATURES = "signatures"


QUIET = frozenset(
    {
        Hidden.PROPERTIES,
        Hidden.HYPERLINKS,
        Hidden.FIELD_CODES,
        Hidden.FILTERS,
        Hidden.MAIL_HEADERS,
        Hidden.ALTERNATE_TEXTS,
        Hidden.DATA_PARTS,
        Hidden.FORMULAS,
        Hidden.SIGNATURES,
    }
)  # fmt: skip  said in the report; they alone never make a document wait
NEVER_PRINTED = frozenset({Hidden.PROPERTIES, Hidden.SIGNATURES})  # who typed or signed, and when: not what it says

NAMES: Mapping[Hidden, tuple[str, str]] = {
    Hidden.TRACKED_CHANGES: ("Modifications suivies", "Tracked changes"),
    Hidden.COMMENTS: ("Commentaires", "Comments"),
    Hidden.HIDDEN_TEXT: ("Texte masqué", "Hidden text"),
    Hidden.UNSEEN_TEXT: ("Texte invisible (couleur du papier, minuscule)", "Unseen text (colour of paper, tiny)"),
    Hidden.HIDDEN_ROWS: ("Lignes masquées", "Hidden rows"),
    Hidden.HIDDEN_COLUMNS: ("Colonnes masquées", "Hidden columns"),
    Hidden.HIDDEN_SHEETS: ("Feuilles masquées", "Hidden sheets"),
    Hidden.VERY_HIDDEN_SHEETS: ("Feuilles très masquées", "Very hidden sheets"),
    Hidden.FILTERS: ("Filtres", "Filters"),
    Hidden.PIVOT_CACHES: ("Données de tableaux croisés", "Pivot caches"),
    Hidden.SPEAKER_NOTES: ("Notes de l'orateur", "Speaker notes"),
    Hidden.HIDDEN_SLIDES: ("Diapositives masquées", "Hidden slides"),
    Hidden.HEADERS: ("En-têtes et pieds de page non imprimés", "Headers and footers that do not print"),
    Hidden.PROPERTIES: ("Propriétés", "Properties"),
    Hidden.CUSTOM_PROPERTIES: ("Propriétés personnalisées", "Custom properties"),
    Hidden.EMBEDDED_OBJECTS: ("Objets incorporés", "Embedded objects"),
    Hidden.EXTERNAL_LINKS: ("Liaisons externes", "External links"),
    Hidden.HYPERLINKS: ("Adresses de liens", "Addresses of links"),
    Hidden.DEFINED_NAMES: ("Noms définis", "Defined names"),
    Hidden.MACROS: ("Macros", "Macros"),
    Hidden.VALIDATION_LISTS: ("Listes de validation", "Validation lists"),
    Hidden.FIELD_CODES: ("Codes de champs", "Field codes"),
    Hidden.ALTERNATE_TEXTS: ("Textes de remplacement", "Alternate texts"),
    Hidden.DATA_PARTS: ("Données jointes", "Attached data"),
    Hidden.OLD_VERSIONS: ("Versions antérieures", "Earlier versions"),
    Hidden.MAIL_HEADERS: ("En-têtes techniques du message", "Technical headers of the message"),
    Hidden.FORMULAS: ("Formules des cellules", "Formulas of cells"),
    Hidden.SIGNATURES: ("Signatures électroniques", "Electronic signatures"),
    Hidden.ALTERNATE_BODIES: ("Autre version du corps du message", "Other body of the message"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One hidden thing; `text` is empty where it has none, or none that could be read."""

    kind: Hidden
    text: str = field(default="", repr=False)


def counted(found: Iterable[Found]) -> dict[str, int]:
    """Number of hidden things by kind, in the order of the kinds."""
    counts = Counter(one.kind for one in found)
    return {kind.value: counts[kind] for kind in Hidden if counts[kind]}


def asks(found: Iterable[Found]) -> dict[str, int]:
    """The kinds that a person must settle, with their counts."""
    return counted(one for one in found if one.kind not in QUIET)


def printable(found: Iterable[Found]) -> tuple[tuple[Hidden, tuple[str, ...]], ...]:
    """Kinds with their texts, for the annex; what never prints is left out."""
    texts: dict[Hidden, list[str]] = {}
    for one in found:
        if one.kind not in NEVER_PRINTED and one.text.strip():
            texts.setdefault(one.kind, []).append(one.text)
    return tuple((kind, tuple(texts[kind])) for kind in Hidden if kind in texts)
