"""The rules that "step by step" shows, in MathML: printed from the statements that are proved."""

import json

from sympy import Sum, Symbol, diff, exp

from ...symbolic.derivation import equation
from ...symbolic.functions import ACTIVATIONS, ERRORS
from ...symbolic.general import general_rules, weighted_input
from ...symbolic.notation import E, L, Partial, a, b, eta, g, i, j, k, l, n, q, w, y, z
from ..formulas import mathml

z_unit, a_unit = Symbol("z", real=True), Symbol("a", real=True)
SOFTMAX = equation(a(L, i), exp(z(L, i)) / Sum(exp(z(L, k)), (k, 1, n(L))))


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
        "input": mathml(equation(_input(), a(0, i))),
        "z": in_layers(equation(z(l, i), weighted_input(l, i).xreplace({q: j}))),
        "a": in_layers(equation(a(l, i), g(z(l, i)))),
        "softmax": in_layers(SOFTMAX, L),
        "delta": in_layers(rules["delta"].statement),
        "byW": in_layers(rules["dE/dw"].statement),
        "byB": in_layers(rules["dE/db"].statement),
        "updateW": _descent(w(l, i, j)),
        "updateB": _descent(b(l, i)),
        "g": {name: _activation(name) for name in activations},
        "slope": {name: _slope(name) for name in activations},
        "error": {name: in_layers(equation(E, _total(ERRORS[name])), L) for name in outputs},
        "outputDelta": {
            error: {output: in_layers(_output_rule(rules, error, output), L) for output in names}
            for error, names in outputs.items()
        },
    }
    return json.dumps(table, ensure_ascii=False)


def _input():
    """a^0_i: a layer called 0, for the layer with the number 0 is written x_i."""
    return a(Symbol("0", integer=True), i)


def _total(error):
    return _outward(Sum(error.expression([a(L, i)], [y(i)]), (i, 1, n(L))))


def _outward(total):
    """A factor that all terms share, before the sum."""
    number, rest = total.function.as_coeff_Mul()
    if rest.is_Add and all(term.could_extract_minus_sign() for term in rest.args):
        number, rest = -number, -rest
    return number * Sum(rest, *total.limits)


def _output_rule(rules, error, output):
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


def _descent(parameter):
    return mathml(equation(parameter, parameter - eta * Partial(E, parameter)), sign="←")
