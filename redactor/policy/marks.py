"""The mark notation of the corpus, `⟦LABEL.subtype key=value|words⟧`, for examples and cases.

Marks may nest. Without keys a mark says what the law makes of the words; with keys (`of=a`, `by=consultant`,
`element=work_phone`, `strength=WEAK`, `rule=...`, `id=1`) it says what they are before the law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from redactor.errors import BadMarks
from redactor.model import Span

OPEN, CLOSE = "⟦", "⟧"
_HEAD = re.compile(r"(?P<label>[A-Z]+(?:\.[a-z_]+)?)(?P<keys>(?: [a-z]+=[^\s|⟦⟧=]+){0,8})\|")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of the plain text; `keys` as written, `depth` 0 for an outermost mark."""

    label: str
    span: Span
    keys: tuple[tuple[str, str], ...] = ()
    depth: int = 0

    @property
    def family(self) -> str:
        """The label before its point."""
        return self.label.partition(".")[0]

    def get(self, key: str) -> str | None:
        """Value of one key."""
        return dict(self.keys).get(key)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and the marks, outer before inner, in the order of the text."""

    text: str
    marks: tuple[Mark, ...]


def parse(source: str) -> Marked:
    """The text and its marks. Raises BadMarks, with the line, on anything unbalanced, empty or malformed."""
    out: list[str] = []
    marks: list[Mark] = []
    stack: list[tuple[re.Match[str], int, int]] = []
    length, at, line = 0, 0, 1
    while at < len(source):
        char = source[at]
        if char == OPEN:
            head = _HEAD.match(source, at + 1)
            if head is None:
                raise BadMarks(line=line, problem="a mark without label and bar")
            stack.append((head, length, line))
            at = head.end()
            continue
        if char == CLOSE:
            marks.append(_closed(stack, length, line))
        else:
            out.append(char)
            length += 1
            line += char == "\n"
        at += 1
    if stack:
        raise BadMarks(line=stack[-1][2], problem="a mark is never closed")
    return Marked("".join(out), tuple(sorted(marks, key=lambda one: (one.span.start, one.depth))))


def _closed(stack: list[tuple[re.Match[str], int, int]], length: int, line: int) -> Mark:
    if not stack:
        raise BadMarks(line=line, problem="a mark is closed that was not opened")
    head, start, _ = stack.pop()
    if start == length:
        raise BadMarks(line=line, problem="an empty mark")
    keys = tuple((key, value) for key, _, value in (pair.partition("=") for pair in head["keys"].split()))
    return Mark(head["label"], Span(start, length), keys, len(stack))
