"""Writes the lock files: universal, with hashes, without addresses. Needs uv; `make lock` calls it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUN_EXTRAS = ("en", "web", "oidc", "cluster")
UV = (
    "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links",
    "--no-strip-extras",  # pip takes a pinned `coverage` for another thing than `coverage[toml]`
)  # fmt: skip


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    run = [*project["dependencies"], *(one for extra in RUN_EXTRAS for one in extras[extra])]
    compile_lock(run, "requirements.lock", constraints=())
    compile_lock(extras["build"], "requirements-build.lock", constraints=("requirements.lock",))
    compile_lock(extras["dev"], "requirements-dev.lock", constraints=("requirements.lock", "requirements-build.lock"))
    return 0


def compile_lock(requirements: list[str], target: str, *, constraints: tuple[str, ...]) -> None:
    limits = [part for one in constraints for part in ("--constraint", str(ROOT / one))]
    with tempfile.NamedTemporaryFile("w", suffix=".in") as source:
        source.write("\n".join(requirements))
        source.flush()
        subprocess.run([*UV, *limits, source.name, "--output-file", str(ROOT / target)], check=True)
    if "://" in (ROOT / target).read_text("utf-8"):
        sys.exit(f"{target} holds an address")


if __name__ == "__main__":
    sys.exit(main())
