"""Three ways to a gradient, and how far two of them are apart.

Backpropagation is exact up to rounding and costs about two forward passes. The other two need
forward passes for every single parameter, know nothing of the chain rule, and so can check it:

- central difference: (E(w + h) - E(w - h)) / 2h, wrong by about h^2 from the formula and by
  about 1e-16 / h from cancellation;
- complex step: Im E(w + ih) / h, without any cancellation, so h can be tiny and the result exact.

Source: W. Squire, G. Trapp, Using complex variables to estimate derivatives of real functions,
SIAM Review 40 (1998).
"""

from dataclasses import dataclass

import numpy as np

from .network import Network
from .passes import ForwardPass, Gradient
from .validation import exact_shape, real_array, real_number

CENTRAL_STEP = 6e-6  # about the cube root of float64's precision, where both errors are small
COMPLEX_STEP = 1e-30


def numerical_gradient(net, x, y, h=CENTRAL_STEP):
    """The gradient by central differences: two forward passes a parameter, in float64.

    Parameters
    ----------
    net : Network
    x, y : array_like
        An example or a batch, as for `Network.forward` and `Network.backward`.
    h : float
        The step, above 0.

    Returns
    -------
    Gradient
    """
    h = real_number("h", h, above=0)
    error, parameters = _error_function(net, x, y, np.float64)
    gradient = Gradient(net.sizes, net.b is not None, np.float64)
    for m, w in enumerate(parameters.copy()):
        parameters[m] = w + h
        above = error()
        parameters[m] = w - h
        below = error()
        parameters[m] = w
        gradient.vector[m] = (above - below) / (2 * h)
    return gradient


def complex_step_gradient(net, x, y, h=COMPLEX_STEP):
    """The gradient by complex steps: one complex forward pass a parameter, exact to rounding.

    Parameters and result as for `numerical_gradient`.
    """
    h = real_number("h", h, above=0)
    error, parameters = _error_function(net, x, y, np.complex128)
    gradient = Gradient(net.sizes, net.b is not None, np.float64)
    for m, w in enumerate(parameters.copy()):
        parameters[m] = w + 1j * h
        gradient.vector[m] = error().imag / h
        parameters[m] = w
    return gradient


def _error_function(net, x, y, dtype):
    """The mean error as a function of parameters of this dtype, and those parameters."""
    _check_network(net)
    forward_pass = net.forward(x)
    y = net._checked_targets(forward_pass, y).astype(np.float64)
    copy = net._converted(dtype)
    trial = ForwardPass(net.sizes, forward_pass._a[0].astype(dtype))

    @np.errstate(under="ignore")
    def error():
        copy._forward(trial)
        return copy._mean_error(trial, y)

    return error, copy.parameters


def relative_error(a, b):
    """||a - b|| / max(||a||, ||b||) of two arrays of one shape; 0 if both are zero."""
    a, b = real_array("a", a), real_array("b", b)
    exact_shape("b", b, a.shape, "that of a")
    largest = max(np.abs(a).max(initial=0), np.abs(b).max(initial=0))
    if largest == 0:
        return 0.0
    # Scaled, so that the squares in the norms neither overflow nor vanish.
    with np.errstate(under="ignore"):
        a, b = a / largest, b / largest
        return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b)))


@dataclass(frozen=True)
class GradientCheck:
    """How far backpropagation is from the complex step; true if that is within the tolerance.

    `relative_error` is taken over all parameters, `worst` names the one that is furthest off.
    """

    relative_error: float
    worst: str
    tolerance: float

    def __bool__(self):
        return self.relative_error <= self.tolerance

    def __repr__(self):
        verdict = "agrees" if self else f"DISAGREES, most at {self.worst}"
        return f"GradientCheck({verdict}: relative error {self.relative_error:.1e})"


def gradient_check(net, x, y, tolerance=None):
    """Compare the network's backward pass with the complex step.

    Parameters
    ----------
    net : Network
    x, y : array_like
        An example or a batch, as for `Network.forward` and `Network.backward`.
    tolerance : float or None
        Largest relative error that passes; None: 1e-10, or 1e-4 in float32.

    Returns
    -------
    GradientCheck

    Examples
    --------
    >>> net = Network([2, 3, 2], seed=0)
    >>> bool(gradient_check(net, [0.05, 0.10], [0.01, 0.99]))
    True
    >>> gradient_check(net, [0.05, 0.10], [0.01, 0.99], tolerance=1e-30)  # doctest: +ELLIPSIS
    GradientCheck(DISAGREES, most at ...)
    """
    _check_network(net)
    if tolerance is None:
        tolerance = 1e-10 if net.dtype == np.float64 else 1e-4
    tolerance = real_number("tolerance", tolerance, above=0)
    ours = net.backward(net.forward(x), y).vector
    exact = complex_step_gradient(net, x, y).vector
    worst = _parameter_names(net)[int(np.argmax(np.abs(ours - exact)))]
    return GradientCheck(relative_error(ours, exact), worst, tolerance)


def _check_network(net):
    if not isinstance(net, Network):
        raise TypeError(f"net: expected a Network, got {type(net).__name__} {net!r:.60}")


def _parameter_names(net):
    """The names of all parameters, in the order of `Network.parameters`."""
    names = []
    for kind, layers in (("W", net.W), ("b", net.b)):
        for l, array in layers.items() if layers is not None else ():
            for index in np.ndindex(array.shape):
                names.append(f"{kind}[{l}][{', '.join(map(str, index))}]")
    return names
