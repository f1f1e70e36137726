"""Finds advice, analysis, passages of an office and personal notes by the cues of the rule files.

Says what a passage is and whose words it holds; whether the law lets it go is left to `policy`.
"""

from redactor.passage_rules.finder import find
from redactor.passage_rules.ranker import shipped

__all__ = ["find", "shipped"]
