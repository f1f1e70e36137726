"""Forms of French and English verbs, without accents, and the French conditional told by its endings.

Regular endings by rule, irregular verbs from `data/verbs.yaml`. Knows spelling alone: which verbs advise is for the
rule files.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import yaml

from redactor.model import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

# Endings of the French conditional (Grevisse, Le bon usage, § 798), without the common r of the stem.
CONDITIONAL_ENDINGS: Final = ("rais", "rait", "rions", "riez", "raient")

_ER_PRESENT: Final = "er e es ons ez ent ant erai era eras erons erez eront erais erait erions eriez eraient".split()
_ER_OTHER: Final = "é ee ees ai a as ames ates erent ais ait ions iez aient".split()
_IR_PRESENT: Final = "ir is it issons issez issent issant irai ira irons iront irais irait irions iriez iraient".split()
_IR_OTHER: Final = "i ie ies isse isses issais issait issions issiez issaient irent".split()
_RE_PRESENT: Final = "re s ds d ons ez ent ant rai ra rons ront rais rait rions riez raient".split()
_RE_OTHER: Final = "u ue us ues ais ait aient is it irent".split()
_SIBILANTS: Final = ("s", "x", "z", "ch", "sh")


@lru_cache(maxsize=4096)
def forms_of(verb: str, *, lang: Lang, only_present: bool = False) -> frozenset[str]:
    """Forms of `verb` (an infinitive without accents), itself included, folded but for a last é.

    `only_present` leaves out the imperfect, the simple past and the past participle: those tell of advice that was
    given, the others give it.
    """
    irregular = _irregular(lang).get(verb)
    if irregular is not None:
        groups = (irregular["present"],) if only_present else (irregular["present"], irregular["other"])
        return frozenset(form for group in groups for form in group) | {verb}
    present, other = _english(verb) if lang is Lang.EN else _french(verb)
    return present if only_present else present | other


def is_conditional(word: str) -> bool:
    """True for a folded French word that ends like a conditional of consequence: no noun, no imperfect, no `devrait`."""
    return word.endswith(CONDITIONAL_ENDINGS) and word not in _exceptions() and len(word) > 5


def is_infinitive(word: str) -> bool:
    """True for a folded French word that ends like an infinitive and is not a listed noun or adjective."""
    ends = word.endswith(("er", "ir", "dre", "tre", "ire", "oir", "pre", "ore", "vre", "uire", "oire", "aire"))
    return ends and len(word) > 3 and word not in _not_infinitives()


def _french(verb: str) -> tuple[frozenset[str], frozenset[str]]:
    if verb.endswith("er"):
        return _er(verb[:-2])
    if verb.endswith("ir"):
        return _with(verb[:-2], _IR_PRESENT), _with(verb[:-2], _IR_OTHER)
    return _with(verb[:-2], _RE_PRESENT), _with(verb[:-2], _RE_OTHER)


def _er(stem: str) -> tuple[frozenset[str], frozenset[str]]:
    """Forms in -er: `manger` keeps an e before a and o; accents and cedillas are folded away already."""
    soft = "e" if stem.endswith("g") else ""
    present = {stem + soft + end if end[0] in "ao" else stem + end for end in _ER_PRESENT}
    other = {stem + soft + end if end[0] in "ao" else stem + end for end in _ER_OTHER}
    if stem.endswith(("pel", "jet")):
        present |= {stem + stem[-1] + end for end in _ER_PRESENT if end[0] == "e" and end not in {"er", "ez"}}
    return frozenset(present), frozenset(other)


def _english(verb: str) -> tuple[frozenset[str], frozenset[str]]:
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return frozenset({verb, verb[:-1] + "ies", verb + "ing"}), frozenset({verb[:-1] + "ied"})
    third = verb + ("es" if verb.endswith(_SIBILANTS) else "s")
    return frozenset({verb, third, stem + "ing"}), frozenset({stem + "ed"})


def _with(stem: str, endings: list[str]) -> frozenset[str]:
    return frozenset(stem + end for end in endings)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Mapping[str, Mapping[str, str]] | list[str]]:
    raw = files("redactor.text").joinpath("data", "verbs.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Mapping[str, Mapping[str, str]] | list[str]] = yaml.safe_load(raw)
    return data


@lru_cache(maxsize=4)
def _irregular(lang: Lang) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    verbs = _data().get(f"irregular_{lang.value}", {})
    assert isinstance(verbs, dict)
    return {verb: {tense: tuple(forms.split()) for tense, forms in tenses.items()} for verb, tenses in verbs.items()}


@lru_cache(maxsize=1)
def _exceptions() -> frozenset[str]:
    return frozenset(_data()["not_conditional"]) | frozenset(_data()["helping_conditional"])


@lru_cache(maxsize=1)
def _not_infinitives() -> frozenset[str]:
    return frozenset(_data()["not_infinitive"])
