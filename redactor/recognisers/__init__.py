"""Finds personal information: identifiers, contacts, dates, names, and what tells something about a person."""
