"""Runs what parses an untrusted file in a child process with limits. It limits damage; it is no jail.

A child treats one file and ends. It gets its bytes by pipe, an empty environment, no network where the system can
forbid it, and limits of time, memory and written bytes; it dies with its parent. What it does not stop stands in
`docs/security.md`. Pebble is used here and, for processes that stay, in `finding`.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import resource
import signal
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pebble import ProcessExpired
from pebble.concurrent import process

from redactor.errors import Crashed, Interrupted, OutOfMemory, RedactorError, TimedOut
from redactor.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from multiprocessing.context import ForkServerContext
    from types import TracebackType

S = TypeVar("S")
T = TypeVar("T")

PRELOADED = ("redactor.pdf.reader", "redactor.pdf.candidate", "redactor.pdf.verifier")  # imported once, then forked
_KEPT_ENVIRONMENT = frozenset({"LANG", "LC_ALL", "PATH", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"})
_CLONE_NEWNET = 0x40000000  # sched.h
_PR_SET_PDEATHSIG = 1  # prctl.h
_PR_SET_NO_NEW_PRIVS = 38  # prctl.h


def children() -> ForkServerContext:
    """How children are started: forked from a server that has imported what reads a PDF, and nothing else."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


class Sandbox:
    """Children for untrusted files. Use as a context manager: leaving it ends them all.

    `at_once` tells how many parts of files `each` treats at a time, over all that call it.
    """

    def __init__(self, *, limits: Limits | None = None, at_once: int = 1) -> None:
        self._limits, self._at_once = limits or Limits(), at_once
        self._places = threading.BoundedSemaphore(at_once)
        self._waited_for: set[Any] = set()
        self._is_stopped = threading.Event()
        self._context = children()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Ends every child now, for good; calls that wait, or come later, raise Interrupted."""
        self._is_stopped.set()
        for future in tuple(self._waited_for):
            future.cancel()

    def each(self, task: Callable[[S], T], items: Sequence[S]) -> tuple[T, ...]:
        """`task` of every part of a file, several at a time, in order. Raises what a task raises; the rest is left."""
        if self._at_once == 1 or len(items) == 1:
            return tuple(map(task, items))
        threads = ThreadPoolExecutor(self._at_once)
        try:
            return tuple(threads.map(partial(self._placed, task), items))
        finally:
            threads.shutdown(cancel_futures=True)

    def _placed(self, task: Callable[[S], T], item: S) -> T:
        with self._places:
            return task(item)

    def call(self, task: Callable[..., T], data: bytes, /, **options: object) -> T:
        """What `task(data, **options)` returns, run in a child that ends afterwards. Several threads may call.

        Raises the RedactorError that the task raised, or TimedOut, OutOfMemory or Crashed. Nothing that a library
        said of the file is passed on.
        """
        seconds = self._limits.for_size(len(data)).seconds
        run = process(context=self._context, timeout=seconds)(_guarded)
        try:
            future = run(task, data, options, self._limits)
        except OSError:  # no process, no memory, no descriptor left, or the server of forks is gone
            raise Crashed(kind="start") from None
        self._waited_for.add(future)
        if self._is_stopped.is_set():  # also while the child was being started
            future.cancel()
        try:
            result: T = answer_of(future, seconds=seconds)
        finally:
            self._waited_for.discard(future)
        return result


def answer_of(future: Future[T], *, seconds: float) -> T:
    """What a child answers. Raises the RedactorError it raised, TimedOut after `seconds`, Crashed, Interrupted."""
    try:
        return future.result()
    except TimeoutError:
        raise TimedOut(seconds=round(seconds)) from None
    except ProcessExpired as expired:
        raise Crashed(exit=expired.exitcode) from None
    except CancelledError:
        raise Interrupted from None


def _guarded(task: Callable[..., T], data: bytes, options: dict[str, object], limits: Limits) -> T:
    """Runs in the child of one file."""
    _confine(limits)
    return without_words(partial(task, data, **options))


def without_words(task: Callable[[], T]) -> T:
    """Runs in a child: our own errors go back as they are, all others without their words."""
    try:
        return task()
    except RedactorError:
        raise
    except MemoryError:
        raise OutOfMemory from None
    except Exception as error:  # noqa: BLE001  the last handler of the child: a library's message may quote the file
        raise Crashed(kind=type(error).__name__) from None


def _confine(limits: Limits) -> None:
    """Runs in the child before its task. What the system refuses is left out; `doctor` tells."""
    libc = end_with_parent()
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.unshare(_CLONE_NEWNET)
    for name in set(os.environ) - _KEPT_ENVIRONMENT:
        del os.environ[name]
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, limits.scratch_bytes, most=limits.print_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def end_with_parent() -> ctypes.CDLL:
    """Runs in a child: it ends when its parent does, and leaves Ctrl-C to it. Gives the library that was asked."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return libc


def _limit(kind: int, value: int, *, most: int | None = None) -> None:
    """Sets a limit; `most` is how far the child may raise it, no further than it is where it is None."""
    _, hard = resource.getrlimit(kind)
    ceiling = value if most is None else most
    if hard != resource.RLIM_INFINITY:
        ceiling = min(ceiling, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (min(value, ceiling), ceiling))
