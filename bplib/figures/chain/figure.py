"""Figure: in a chain of single neurons, the factors of a derivative multiply."""

import numpy as np
from sympy import Symbol, diff

from ...drawing.palette import BACKWARD, FORWARD, INK, MUTED, css
from ...drawing.picture import Picture
from ...network import Network
from ...symbolic import derive
from ...symbolic.derivation import equation
from ...symbolic.functions import ERRORS
from ...symbolic.notation import E, Partial, g
from .. import arithmetic
from ..base import Figure
from ..formulas import mathml
from ..parameters import Choice, Number, Numbers, WholeNumber
from ..plain_text import plain_text

ACTIVATIONS = ("sigmoid", "tanh", "relu", "identity")
LONGEST = 8
BY_WEIGHT = Partial(E, Symbol("w"))


class ChainOfSensitivities(Figure):
    """How E reacts to one weight of a 1-1-...-1 network, link by link.

    Parameters
    ----------
    x, y : float
        Input and target.
    weights, biases : sequence of float
        One a layer, for 1 to 8 layers.
    activation : str
        "sigmoid", "tanh", "relu" or "identity", of all layers.
    layer : int
        The layer of the weight whose derivative is followed.

    Examples
    --------
    The last line of a cell shows it; the derivatives that it shows are here, too.

    >>> figure = ChainOfSensitivities(weights=[1.0] * 8, biases=[0.0] * 8)
    >>> figure.gradient().round(4)[-3:]
    array([0.0049, 0.0219, 0.0976])
    """

    title = "Chain of sensitivities"
    name = "chain-of-sensitivities"
    script = "chain/figure.js"

    x = Number(1.0)
    y = Number(0.0)
    weights = Numbers((1.5, -2.0, 1.0), shortest=1, longest=LONGEST)
    biases = Numbers((0.0, 1.0, 0.5), shortest=1, longest=LONGEST)
    activation = Choice("sigmoid", ACTIVATIONS)
    layer = WholeNumber(1, minimum=1, maximum=LONGEST)

    @classmethod
    def check(cls, values):
        layers = len(values["weights"])
        if len(values["biases"]) != layers:
            raise ValueError(
                f"biases: expected as many as weights, {layers}, got {len(values['biases'])}"
            )
        if values["layer"] > layers:
            raise ValueError(f"layer: expected a layer from 1 to {layers}, got {values['layer']}")

    @classmethod
    def generated(cls):
        links = {
            name: arithmetic.rules(
                derive([1, 1, 1], name),
                {
                    "z": ("z^2_1", ["w^2_11", "a^1_1", "b^2_1"]),
                    "a": ("a^2_1", ["z^2_1"]),
                    "error": ("E", ["a^2_1", "y_1"]),
                    "errorByA": ("dE/da^2_1", ["a^2_1", "y_1"]),
                    "aByZ": ("da^2_1/dz^2_1", ["a^2_1"]),
                    "zByW": ("dz^2_1/dw^2_11", ["a^1_1"]),
                    "zByA": ("dz^2_1/da^1_1", ["w^2_11"]),
                    "outputDelta": ("delta^2_1", ["a^2_1", "y_1"]),
                    "hiddenDelta": ("delta^1_1", ["a^1_1", "w^2_11", "delta^2_1"]),
                    "gradient": ("dE/dw^2_11", ["delta^2_1", "a^1_1"]),
                },
            )
            for name in ACTIVATIONS
        }
        layers = range(1, LONGEST + 1)
        formulas = {
            "factors": [_factors_of(layer) for layer in layers],
            "targets": [mathml(Partial(E, _symbol("w", layer))) for layer in layers],
            "outputs": [plain_text(equation(Symbol("ŷ"), _symbol("a", layer))) for layer in layers],
            "byWeight": plain_text(BY_WEIGHT),
        }
        return {
            "arithmetic.js": arithmetic.module(chainLinks=arithmetic.table(links)),
            "formulas.js": arithmetic.module(chainFormulas=arithmetic.data(formulas)),
        }

    def gradient(self):
        """dE/dw of every layer, by bplib.Network: shape (L,)."""
        net = Network.from_parameters(
            weights=[[[w]] for w in self.weights],
            biases=[[b] for b in self.biases],
            activation=self.activation,
        )
        backward_pass = net.backward(net.forward([self.x]), [self.y])
        return np.array([backward_pass.grad_W[l].item() for l in range(1, net.L + 1)])

    def description(self):
        gradient = self.gradient()
        shape = "-".join(["1"] * (len(gradient) + 1))
        values = ", ".join(f"{value:.3g}" for value in gradient)
        return (
            f"A {shape} network with the activation {self.activation}, and how strongly its error "
            f"reacts to each weight. From layer 1 to layer {len(gradient)}, the derivative of the "
            f"error with respect to the weight is {values}."
        )

    def still(self):
        gradient = self.gradient()
        sizes = np.abs(gradient)
        visible = sizes[sizes > 0]
        top = np.ceil(np.log10(visible.max())) if visible.size else 0
        floor = min(top - 3, np.floor(np.log10(visible.min()))) if visible.size else -3
        width, height, left, base = 460, 200, 58, 165
        step = (width - left) / len(gradient)

        def level(power):
            return base - (base - 40) * (power - floor) / (top - floor)

        def text(x, y, content, fill=INK, size=16, anchor="middle"):
            return (
                f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
                f'style="fill: {css(fill)}; font-size: {size}px">{content}</text>'
            )

        parts = [
            f'<line x1="{left}" y1="{base}" x2="{width}" y2="{base}" '
            f'style="stroke: {css(MUTED)}; stroke-width: 1.2"/>',
            *(
                text(left - 6, level(power) + 5, f"10{_superscript(power)}", MUTED, anchor="end")
                for power in {int(top), int(floor)}
            ),
        ]
        for l, value in enumerate(gradient, start=1):
            x = left + (l - 0.5) * step
            y = level(np.log10(abs(value))) if value else base
            colour = BACKWARD if l == self.layer else FORWARD
            bar = min(36, 0.7 * step)
            parts += [
                f'<rect x="{x - bar / 2:.1f}" y="{min(y, base - 1):.1f}" width="{bar:.1f}" '
                f'height="{max(base - y, 1):.1f}" style="fill: {css(colour)}"/>',
                text(x, base + 20, f"w{_superscript(l)}"),
            ]
        parts.append(
            text(0, 14, f"Size of {plain_text(BY_WEIGHT)} for each weight w", anchor="start")
        )
        return Picture("".join(parts), width, height, self.description())


def _symbol(letter, layer):
    """Of a layer with one unit."""
    return Symbol("x" if layer == 0 else f"{letter}^{{{layer}}}", real=True)


def _factors_of(layer):
    """What the factors of one layer come to, in MathML: by `diff`, with one unit a layer."""
    a, z, w, b = (_symbol(letter, layer) for letter in "azwb")
    before, y = _symbol("a", layer - 1), Symbol("y", real=True)
    weighted_input = w * before + b
    error = ERRORS["half_squared"].expression([a], [y])
    factors = {
        "errorByA": (E, a, error),
        "aByZ": (a, z, g(z)),
        "zByA": (z, before, weighted_input),
        "zByW": (z, w, weighted_input),
    }
    return {
        name: mathml(equation(Partial(of, by), diff(function, by)))
        for name, (of, by, function) in factors.items()
    }


def _superscript(number):
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
