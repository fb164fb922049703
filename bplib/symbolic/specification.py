"""Which network a derivation is about, checked."""

from dataclasses import dataclass
from itertools import pairwise

from ..architecture import checked_activations, checked_error, checked_sizes
from ..validation import flag
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
        error = self.error.replace("_", " ")
        return f"{sizes} network, {', '.join(activations)}, {error}{without}"


def specification(sizes, activation, error, biases):
    """A checked `Specification` of any size; arguments and errors as for `derive`."""
    sizes = checked_sizes(sizes)
    biases = flag("biases", biases)
    activations = checked_activations(activation, sizes, ACTIVATIONS)
    checked_error(error, activations[-1], ERRORS)
    return Specification(sizes, activations, error, biases)
