"""Words for the codes of the store: states, stages, roles, errors. What the pack names is said as the pack says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redactor import errors
from redactor.model import Lang
from redactor.release.notes import TOLD
from web.services import services
from web.wording import language, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORDS: Final[Mapping[str, str]] = {
    # stages of a request
    "stage.open": "En traitement",
    "stage.submitted": "Au second regard",
    "stage.approved": "Approuvée",
    "stage.released": "Remise",
    # states of a document
    "document.waiting": "En lecture",
    "document.read": "Lu, analyse en cours",
    "document.joined": "Prêt",
    "document.needs_person": "À traiter par une personne",
    "document.rejected": "Refusé : illisible",
    "document.failed": "Arrêté",
    "document.removed": "Retiré",
    "document.folder": "Dossier de pièces",
    # what a proposal does now
    "now.masked": "Masqué",
    "now.ask": "Masqué, un fait manque",
    "now.flag": "Lisible, à regarder",
    "now.kept": "Lisible",
    # strength
    "strength.PROVEN": "Indice certain",
    "strength.STRONG": "Indice fort",
    "strength.WEAK": "Indice faible",
    # roles of users
    "user.officer": "Responsable de l’accès",
    "user.legal": "Révision juridique",
    "user.admin": "Administration",
    "user.auditor": "Vérification",
    # verdicts and decisions on the whole
    "verdict.release": "Communiquer",
    "verdict.partial": "Communiquer en partie",
    "verdict.refuse": "Refuser en entier",
    "whole.withhold": "Refusé en entier par une personne",
    "whole.release": "Communiqué en partie par une personne",
    # decisions
    "outcome.withhold": "Masquer",
    "outcome.keep": "Laisser lisible",
    "ground.consent": "Consentement",
    "ground.waiver": "Renonciation",
    "ground.error": "Erreur de repérage",
    "ground.public": "Renseignement public",
    # steps of a request
    "step.submit": "Soumise",
    "step.give_back": "Retournée",
    "step.approve": "Approuvée",
    "step.withdraw": "Reprise",
    "step.fall": "Approbation tombée : quelque chose a changé",
    "step.release": "Remise",
    # products
    "product.waiting": "En préparation",
    "product.released": "Prouvé",
    "product.withheld": "Refusé en entier",
    "product.needs_person": "À traiter par une personne",
    "product.rejected": "Illisible",
    "product.failed": "Preuve échouée",
    # pages and documents outside the request
    "scope.outside": "Hors de la demande",
    "scope.already_sent": "Déjà transmis",
    "scope.other_body": "D’un autre organisme",
    # risks
    "risk.mandatory_removed": "Masque obligatoire levé",
    "risk.weak_kept": "Indice faible laissé lisible",
    "risk.weak_masked": "Indice faible masqué",
    "risk.contradiction": "Contradiction",
    "risk.whole": "Document refusé en entier",
    "risk.scope": "Mis hors de la demande",
    "risk.unopened": "Page jamais ouverte",
    "risk.sample": "Tiré au hasard",
    # gates of a release, once they hold
    "gate.work": "Lecture et analyse terminées",
    "gate.analysis": "Aucune analyse n’a échoué",
    "gate.pack": "Règles en vigueur",
    "gate.documents": "Tous les documents sont traités",
    "gate.none": "Il y a des documents",
    "gate.questions": "Aucun fait ne manque",
    "gate.discretionary": "Ce que la loi permet de refuser est décidé",
    "gate.escalations": "Les autorités à consulter ont répondu",
    "gate.flags": "Les signalements sont réglés",
    "gate.reasons": "Chaque masque a disposition, motif et personne",
    "gate.mandatory": "Aucun masque obligatoire levé sans fondement",
    "gate.contradictions": "Aucune contradiction",
    "gate.verdicts": "Les refus entiers sont confirmés",
    "gate.unopened": "Toutes les pages ont été ouvertes",
    "gate.lost": "Toutes les décisions tiennent à un passage",
    "gate.approval": "Approuvée",
    "gate.proof": "Chaque fichier est prouvé",
    # what the opening and the proof of a file tell
    **{f"note.{code}": french for code, (french, _) in TOLD.items()},
}
GATE_PAGES: Final[Mapping[str, str]] = {  # where to go for a gate that does not hold
    "work": "requests.overview", "documents": "documents.listing", "none": "documents.listing",
    "questions": "facts.grid", "discretionary": "review.start", "escalations": "review.start",
    "flags": "review.start", "reasons": "review.start",
    "mandatory": "approval.state", "contradictions": "approval.state", "verdicts": "documents.listing",
    "unopened": "approval.state", "lost": "requests.overview", "approval": "approval.state",
    "analysis": "requests.overview", "pack": "requests.overview", "proof": "release.gates",
}  # fmt: skip
KEEP_GROUNDS: Final = ("consent", "waiver", "error")  # why a mandatory mask may be lifted


def word(kind: str, code: object) -> str:
    """`code` of a `kind` in the reader's language; the code itself when nobody named it."""
    french = WORDS.get(f"{kind}.{code}")
    return say(french) if french else str(code).replace("_", " ")


def value(code: object) -> str:
    """The value of a fact, as the pack names it."""
    key = str(code).lower() if isinstance(code, bool) else str(code)
    found = services().pack.head.values.get(key)
    return found.of(language()) if found else key


def fact(key: str) -> str:
    """The name of a fact, as the pack names it."""
    found = services().pack.head.names.get(key)
    return found.of(language()) if found else key


def label(provision: object) -> str:
    """`art. 53` or `s. 53`."""
    return f"{services().pack.box_label(language())} {provision}"


def advice(code: str | None) -> str:
    """What to do about an error of that code."""
    kind = next((one for one in _kinds(errors.RedactorError) if one.code == code), None)
    if kind is None:
        return ""
    return kind.advice if language() is Lang.EN else kind.conseil


def _kinds(base: type[errors.RedactorError]) -> Iterator[type[errors.RedactorError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)
