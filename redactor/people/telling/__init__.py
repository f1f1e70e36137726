"""Weighs every piece of a text by how likely it tells something of a private person, once it is known who is who."""

from __future__ import annotations
