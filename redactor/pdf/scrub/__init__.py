"""Whitelist copy of a burned PDF into a new file: what no function here writes is absent from the copy."""
