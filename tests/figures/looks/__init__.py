"""What figures say and draw, compared with the numbers behind it: a function for each kind.

`looks(figure, seen)` takes a figure and what a page shows of it (`seen.See`), and asserts that
words, colours, dashes and marks are true of bplib's numbers.
"""

from .chain import chain_looks
from .descent import descent_looks
from .error_shares import error_shares_looks
from .output_delta import output_delta_looks
from .practice import practice_looks
from .seen import SEE, Seen
from .step_by_step import step_by_step_looks
from .training import training_looks

LOOKS = {
    "ChainOfSensitivities": chain_looks,
    "DescentOnSurface": descent_looks,
    "WhereErrorComesFrom": error_shares_looks,
    "WhatDeltaMeans": output_delta_looks,
    "BackpropStepByStep": step_by_step_looks,
    "Practice": practice_looks,
    "TrainItYourself": training_looks,
}

__all__ = ["LOOKS", "SEE", "Seen"]
