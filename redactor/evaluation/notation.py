"""The marks of annotated text, `⟦LABEL.subtype|words⟧`: parsing them and naming what they may say.

Front matter and files belong to `corpus`, what is wrong with a well-formed document to `faults`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

OPEN, CLOSE = "⟦", "⟧"
HEAD = re.compile(OPEN + r"([A-Z]{1,12})(?:\.([a-z_]{1,20}))?\|")

PI_KINDS = (
    "name address phone email dob age sin ramq licence student_code employee_no bank card health family salary "
    "evaluation discipline signature ip plate immigration origin other"
)
PI_SUBTYPES = frozenset(PI_KINDS.split())
LABELS: dict[str, frozenset[str]] = {  # label -> its subtypes; docs of the marks: tests/corpus/GUIDE.md
    "PI": PI_SUBTYPES,
    "AVIS": frozenset({"staff", "consultant"}),
    "PUBLIC": frozenset(),
    "ANALYSE": frozenset(),
    "CABINET": frozenset(),
    "NOTE": frozenset(),
    "FAIT": frozenset(),
}
PASSAGES = ("AVIS", "ANALYSE", "CABINET", "NOTE")  # labels of what is withheld as a passage
PROVISION = {"PI": "53", "AVIS": "37", "ANALYSE": "39", "CABINET": "34", "NOTE": "9"}


class NotationError(ValueError):
    """Marks that cannot be read. Tells the line (from 1) and what is wrong, never the words."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line, self.message = line, message


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: half-open range of the plain text, nesting depth (0 outermost), line of its opening."""

    label: str
    subtype: str | None
    start: int
    end: int
    depth: int
    line: int

    @property
    def kind(self) -> str:
        """`PI.name`, or the label alone."""
        return f"{self.label}.{self.subtype}" if self.subtype else self.label


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Plain text, and its marks sorted by start, outer before inner."""

    text: str = field(repr=False)
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class _Reader:
    line: int
    out: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    stack: list[tuple[str, str | None, int, int]] = field(default_factory=list)

    def open(self, source: str, at: int) -> int:
        head = HEAD.match(source, at)
        if not head:
            raise NotationError(self.line, "malformed mark")
        label, subtype = head.groups()
        if label not in LABELS:
            raise NotationError(self.line, f"unknown label {label}")
        if subtype and subtype not in LABELS[label]:
            raise NotationError(self.line, f"unknown subtype {label}.{subtype}")
        self.stack.append((label, subtype, len(self.out), self.line))
        return head.end()

    def close(self) -> None:
        if not self.stack:
            raise NotationError(self.line, f"{CLOSE} without its {OPEN}")
        label, subtype, start, line = self.stack.pop()
        if start == len(self.out):
            raise NotationError(line, f"empty mark {label}")
        self.marks.append(Mark(label, subtype, start, len(self.out), len(self.stack), line))

    def take(self, char: str) -> None:
        self.out.append(char)
        self.line += char == "\n"


def parse_marks(source: str, *, first_line: int = 1) -> MarkedText:
    """The plain text and the marks of `source`; `first_line` is the line on which it begins in its file.

    Raises NotationError on an unbalanced, malformed, unknown or empty mark.
    """
    reader, at = _Reader(line=first_line), 0
    while at < len(source):
        if source[at] == OPEN:
            at = reader.open(source, at)
            continue
        if source[at] == CLOSE:
            reader.close()
        else:
            reader.take(source[at])
        at += 1
    if reader.stack:
        label, _, _, line = reader.stack[-1]
        raise NotationError(line, f"mark {label} is never closed")
    marks = sorted(reader.marks, key=lambda mark: (mark.start, -mark.end, mark.depth))
    return MarkedText("".join(reader.out), tuple(marks))
