"""The figures and how to try them. A new figure is a new entry here: all tests then try it."""

from .case import Case
from .chain import CHAIN
from .descent import DESCENT
from .error_shares import ERROR_SHARES
from .output_delta import OUTPUT_DELTA
from .practice import PRACTICE
from .step_by_step import STEP_BY_STEP
from .training import TRAINING

FIGURES = (CHAIN, DESCENT, ERROR_SHARES, OUTPUT_DELTA, PRACTICE, STEP_BY_STEP, TRAINING)
CASES = {case.make.__name__: case for case in FIGURES}

__all__ = ["CASES", "Case"]
