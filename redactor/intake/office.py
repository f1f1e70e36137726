"""Prints and converts office files with LibreOffice, an optional program. The one place that calls it.

It runs without a window, in an empty profile of its own that forbids macros, links and updates, in a private folder
that the caller removes; the sandbox around it has no network. It is ended with all it started when time is out.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from redactor.errors import ConversionFailed, ConversionTimedOut, ConverterMissing, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = "soffice"
RESTART = frozenset({79, 81})  # exit codes by which it asks to be started again: a fresh profile is ready (desktop/app)
STARTS = 3  # times it is started for one file
_COMMON = "/org.openoffice.Office.Common"
SETTINGS: tuple[tuple[str, str, str, str], ...] = (  # path, property, type, value; LibreOffice's own schema
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "xs:int", "3"),  # none but from trusted places; none is
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "xs:boolean", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "xs:boolean", "true"),
    (f"{_COMMON}/Misc", "UseLocking", "xs:boolean", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "xs:int", "2"),  # never
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "xs:boolean", "false"),
    ("/org.openoffice.Office.WriterWeb/Content/Update", "Link", "xs:int", "2"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "xs:int", "2"),
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "xs:int", "1"),  # never: values as last saved
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "xs:int", "1"),
)  # fmt: skip


def program() -> str | None:
    """Path of LibreOffice; None where it is missing."""
    return shutil.which(PROGRAM)


def converted(data: bytes, *, soffice: str | None, ending: str, to: str, scratch: Path, seconds: float) -> bytes:
    """`data`, a file of kind `ending`, as kind `to`. `soffice` is the program's path, `scratch` a private folder.

    Raises ConverterMissing, ConversionFailed, ConversionTimedOut, TooLarge for a result over the limit of a file.
    """
    if soffice is None:
        raise ConverterMissing
    most = _room()
    source = scratch / f"in.{ending}"
    source.write_bytes(data)
    _write_profile(scratch / "profile")
    command = [
        _direct(soffice), f"-env:UserInstallation={(scratch / 'profile').as_uri()}", "--headless", "--invisible",
        "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
        "--convert-to", to, "--outdir", str(scratch / "out"), str(source),
    ]  # fmt: skip
    ended = min(RESTART)
    for _ in range(STARTS):
        ended = _run(command, scratch, seconds)
        if ended not in RESTART:
            break
    if ended == -signal.SIGXFSZ:
        raise TooLarge(limit_bytes=most)
    if ended != 0:
        raise ConversionFailed(exit=ended)
    made = scratch / "out" / f"in.{to.partition(':')[0]}"
    try:
        result = made.read_bytes()
    except OSError:
        raise ConversionFailed from None
    finally:
        shutil.rmtree(scratch / "out", ignore_errors=True)
    if not result:
        raise ConversionFailed
    return result


def _room() -> int:
    """Lets this process and what it starts write files as large as it may raise its limit to; gives that many bytes."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    return most


def _direct(found: str) -> str:
    """The program itself rather than the script that starts it, so that ending it ends all of it."""
    beside = Path(found).resolve().with_name("soffice.bin")
    return str(beside) if beside.is_file() else found


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse" oor:type="{kind}">'
        f"<value>{value}</value></prop></item>"
        for path, name, kind, value in SETTINGS
    )
    (folder / "user").mkdir(parents=True, exist_ok=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}'
        "</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], scratch: Path, seconds: float) -> int:
    """Its exit code."""
    environment = {
        "PATH": os.environ.get("PATH", ""), "HOME": str(scratch), "TMPDIR": str(scratch), "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp", "SAL_NO_CPU_PIN": "1",
    }  # fmt: skip
    with _started(command, scratch, environment) as child:
        try:
            return child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise ConversionTimedOut(seconds=round(seconds)) from None


@contextlib.contextmanager
def _started(command: list[str], scratch: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The program in a session of its own, which is ended whole on the way out."""
    try:
        child = subprocess.Popen(
            command,
            cwd=scratch,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  the child it runs in has one thread
        )
    except OSError:
        raise ConversionFailed from None
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _die_with_parent() -> None:
    import ctypes  # noqa: PLC0415  runs between fork and exec, where the module is already loaded

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG, prctl.h
