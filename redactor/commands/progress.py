"""How far a run is, on stderr: a bar on a terminal, a plain line now and then anywhere else, nothing when asked."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from redactor.outcome import Phase, Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

PLAIN_SECONDS = 10.0  # between two lines where stderr is no terminal: six a minute in a log
NAMES = {
    Phase.READ: "lecture / reading", Phase.FIND: "analyse / analysis", Phase.MAKE: "caviardage et preuve / redaction",
}  # fmt: skip


class Shown(Progress):
    """Pages done of all, pages a second, time left, documents left to a person. Several threads may tell."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._lock = threading.Lock()
        self._request = ""
        self._failures = 0
        self._name, self._pages, self._done = "", 0, 0
        self._started = self._told = clock()
        self._bar: Any = None

    def request(self, number: int, total: int) -> None:
        """The next request begins."""
        self._request = f"{number}/{total} " if total > 1 else ""

    def begin(self, phase: Phase, pages: int) -> None:
        """A new bar."""
        with self._lock:
            self._name, self._pages, self._done = f"{self._request}{NAMES[phase]}", pages, 0
            self._started = self._clock()
            self._close()
            if self._stream.isatty():
                self._bar = tqdm(total=pages, desc=self._name, unit=" p", file=self._stream, leave=False)
                self._bar.set_postfix_str(self._left_over())

    def done(self, pages: int) -> None:
        """Moves the bar, or writes a line when the last one is old."""
        with self._lock:
            self._done += pages
            if self._bar is not None:
                self._bar.update(pages)
            elif self._clock() - self._told >= PLAIN_SECONDS:
                self._told = self._clock()
                print(self._line(), file=self._stream, flush=True)

    def failed(self) -> None:
        """Counts one more."""
        with self._lock:
            self._failures += 1
            if self._bar is not None:
                self._bar.set_postfix_str(self._left_over())

    def close(self) -> None:
        """Takes the bar off the terminal."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _left_over(self) -> str:
        return f"{self._failures} à examiner / for a person"

    def _line(self) -> str:
        rate = self._done / max(self._clock() - self._started, 0.001)
        left = round((self._pages - self._done) / rate) if rate else 0
        time_left = f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
        return (
            f"{self._name} : {self._done}/{self._pages} p., {rate:.1f} p./s, "
            f"reste / left {time_left}, {self._left_over()}"
        )


def shown(*, quiet: bool) -> Progress:
    """The progress of a command."""
    return Progress() if quiet else Shown(sys.stderr)
