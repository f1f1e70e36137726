"""The independent check of a written file: `prove` against claims, `audit` for files made by others.

Reads with pikepdf, pypdfium2 and pdfplumber; never with PyMuPDF, which wrote the page.
"""

from __future__ import annotations

from redactor.pdf.verifier.audit import audit
from redactor.pdf.verifier.claims import Channel, Claims, Leak, Proof, Release, Secret, release_of
from redactor.pdf.verifier.prove import prove

__all__ = ["Channel", "Claims", "Leak", "Proof", "Release", "Secret", "audit", "prove", "release_of"]
