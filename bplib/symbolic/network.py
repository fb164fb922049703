r"""From a network and its error function to its update rules.

The derivation goes the way of the lectures: forward pass, error, error term of the output layer,
error terms of the hidden layers from back to front, gradients. What can be derived on the way is
derived by `sympy.diff`, factor by factor; then every statement is proved against the naive
derivative of the whole error (`bplib.symbolic.meaning`).

Source: D. E. Rumelhart, G. E. Hinton, R. J. Williams, Learning representations by
back-propagating errors, Nature 323 (1986).
"""

from functools import cache

from sympy import Add, cancel, collect, diff, expand

from .derivation import Derivation, Step, equation
from .meaning import Meaning
from .notation import E, Partial, b, delta, plain, w, z
from .programs import NetworkSetting, identifier
from .specification import specification

MAX_WEIGHTS = 500


def derive(sizes, activation="sigmoid", error="half_squared", biases=True):
    """Derive the update rules of one network and their proofs.

    Parameters
    ----------
    sizes : sequence of int
        Units in each layer, n_0 (the input) to n_L (the output).
    activation : str or sequence of str
        "identity", "sigmoid", "tanh", "relu" or "softmax" (output layer only), for all layers,
        or one name for each of the layers 1 to L.
    error : str
        "half_squared", "binary_cross_entropy" (sigmoid output) or "cross_entropy" (softmax
        output; assumes targets that sum to 1).
    biases : bool
        Whether there are biases at all.

    Returns
    -------
    NetworkDerivation
        Its steps, for l = 1..L and units from 1, are named "z^l_i", "a^l_i", "E", "dE/da^L_i",
        "da^l_i/dz^l_i", "delta^l_i: definition", "delta^l_i: chain rule", "delta^l_i",
        "dE/dw^l_ij: chain rule", "dE/dw^l_ij" and "dE/db^l_i", with numbers for letters.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as described, or the network has more than 500 weights.

    Examples
    --------
    >>> d = derive([2, 3, 2])
    >>> d["dE/dw^1_21"]
    dE/dw^1_21: d(E)/d(w^{1}_{21}) = delta^{1}_{2}*a^{0}_{1}
    >>> d.prove()
    2-3-2 network, sigmoid, half squared: all 64 statements proved, 16 definitions
    """
    spec = specification(sizes, activation, error, biases)
    if spec.weight_count > MAX_WEIGHTS:
        raise ValueError(
            f"sizes: expected a network of at most {MAX_WEIGHTS} weights, each of which gets "
            f"formulas of its own, got {spec.weight_count}; general_rules() has the rules for any "
            "width and depth, and Network.fit trains with them"
        )
    return NetworkDerivation(spec)


class NetworkDerivation(Derivation):
    """The derivation of one network.

    Attributes
    ----------
    spec : Specification
        The network: `sizes`, `activations`, `error`, `biases`, `parameters`.
    rules : dict
        What a program has to compute, in this order: a symbol (z, a, delta, or `Partial(E, w)`)
        and its value in terms of earlier ones.
    """

    def __init__(self, spec):
        self.spec = spec
        self._meanings = {}
        super().__init__(str(spec), _Steps(spec, self._prove).all())
        self._all = self.steps  # also where this is a part, made by `show`

    @property
    def rules(self):
        kinds = ("forward", "delta", "gradient")
        return {step.lhs: step.rhs for step in self.steps if step.kind in kinds}

    def written_out(self, symbol):
        """The rule for a symbol with all other rules put in: inputs, targets, parameters remain."""
        values = {}
        for known, rule in self.rules.items():
            values[known] = rule.xreplace(values)
        return values[symbol]

    def naive_gradient(self, parameter):
        """dE/d(parameter) as `sympy.diff` gives it for the whole error, all layers substituted."""
        return self._meaning(()).naive(parameter)

    def program(self, step):
        """The naive derivative of the whole error, compared with the step, in plain SymPy."""
        if step.is_definition:
            return None
        spec = self.spec
        made = [s for s in self._all if s.kind in ("forward", "error")]
        given = ""
        if step.assumptions:
            last, *others = (identifier(target) for target in reversed(spec.y))
            given = f", given={{{last}: {' - '.join(['1', *others])}}}"
        setting = NetworkSetting(
            {s.lhs: s.rhs for s in made},
            f"prove_equal({{left}}, {{right}}{given.replace('{', '{{').replace('}', '}}')})",
            also={delta(l, i): Partial(E, z(l, i)) for l in spec.layers for i in spec.units(l)},
        )
        return setting.program(step.statement)

    def _prove(self, statement, assumptions):
        meaning = self._meaning(assumptions)
        return meaning(statement.lhs) == meaning(statement.rhs)

    def _meaning(self, assumptions):
        key = equation(Add(*self.spec.y), 1) in assumptions  # any other says nothing here
        if key not in self._meanings:
            self._meanings[key] = Meaning(self.spec, targets_sum_to_one=key)
        return self._meanings[key]


class _Steps:
    """Writes the steps of one network, in order."""

    def __init__(self, spec, prove):
        self.spec = spec
        self.prove = prove

    def step(self, name, kind, left, right, reason, assumptions=()):
        return Step(name, kind, equation(left, right), reason, self.prove, assumptions)

    def all(self):
        spec = self.spec
        for l in spec.layers:
            yield from self.forward(l)
        yield from self.error()
        for l in reversed(spec.layers):
            yield from self.output_delta() if l == spec.L else self.hidden_delta(l)
            yield from self.gradients(l)

    def forward(self, l):
        spec = self.spec
        for unit, row, z_i in zip(spec.units(l), spec.weights(l), spec.z(l), strict=True):
            inputs = zip(row, spec.a(l - 1), strict=True)
            value = Add(*(w_ij * a_j for w_ij, a_j in inputs), spec.bias(l, unit))
            reason = f"weighted input of unit {unit} of layer {l}"
            yield self.step(plain(z_i), "forward", z_i, value, reason)
        activation = spec.activation(l)
        for a_i, value in zip(spec.a(l), activation.layer(spec.z(l)), strict=True):
            yield self.step(plain(a_i), "forward", a_i, value, f"activation: {activation.name}")

    def error(self):
        spec = self.spec
        name = spec.error.replace("_", " ")
        value = spec.error_function.expression(spec.a(spec.L), spec.y)
        yield self.step("E", "error", E, value, f"{name} error of one example")

    @cache  # noqa: B019 - lives only while the steps are written
    def slopes(self, l):
        """da_i/dz_j of layer l, by unit numbers."""
        spec = self.spec
        jacobian = spec.activation(l).jacobian(spec.z(l), spec.a(l))
        return {(row + 1, column + 1): slope for (row, column), slope in jacobian.items()}

    def slope_steps(self, l):
        activation = self.spec.activation(l)
        for (i, j), slope in self.slopes(l).items():
            left = Partial(self.spec.a(l)[i - 1], self.spec.z(l)[j - 1])
            reason = activation.reason
            if activation.assumption:
                reason += f" ({activation.assumption})"
            yield self.step(plain(left), "derivative", left, slope, reason)

    def output_delta(self):
        r"""Chain rule over the outputs.

        $\frac{\partial E}{\partial z_i} =
        \sum_p \frac{\partial E}{\partial a_p} \frac{\partial a_p}{\partial z_i}$
        """
        spec, L = self.spec, self.spec.L
        value = spec.error_function.expression(spec.a(L), spec.y)
        by_output = {}
        for unit, a_k in zip(spec.units(L), spec.a(L), strict=True):
            by_output[unit] = diff(value, a_k)
            left = Partial(E, a_k)
            reason = "derivative of the error with respect to an output"
            yield self.step(plain(left), "derivative", left, by_output[unit], reason)
        yield from self.slope_steps(L)
        for i, z_i in zip(spec.units(L), spec.z(L), strict=True):
            d = delta(L, i)
            yield self.definition(L, i)
            reached = [k for k in spec.units(L) if (k, i) in self.slopes(L)]
            factors = [
                (Partial(E, spec.a(L)[k - 1]), Partial(spec.a(L)[k - 1], z_i)) for k in reached
            ]
            reason = (
                "chain rule over every output: softmax couples them"
                if len(reached) > 1
                else "chain rule: z changes a, a changes E"
            )
            yield self.step(
                f"{plain(d)}: chain rule",
                "chain rule",
                d,
                Add(*(u * v for u, v in factors)),
                reason,
            )
            result = Add(*(by_output[k] * self.slopes(L)[k, i] for k in reached))
            if spec.error_function.logarithmic:
                result = collect(expand(cancel(result)), spec.a(L))
            if spec.error_function.targets_sum_to_one:
                yield from self.with_assumption(d, result, spec.a(L)[i - 1], spec.y[i - 1])
            else:
                reason = "both factors put in"
                yield self.step(plain(d), "delta", d, result, reason)

    def with_assumption(self, d, result, a_i, y_i):
        """The rule for any targets, and the shorter one for targets that sum to 1."""
        total = Add(*self.spec.y)
        name = plain(d)
        yield self.step(
            f"{name}: any targets",
            "assumption",
            d,
            result,
            "factors put in; nothing assumed of the targets",
        )
        short = result.subs(total, 1)
        yield self.step(
            f"{name}: what the short rule leaves out",
            "assumption",
            d - short,
            (total - 1) * a_i,
            "the short rule is wrong by this much, so it needs targets that sum to 1",
        )
        yield self.step(name, "delta", d, short, "the targets sum to 1", [equation(total, 1)])

    def definition(self, l, i):
        d = delta(l, i)
        reason = "definition of the error term"
        return self.step(f"{plain(d)}: definition", "definition", d, Partial(E, z(l, i)), reason)

    def hidden_delta(self, l):
        """Chain rule over every unit of the next layer."""
        spec = self.spec
        following = list(spec.units(l + 1))
        for k in following:
            for i, a_i in zip(spec.units(l), spec.a(l), strict=True):
                left = Partial(z(l + 1, k), a_i)
                reason = "only one term of the weighted sum holds this activation"
                yield self.step(plain(left), "derivative", left, w(l + 1, k, i), reason)
        yield from self.slope_steps(l)
        for i, a_i, z_i in zip(spec.units(l), spec.a(l), spec.z(l), strict=True):
            d = delta(l, i)
            yield self.definition(l, i)
            through = Add(*(delta(l + 1, k) * Partial(z(l + 1, k), a_i) for k in following))
            yield self.step(
                f"{plain(d)}: chain rule",
                "chain rule",
                d,
                through * Partial(a_i, z_i),
                f"chain rule over every unit of layer {l + 1}",
            )
            back = Add(*(w(l + 1, k, i) * delta(l + 1, k) for k in following))
            reason = f"generalized delta rule: the error terms of layer {l + 1}, weighted"
            yield self.step(plain(d), "delta", d, self.slopes(l)[i, i] * back, reason)

    def gradients(self, l):
        spec = self.spec
        for i, row, z_i in zip(spec.units(l), spec.weights(l), spec.z(l), strict=True):
            for w_ij, a_j in zip(row, spec.a(l - 1), strict=True):
                left, inner = Partial(E, w_ij), Partial(z_i, w_ij)
                name = plain(left)
                reason = "only one term of the weighted sum holds this weight"
                yield self.step(plain(inner), "derivative", inner, a_j, reason)
                reason = "chain rule: the weight changes z, z changes E"
                yield self.step(
                    f"{name}: chain rule", "chain rule", left, delta(l, i) * inner, reason
                )
                reason = "error term times incoming activation"
                yield self.step(name, "gradient", left, delta(l, i) * a_j, reason)
            if spec.biases:
                left = Partial(E, b(l, i))
                reason = "the bias changes z one to one, so its gradient is the error term"
                yield self.step(plain(left), "gradient", left, delta(l, i), reason)
