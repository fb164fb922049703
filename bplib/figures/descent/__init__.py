"""Figure: gradient descent on an error surface, step by step."""

from .figure import DescentOnSurface

__all__ = ["DescentOnSurface"]
