"""Scoring what ingest finds against a gold standard: precision, recall and F1, with what was missed and invented."""

from .comparison import Comparison, compare
from .gold import SHIPPED_GOLD
from .metrics import Counts
from .report import Report, evaluate, evaluate_baseline, read_report

__all__ = ["SHIPPED_GOLD", "Comparison", "Counts", "Report", "compare", "evaluate", "evaluate_baseline", "read_report"]
