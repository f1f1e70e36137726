"""What the words around a name say of a person's role, each clue with its weight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redactor.model import Role


class Weight(IntEnum):
    """How much a clue tells: a hint gives way to a sign, a sign to a statement."""

    HINT = 1
    SIGN = 2
    STATEMENT = 3
    SUBJECT = 4  # the person a file, a form or a claim is about, or whose own address is outside the body
    OFFICIAL = 5  # an address of a public body, or a seat among its members


@dataclass(frozen=True, slots=True)
class Clue:
    """One reason for a role; [start, end) are offsets of the view where the words stand."""

    role: Role
    weight: Weight
    start: int
    end: int


@lru_cache(maxsize=8)
def alternatives(name: str) -> str:
    """The words of `data/NAME.txt` as alternatives of a pattern, longest first."""
    text = files("redactor.people").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    words = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@lru_cache(maxsize=8)
def _first_words(name: str) -> frozenset[str]:
    return frozenset(re.sub(r"\\(.)", r"\1", one).split(" ")[0] for one in alternatives(name).split("|"))


def may_tell(name: str, text: str) -> bool:
    """True when `text` holds the first word of an entry of a list: a quick look before the whole pattern is tried."""
    known = _first_words(name)
    return any(word in known or word.rstrip(".") in known for word in _WORD.findall(text))


_WORD = re.compile(r"[\w.\-]+")
TITLE = r"(?:(?:m|mm|mmes|mme|mlle|me|mes|dre?|mr|mrs|ms|monsieur|madame|le dr|la dre)\.?[ ])?"
# Names before this one in an enumeration, blanked.
OTHERS = rf"(?:{TITLE}~{{1,60}}(?:, | et | and |, et |; )){{0,6}}{TITLE}$"
_WORDS = r"(?:[ ](?!(?:que|qui|ont|est|dit|mais|dont|~+)\b)[\w'.\-/]{1,25}){0,8}"


@lru_cache(maxsize=8)
def function_before(name: str) -> re.Pattern[str]:
    """Words such as "la directrice regionale, Mme " just before a name."""
    return re.compile(
        rf"(?<![\w\-])(?:{alternatives(name)})(?![\w\-]){_WORDS}(?:,[ ]|,?[ ]?\n|[ ]?:[ ]|[ ]|,? (?:est|is|"
        rf"etait|was),? |, (?:le|la)[ ]){OTHERS}"
    )


@lru_cache(maxsize=8)
def function_after(name: str) -> re.Pattern[str]:
    """Words such as ", conseillere en transport" just after a name."""
    return re.compile(
        rf"(?:[ ]?[,;|/–—(\-][ ]?|\n|[ ]-[ ]|, ?M\. ?Sc\.,? ?|[ ](?=comme|est)|)(?:(?:la|le|l'|un|une|the|a|"
        rf"notre|votre|comme|est|is|"
        rf"notre|our|your)[ ']?)?[ ]?(?:[\w'.\-]{{1,20}}[ ]){{0,2}}(?:{alternatives(name)})(?![\w\-])"
    )


AUTHOR_LABEL = re.compile(
    r"(?:prepare(?:e)?(?: et redige)? par|redige(?:e)? par|redaction|redacteurs?|redactrices?|approuve"
    r"(?:e)? par|verifie(?:e)? par|"
    r"revise(?:e)? par|recommande(?:e)? par|signe(?:e)?(?: par)?|prepared by|written by|approved by|"
    r"reviewed by|expediteur|expeditrice|"
    r"destinataires?|evaluat(?:eur|rice)s?|conseill(?:er|ere)|analyste|charge(?:e)? de projet|"
    r"personne[- ]ressource|repondante?|contact|"
    r"responsable(?: de la proposition)?|assigned to|assigne(?:e)? a|attribue a|secretariat|"
    r"comite de suivi[^:\n]{0,20}|personnes[- ]ressources?|"
    r"presidente?|secretaire|gestionnaire|superieure? immediate?)[ ]?(?:\([^)\n]{0,30}\))?[ ]?[:|\n][ ]?[^:\n|]{0,80}$|"
    r"\b(?:signed|prepared|approved|signe|prepare|approuve)e?\b[^.:;\n|]{0,50} (?:by|par)[ ](?:mme |m\. |ms\. |mr\. )?$"
)
ATTENDANCE = re.compile(
    r"\b(?:presences?|presents?|presentes?|sont presents|etaient presents|membres presents|absences?"
    r"(?: motivees?)?|absente?s?|"
    r"assist(?:e|ent|aient)|invite(?:e)?s|in attendance|present|absent|regrets|attendees)\b(?: aussi|"
    r" egalement)?[ ]?:?|"
    r"\best absente?[ ]?:|\bsont absents[ ]?:"
)
MOVED = re.compile(
    r"(?:sur (?:une |la )?proposition de|propose(?:e)? par|appuye(?:e)? (?:par|de)|moved by|seconded by|"
    r"dument appuye(?:e)? par)[ ]"
    rf"{TITLE}$"
)
CONSULTED = re.compile(
    r"\b(?:direction|service|secretariat|ministere|bureau|departement|office|department|ministry|regie|"
    r"agence|societe|commission|cisss|ciusss|ville|"
    r"municipalite|mrc|cegep|universite|centre de services scolaire)\b[^.;:\n]{0,80},? (?:par|"
    r"par la voix de|par l'entremise de(?: son| sa)?[\w ]{0,20},?|"
    rf"represente(?:e)? par|represented by)[ ]{TITLE}$|"
    rf"\b(?:comite|conseil|commission|groupe de travail|jury|table)\b[^.;:\n]{{0,40}} presidee? par (?:le |"
    rf"la )?{TITLE}$"
)
OFFICE_LABEL = re.compile(
    r"(?:evaluat(?:eur|rice)s?|analyste|agente?|conseill(?:er|ere)|reserve au ministere|for office use|"
    r"traite par|processed by)[ ]?[:|][^:\n|]{0,80}$"
)
OFFICE_USE = re.compile(
    r"\b(?:confirmed|verified|received|assigned|recue?|verifiee?|assignee?|traitee?|"
    r"inspectee?)\b[^.:;\n|]{0,50} (?:by|to|par|a)[ ]"
    rf"{TITLE}$"
)
TEAM = re.compile(
    r"\b(?:equipe de (?:realisation|projet|travail|redaction)|auteure?s?|consultante?s?|project team|authors?)\b[ ]?:"
)
SUBJECT_OF = re.compile(
    r"(?:\b(?:dossiers?|cas|plainte|compte|domicile|residence|maison|logement|curatelle|succession|"
    r"demande|file|home|complaint|case|account)\b"
    r"(?: (?:est|etait) (?:celui|celle))?(?: fiscal| medical| scolaire| disciplinaire| personnel)?[ ]"
    r"(?:de|du|of|d')[ ]?|"
    r"\bdepose(?:e)? par[ ]|\bl'une? d'(?:elles|eux),[ ](?:deposee par )?|\bone of them,[ ]|\bcelle de[ ]|"
    r"\bcelui de[ ]|"
    r"\b(?:agente?|usagere?|personne|employee?|participante?|client|cliente) (?:rencontree?|interrogee?),[ ])"
    rf"{OTHERS}"
)
PRIVATE_OBJECT = re.compile(
    r"(?:\b(?:lettre|terrain|immeuble|voiture|letter)\b (?:de|du|of|d')[ ]?|\bformulee? par[ ]|"
    r"\bau nom de[ ]|\bappartient (?:depuis \d{4} )?a[ ]|\battribue(?:e)? (?:au domicile de|a)[ ]|\bchez[ ]|"
    r"\bdon de[ ]|\bau sujet de[ ]|\btestimony of[ ]|\bfiled by[ ]|"
    r"\bma(?:l)?traitance de[ ]|\baccuse nommement [^.]{0,20}, )" + TITLE + r"$"
)
PRIVATE_DATA = re.compile(
    r"^[ ]?[,(|;–\-]{0,2}[ ]?\(?(?:(?:agee? de )?\d{1,3} ans\b|\d{2}(?=[,)])|nee?\(?e?\)? (?:le|en|a|"
    r"au)\b|born\b|code permanent|nas\b|nam\b|"
    r"usagere?\b|[a-z]{4}[ ]?\d{4}[ ]?\d{4}|\d{1,5},? (?:rue|chemin|rang|route|avenue|boul|\d+e)|"
    r"domicilie|residant|demeurant|"
    r"atteinte? d|enceinte|file \d|sin\b|of \d{1,5} )"
)
BENEFICIARY = re.compile(
    r"\b(?:subventions?|aide financiere|bourses?|prix|octroi|grant|award|scholarship|contribution|"
    r"beneficiaires?)\b[^.;\n]{0,90}"
    r"(?:accordee?s?|attribuee?s?|versee?s?|octroyee?s?|remise?s?|decernee?s?|awarded|granted|est|:)"
    r"(?: [\w']{1,14}){0,4} (?:a|au|to|de|:)[ ]" + TITLE + r"$|"
    r"\b(?:elle|il) est (?:accordee?|attribuee?|decernee?) a[ ]"
    + TITLE
    + r"$|\bversee? a[^.;\n]{0,50}, soit[ ]"
    + TITLE
    + r"$|"
    r"\bbeneficiaire[ ]?:?[ ](?:est[ ])?" + TITLE + r"$"
)
CONTRACTOR = re.compile(
    r"(?:\b(?:contractant|contractante|prestataire de services|fournisseur|adjudicataire|"
    r"soumissionnaire retenu|cocontractant|contractor|supplier)"
    r"[ ]?[:|,]?[ ]|\bcontrat [^.;\n]{0,60}(?:avec|a|conclu avec|octroye a|accorde a|confie a|"
    r"signe par)[ ]|\bmandat(?:e|ee|er)[ ]|\b(?:a|avons|ont) mandate[ ]|"
    r"\brepresentee? par[ ]|\boctroyer a[ ]|\bcontract (?:with|awarded to)[ ]|\bretained[ ]|"
    r"\bpar contrat,[ ])" + TITLE + r"$"
)
PERMIT = re.compile(
    r"\b(?:titulaire|detenteur|detentrice|holder|permis delivre|certificat de conformite|permit|"
    r"licensee)\b[^.;\n]{0,70}$|"
    r"^[^.;\n]{0,90}\b(?:titulaire d[eu']|detient (?:un|le) permis|holds (?:a|the) (?:permit|licen[cs]e))|"
    r"^[ ,]{0,2}(?:titulaire|detenteur|detentrice|permis n|permit holder)"
)
PUBLIC_BODY = re.compile(
    r"\b(?:ministere|ministre|secretariat|direction (?:generale|regionale|des|du|de)|service (?:des|du|"
    r"de)|cisss|ciusss|chsld|centre de services scolaire|"
    r"commission scolaire|ecole|cegep|college|universite|uqam|uqar|uqac|uqo|uqtr|ets|enap|hopital|ville|"
    r"municipalite|mrc|regie|societe d'etat|"
    r"societe de l'assurance|societe du|revenu quebec|services quebec|hydro-quebec|agence du revenu|"
    r"office quebecois|tribunal|cour|palais de justice|"
    r"assemblee nationale|ombudsman|conseil du tresor|surete|police|department|ministry|government|"
    r"university|school board|city of|town of|"
    r"concordia|mcgill|bishop's|cnesst|saaq|ramq|mtq|mess|mels|meq|msss|mcc|mamh|melccfp|mapaq|"
    r"bureau du coroner|curateur public|"
    r"protecteur du citoyen|personnel du (?:cegep|ministere|college|centre))\b"
)
PRIVATE_BODY = re.compile(
    r"\b(?:inc|ltee|ltd|enr|s\.e\.n\.c|llp|corp|federation|association|syndicat|cooperative|firme|coop|"
    r"fondation|ordre des|union des|"
    r"regroupement|collectif|chambre de commerce|entreprise privee|compagnie|cabinet-conseil|promoteur|"
    r"organisme|obnl|comite de parents|"
    r"pigiste|freelance|self-employed|travailleu(?:r|se) autonome|table de concertation|journal|conseil de bande)\b"
)
PUBLIC_MAIL = re.compile(
    r"@[\w.\-]*\b(?:gouv\.qc|assnat\.qc|gc|qc)\.ca\b|@(?:ville|mrc|csss|cisss|ciusss|uq\w{0,10}|ulaval|"
    r"umontreal|usherbrooke|mcgill|concordia|"
    r"\w{0,20}cegep\w{0,20}|css\w{1,10})\."
)
