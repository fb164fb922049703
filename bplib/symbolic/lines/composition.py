"""How changes compose: along links, over paths, and for a whole layer at once."""

from sympy import (
    ImmutableDenseMatrix,
    MatAdd,
    MatMul,
    MatrixSymbol,
    Rational,
    Symbol,
)

from ..chain_rule import chain_rule
from ..layout import Factors, Fraction, Group, Negative, Power, Terms
from ..notation import E, Partial, a, b, g, g_prime, l, w, z
from ..programs import NetworkSetting, PythonCode, Setting
from .line import Line, lines


class Ordinary(Partial):
    """The derivative of a function of one variable, written with d."""

    def _latex(self, printer):
        of, by = map(printer.doprint, self.args)
        return rf"\frac{{d {of}}}{{d {by}}}"


class ArraySum(Terms):
    """A sum of matrices or columns, in this order."""

    def value(self, *args):
        return MatAdd(*args, evaluate=False)


def _symbols(*names):
    return [Symbol(name, real=True) for name in names]


def two_links():
    """Two links, differentiated one by one and in one go."""
    x, u, f = _symbols("x", "u", "f")
    inner = Terms(3 * x, 1)
    outer, link, whole = Ordinary(f, u), Ordinary(u, x), Ordinary(f, x)
    setting = Setting(
        """
from sympy import diff, expand, symbols

x, v = symbols("x v", real=True)
u = 3*x + 1
f = u**2
df_du = diff(v**2, v).subs(v, u)
""",
        {x: "x", u: "u", f: "f", outer: "df_du", link: "diff(u, x)", whole: "diff(f, x)"},
        "expand({left} - ({right}))",
    )
    return lines(
        "Two links, one by one and in one go",
        "two-links",
        setting,
        ("definition of u", u, inner, "the first link"),
        ("definition of f", f, Power(u, 2), "the second link"),
        ("first link", link, 3, "it triples every change"),
        ("second link", outer, 2 * u, "power rule"),
        ("chain rule", whole, Factors(outer, link), "the two multiply"),
        ("put in", Factors(Group(2 * u), Group(3)), "both put in"),
        ("link by link", Terms(18 * x, 6), "$u = 3x + 1$ put in, multiplied out"),
        ("in one go", f, Power(inner, 2), "now without a link: $u$ put in first"),
        (
            "multiply out",
            Terms(9 * x**2, 6 * x, 1),
            "multiply out",
        ),
        ("the same", whole, Terms(18 * x, 6), "power rule: the same function of $x$"),
    )


TITLES = {
    1: ("The chain rule for one quantity", "chain-rule-1"),
    2: ("The chain rule for two quantities", "chain-rule-2"),
    3: ("The chain rule for three quantities", "chain-rule-3"),
    None: ("The chain rule for any number of quantities", "chain-rule-any"),
}


def rule_for(count=None):
    """`chain_rule` under a heading for readers: for 1, 2 or 3 quantities, or for any number.

    Raises
    ------
    ValueError
        If `count` is not one of these.
    """
    if count not in TITLES:
        raise ValueError(f"count: expected 1, 2, 3 or None, got {count!r}")
    return chain_rule(count).named(*TITLES[count])


LAYER = """
from sympy import diff, expand, symbols
from bplib.symbolic import g as error, g_prime as slope_of_error

w, a, b, h = symbols("w a b h", real=True)
z = w*a + b
E = error(z)                       # whatever follows: any function of z
dE_dz = slope_of_error(z)
"""


def link_sensitivities():
    """How the weighted input of a single unit reacts to weight, activation and bias."""
    w_l, a_l, b_l, z_l = _symbols("w^{l}", "a^{l-1}", "b^{l}", "z^{l}")
    by_weight, by_activation, by_bias = (Partial(z_l, s) for s in (w_l, a_l, b_l))
    h = Symbol("h", real=True, nonzero=True)  # a small step
    product = Factors(w_l, a_l)
    moved = Terms(Factors(Group(Terms(w_l, h)), a_l), b_l)
    setting = Setting(
        LAYER,
        {
            h: "h",
            w_l: "w",
            a_l: "a",
            b_l: "b",
            z_l: "z",
            by_weight: "diff(z, w)",
            by_activation: "diff(z, a)",
            by_bias: "diff(z, b)",
            Partial(E, z_l): "dE_dz",
            Partial(E, w_l): "diff(E, w)",
        },
        "expand({left} - ({right}))",
    )
    return lines(
        "How a weighted input reacts",
        "link-sensitivities",
        setting,
        ("definition of z", z_l, Terms(product, b_l), "weighted input of a single unit"),
        (
            "by weight, quotient",
            by_weight,
            Fraction(Terms(Group(moved), Negative(Group(Terms(product, b_l)))), h),
            "$z^{l}$ after a step $h$ of the weight, minus $z^{l}$ before, divided by $h$; "
            "$a^{l-1}$ and $b^{l}$ are kept fixed",
        ),
        ("by weight, change", Fraction(Factors(h, a_l), h), "the rest cancels"),
        ("by weight", a_l, "the same for every $h$, so also in the limit"),
        (
            "by activation, change",
            by_activation,
            Fraction(Factors(w_l, h), h),
            "likewise with a step of $a^{l-1}$; $w^{l}$ and $b^{l}$ are kept fixed",
        ),
        ("by activation", w_l, "$h$ cancels"),
        (
            "by bias, change",
            by_bias,
            Fraction(h, h),
            "likewise with a step of $b^{l}$; the product is kept fixed",
        ),
        ("by bias", 1, "$h$ cancels"),
        (
            "chain rule",
            Partial(E, w_l),
            Factors(Partial(E, z_l), by_weight),
            "chain rule: the weight acts on $E$ through $z^{l}$",
        ),
        (
            "gradient",
            Factors(Partial(E, z_l), a_l),
            "put in: if $a^{l-1} = 0$, the derivative is 0",
        ),
    )


def two_paths():
    """The 1-2-1 network: from the input to the output over two hidden units."""
    x = Symbol("x_{1}", real=True)
    hidden = (1, 2)
    z_out = z(2, 1)
    network = {}
    for unit in hidden:
        network[z(1, unit)] = Terms(Factors(w(1, unit, 1), x), b(1, unit))
        network[a(1, unit)] = g(z(1, unit))
    network[z_out] = Terms(*(Factors(w(2, 1, unit), a(1, unit)) for unit in hidden), b(2, 1))
    outer = {unit: Partial(z_out, a(1, unit)) for unit in hidden}
    inner = {unit: Partial(a(1, unit), x) for unit in hidden}
    given = [
        (
            "definition of z",
            z_out,
            network[z_out],
            "both hidden activations depend on $x_{1}$",
        ),
        (
            "chain rule",
            Partial(z_out, x),
            Terms(*(Factors(outer[unit], inner[unit]) for unit in hidden)),
            "chain rule for two quantities: one product for each path, added",
        ),
    ]
    for unit, other in (hidden, reversed(hidden)):
        given += [
            (
                f"weight {unit}",
                outer[unit],
                w(2, 1, unit),
                f"$a^{{1}}_{{{other}}}$ and $b^{{2}}_{{1}}$ are kept fixed",
            ),
            (
                f"hidden unit {unit}",
                inner[unit],
                Factors(g_prime(z(1, unit)), w(1, unit, 1)),
                f"two links: $a^{{1}}_{{{unit}}} = g(z^{{1}}_{{{unit}}})$ and "
                f"$z^{{1}}_{{{unit}}} = w^{{1}}_{{{unit}1}} x_{{1}} + b^{{1}}_{{{unit}}}$",
            ),
        ]
    given.append(
        (
            "put in",
            Partial(z_out, x),
            Terms(*(Factors(w(2, 1, unit), g_prime(z(1, unit)), w(1, unit, 1)) for unit in hidden)),
            "all four put in",
        )
    )
    return lines("Two paths, added", "two-paths", NetworkSetting(network), *given)


def pair_bound():
    """A weight of size |w| with the slope of a sigmoid: at most |w|/4."""
    size = Symbol("|w|", nonnegative=True)
    a_i = Symbol("a", real=True)
    slope, quarter = g_prime(Symbol("z", real=True)), Rational(1, 4)
    square = Power(Terms(a_i, Negative(Rational(1, 2))), 2)
    setting = Setting(
        """
from sympy import diff, exp, simplify, symbols

z = symbols("z", real=True)
size = symbols("size", nonnegative=True)        # of the weight
a = 1/(1 + exp(-z))
slope = diff(a, z)
""",
        {size: "size", a_i: "a", slope: "slope"},
        "simplify({left} - ({right}))",
    )
    return lines(
        "A weight and the slope of a sigmoid",
        "pair-bound",
        setting,
        (
            "slope",
            Factors(size, slope),
            Factors(size, Group(Terms(quarter, Negative(square)))),
            "the slope of the sigmoid, in the form that the next lesson derives",
        ),
        (
            "bound",
            Terms(Fraction(size, 4), Negative(Factors(size, square))),
            "what is taken away is never negative: at most $|w| / 4$, so below 1 if $|w| < 4$",
        ),
    )


def matrix_form():
    """Two units that are fed by three: from a line for each unit to one line for the layer."""
    rows, columns = (1, 2), (1, 2, 3)
    before = l - 1
    sums = {
        row: [Factors(w(l, row, column), a(before, column)) for column in columns] for row in rows
    }
    with_bias = {row: Terms(*sums[row], b(l, row)) for row in rows}

    def column(entries):
        return ImmutableDenseMatrix([[entry] for entry in entries])

    outputs = column(z(l, row) for row in rows)
    biases = column(b(l, row) for row in rows)
    weights = ImmutableDenseMatrix([[w(l, row, column) for column in columns] for row in rows])
    inputs = column(a(before, column) for column in columns)
    names = {w(l, row, column): f"w_{row}{column}" for row in rows for column in columns}
    names |= {a(before, column): f"a_{column}" for column in columns}
    names |= {b(l, row): f"b_{row}" for row in rows} | {z(l, row): f"z_{row}" for row in rows}
    setting = Setting(
        """
from sympy import Matrix, symbols, zeros

w_11, w_12, w_13, w_21, w_22, w_23 = symbols("w_11:14 w_21:24", real=True)
a_1, a_2, a_3, b_1, b_2 = symbols("a_1:4 b_1:3", real=True)
z_1 = w_11*a_1 + w_12*a_2 + w_13*a_3 + b_1
z_2 = w_21*a_1 + w_22*a_2 + w_23*a_3 + b_2
""",
        names,
        "{left} - ({right}) == zeros(2, 1)",
    )
    scalar = Setting(setting.preamble, names, "{left} - ({right})")
    arrays = {"W": weights, "a": inputs, "b": biases, "z": outputs}
    label = {"W": "W^{l}", "a": "a^{l-1}", "b": "b^{l}", "z": "z^{l}"}
    symbols = {s: MatrixSymbol(label[s], *array.shape) for s, array in arrays.items()}
    return lines(
        "From two units to one line",
        "matrix-form",
        setting,
        *(
            Line(
                f"definition of z_{row}",
                "definition",
                z(l, row),
                with_bias[row],
                f"weighted input of unit {row}",
                scalar,
            )
            for row in rows
        ),
        ("column", outputs, column(with_bias.values()), "one under the other"),
        (
            "biases apart",
            ArraySum(column(Terms(*sums[row]) for row in rows), biases),
            "columns are added row by row",
        ),
        (
            "product",
            ArraySum(MatMul(weights, inputs, evaluate=False), biases),
            "row times column: first with first, second with second, third with third, added",
        ),
        Line(
            "definition of the names",
            "definition",
            symbols["z"],
            ArraySum(MatMul(symbols["W"], symbols["a"]), symbols["b"]),
            "a name for each of the arrays",
            Setting(
                setting.preamble,
                names | {symbols[s]: PythonCode(names).doprint(arrays[s]) for s in arrays},
                setting.compare,
            ),
        ),
    )
