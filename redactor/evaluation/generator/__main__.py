"""Writes the generated documents into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from redactor.evaluation.generator.write import generate

if __name__ == "__main__":
    print(generate(Path(sys.argv[1])), "documents")
