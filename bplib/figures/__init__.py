"""The book's figures: widgets that also work in the published page, without a kernel."""

from .chain import ChainOfSensitivities
from .descent import DescentOnSurface
from .error_shares import WhereErrorComesFrom
from .output_delta import WhatDeltaMeans
from .practice import Practice
from .step_by_step import BackpropStepByStep
from .training import TrainItYourself

__all__ = [
    "BackpropStepByStep",
    "ChainOfSensitivities",
    "DescentOnSurface",
    "Practice",
    "TrainItYourself",
    "WhatDeltaMeans",
    "WhereErrorComesFrom",
]
