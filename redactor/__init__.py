"""Redactor: access-to-information redaction for Québec's public bodies. See `docs/design.md`."""

__version__ = "0.1.0"
