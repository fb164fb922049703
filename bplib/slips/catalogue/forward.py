"""Slips on the way forward: weighted inputs, activations, the error."""

from sympy import Abs, Rational, Sum

from ...symbolic.notation import L, a, b, g, i, k, l, n, q, w, y, z
from ..changes import first_term, inside, mean, put, with_sum, without_term
from ..slip import slip_of_rule

READ = "recap", "Layers of units"
_TERM = w(l, i, q) * a(l - 1, q)


def forward_slips():
    def weighted(name, says, change):
        return slip_of_rule(name, "z", says, READ, change)

    def output(name, says, change):
        return slip_of_rule(name, "a", says, READ, change)

    def error(name, says, change):
        return slip_of_rule(name, "E", says, ("recap", "The recipe of supervised learning"), change)

    yield weighted("bias-left-out", "The bias is not added.", without_term(b(l, i)))
    yield weighted(
        "bias-subtracted", "The bias is subtracted; it has to be added.", put(b(l, i), -b(l, i))
    )
    yield weighted(
        "bias-in-every-term",
        "The bias is added once for every incoming weight; it is added once for the unit.",
        lambda right: right - b(l, i) + n(l - 1) * b(l, i),
    )
    yield weighted(
        "weights-turned-forward",
        "The weight matrix is turned round: the weight from j to i is in row i, column j.",
        put(w(l, i, q), w(l, q, i)),
    )
    yield weighted(
        "weighted-inputs-summed",
        "The layer before hands on its weighted inputs z; it hands on its activations a.",
        put(a(l - 1, q), z(l - 1, q)),
    )
    yield weighted(
        "one-incoming-weight",
        "Only the first unit of the layer before is used; the sum runs over all of them.",
        with_sum(first_term),
    )
    yield weighted(
        "mean-forward",
        "A mean is taken where the rule has a sum of the weighted inputs.",
        with_sum(mean),
    )
    yield weighted(
        "weights-left-out-forward",
        "The activations before are added up without their weights.",
        with_sum(inside(lambda term: a(l - 1, q))),
    )
    yield output(
        "activation-left-out", "The activation function is not applied.", put(g(z(l, i)), z(l, i))
    )
    yield output(
        "activation-turned-round",
        "The activation function is applied to −z; it is applied to z.",
        put(g(z(l, i)), g(-z(l, i))),
    )
    yield output(
        "activation-twice",
        "The activation function is applied twice.",
        put(g(z(l, i)), g(g(z(l, i)))),
    )
    half = Rational(1, 2)
    yield error("half-left-out", "The factor ½ of the error is left out.", lambda right: 2 * right)
    yield error(
        "error-not-squared",
        "The differences are not squared.",
        put((a(L, k) - y(k)) ** 2, Abs(a(L, k) - y(k))),
    )
    yield error(
        "error-signs-cancel",
        "The differences are added up before they are squared.",
        lambda right: half * Sum(a(L, k) - y(k), (k, 1, n(L))) ** 2,
    )
    yield error(
        "error-mean-of-outputs",
        "The squares are averaged over the outputs; the error of an example is ½ of their sum.",
        with_sum(mean),
    )
    yield error("error-one-output", "Only the first output is counted.", with_sum(first_term))
