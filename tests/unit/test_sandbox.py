"""The child: what it may not do, and how each of its ends is told to the caller, who lives on."""

from __future__ import annotations

import os
import resource
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Lock, Timer

import pytest

from redactor.errors import Crashed, EncryptedDocument, Interrupted, OutOfMemory, RedactorError, TimedOut
from redactor.sandbox import Sandbox
from redactor.settings import MIB, Limits

SECRET = "Zyxw Secretowski"


def length(data: bytes) -> int:
    return len(data)


def environment(_data: bytes) -> list[str]:
    return sorted(os.environ)


def reach_out(_data: bytes) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(("127.0.0.1", 9)) == 101  # ENETUNREACH: there is no network at all


def ask_memory(_data: bytes) -> int:
    return len(bytearray(8 << 30))


def abort(_data: bytes) -> None:
    os.abort()


def hang(_data: bytes) -> None:
    time.sleep(60)


def refuse(_data: bytes) -> None:
    raise EncryptedDocument(document="d1")


def quote(_data: bytes) -> None:
    raise ValueError(SECRET)


def limits(_data: bytes) -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CORE)[0]


def file_limits(_data: bytes) -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_FSIZE)


def write_much(_data: bytes, *, path: str) -> None:
    Path(path).write_bytes(bytes(4 * MIB))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(seconds=30, memory_bytes=4096 * MIB, scratch_bytes=2 * MIB)) as one:
        yield one


def test_bytes_go_in_and_a_value_comes_out(sandbox: Sandbox) -> None:
    assert sandbox.call(length, b"abc") == 3


def test_the_child_has_no_environment_to_tell(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    assert not set(sandbox.call(environment, b"")) & {"SECRET_KEY", "HOME", "USER"}


def test_the_child_writes_little_but_may_let_a_converter_write_a_whole_file(sandbox: Sandbox) -> None:
    assert sandbox.call(file_limits, b"") == (2 * MIB, Limits().print_bytes)


def test_the_child_has_limits(sandbox: Sandbox) -> None:
    memory, core = sandbox.call(limits, b"")
    assert (memory, core) == (4096 * MIB, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may cut a process off the network here")
def test_the_child_has_no_network(sandbox: Sandbox) -> None:
    assert sandbox.call(reach_out, b"")


@pytest.mark.parametrize(
    ("task", "error"), [(abort, Crashed), (ask_memory, OutOfMemory), (refuse, EncryptedDocument), (quote, Crashed)]
)
def test_every_end_has_its_error_and_the_caller_lives_on(
    sandbox: Sandbox, task: object, error: type[RedactorError]
) -> None:
    with pytest.raises(error) as caught:
        sandbox.call(task, b"")  # type: ignore[arg-type]
    assert SECRET not in str(caught.value)
    assert sandbox.call(length, b"abc") == 3


def test_the_child_cannot_fill_the_disk(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(Crashed):
        sandbox.call(write_much, b"", path=str(tmp_path / "x"))
    assert (tmp_path / "x").stat().st_size <= 2 * MIB


def test_a_child_that_hangs_is_ended() -> None:
    with Sandbox(limits=Limits(seconds=0.5)) as one, pytest.raises(TimedOut):
        one.call(hang, b"")


def test_a_stopped_sandbox_says_so_to_who_waits() -> None:
    with Sandbox(limits=Limits(seconds=30)) as one:
        Timer(0.5, one.stop).start()
        with pytest.raises((Interrupted, Crashed)):
            one.call(hang, b"")


def test_a_call_after_the_stop_is_refused_at_once() -> None:
    with Sandbox(limits=Limits(seconds=30)) as one:
        one.stop()
        with pytest.raises(Interrupted):
            one.call(hang, b"")


def test_a_child_that_cannot_be_started_is_a_crash_of_one_file(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> object:
        def start(*_args: object) -> None:
            raise BrokenPipeError

        return lambda _task: start

    monkeypatch.setattr("redactor.sandbox.process", broken)
    with pytest.raises(Crashed):
        sandbox.call(length, b"abc")


def test_time_grows_with_the_file_and_has_an_end() -> None:
    assert Limits().for_size(0).seconds == Limits().seconds
    assert Limits().for_size(10 * MIB).seconds == Limits().seconds + 600
    assert Limits().for_size(10_000 * MIB).seconds == 10_800


@pytest.mark.parametrize("at_once", [1, 3])
def test_parts_of_a_file_come_back_in_order_and_several_are_treated_at_a_time(at_once: int) -> None:
    gate = Barrier(at_once)

    def part(number: int) -> int:
        gate.wait(30)
        return -number

    with Sandbox(at_once=at_once) as one:
        assert one.each(part, range(3)) == (0, -1, -2)
        assert one.each(part, ()) == ()


def test_no_more_parts_at_once_than_asked_for_over_all_files() -> None:
    now, most, lock = [0], [0], Lock()

    def part(_: int) -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        with lock:
            now[0] -= 1

    with Sandbox(at_once=2) as one, ThreadPoolExecutor(4) as files:
        list(files.map(lambda _: one.each(part, range(40)), range(4)))
    assert 1 <= most[0] <= 2


@pytest.mark.parametrize("at_once", [1, 2])
def test_a_part_that_fails_ends_the_file_with_its_error(at_once: int) -> None:
    def part(_: int) -> None:
        raise EncryptedDocument(document="d1")

    with Sandbox(at_once=at_once) as one, pytest.raises(EncryptedDocument):
        one.each(part, range(3))
