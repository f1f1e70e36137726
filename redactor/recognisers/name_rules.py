"""When a run of capitalised words names a person: the rules, tried in order, the first that holds decides.

Cutting texts into candidates is left to `names`; what each rule calls itself is the source of its findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Strength, Zone
from redactor.recognisers import vetoes
from redactor.recognisers.lexicon import is_given_name, is_never_a_name, is_surname
from redactor.recognisers.name_features import features
from redactor.recognisers.tokens import Kind, Token
from redactor.recognisers.weighing import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from redactor.recognisers.ner import Entity
    from redactor.recognisers.scene import Cell, Lot, Scene

_FIELD = re.compile(
    r"(?:\b(?:noms?|prenoms?|nom de famille|nom et prenom|prenom et nom|name|names|given name|family name|"
    r"surname|first name|last name|"
    r"from|to|cc|bcc|de|a|c\. ?c\.|signe|signee? par|signature|signed(?: by)?|redige(?:e)? par|redaction|"
    r"redactrice|redacteur|"
    r"prepare(?:e)? par|prepared by|approuve(?:e)? par|approved by|verifie(?:e)? par|reviewed by|revise"
    r"(?:e)? par|recommande par|"
    r"destinataires?|expediteur|expeditrice|contact|personne[- ]ressource|responsable|repondante?|charge"
    r"(?:e)? de projet|"
    r"evaluat(?:eur|rice)s?|contractante?|requerante?|demandeur|demanderesse|plaignante?|titulaire|"
    r"beneficiaire|locataire|employee?|"
    r"client|cliente|usager|usagere|patient|patiente|eleve|etudiante?|temoin|conjointe?|pere|mere|tuteur|"
    r"tutrice|mandataire|"
    r"presidente?|secretaire|directeur|directrice|coordonnat(?:eur|rice)|conseiller|conseillere|agente?|"
    r"inspecteur|inspectrice|"
    r"complainant|applicant|tenant|owner|witness|employee|student|attention|a l'attention de|attn)"
    r"(?: \([^)\n|]{0,30}\))?[ ]?[:|][ ]?|"
    r"\bmon nom est |\bje m'appelle |\bmy name is |\bje soussignee?,? |\bnommee? |\bnamed |\bdenommee? |"
    r"\bappelee? |\bprenomm?ee? )$"
)
_COLUMN = re.compile(
    r"\b(?:noms?|prenoms?|names?|personnes?|participante?s?|employee?s?|titulaires?|beneficiaires?|"
    r"responsables?|candidate?s?|"
    r"requerante?s?|plaignante?s?|membres?|members?|elus?|eleves?|etudiante?s?|patiente?s?|usagere?s?|"
    r"client(?:e|s|es)?|locataires?|"
    r"proprietaires?|demandeurs?|temoins?|signataires?|evaluateurs?|students?|applicants?|employees?|"
    r"owners?|tenants?|salariee?s?)\b"
)
_KIN = re.compile(
    r"\b(?:mon|ma|mes|ton|ta|son|sa|ses|notre|nos|votre|leur|leurs|my|his|her|our|your|their|le|la|les|"
    r"the|du|de la|deux|trois|une?|an?|cette?)[ ]"
    r"(?:\w{1,12} )?"
    r"(?:mari|femme|epoux|epouse|conjointe?|ex-conjointe?|ex|fils|fille|filles|enfants?|garcon|frere|"
    r"soeur|pere|mere|parents?|oncle|"
    r"tante|neveu|niece|cousine?|gendre|bru|beau-pere|belle-mere|beau-frere|belle-soeur|beau-fils|"
    r"belle-fille|petit-fils|petite-fille|"
    r"grand-pere|grand-mere|blonde|chum|copain|copine|amie?|voisine?|collegue|locataire|proprietaire|bebe|eleves?|"
    r"husband|wife|spouse|partner|son|daughter|children|child|brother|sister|father|mother|uncle|aunt|"
    r"nephew|niece|cousin|friend|"
    r"neighbour|neighbor|colleague|boyfriend|girlfriend|baby|grandson|granddaughter|foreman|employer|landlord|landlady|"
    r"pupil|student|patient|tenant|resident|client|witness|etudiante?|patiente?|usagere?|residente?|"
    r"plaignante?|citoyenne?|temoin|stagiaire)"
    r"(?:,? (?:de |appelee? |prenommee? |named |nommee? ))?,?[ ]$|\b(?:pere|mere|parents?|tuteur|tutrice|"
    r"fils|fille|father|mother|son|"
    r"daughter|parent)[ ](?:de|d'|of)[ ]?$"
)
_GREETING = re.compile(r"^(?:bonjour|bonsoir|salut|allo|cher|chere|dear|hi|hello|hey|merci|thanks|thank you),?[ ]$")
_SIGNS = re.compile(r"[–—»\"][ ]?$|[ ]-[ ]$")  # what stands before the one who signs a quotation
_FAMILY = re.compile(r"(?<!\w)(?:la )?(?:famille|family|succession)[ ]$")
_ARTICLE = re.compile(r"(?<!\w)(?:le|la|les|au|aux|du|des|the|un|une|ce|cette|an?)[ ]$|(?<!\w)l'$")  # persons take none
_NOUN = re.compile(r"(?:s|tion|erie|ment|ité|ique|age|ance|ence|ure|eur|euse|isme|ité)$")  # endings of common nouns
_ACRONYM = re.compile(r"^(?:[A-Z]\.){3,}$")  # "N.A.S.": letters of a phrase, not of a name
_ACRONYM_LENGTH = 5  # letters
_LABEL_REACH = 60  # code points before a name in which its label stands


_ARTICLE = re.compile(r"(?:^|[^\w'\-])(?:au|du|le|la|un|une|ce|cet|cette|the|this|an?)[ ]$")


@dataclass(frozen=True, slots=True)
class Place:
    """What all candidates of one cell or line share: `enumerated` are the reaches of plural titles ("MM.")."""

    scene: Scene
    lot: Lot
    cell: Cell
    entities: tuple[Entity, ...]
    enumerated: tuple[tuple[int, int], ...]

    @property
    def people(self) -> tuple[Entity, ...]:
        """What a model calls a person."""
        return tuple(one for one in self.entities if one.kind == "PER")

    def is_labelled(self, start: int) -> bool:
        """True when a label of a form, the header of the column or the line above announces a name at `start`."""
        if _FIELD.search(self.scene.before(start, _LABEL_REACH)):
            return True
        if self.lot.cells:
            return self.is_name_column(start)
        opens = not self.scene.text[self.lot.start : start].strip()
        return opens and bool(_FIELD.search(f"{self.scene.line_above(self.lot)} "))

    def is_name_column(self, start: int) -> bool:
        """True when `start` opens a cell whose column or row is for names."""
        if not self.lot.cells or start != self.cell.start:
            return False
        labels = self.scene.labels(self.lot, self.cell.start)
        return bool(_COLUMN.search(labels.split(" | ")[0]) or _FIELD.search(f"{labels} | "))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of one run that may be a name, with the title before them."""

    place: Place
    tokens: tuple[Token, ...]
    title: Token | None
    words: tuple[Token, ...] = field(init=False)  # without particles

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(one for one in self.tokens if one.kind is not Kind.PARTICLE))

    @property
    def start(self) -> int:
        """Where the name begins, its title left out."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.tokens[-1].end

    @property
    def before(self) -> str:
        """Folded words before the name."""
        return self.place.scene.before(self.title.start if self.title else self.start, _LABEL_REACH)

    @property
    def is_single(self) -> bool:
        """True for one word."""
        return len(self.words) == 1

    @property
    def begins_with_given(self) -> bool:
        """True when the first word is a known given name."""
        return is_given_name(self.words[0].word)

    @property
    def ends_with_family(self) -> bool:
        """True when the last word is a known family name."""
        return is_surname(self.words[-1].word)

    @property
    def has_initial(self) -> bool:
        """True when the first word is an initial."""
        return self.words[0].kind is Kind.INITIAL

    @property
    def is_initials(self) -> bool:
        """True for initials alone."""
        return all(word.kind is Kind.INITIAL for word in self.words)

    @property
    def is_known(self) -> bool:
        """True when some word is a known name."""
        return any(is_given_name(one.word) or is_surname(one.word) for one in self.words)

    @property
    def is_capitalised(self) -> bool:
        """True when every word is an initial or has a capital and small letters."""
        return all(one.kind is Kind.INITIAL or (one.kind is Kind.CAPITAL and len(one.word) > 1) for one in self.words)

    @property
    def is_model_person(self) -> bool:
        """True when a model calls these very words a person."""
        return any(e.start < self.end and self.start < e.end for e in self.place.people)

    @property
    def is_labelled(self) -> bool:
        """True when a label announces it."""
        return self.place.is_labelled(self.title.start if self.title else self.start)

    @property
    def is_in_heading(self) -> bool:
        """True in a heading."""
        return self.place.lot.kind is BlockKind.HEADING

    @property
    def stands_alone(self) -> bool:
        """True when the cell or line holds nothing else."""
        cell = self.place.cell
        return (
            self.place.scene.text[cell.start : cell.end].strip(" .,;:!-–>")
            == self.place.scene.text[self.start : self.end]
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to call a candidate a name, and how good it is."""

    source: str
    strength: Strength
    holds: Callable[[Candidate], bool]


def judge(candidate: Candidate) -> tuple[Strength, str] | None:
    """Strength and source of the first rule that holds; None when the words name nobody."""
    for rule in CERTAIN:
        if rule.holds(candidate):
            return rule.strength, rule.source
    if _is_vetoed(candidate):
        return None
    if _is_determined(candidate):
        return (Strength.WEAK, "name-after-article") if candidate.is_model_person else None
    rules = INITIALS if candidate.is_initials else SINGLE if candidate.is_single else SEVERAL
    ruled = next(((rule.strength, rule.source) for rule in rules if rule.holds(candidate)), None)
    return _weighed(candidate, ruled)


def _weighed(candidate: Candidate, ruled: tuple[Strength, str] | None) -> tuple[Strength, str] | None:
    """What the rules say, lifted or put down to a flag where the weights plainly say otherwise."""
    if ruled is None and _is_acronym(candidate):
        return None
    told = shipped("redactor.recognisers", "name_weights")
    share = told.share(features(candidate))
    if ruled is not None and ruled[0].masks:
        return ruled if share >= told.limits["veto"] else (Strength.WEAK, ruled[1])
    if share >= told.limits["strong"]:
        return Strength.STRONG, "name-weighed"
    return ruled or ((Strength.WEAK, "name-weighed") if share >= told.limits["flag"] else None)


def _is_acronym(one: Candidate) -> bool:
    """True for a few capitals alone that no list knows: "NAS"."""
    return (
        one.is_single
        and one.words[0].kind is Kind.UPPER
        and len(one.words[0].word) <= _ACRONYM_LENGTH
        and not one.is_known
    )


def _is_vetoed(candidate: Candidate) -> bool:
    place = candidate.place
    return vetoes.is_place_or_work(place.scene, candidate.tokens, place.cell.start, place.cell.end)


def _is_determined(one: Candidate) -> bool:
    """True after an article or a demonstrative, which no name of a person takes: "au Coopérathon Desjardins"."""
    return bool(_ARTICLE.search(one.before)) and not _is_full(one) and not one.is_labelled


def _is_enumerated(candidate: Candidate) -> bool:
    return any(start < candidate.start < end for start, end in candidate.place.enumerated)


def _is_full(one: Candidate) -> bool:
    """A known given name and a family name, or an initial and a known family name; in capitals both must be known."""
    if one.has_initial:
        return one.ends_with_family
    return one.begins_with_given and (one.words[-1].kind is not Kind.UPPER or one.ends_with_family)


def _is_reversed(one: Candidate) -> bool:
    """True for "TREMBLAY Julie": a known family name, then a known given name."""
    return is_surname(one.words[0].word) and is_given_name(one.words[-1].word) and not is_given_name(one.words[0].word)


def _fits_a_field(one: Candidate) -> bool:
    return len(one.words) <= 4 and one.is_labelled and not any(is_never_a_name(word.word) for word in one.words)


def _signs(one: Candidate) -> bool:
    """A line that holds nothing else, where people sign."""
    short = 2 <= len(one.words) <= 4 and one.is_capitalised
    return short and one.stands_alone and one.place.lot.zone is Zone.SIGNATURE


def _has_its_line(one: Candidate) -> bool:
    """A line that holds nothing but a name whose family name is known, as above an address."""
    return (
        not one.is_in_heading
        and len(one.words) <= 3
        and one.is_capitalised
        and one.ends_with_family
        and one.stands_alone
    )


def _has_new_given(one: Candidate) -> bool:
    """An unlisted word before a known family name, inside a sentence, that is not built as a common noun."""
    inside = bool(one.before.strip()) and not re.search(r"[.:!?|»«\"–—\-][ ]?$", one.before)
    shaped = len(one.words) == 2 and one.is_capitalised and one.ends_with_family and not is_surname(one.words[0].word)
    inside = inside and not _ARTICLE.search(one.before)
    return inside and shaped and not one.is_in_heading and not _NOUN.search(one.words[0].word)


def _is_signed_by_initials(one: Candidate) -> bool:
    return not _ACRONYM.search(one.words[0].word) and (bool(_SIGNS.search(one.before[-12:])) or one.is_labelled)


CERTAIN = (
    Rule("name-after-title", Strength.STRONG, lambda one: one.title is not None),
    Rule("name-in-enumeration", Strength.STRONG, _is_enumerated),
)
INITIALS = (
    Rule("initials-signed", Strength.STRONG, _is_signed_by_initials),
    Rule("initials", Strength.WEAK, lambda one: not _ACRONYM.search(one.words[0].word)),
)
SINGLE = (
    Rule(
        "name-of-family",
        Strength.STRONG,
        lambda one: bool(_FAMILY.search(one.before)) and (one.ends_with_family or one.is_model_person),
    ),
    Rule(
        "name-of-kin",
        Strength.STRONG,
        lambda one: (one.begins_with_given or one.is_model_person) and bool(_KIN.search(one.before)),
    ),
    Rule(
        "name-in-greeting",
        Strength.WEAK,
        lambda one: one.begins_with_given and (bool(_GREETING.search(one.before)) or one.stands_alone),
    ),
    Rule(
        "name-in-field",
        Strength.STRONG,
        lambda one: not one.is_in_heading and (one.is_known or one.is_model_person) and one.is_labelled,
    ),
    Rule("name-model", Strength.WEAK, lambda one: one.is_known and one.is_model_person),
)
SEVERAL = (
    Rule("name-known", Strength.STRONG, _is_full),
    Rule("name-reversed", Strength.STRONG, _is_reversed),
    Rule("name-in-field", Strength.STRONG, _fits_a_field),
    Rule("name-in-signature", Strength.STRONG, _signs),
    Rule("name-on-a-line", Strength.STRONG, _has_its_line),
    Rule("name-of-kin", Strength.STRONG, lambda one: one.is_capitalised and bool(_KIN.search(one.before))),
    Rule("name-new-given", Strength.STRONG, _has_new_given),
    Rule("name-model", Strength.STRONG, lambda one: not one.is_in_heading and one.is_model_person and one.is_known),
    Rule(
        "name-model-alone",
        Strength.STRONG,
        lambda one: not one.is_in_heading and one.is_model_person and one.is_capitalised and len(one.words) <= 3,
    ),
    Rule("name-model-weak", Strength.WEAK, lambda one: not one.is_in_heading and one.is_model_person),
    Rule("name-initials", Strength.WEAK, lambda one: one.has_initial and one.words[-1].kind is Kind.CAPITAL),
    Rule(
        "name-surname",
        Strength.WEAK,
        lambda one: not one.is_in_heading and one.ends_with_family and one.words[-1].kind is Kind.CAPITAL,
    ),
)
