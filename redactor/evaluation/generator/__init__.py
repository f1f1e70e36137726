"""Documents made by rule, for counts that no annotated set can reach: hundreds of values of each identifier.

python -m redactor.evaluation.generator FOLDER
"""

from redactor.evaluation.generator.write import generate

__all__ = ["generate"]
