"""Figure: one update of backpropagation after the other, step by step."""

from .figure import BackpropStepByStep

__all__ = ["BackpropStepByStep"]
