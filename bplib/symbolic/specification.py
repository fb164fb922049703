"""Which network a derivation is about, checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..validation import choice, flag, whole_number
from .functions import ACTIVATIONS, ERRORS
from .notation import a, b, w, y, z


@dataclass(frozen=True)
class Specification:
    """Sizes n_0 ... n_L, activation names of the layers 1 to L, error name, biases or not."""

    sizes: tuple
    activations: tuple
    error: str
    biases: bool

    @property
    def weight_count(self):
        return sum(n * n_before for n_before, n in pairwise(self.sizes))

    @property
    def L(self):
        return len(self.sizes) - 1

    @property
    def layers(self):
        return range(1, self.L + 1)

    def units(self, layer):
        return range(1, self.sizes[layer] + 1)

    def activation(self, layer):
        return ACTIVATIONS[self.activations[layer - 1]]

    @property
    def error_function(self):
        return ERRORS[self.error]

    def z(self, layer):
        return [z(layer, unit) for unit in self.units(layer)]

    def a(self, layer):
        return [a(layer, unit) for unit in self.units(layer)]

    @property
    def y(self):
        return [y(unit) for unit in self.units(self.L)]

    def weights(self, layer):
        """The symbols of W^l, row by row."""
        return [
            [w(layer, to, source) for source in self.units(layer - 1)] for to in self.units(layer)
        ]

    def bias(self, layer, unit):
        """The symbol of a bias; 0 if the network has none."""
        return b(layer, unit) if self.biases else 0

    @property
    def parameters(self):
        """All weights, layer by layer and row by row, then all biases."""
        weights = [w_ij for layer in self.layers for row in self.weights(layer) for w_ij in row]
        biases = [b(layer, unit) for layer in self.layers for unit in self.units(layer)]
        return weights + biases if self.biases else weights

    def __str__(self):
        names = dict.fromkeys(self.activations)
        activations = self.activations if len(names) > 1 else names
        without = "" if self.biases else ", no biases"
        sizes = "-".join(map(str, self.sizes))
        return f"{sizes} network, {', '.join(activations)}, {self.error}{without}"


def specification(sizes, activation, error, biases):
    """A checked `Specification` of any size; arguments and errors as for `derive`."""
    if isinstance(sizes, str) or not isinstance(sizes, Sequence):
        raise TypeError(
            f"sizes: expected a sequence of layer sizes, got {type(sizes).__name__} {sizes!r}"
        )
    if len(sizes) < 2:
        raise ValueError(
            f"sizes: expected at least two layers, the input and the output, got {list(sizes)}"
        )
    sizes = tuple(whole_number(f"sizes[{layer}]", n, minimum=1) for layer, n in enumerate(sizes))
    biases = flag("biases", biases)
    activations = _activations(activation, len(sizes) - 1)
    choice("error", error, ERRORS)
    allowed = ERRORS[error].outputs
    if activations[-1] not in allowed:
        raise ValueError(
            f"error: {error!r} expects the output activation {' or '.join(map(repr, allowed))}, "
            f"got {activations[-1]!r}"
        )
    if "softmax" in activations and sizes[-1] < 2:
        raise ValueError(
            "activation: softmax expects at least 2 output units, "
            f"got sizes[{len(sizes) - 1}] = {sizes[-1]}, whose output would always be 1"
        )
    return Specification(sizes, activations, error, biases)


def _activations(activation, L):
    if isinstance(activation, str):
        names = (choice("activation", activation, ACTIVATIONS),) * L
    elif not isinstance(activation, Sequence):
        raise TypeError(
            f"activation: expected a name, or a sequence of names, "
            f"got {type(activation).__name__} {activation!r}"
        )
    else:
        names = tuple(activation)
        if len(names) != L:
            raise ValueError(
                f"activation: expected one name, or {L} names for the layers 1 to {L}, "
                f"got {len(names)}"
            )
        for layer, name in enumerate(names, start=1):
            choice(f"activation[{layer - 1}] (layer {layer})", name, ACTIVATIONS)
    if "softmax" in names[:-1]:
        raise ValueError(
            "activation: expected softmax in the output layer only, "
            f"got it in layer {names.index('softmax') + 1} of {L}"
        )
    return names
