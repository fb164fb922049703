"""Figure: one update of backpropagation after the other, step by step."""

import json
from itertools import pairwise, product
from sys import float_info

from sympy import Symbol

from ...layers import parameter_count
from ...network import Network
from ...symbolic import derive
from ...symbolic.derivation import equation
from .. import arithmetic
from ..base import Figure
from ..parameters import Choice, Flag, Number, Numbers, WholeNumber
from ..plain_text import plain_text
from .examples import NETWORKS, example, layer_sizes
from .lines import line_table
from .picture import number_text, raised, still_picture
from .rules import rule_table

ACTIVATIONS = ("sigmoid", "tanh", "relu")
OUTPUTS = ("sigmoid", "identity", "softmax")
# Each error with the outputs that it goes with.
ERRORS = {
    "half_squared": ("sigmoid", "identity"),
    "binary_cross_entropy": ("sigmoid",),
    "cross_entropy": ("softmax",),
}
ENDS = ("error", "update")
MOST_LAYERS = 3
DEFAULT = example("2-2-2")
UPDATES = 10_000


def unit_names(sizes):
    """a0_1, a0_2, ..., a1_1, ..."""
    return [f"a{l}_{i}" for l, n in enumerate(sizes) for i in range(1, n + 1)]


def weight_names(sizes):
    """w1_11, w1_12, ...: in the order of `Network.parameters`."""
    return [
        f"w{l}_{i}{j}"
        for l, (before, n) in enumerate(pairwise(sizes), start=1)
        for i, j in product(range(1, n + 1), range(1, before + 1))
    ]


class Look(Choice):
    """A unit, "a1_2", or a weight, "w2_13", of some network of the figure; "" for none."""

    def __init__(self):
        every = [layer_sizes(name) for name in NETWORKS]
        names = {name for sizes in every for name in unit_names(sizes) + weight_names(sizes)}
        super().__init__("", ("", *sorted(names)))

    def checked(self, name, value):
        if isinstance(value, str) and value not in self.options:
            raise ValueError(
                f"{name}: expected a unit such as 'a1_2', a weight such as 'w2_12', or '', "
                f"got {value!r}"
            )
        return super().checked(name, value)


class BackpropStepByStep(Figure):
    """Updates of a small network: forward, the error, backward, the gradients, the new weights.

    Parameters
    ----------
    network : str
        The sizes of the layers: "2-1-1", "2-2-2", "2-3-2", "3-3-4-2", or one of
        `networks.TRAINING_NETWORKS`; or an example with functions of its own, "tanh, linear" (a
        2-2-2 network) or "tanh, softmax" (2-3-3). What goes with it and is not given (activation,
        output, error, x, y, eta, weights, biases, train_biases) is that of an example; for
        "2-2-2" Mazur's.
    activation : str
        Of the hidden layers: "sigmoid", "tanh" or "relu".
    output : str
        Of the output layer: "sigmoid", "identity" (linear outputs) or, with at least two outputs,
        "softmax".
    error : str
        "half_squared" for sigmoid and identity outputs; "binary_cross_entropy" for sigmoid outputs
        and targets from 0 to 1; "cross_entropy" for softmax and targets that sum to 1.
    x, y : sequence of float
        Input, n_0 numbers, and target, n_L numbers.
    eta : float
        Learning rate.
    weights, biases : sequence of float
        Before the first update; one after the other they are `Network.parameters`: weights layer
        by layer and row by row, biases layer by layer.
    train_biases : bool
        Whether updates change the biases.
    updates : int
        How many updates have been made, at most 10,000.
    step : int
        Which stage of the present update is shown: from 1, the input, to 4 L + 3, the new weights.
    look : str
        What is looked at: a unit "a1_2", a weight "w2_12", or "".
    small : bool
        Whether to show the drawing, the steps and their rules only.
    until : str
        "update", or "error" for a figure that ends with stage 2 L + 2, the error: for readers who
        do not know yet what comes after it.

    Examples
    --------
    >>> figure = BackpropStepByStep(network="2-3-2", step=4)
    >>> figure = BackpropStepByStep(network="tanh, linear")
    >>> figure.activation, figure.output
    ('tanh', 'identity')
    >>> BackpropStepByStep(until="error", small=True).description()[-22:]
    'The error is 0.298371.'
    """

    title = "Backpropagation, step by step"
    name = "backprop-step-by-step"
    script = "step_by_step/figure.js"

    network = Choice("2-2-2", NETWORKS)
    activation = Choice("sigmoid", ACTIVATIONS)
    output = Choice("sigmoid", OUTPUTS)
    error = Choice("half_squared", ERRORS)
    x = Numbers(DEFAULT["x"], shortest=2, longest=3)
    y = Numbers(DEFAULT["y"], shortest=1, longest=3)
    eta = Number(DEFAULT["eta"], minimum=0)
    weights = Numbers(DEFAULT["weights"], shortest=2, longest=29, minimum=-1000, maximum=1000)
    biases = Numbers(DEFAULT["biases"], shortest=1, longest=9, minimum=-1000, maximum=1000)
    train_biases = Flag(DEFAULT["train_biases"])
    updates = WholeNumber(0, minimum=0, maximum=UPDATES)
    step = WholeNumber(1, minimum=1, maximum=15)
    look = Look()
    small = Flag(False)
    until = Choice("update", ENDS)

    def __init__(self, **values):
        network = type(self).network.checked("network", values.get("network", "2-2-2"))
        super().__init__(**{**example(network), **values})

    def set(self, **values):
        """Set several parameters at once; another network begins with its example."""
        if "network" in values:
            network = type(self).network.checked("network", values["network"])
            if network != self.network:
                values = {**example(network), "updates": 0, "step": 1, "look": "", **values}
        super().set(**values)

    @classmethod
    def check(cls, values):
        sizes = layer_sizes(values["network"])
        L, name = len(sizes) - 1, "-".join(map(str, sizes))
        lengths = {
            "x": sizes[0],
            "y": sizes[-1],
            "weights": parameter_count(sizes, biases=False),
            "biases": sum(sizes[1:]),
        }
        for parameter, length in lengths.items():
            if len(values[parameter]) != length:
                raise ValueError(
                    f"{parameter}: expected {length} for a {name} network, "
                    f"got {len(values[parameter])}"
                )
        last = 2 * L + 2 if values["until"] == "error" else 4 * L + 3
        if values["step"] > last:
            raise ValueError(f"step: expected a step from 1 to {last}, got {values['step']}")
        if values["look"] not in ["", *unit_names(sizes), *weight_names(sizes)]:
            raise ValueError(
                f"look: expected a unit or a weight of a {name} network, got {values['look']!r}"
            )
        output, error = values["output"], values["error"]
        if output not in ERRORS[error]:
            raise ValueError(
                f"error: expected one that goes with {output} outputs "
                f"({', '.join(e for e in ERRORS if output in ERRORS[e])}), got {error}"
            )
        if output == "softmax" and sizes[-1] < 2:
            raise ValueError(f"output: expected at least two softmax outputs, got a {name} network")
        if error != "half_squared":
            _check_targets(error, values["y"])

    @classmethod
    def generated(cls):
        def of(name, error="half_squared", **rules):
            return arithmetic.rules(derive([1, 1, 1], name, error), rules)

        slope = {"byZ": ("da^1_1/dz^1_1", ["a^1_1"])}
        slopes = {g: of([g, "sigmoid"], **slope) for g in (*ACTIVATIONS, "identity")}
        errors = {
            error: of("sigmoid", error, byA=("dE/da^2_1", ["a^2_1", "y_1"]))
            for error in ("half_squared", "binary_cross_entropy")
        }
        softmax = derive([1, 1, 2], ["sigmoid", "softmax"], "cross_entropy")
        errors["cross_entropy"] = arithmetic.rules(
            softmax, {"byA": ("dE/da^2_1", ["a^2_1", "y_1"])}
        )
        jacobian = {
            "own": ("da^2_1/dz^2_1", ["a^2_1"]),
            "other": ("da^2_2/dz^2_1", ["a^2_2", "a^2_1"]),
        }
        # What one unit of the next layer contributes to dE/da: δ of a unit whose slope is 1.
        path = of("identity", share=("delta^1_1", ["a^1_1", "w^2_11", "delta^2_1"]))
        examples = {name: example(name) for name in NETWORKS}
        sizes = {name: layer_sizes(name) for name in NETWORKS}
        layers = range(1, MOST_LAYERS + 1)
        answers = [plain_text(equation(Symbol("ŷ"), Symbol(f"a^{{{l}}}"))) for l in layers]
        return {
            "arithmetic.js": arithmetic.module(
                activationRules=arithmetic.table(slopes),
                errorRules=arithmetic.table(errors),
                softmaxRules=arithmetic.rules(softmax, jacobian),
                pathRule=path,
            ),
            "network.js": arithmetic.module(makeNetwork=arithmetic.general()),
            "examples.js": f"export const examples = {json.dumps(examples)};\n"
            f"export const layerSizes = {json.dumps(sizes)};\n"
            f"export const outputsOf = {json.dumps(ERRORS)};\n",
            "rules.js": arithmetic.module(
                rules=rule_table(MOST_LAYERS, (*ACTIVATIONS, "identity"), ERRORS),
                statements=line_table(ERRORS),
                answerNames=json.dumps(answers, ensure_ascii=False),
            ),
        }

    def net(self):
        """The `bplib.Network` after the updates that have been made."""
        return self._run()[0]

    def errors(self):
        """E before the first update, after it, and so on until now: updates + 1 floats."""
        return self._run()[1]

    def _run(self):
        sizes = layer_sizes(self.network)
        net = Network(
            sizes,
            activation=[self.activation] * (len(sizes) - 2) + [self.output],
            error=self.error,
            train_biases=self.train_biases,
        )
        net.parameters = [*self.weights, *self.biases]
        errors = [net.mean_error(self.x, self.y)]
        for _ in range(self.updates):
            net.update(net.backward(net.forward(self.x), self.y), self.eta)
            errors.append(net.mean_error(self.x, self.y))
        return net, errors

    def description(self):
        net, errors = self._run()
        forward_pass = net.forward(self.x)
        backward_pass = net.backward(forward_pass, self.y)

        def vector(name, values):
            return f"{name} = ({', '.join(map(number_text, values))})"

        forward = [
            f"{vector(f'z{raised(l)}', forward_pass.z[l])}, "
            f"{vector(f'a{raised(l)}', forward_pass.a[l])}"
            for l in range(1, net.L + 1)
        ]
        short = self.until == "error" and not self.updates  # its reader has met no update
        after = "" if short else f" after {counted(self.updates)}"
        until_the_error = (
            f"A {'-'.join(map(str, net.sizes))} network{after}. "
            f"{vector('Input x', self.x)}, {vector('target y', self.y)}. "
            f"Forward: {'; '.join(forward)}. The error is {number_text(errors[-1], 6)}."
        )
        if self.until == "error":
            return until_the_error
        backward = [vector(f"δ{raised(l)}", backward_pass.delta[l]) for l in range(net.L, 0, -1)]
        net.update(backward_pass, self.eta)
        after = net.mean_error(self.x, self.y)
        return (
            f"{until_the_error} Backward: {', '.join(backward)}. The update with η = {self.eta:g} "
            f"makes the error {number_text(after, 6)}."
        )

    def still(self):
        net = self.net()
        forward_pass = net.forward(self.x)
        backward_pass = net.backward(forward_pass, self.y)
        return still_picture(
            net,
            forward_pass,
            backward_pass,
            self.y,
            self.description(),
            with_delta=self.until == "update",
        )


def counted(updates):
    return "1 update" if updates == 1 else f"{updates} updates"


def _check_targets(error, y):
    for index, target in enumerate(y):
        if not 0 <= target <= 1:
            raise ValueError(f"y[{index}]: expected a target from 0 to 1 for {error}, got {target}")
    if error == "cross_entropy" and abs(sum(y) - 1) > 10 * len(y) * float_info.epsilon:
        raise ValueError(f"y: expected targets that sum to 1 for {error}, got a sum of {sum(y)}")
