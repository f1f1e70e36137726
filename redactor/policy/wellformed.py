"""What a pack must satisfy as a whole before anything is run on it: ids, periods, names, references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redactor.errors import BadPack
from redactor.model import Effect, Lang
from redactor.policy import versions
from redactor.policy.conditions import VOCABULARY
from redactor.policy.pack import lexicon_of
from redactor.policy.schema import Not, TextStatus, Unit
from redactor.text.phrases import PhraseError, compile_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from redactor.policy.pack import Pack, Source
    from redactor.policy.schema import Test

Fault = tuple[tuple[Any, ...], str]  # path of a key in the file, what is wrong there


def problems(pack: Pack) -> tuple[BadPack, ...]:
    """Every fault, in the order of files."""
    found = [
        BadPack(file=source.file, line=source.loaded.line_of(path), key=".".join(map(str, path)), problem=problem)
        for source in pack.sources
        for rule in _RULES
        for path, problem in rule(source, pack)
    ]
    return (*found, *_of_head(pack))


def _of_head(pack: Pack) -> list[BadPack]:
    head = pack.head
    found = [
        BadPack(file="pack.yaml", line=1, key=f"questions.{fact}", problem="unknown fact or value")
        for fact, ask in head.questions.items()
        if fact not in VOCABULARY or not set(ask.values) <= (VOCABULARY[fact] or set())
    ]
    if not pack.sources:
        found.append(BadPack(file="pack.yaml", line=1, problem="a pack without rules"))
    return found


def _id(source: Source, pack: Pack) -> Iterator[Fault]:
    if not source.rule.id.startswith(f"{pack.head.id}/"):
        yield ("id",), f"an id of this pack begins with {pack.head.id}/"
    twins = [one.file for one in pack.sources if one.rule.id == source.rule.id]
    if len(twins) > 1:
        yield ("id",), f"also the id of {next((t for t in twins if t != source.file), source.file)}"


def _periods(source: Source, _: Pack) -> Iterator[Fault]:
    for index, problem in versions.faults(source.rule.versions):
        yield ("versions", index, "from"), problem


def _quoted(source: Source, pack: Pack) -> Iterator[Fault]:
    for index, version in enumerate(source.rule.versions):
        whole = pack.texts.printable(version.cite.section, Lang.FR) is not None
        if version.text is TextStatus.VERIFIED and version.until is None and not whole:
            yield ("versions", index, "text"), "verified, but texts/ does not hold the whole wording"


def _facts(source: Source, _: Pack) -> Iterator[Fault]:
    yield from _tests(source.rule.applies_when, ("applies_when",))
    for index, exception in enumerate(source.rule.exceptions):
        yield from _tests(exception.when, ("exceptions", index, "when"))
    for index, version in enumerate(source.rule.versions):
        at = ("versions", index)
        days = [("limit", key, getattr(version.limit, key)) for key in ("after", "until", "also") if version.limit]
        days += [("ends", key, getattr(version.ends, key)) for key in ("at", "until", "also") if version.ends]
        for name, key, fact in days:
            if fact is not None and VOCABULARY.get(fact, frozenset()) is not None:
                yield (*at, name, key), "not a fact that is a date"
        if version.ends:
            yield from _tests(version.ends.when, (*at, "ends", "when"))


def _tests(tests: Mapping[str, Test], at: tuple[Any, ...]) -> Iterator[Fault]:
    for fact, wanted in tests.items():
        values = wanted.none_of if isinstance(wanted, Not) else wanted
        allowed = VOCABULARY.get(fact, frozenset())
        if fact not in VOCABULARY:
            yield (*at, fact), "unknown fact"
        elif allowed is None or not set(values) <= allowed:
            yield (*at, fact), "not a value of this fact"


def _exceptions(source: Source, _: Pack) -> Iterator[Fault]:
    names = [one.id for one in source.rule.exceptions]
    for index, exception in enumerate(source.rule.exceptions):
        if names.count(exception.id) > 1:
            yield ("exceptions", index, "id"), "two exceptions of one id"
        if not set(exception.unless) <= set(names):
            yield ("exceptions", index, "unless"), "no exception of that id"
        elif exception.only_when_stated and source.rule.effect is not Effect.PUBLIC:
            yield ("exceptions", index, "only_when_stated"), "a missing fact never narrows what a ground withholds"
        elif _returns_to(exception.id, {one.id: one.unless for one in source.rule.exceptions}):
            yield ("exceptions", index, "unless"), "a cycle of exceptions"


def _returns_to(start: str, edges: Mapping[str, tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    todo = list(edges[start])
    while todo:
        one = todo.pop()
        if one == start:
            return True
        if one not in seen:
            seen.add(one)
            todo.extend(edges.get(one, ()))
    return False


def _references(source: Source, pack: Pack) -> Iterator[Fault]:
    rule = source.rule
    ids = {one.rule.id: one.rule for one in pack.sources}
    sections = {version.cite.section for one in pack.sources for version in one.rule.versions}
    if rule.cues_from is not None and (rule.cues_from not in ids or not ids[rule.cues_from].cues):
        yield ("cues_from",), "no rule of that id has cues"
    for section in (*rule.cancels.sections, *(one.removeprefix("s") for one in rule.waiver_keeps)):
        if section.lstrip("0") not in sections:
            yield ("cancels" if section in rule.cancels.sections else "waiver_keeps",), f"no ground cites {section}"


def _cues(source: Source, pack: Pack) -> Iterator[Fault]:
    for lang, by_role in source.rule.cues.items():
        for role, phrases in by_role.items():
            for index, phrase in enumerate(phrases):
                if phrases.index(phrase) != index:
                    yield ("cues", lang.value, role.value, index), "a phrase given twice"
        yield from _phrases(source, pack, lang)
    if source.rule.cues and source.rule.manual:
        yield ("manual",), "a manual ground has no cues"
    if source.rule.cues and source.rule.unit is Unit.DOCUMENT and not source.rule.applies_when:
        yield ("unit",), "cues alone never take a whole document: say when the rule applies"


def _phrases(source: Source, pack: Pack, lang: Lang) -> Iterator[Fault]:
    lexicon = lexicon_of(source.rule, pack.classes())
    try:
        compile_phrases(lexicon.cues, classes=lexicon.classes, lang=lang)
    except PhraseError as error:
        yield ("cues", lang.value, *(error.facts[key] for key in ("role", "place"))), "a phrase that means nothing"


def _languages(source: Source, pack: Pack) -> Iterator[Fault]:
    """A rule that reads one language alone leaves the other's words readable: the pack must say so."""
    read = {lang for lang, by_role in source.rule.cues.items() if any(by_role.values())}
    if len(read) == 1 and source.rule.id not in pack.head.one_language:
        yield ("cues",), "cues in one language: add the other, or say why not in pack.yaml, one_language"
    if len(read) > 1 and source.rule.id in pack.head.one_language:
        yield ("cues",), "cues in both languages, yet named in pack.yaml, one_language"


_RULES: tuple[Callable[[Source, Pack], Iterator[Fault]], ...] = (
    _id, _periods, _quoted, _facts, _exceptions, _references, _cues, _languages,
)  # fmt: skip
