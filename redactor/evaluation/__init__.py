"""`redactor evaluate`: how much of what the law protects is masked, and how much of what it opens stays readable.

The one place outside `pdf/` where PyMuPDF and pypdfium2 are used: to render annotated texts and to judge the result
with two readers. It leaves the redacting to the caller.
"""

from redactor.evaluation.corpus import CorpusError
from redactor.evaluation.evaluation import Evaluation, evaluate, prepare, run
from redactor.evaluation.misses import write_misses
from redactor.evaluation.tables import as_json, format_table

__all__ = ["CorpusError", "Evaluation", "as_json", "evaluate", "format_table", "prepare", "run", "write_misses"]
