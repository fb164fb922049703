r"""Slips in the error terms of the output layer.

$$\delta^{L}_{i} = (a^{L}_{i} - y_{i}) g'(z^{L}_{i})$$
"""

from sympy import Rational, Sum

from ...symbolic.notation import L, a, g, g_prime, i, k, n, y, z
from ..changes import negated, put, times, without
from ..slip import slip_of_rule

READ = "output_delta", "The error term δ"
_DIFFERENCE, _SLOPE = a(L, i) - y(i), g_prime(z(L, i))


def output_slips():
    def slip(name, says, change):
        return slip_of_rule(name, "delta^L", says, READ, change)

    yield slip(
        "output-sign",
        "The sign is turned round: here δ = ∂E/∂z, from a − y (COMP90049's δ has the other sign).",
        negated,
    )
    yield slip(
        "output-slope-left-out",
        "The slope g′(z) is left out: a − y is ∂E/∂a, not yet ∂E/∂z.",
        without(_SLOPE),
    )
    yield slip(
        "output-slope-at-a",
        "The slope is taken at a; it is taken at z.",
        put(_SLOPE, g_prime(a(L, i))),
    )
    yield slip(
        "output-slope-in-z",
        "The slope a(1 − a) is computed with z in place of a.",
        put(_SLOPE, z(L, i) * (1 - z(L, i))),
    )
    yield slip(
        "output-slope-of-tanh",
        "The slope is 1 − a², which is that of tanh.",
        put(_SLOPE, 1 - a(L, i) ** 2),
    )
    yield slip(
        "output-slope-half",
        "The slope is a, without its second factor 1 − a.",
        put(_SLOPE, g(z(L, i))),
    )
    yield slip(
        "output-slope-other-half",
        "The slope is 1 − a, without its first factor a.",
        put(_SLOPE, 1 - a(L, i)),
    )
    yield slip("output-slope-twice", "The slope g′(z) is multiplied in twice.", times(_SLOPE))
    yield slip(
        "output-slope-sum",
        "The slope is a(1 + a); it is a(1 − a).",
        put(_SLOPE, a(L, i) * (1 + a(L, i))),
    )
    yield slip(
        "output-difference-left-out", "The difference a − y is left out.", without(_DIFFERENCE)
    )
    yield slip(
        "output-factor-two", "A factor 2 is too many: the ½ of the error cancels it.", times(2)
    )
    yield slip(
        "output-half",
        "A factor ½ is too many: the derivative of the square cancels it.",
        times(Rational(1, 2)),
    )
    yield slip(
        "output-sum-of-both",
        "a and y are added; their difference is needed.",
        put(_DIFFERENCE, a(L, i) + y(i)),
    )
    yield slip(
        "output-from-z",
        "The target is compared with z; it is compared with the activation a.",
        put(_DIFFERENCE, z(L, i) - y(i)),
    )
    yield slip("output-target-left-out", "The target y is left out.", put(_DIFFERENCE, a(L, i)))
    yield slip(
        "output-error-itself",
        "The error ½(a − y)² itself is used in place of its derivative a − y.",
        put(_DIFFERENCE, _DIFFERENCE**2 / 2),
    )
    yield slip("output-difference-squared", "The difference a − y is squared.", times(_DIFFERENCE))
    yield slip(
        "output-differences-summed",
        "The differences of all outputs are added up; each output has its own.",
        put(_DIFFERENCE, Sum(a(L, k) - y(k), (k, 1, n(L)))),
    )
    yield slip(
        "output-mean-of-outputs",
        "δ is divided by the number of outputs; the error is a sum over the outputs, not a mean.",
        lambda right: right / n(L),
    )
    yield slip(
        "output-first-target",
        "Every output is compared with the first target; each has its own.",
        put(y(i), y(i).base[1]),
    )
