"""Tells single lines by their outward signs: a label, a closing, the history of an article, an empty field.

Pure functions of one line, given as it stands or folded; what lines make of each other is left to `zones`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.model import Span
from redactor.text.normalise import fold
from redactor.text.sentences import sentences_of
from redactor.text.structure import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTRY_LENGTH = 110  # code points; a name with its function and place, on one line
_LABEL_LENGTH = 60  # code points of the printed label of a field
_HONORIFICS = r"(?:M|Mme|Mlle|Me|Dr|Dre|Mr|Ms|Mrs|Prof)"


def _any_of(*keys: str) -> str:
    return "|".join(re.escape(word) for word in words_of(*keys))


_EMAIL_LABEL = re.compile(rf"\W{{0,3}}(?:{_any_of('email_labels')})\s?:(?:\s|$)")
_TITLE_LABEL = re.compile(rf"\W{{0,3}}(?:{_any_of('title_labels', 'copies')})(?:\s[^:]{{1,24}})?\s?(?::|$)")
_KNOWN_LABEL = re.compile(rf"(?:{_any_of('email_labels', 'title_labels', 'copies')})\s?:(?:\s|$)")
_SENDER = re.compile(rf"\W{{0,3}}(?:{_any_of('senders')})\s?:")
_ATTENDANCE = re.compile(rf"\W{{0,3}}(?:{_any_of('attendance')})(?:\s?\([^)]{{1,20}}\))?\s?(?::|\.?$)")
_CLOSING = re.compile(rf"\W{{0,3}}(?:{_any_of('closings')})\b")
_NOTICE = re.compile(_any_of("notices"))
_FORWARDED = re.compile(rf"\W{{0,60}}(?:{_any_of('forwarded')})\W{{0,60}}$")
_WROTE = re.compile(rf".{{6,160}}(?:{_any_of('wrote')})\s?:\s*$")
_LINE_DRAWN = re.compile(r"[_=*-]{5,}\s*$")
_PART_DRAWN = re.compile(r"[_=*-]{5,}")
_HANDWRITING = re.compile(rf"[\[(].{{0,60}}?\b(?:{_any_of('handwriting')})\b")
_ROLE = re.compile(rf"\b(?:{_any_of('roles')})\b")
_FUNCTION = re.compile(rf"(?:[^\s:]{{1,30}}\s){{0,3}}(?:{_any_of('roles')})\b")  # the function among the first words
_NAMED_FUNCTION = re.compile(rf"[^:;]{{3,50}}(?:,| -) (?:[^\s:]{{1,30}}\s){{0,3}}(?:{_any_of('roles')})\b")
_COPY = re.compile(rf"\W{{0,3}}(?:{_any_of('copies')})\s?(?::|$)")
_SIGNING = re.compile(rf"\W{{0,3}}(?:{_any_of('signing')})\b.{{0,40}}?:")
_TITLE = re.compile(rf"\W{{0,3}}(?:{_any_of('titles')})\b")
_SALUTATION = re.compile(rf"(?:{_any_of('salutations')})\b.{{0,80}}$")
_HISTORY = re.compile(r"\W{0,3}\d{4}, c(?:h)?\. \S{1,6}, (?:a|s|art)\. (\d{1,4}(?:\.\d{1,3}){0,2})")
_ARTICLE = re.compile(rf"(?:(?:{_any_of('article')})\s)?(\d{{1,4}}(?:\.\d{{1,3}}){{0,2}})\.?\s+\S")
_STATUTE_TITLE = re.compile(rf"(?:{_any_of('statute_openers')})\b")
_FIELD_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[^.;]{2,150}$")
_FORM_ORDER = re.compile(rf"(?:^|[.?:,]\s)\W{{0,3}}(?:{_any_of('form_orders')})\b")
_FORM_NOTE = re.compile(rf"(?:{_any_of('form_notes')})\s?:\s")
_BOX = re.compile(r"\W{0,3}[□☐☑☒▢❏❑\uf06f\uf0a8]|\[[ xX]\]\s")
_ANSWER = re.compile(rf"\W{{0,3}}(?:{_any_of('form_answers')})\W{{0,80}}$")
_EMPTY_FIELD = re.compile(r"[^.;:?!]{2,80}:[\s_.…]{0,120}$")
_CONTACT = re.compile(r"\b\d{3}[ .-]\d{3}[ .-]\d{4}\b|@")
_CAPITAL_WORD = r"[^\W\d_a-zà-ÿ][\w'’.-]{0,24}"
_NAME = re.compile(
    rf"(?:{_HONORIFICS}\.?\s)?{_CAPITAL_WORD}(?:\s(?:de |du |la |Le |von )?{_CAPITAL_WORD}){{0,4}}(?:,|$)"
)
_SHORTENED = re.compile(r"(?:^|[\s.])(?:[^\W\d_]|ing|inc|enr|ltee|avr|jr|sr|ph\.d|b\.a|m\.a)\.$")
_PAIRS = (("«", "»"), ("“", "”"), ('"', '"'))


def is_labelled(folded: str) -> bool:
    """True for a line that opens with a label known to open lines: `objet : ...`."""
    return _KNOWN_LABEL.match(folded) is not None


def is_email_label(folded: str) -> bool:
    """True for a line such as `envoyé : ...`."""
    return _EMAIL_LABEL.match(folded) is not None


def is_sender(folded: str) -> bool:
    """True for the line that names the sender or the time of sending."""
    return _SENDER.match(folded) is not None


def announces_message(folded: str) -> bool:
    """True for `-----Message d'origine-----`, `Le 3 mars, X a écrit :` and a drawn line."""
    return any(sign.match(folded) for sign in (_FORWARDED, _WROTE, _LINE_DRAWN))


def parts_document(folded: str) -> bool:
    """True for a line that begins with drawn dashes: another text follows."""
    return _PART_DRAWN.match(folded) is not None


def is_handwriting(folded: str) -> bool:
    """True for a bracketed description of something written on the document afterwards."""
    return _HANDWRITING.match(folded) is not None


def article_of_history(folded: str) -> str | None:
    """The number of the article whose sources a line gives: `9` for `1982, c. 30, a. 9.`; None for other lines."""
    history = _HISTORY.match(folded)
    return None if history is None else history.group(1)


def opens_article(folded: str, article: str) -> bool:
    """True for a line that begins with the number of this article."""
    match = _ARTICLE.match(folded)
    return match is not None and match.group(1) == article


def titles_statute(folded: str) -> bool:
    """True for the title or the chapter of a law."""
    return len(folded) < 250 and _STATUTE_TITLE.match(folded) is not None


def is_quotation(words: str) -> bool:
    """True for a paragraph wholly between quotation marks."""
    text = words.strip()
    return len(text) > 2 and any(
        text[0] == left and text[-1] == right and text.count(right) <= 2 and right not in text[1:-1]
        for left, right in _PAIRS
    )


def is_notice(folded: str) -> bool:
    """True for a notice of confidentiality."""
    return _NOTICE.search(folded[:200]) is not None


def opens_attendance(folded: str) -> bool:
    """True for `sont présents : ...` and `présences`."""
    return _ATTENDANCE.match(folded) is not None


def is_entry(words: str) -> bool:
    """True for a short line that is no sentence: a name, a function, an address."""
    text = words.strip()
    if not text or len(text) >= ENTRY_LENGTH or len(sentences_of(text, Span(0, len(text)))) > 1:
        return False
    return not text.endswith((".", "?", "!", ";", ":")) or _SHORTENED.search(fold(text)) is not None


def is_listed(words: str) -> bool:
    """True for a line of an enumeration of people: an entry, or one closed by a comma, semicolon or point."""
    return is_entry(words.strip().rstrip(";,.") or words)


def is_closing(folded: str) -> bool:
    """True for `cordialement,` and the formulas of politeness."""
    return _CLOSING.match(folded) is not None


def is_signing(words: str, folded: str) -> bool:
    """True for a line that tells who signs: a name, a function, a telephone or an address of e-mail."""
    told = (_FUNCTION.match(folded), _NAMED_FUNCTION.match(folded), _SIGNING.match(folded), _CONTACT.search(folded))
    return any(told) or _NAME.match(words.strip()) is not None


def may_sign(words: str, folded: str) -> bool:
    """True for a line that may stand in a signature: a short one without a label other than those of signatures."""
    if ":" in folded and not (_CONTACT.search(folded) or _COPY.match(folded) or _SIGNING.match(folded)):
        return False
    return is_entry(words)


def is_copy_line(folded: str) -> bool:
    """True for `c. c. : ...` and `p. j.`"""
    return _COPY.match(folded) is not None


def goes_on_with_recipients(before: str, folded: str) -> bool:
    """True for the rest of a list of recipients that `before` leaves open."""
    is_open = before.rstrip().endswith((";", ","))
    return len(folded) < 2 * ENTRY_LENGTH and (is_open or ";" in folded) and "@" in before + folded


def signs_side_by_side(lines: Sequence[str]) -> bool:
    """True when lines set in two columns are two signatures, to be read one after the other."""
    folded = [fold(line) for line in lines]
    if any(_SIGNING.match(line) or "____" in line for line in folded):
        return True
    roles = sum(1 for line in folded if _ROLE.search(line))
    return 0 < len(lines) <= 6 and roles > 0 and not any(char.isdigit() for line in lines for char in line)


def is_title_line(words: str, folded: str) -> bool:
    """True for a line of a title block: a label with its value, or a few words that make no sentence."""
    if _SALUTATION.match(folded):
        return False
    return has_title_label(folded) or is_entry(words)


def has_title_label(folded: str) -> bool:
    """True for a line or a cell that opens with a label of title blocks."""
    return _TITLE_LABEL.match(folded) is not None


def opens_title(folded: str) -> bool:
    """True for the title of a document, as against that of a part."""
    return _TITLE.match(folded) is not None


def is_field_title(folded: str) -> bool:
    """True for a numbered title such as `3.5 description des objectifs`."""
    return _FIELD_NUMBER.match(folded) is not None


def is_form_sign(folded: str) -> bool:
    """True for an order to whoever fills the form, a box, or a label with nothing after it."""
    if _BOX.match(folded) or _ANSWER.match(folded) or _FORM_ORDER.search(folded):
        return True
    return len(folded) < _LABEL_LENGTH and _EMPTY_FIELD.match(folded) is not None


def may_be_form(folded: str) -> bool:
    """True for what is of the form when beside its signs: a numbered title, a question, a note."""
    is_question = folded.rstrip().endswith("?") and len(folded) < 2 * ENTRY_LENGTH
    return is_field_title(folded) or is_question or _FORM_NOTE.match(folded) is not None
