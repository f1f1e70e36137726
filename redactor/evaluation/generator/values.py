"""Invented values of each identifier, in the shapes that people write: nobody's numbers, with right check digits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redactor.evaluation.faults import luhn
from redactor.evaluation.persons import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

AREA_CODES = ("367", "418", "438", "450", "514", "579", "581", "819", "873")
TEST_CARDS = (  # published by payment processors for tests; nobody holds them
    "4111111111111111",
    "4242424242424242",
    "4012888888881881",
    "4000056655665556",
    "5555555555554444",
    "5105105105105100",
    "5200828282828210",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "6011000990139424",
)
AMEX_DIGITS = 15
DOCUMENTATION_NETS = ("192.0.2", "198.51.100", "203.0.113")  # RFC 5737
FEMALE_MONTH = 50  # added to the month of birth in NAM and permanent codes
FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
ENGLISH_MONTHS = "January February March April May June July August September October November December"
MONTHS = {"fr": FRENCH_MONTHS.split(), "en": ENGLISH_MONTHS.split()}
DOMAINS = ("courriel.example", "boitepostale.example", "maisonnee.example", "inbox.example", "fibre.example")
PLATES = ("L99 LLL", "999 LLL", "LLL 999", "LLL 9999", "FLL 9999")
LETTERS = "ABCDEFGHJKLMNPRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person."""

    given: str = field(repr=False)
    surname: str = field(repr=False)
    female: bool
    born: tuple[int, int, int]  # year, month, day

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"

    def initials(self) -> str:
        """Three letters of the surname and one of the given name, as in NAM and permanent codes."""
        letters = "".join(c for c in plain(self.surname) if c.isalpha()).upper()
        return (letters + "XXX")[:3] + plain(self.given)[0].upper()


def somebody(draw: Random, names: Mapping[str, object]) -> Somebody:
    """A person with a name of the lists and a birth date."""
    given, surnames = names["given"], names["surnames"]
    if not isinstance(given, dict) or not isinstance(surnames, list):
        raise TypeError("names.yaml: given is a mapping, surnames a list")
    female = draw.random() < 0.5
    surname = draw.choice(surnames)
    if draw.random() < 0.15:
        surname = f"{surname}-{draw.choice([one for one in surnames if '-' not in one])}"
    born = (draw.randint(1938, 2012), draw.randint(1, 12), draw.randint(1, 28))
    return Somebody(draw.choice(given["f" if female else "m"]), surname, female, born)


def digits(draw: Random, count: int) -> str:
    """`count` digits."""
    return "".join(draw.choice("0123456789") for _ in range(count))


def sin(draw: Random) -> str:
    """Begins with 0: never given to anybody."""
    head = "0" + digits(draw, 7)
    number = next(head + last for last in "0123456789" if luhn(head + last))
    return draw.choice(("{} {} {}", "{}-{}-{}", "{}{}{}", "{} {} {}")).format(number[:3], number[3:6], number[6:])


def ramq(draw: Random, who: Somebody) -> str:
    """Health insurance number: initials, year, month (+50 for a woman), day, two digits."""
    year, month, day = who.born
    tail = f"{year % 100:02}{month + FEMALE_MONTH * who.female:02}", f"{day:02}{digits(draw, 2)}"
    return draw.choice(("{} {} {}", "{}{}{}", "{} {} {}", "{}-{}-{}")).format(who.initials(), *tail)


def student_code(draw: Random, who: Somebody) -> str:
    """Permanent code: initials, day, month (+50 for a woman), year, two digits."""
    year, month, day = who.born
    tail = f"{day:02}{month + FEMALE_MONTH * who.female:02}", f"{year % 100:02}{digits(draw, 2)}"
    return draw.choice(("{} {} {}", "{}{}{}", "{} {} {}")).format(who.initials(), *tail)


def licence(draw: Random, who: Somebody) -> str:
    """Driver's licence: letter of the surname, four digits, birth date, two digits."""
    year, month, day = who.born
    parts = f"{who.initials()[0]}{digits(draw, 4)}", f"{day:02}{month:02}{year % 100:02}", digits(draw, 2)
    return draw.choice(("{}-{}-{}", "{} {} {}", "{}-{}-{}", "{}{}{}")).format(*parts)


def card(draw: Random) -> str:
    """A test card number, grouped or not."""
    number = draw.choice(TEST_CARDS)
    groups = (4, 6, 5) if len(number) == AMEX_DIGITS else (4, 4, 4, 4)
    parts, at = [], 0
    for size in groups:
        parts.append(number[at : at + size])
        at += size
    return draw.choice((" ", "-", "", " ")).join(parts)


def bank(draw: Random, *, lang: str) -> str:
    """An account at institution 999, which is not assigned."""
    transit, account = digits(draw, 5), digits(draw, draw.choice((7, 7, 9)))
    french = ("institution 999, transit {}, compte {}", "999-{}-{}", "transit {}, institution 999, folio {}")
    english = ("institution 999, transit {}, account {}", "999-{}-{}", "transit {}, institution 999, account {}")
    return draw.choice(french if lang == "fr" else english).format(transit, account)


def ip(draw: Random) -> str:
    """An address kept for documentation, of version 4 or 6."""
    if draw.random() < 0.25:
        return f"2001:db8:{draw.randrange(16**4):x}::{draw.randrange(1, 16**4):x}"
    return f"{draw.choice(DOCUMENTATION_NETS)}.{draw.randint(1, 254)}"


def email(draw: Random, who: Somebody) -> str:
    """A private address in `.example`."""
    given, surname = (plain(part).replace(" ", "").replace("'", "") for part in (who.given, who.surname))
    shapes = (
        f"{given}.{surname}",
        f"{given[0]}{surname}{draw.randint(1, 99)}",
        f"{surname}_{given[0]}",
        f"{given}{who.born[0]}",
    )
    return f"{draw.choice(shapes)}@{draw.choice(DOMAINS)}"


def phone(draw: Random) -> str:
    """A number kept for fiction: 555-01xx."""
    area, last = draw.choice(AREA_CODES), f"01{digits(draw, 2)}"
    shape = draw.choice(
        ("{} 555-{}", "({}) 555-{}", "{}-555-{}", "{}.555.{}", "1 {} 555-{}", "{} 555 {}", "+1 {} 555-{}")
    )
    return shape.format(area, last)


def plate(draw: Random) -> str:
    """A licence plate in a shape used in Québec."""
    shape = draw.choice(PLATES)
    return "".join(draw.choice(LETTERS) if c == "L" else digits(draw, 1) if c == "9" else c for c in shape)


def employee_no(draw: Random) -> str:
    """A personnel number."""
    return draw.choice((f"{digits(draw, 2)}-{digits(draw, 4)}", f"00{digits(draw, 6)}", f"E{digits(draw, 5)}"))


def dob(draw: Random, who: Somebody, *, lang: str) -> str:
    """A birth date, in digits or in words."""
    year, month, day = who.born
    name = MONTHS[lang][month - 1]
    words = f"{day}{'er' if day == 1 else ''} {name} {year}" if lang == "fr" else f"{name} {day}, {year}"
    return draw.choice((words, f"{year}-{month:02}-{day:02}", f"{day:02}/{month:02}/{year}", words))


def address(draw: Random, names: Mapping[str, Sequence[str]], *, lang: str) -> str:
    """A civic address; the postal code is made up."""
    number, town = draw.randint(3, 9850), draw.choice(names["towns"])
    code = (
        f"{draw.choice('GHJ')}{digits(draw, 1)}{draw.choice(LETTERS)}  9{draw.choice('XYZ')}{digits(draw, 1)}".replace(
            "  ", " "
        )
    )
    if lang == "en":
        return f"{number} {draw.choice(names['english_streets'])}, {town}, Québec {code}"
    flat = draw.choice(("", "", f", app. {draw.randint(1, 40)}", f", appartement {draw.randint(1, 40)}"))
    tail = draw.choice((f" (Québec) {code}", f" (Québec)  {code}", "", f" {code}"))
    return f"{number}, {draw.choice(names['streets'])}{flat}, {town}{tail}"
