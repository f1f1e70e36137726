"""Whose telephone, address, e-mail or illness it is, and which element of that person it tells.

What of it is public by law is the policy's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Element, Facts, Finding, Person, Role, Strength, subtract
from redactor.people import promotion
from redactor.people.cues import alternatives, cue, may_tell
from redactor.people.mailboxes import PRIVATE_MAIL, is_body_mail
from redactor.recognisers.files import SOURCE as FILE
from redactor.recognisers.hits import CLAUSES
from redactor.recognisers.states import ADDRESSED
from redactor.recognisers.vetoes import bears_a_name
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redactor.model import PersonId, Span
    from redactor.recognisers.scene import Scene

PUBLIC_ROLES = frozenset({Role.PUBLIC_STAFF, Role.SENIOR_MANAGEMENT, Role.ELECTED})
_LEAVING = PUBLIC_ROLES | {Role.BENEFICIARY, Role.CONTRACTOR, Role.PERMIT_HOLDER}  # whose address may be public
_PAY_REACH = 80  # code points before an amount in which the one it is paid to is told
_LOCAL = frozenset({"PI.address", "PI.phone"})  # whose bearer stands on the same lines
_SHORT_LINE = 90  # code points of a line of a signature or of the head of a letter
_REACH = 400  # code points between a name and what is told of its bearer
_HOME = re.compile(
    r"\b(?:nouvelle adresse|new address|changement d'adresse|cottage|chalet|"
    r"chez (?:elle|lui|eux|moi)|he (?:can|may) be reached|domicile|maison|residence|personnel(?:le)?|"
    r"perso|prive|home|house|cell(?:ulaire)?|mobile|"
    r"apres \d{1,2} h|le soir|"
    r"ancienne adresse|demeure|demeurez|demeurent|demeurant|habite|habitez|habitent|resides?|residing|"
    r"live|envoyee? (?:a|au)|residant|domicilie|demenage|vit|lives|living|apt|app)\b"
)
_WORK = re.compile(
    r"\b(?:bureau|travail|work|office|poste|ext|telecopieur|fax|professionnel(?:le)?|lieu de travail|"
    r"siege|succursale)\b"
)
_SOMEBODY = re.compile(
    r"(?<![\w\-])(?:vous (?:joindre|rejoindre|appeler)|(?:reach|call|contact) you|pere|mere|parents?|"
    r"citoyen(?:ne)?|plaignante?|locataire|usagere?|cliente?|patiente?|"
    r"eleve|voisine?|conjointe?|father|mother|"
    r"tenant|applicant|complainant|neighbou?r)(?![\w\-])[^.;]{0,70}$"
)
_AFTER_HOME = re.compile(r"[ ,]{0,2}\(?(?:residence|domicile|home|maison|personnelle?)\b")
_SCALE = re.compile(r"echelle|\bde \d[\d ]{2,9}\$ a \d|scale")
_WORKPLACE = re.compile(
    r"(?<![\w\-])(?:bureau|etage|floor|suite|salle|edifice|siege|local|lieu de travail|pavillon|"
    r"hotel de ville|palais|place of work|office)(?![\w\-])"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the elements of one document are judged by."""

    scene: Scene
    facts: Facts
    subject: int | None = None  # where the name stands of the one whose file it is
    addressee: int | None = None  # where the name stands of the one to whom a personal letter is written


def complete(findings: tuple[Finding, ...], persons: Sequence[Person], sheet: Sheet) -> tuple[Finding, ...]:
    """The findings with their persons and elements, without those that concern no natural person."""
    people = {person.id: person for person in persons}
    names = [finding for finding in findings if finding.label == "PI.name" and finding.person is not None]
    starts = [finding.span.start for finding in names]
    public = [
        n.span
        for n in names
        if n.person and people[n.person].role in PUBLIC_ROLES and people[n.person].role_strength.masks
    ]
    left: list[Finding] = []
    for finding in findings:
        owner = finding.person or _owner(finding, names, starts, sheet)
        person = people.get(owner) if owner else None
        if person is not None and not _is_surely_of(person, finding, names, starts, sheet):
            person = None
        told = _told(finding, person, sheet)
        if told is not None:
            weighed = promotion.weigh(told, person, sheet.scene)
            left.extend(_around(weighed, public) if weighed else ())
    return tuple(left)


def _around(finding: Finding, public: Sequence[Span]) -> Iterable[Finding]:
    """A clause without the names of officials in it: they stay readable, what is said does not."""
    if finding.label not in CLAUSES:
        return (finding,)
    first = bisect_left(public, finding.span.start, key=lambda span: span.start)
    last = bisect_right(public, finding.span.end, key=lambda span: span.start)
    left = subtract([finding.span], public[first:last])
    told = [span for span in left if any(span.overlaps(cue) for cue in finding.evidence)] if len(left) > 1 else left
    return tuple(replace(finding, span=span) for span in told)


def _owner(finding: Finding, names: Sequence[Finding], starts: list[int], sheet: Sheet) -> PersonId | None:
    """The person named last before, in reach; for what opens a line, the first named after on the same line."""
    if finding.source in {ADDRESSED, FILE}:
        place = sheet.addressee if finding.source == ADDRESSED else sheet.subject
        return next((n.person for n in names if sheet.scene.view.at(n.span.start) == place), None)
    place = bisect_right(starts, finding.span.start) - 1
    lot = sheet.scene.lot_at(sheet.scene.view.at(finding.span.start))
    if place >= 0 and finding.span.start - names[place].span.end <= _REACH:
        return names[place].person
    if lot is not None and place + 1 < len(names) and sheet.scene.view.at(names[place + 1].span.start) < lot.end:
        return names[place + 1].person
    return None


def _is_surely_of(person: Person, finding: Finding, names: Sequence[Finding], starts: list[int], sheet: Sheet) -> bool:
    """False for an address or number that could leave with a role, and stands too far below the name to be theirs."""
    place = bisect_right(starts, finding.span.start) - 1
    if person.role not in _LEAVING or finding.label not in _LOCAL or place < 0:
        return True
    return _is_near(names[place], finding, sheet, below_rows=person.role in PUBLIC_ROLES)


def _is_near(name: Finding, finding: Finding, sheet: Sheet, *, below_rows: bool) -> bool:
    """True when only short lines stand between a name and an address or number, as in a signature or a heading.

    What stands below a table may belong to any of its rows: it is near the last only with `below_rows`.
    """
    scene = sheet.scene
    first, last = scene.lot_at(scene.view.at(name.span.start)), scene.lot_at(scene.view.at(finding.span.start))
    if first is None or last is None or first.index == last.index:
        return True
    if first.cells and not last.cells and not below_rows:
        return False
    between = scene.lots[first.index : last.index + 1]
    return all(lot.end - lot.start <= _SHORT_LINE and lot.kind is not BlockKind.HEADING for lot in between)


def _told(finding: Finding, person: Person | None, sheet: Sheet) -> Finding | None:
    owner = person.id if person else None
    if finding.label == "PI.email":
        return _email(finding, person, sheet)
    if finding.label == "PI.phone":
        return _phone(finding, person, sheet)
    if finding.label == "PI.address":
        return _address(finding, person, sheet)
    if finding.label == "PI.salary":
        return _pay(finding, person, sheet)
    return replace(finding, person=owner, element=finding.element or Element.OTHER)


def with_pay(findings: Sequence[Finding], persons: Sequence[Person], sheet: Sheet) -> tuple[Finding, ...]:
    """The findings; what is paid to somebody, with the element that it is for him, or left out as public."""
    people = {person.id: person for person in persons}
    weighed = (
        _pay(one, people.get(one.person) if one.person else None, sheet) if one.label == "PI.salary" else one
        for one in findings
    )
    return tuple(one for one in weighed if one is not None)


def _pay(finding: Finding, person: Person | None, sheet: Sheet) -> Finding | None:
    start, end = _place(finding, sheet)
    if person is not None and person.role is Role.CONTRACTOR:
        return replace(finding, person=person.id, element=Element.CONTRACT)
    if person is not None and person.role in PUBLIC_ROLES:
        scale = _SCALE.search(sheet.scene.folded[start:end])
        return replace(finding, person=person.id, element=Element.SALARY_SCALE if scale else Element.ACTUAL_SALARY)
    if may_tell("senior", around := _around_pay(start, end, sheet)) and re.search(
        rf"(?:{alternatives('senior')})(?![\w\-])", around
    ):
        return None
    return replace(finding, person=person.id if person else None, element=Element.OTHER)


def _around_pay(start: int, end: int, sheet: Sheet) -> str:
    """What is paid and the words before it, in its sentence or row."""
    lot = sheet.scene.lot_at(start)
    return "" if lot is None else sheet.scene.folded[max(lot.start, start - _PAY_REACH) : end]


def _email(finding: Finding, person: Person | None, sheet: Sheet) -> Finding | None:
    start, end = _place(finding, sheet)
    value = sheet.scene.folded[start:end]
    named = _bears(value.partition("@")[0], person)
    official = named and person is not None and person.role in PUBLIC_ROLES
    if not named and not PRIVATE_MAIL.search(value) and _is_body_line(start, sheet):
        return None
    personal = bool(_HOME.search(sheet.scene.intro(start, 50))) or bool(PRIVATE_MAIL.search(value))
    if is_body_mail(value, sheet.facts):
        if not named and not re.search(r"[a-z]{2,}[.\-_][a-z]{2,}@", value):
            return None
        return replace(
            finding, person=person.id if person and named else None, element=Element.WORK_EMAIL, strength=Strength.WEAK
        )
    if official and not personal and person is not None:
        return replace(finding, person=person.id, element=Element.WORK_EMAIL, strength=Strength.WEAK)
    return replace(finding, person=person.id if person else None, element=Element.OTHER)


def _bears(local: str, person: Person | None) -> bool:
    if person is None:
        return False
    words = [word for word in re.split(r"[^a-z]+", fold(person.name)) if len(word) > 2]
    plain = re.sub(r"[^a-z]", "", local)
    return any(word in plain for word in words)


_TOLL_FREE = re.compile(
    r"\(?(?:\+?1[ .\-]{0,2})?\(?8(?:00|88|77|66|55|44|33|22)\b"
)  # North American numbering plan: paid by who is called


def _phone(finding: Finding, person: Person | None, sheet: Sheet) -> Finding | None:
    start, end = _place(finding, sheet)
    intro, after = sheet.scene.intro(start, 60), sheet.scene.after(end, 30)
    owner = person.id if person else None
    official = person is not None and person.role in PUBLIC_ROLES
    if _TOLL_FREE.match(sheet.scene.folded[start:end]):
        return None
    home = (
        re.search(_HOME, intro[-60:])
        or _SOMEBODY.search(sheet.scene.before(start, 90))
        or re.search(r"\b(?:domicile|maison|home|personnel)\b", after[:20])
    )
    extension = re.search(r"poste|ext|#", sheet.scene.folded[start:end])
    if home and not _WORK.search(intro[-30:]):
        return replace(finding, person=owner, element=Element.OTHER)
    if person is not None and person.role is Role.CONTRACTOR:
        return replace(finding, person=owner, element=Element.WORK_PHONE)
    if official or (person is None and (extension or _WORK.search(intro) or _is_body_line(start, sheet))):
        return replace(finding, person=owner, element=Element.WORK_PHONE) if official else None
    if person is None and (cue("public_body").search(intro) or cue("public_mail").search(intro)):
        return None
    return replace(finding, person=owner, element=Element.OTHER)


def _address(finding: Finding, person: Person | None, sheet: Sheet) -> Finding | None:
    start, end = _place(finding, sheet)
    intro, value = sheet.scene.intro(start, 80), sheet.scene.folded[start:end]
    owner = person.id if person else None
    official = person is not None and person.role in PUBLIC_ROLES
    if (
        _HOME.search(intro[-45:])
        or re.search(r"\b(?:app|apt|appartement|apartment)\b", value)
        or _AFTER_HOME.match(sheet.scene.after(end, 25))
    ):
        return replace(finding, person=owner, element=Element.OTHER)
    if _is_workplace(start, end, sheet):
        return replace(finding, person=owner, element=Element.WORK_ADDRESS) if official else None
    if official or (person is not None and person.role is Role.CONTRACTOR):
        return replace(finding, person=owner, element=Element.WORK_ADDRESS)
    if person is None and _is_body_line(start, sheet):
        return None
    return replace(finding, person=owner, element=Element.OTHER)


def _is_body_line(start: int, sheet: Sheet) -> bool:
    """True after words such as "Pour nous joindre", on the line of a value or in the one above."""
    lot = sheet.scene.lot_at(start)
    if lot is None:
        return False
    line = sheet.scene.folded[max(lot.start, start - _REACH) : start]
    return bool(cue("body_line").search(f"{sheet.scene.line_above(lot)} {line}"))


def _is_workplace(start: int, end: int, sheet: Sheet) -> bool:
    """True when the address, or the words around and above it, tell an office, a hall, a firm or a body."""
    scene = sheet.scene
    intro, near = scene.intro(start, 80), scene.folded[start : end + 30]
    if (
        _WORKPLACE.search(near)
        or _WORKPLACE.search(intro[-50:])
        or bears_a_name(scene, start, max(0, start - 60), within=True)
    ):
        return True
    above = _lines_above(start, sheet)
    return bool(
        cue("public_body").search(intro)
        or cue("private_body").search(intro[-60:])
        or cue("public_body").search(above)
        or cue("private_body").search(above)
    )


def _lines_above(start: int, sheet: Sheet) -> str:
    """The two short lines above that of an address, as in a letterhead."""
    lot = sheet.scene.lot_at(start)
    if lot is None or lot.cells:
        return ""
    lots = sheet.scene.lots[max(0, lot.index - 2) : lot.index]
    return "\n".join(sheet.scene.folded[one.start : one.end] for one in lots if one.end - one.start < 90)


def _place(finding: Finding, sheet: Sheet) -> tuple[int, int]:
    return sheet.scene.view.at(finding.span.start), sheet.scene.view.at(finding.span.end)
