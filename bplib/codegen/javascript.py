"""A JavaScript module that runs and trains one network, for figures in a page."""

from sympy import Add, log
from sympy.printing.jscode import JavascriptCodePrinter

from ..symbolic.notation import delta
from .program import FloatFormulas, Language, Program, checked_derivation, code_name


class Printer(FloatFormulas, JavascriptCodePrinter):
    def _print_positive(self, expr):
        return f"({self.doprint(expr.args[0])} > 0.0 ? 1.0 : 0.0)"

    def _print_log(self, expr):
        powers = [log(term) for term in Add.make_args(expr.args[0])]
        if len(powers) != 2 or any(power.has(log) for power in powers):
            return super()._print_log(expr)
        # ln(e^p + e^q) without overflow, and exact where one of them is small.
        larger = f"Math.max({', '.join(map(self.doprint, powers))})"
        difference = self.doprint(powers[0] - powers[1])
        return f"({larger} + Math.log1p(Math.exp(-Math.abs({difference}))))"


class JavaScript(Language):
    def __init__(self):
        super().__init__(Printer())

    def exp(self, argument):
        return f"Math.exp({argument})"

    def tanh(self, argument):
        return f"Math.tanh({argument})"

    def largest(self, values):
        return f"Math.max({', '.join(values)})"

    def choose(self, condition, first, second):
        return f"{condition} ? {first} : {second}"


def javascript_source(network):
    """An ES module for one small network.

    It exports, with parameters in the order of `Network.parameters`:

    - `sizes`;
    - `forward(parameters, x)`: {z, a}, where z[l] and a[l] are the arrays of layer l (z[0] is
      null, a[0] is x);
    - `backward(parameters, forwardPass, y)`: {delta, gradient}, where delta[l] is the array of
      layer l (delta[0] is null) and gradient has the order of the parameters;
    - `update(parameters, x, y, eta)`: the new parameters, all updated at once.

    Parameters
    ----------
    network : Network or NetworkDerivation
        At most 500 weights.

    Returns
    -------
    str

    Raises
    ------
    TypeError, ValueError
        As for `compile_update`.
    """
    derivation = checked_derivation(network)
    program, spec = Program(derivation, JavaScript()), derivation.spec
    take_parameters = f"const {_array(program.parameters)} = parameters;"
    take_inputs = f"const {_array(program.inputs)} = x;"
    take_targets = f"const {_array(program.targets)} = y;"
    activations = _nested([spec.a(l) for l in range(spec.L + 1)])
    weighted = _nested([None, *(spec.z(l) for l in spec.layers)])
    deltas = _nested([None, *([delta(l, u) for u in spec.units(l)] for l in spec.layers)])
    forward, backward = list(program.forward()), list(program.backward())
    update = list(program.update())
    shared = [line for line in update if line[0] not in program.parameters]
    changed = dict(update)
    values = [changed[name] for name in program.parameters]
    return "\n".join(
        [
            f"// {spec}: written by bplib.codegen from the derived rules",
            "",
            f"export const sizes = [{', '.join(map(str, spec.sizes))}];",
            "",
            "export function forward(parameters, x) {",
            *_indented([take_parameters, take_inputs, *_constants(forward)]),
            f"  return {{ z: {weighted}, a: {activations} }};",
            "}",
            "",
            "export function backward(parameters, forwardPass, y) {",
            f"  const {activations} = forwardPass.a;",
            *_indented([take_parameters, take_targets, *_constants(backward)]),
            f"  const gradient = {_array([formula for _, formula in program.gradient()])};",
            f"  return {{ delta: {deltas}, gradient }};",
            "}",
            "",
            "export function update(parameters, x, y, eta) {",
            *_indented([take_parameters, take_inputs, take_targets]),
            *_indented(_constants([*forward, *backward, *shared])),
            f"  return {_array(values)};",
            "}",
            "",
        ]
    )


def _constants(lines):
    return [f"const {target} = {formula};" for target, formula in lines]


def _indented(lines):
    return [f"  {line}" for line in lines]


def _array(items):
    return f"[{', '.join(items)}]"


def _nested(layers):
    """An array of arrays of names; null where a quantity has no layer 0."""
    return _array(
        "null" if layer is None else _array([code_name(symbol) for symbol in layer])
        for layer in layers
    )
