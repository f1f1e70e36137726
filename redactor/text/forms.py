"""Forms of French and English verbs, without accents, and the French conditional told by its endings.

Regular endings by rule, irregular verbs from `data/verbs.yaml`. Knows spelling alone: which verbs advise is for the
rule files.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from redactor.model import Lang

if TYPE_CHECKING:
    from collections.abc import Mapping

# Endings of the French conditional (Grevisse, Le bon usage, § 798), without the common r of the stem.
CONDITIONAL_ENDINGS: Final = ("rais", "rait", "rions", "riez", "raient")

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
    """True for a folded French word that ends like a conditional of consequence: no noun, imperfect or `devrait`."""
    return word.endswith(CONDITIONAL_ENDINGS) and word not in _exceptions() and len(word) > 5


def is_infinitive(word: str) -> bool:
    """True for a folded French word that ends like an infinitive and is not a listed noun or adjective."""
    ends = word.endswith(("er", "ir", "dre", "tre", "ire", "oir", "pre", "ore", "vre", "uire", "oire", "aire"))
    return ends and len(word) > 3 and word not in _not_infinitives()


@lru_cache(maxsize=16)
def words_of(name: str) -> frozenset[str]:
    """A list of words of grammar from the data: pronouns, prepositions, determiners of both languages."""
    return frozenset(_data()[name])


def _french(verb: str) -> tuple[frozenset[str], frozenset[str]]:
    kind = verb[-2:] if verb[-2:] in {"er", "ir"} else "re"
    endings = _data()[f"endings_{kind}"]
    present, other = (_joined(verb[:-2], endings[tense].split()) for tense in ("present", "other"))
    if verb.endswith(("peler", "jeter")):
        present |= frozenset(verb[:-2] + verb[-3] + ending for ending in endings["present"].split() if ending != "er")
    return present, other


def _joined(stem: str, endings: list[str]) -> frozenset[str]:
    """Stem and endings: `manger` keeps an e before a and o; accents and cedillas are folded away already."""
    soft = stem.endswith("g")
    return frozenset(stem + ("e" if soft and ending[0] in "ao" else "") + ending for ending in endings)


def _english(verb: str) -> tuple[frozenset[str], frozenset[str]]:
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return frozenset({verb, verb[:-1] + "ies", verb + "ing"}), frozenset({verb[:-1] + "ied"})
    third = verb + ("es" if verb.endswith(_SIBILANTS) else "s")
    return frozenset({verb, third, stem + "ing"}), frozenset({stem + "ed"})


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    raw = files("redactor.text").joinpath("data", "verbs.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = yaml.safe_load(raw)
    return data


@lru_cache(maxsize=4)
def _irregular(lang: Lang) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    verbs = _data().get(f"irregular_{lang.value}", {})
    return {verb: {tense: tuple(forms.split()) for tense, forms in tenses.items()} for verb, tenses in verbs.items()}


@lru_cache(maxsize=1)
def _exceptions() -> frozenset[str]:
    return words_of("not_conditional") | words_of("helping_conditional")


@lru_cache(maxsize=1)
def _not_infinitives() -> frozenset[str]:
    return words_of("not_infinitive")
