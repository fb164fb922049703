"""Multi-layer perceptrons that learn by backpropagation, in the notation of the book.

Layers are numbered 0 (input) to L (output), in the code as in the maths: `net.W[l]`, `fp.z[l]` and
`bp.delta[l]` are the weights, the weighted inputs and the error terms of layer l.

>>> from bplib import Network, gradient_check
>>> net = Network([2, 3, 2], activation="sigmoid", error="half_squared", seed=0)
>>> x, y = [0.05, 0.10], [0.01, 0.99]
>>> fp = net.forward(x)  # fp.z[1], fp.a[1], ... fp.output
>>> bp = net.backward(fp, y)  # bp.error, bp.delta[l], bp.grad_W[l], bp.grad_b[l]
>>> print(f"{bp.error:.6f}")
0.372880
>>> gradient_check(net, x, y).relative_error < 1e-10  # compared with the complex step
True
>>> net.update(bp, eta=0.5)  # all parameters at once
>>> history = net.fit([x], [y], eta=0.5, epochs=100)  # the same, 100 times
>>> history.error[-1] < bp.error
True

Here are networks, their training (`Network.fit`, and what stops it), gradients to check against,
and the perceptron of the recap. The rest is imported by name:

bplib.graph     feed-forward graphs with skip connections
bplib.textbook  the same algorithm with one loop for each sum: to be read, not to be fast
bplib.tape      automatic differentiation, on a tape of numbers
bplib.symbolic  SymPy derives every rule and proves it
bplib.codegen   programs made from the derived rules: Python, NumPy, JavaScript
bplib.golden    published worked examples at full precision
bplib.drawing   pictures that are described in words
bplib.figures   the interactive figures of the book
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
