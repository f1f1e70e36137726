"""A small pack written to a folder, and documents told as natures, for tests that must not depend on the real law."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from redactor.model import Facts
from redactor.policy.engine import propose
from redactor.policy.loader import load_pack
from redactor.policy.marks import parse
from redactor.policy.natures import analysed_of, chosen_of, persons_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from redactor.model import Permission, Proposal
    from redactor.policy.pack import Pack, RulesInForce

DAY = dt.date(2024, 11, 12)

PACK = """\
schema: 1
id: p
version: "2024.1"
title: {fr: Essai, en: Trial}
box_label: {fr: "art.", en: "s."}
bands:
  refuse_below: 0.10
  person_below: 0.30
  sentences_for_partial: 2
  words_of_sentence: 2
  words_of_informative_paragraph: 4
one_language:
  p/s037/advice: {fr: La loi inventée est française, en: The invented law is French}
questions:
  passage.speaker: {fr: "Qui parle?", en: "Who speaks?", values: [staff, citizen]}
  document.author: {fr: "Qui écrit?", en: "Who writes?", values: [staff, citizen]}
  document.date: {fr: "Quel jour?", en: "What day?"}
  ground.confirmed: {fr: "Danger?", en: "Hazard?", values: [true, false]}
"""

ADVICE = """\
id: p/s037/advice
title: {fr: Avis, en: Advice}
status: active
label: AVIS.staff
effect: withhold
power: discretionary
unit: sentence
versions:
  - from: null
    until: null
    cite: {act: Loi, section: "37", paragraph: 1}
    text: unverified
    source: an invented law
    limit: {years: 10, after: document.date, until: request.date}
applies_when:
  passage.speaker: [staff]
"""

PERSONAL = """\
id: p/s053/personal
title: {fr: Personnel, en: Personal}
status: active
label: PI
effect: withhold
power: mandatory
consent: person
versions:
  - {from: null, until: null, cite: {act: Loi, section: "53"}, text: unverified, source: an invented law}
"""

STAFF = """\
id: p/s057/staff
title: {fr: Personnel public, en: Public staff}
status: active
label: PUBLIC
effect: public
cancels: {labels: [PI], sections: ["53"]}
versions:
  - {from: null, until: null, cite: {act: Loi, section: "57"}, text: unverified, source: an invented law}
applies_when:
  person.role: [public_staff]
  mention.element: [name, work_phone]
"""

OFFICE = """\
id: p/s034/office
title: {fr: Cabinet, en: Office}
status: active
label: CABINET
effect: escalate
to: minister
unit: document
versions:
  - {from: null, until: null, cite: {act: Loi, section: "34"}, text: unverified, source: an invented law}
applies_when:
  document.author: [minister_office]
"""

HAZARD = """\
id: p/s041.1/hazard
title: {fr: Danger, en: Hazard}
status: active
label: DANGER
effect: override
cancels: {sections: ["37"]}
versions:
  - {from: null, until: null, cite: {act: Loi, section: "41.1"}, text: unverified, source: an invented law}
applies_when:
  ground.confirmed: [true]
"""

PUBLISHED = """\
id: p/s013/published
title: {fr: Publié, en: Published}
status: active
effect: route
cancels: {powers: [discretionary]}
versions:
  - {from: null, until: null, cite: {act: Loi, section: "13"}, text: unverified, source: an invented law}
applies_when:
  document.published: [true]
"""

RULES: Mapping[str, str] = {
    "s013-published.yaml": PUBLISHED,
    "s034-office.yaml": OFFICE,
    "s037-advice.yaml": ADVICE,
    "s041.1-hazard.yaml": HAZARD,
    "s053-personal.yaml": PERSONAL,
    "s057-staff.yaml": STAFF,
}


def write_pack(folder: Path, files: Mapping[str, str] | None = None, *, head: str = PACK) -> Path:
    """A pack folder of `files` (the small pack by default)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(head, "utf-8")
    for name, text in (RULES if files is None else files).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def small_pack(folder: Path, **changed: str) -> Pack:
    """The small pack, some of whose files are replaced: `s037_advice=...` is `s037-advice.yaml`."""
    files = {**RULES, **{f"{name.replace('_', '-')}.yaml": text for name, text in changed.items()}}
    return load_pack(write_pack(folder, files))


def proposed(
    source: str,
    rules: RulesInForce,
    *,
    facts: Facts | None = None,
    roles: Mapping[str, str] | None = None,
    weak: frozenset[str] = frozenset(),
    consents: tuple[Permission, ...] = (),
    waivers: tuple[Permission, ...] = (),
    confirmed: frozenset[str] = frozenset(),
) -> tuple[Proposal, ...]:
    """Proposals for a text told as natures."""
    marked = parse(source)
    return propose(
        analysed_of(marked),
        facts=facts or Facts(author="staff", date=dt.date(2021, 5, 6), request_date=DAY),
        persons=persons_of(marked, roles or {}, weak=weak),
        rules=rules,
        consents=consents,
        waivers=waivers,
        confirmed=confirmed,
        chosen=chosen_of(marked),
    )


def told(proposals: tuple[Proposal, ...]) -> list[tuple[str, str]]:
    """Provision and state of each proposal, in order: what a table of tests compares."""
    return [(one.provision, one.state.value) for one in proposals]
