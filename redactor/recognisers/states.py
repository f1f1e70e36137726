"""What is said of a named person without any word of a private matter: how they live, what they own, what they earn.

Every claim here is weak: it counts only when the person turns out to be a private one, and is dropped otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import BlockKind, Strength, Zone
from redactor.recognisers.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redactor.recognisers.scene import Cell, Lot, Scene

SOURCES = frozenset({"state", "apposition", "row-amount"})
_VERBS = (
    r"vit|vivait|vivent|habitait|demeurait|travaille|travaillait|travaillent|etudie|etudiait|frequente|"
    r"frequentait|possede|possedait|eleve seule?|"
    r"souffre|souffrait|porte (?:le voile|la barbe|un appareil|une prothese|des lunettes)|pratique|parle|"
    r"boit|buvait|fume|consomme|consommait|touche|"
    r"recoit \d|doit \d|devait \d|gagne|gagnait|"
    r"detient (?:un|une)|a (?:un|une|deux|trois|quatre|cinq|\d{1,2}) (?!(?:fois|reprises))|n'a (?:plus|"
    r"pas) de|a perdu|a subi|a quitte|a demenage|"
    r"a abandonne|a eu|a grandi|a fait (?:faillite|une)|"
    r"a ete (?:victime|condamne|congedie|licencie|hospitalise|opere|expulse|arrete|agresse|suspendu|mute|"
    r"retrograde|evince|blesse|exclu|renvoye|mise? a)e?|"
    r"est (?:decedee?|morte?|nee?|veuf|veuve|malade|enceinte|seule?|sans |en (?:arret|conge|maladie|"
    r"instance|attente|prison|faillite|couple)|"
    r"retraitee?|au chomage|mecanicien|comedien\w{0,2}|etudiante?|membre d|proprietaire d|locataire d|"
    r"atteint|suivie?|inscrite?)|"
    r"s'est (?:separee?|mariee?|blessee?|fait|enlevee?|converti|installee?|remariee?)|se remet|se deplace|"
    r"prend (?:de|des|du) |ne peut (?:plus|pas)|"
    r"lives?|lived|works (?!with)|worked (?:as|in|at)|owns?|earns?|suffers?|smokes|drinks|has (?:a|an|two|"
    r"three|four|no|been) |had (?:a|an) |lost (?:his|her)|"
    r"was (?:fired|evicted|arrested|assaulted|injured|hospitali[sz]ed|dismissed|born|diagnosed|convicted|widowed)|"
    r"is (?:a (?!member of the (?:board|committee))|an |unemployed|retired|pregnant|homeless|divorced|"
    r"single|married|widowed|disabled|ill|sick)"
)
_STATE = re.compile(rf"(?:{_VERBS})")
# What people do with a file instead of what they live: it tells nothing that the file does not tell of itself.
_PROCESS = (
    r"(?:demand|ecri[tv]|di[ts]|declar|souhait|contest|propos|recommand|appel|rappel|sign|repon[ds]|"
    r"envo[iy]|transme|recoi|recu|attend|affirm|"
    r"expliqu|mention|soulign|precis|ajout|indiqu|not[ea]|voudr|veu[tx]|desir|exig|reclam|se plai|conclu|"
    r"estim|croi[tr]|pens|trouv|consid|refus|accept|"
    r"consent|oppos|s'oppos|soutien|pretend|sugger|remerci|invit|rencontr|present|depos|soum|accompagn|"
    r"assist|particip|confirm|inform|avis|"
    r"port[ea] plainte|fai[ts]|fait|va|vien|sera|serait|pourr|peut|devra|doit (?!\d)|est (?:d'avis|absent|"
    r"present|d'accord|dispo|joignable|en desaccord|la |le |"
    r"l'|represent|accompagn|avis|inform|convoqu|cite|nomm|vise|concern|mentionn|designe|un |une )|"
    r"a (?:ete (?:avis|inform|rencontr|entendu|convoqu|contact|joint|rappel|not|transm|re[cç]u|cit|nomm|design|vise)|"
    r"demand|ecri|dit|declar|souhait|contest|propos|recommand|appel|rappel|sign|repond|envo|transm|recu|"
    r"affirm|expliqu|mention|soulign|precis|"
    r"ajout|indiqu|not|voulu|exig|reclam|conclu|estim|refus|accept|consent|present|depos|soum|particip|"
    r"confirm|inform|avis|port[ea] plainte|pu|du|"
    r"publi|pris|mis|fait|rempl|fourni|obtenu|assist|rencontr|parl|telephon|laiss|joint|pay)|"
    r"asks?|asked|writes?|wrote|says?|said|states?|stated|requests?|requested|claims?|claimed|signed|"
    r"signs|called|calls|replied|received|filed|"
    r"reported|explains?|explained|wants?|wanted|hopes?|thinks?|believes?|agrees?|refus|may|might|can|"
    r"could|will|would|should|must|helped|drove|"
    r"has (?:asked|requested|written|filed|been)|was (?:told|asked|informed|contacted|notified|"
    r"represented)|is (?:represented|the|of the opinion))"
)
_ANY_VERB = re.compile(
    rf"(?!{_PROCESS})(?!(?:de|du|des|d'|et|ou|a l|au|aux|pour|par|avec|dans|sur|chez|qui|que|dont|en|le|la|"
    rf"les|l'|un|une|ne l|ne s'est pas pres|and|or|of|"
    r"from|to|in|on|at|for|with|who|that|which|as|by|et|puis|mais|but|ainsi|comme|selon|y|a \d|son|sa|ses|"
    r"c|p|soit|lors|tel|telle)\b)"
    r"(?:(?:ne|se|lui|me|y|en)[ ]|n'|s')?[a-z]{1,14}[ ][a-z0-9]"
)
_PRONOUN = re.compile(rf"(?<![\w\-'])(?:il|elle|he|she)[ ](?={_VERBS})")
_APPOSITION = re.compile(
    r",[ ](?P<words>(?:un |une |a |an )?(?:ancien(?:ne)? |former |jeune )?[a-z][\w\-]{3,20}"
    r"(?:[ ][\w'\-]{1,20}){0,3}?[ ](?:d'un|d'une|chez|a l'|au|aux|dans un|dans une|"
    r"in a|at a|at the|of a)[ ]?[^,.;:()\n]{3,70})(?=[,.;)]|$)"
)
_END = re.compile(
    r"[;)»\"|]|,[ ](?:mais|but|et (?:le|la|les|nous|demande|a demande)|and|alors|donc|so)[ ]|[ ](?:mais|"
    r"but)[ ]|[ ](?:et|and)[ ](?:qu'|que |that |demande|a demande|souhaite)"
)
_AMOUNT = re.compile(
    r"^\W{0,3}(?:\$ ?\d[\d ,.]{0,12}|\d[\d ,.]{0,12} ?\$)(?: ?/ ?\w{1,8}| par \w{1,10}| l'heure|"
    r" \([^)]{1,20}\))?\W{0,3}$"
)
_LONGEST = 200  # code points of such a claim


def find(scene: Scene, values: Sequence[Hit]) -> Iterator[Hit]:
    """Weak claims beside the names among `values`, and after a pronoun."""
    names = sorted((hit.start, hit.end) for hit in values if hit.label == "PI.name" and hit.strength.masks)
    for start, end in names:
        lot = scene.lot_at(start)
        if lot is None or lot.kind is BlockKind.HEADING or lot.zone is Zone.STATUTE:
            continue
        sentence = _sentence(scene, lot, start)
        yield from _after_name(scene, sentence, end)
        if lot.cells:
            yield from _amounts(scene, lot)
    for match in _PRONOUN.finditer(scene.folded):
        lot = scene.lot_at(match.start())
        if lot is not None and lot.zone is not Zone.STATUTE:
            yield from _claim(scene, match.end(), _sentence(scene, lot, match.start()).end, "state")


def _sentence(scene: Scene, lot: Lot, offset: int) -> Cell:
    for sentence in scene.sentences[lot.index]:
        if sentence.start <= offset < sentence.end:
            return sentence
    return scene.sentences[lot.index][-1]


def _after_name(scene: Scene, sentence: Cell, end: int) -> Iterator[Hit]:
    apposition = _APPOSITION.match(scene.folded, end, sentence.end)
    if apposition:
        yield Hit(*apposition.span("words"), "PI.other", Strength.WEAK, "apposition")
    verb = apposition.end() if apposition else end
    while verb < sentence.end and scene.text[verb] in " ,":
        verb += 1
    said = verb if verb == end + 1 or apposition else sentence.end
    if _STATE.match(scene.folded, verb, sentence.end) or _ANY_VERB.match(scene.folded, said, sentence.end):
        yield from _claim(scene, verb, sentence.end, "state")


def _claim(scene: Scene, start: int, end: int, source: str) -> Iterator[Hit]:
    stop = _END.search(scene.folded, start, end)
    end = min(stop.start() if stop else end, start + _LONGEST)
    while end > start and scene.text[end - 1] in " .,;:!?":
        end -= 1
    if end - start > 3:
        yield Hit(start, end, "PI.other", Strength.WEAK, source)


def _amounts(scene: Scene, lot: Lot) -> Iterator[Hit]:
    for cell in lot.cells:
        if _AMOUNT.match(scene.folded[cell.start : cell.end]):
            yield Hit(cell.start, cell.end, "PI.salary", Strength.WEAK, "row-amount")
