"""Telephone numbers with their extension, e-mail addresses and IP addresses."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from redactor.model import Strength
from redactor.recognisers.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redactor.recognisers.scene import Scene

_D = r"[0-9OolI]"
_PHONE = re.compile(
    rf"(?<![\w.,\-/])(?:\+?1[ .\-]{{0,2}})?(?:\([ ]?[2-9l]{_D}{{2}}[ ]?\)|[2-9]{_D}{{2}})[ .\-\n/]{{0,3}}"
    rf"[2-9S]{_D}{{2}}[ .\-\n]{{1,3}}{_D}{{2}}[ ]?{_D}{{2}}(?![\w\-]|[.,]\d)"
)
_COMPACT = re.compile(r"(?<![\w.,\-/])(?:\+?1)?[2-9]\d{2}[2-9]\d{6}(?![\w\-]|[.,]\d)")
_LOCAL = re.compile(r"(?<![\w.,\-/])[2-9]\d{2}[\-. ]\d{4}(?![\w\-]|[.,]\d)")
_EXTENSION = re.compile(r"[ ,;(]{1,3}\(?(?:poste|p\.|ext\.?|extension|#|x)[ .:]{0,2}\d{1,6}\b\)?", re.IGNORECASE)
_POST = re.compile(r"(?<!\w)(?:poste|ext\.|extension) \d{3,6}\b(?! ?:)", re.IGNORECASE)
_ABROAD = re.compile(r"(?<![\w.+])\+(?!1[ .\-(]?[2-9])[1-9]\d{0,2}(?:[ .\-]?\(?\d{1,4}\)?){2,5}(?![\w\-])")
_PHONE_CUE = re.compile(
    r"\b(?:tel|telephones?|phones?|cell|cellulaires?|mobiles?|portable|numero|number|domicile|maison|home|"
    r"bureau|work|joindre|"
    r"joignable|rejoindre|appel|appele[rsz]?|rappele[rsz]?|call|reach|telecopieur|fax|texto|sms)\b"
)
_EMAIL = re.compile(
    r"(?<![\w.+\-])[\w][\w.+\-']{0,63}(?: ?@ ?|[ ]?[\[(](?:at|arobase|à)[\])][ ]?)"
    r"(?:[\w\-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])"
)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
_VERSION_CUE = re.compile(r"\b(?:version|v|release|section|article|clause|paragraphe|point)[ .:]{0,2}$")


def find(scene: Scene) -> Iterator[Hit]:
    """Claims for telephones, e-mail addresses and IP addresses."""
    yield from _phones(scene)
    yield from _emails(scene)
    yield from _addresses(scene)


def _phones(scene: Scene) -> Iterator[Hit]:
    for match in _PHONE.finditer(scene.text):
        if sum(letter.isdigit() for letter in match.group()) >= 7:
            yield _phone(scene, match, Strength.PROVEN)
    for pattern, strength in ((_COMPACT, Strength.STRONG), (_LOCAL, Strength.STRONG), (_ABROAD, Strength.STRONG)):
        for match in pattern.finditer(scene.text):
            if _PHONE_CUE.search(scene.intro(match.start(), 60)):
                yield _phone(scene, match, strength)
    for match in _POST.finditer(scene.text):
        yield Hit(*match.span(), "PI.phone", Strength.STRONG, "phone-extension")


def _phone(scene: Scene, match: re.Match[str], strength: Strength) -> Hit:
    extension = _EXTENSION.match(scene.text, match.end())
    end = extension.end() if extension else match.end()
    return Hit(match.start(), end, "PI.phone", strength, "phone")


def _emails(scene: Scene) -> Iterator[Hit]:
    for match in _EMAIL.finditer(scene.text):
        yield Hit(*match.span(), "PI.email", Strength.PROVEN, "email")


def _addresses(scene: Scene) -> Iterator[Hit]:
    for match in _IPV4.finditer(scene.text):
        value = match.group().partition("/")[0]
        if _is_ip(value) and not _VERSION_CUE.search(scene.before(match.start(), 20)):
            yield Hit(*match.span(), "PI.ip", Strength.STRONG, "ip")
    for match in _IPV6.finditer(scene.text):
        value = match.group()
        if _is_ip(value) and any(letter.isdigit() for letter in value):
            yield Hit(*match.span(), "PI.ip", Strength.STRONG, "ip")


def _is_ip(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True
