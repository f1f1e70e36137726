"""What tells something about a person: the clause that says it, when a person stands near enough to be the one meant.

Words of illness, family, discipline and so on without a person nearby are facts about the world, and claim nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Strength, Zone
from redactor.recognisers.extents import LONGEST, extent_of, trimmed
from redactor.recognisers.hits import Hit
from redactor.recognisers.lexicon import words as listed
from redactor.recognisers.matters import labels, matters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.matters import Matter
    from redactor.recognisers.scene import Cell, Lot, Scene

_KIN_NOUNS = (
    "mari|femme|epoux|epouse|conjointe?|ex-conjointe?|fils|filles?|enfants?|freres?|s(?:oe|œ)urs?|pere|"
    "mere|parents|oncle|tante|neveux?|nieces?|"
    "cousine?s?|gendre|bru|beau-pere|belle-mere|beau-frere|belle-s(?:oe|œ)ur|beau-fils|belle-fille|"
    "petits?-fils|petites?-filles?|petits-enfants|"
    "grand-pere|grand-mere|grands-parents|blonde|chum|copain|copine|ex|fiancee?|jumeaux|jumelles|husband|"
    "wife|spouse|partner|sons?|daughters?|"
    "child|children|brothers?|sisters?|father|mother|parents|uncle|aunt|nephew|niece|cousins?|boyfriend|"
    "girlfriend|grandson|granddaughter|"
    "grandmother|grandfather|in-laws"
)
_MINE = r"(?:mon|ma|mes|notre|nos|my|our)"
_THEIRS = r"(?:son|sa|ses|leurs?|votre|vos|ton|ta|tes|his|her|their|your)"
_KIN_REST = (
    r"(?:[ ](?:deux|trois|quatre|autres?|ancien(?:ne)?|propre|jeune|vieille|defunte?|two|three|late|"
    r"former|older|younger|own|\d)){0,2}"
    rf"[ ](?:{_KIN_NOUNS})(?![\w\-])"
)
_KIN = re.compile(rf"(?<![\w\-'])(?:(?P<mine>{_MINE})|(?P<theirs>{_THEIRS})){_KIN_REST}")
_FIRST = re.compile(r"(?<![\w\-])(?:je|j'|moi|m'|mon|ma|mes|i|my|me|i've|i'm)(?![\w])|(?<![\w])[jm]'")
_ADDRESSEE = re.compile(r"(?<![\w\-])(?:vous|votre|vos|you|your)(?![\w\-])")
_FIRST_PLURAL = re.compile(r"(?<![\w\-])on (?:vit|a|doit|est)\b")
_PRONOUN = re.compile(
    r"(?<![\w\-])(?:il|elle|ils|elles|lui|celui-ci|celle-ci|son|sa|ses|leur|he|she|him|her|his|hers|they|"
    r"their|vous|you|votre|vos|your)(?![\w\-])"
)
_SOMEBODY = re.compile(
    r"(?<![\w\-])(?:(?:une? (?:autre |jeune |ancienne? )?|cette? |cet |an? )(?:patiente?|residente?|"
    r"citoyenn?e?|travailleu(?:r|se)|enfant|mere|pere|dame|"
    r"homme|femme|couple|famille|man|woman|resident|patient|worker)|(?:une? (?:autre |jeune |ancienne? )?|"
    r"l'|le |la |cette? |cet |the |an? |ladite |ledit )"
    r"(?:justiciable|plaignante?|employee?|eleve|etudiante?|usagere?|locataire|laureate?|requerante?|"
    r"candidate?|agente? rencontree?|participante?|salariee?|"
    r"detenue?|prestataire|enseignante?|infirmiere?|preposee?|collegue|conjointe?|veuve|victime|temoin|"
    r"presidente?|directeur|directrice|tenant|employee|"
    r"applicant|student|pupil|complainant|claimant|witness))(?![\w\-])"
)
_ONE = re.compile(
    r"(?<![\w\-'])(?:elle|he|she|celui-ci|celle-ci|ce dernier|cette derniere|mme|monsieur|madame)(?![\w\-])"
)


@lru_cache(maxsize=1)
def _the_one() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, listed("person_nouns")), key=len, reverse=True))
    return re.compile(rf"(?<![\w\-'])(?:(?:la|le|the|ce|cette|cet)[ ]|l')(?:{nouns})(?![\w\-])")


_GENERIC = re.compile(
    r"(?<![\w\-])(?:les personnes|toute personne|des personnes|personnes agees|les (?:patients|usagers|"
    r"eleves|etudiants|employes|travailleurs|femmes|"
    r"hommes|enfants|citoyens|refugies|candidats|demandeurs)|programmes?|politique|loi|article|reglement|"
    r"campagne|sensibilisation|people|persons|"
    r"patients|employees|students|workers|statisti\w+|pour cent|taux|moyenne)(?![\w\-])"
)
# Words before a cue that make it the name of a programme, a study or a thing instead of a fact about the person.
_ABOUT = re.compile(
    r"(?<![\w\-])(?:politiques?|programmes?|plans?(?: d'action)?|strategies?|rapports?|notes?|projets?|"
    r"etudes?|lois?|reglements?|campagnes?|services?|"
    r"demandes?|taux|statistiques?|clientele|assurances?|contrats?|fonds|directives?|mesures?|volet|"
    r"section|chapitre|enjeux?|question|theme|formation|"
    r"grille|bareme|echelle|guide|protocole|code|comite|sante publique|prevention|sensibilisation|lutte|"
    r"aide aux|soutien aux|acces|processus|delais?|"
    r"policy|program|strategy|report|plan|"
    r"rate|act|insurance|number|services?|study|section|committee|applications?|requests?)"
    r"(?: (?:\w{1,14}))?[ ](?:de|d'|du|des|sur|en|pour|contre|visant|aux?|a|relative?s?(?: a| aux?)?|"
    r"concernant|on|for|of|about|against|to)"
    r"[ ]?(?:la |le |les |l'|une? |the |an? )?$"
)
_THING = re.compile(
    r"(?<![\w\-])(?:le|la|les|l'|the|ce|cette|this|un|une)[ ]?(?:systeme|reseau|ministere|departement|"
    r"department|marche|budget|secteur|entreprise|fonds|"
    r"organisation|economie|industrie|infrastructure|structure|pilier|pont|batiment|immeuble|logiciel|"
    r"service|projet|programme|region|ville|municipalite|"
    r"system|network|market|industry|bridge|building|project|contract|contrat|taux|politique)(?![\w\-])[^,;]{0,60}$"
)
_DUTY = re.compile(
    r"(?<![\w\-])(?:recommand\w{1,5}|propos\w{1,5}|presente(?:ra|rait|nt)?|a presente|redig\w{1,4}|traite"
    r"(?:ra|ront|nt)?|estime(?:nt)?|analys\w{1,4}|"
    r"evalue(?:nt|ra)?|a evalue|examin\w{1,4}|revis\w{1,5}|annonc\w{1,4}|inspect\w{1,4}|mis a jour|"
    r"met a jour|updated|approuv\w{1,4}|"
    r"prevoi\w{1,4}|depose(?:ra)?|a depose|"
    r"reviewed|review|presents?|presented|will present|recommends?|proposes?|announced|drafted|estimates?|"
    r"examined|relu|lu|souhaite que)(?![\w\-])[^,;:]{0,70}$"
)
_OWN = re.compile(
    r"(?<![\w\-])(?:son|sa|ses|mon|ma|mes|his|her|my)[ ]\w{1,20}(?:[ ]\w{1,20})?[ ]?$|(?<![\w\-])(?:son|"
    r"sa|ses|mon|ma|mes|his|her|my)[ ]$"
)
_OF_A_BODY = re.compile(
    r"\d ?(?:m|g|k)\$|\d (?:million|milliard|billion)|\$\d[\d.,]* ?(?:m|million|billion)\b"
)  # no person is paid that
_NEAR = 900  # code points back to the person that a pronoun stands for
_LABEL_REACH = 60
_AROUND = 100  # code points before a cue in which what it is about is told
_OF_A_FORM = frozenset({"PI.dob", "PI.sin", "PI.ramq", "PI.student_code"})
_NOTHING = re.compile(r"[\W_]*|(?:oui|non|yes|no|aucune?|none|n/a|s\.?o\.?|nil)")
_STOP = re.compile(r"[.;][ ](?=\w)")
_TABLE_ROWS = 40  # rows below that are looked at for a name


class Link(IntEnum):
    """How a sentence is tied to a person."""

    NONE = 0
    NEAR = 1  # a person is named shortly before, in the same block
    SOMEBODY = 2  # "une agente rencontrée"
    THE_ONE = 3  # "la coordonnatrice", or "elle" alone: one person, whoever it is
    PRONOUN = 4  # "elle", with a person named shortly before
    NAMED = 5  # the name, "je", "mon mari"


@dataclass(frozen=True, slots=True)
class _Places:
    """Places of claims in a document, in order, for looking up the nearest."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def within(self, start: int, end: int) -> bool:
        """True when a name begins in [start, end)."""
        place = bisect_left(self.starts, start)
        return place < len(self.starts) and self.starts[place] < end

    def last_end(self, start: int, end: int) -> int | None:
        """End of the last name that lies in [start, end)."""
        place = bisect_left(self.starts, end) - 1
        return self.ends[place] if place >= 0 and self.starts[place] >= start and self.ends[place] <= end else None


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue in a sentence; one that is not sure only raises a flag."""

    matter: Matter
    start: int
    end: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    """What tables are judged by: the names, and whether some table asks one person for an identity."""

    names: _Places
    is_personal: bool


def _in_table(scene: Scene, hit: Hit) -> bool:
    lot = scene.lot_at(hit.start)
    return lot is not None and len(lot.cells) == 2


def _places(hits: Sequence[Hit]) -> _Places:
    ordered = sorted((hit.start, hit.end) for hit in hits)
    return _Places(tuple(start for start, _ in ordered), tuple(end for _, end in ordered))


def find(scene: Scene, values: Sequence[Hit]) -> Iterator[Hit]:
    """Clauses of every matter; `values` are the settled claims of the document."""
    names = _places([hit for hit in values if hit.label == "PI.name" and hit.strength.masks])
    claimed = _places(values)
    forms = _Forms(names, any(hit.label in _OF_A_FORM and _in_table(scene, hit) for hit in values))
    for lot in scene.lots:
        if lot.zone is Zone.STATUTE or lot.kind is BlockKind.HEADING:
            continue
        if lot.cells:
            yield from _row(scene, lot, forms)
            continue
        yield from _field(scene, lot, names)
        for sentence in scene.sentences[lot.index]:
            yield from _sentence(scene, sentence, names, claimed)
    yield from _birthplaces(scene, values)


def _sentence(scene: Scene, sentence: Cell, names: _Places, values: _Places) -> Iterator[Hit]:
    words = scene.folded[sentence.start : sentence.end]
    link = _link(words, sentence.start, scene, names)
    yield from _kin(scene, sentence, words, link)
    if link is Link.NONE:
        return
    found = [
        _Cue(m, start + sentence.start, end + sentence.start, sure)
        for m in matters()
        for start, end, sure in _cues(m, words)
    ]
    firm = _weight(link, is_generic=bool(_GENERIC.search(words)))
    found.sort(key=lambda cue: (cue.start, -cue.end))
    yield from _clauses(scene, sentence, values, [(cue, _strength(cue, words, sentence.start, firm)) for cue in found])


def _clauses(scene: Scene, sentence: Cell, values: _Places, cues: Sequence[tuple[_Cue, Strength]]) -> Iterator[Hit]:
    """Clauses of the cues, in order; a cue inside the clause before it makes that clause longer."""
    last: Hit | None = None
    for cue, strength in cues:
        floor = values.last_end(sentence.start, cue.start) or sentence.start
        left, right = extent_of(scene, sentence, (cue.start, cue.end), floor)
        if left >= right:
            continue
        if last is not None and cue.start < last.end and strength is last.strength:
            last = replace(last, end=max(last.end, right), evidence=(*last.evidence, (cue.start, cue.end)))
            continue
        if last is not None:
            yield last
        last = Hit(left, right, cue.matter.label, strength, f"clause-{cue.matter.name}", ((cue.start, cue.end),))
    if last is not None:
        yield last


def _strength(cue: _Cue, words: str, offset: int, firm: Strength) -> Strength:
    before = words[max(0, cue.start - offset - _AROUND) : cue.start - offset]
    return firm if cue.is_sure and not _is_impersonal(before) else Strength.WEAK


def _is_impersonal(before: str) -> bool:
    """True when the words before a cue make it the matter of a programme, of a thing, or of somebody's duties."""
    return bool(_ABOUT.search(before) or _THING.search(before) or (_DUTY.search(before) and not _OWN.search(before)))


def _cues(matter: Matter, words: str) -> Iterator[tuple[int, int, bool]]:
    for match in matter.sure.finditer(words):
        near = words[match.start() : match.end() + 60]
        if matter.name != "salary" or (re.search(r"\$|\d{4}|\d{2} \d{3}", near) and not _OF_A_BODY.search(near)):
            yield *match.span(), True
    if matter.doubtful is not None:
        for match in matter.doubtful.finditer(words):
            yield *match.span(), False


def _weight(link: Link, *, is_generic: bool) -> Strength:
    if link <= Link.SOMEBODY or (is_generic and link in {Link.PRONOUN, Link.THE_ONE}):
        return Strength.WEAK
    return Strength.STRONG


def _link(words: str, start: int, scene: Scene, names: _Places) -> Link:
    if names.within(start, start + len(words)) or _FIRST.search(words) or _FIRST_PLURAL.search(words):
        return Link.NAMED
    if names.starts and _ADDRESSEE.search(words):
        return Link.PRONOUN
    kin = _KIN.search(words)
    if kin and kin.group("mine"):
        return Link.NAMED
    return _link_back(words, start, scene, names, has_kin=kin is not None)


def _link_back(words: str, start: int, scene: Scene, names: _Places, *, has_kin: bool) -> Link:
    """How a sentence that names nobody is tied to somebody before it."""
    before = scene.folded[max(0, start - _NEAR) : start]
    near = names.within(start - len(before), start) or bool(_SOMEBODY.search(before)) or bool(_KIN.search(before))
    if near and (_PRONOUN.search(words) or _SOMEBODY.search(words) or has_kin):
        return Link.PRONOUN
    if names.starts and (_ONE.search(words) or _the_one().search(words)):
        return Link.THE_ONE
    if _SOMEBODY.search(words):
        return Link.SOMEBODY
    lot = scene.lot_at(start)
    return Link.NEAR if lot is not None and names.within(lot.start, start) else Link.NONE


def _kin(scene: Scene, sentence: Cell, words: str, link: Link) -> Iterator[Hit]:
    """Words such as "mon mari", "sa fille Manon", with a relative clause that follows."""
    for match in _KIN.finditer(words):
        if match.group("theirs") and link < Link.PRONOUN:
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        given = re.match(r"[ ][A-ZÀ-Ý][\w\-]{1,20}(?![\w])", scene.text[end : sentence.end])
        end += given.end() if given else 0
        relative = re.match(
            r",?[ ](?:qui|who|age de|agee de|de (?:huit|sept|six|cinq|\w+) ans)[ ][^,;.()]{1,120}|,?[ ]de \w+ ans",
            scene.folded[end : sentence.end],
        )
        end += len(relative.group().rstrip()) if relative else 0
        yield Hit(start, end, "PI.family", Strength.STRONG, "kin")


def _field(scene: Scene, lot: Lot, names: _Places) -> Iterator[Hit]:
    """`Situation familiale : trois enfants` on a line of its own."""
    words = scene.folded[lot.start : lot.end]
    colon = words.find(":", 0, _LABEL_REACH)
    if colon < 0 or not names.starts:
        return
    label = _label(words[: colon + 1].lstrip("-• "))
    left, right = trimmed(scene, lot.start + colon + 1, lot.end)
    if label and left < right and right - left <= LONGEST and _tells(label, scene.folded[left:right]):
        yield Hit(left, right, label, Strength.STRONG if len(words) < 120 else Strength.WEAK, "field-label")


def _label(words: str) -> str | None:
    stripped = words.strip()
    return next((label for label, pattern in labels() if pattern.match(stripped)), None)


def _row(scene: Scene, lot: Lot, forms: _Forms) -> Iterator[Hit]:
    """Cells of a row about a person: with a cue, under a private header, or beside a private label."""
    names = forms.names
    named = names.within(lot.start, lot.end)
    for column, cell in enumerate(lot.cells):
        words = scene.folded[cell.start : cell.end]
        if names.within(cell.start, cell.end) or lot.header == lot.index or not re.search(r"\w", words):
            continue
        label = _cell_label(scene, lot, column, forms, named=named)
        told = list(_told_in_cell(scene, cell)) if named else []
        claim = told[0].label if label in {None, "PI.other"} and told else label
        if label is None:
            yield from told
        elif claim and _tells(claim, words) and not _NOTHING.fullmatch(words.strip()):
            yield Hit(cell.start, cell.end, claim, Strength.STRONG, "cell-label")


def _told_in_cell(scene: Scene, cell: Cell) -> Iterator[Hit]:
    """The sentences of a cell that hold a cue."""
    start = cell.start
    for stop in [match.end() for match in _STOP.finditer(scene.folded, cell.start, cell.end)] + [cell.end]:
        words = scene.folded[start:stop]
        label = next((m.label for m in matters() if m.sure.search(words)), None)
        left, right = trimmed(scene, start, stop)
        if label and left < right and _tells(label, words):
            yield Hit(left, right, label, Strength.STRONG, "cell-cue")
        start = stop


def _cell_label(scene: Scene, lot: Lot, column: int, forms: _Forms, *, named: bool) -> str | None:
    if column and len(lot.cells) == 2 and (forms.is_personal or _table_names(scene, lot, forms.names)):
        first = lot.cells[0]
        beside = _label(scene.folded[first.start : first.end])
        if beside:
            return beside
    header = scene.lots[lot.header].cells if lot.header is not None else ()
    if not named or column >= len(header):
        return None
    return _label(scene.folded[header[column].start : header[column].end])


def _table_names(scene: Scene, lot: Lot, names: _Places) -> bool:
    """True when some row of the same table names a person."""
    first = scene.lots[lot.header if lot.header is not None else lot.index]
    last = lot
    for row in scene.lots[lot.index : lot.index + _TABLE_ROWS]:
        if row.header != lot.header:
            break
        last = row
    return names.within(first.start, last.end)


def _tells(label: str, words: str) -> bool:
    if _OF_A_BODY.search(words):
        return False
    return label != "PI.salary" or bool(re.search(r"\d", words))


def _birthplaces(scene: Scene, values: Sequence[Hit]) -> Iterator[Hit]:
    """The place after a date of birth: "né le 4 mai 1980 à Abidjan"."""
    for hit in values:
        if hit.label == "PI.dob":
            match = re.compile(
                r",?[ ](?:à|a|au|aux|en|in)[ ]([A-ZÀ-Ý][\w'\-]{1,30}(?:(?:,)?[ ][A-ZÀ-Ý][\w'\-]{1,30}){0,2})"
            ).match(scene.text, hit.end)
            if match:
                yield Hit(match.start(1), match.end(1), "PI.origin", Strength.STRONG, "birthplace")
