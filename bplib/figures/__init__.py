"""The book's figures: widgets that also work in the published page, without a kernel."""

from .chain import ChainOfSensitivities

__all__ = ["ChainOfSensitivities"]
