"""What the verifier's readers raise on a broken file: each means "cannot be read", never "clean"."""

from __future__ import annotations

import pikepdf
import pypdfium2
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

READ_ERRORS = (
    pikepdf.PikepdfError, pypdfium2.PdfiumError, PdfminerException, PSException, ValueError, TypeError, KeyError,
    IndexError, AttributeError, ArithmeticError, RuntimeError,
)  # fmt: skip
