"""The rules that "step by step" shows, in MathML: printed from the statements that are proved."""

import json

from sympy import Sum, Symbol, diff, exp

from ...symbolic.derivation import equation
from ...symbolic.functions import ACTIVATIONS, ERRORS
from ...symbolic.general import general_rules, weighted_input
from ...symbolic.notation import E, L, Partial, a, b, eta, g, i, j, l, n, p, q, w, y, z
from ..formulas import mathml

z_unit, a_unit = Symbol("z", real=True), Symbol("a", real=True)
# a^0_i = x_i: a layer called 0, for the activations of the layer with the number 0 are written x_i.
INPUT = equation(a(Symbol("0", integer=True), i), a(0, i))
WEIGHTED_INPUT = equation(z(l, i), weighted_input(l, i).xreplace({q: j}))
ACTIVATION = equation(a(l, i), g(z(l, i)))
SOFTMAX = equation(a(L, i), exp(z(L, i)) / Sum(exp(z(L, p)), (p, 1, n(L))))


def rule_table(layers, activations, outputs):
    """The rules by name, as a JSON text: {"z": [for layer 1, ...], "delta": [...], ...}.

    Parameters
    ----------
    layers : int
        The largest L there is.
    activations : sequence of str
        Activation functions that act on each unit alone.
    outputs : dict
        Error name -> the output activations that it goes with.

    Returns
    -------
    str
        Rules that hold in a layer l (z, a, delta, byW, byB) and those of the outputs (softmax,
        error, outputDelta) are lists with an entry for each l, or L, from 1; those of an
        activation (g, slope) and of the update are single formulas.
    """
    rules = general_rules()
    each = range(1, layers + 1)

    def in_layers(statement, symbol=l):
        return [mathml(statement.subs(symbol, layer)) for layer in each]

    table = {
        "input": mathml(INPUT),
        "z": in_layers(WEIGHTED_INPUT),
        "a": in_layers(ACTIVATION),
        "softmax": in_layers(SOFTMAX, L),
        "delta": in_layers(rules["delta"].statement),
        "byW": in_layers(rules["dE/dw"].statement),
        "byB": in_layers(rules["dE/db"].statement),
        "updateW": mathml(descent(w(l, i, j)), sign="←"),
        "updateB": mathml(descent(b(l, i)), sign="←"),
        "g": {name: _activation(name) for name in activations},
        "slope": {name: _slope(name) for name in activations},
        "error": {name: in_layers(total_error(name), L) for name in outputs},
        "outputDelta": {
            error: {output: in_layers(output_rule(rules, error, output), L) for output in names}
            for error, names in outputs.items()
        },
    }
    return json.dumps(table, ensure_ascii=False)


def total_error(name):
    """E of one example as a sum over the outputs."""
    error = ERRORS[name]
    return equation(E, _outward(Sum(error.expression([a(L, i)], [y(i)]), (i, 1, n(L)))))


def error_by_output(name):
    """∂E/∂a of an output unit."""
    return diff(ERRORS[name].expression([a(L, i)], [y(i)]), a(L, i))


def _outward(total):
    """A factor that all terms share, before the sum."""
    number, rest = total.function.as_coeff_Mul()
    if rest.is_Add and all(term.could_extract_minus_sign() for term in rest.args):
        number, rest = -number, -rest
    return number * Sum(rest, *total.limits)


def output_rule(rules, error, output):
    """With g' for a function of each unit alone; the rule for softmax as it is."""
    if error == "half_squared" and output != "softmax":
        output = "any activation"
    return rules[f"delta^L: {error}, {output}"].statement


def _activation(name):
    return mathml(equation(g(z_unit), ACTIVATIONS[name].expression(z_unit)))


def _slope(name):
    """g'(z) written in terms of a."""
    own = ACTIVATIONS[name]
    slope = own.in_outputs(diff(own.expression(z_unit), z_unit), z_unit, a_unit)
    return mathml(equation(diff(g(z_unit), z_unit), slope))


def descent(parameter):
    """The step of gradient descent, old value and new: an assignment."""
    return equation(parameter, parameter - eta * Partial(E, parameter))
