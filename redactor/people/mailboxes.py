"""Whose an e-mail address is, told by its domain: a public body's, the body's that holds the document, or anybody's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import UNKNOWN, Facts
from redactor.people.cues import cue
from redactor.recognisers.view import fold

if TYPE_CHECKING:
    from redactor.recognisers.scene import Scene

ANY_MAIL = re.compile(r"[\w.+\-]{1,64}@[\w.\-]{1,100}")
PRIVATE_MAIL = re.compile(
    r"@[\w.\-]*(?:gmail|hotmail|outlook|live|yahoo|icloud|videotron|sympatico|bell|me\.com|protonmail|courriel|mail|"
    r"messagerie|inbox|nuage|boite|postbox|maison)"
)
_COMMON = frozenset(
    ["societe", "ministere", "commission", "bureau", "centre", "office", "conseil", "services", "quebec", "municipal"]
)
_LEAST_WORD, _LEAST_ACRONYM = 5, 3  # letters of a body's name that tell its domain: a word, its initials
_LINKS = frozenset(["de", "du", "des", "la", "le", "les", "et", "of", "the", "and", "en", "pour", "a", "l", "d"])


def is_body_mail(address: str, facts: Facts) -> bool:
    """True for a folded address of a public body, or of the body that holds the document."""
    if cue("public_mail").search(address):
        return True
    domain = address.partition("@")[2]
    body = "" if facts.body is UNKNOWN else fold(str(facts.body))
    words = [word for word in re.findall(r"[a-z]+", body) if word not in _LINKS]
    acronym = "".join(word[0] for word in words)
    named = any(word in domain for word in words if len(word) >= _LEAST_WORD and word not in _COMMON)
    return named or (len(acronym) >= _LEAST_ACRONYM and acronym in re.split(r"[.\-]", domain))


def mail_after(scene: Scene, start: int, end: int) -> re.Match[str] | None:
    """The first address in [start, end) of the view."""
    return ANY_MAIL.search(scene.folded, start, end)
