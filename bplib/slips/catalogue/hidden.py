r"""Slips in the error terms of hidden layers.

$$\delta^{l}_{i} = g'(z^{l}_{i}) \sum_{k} w^{l+1}_{ki} \delta^{l+1}_{k}$$
"""

from sympy import Rational

from ...symbolic.notation import a, delta, g, g_prime, i, k, l, w, z
from ..changes import first_term, inside, mean, negated, put, times, with_sum, without
from ..slip import slip_of_rule

READ = "generalized_delta", "Wider layers: a sum over the next layer"
_SLOPE, _WEIGHT, _NEXT = g_prime(z(l, i)), w(l + 1, k, i), delta(l + 1, k)


def hidden_slips():
    def slip(name, says, change):
        return slip_of_rule(name, "delta", says, READ, change)

    yield slip(
        "hidden-weights-turned",
        "The weights are turned round: the weights w_ki that leave unit i are column i of W.",
        put(_WEIGHT, w(l + 1, i, k)),
    )
    yield slip(
        "hidden-weights-of-this-layer",
        "The weights that enter the layer are used; those that leave it are needed.",
        put(_WEIGHT, w(l, k, i)),
    )
    yield slip(
        "hidden-slope-left-out", "The slope g′(z) of the hidden unit is left out.", without(_SLOPE)
    )
    yield slip(
        "hidden-slope-of-next-layer",
        "The slope of the units after is used; that of the unit itself is needed.",
        lambda right: with_sum(inside(lambda term: term * g_prime(z(l + 1, k))))(right) / _SLOPE,
    )
    yield slip(
        "hidden-slope-at-a",
        "The slope is taken at a; it is taken at z.",
        put(_SLOPE, g_prime(a(l, i))),
    )
    yield slip(
        "hidden-slope-in-z",
        "The slope a(1 − a) is computed with z in place of a.",
        put(_SLOPE, z(l, i) * (1 - z(l, i))),
    )
    yield slip(
        "hidden-slope-of-tanh",
        "The slope is 1 − a², which is that of tanh.",
        put(_SLOPE, 1 - a(l, i) ** 2),
    )
    yield slip(
        "hidden-slope-half",
        "The slope is a, without its second factor 1 − a.",
        put(_SLOPE, g(z(l, i))),
    )
    yield slip(
        "hidden-slope-other-half",
        "The slope is 1 − a, without its first factor a.",
        put(_SLOPE, 1 - a(l, i)),
    )
    yield slip("hidden-slope-twice", "The slope g′(z) is multiplied in twice.", times(_SLOPE))
    yield slip(
        "hidden-one-path",
        "Only the first unit after is counted; the sum runs over all units after.",
        with_sum(first_term),
    )
    yield slip(
        "hidden-mean",
        "A mean is taken where the rule has a sum over the units after.",
        with_sum(mean),
    )
    yield slip(
        "hidden-weights-left-out",
        "The error terms after are added up without their weights.",
        without(_WEIGHT),
    )
    yield slip(
        "hidden-error-terms-left-out",
        "The weights are added up without the error terms after.",
        without(_NEXT),
    )
    yield slip(
        "hidden-weights-squared",
        "Each weight is multiplied in twice.",
        with_sum(inside(times(_WEIGHT))),
    )
    yield slip(
        "hidden-without-slope-after",
        "∂E/∂a of the units after is sent back, without their slopes; their δ = ∂E/∂z is needed.",
        with_sum(inside(lambda term: term / g_prime(z(l + 1, k)))),
    )
    yield slip("hidden-sign", "The sign of the hidden δ is turned round.", negated)
    yield slip("hidden-half", "A factor ½ is too many.", times(Rational(1, 2)))
    yield slip(
        "hidden-times-activation",
        "A factor a is too many: the activation belongs to the gradient of the weight.",
        times(a(l, i)),
    )
