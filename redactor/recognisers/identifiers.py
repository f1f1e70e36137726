"""Numbers that designate a person: NAS, NAM, student code, licence, passport, IUC, bank, card, plate, employee number.

A shape says where to look; the words around it say what it is. Contacts and dates are found elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.recognisers.checks import digits_of, is_day, passes_luhn
from redactor.recognisers.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from redactor.recognisers.scene import Scene

_GAP = r"[ .\-\n]{0,2}"  # between groups: a blank, a hyphen, a point, or a line end with one of them
_D = r"[0-9OoQlI|SB]"  # a digit, or a letter that scanning takes for one
_L = r"(?<![A-Za-z0-9])"
_R = r"(?![A-Za-z0-9])"


@dataclass(frozen=True, slots=True)
class Shape:
    """How one identifier is written and named. `bare`: its strength without any cue (None: not claimed)."""

    source: str
    label: str
    pattern: re.Pattern[str]
    cue: re.Pattern[str]
    bare: Strength | None = None
    check: Callable[[str], bool] | None = None
    needs_digits: int = 0
    not_after: re.Pattern[str] | None = None
    reach: int = 90


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is_sin(value: str) -> bool:
    digits = digits_of(value, confused=True)
    return len(digits) == 9 and passes_luhn(digits)


def _is_card(value: str) -> bool:
    return passes_luhn(digits_of(value, confused=True))


def _is_ramq(value: str) -> bool:
    digits = digits_of(value[4:], confused=True)
    return is_day(digits[2:4], digits[4:6])


def _is_student_code(value: str) -> bool:
    digits = digits_of(value[4:], confused=True)
    return is_day(digits[2:4], digits[0:2], late=True)


# What looks like an identifier and is the number of a file, a firm, a decree, a contract, a budget item.
_NOT_A_PERSON = _rx(
    r"\b(?:neq|req|tps|tvq|gst|qst|dossiers?|files?|reference|ref\.?|[nv]/(?:d|ref)|contrats?|contract|decrets?|"
    r"order in council|"
    r"resolutions?|factures?|invoice|reclamations?|claim|propositions?|proposal|demandes?|application|appel d'offres|"
    r"seao|certificats?|certificate|permis n|numero d'entreprise|business number|lots?|cadastre|"
    r"matricule du lot|projets?|"
    r"credits?|budget|programme|isbn|issn|serie|serial|commande|cheque|constat|evenement|recu)\b[^.;\n|]{0,12}$"
)
_NOT_A_PERSON_AFTER = _rx(
    r"\b(?:files?|dossiers?|reference|contrats?|contract|neq|claim|reclamations?|(?:numero|no|n°) de classement|"
    r"filing number|classification)\b"
)
_SIN_CUE = _rx(
    r"\b(?:nas|n\.a\.s\.?|sin|s\.i\.n\.?|assurance[ -]sociale|social insurance|dossier fiscal|tax file|"
    r"declaration de revenus|feuillet t4|releve 1)\b"
)
_RAMQ_CUE = _rx(
    r"assurance[ -]maladie|\b(?:nam|n\.a\.m\.?|ramq|usagere?|medicare|health (?:card|insurance)|carte soleil)\b"
)
_CODE_CUE = _rx(r"code permanent|permanent code|\b(?:eleves?|etudiante?s?|students?)\b")
_LICENCE_CUE = _rx(r"permis|licen[cs]e|\bsaaq\b")
_BANK_CUE = _rx(
    r"\b(?:comptes?|accounts?|folio|transit|institution|succursale|branch|iban|swift|caisse|banque|bank|depot direct|"
    r"direct deposit|virement|specimen|prelevement|rib)\b"
)
_CARD_CUE = _rx(r"\b(?:cartes?|cards?|visa|mastercard|amex|american express|credit|debit|interac)\b")
_PLATE_CUE = _rx(
    r"plaques?|immatricul|licen[cs]e plate|\bplate\b|\b(?:voitures?|vehicules?|vehicles?|autos?|"
    r"automobile|camionnette|camion|"
    r"cars?|truck|fourgonnette|moto|motocyclette|vus|remorque)\b"
)
_STAFF_NO_CUE = _rx(
    r"\bmatr(?:ic)?\.|\b(?:payroll|staff|personnel|personal record|employment) (?:no|number|id|#)|\bno\.? empl|"
    r"\bcode d'employee?|\b(?:insigne|badge)\b|(?:numero|no|n°) (?:de paie|de paye|d'identification|d'agente?)|"
    r"\bmatricules?\b|(?:numero|n[o°.]+|no) d'employee?|(?:no|n°|numero|number|id)\.? (?:de l'|"
    r"d')?employee?s?\b|employee (?:no|number|id|#)|"
    r"\bemployee?[ (]{1,2}$|numero de badge|badge (?:no|number)|\binsigne\b"
)
_PASSPORT_CUE = _rx(r"passe?port")
_IUC_CUE = _rx(
    r"\b(?:iuc|uci|identificateur unique|client id|id client|client (?:no|number)|n[o°]\.? "
    r"(?:de )?client)\b|numero de client|"
    r"certificat de selection|\b(?:csq|caq|cisr|ircc|mifi)\b"
)

SHAPES: tuple[Shape, ...] = (
    Shape(
        "nas",
        "PI.sin",
        _rx(rf"{_L}{_D}{{3}}{_GAP}{_D}{{3}}{_GAP}{_D}{{3}}{_R}"),
        _SIN_CUE,
        Strength.STRONG,
        _is_sin,
        6,
        _NOT_A_PERSON,
    ),
    Shape(
        "nam",
        "PI.ramq",
        _rx(rf"{_L}[A-Z]{{4}}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}{_R}"),
        _RAMQ_CUE,
        Strength.STRONG,
        _is_ramq,
        5,
    ),
    Shape(
        "student-code",
        "PI.student_code",
        _rx(rf"{_L}[A-Z]{{4}}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}{_R}"),
        _CODE_CUE,
        Strength.STRONG,
        _is_student_code,
        5,
    ),
    Shape(
        "student-code-split",
        "PI.student_code",
        _rx(rf"{_L}[A-Z]{{4}}{_GAP}{_D}{{6}}{_GAP}{_D}{{2}}{_R}"),
        _CODE_CUE,
        Strength.STRONG,
        _is_student_code,
        5,
    ),
    Shape(
        "saaq", "PI.licence", _rx(rf"{_L}[A-Z]\d{{4}}{_GAP}{_D}{{6}}{_GAP}{_D}{{2}}{_R}"), _LICENCE_CUE, Strength.STRONG
    ),
    Shape("licence-elsewhere", "PI.licence", _rx(rf"{_L}[A-Z]\d{{4}}{_GAP}\d{{5}}{_GAP}\d{{5}}{_R}"), _LICENCE_CUE),
    Shape(
        "permit-of-person",
        "PI.licence",
        _rx(rf"{_L}(?:[A-Z]{{1,3}}[ \-]?)?\d[\d \-]{{2,14}}\d{_R}"),
        _rx(
            r"\b(?:vignette|permis (?:de (?:conduire|chasse|peche|possession)|d'(?:armes?|acquisition|apprenti)|"
            r"probatoire)|(?:driver'?s?|driving|firearms?|hunting|fishing|trapping) (?:licen[cs]e|permit)|"
            r"certificat du chasseur)\b[^.;|\n]{0,25}$"
        ),
        needs_digits=5,
        reach=60,
    ),
    Shape(
        "card",
        "PI.card",
        _rx(rf"{_L}[2-6]{_D}{{3}}(?:{_GAP}{_D}{{4}}){{3}}{_R}"),
        _CARD_CUE,
        Strength.PROVEN,
        _is_card,
        13,
    ),
    Shape(
        "card-amex",
        "PI.card",
        _rx(rf"{_L}3[47]\d{{2}}{_GAP}\d{{6}}{_GAP}\d{{5}}{_R}"),
        _CARD_CUE,
        Strength.PROVEN,
        _is_card,
    ),
    Shape("card-long", "PI.card", _rx(rf"{_L}\d{{13,19}}{_R}"), _CARD_CUE, Strength.STRONG, _is_card, 0, _NOT_A_PERSON),
    Shape(
        "card-hidden",
        "PI.card",
        _rx(r"(?<![\w])(?:\d{4}[ \-]?(?:[Xx*•.]{4}[ \-]?){2}|(?:[Xx*•]{4}[ \-]?){1,3})\d{3,4}(?!\w)"),
        _CARD_CUE,
        Strength.STRONG,
    ),
    Shape(
        "card-last-digits",
        "PI.card",
        _rx(rf"{_L}\d{{4}}{_R}"),
        _rx(
            r"\b(?:cartes?|cards?|visa|mastercard|amex|debit|credit)\b[^.;]{0,50}"
            r"(?:(?:se terminant|finissant|qui (?:finit|se termine)|ending|ends|last four(?: digits)?|"
            r"(?:quatre )?derniers chiffres)(?: (?:par|in|with|sont|are))?[ :(]{0,3}|[ (]\.{3}[ ]?)$"
        ),
    ),
    Shape(
        "card-expiry",
        "PI.card",
        _rx(rf"{_L}(?:0[1-9]|1[0-2]) ?/ ?(?:20)?\d{{2}}{_R}(?!/)"),
        _rx(r"\bexp(?:\.|iry|ire|iration|irant)?\b|\bvalid(?:e|ite)?\b"),
        None,
        None,
        0,
        None,
        25,
    ),
    Shape(
        "card-code",
        "PI.card",
        _rx(rf"{_L}\d{{3,4}}{_R}"),
        _rx(r"\b(?:cvv2?|cvc2?|cvd|code de securite)\b[ :()°]*$"),
        None,
        None,
        0,
        None,
        30,
    ),
    Shape(
        "card-of-access",
        "PI.card",
        _rx(rf"{_L}[A-Z]{{2,4}}-?\d{{4,8}}{_R}"),
        _rx(r"\b(?:carte|card)\b[^;]{0,70}\b(?:numero|number|no|n°)\b"),
    ),
    Shape(
        "bank-full",
        "PI.bank",
        _rx(
            r"\b(?:[Ii]nstitution|[Tt]ransit)\D{0,12}\d{3,5}\b[ ,;:/\-]{1,3}(?:(?:n[o°]\.? |de )?"
            r"(?:[Tt]ransit|[Bb]ranch|[Ss]uccursale|[Ii]nstitution)\D{0,12}\d{3,5}\b[ ,;:/\-]{1,3})?"
            r"(?:(?:n[o°]\.? |de )?(?:[Cc]ompte|[Aa]ccount|[Ff]olio)\D{0,12}\d[\d \-]{3,14}\d)\b"
        ),
        _BANK_CUE,
        Strength.STRONG,
    ),
    Shape(
        "bank-cheque",
        "PI.bank",
        _rx(
            rf"{_L}(?:[Cc]ompte[ ](?:n[o°]\.? )?)?(?:\d{{3}}[ \-]\d{{5}}|"
            rf"\d{{5}}[ \-]\d{{3}})[ \-]\d[\d\-]{{4,13}}{_R}"
        ),
        _BANK_CUE,
        Strength.STRONG,
    ),
    Shape(
        "bank-iban",
        "PI.bank",
        _rx(rf"{_L}[A-Z]{{2}}\d{{2}}(?: ?[A-Z0-9]{{4}}){{3,7}}(?: ?[A-Z0-9]{{1,3}})?{_R}"),
        _rx(r"\biban\b"),
    ),
    Shape(
        "bank-account",
        "PI.bank",
        _rx(rf"{_L}\d[\d\-]{{3,14}}\d{_R}"),
        _rx(
            r"(?:\bcompte(?: bancaire| cheques?| epargne)?|\bfolio|\btransit|\bbank account|\baccount|"
            r"\bsuccursale|\bbranch)"
            r"(?: (?:n[o°]|no|number|numero|#))?\.?[ :(°]{0,4}$"
        ),
        None,
        None,
        5,
        None,
        45,
    ),
    Shape(
        "bank-part",
        "PI.bank",
        _rx(rf"{_L}\d[\d \-]{{1,12}}\d{_R}"),
        _rx(
            r"\b(?:(?:transit|institution|inst\.|folio)(?: (?:no|number|numero))?|"
            r"(?:succ(?:ursale|\.)|branch|caisse|compte|account|acct\.?) "
            r"(?:no|number|numero|bancaire|cheques?|epargne|joint|courant|chequing|savings))\.?[ :#(°n]{1,5}$"
        ),
        needs_digits=3,
        not_after=_rx(r"\b(?:budget|comptes? rendus?|tenu|prendre|en) compte|\bcomptes? (?:rendu|de resultat)"),
        reach=40,
    ),
    Shape(
        "plate",
        "PI.plate",
        _rx(
            rf"{_L}(?:[A-Z]\d{{2}}[ \-]?[A-Z]{{3}}|\d{{3}}[ \-]?[A-Z]{{3}}|[A-Z]{{3}}[ \-]?\d{{3,4}}|"
            rf"[A-Z]{{1,2}}\d{{5,6}}|[A-Z]{{2}}\d{{2}}[ \-]?\d{{3}}){_R}"
        ),
        _PLATE_CUE,
        None,
        None,
        0,
        _rx(r"\b(?:dossier|file|contrat|local|salle|room|route|code|permis|licen[cs]e)\b[^.;|]{0,15}$"),
        200,
    ),
    Shape(
        "employee-number",
        "PI.employee_no",
        _rx(rf"{_L}(?:[A-Z]{{1,4}}[ \-]?)?\d{{2,9}}(?:[ \-]\d{{2,6}}){{0,3}}(?:-?[A-Z])?{_R}"),
        _rx(rf"(?:{_STAFF_NO_CUE.pattern})[ :#°n(.o]{{0,6}}(?:\|[^|]{{0,80}}){{0,2}}\|?[^|]{{0,4}}$"),
        None,
        None,
        3,
        None,
        60,
    ),
    Shape(
        "passport",
        "PI.other",
        _rx(rf"{_L}(?:[A-Z]{{2}} ?\d{{6}}|[A-Z]\d{{6}}[A-Z]{{2}}|[A-Z]{{1,2}}\d{{7,8}}|\d{{9}}){_R}"),
        _PASSPORT_CUE,
    ),
    Shape(
        "iuc",
        "PI.immigration",
        _rx(rf"{_L}(?:\d{{4}}-\d{{4}}|\d{{2}}-\d{{4}}-\d{{4}}|\d{{8}}|\d{{10}}|[A-Z]{{2}}-\d{{4}}-\d{{4}}){_R}"),
        _IUC_CUE,
    ),
)


def find(scene: Scene) -> Iterator[Hit]:
    """Claims for every shape whose words or check digit support it."""
    for shape in SHAPES:
        for match in shape.pattern.finditer(scene.text):
            hit = _claim(shape, match, scene)
            if hit:
                yield hit


def _claim(shape: Shape, match: re.Match[str], scene: Scene) -> Hit | None:
    value = match.group()
    if sum(letter.isdigit() for letter in value) < shape.needs_digits:
        return None
    start, end = match.span()
    intro = scene.intro(start, shape.reach)
    if shape.cue.search(intro):
        return Hit(start, end, shape.label, _named(shape, value, intro), shape.source, _evidence(shape, scene, start))
    follows = not shape.cue.pattern.endswith("$")  # such a cue stands right before its value
    if follows and shape.cue.search(scene.after(end, 30)) and not _denied(scene.after(end, 30)):
        return Hit(start, end, shape.label, Strength.STRONG, shape.source)
    return _bare_claim(shape, match, intro, scene.after(end))


def _named(shape: Shape, value: str, intro: str) -> Strength:
    """A value that its words name: proven when its check holds too, a flag when they name something else nearer."""
    if shape.check is not None and shape.check(value):
        return Strength.PROVEN
    if shape.not_after is not None and shape.not_after.search(intro):
        return Strength.WEAK
    return Strength.STRONG


def _bare_claim(shape: Shape, match: re.Match[str], intro: str, after: str) -> Hit | None:
    if shape.bare is None or (shape.check is not None and not shape.check(match.group())):
        return None
    if shape.not_after is not None and shape.not_after.search(intro):
        return None
    if shape.not_after is not None and (_NOT_A_PERSON_AFTER.search(after) or _denied(after)):
        return None
    if shape.source == "nas" and not re.fullmatch(r"\d{3}([ -])\d{3}\1\d{3}", match.group()):
        return None
    return Hit(match.start(), match.end(), shape.label, shape.bare, shape.source)


def _evidence(shape: Shape, scene: Scene, start: int) -> tuple[tuple[int, int], ...]:
    before = scene.before(start, shape.reach)
    found = next(reversed(list(shape.cue.finditer(before))), None)
    if found is None:
        return ()
    first = start - len(before) + found.start()
    return ((first, first + max(1, len(found.group().rstrip()))),)


def _denied(after: str) -> bool:
    """True when the words that follow say that it is not one: "and not her SIN"."""
    return bool(re.search(r"\b(?:not|pas|non|ni|nor)\b", after))
