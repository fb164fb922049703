"""Figure: tasks for pencil and paper, whose replies name the slip that makes a wrong number."""

from .figure import Practice

__all__ = ["Practice"]
