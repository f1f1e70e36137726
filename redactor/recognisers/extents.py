"""How far the clause around a cue reaches: from its subject or verb to its last complement, in its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redactor.recognisers.scene import Cell, Scene

_SUBJECT = r"(?:il|elle|ils|elles|je|j'|on|he|she|i|they|mon|ma|mes|son|sa|ses|my|his|her)"
_CAUSE = (
    r"(?:en raison d|a la suite d|a cause d|lie[es]{0,2} a|par suite d)(?:e |u |'|es | )|"
    r"(?:suite a|due to|because of|en attente de|soit|pour|for|apres|malgre|following)[ ]"
)
_LEFT_EDGE = re.compile(
    rf"[;:(«\"–—|]+[ ]?|(?<!\w)(?:que |qu'|that |quand |lorsque |lorsqu'|when )(?=\S)|,[ ]"
    rf"(?={_SUBJECT}[ ']|(?:qui|who|dont|which)[ ])|"
    rf"[ ](?=(?:qui|who)[ ])|[ ](?:et|and)[ ](?:qu'|que |that )?(?={_SUBJECT}[ '])|[ ](?:mais|alors|but|car)[ ]"
)
_CAUSE_EDGE = re.compile(rf"(?<!\w)(?:{_CAUSE})(?=(?:(?:une?|le|la|les|l'|des|son|sa|ses|an?|the|his|her)[ ]?)?$)")
_HARD_RIGHT = re.compile(r"[;)»\"|]|[ ][–—][ ]|[ ](?:mais|alors que|tandis que|but)[ ]")
_SOFT_RIGHT = re.compile(
    r",[ ](?=(?:mais|but|alors|donc|so|car|tandis que|while|ce qui|which|et|and|le|la|les|l'|the|this|"
    r"nous|we|vous|you|ce|cette|selon|according|a)[ '])|"
    r"[ ](?:et|and)[ ](?=(?:qu'|que|that|on|nous|je|j'|la|le|les|l'|the|i|we|a|ont|was|were|has|had|votre|"
    r"notre|our)(?:[ ]|(?<=')))"
)
# Links and verbs of saying at the edge of a clause tell nothing of the person; its subject belongs to it.
_LEADING = re.compile(
    r"(?:[\s,;:.\-–—«\"('|]|(?:et|mais|que|and|but|that|donc|car|alors|aussi|declare|explique|ecrit|dit|affirme|"
    r"indique|mentionne|precise|soutient|raconte|said|says|stated|writes|wrote)(?=[ ])|qu'(?=\w))+"
)
_SAYING = (
    r"(?:dit|disent|ajoute|declare|explique|ecrit|affirme|indique|mentionne|precise|soutient|raconte|allegue|rappelle|"
    r"confie|rapporte|signale|appris)"
)
_SAYING_EN = (
    r"(?:says?|said|adds?|added|states?|stated|writes|wrote|explains|explained|mentions?|mentioned|reports?|reported)"
)
_TO = r"(?:m'|nous |lui |leur |s')?(?:a |ont |avait )?"
_REPORTED = re.compile(
    rf"(?:[\s,;:.\-–—«\"('|]|(?:et|mais|que|and|but|that|donc|so|car|alors|puis|then|because|parce que)(?=[ ])|"
    rf"(?:parce )?qu'(?=\w)|(?:(?:il|elle|ils|elles|on)[ ])?{_TO}{_SAYING}(?=[ ]qu[e'])|"
    rf"(?:(?:he|she|they)[ ])?(?:also )?{_SAYING_EN}(?=[ ]that[ ]))+"
)
_LINKS_BEHIND = re.compile(r"[ ,;]+(?:et|que|qui|mais|car|puis|and|that|but|who|because|or|ou)$")
_LINK_LENGTH = 12  # code points of the longest link with the signs before it
_TRAILING = " .,;:!?-–\n\t|"
LONGEST = 320  # code points of a clause: longer ones are cut at the next comma


def extent_of(scene: Scene, sentence: Cell, cue: tuple[int, int], after: int) -> tuple[int, int]:
    """The clause around a cue; it begins no earlier than `after`, the end of the last value claimed before."""
    start, end = cue
    left = max(sentence.start, after, start - 2 * LONGEST)
    limit = min(sentence.end, end + 2 * LONGEST)
    if scene.text[start].isdigit() or scene.folded[max(left, start - 2) : start] == ", ":
        left = start
    for pattern in (_LEFT_EDGE, _SOFT_RIGHT):
        for edge in pattern.finditer(scene.folded, left, start):
            left = edge.end()
    cause = _CAUSE_EDGE.search(scene.folded[max(left, start - 30) : start])
    left = max(left, start - 30) + cause.end() if cause else left
    hard = _HARD_RIGHT.search(scene.folded, end, limit)
    right = hard.start() if hard else limit
    soft = _SOFT_RIGHT.search(scene.folded, end, right)
    right = soft.start() if soft else right
    left, right = _shortened(scene, (left, right), cue)
    leading = _LEADING.match(scene.folded, left, start)
    return trimmed(scene, leading.end() if leading else left, right)


def _shortened(scene: Scene, clause: tuple[int, int], cue: tuple[int, int]) -> tuple[int, int]:
    """The clause, cut at the commas next to the cue when it is too long for one."""
    left, right = clause
    if right - left <= LONGEST:
        return clause
    after, before = scene.folded.find(",", cue[1], right), scene.folded.rfind(", ", left, cue[0])
    return (
        (before + 2 if before > 0 else max(left, cue[0] - LONGEST)),
        (after if after > 0 else min(right, cue[1] + LONGEST)),
    )


def trimmed(scene: Scene, left: int, right: int) -> tuple[int, int]:
    """[left, right) without blanks and punctuation at its edges."""
    while left < right and scene.text[left] in _TRAILING + "«\"('":
        left += 1
    while right > left and scene.text[right - 1] in _TRAILING:
        right -= 1
    return left, right


def unreported(scene: Scene, left: int, right: int) -> tuple[int, int]:
    """[left, right) trimmed, without the links and verbs of saying that stand at its edges."""
    lead = _REPORTED.match(scene.folded, left, right)
    start, end = trimmed(scene, lead.end() if lead else left, right)
    behind = _LINKS_BEHIND.search(scene.folded, max(start, end - _LINK_LENGTH), end)
    start, end = trimmed(scene, start, behind.start() if behind else end)
    return (start, end) if start < end else trimmed(scene, left, right)
