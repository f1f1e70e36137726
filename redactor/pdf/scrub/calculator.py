"""The PostScript calculator of ISO 32000-1, 7.10.5: parses a program and runs it on numbers."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from redactor.pdf.plan import OutsideSchema, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Step = float | str | list["Step"]

PROGRAM_LIMIT = 20_000  # bytes of one program
STACK_LIMIT = 100  # numbers on the stack; ISO 32000-1, annex C
DEPTH_LIMIT = 16  # blocks within blocks

_TOKEN = re.compile(rb"%[^\r\n]*|[{}]|[^\s{}%]+")

ONE: dict[str, Callable[[float], float]] = {
    "abs": abs, "neg": lambda a: -a, "ceiling": math.ceil, "floor": math.floor, "round": lambda a: math.floor(a + 0.5),
    "truncate": math.trunc, "sqrt": lambda a: math.sqrt(max(a, 0.0)), "sin": lambda a: math.sin(math.radians(a)),
    "cos": lambda a: math.cos(math.radians(a)), "ln": lambda a: math.log(max(a, 1e-9)),
    "log": lambda a: math.log10(max(a, 1e-9)), "cvi": math.trunc, "cvr": float, "not": lambda a: float(not a),
}  # fmt: skip
TWO: dict[str, Callable[[float, float], float]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b if b else 0.0, "idiv": lambda a, b: math.trunc(a / b) if b else 0.0,
    "mod": lambda a, b: math.fmod(a, b) if b else 0.0, "atan": lambda a, b: math.degrees(math.atan2(a, b)) % 360,
    "eq": lambda a, b: float(a == b), "ne": lambda a, b: float(a != b), "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b), "lt": lambda a, b: float(a < b), "le": lambda a, b: float(a <= b),
    "and": lambda a, b: float(int(a) & int(b)), "or": lambda a, b: float(int(a) | int(b)),
    "xor": lambda a, b: float(int(a) ^ int(b)), "exp": lambda a, b: max(a, 0.0) ** b,
    "bitshift": lambda a, b: float(int(a) << int(b)) if 0 <= b < 32 else float(int(a) >> min(int(-b), 63)),
}  # fmt: skip
CONSTANTS = {"true": 1.0, "false": 0.0}
ERRORS = (IndexError, ValueError, OverflowError, ZeroDivisionError, TypeError)


def parsed(data: bytes) -> list[Step]:
    """The steps of a program. Raises OutsideSchema for what is none."""
    if len(data) > PROGRAM_LIMIT:
        raise OutsideSchema(Reason.SHADING)
    words = (found.group(0).decode("latin-1") for found in _TOKEN.finditer(data) if not found.group(0).startswith(b"%"))
    if next(words, "") != "{":
        raise OutsideSchema(Reason.SHADING)
    return _block(words, 0)


def _block(words: Iterator[str], depth: int) -> list[Step]:
    if depth > DEPTH_LIMIT:
        raise OutsideSchema(Reason.SHADING)
    steps: list[Step] = []
    for word in words:
        if word == "}":
            return steps
        steps.append(_block(words, depth + 1) if word == "{" else _step(word))
    raise OutsideSchema(Reason.SHADING)


def _step(word: str) -> float | str:
    try:
        return float(word)
    except ValueError:
        return word


def run(steps: Sequence[Step], inputs: Sequence[float]) -> list[float]:
    """The stack after the program. Raises OutsideSchema when it fails."""
    stack = list(inputs)
    try:
        _run(steps, stack)
    except ERRORS:
        raise OutsideSchema(Reason.SHADING) from None
    return stack


def _run(steps: Sequence[Step], stack: list[float]) -> None:
    for at, step in enumerate(steps):
        if len(stack) > STACK_LIMIT:
            raise ValueError("stack")
        if isinstance(step, float):
            stack.append(step)
        elif isinstance(step, str):
            _word(step, stack, steps[:at])


def _word(word: str, stack: list[float], before: Sequence[Step]) -> None:
    if word in ONE:
        stack.append(float(ONE[word](stack.pop())))
    elif word in TWO:
        second, first = stack.pop(), stack.pop()
        stack.append(float(TWO[word](first, second)))
    elif word in CONSTANTS:
        stack.append(CONSTANTS[word])
    elif word in {"if", "ifelse"}:
        _branch(word, stack, before)
    else:
        _shuffle(word, stack)


def _branch(word: str, stack: list[float], before: Sequence[Step]) -> None:
    holds = bool(stack.pop())
    block = before[-1] if word == "if" or not holds else before[-2]
    if not isinstance(block, list):
        raise TypeError("block")
    if word == "ifelse" or holds:
        _run(block, stack)


def _shuffle(word: str, stack: list[float]) -> None:
    match word:
        case "pop":
            stack.pop()
        case "dup":
            stack.append(stack[-1])
        case "exch":
            stack[-1], stack[-2] = stack[-2], stack[-1]
        case "copy":
            count = int(stack.pop())
            stack += _top(stack, count)
        case "index":
            stack.append(_top(stack, int(stack.pop()) + 1)[0])
        case "roll":
            _roll(stack, by=int(stack.pop()), count=int(stack.pop()))
        case _:
            raise ValueError("word")


def _top(stack: list[float], count: int) -> list[float]:
    if not 0 <= count <= len(stack):
        raise ValueError("count")
    return stack[len(stack) - count :]


def _roll(stack: list[float], *, by: int, count: int) -> None:
    part = _top(stack, count)
    if count:
        by %= count
        stack[len(stack) - count :] = part[count - by :] + part[: count - by]
