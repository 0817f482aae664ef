"""All checks of the words of a submission, in the order in which they are reported."""

from __future__ import annotations

from .agreement import AGREEMENT_CHECKS
from .check import Check
from .parallels import PARALLEL_CHECKS
from .punctuation import PUNCTUATION_CHECKS
from .sentences import SENTENCE_CHECKS
from .spelling import SPELLING_CHECKS
from .terms import TERM_CHECKS

__all__ = ["WORDING_CHECKS"]

WORDING_CHECKS: tuple[Check, ...] = (
    *SENTENCE_CHECKS,
    *PARALLEL_CHECKS,
    *AGREEMENT_CHECKS,
    *TERM_CHECKS,
    *SPELLING_CHECKS,
    *PUNCTUATION_CHECKS,
)
