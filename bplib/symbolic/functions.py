r"""Activation and error functions as SymPy expressions.

An activation maps the weighted inputs $z_1 \dots z_n$ of a layer to its activations. What
`from_outputs` adds is how to write a derivative in terms of the outputs $a$ instead of $z$: it
solves $a = g(z)$ for the transcendental part, for instance $e^{-z} = (1 - a) / a$. The
derivatives themselves are nowhere written down: they are `sympy.diff` of these expressions.
"""

from sympy import Function, Integer, Mul, Symbol, cancel, diff, exp, factor, log, tanh


class Activation:
    """An activation that acts on each unit alone."""

    name: str
    reason: str  # its derivative, in words
    assumption = ""  # where it has a derivative at all

    def expression(self, z):
        """g(z)."""
        raise NotImplementedError

    def in_outputs(self, derivative, z, a):
        """A derivative by z, written in terms of a = g(z)."""
        raise NotImplementedError

    def layer(self, z):
        """The activations of a whole layer."""
        return [self.expression(unit) for unit in z]

    def jacobian(self, z, a):
        """da_i/dz_j in terms of a, as a dict with a key (i, j) for each that is not 0."""
        return {
            (unit, unit): self.in_outputs(diff(self.expression(z_i), z_i), z_i, a_i)
            for unit, (z_i, a_i) in enumerate(zip(z, a, strict=True))
        }


class Identity(Activation):
    name = "identity"
    reason = "the identity has slope 1"

    def expression(self, z):
        return z

    def in_outputs(self, derivative, z, a):
        return derivative


class Sigmoid(Activation):
    name = "sigmoid"
    reason = "derivative of the sigmoid, g' = g (1 - g)"

    def expression(self, z):
        return 1 / (1 + exp(-z))

    def in_outputs(self, derivative, z, a):
        return _product(derivative.subs(exp(-z), (1 - a) / a))


class Tanh(Activation):
    name = "tanh"
    reason = "derivative of tanh, g' = 1 - g^2"

    def expression(self, z):
        return tanh(z)

    def in_outputs(self, derivative, z, a):
        return derivative.subs(tanh(z), a)


class positive(Function):
    """[z > 0]: 1 if z > 0, else 0. Away from z = 0 it is constant, so its slope there is 0."""

    nargs = 1
    is_real = True

    @classmethod
    def eval(cls, z):
        if z.is_positive or z.is_nonpositive:
            return Integer(1) if z.is_positive else Integer(0)
        if z.is_Mul and any(isinstance(f, cls) and z == f.args[0] * f for f in z.args):
            return cls(next(f.args[0] for f in z.args if isinstance(f, cls)))  # [max(0, z) > 0]
        return None

    def fdiff(self, argindex=1):
        return Integer(0)

    def _latex(self, printer, exp=None):
        bracket = rf"\left[{printer.doprint(self.args[0])} > 0\right]"
        return bracket if exp is None else f"{bracket}^{{{exp}}}"

    def _sympystr(self, printer):
        return f"[{printer.doprint(self.args[0])} > 0]"

    def _pythoncode(self, printer):
        return f"1.0*({printer.doprint(self.args[0])} > 0)"

    _numpycode = _pythoncode


class Relu(Activation):
    """The rectifier max(0, z), for z other than 0: at its kink it has no derivative."""

    name = "relu"
    reason = "the rectifier has slope 1 above 0 and slope 0 below"
    assumption = "z is not 0"

    def expression(self, z):
        return z * positive(z)

    def in_outputs(self, derivative, z, a):
        # a > 0 exactly where z > 0.
        return derivative.subs(z, a)


class Softmax(Activation):
    """Couples all units of its layer: each output depends on every weighted input."""

    name = "softmax"
    reason = "derivative of softmax: quotient rule"

    def layer(self, z):
        total = sum(exp(unit) for unit in z)
        return [exp(unit) / total for unit in z]

    def jacobian(self, z, a):
        total = Symbol("S", positive=True)
        exponentials = sum(exp(unit) for unit in z)
        outputs = {exp(z_i): a_i * total for z_i, a_i in zip(z, a, strict=True)}
        result = {}
        for row, value in enumerate(self.layer(z)):
            for column, z_j in enumerate(z):
                slope = diff(value, z_j).subs(exponentials, total).subs(outputs)
                result[row, column] = _product(slope)
        return result


class ErrorFunction:
    name: str
    outputs: tuple  # names of the activations that the output layer may have
    logarithmic = False  # whether its fractions cancel against the slope of the output layer
    targets_sum_to_one = False  # whether its short rule needs that

    def expression(self, a, y):
        """E of one example."""
        raise NotImplementedError


class HalfSquared(ErrorFunction):
    name = "half_squared"
    outputs = ("identity", "sigmoid", "tanh", "relu", "softmax")

    def expression(self, a, y):
        return sum((y_i - a_i) ** 2 for a_i, y_i in zip(a, y, strict=True)) / 2


class BinaryCrossEntropy(ErrorFunction):
    name = "binary_cross_entropy"
    outputs = ("sigmoid",)
    logarithmic = True

    def expression(self, a, y):
        return -sum(
            y_i * log(a_i) + (1 - y_i) * log(1 - a_i) for a_i, y_i in zip(a, y, strict=True)
        )


class CrossEntropy(ErrorFunction):
    name = "cross_entropy"
    outputs = ("softmax",)
    logarithmic = True
    targets_sum_to_one = True

    def expression(self, a, y):
        return -sum(y_i * log(a_i) for a_i, y_i in zip(a, y, strict=True))


def _product(expr):
    """The factors of a derivative, as a reader expects them: a (1 - a), not -a (a - 1)."""
    sign, factors = factor(cancel(expr)).as_coeff_mul()
    if sign == -1:
        for position, term in enumerate(factors):
            if term.is_Add and term.as_coeff_Add()[0] == -1:
                return Mul(*factors[:position], -term, *factors[position + 1 :])
    return Mul(sign, *factors)


ACTIVATIONS = {g.name: g for g in (Identity(), Sigmoid(), Tanh(), Relu(), Softmax())}
ERRORS = {e.name: e for e in (HalfSquared(), BinaryCrossEntropy(), CrossEntropy())}
