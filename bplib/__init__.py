"""Multi-layer perceptrons that learn by backpropagation, in the notation of the book.

Layers are numbered 0 (input) to L (output), in the code as in the maths.
"""

from .checking import (
    GradientCheck,
    complex_step_gradient,
    gradient_check,
    numerical_gradient,
    relative_error,
)
from .history import History
from .network import Network
from .passes import BackwardPass, ForwardPass, Gradient
from .perceptron import Perceptron
from .stopping import ErrorBelow, GradientNormBelow, MaximumEpochs, NoImprovement

__all__ = [
    "BackwardPass",
    "ErrorBelow",
    "ForwardPass",
    "Gradient",
    "GradientCheck",
    "GradientNormBelow",
    "History",
    "MaximumEpochs",
    "Network",
    "NoImprovement",
    "Perceptron",
    "complex_step_gradient",
    "gradient_check",
    "numerical_gradient",
    "relative_error",
]
