"""Figure: in a chain of single neurons, the factors of a derivative multiply."""

from .figure import ChainOfSensitivities

__all__ = ["ChainOfSensitivities"]
