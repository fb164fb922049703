"""The rules of a layer, for any width, line by line: both gradients, the error term, the update."""

from sympy import KroneckerDelta, Sum, Symbol

from ..derivation import Step, equation
from ..general import general_rules
from ..layout import Factors, Negative, Terms
from ..notation import E, L, Partial, a, b, delta, eta, g_prime, i, j, k, l, n, p, recipe, w, z
from ..programs import Setting
from .line import Line, lines

HERE, AFTER = (p, 1, n(l)), (k, 1, n(l + 1))
D_I, D_K = delta(l, i), delta(l + 1, k)
A_I, A_J, Z_I = a(l, i), a(l - 1, j), z(l, i)
W_IJ, B_I = w(l, i, j), b(l, i)
BRACKET = KroneckerDelta(i, p)  # p: any unit of the same layer

# What a derivative of E by a parameter is, before any rule: E depends on the weighted inputs of
# the layer, and each of these is differentiated as it stands.
ONE_LAYER = """
from sympy import KroneckerDelta, Sum, diff
from bplib.symbolic.notation import E, Partial, a, b, i, j, l, n, p, q, w, z
from bplib.symbolic.sums import equal_sums

z_p = Sum(w(l, p, q)*a(l - 1, q), (q, 1, n(l - 1))) + b(l, p)     # p: any unit of the layer
dE_dz_p = Partial(E, z(l, p))
by_weight = Sum(dE_dz_p*diff(z_p, w(l, i, j)), (p, 1, n(l)))
by_bias = Sum(dE_dz_p*diff(z_p, b(l, i)), (p, 1, n(l)))
"""
TWO_LAYERS = """
from sympy import KroneckerDelta, Sum, diff
from bplib.symbolic import g, g_prime
from bplib.symbolic.notation import E, Partial, a, b, i, k, l, n, p, w, z
from bplib.symbolic.sums import equal_sums

z_k = Sum(w(l + 1, k, p)*g(z(l, p)), (p, 1, n(l))) + b(l + 1, k)
by_a = Sum(w(l + 1, k, p)*a(l, p), (p, 1, n(l))) + b(l + 1, k)
dE_dz_k = Partial(E, z(l + 1, k))
delta_i = Sum(dE_dz_k*diff(z_k, z(l, i)), (k, 1, n(l + 1)))
"""
RECIPE = """
from sympy import Sum, diff
from bplib.symbolic import g, g_prime
from bplib.symbolic.notation import E, L, Partial, b, i, k, l, n, p, recipe, w, z
from bplib.symbolic.sums import equal_sums

d_L = Partial(E, z(L, i))
back = Sum(w(l + 1, k, i)*recipe(l + 1, k), (k, 1, n(l + 1)))
d_i = g_prime(z(l, i))*back
z_k = Sum(w(l + 1, k, p)*g(z(l, p)), (p, 1, n(l))) + b(l + 1, k)
dE_dz_k = {value}
dE_dz_i = Sum(dE_dz_k*diff(z_k, z(l, i)), (k, 1, n(l + 1)))
"""
EQUAL = "equal_sums({left}, {right})"


def _one_layer():
    return Setting(
        ONE_LAYER,
        {
            Partial(E, W_IJ): "by_weight",
            Partial(E, B_I): "by_bias",
            Partial(z(l, p), W_IJ): "diff(z_p, w(l, i, j))",
            Partial(z(l, p), B_I): "diff(z_p, b(l, i))",
            D_I: "Partial(E, z(l, i))",
            z(l, p): "z_p",
            Partial(E, z(l, p)): "dE_dz_p",
        },
        EQUAL,
        takes_chain_rule=True,
    )


def _weighted_input(layer, unit):
    before = a(layer - 1, j)
    terms = Sum(w(layer, unit, j) * before, (j, 1, n(layer - 1)))
    return Terms(terms, b(layer, unit))


def weight_gradient():
    """∂E/∂w of any weight, and why E depends on it through one weighted input alone."""
    by, inner = Partial(E, W_IJ), Partial(z(l, p), W_IJ)
    outer = Partial(E, z(l, p))
    return lines(
        "The derivative with respect to a weight",
        "weight-gradient",
        _one_layer(),
        (
            "definition of z",
            z(l, p),
            _weighted_input(l, p),
            "weighted input of any unit $p$ of the layer",
        ),
        (
            "one unit",
            inner,
            Factors(BRACKET, A_J),
            "$w^{l}_{ij}$ stands in the sum of unit $i$ only: $[i = p]$ is 1 there, 0 elsewhere",
        ),
        (
            "chain rule",
            by,
            Sum(outer * inner, HERE),
            "chain rule over all units of the layer",
        ),
        ("put in", Sum(Factors(outer, BRACKET, A_J), HERE), "put in"),
        ("one term", Factors(Partial(E, Z_I), A_J), "only the term $p = i$ is not 0"),
        ("definition of delta", D_I, Partial(E, Z_I), "definition of the error term"),
        ("gradient", by, Factors(D_I, A_J), "error term times what comes in"),
    )


def bias_gradient():
    """∂E/∂b of any bias."""
    by, inner = Partial(E, B_I), Partial(z(l, p), B_I)
    return lines(
        "The derivative with respect to a bias",
        "bias-gradient",
        _one_layer(),
        ("one unit", inner, BRACKET, "$b^{l}_{i}$ is added in unit $i$ only, as it is"),
        (
            "chain rule",
            by,
            Sum(Partial(E, z(l, p)) * inner, HERE),
            "chain rule over all units of the layer",
        ),
        ("one term", Partial(E, Z_I), "only the term $p = i$ is not 0"),
        ("gradient", D_I, "the error term itself"),
    )


def hidden_delta():
    """The generalized delta rule for any width."""
    through, inner, slope = (
        Partial(z(l + 1, k), Z_I),
        Partial(z(l + 1, k), A_I),
        Partial(A_I, Z_I),
    )
    outer, weight = Partial(E, z(l + 1, k)), w(l + 1, k, i)
    setting = Setting(
        TWO_LAYERS,
        {
            D_I: "delta_i",
            Partial(E, Z_I): "delta_i",
            D_K: "dE_dz_k",
            through: "diff(z_k, z(l, i))",
            inner: "diff(by_a, a(l, i))",
            slope: "diff(g(z(l, i)), z(l, i))",
        },
        EQUAL,
        takes_chain_rule=True,
    )
    return lines(
        "The generalized delta rule",
        "hidden-delta",
        setting,
        ("definition", D_I, Partial(E, Z_I), "definition of the error term"),
        (
            "chain rule",
            Sum(outer * through, AFTER),
            "chain rule: $z^{l}_{i}$ changes the weighted input of every unit $k$ after it, and "
            "$E$ is computed from these alone",
        ),
        ("definition of delta k", D_K, outer, "the same definition, one layer on"),
        ("name", D_I, Sum(Factors(D_K, through), AFTER), "so the first factors have a name"),
        (
            "two links",
            Sum(Factors(D_K, inner, slope), AFTER),
            "from $z^{l}_{i}$ to $z^{l+1}_{k}$ the way leads over $a^{l}_{i}$",
        ),
        ("weight", inner, weight, "only one term of the weighted sum holds $a^{l}_{i}$"),
        ("slope", slope, g_prime(Z_I), "the slope of unit $i$"),
        ("put in", D_I, Sum(Factors(D_K, weight, g_prime(Z_I)), AFTER), "both put in"),
        (
            "delta",
            Factors(g_prime(Z_I), Sum(Factors(weight, D_K), AFTER)),
            "the slope does not depend on $k$: in front of the sum",
        ),
    )


def layer_by_layer():
    """The recipe for the error terms, used from the last layer to the first, by induction."""
    true_i, true_k = Partial(E, Z_I), Partial(E, z(l + 1, k))
    through = Partial(z(l + 1, k), Z_I)
    at_outputs, next_one = recipe(L, i), recipe(l + 1, k)
    hypothesis = "recipe(l + 1, k)           # the hypothesis: it is right in layer l + 1"
    back = Factors(g_prime(Z_I), Sum(Factors(w(l + 1, k, i), next_one), AFTER))
    names = {
        true_i: "dE_dz_i",
        true_k: "dE_dz_k",
        through: "diff(z_k, z(l, i))",
        next_one: "recipe(l + 1, k)",
        recipe(l, i): "d_i",
        at_outputs: "d_L",
        Partial(E, z(L, i)): "d_L",
    }

    def recipe_with(value):
        return Setting(RECIPE.format(value=value), names, EQUAL, takes_chain_rule=True)

    setting, without = recipe_with(hypothesis), recipe_with("Partial(E, z(l + 1, k))")
    given = {"assumptions": [equation(true_k, next_one)], "without": without}
    return lines(
        "From layer to layer",
        "from-layer-to-layer",
        setting,
        (
            "definition at the outputs",
            at_outputs,
            Partial(E, z(L, i)),
            "the recipe starts with the derivatives at the outputs, for which we have formulas",
        ),
        (
            "definition",
            recipe(l, i),
            back,
            "and goes back by the rule, one layer after the other",
        ),
        (
            "chain rule",
            true_i,
            Sum(true_k * through, AFTER),
            "chain rule: line 2 of the generalized delta rule",
        ),
        Line(
            "hypothesis",
            "line",
            true_i,
            Sum(Factors(next_one, through), AFTER),
            "suppose that the recipe is right in layer $l + 1$",
            setting,
            **given,
        ),
        Line(
            "step",
            "line",
            true_i,
            back,
            "$z^{l}_{i}$ stands in one term of $z^{l+1}_{k}$, with the slope $g'(z^{l}_{i})$, "
            "which goes in front",
            setting,
            **given,
        ),
        Line(
            "so here",
            "line",
            true_i,
            recipe(l, i),
            "that is the recipe: it is right in layer $l$ as well",
            setting,
            **given,
        ),
        _every_layer(),
    )


def _every_layer():
    by_induction = general_rules()["induction"]

    def prove(statement, assumptions):
        """The recipe under the name that the induction over layers has for it."""
        names = {recipe(l, i): D_I}
        return by_induction.proves(equation(*(side.xreplace(names) for side in statement.args)))

    return Step(
        "every layer",
        "induction",
        equation(Partial(E, Z_I), recipe(l, i)),
        "right in layer $L$ by its start; and in layer $l$ if it is in layer $l + 1$",
        prove,
    )


def update():
    """One step of gradient descent for a weight and a bias, with indices."""
    w_new, b_new = (Symbol(str(s), real=True) for s in (W_IJ, B_I))
    setting = Setting(
        ONE_LAYER
        + """
from sympy import symbols
eta = symbols("eta", positive=True)
w_new = w(l, i, j) - eta*by_weight        # a step against the derivative
b_new = b(l, i) - eta*by_bias
""",
        {
            Partial(E, W_IJ): "by_weight",
            Partial(E, B_I): "by_bias",
            D_I: "Partial(E, z(l, i))",
            w_new: "w_new",
            b_new: "b_new",
            eta: "eta",
        },
        EQUAL,
    )

    def line(name, left, right, reason):
        kind = "definition" if name.startswith("definition") else "line"
        return Line(name, kind, left, right, reason, setting, relation=r"\leftarrow")

    return lines(
        "The update",
        "update",
        setting,
        line(
            "definition of the step",
            w_new,
            Terms(W_IJ, Negative(Factors(eta, Partial(E, W_IJ)))),
            r"gradient descent with learning rate $\eta$",
        ),
        line(
            "weight",
            w_new,
            Terms(W_IJ, Negative(Factors(eta, D_I, A_J))),
            "derivative with respect to the weight put in",
        ),
        line(
            "definition of the step of a bias",
            b_new,
            Terms(B_I, Negative(Factors(eta, Partial(E, B_I)))),
            "the same for the bias",
        ),
        line("bias", b_new, Terms(B_I, Negative(Factors(eta, D_I))), "put in"),
    )
