"""Figure: the error term of an output unit is the slope of its error."""

from functools import lru_cache

import numpy as np
from sympy import Symbol, cancel, diff

from ...activations import ACTIVATIONS
from ...architecture import checked_error
from ...drawing import axes, picture
from ...drawing.palette import BACKWARD, ERROR, FORWARD, MUTED
from ...drawing.plots import INK
from ...errors import ERRORS
from ...network import Network
from ...symbolic import derive
from ...symbolic.derivation import equation
from ...symbolic.functions import ERRORS as ERROR_EXPRESSIONS
from ...symbolic.layout import Factors
from ...symbolic.notation import E, Partial, a, b, eta, g, y, z
from ...symbolic.weighted_input import in_weighted_inputs
from .. import arithmetic
from ..base import Figure
from ..formulas import mathml
from ..parameters import Choice, Number, WholeNumber
from ..plain_text import plain_text

PAIRS = (
    ("identity", "half_squared"),
    ("tanh", "half_squared"),
    ("sigmoid", "half_squared"),
    ("sigmoid", "binary_cross_entropy"),
)
REACH = {"identity": (-8, 8), "tanh": (-1, 1), "sigmoid": (0, 1)}
ERROR_NAMES = {"half_squared": "half squared error", "binary_cross_entropy": "cross-entropy"}
MOST_UPDATES = 10_000
NEAR = 0.1  # |a − y| below which the unit has learnt its target


class WhatDeltaMeans(Figure):
    """What δ, the slope of E by z, says to one output unit, and what the unit learns from it.

    Parameters
    ----------
    z : float
        The unit's weighted input before the first update.
    y : float
        Target: from 0 to 1 for the sigmoid, -1 to 1 for tanh, -8 to 8 for the identity.
    activation : str
        "identity", "tanh" or "sigmoid".
    error : str
        "half_squared" or, with the sigmoid, "binary_cross_entropy".
    eta : float
        Learning rate.
    updates : int
        How many updates of the unit's bias have been made.

    Examples
    --------
    >>> WhatDeltaMeans(z=-8, y=1, error="binary_cross_entropy")  # confident and wrong
    WhatDeltaMeans(z=-8.0, y=1.0, activation='sigmoid', error='binary_cross_entropy', eta=0.5, \
updates=0)
    """

    title = "What δ means"
    name = "what-delta-means"
    script = "output_delta/figure.js"

    z = Number(-2.0)
    y = Number(1.0, minimum=-8, maximum=8)
    activation = Choice("sigmoid", tuple(REACH))
    error = Choice("half_squared", ("half_squared", "binary_cross_entropy"))
    eta = Number(0.5, minimum=0, maximum=2)
    updates = WholeNumber(0, minimum=0, maximum=MOST_UPDATES)

    @classmethod
    def check(cls, values):
        checked_error(values["error"], values["activation"], ERRORS)
        low, high = REACH[values["activation"]]
        if not low <= values["y"] <= high:
            raise ValueError(
                f"y: expected a target that {values['activation']} can come near, from {low} to "
                f"{high}, got {values['y']}"
            )

    @classmethod
    def generated(cls):
        units = {f"{activation}_{error}": _rules(activation, error) for activation, error in PAIRS}
        formulas = {"_".join(pair): _formulas(*pair) for pair in PAIRS}
        return {
            "arithmetic.js": arithmetic.module(outputUnits=arithmetic.table(units)),
            "rules.js": arithmetic.module(
                outputFormulas=arithmetic.data(formulas),
                names=arithmetic.data(_names()),
                NEAR=str(NEAR),
            ),
        }

    def passes(self):
        """(z, a, E, δ) of the unit now."""
        return _trained(self.z, self.y, self.activation, self.error, self.eta, self.updates)

    def description(self):
        z, output, error, delta = self.passes()
        slope = ACTIVATIONS[self.activation].derivative(np.array([output])).item()
        trained = f" after {_count(self.updates, 'update')}" if self.updates else ""
        way = "raises" if delta < 0 else "lowers"
        advice = f"an update {way} z" if delta else "an update changes nothing"
        return (
            f"One output unit, {self.activation} with {ERROR_NAMES[self.error]}, and "
            f"the target {self.y:.4g}. At the weighted input {z:.4g}{trained} its output is "
            f"{output:.4g}, where the slope of the activation function is {slope:.3g}. The error "
            f"is {error:.4g}, and the slope of the error there is the error term δ = {delta:.3g}: "
            f"{advice}."
        )

    def still(self):
        z, output, error, delta = self.passes()
        reach = max(10.0, abs(z) * 1.1)
        z_axis = np.linspace(-reach, reach, 241)
        curve = ACTIVATIONS[self.activation].value(z_axis)
        errors = ERRORS[self.error].value(z_axis[:, None], curve[:, None], np.array([self.y]))
        slope = ACTIVATIONS[self.activation].derivative(np.array([output])).item()
        figure, (above, below) = axes("weighted input z", width=460, height=520, nrows=2)
        above.set(xlabel="", ylabel="output a")
        below.set(ylabel="error E")
        above.plot(z_axis, curve, color=FORWARD)
        above.axhline(self.y, color=MUTED, linestyle="--", linewidth=1.5)
        above.plot([z, z], [self.y, output], color=ERROR, linewidth=5, solid_capstyle="butt")
        below.plot(z_axis, errors, color=ERROR)
        for ax, at, steep, colour in ((above, output, slope, INK), (below, error, delta, BACKWARD)):
            low, high = ax.get_ylim()
            around = z + 0.16 * reach * np.array([-1, 1])
            ax.plot(around, at + steep * (around - z), color=colour, linewidth=3.5)
            ax.plot(z, at, "o", color=FORWARD, markersize=10)
            ax.set_ylim(low, high)
        above.set_title(f"y = {self.y:.3g}, a = {output:.3g}, g'(z) = {slope:.3g}")
        below.set_title(f"E = {error:.3g}, slope δ = {delta:.3g}")
        return picture(figure, self.description())


@lru_cache
def _trained(z, y, activation, error, eta, updates):
    """(z, a, E, δ) of a 1-1 network after its updates. Its input is 0, so that z is its bias."""
    net = Network.from_parameters(
        weights=[[[0.0]]], biases=[[z]], activation=activation, error=error
    )
    for _ in range(updates):
        net.update(net.backward(net.forward([0.0]), [y]), eta)
    forward_pass = net.forward([0.0])
    backward_pass = net.backward(forward_pass, [y])
    z, delta = forward_pass.z[1].item(), backward_pass.delta[1].item()
    return z, forward_pass.output.item(), backward_pass.error, delta


def _rules(activation, error):
    derivation = derive([1, 1], activation, error)

    def exact(step):
        return in_weighted_inputs(derivation, derivation[step].rhs)

    unit, example = ["z^1_1", "a^1_1", "y_1"], ["a^1_1", "y_1"]
    half_squared = derive([1, 1], activation)
    slope = exact("da^1_1/dz^1_1")
    step = -eta * derivation[Partial(E, b(1, 1))].rhs
    if derivation.spec.error_function.logarithmic:
        error, error_by_output, delta = exact("E"), exact("dE/da^1_1"), "delta^1_1"
    else:
        error, error_by_output = "E", "dE/da^1_1"
        delta = derivation[error_by_output].rhs * slope
    return arithmetic.rules(
        derivation,
        {
            "a": ("a^1_1", ["z^1_1"]),
            # One unit as it stands, exact where it is saturated, too.
            "error": (error, unit),
            "errorByA": (error_by_output, unit),
            "slope": (slope, ["z^1_1"]),
            "delta": (delta, unit),
            # Training, as the algorithm does it: all from the output of the forward pass.
            "trainedDelta": ("delta^1_1", example),
            "step": (step, ["eta", "delta^1_1"]),
            "next": (z(1, 1) + step, ["z^1_1", "eta", "delta^1_1"]),
            "gap": (half_squared["dE/da^1_1"].rhs, example),
        },
    )


def _names():
    """What the page calls its numbers: as text; the heads of the columns of factors in MathML."""
    output, inside, term, target = (Symbol(name, real=True) for name in ("a", "z", r"\delta", "y"))
    by_output, slope = Partial(E, output), diff(g(inside), inside)
    gap = diff(ERROR_EXPRESSIONS["half_squared"].expression([output], [target]), output)
    heads = (by_output, slope, equation(term, Partial(E, inside)))
    return {
        "heads": [mathml(head) for head in heads],
        "output": plain_text(equation(output, g(inside))),
        "gap": plain_text(gap),
        "near": plain_text(abs(gap) < NEAR),
        "step": plain_text(-Factors(eta, term)),
        "wide": plain_text(abs(by_output)),
        "size": plain_text(abs(term)),
    }


def _formulas(activation, error):
    """dE/da, g'(z) and their product δ in MathML, written with a and y alone."""
    derivation = derive([1, 1], activation, error)
    by_output, slope, delta = (
        derivation[name].rhs for name in ("dE/da^1_1", "da^1_1/dz^1_1", "delta^1_1")
    )
    # The fraction whose denominator the slope cancels: equal to the derivation's sum of two.
    quotient = delta / slope
    if cancel(by_output - quotient) != 0:
        raise ValueError(f"{activation}, {error}: δ is not the product of its factors")
    if derivation.spec.error_function.logarithmic:
        by_output = quotient
    own = {mathml(a(1, 1)): "<mi>a</mi>", mathml(y(1)): "<mi>y</mi>"}
    texts = []
    for expression in (by_output, slope, delta):
        text = mathml(expression)
        for name, letter in own.items():
            text = text.replace(name, letter)
        texts.append(text)
    return texts


def _count(number, thing):
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
