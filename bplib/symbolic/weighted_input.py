r"""Rules in the weighted input, which stay exact where a unit is saturated.

The rules of a derivation are written in the output $a = g(z)$, which the forward pass has computed
anyway. In float64 that costs digits: above $z = 37$ a sigmoid's output has been rounded to 1, so
$1 - a$ is 0 and $\ln(1 - a)$ minus infinity. Written in $z$ there is no such difference:
$1 / (1 - a) = 1 + e^{z}$.
"""

from sympy import Symbol, cancel, exp, expand, factor, log


def in_weighted_inputs(derivation, expression):
    """An expression in the output activations, rewritten in the output layer's weighted inputs.

    Parameters
    ----------
    derivation : NetworkDerivation
    expression : sympy.Expr
        Made of a^L_i, z^L_i and y_i, such as a statement's right-hand side.

    Returns
    -------
    sympy.Expr
        The same function, made of z^L_i and y_i.
    """
    spec = derivation.spec
    z = spec.z(spec.L)
    outputs = spec.activation(spec.L).layer(z)
    written = expression.xreplace(dict(zip(spec.a(spec.L), outputs, strict=True))).rewrite(exp)
    # As rational functions of e^-z_i, which SymPy knows how to cancel.
    decays = {z_i: Symbol(f"e_{unit}", positive=True) for unit, z_i in enumerate(z, start=1)}
    written = written.replace(exp, lambda power: _in_decays(power, decays))
    return _cancelled(written, set(decays.values())).xreplace(
        {e: exp(-z_i) for z_i, e in decays.items()}
    )


def _in_decays(power, decays):
    """e^(sum of n_i z_i) as the product of e_i^-n_i."""
    result = 1
    for z_i, e in decays.items():
        result *= e ** -power.coeff(z_i)
    return result


def _cancelled(expression, decays):
    """Differences such as 1 - a as one fraction; targets stay as they are, for y may be 1."""
    expression = expression.replace(
        lambda part: part.is_Add and part.free_symbols <= decays, lambda part: factor(cancel(part))
    )
    # The logarithm of an output, which is less than 1: -ln a is ln(1 + e^-z), of a sum.
    return expression.replace(log, lambda output: -log(expand(cancel(1 / output))))
