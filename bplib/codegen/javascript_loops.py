"""A JavaScript module that runs and trains networks of any size, from the general rules.

Where `javascript_source` writes out one network, this writes out the rules: layer and unit numbers
stay variables, and each sum over a layer becomes a loop. Layers and units are counted from 1 in the
JavaScript as in the book, and layer 0 is the input.
"""

from itertools import count

from sympy import IndexedBase, Sum, Symbol, diff, exp, expand_log, log

from ..symbolic import derive
from ..symbolic.derivation import equation
from ..symbolic.functions import ACTIVATIONS, ERRORS
from ..symbolic.general import general_rules, weighted_input
from ..symbolic.layout import plain_value
from ..symbolic.lines import mean_gradient, update
from ..symbolic.notation import E, L, Partial, a, eta, i, j, k, l, n, w, y, z
from ..symbolic.weighted_input import in_weighted_inputs
from .javascript import JavaScript, Printer

PROGRAM = """\
// Networks of any size: written by bplib.codegen from the general rules

// ln a and ln(1 - a) from z: they are lost where a has been rounded to 0 or 1.
const logSigmoid = (z) => ({{
  logA: z.map((z) => {log_sigmoid}), logRest: z.map((z) => {log_rest}),
}});
const logSoftmax = (z) => {{ // of z less the largest: the same outputs, and nothing overflows
  const m = Math.max(...z), less = z.map((z) => z - m);
  const total = Math.log(less.reduce((s, z) => s + Math.exp(z), 0.0));
  return {{ logA: less.map((z) => {log_softmax}) }};
}};
const activationOf = {activations};
const slopeOf = {slopes};
const errorOf = {errors};
const outputDeltaOf = {output_deltas};

export function network(n, activations, error) {{
  const L = n.length - 1;
  const W = [], B = [];
  let end = 0;
  for (let l = 1; l <= L; l++) {{ W[l] = end; end += n[l]*n[l - 1]; }}
  for (let l = 1; l <= L; l++) {{ B[l] = end; end += n[l]; }}
  const g = [null, ...activations.map((name) => activationOf[name])];
  const slope = [null, ...activations.map((name) => slopeOf[name])];

  function forward(parameters, x) {{
    const a = [x], z = [null];
    for (let l = 1; l <= L; l++) {{
      z[l] = [];
      for (let i = 1; i <= n[l]; i++) {{
        {z}
      }}
      a[l] = g[l](z[l]);
    }}
    return {{ z, a }};
  }}

  function backward(parameters, {{ z, a }}, y) {{
    const delta = [null], gradient = new Array(end);
    delta[L] = [];
    outputDeltaOf[error][activations[L - 1]](n, L, z, a, y, delta);
    for (let l = L - 1; l >= 1; l--) {{
      delta[l] = [];
      for (let i = 1; i <= n[l]; i++) {{
        {delta}
      }}
    }}
    for (let l = 1; l <= L; l++)
      for (let i = 1; i <= n[l]; i++) {{
        for (let j = 1; j <= n[l - 1]; j++) {{
          {by_weight}
        }}
        {by_bias}
      }}
    return {{ delta, gradient }};
  }}

  const descend = (parameters, gradient, eta) => parameters.map((p, m) => {descent});

  return {{
    sizes: n, forward, backward, descend,
    error: (forwardPass, y) => errorOf[error](n, L, forwardPass.z, forwardPass.a, y),
    update: (parameters, x, y, eta) =>
      descend(parameters, backward(parameters, forward(parameters, x), y).gradient, eta),
  }};
}}
"""


def general_javascript_source():
    """An ES module for networks of any size, with biases.

    It exports `network(sizes, activations, error)`, with the name of an activation for each layer
    1..L, which returns

    - `sizes`, and `forward`, `backward` and `update` as in `javascript_source`;
    - `error(forwardPass, y)`: E of one example, finite also where an output is rounded to 0 or 1;
    - `descend(parameters, gradient, eta)`: the parameters after a step of gradient descent, for a
      gradient that is for instance the mean over several examples.

    Sizes, names and arrays are not checked there: that is the caller's part, as in all programs
    of this package.

    Returns
    -------
    str
    """
    rules, writer = general_rules(), _Writer()
    log_sigmoid, log_rest = _logarithms_of_sigmoid()
    return PROGRAM.format(
        log_sigmoid=log_sigmoid,
        log_rest=log_rest,
        log_softmax=_logarithm_of_softmax(),
        activations=_table({name: _activation(name) for name in ACTIVATIONS}),
        slopes=_table({name: _slope(name) for name in ACTIVATIONS if name != "softmax"}),
        errors=_table({error.name: _error(error) for error in ERRORS.values()}),
        output_deltas=_table({error.name: _deltas(error, rules) for error in ERRORS.values()}),
        z=writer.assignment(equation(z(l, i), weighted_input(l, i)), 8),
        delta=writer.assignment(rules["delta"], 8),
        by_weight=writer.assignment(rules["dE/dw"], 10),
        by_bias=writer.assignment(rules["dE/db"], 8),
        descent=writer.formula(_after_step(Symbol("p"), Symbol("gradient[m]"))),
    )


def descent_source():
    """A JavaScript expression: an object with what gradient descent does with gradients.

    It has `mean(numbers)`, for the errors of several examples or one component of their gradients;
    `step(eta, slope)`, what a parameter is changed by; and `descend(parameters, gradient, eta)`,
    the parameters after a step.
    """
    writer = _Writer()
    slope, parameter = Symbol("slope"), Symbol("p")
    step = writer.formula(_after_step(parameter, slope) - parameter)
    after = writer.formula(_after_step(parameter, Symbol("gradient[m]")))
    return (
        f"{{\nmean: (numbers) => {writer.function(_mean())},\nstep: (eta, slope) => {step},\n"
        f"descend: (parameters, gradient, eta) => parameters.map((p, m) => {after}),\n}}"
    )


def _after_step(parameter, slope):
    """A parameter after a step of gradient descent, by its definition."""
    names = {w(l, i, j): parameter, Partial(E, w(l, i, j)): slope, eta: Symbol("eta")}
    return plain_value(update()["definition of the step"].rhs).xreplace(names)


def _mean():
    """The gradient of a mean over N examples, with numbers[n] for that of example n."""
    mean = plain_value(mean_gradient()["mean"].rhs)
    [total] = mean.atoms(Sum)
    [(number, _, count)] = total.limits
    names = {total.function: NUMBERS[number], count: Symbol("numbers.length")}
    return mean.xreplace(names)


# Where the rules' symbols are in the program, whose arrays start at 0.
PLACES = {
    "w": "{of}[W[{0}] + ({1} - 1)*n[{before}] + {2} - 1]",
    "b": "{of}[B[{0}] + {1} - 1]",
    "a": "a[{0}][{1} - 1]",
    "z": "z[{0}][{1} - 1]",
    r"\delta": "delta[{0}][{1} - 1]",
    "y": "y[{0} - 1]",
    "n": "n[{0}]",
    "logA": "logA[{0} - 1]",
    "logRest": "logRest[{0} - 1]",
    "numbers": "numbers[{0} - 1]",
}

# ln a^L_k and ln(1 - a^L_k), and what computes them for the outputs that an error goes with.
LOG_A, LOG_REST = IndexedBase("logA"), IndexedBase("logRest")
NUMBERS = IndexedBase("numbers")
LOGARITHMS = {"binary_cross_entropy": "logSigmoid", "cross_entropy": "logSoftmax"}


class _Printer(Printer):
    """House symbols with symbolic indices as places in arrays."""

    def _print_Indexed(self, expr, of="parameters"):
        return PLACES[str(expr.base)].format(*expr.indices, before=expr.indices[0] - 1, of=of)

    def _print_Partial(self, expr):  # of E by a parameter
        return self._print_Indexed(expr.by, of="gradient")

    def _print_ActivationSlope(self, expr):
        layer, unit = expr.args[0].indices
        return f"slope[{layer}]({self.doprint(z(layer, unit))}, {self.doprint(a(layer, unit))})"


class _Writer:
    """Formulas with sums, as statements: a loop for each sum, then what is made of it."""

    def __init__(self):
        self._printer = _Printer()
        self._names = (f"s{number}" for number in count(1))

    def formula(self, expr):
        return self._printer.doprint(expr)

    def assignment(self, statement, indent=0):
        """Statements, on lines of their own, that set the left side to the value of the right."""
        loops, value = self._without_sums(statement.rhs)
        lines = [*loops, f"{self.formula(statement.lhs)} = {self.formula(value)};"]
        return ("\n" + " " * indent).join(lines)

    def function(self, expr):
        """The body of a function that returns the value of an expression."""
        loops, value = self._without_sums(expr)
        return f"{{ {' '.join(loops)} return {self.formula(value)}; }}"

    def _without_sums(self, expr):
        totals = {total: Symbol(next(self._names)) for total in sorted(expr.atoms(Sum), key=str)}
        return [self._loop(*item) for item in totals.items()], expr.xreplace(totals)

    def _loop(self, total, name):
        [(index, first, last)] = total.limits
        steps = f"let {index} = {first}; {index} <= {self.formula(last)}; {index}++"
        return f"let {name} = 0.0; for ({steps}) {name} += {self.formula(total.function)};"


def _table(entries):
    return "{\n" + "".join(f"  {name}: {text},\n" for name, text in entries.items()) + "}"


def _logarithms_of_sigmoid():
    """ln a and ln(1 - a) of a unit, written in its z."""
    derivation = derive([1, 1], "sigmoid", "binary_cross_entropy")
    for logarithm in (log(a(1, 1)), log(1 - a(1, 1))):
        written = in_weighted_inputs(derivation, logarithm)
        yield _Printer().doprint(written.subs(z(1, 1), Symbol("z", real=True)))


def _logarithm_of_softmax():
    """ln a of a unit, written in its z and `total`, the logarithm of the sum of all powers."""
    unit, total = Symbol("z", real=True), Symbol("total", real=True)
    return _Printer().doprint(expand_log(log(exp(unit) / exp(total)), force=True))


def _activation(name):
    """A function of the weighted inputs of a layer."""
    if name == "softmax":
        return (
            "(z) => { const m = Math.max(...z), e = z.map((z) => Math.exp(z - m)); "
            "const s = e.reduce((s, e) => s + e); return e.map((e) => e / s); }"
        )
    [(_, formula)] = JavaScript().activation(name, ["z"], ["a"])
    return f"(z) => z.map((z) => {formula})"


def _slope(name):
    """A function of z and a of a unit of a hidden layer."""
    own, unit = ACTIVATIONS[name], Symbol("z", real=True)
    slope = own.in_outputs(diff(own.expression(unit), unit), unit, Symbol("a", real=True))
    return f"(z, a) => {_Printer().doprint(slope)}"


def _error(error):
    """A function of z, a and y. Logarithms are taken of z: that of an a rounded to 0 is lost."""
    term = error.expression([a(L, k)], [y(k)])
    term = term.xreplace({log(a(L, k)): LOG_A[k], log(1 - a(L, k)): LOG_REST[k]})
    loops = _Writer().function(Sum(term, (k, 1, n(L))))
    logs = LOGARITHMS.get(error.name)
    return (
        f"(n, L, z, a, y) => {loops}"
        if logs is None
        else (f"(n, L, z, a, y) => {{ const {{ logA, logRest }} = {logs}(z[L]); {loops[2:]}")
    )


def _deltas(error, rules):
    """For each activation of the output layer, a function that sets its error terms."""
    functions = {}
    for activation in error.outputs:
        loop = _Writer().assignment(rules[f"delta^L: {error.name}, {activation}"])
        loop = f"for (let i = 1; i <= n[L]; i++) {{ {loop} }}".replace("\n", " ")
        functions[activation] = f"(n, L, z, a, y, delta) => {{ {loop} }}"
    return _table(functions)
