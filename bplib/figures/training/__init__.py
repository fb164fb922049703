"""Figure: a small network learns to tell two kinds of points apart."""

from .figure import TrainItYourself

__all__ = ["TrainItYourself"]
