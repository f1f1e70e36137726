"""Generated documents in corpus notation: sheets of identifiers with decoys, and letters of public bodies.

The same seed gives the same files. Its templates and names are its own: no recogniser reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from redactor.evaluation.generator import values
from redactor.evaluation.persons import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IDENTIFIERS = (
    "sin",
    "ramq",
    "student_code",
    "licence",
    "card",
    "bank",
    "ip",
    "email",
    "phone",
    "plate",
    "employee_no",
    "dob",
    "address",
)
ROWS = 10  # values on one sheet of a subtype: less than half of what it tells, so that the rest is to be released
ENGLISH = 0.15  # share of documents in English
AS_TABLE = 4  # one sheet in four is a table
SLOT = re.compile(r"\{([a-z_]{1,20})\}")
DAY = {"fr": "{} {} 2023", "en": "{1} {0}, 2023"}


@dataclass(frozen=True, slots=True)
class Made:
    """One generated document: name of the file without its end, and the whole file."""

    name: str
    content: str


@lru_cache(maxsize=8)
def data(name: str) -> Any:
    """A data file of the generator."""
    source = files("redactor.evaluation.generator") / "data" / f"{name}.yaml"
    return yaml.safe_load(source.read_text(encoding="utf-8"))


def maker(draw: Random, who: values.Somebody, *, lang: str) -> dict[str, Callable[[], str]]:
    """What fills each slot, about one person."""
    names = data("names")
    return {
        "sin": lambda: values.sin(draw),
        "ramq": lambda: values.ramq(draw, who),
        "student_code": lambda: values.student_code(draw, who),
        "licence": lambda: values.licence(draw, who),
        "card": lambda: values.card(draw),
        "bank": lambda: values.bank(draw, lang=lang),
        "ip": lambda: values.ip(draw),
        "email": lambda: values.email(draw, who),
        "phone": lambda: values.phone(draw),
        "plate": lambda: values.plate(draw),
        "employee_no": lambda: values.employee_no(draw),
        "dob": lambda: values.dob(draw, who, lang=lang),
        "address": lambda: values.address(draw, names, lang=lang),
    }


def front_matter(name: str, *, kind: str, lang: str, body: str) -> str:
    """The front matter of a document that is released in part, for personal information alone."""
    meta = {
        "id": name,
        "kind": kind,
        "lang": lang,
        "date": "2024-01-08",
        "body": body,
        "author": "staff",
        "decision": "unknown",
        "decision_date": "null",
        "request_date": "2024-09-02",
        "verdict": "partial",
        "provisions": "[53]",
    }
    if kind == "letter":
        meta["verdict_also"] = "refuse"  # a letter to one person about that person may be taken for an individual file
    return "---\n" + "\n".join(f"{key}: {value}" for key, value in meta.items()) + "\n---\n"


def marked(subtype: str, words: str) -> str:
    """The words under a PI mark."""
    return f"⟦PI.{subtype}|{words}⟧"


def decoy(draw: Random, *, lang: str) -> str:
    """A line whose numbers are nobody's."""
    told: str = draw.choice(data("sentences")["decoys"][lang])
    return re.sub(r"\{n\}", lambda _: values.digits(draw, 1), told)


def sheets(draw: Random, *, count: int) -> Iterator[Made]:
    """Sheets that hold `count` values of each identifier, or a little more, with decoys between them."""
    for subtype in IDENTIFIERS:
        for number in range(-(-count // ROWS)):
            lang = "en" if draw.random() < ENGLISH else "fr"
            name = f"feuille_{subtype}_{number:02}"
            lines = table(draw, subtype, lang=lang) if number % AS_TABLE == 0 else sentences(draw, subtype, lang=lang)
            body = draw.choice(data("letters")["bodies"])
            yield Made(name, front_matter(name, kind="form", lang=lang, body=body) + "\n\n".join(lines) + "\n")


def table(draw: Random, subtype: str, *, lang: str) -> list[str]:
    """A table of names, values and offices, between public facts."""
    titles, names = data("sentences")["headings"][lang], data("names")
    named = titles.get(f"name_{subtype}", titles["name"])
    rows = [f"| {named} | {titles[subtype]} | {titles['office']} | {titles['state']} |"]
    for _ in range(ROWS):
        who = values.somebody(draw, names)
        value = marked(subtype, maker(draw, who, lang=lang)[subtype]())
        state = draw.choice(data("sentences")["states"][lang])
        rows.append(f"| {marked('name', who.name)} | {value} | {draw.choice(names['towns'])} | {state} |")
    return [*preface(draw, lang=lang), "\n".join(rows), *(decoy(draw, lang=lang) for _ in range(3))]


def preface(draw: Random, *, lang: str) -> list[str]:
    """A heading and facts that anybody may read."""
    facts = draw.sample(data("letters")[lang]["facts"], 3)
    town = str(draw.choice(data("names")["towns"]))
    return [data("sentences")["titles"][lang], *(fact.replace("{town}", town) for fact in facts)]


def sentences(draw: Random, subtype: str, *, lang: str) -> list[str]:
    """Sentences around a value, each other one followed by a decoy."""
    out = preface(draw, lang=lang)
    for number in range(ROWS):
        who = values.somebody(draw, data("names"))
        told: str = draw.choice(data("sentences")[lang][subtype])
        value = marked(subtype, maker(draw, who, lang=lang)[subtype]())
        out.append(told.replace("{value}", value).replace("{name}", marked("name", who.name)))
        out += [decoy(draw, lang=lang)] if number % 2 == 0 else []
    return out


def letters(draw: Random, *, count: int) -> Iterator[Made]:
    """`count` letters."""
    for number in range(count):
        lang = "en" if draw.random() < ENGLISH else "fr"
        name = f"lettre_{number:03}"
        body = draw.choice(data("letters")["bodies"])
        yield Made(name, front_matter(name, kind="letter", lang=lang, body=body) + letter(draw, lang=lang))


def letter(draw: Random, *, lang: str) -> str:
    """A letter to one person, who is named again further on."""
    parts, names = data("letters")[lang], data("names")
    who = values.somebody(draw, names)
    slots = maker(draw, who, lang=lang) | wording(draw, who, lang=lang)
    inside = [draw.choice(parts["facts"]), draw.choice(parts["staff"]), draw.choice(parts["later"])]
    inside += draw.sample(parts["identifiers"], 2) + draw.sample(parts["about"], 2)
    draw.shuffle(inside)
    signed = f"⟦PUBLIC|{values.somebody(draw, names).name}⟧\n⟦PUBLIC|{draw.choice(parts['title_staff'])}⟧"
    head = [parts["place"], f"⟦PI.name|{who.name}⟧\n⟦PI.address|{{address}}⟧", parts["subject"], parts["greeting"]]
    whole = "\n\n".join([*head, draw.choice(parts["openings"]), *inside, parts["closing"], signed])
    return SLOT.sub(lambda slot: slots[slot[1]](), whole) + "\n"


def wording(draw: Random, who: values.Somebody, *, lang: str) -> dict[str, Callable[[], str]]:
    """The slots that are not values: people of the letter, places, days, file numbers."""
    names = data("names")
    official = values.somebody(draw, names)
    title = {"fr": ("Monsieur", "Madame"), "en": ("Mr.", "Ms.")}[lang][who.female]
    office = plain(official.name).replace(" ", ".").replace("'", "")
    return {
        "titled": lambda: f"{title} {who.surname}",
        "other": lambda: values.somebody(draw, names).name,
        "official": lambda: official.name,
        "office_phone": lambda: f"418 555-01{values.digits(draw, 2)}, poste {values.digits(draw, 4)}",
        "office_email": lambda: f"{office}@organisme.gouv.qc.ca",
        "town": lambda: str(draw.choice(names["towns"])),
        "day": lambda: DAY[lang].format(draw.randint(2, 28), draw.choice(values.MONTHS[lang])),
        "file": lambda: f"{values.digits(draw, 3)}-{values.digits(draw, 4)}",
    }


def generate(folder: Path, *, seed: int = 118, identifiers: int = 200, letter_count: int = 300) -> int:
    """Writes the documents into `folder`; how many. At least `identifiers` values of each identifier."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    made = [*sheets(draw, count=identifiers), *letters(draw, count=letter_count)]
    for one in made:
        (folder / f"{one.name}.txt").write_text(one.content, encoding="utf-8")
    return len(made)
