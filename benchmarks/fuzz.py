"""Mutation fuzzing of the reader and of the whole path: damaged files are read, burned, copied, proved and audited.

    python -m benchmarks.fuzz SECONDS [SEED]

A run ends well when every file gave a clean candidate or a typed error. What else may come: `crash` (a Python error
that is none of ours), `died` (the child was killed), `hang` (over the time limit), `leak` (the secret is read in a
file that the proof passed).
"""

from __future__ import annotations

import collections
import contextlib
import multiprocessing
import random
import resource
import signal
import sys
import time
import traceback
from typing import TYPE_CHECKING

from redactor.errors import RedactorError
from redactor.model import DocumentId
from redactor.pdf import candidate, reader, verifier
from redactor.pdf.opening import opened
from redactor.pdf.plan import BurnPlan
from redactor.pdf.tagging import tags_of
from redactor.pdf.verifier import Claims, Secret
from tests.pdf.traps import all_traps

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tests.pdf.kit import Trap

SECONDS_A_FILE = 20  # of processor time; of the clock fifteen times as many, for a child that sleeps
MEMORY = 4 << 30  # bytes of address space of a child
TOKENS = (
    b"/Font", b"/Contents", b"/Resources", b"/XObject", b"/Length", b"/Filter", b"/Widths", b"/W", b"/ToUnicode",
    b"endobj", b"endstream", b"BT", b"ET", b"Tj", b"TJ", b"Tf", b"cm", b"Do", b"null", b"<<", b">>", b"[", b"]", b"-1",
    b"0", b"99999999999", b"1e10", b"()", b"/Type3", b"/Pattern", b"/SMask", b"0 R", b"true",
)  # fmt: skip


def mutated(data: bytes, source: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(source.randint(1, 12)):
        at = source.randrange(len(made))
        match source.randrange(6):
            case 0:
                made[at] = source.randrange(256)
            case 1:
                del made[at : at + source.randint(1, 40)]
            case 2:
                made[at:at] = source.choice(TOKENS)
            case 3:
                token = source.choice(TOKENS)
                found = made.find(token, at)
                if found >= 0:
                    made[found : found + len(token)] = source.choice(TOKENS)
            case 4:
                made[at:at] = made[at : at + source.randint(1, 400)]
            case _:
                other = source.randrange(len(made))
                made[at : at + 20] = made[other : other + 20]
    return bytes(made)


def outcome(data: bytes, trap: Trap) -> str:
    try:
        read = reader.read(data, document_id=DocumentId("d1"))
    except RedactorError:
        read = None
    with contextlib.suppress(RedactorError):
        verifier.audit(data)
    tags = () if read is None else tags_of(read)
    try:
        made = candidate.make(data, plan=BurnPlan(trap.redactions(), title="Document", tags=tags))
    except RedactorError as error:
        return f"refused {error.code}" if read is None else f"read, then refused {error.code}"
    with opened(data) as work:
        sizes = tuple((frame.shown.width, frame.shown.height) for frame in work.frames)
    claims = Claims(trap.redactions(), sizes, title="Document")
    proof = verifier.prove(made.data, claims=claims)
    told = verifier.prove(made.data, claims=Claims(claims.redactions, sizes, (Secret("Quidonc"),), title="Document"))
    if proof.ok:
        return "clean" if told.ok else "clean, secret elsewhere"  # damage may move the words away from their box
    return "proof " + ",".join(sorted({leak.channel.value for leak in proof.leaks}))


def child(pipe: Connection, names: list[str], seeds: list[int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, seed in zip(names, seeds, strict=True):
        pipe.send((name, seed, "start", ""))
        signal.setitimer(signal.ITIMER_PROF, SECONDS_A_FILE)
        signal.alarm(15 * SECONDS_A_FILE)
        trap = all_traps()[name]
        try:
            pipe.send((name, seed, outcome(mutated(trap.data, random.Random(seed)), trap), ""))
        except Exception:  # noqa: BLE001 (that is what is looked for)
            pipe.send((name, seed, "crash", traceback.format_exc(limit=-4)))
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
    pipe.close()


def main(seconds: float, seed: int) -> int:
    source, end = random.Random(seed), time.monotonic() + seconds
    names, counts, shown = sorted(all_traps()), collections.Counter[str](), set[str]()
    while time.monotonic() < end:
        batch = [source.choice(names) for _ in range(25)]
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(
            target=child, args=(theirs, batch, [source.randrange(1 << 30) for _ in batch])
        )
        process.start()
        theirs.close()
        last = ("", 0)
        try:
            while True:
                name, number, result, trace = ours.recv()
                last = (name, number) if result == "start" else ("", 0)
                counts[result] += result != "start"
                if trace and trace[-200:] not in shown:
                    shown.add(trace[-200:])
                    print(f"{result}: {name} seed {number}\n{trace}", flush=True)
        except EOFError:
            process.join()
        if last[0]:
            kind = "hang" if process.exitcode in {-signal.SIGALRM, -signal.SIGPROF} else "died"
            counts[kind] += 1
            print(f"{kind}: {last[0]} seed {last[1]} exit {process.exitcode}", flush=True)
    for result, count in counts.most_common():
        print(f"{count:7} {result}")
    return int(any(counts[bad] for bad in ("crash", "died", "hang")))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
