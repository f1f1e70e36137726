"""Where the product keeps its data when nobody says so: the folder of the XDG base directory specification."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """`$XDG_DATA_HOME/redactor`, or `~/.local/share/redactor`."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share") / "redactor"
