"""The lines of numbers of "step by step": what stands in them, from the statements that are proved.

The page puts the units and numbers of a network in (lines.js).
"""

import json

from sympy import Add, IndexedBase, KroneckerDelta

from ...symbolic.chain_rule import instance, through_layer
from ...symbolic.derivation import equation
from ...symbolic.general import general_rules
from ...symbolic.layout import Factors
from ...symbolic.notation import E, L, Partial, a, b, delta, i, j, k, l, n, p, w, z
from ...symbolic.sums import collapse
from ..trees import tree
from . import rules as symbols


def line_table(outputs):
    """The statements by name, as a JSON text: trees, as `bplib.figures.trees` makes them.

    Parameters
    ----------
    outputs : dict
        Error name -> the output activations that it goes with.

    Returns
    -------
    str
        "error", "outputDelta" and "outputByA" are tables with an entry for each error; of the last
        only where it is a difference, short enough for a line.
    """
    rules = general_rules()
    return json.dumps(
        {
            "x": tree(symbols.INPUT),
            "z": tree(symbols.WEIGHTED_INPUT),
            "a": tree(symbols.ACTIVATION),
            "softmax": tree(symbols.SOFTMAX),
            "error": {name: tree(symbols.total_error(name)) for name in outputs},
            "delta": tree(rules["delta"].statement),
            "outputDelta": {
                name: tree(symbols.output_rule(rules, name, first))
                for name, (first, *_) in outputs.items()
            },
            "byA": tree(equation(Partial(E, a(l, i)), _error_by_activation(rules))),
            "outputByA": {
                name: tree(equation(Partial(E, a(L, i)), slope))
                for name in outputs
                if isinstance(slope := symbols.error_by_output(name), Add)
                and all(term.is_Indexed or (-term).is_Indexed for term in slope.args)
            },
            "deltaChain": tree(equation(delta(l, i), _delta_chain())),
            "softmaxChain": tree(equation(delta(L, i), _through_outputs())),
            "byW": tree(rules["dE/dw"].statement),
            "chain": tree(equation(Partial(E, w(l, i, j)), _weight_chain())),
            "chainPutIn": tree(
                equation(
                    Partial(E, w(l, i, j)), _weight_chain().xreplace(_both_sides(rules["dz/dw"]))
                )
            ),
            "change": {"w": _change(w(l, i, j)), "b": _change(b(l, i))},
            "after": {name: tree(symbols.descent(q), sign="←") for name, q in PARAMETERS.items()},
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


PARAMETERS = {"w": w(l, i, j), "b": b(l, i)}


def _error_by_activation(rules):
    """∂E/∂a of a hidden unit: the chain rule over the layer after it, with δ and w put in."""
    through = instance(E, lambda unit: z(l + 1, unit), a(l, i), n(l + 1), k)
    by_weighted_input = Partial(E, z(l + 1, k))
    return through.xreplace({by_weighted_input: delta(l + 1, k), **_both_sides(rules["dz/da"])})


def _both_sides(step):
    return {step.lhs: step.rhs}


def _through_outputs():
    """δ of an output unit by the chain rule over all outputs."""
    return instance(E, lambda unit: a(L, unit), z(L, i), n(L), p)


def _delta_chain():
    """The same where each activation depends on its own z alone, in any layer."""
    every = instance(E, lambda unit: a(l, unit), z(l, i), n(l), p)
    own = KroneckerDelta(p, i) * Partial(a(l, i), z(l, i))
    return collapse(every.xreplace({Partial(a(l, p), z(l, i)): own}))


def _weight_chain():
    """∂E/∂w in three factors: a weight stands in the weighted input of its own unit alone."""
    every = through_layer(l, w(l, i, j))
    own = KroneckerDelta(k, i) * Partial(z(l, i), w(l, i, j))
    links = collapse(every.xreplace({Partial(z(l, k), w(l, i, j)): own}))
    factors = links.xreplace({Partial(E, z(l, i)): _delta_chain()}).args
    return Factors(*sorted(factors, key=lambda factor: "Eaz".index(str(factor.of)[0])))


def _change(parameter):
    """Δw = w_new − w: what a step of gradient descent adds."""
    statement = symbols.descent(parameter)
    change = IndexedBase(rf"\Delta {parameter.base}")[parameter.indices]
    return tree(equation(change, statement.rhs - parameter))
