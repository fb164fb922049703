"""A network's derivation beside its numbers, every operation written out.

One update (or several) of a small network as one would work it out on paper: the six steps of the
algorithm, a line for each quantity, first its rule in letters, then with the numbers put in, then
product by product and sum by sum. Shown are rounded numbers; carried on are exact ones.
"""

from sympy import Rational

from ..validation import flag, real_number, sequence, whole_number
from .arithmetic import Numeral, exact, stages, written
from .layout import Factors, Negative, Terms
from .network import derive
from .notation import E, Partial, eta
from .page.calculation import calculation_html
from .page.html import dressed
from .programs import Program

PARTS = ("Input", "Forward", "Error", "Backward", "Gradients", "Update")
PART_OF = {"forward": "Forward", "error": "Error", "delta": "Backward", "gradient": "Gradients"}


class CalculationLine:
    """A quantity, its rule in letters, and the stages from the numbers put in to the result.

    Attributes
    ----------
    symbol, rule : SymPy expressions
    stages : list of SymPy expressions
        The rule with numbers put in, then after each round of operations, down to one numeral.
    value : SymPy number
        Exact, or to 40 digits.
    relation : str
        "=", or an arrow for an update.
    """

    def __init__(self, symbol, rule, values, digits, relation="="):
        self.symbol, self.rule, self.relation = symbol, rule, relation
        numerals = {known: Numeral(value, digits) for known, value in values.items()}
        self.stages = list(stages(written(rule, numerals), digits))
        self.value = exact(self.stages[-1])


class Calculation:
    """Updates of one network with numbers, line by line.

    Parameters
    ----------
    weights : sequence of L matrices
        W^1 ... W^L, of shape (n_l, n_{l-1}).
    biases : sequence of L vectors, or None
        b^1 ... b^L. None: a network without biases.
    x, y : sequences of n_0 and n_L numbers
    eta : number
    activation, error : as for `derive`
    updates : int
        How many, one after the other, with the same example.
    digits : int
        Significant digits that are shown.
    train_biases : bool
        Whether an update changes the biases.
    title, name : str or None
        The heading, and how the address of each line begins.

    Attributes
    ----------
    rounds : list
        For each update a dict: the lines of each of the six `PARTS`, which are the steps of the
        algorithm.
    values : list
        For each update a dict: every quantity's value by its symbol, also the new parameters'.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, or shapes do not fit together.

    Examples
    --------
    >>> Calculation([[[0.5, -1]], [[2]]], [[0], [0.5]], x=[1, 2], y=[1], eta=0.5)
    Calculation of 1 update of a 2-1-1 network
    """

    def __init__(
        self,
        weights,
        biases,
        x,
        y,
        eta,
        activation="sigmoid",
        error="half_squared",
        updates=1,
        digits=4,
        train_biases=True,
        title=None,
        name=None,
    ):
        count = whole_number("updates", updates, minimum=1)
        self.digits = whole_number("digits", digits, minimum=2)
        self.eta = _number("eta", eta)
        weights = [_matrix(f"weights[{l}]", W) for l, W in enumerate(sequence("weights", weights))]
        if not weights:
            raise ValueError("weights: expected at least one matrix, got none")
        sizes = [len(weights[0][0]), *map(len, weights)]
        self.derivation = derive(sizes, activation, error, biases is not None)
        self.spec = self.derivation.spec
        self.given = _given(self.spec, weights, biases, x, y)
        trained = flag("train_biases", train_biases)
        self.changed = [p for p in self.spec.parameters if trained or str(p).startswith("w")]
        shape = "-".join(map(str, sizes))
        plural = "" if count == 1 else "s"
        self.title = title or f"{count} update{plural} of a {shape} network, with numbers"
        self.name = name or f"calculation-{shape}"
        self.rounds, self.values = [], []
        values = self.given
        for _ in range(count):
            lines, reached = self._round(values)
            self.rounds.append(lines)
            self.values.append(reached)
            values = values | {p: reached["new", p] for p in self.changed}

    def _round(self, values):
        """The lines of one update by their parts, and the value of everything in them."""
        lines, values = {part: [] for part in PARTS}, dict(values)

        def work_out(part, symbol, rule, key, relation="="):
            line = CalculationLine(symbol, rule, values, self.digits, relation)
            lines[part].append(line)
            values[key] = line.value

        for step in self.derivation.steps:
            skipped = step.kind == "gradient" and step.lhs.by not in self.changed
            if step.kind in PART_OF and not skipped:
                work_out(PART_OF[step.kind], step.lhs, step.rhs, step.lhs)
        known = dict(values)
        for parameter in self.changed:
            rule = Terms(parameter, Negative(Factors(eta, Partial(E, parameter))))
            line = CalculationLine(
                parameter, rule, known | {eta: self.eta}, self.digits, r"\leftarrow"
            )
            lines["Update"].append(line)
            values["new", parameter] = line.value
        return lines, values

    @property
    def program(self):
        """The same with `bplib.Network`, which prints nine decimals."""
        spec, given = self.spec, self.given
        weights = [[[float(given[w]) for w in row] for row in spec.weights(l)] for l in spec.layers]
        options = [f"    activation={list(spec.activations)},", f'    error="{spec.error}",']
        if spec.biases:
            biases = [[float(given[spec.bias(l, u)]) for u in spec.units(l)] for l in spec.layers]
            options.insert(0, f"    biases={biases},")
        if spec.biases and len(self.changed) < len(spec.parameters):
            options.append("    train_biases=False,")
        x, y = ([float(given[s]) for s in symbols] for symbols in (spec.a(0), spec.y))
        lines = [
            "from bplib import Network",
            "",
            "net = Network.from_parameters(",
            f"    weights={weights},",
            *options,
            ")",
            f"for update in range({len(self.rounds)}):",
            f"    fp = net.forward({x})",
            f"    bp = net.backward(fp, {y})",
            f"    net.update(bp, eta={float(self.eta)})",
            '    print("E =", round(bp.error, 9))',
            "    for l in range(1, net.L + 1):",
            '        print(f"z[{l}] =", *fp.z[l].round(9), f" a[{l}] =", *fp.a[l].round(9))',
            '        print(f"delta[{l}] =", *bp.delta[l].round(9))',
            '        print(f"grad_W[{l}] =", *bp.grad_W[l].ravel().round(9))',
            '        print(f"W[{l}] after =", *net.W[l].ravel().round(9))',
        ]
        return Program("\n".join(lines))

    def _repr_html_(self):
        return dressed(calculation_html(self))

    def __repr__(self):
        shape = "-".join(map(str, self.spec.sizes))
        count = len(self.rounds)
        return f"Calculation of {count} update{'' if count == 1 else 's'} of a {shape} network"


def _given(spec, weights, biases, x, y):
    """The exact values of all parameters, inputs and targets by their symbols."""
    given = {}
    for l, W in zip(spec.layers, weights, strict=True):
        columns = spec.sizes[l - 1]
        for row, symbols in zip(W, spec.weights(l), strict=True):
            if len(row) != columns:
                raise ValueError(
                    f"weights[{l - 1}]: expected {columns} columns, one for each unit of layer "
                    f"{l - 1}, got {len(row)}"
                )
            given |= zip(symbols, row, strict=True)
    if biases is not None:
        biases = sequence("biases", biases)
        if len(biases) != spec.L:
            raise ValueError(f"biases: expected {spec.L} vectors, one a layer, got {len(biases)}")
        for l, b in zip(spec.layers, biases, strict=True):
            symbols = [spec.bias(l, unit) for unit in spec.units(l)]
            given |= zip(symbols, _vector(f"biases[{l - 1}]", b, len(symbols)), strict=True)
    given |= zip(spec.a(0), _vector("x", x, spec.sizes[0]), strict=True)
    given |= zip(spec.y, _vector("y", y, spec.sizes[-1]), strict=True)
    total = sum(given[target] for target in spec.y)
    if spec.error_function.targets_sum_to_one and total != 1:
        raise ValueError(f"y: expected targets that sum to 1, got {float(total):g}")
    return given


def _matrix(name, rows):
    rows = [_vector(f"{name}[{number}]", row) for number, row in enumerate(sequence(name, rows))]
    if not rows or not rows[0]:
        raise ValueError(f"{name}: expected at least one row and one column, got none")
    return rows


def _vector(name, values, length=None):
    values = [_number(f"{name}[{place}]", v) for place, v in enumerate(sequence(name, values))]
    if length is not None and len(values) != length:
        raise ValueError(f"{name}: expected {length} numbers, got {len(values)}")
    return values


def _number(name, value):
    """As it is written: 0.1 is one tenth."""
    return Rational(repr(real_number(name, value)))
