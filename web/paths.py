"""Paths of this service given from outside: only those that stay on it are followed."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request


def safe_path(given: str | None) -> str:
    """Path and query of `given` when it lies on this host; "/" for anything else."""
    try:
        parts = urlsplit(given or "")
    except ValueError:
        return "/"
    if parts.netloc and parts.netloc != request.host:
        return "/"
    if parts.scheme not in {"", "http", "https"} or not parts.path.startswith("/"):
        return "/"
    if parts.path.startswith("//") or "\\" in parts.path:
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")
