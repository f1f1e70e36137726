"""Every string of the screens: French in the source, English in `translations/en.po`, read once.

Knows languages only; which one a reader sees is decided by `language`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po
from flask import g, request, session

from redactor.model import Lang

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

from babel.dates import format_date, format_datetime

LANGUAGES: Final = (Lang.FR, Lang.EN)
SESSION_KEY: Final = "lang"


@lru_cache(maxsize=1)
def english() -> Mapping[str, str]:
    """English by French, as the catalogue says; entries that were left empty or doubtful are not taken."""
    with (files("web") / "translations" / "en.po").open("rb") as stream:
        entries = read_po(stream, locale="en")
    return {str(one.id): str(one.string) for one in entries if one.id and one.string and not one.fuzzy}


def language() -> Lang:
    """The reader's language: what the session says, else what the browser asks for, else French."""
    known: Lang | None = getattr(g, "lang", None)
    if known is None:
        asked = session.get(SESSION_KEY) or request.accept_languages.best_match([one.value for one in LANGUAGES])
        known = Lang(asked) if asked in {one.value for one in LANGUAGES} else Lang.FR
        g.lang = known
    return known


def say(french: str, **values: object) -> str:
    """The string in the reader's language, with `%(name)s` filled in."""
    told = english().get(french, french) if language() is Lang.EN else french
    return told % values if values else told


def plural(one: str, many: str, n: int, **values: object) -> str:
    """`one` or `many` for `n` things; French counts 0 as one."""
    is_one = n == 1 or (n == 0 and language() is Lang.FR)
    return say(one if is_one else many, n=n, **values)


def day(when: dt.date | None) -> str:
    """A day in words; a dash for none."""
    return "–" if when is None else format_date(when, "long", locale=_locale())


def moment(when: dt.datetime | None) -> str:
    """A day and an hour of the server's time zone; a dash for none."""
    return "–" if when is None else format_datetime(when.astimezone(), "d MMM y HH:mm", locale=_locale())


def _locale() -> str:
    return f"{language().value}_CA"
