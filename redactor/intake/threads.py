"""Groups messages of one exchange: by the ids they answer, else by their subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redactor.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redactor.intake.opened import Thread

REPLY = re.compile(r"(?:(?:re|fw|fwd|tr|rep|ref|aw|wg)\s?(?:\[\d{1,3}\])?\s?:\s?){1,20}")
LEAST_SUBJECT = 6  # letters of a subject that ties two messages; "note" or "suivi" would tie strangers


def subject_of(text: str) -> str:
    """The subject folded, without the marks of replies and forwards."""
    folded = " ".join(fold(text[:500]).split())
    marked = REPLY.match(folded)
    return folded[marked.end() :] if marked else folded


def groups(found: Sequence[Thread | None]) -> tuple[str | None, ...]:
    """A name of thread (`t1`, `t2`, ...) for each message, None for what is no message."""
    roots: dict[str, int] = {}
    parents = list(range(len(found)))

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    for number, thread in enumerate(found):
        for key in keys_of(thread):
            parents[root(number)] = root(roots.setdefault(key, number))
    names: dict[int, str] = {}
    return tuple(
        None if thread is None else names.setdefault(root(number), f"t{len(names) + 1}")
        for number, thread in enumerate(found)
    )


def keys_of(thread: Thread | None) -> tuple[str, ...]:
    """What ties a message to others: ids, and a subject that is long enough to tell something."""
    if thread is None:
        return ()
    subject = (f"subject:{thread.subject}",) if len(thread.subject) >= LEAST_SUBJECT else ()
    return (*(f"id:{one}" for one in thread.ids), *subject)
