"""`redactor serve`: a process of its own answers without a question, on an empty folder, and ends when told."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STARTS_S = 90  # on a loaded machine


def test_it_starts_alone_and_names_the_command_for_the_first_user(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "redactor", "serve", "--data", str(tmp_path / "d"), "--port", str(port)]
    with subprocess.Popen(call, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            assert answer(f"http://127.0.0.1:{port}/healthz") == '{"status":"ok"}'
            assert "redactor user add" in answer(f"http://127.0.0.1:{port}/")
        finally:
            process.send_signal(signal.SIGTERM)  # SIGINT is ignored by what a shell started in the background
            try:
                out, err = process.communicate(timeout=STARTS_S)
            finally:
                process.kill()
    assert process.returncode == 0
    assert out == b""
    assert b"Traceback" not in err
    assert (tmp_path / "d" / "key").stat().st_mode & 0o077 == 0


def answer(address: str) -> str:
    until = time.monotonic() + STARTS_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=STARTS_S) as told:
                return str(told.read().decode("utf-8")).strip()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
