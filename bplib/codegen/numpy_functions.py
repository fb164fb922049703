"""A NumPy function to be read: the general rules, with the layers of one network put in."""

import numpy as np
from sympy import diff

from ..symbolic import general_rules
from ..symbolic.functions import ACTIVATIONS
from ..symbolic.general import weighted_input
from ..symbolic.notation import ActivationSlope, L, a, b, i, l, z
from .arrays import array_formula
from .program import checked_specification


def numpy_source(network):
    """The source of `gradient(W, b, x, y)`, in arrays and in house notation.

    It takes W[l] and b[l], for instance those of a Network, and one example: x of shape (n_0,), y
    of shape (n_L,). It gives two dicts, grad_W[l] of shape (n_l, n_{l-1}) and grad_b[l] of shape
    (n_l,), of which the second is None if there are no biases.

    Parameters
    ----------
    network : Network or NetworkDerivation
        Of any size.

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If `network` is something else.
    """
    spec = checked_specification(network)
    rules = general_rules()
    arguments = "W, b, x, y" if spec.biases else "W, x, y"
    return "\n".join(
        [
            f"def gradient({arguments}):",
            f'    """The gradient of the error of one example: {spec}."""',
            "    a0 = x",
            '    with np.errstate(over="ignore", under="ignore"):',
            *(f"        {line}" for line in _forward(spec)),
            *(f"    {line}" for line in _backward(spec, rules)),
            f"    grad_W = {_by_layer(spec, rules['dE/dw'])}",
            f"    grad_b = {_by_layer(spec, rules['dE/db']) if spec.biases else None}",
            "    return grad_W, grad_b",
            "",
        ]
    )


def compile_numpy(network):
    """The function `gradient` of `numpy_source`."""
    functions = {"np": np}
    exec(compile(numpy_source(network), "<gradient>", "exec"), functions)
    return functions["gradient"]


def _forward(spec):
    for layer in spec.layers:
        weighted = weighted_input(l, i)
        if not spec.biases:
            weighted = weighted.xreplace({b(l, i): 0})
        yield f"z{layer} = {array_formula(weighted.subs(l, layer))}"
        name = spec.activations[layer - 1]
        if name == "softmax":  # the largest z is subtracted: it cancels, and nothing overflows
            yield f"e{layer} = np.exp(z{layer} - z{layer}.max())"
            yield f"a{layer} = e{layer} / e{layer}.sum()"
        elif name == "relu":
            yield f"a{layer} = np.maximum(z{layer}, 0)"
        else:
            yield f"a{layer} = {array_formula(ACTIVATIONS[name].expression(z(layer, i)))}"


def _backward(spec, rules):
    output = rules[f"delta^L: {spec.error}, {spec.activations[-1]}"].rhs
    yield f"d{spec.L} = {array_formula(output.subs(L, spec.L))}"
    for layer in range(spec.L - 1, 0, -1):
        activation = ACTIVATIONS[spec.activations[layer - 1]]
        z_i, a_i = z(layer, i), a(layer, i)
        slope = activation.in_outputs(diff(activation.expression(z_i), z_i), z_i, a_i)
        hidden = rules["delta"].rhs.subs(l, layer).xreplace({ActivationSlope(z_i): slope})
        yield f"d{layer} = {array_formula(hidden)}"


def _by_layer(spec, rule):
    formulas = (f"{n}: {array_formula(rule.rhs.subs(l, n))}" for n in spec.layers)
    return f"{{{', '.join(formulas)}}}"
