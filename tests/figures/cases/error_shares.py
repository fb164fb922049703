"""Where an error comes from."""

from itertools import product
from math import prod

import numpy as np

from bplib import Network, figures
from bplib.figures.error_shares.examples import EXAMPLES, STARTS
from bplib.graph import Graph

from .case import Case

SLOPES = {
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a * a,
    "relu": lambda a: float(a > 0),
    "identity": lambda a: 1.0,
}


def layered(figure):
    """The network without its skip connection."""
    sizes = [int(n) for n in figure.network.split("-")]
    net = Network(sizes, activation=figure.activation, seed=0)
    net.parameters = np.array(figure.weights)
    return net


def passes_of(figure, net):
    """a and δ of all units as lists a[l][i - 1]: of a Network, or with a skip, of a Graph."""
    if not figure.skip:
        forward_pass = net.forward(figure.x)
        delta = net.backward(forward_pass, figure.y).delta
        return [forward_pass.a[l] for l in range(net.L + 1)], [None, *delta]
    names = [[f"u{l}_{i}" for i in range(n)] for l, n in enumerate(net.sizes)]
    weights = [
        (names[l][i], names[l - 1][j], net.W[l][i, j])
        for l in range(1, net.L + 1)
        for i, j in np.ndindex(net.W[l].shape)
    ]
    skip = names[net.L][figure.skip_to - 1], names[net.L - 2][figure.skip_from - 1]
    graph = Graph(
        [*weights, (*skip, figure.skip_weight)],
        inputs=names[0],
        outputs=names[net.L],
        biases={names[l][i]: net.b[l][i] for l in range(1, net.L + 1) for i in range(net.sizes[l])},
        activation=figure.activation,
    )
    forward_pass = graph.forward(figure.x)
    delta = graph.backward(forward_pass, figure.y).delta
    return (
        [[forward_pass.a[name] for name in layer] for layer in names],
        [None, *([delta[name] for name in layer] for layer in names[1:])],
    )


def numbers_of(figure):
    net = layered(figure)
    a, delta = passes_of(figure, net)
    slope = SLOPES[figure.activation]
    L, l, j = net.L, figure.layer, figure.unit - 1
    skips = figure.skip and l == L - 2 and j == figure.skip_from - 1
    weights = [*net.W[l + 1][:, j], *([figure.skip_weight] if skips else [])]
    fed = [*delta[l + 1], *([delta[L][figure.skip_to - 1]] if skips else [])]
    shares = [w * d for w, d in zip(weights, fed, strict=True)]
    paths = []
    for way in product(*(range(n) for n in net.sizes[l + 1 :])):
        units = [j, *way]
        value = delta[L][units[-1]]
        for m in range(L, l, -1):
            value *= net.W[m][units[m - l], units[m - l - 1]]
            value *= slope(a[m - 1][units[m - l - 1]]) if m - 1 > l else 1
        paths.append(value)
    if skips:
        paths.append(shares[-1])
    own_slope = slope(a[l][j])
    result = own_slope * sum(shares)
    return {
        **{f"miss{i}": a[L][i - 1] - figure.y[i - 1] for i in (1, 2)},
        **{
            f"delta{m}_{i}": value
            for m in range(l + 1, L + 1)
            for i, value in enumerate(delta[m], start=1)
        },
        **{f"{kind}{n}": v for n, v in enumerate(shares, 1) for kind in ("share", "ribbon")},
        **{f"over{n}": v for n, v in enumerate(weights, 1)},
        **{f"from{n}": v for n, v in enumerate(fed, 1)},
        **{f"path{n}": v for n, v in enumerate(paths, 1)},
        **dict.fromkeys(("total", "nextLayerSum", "pathSum"), sum(shares)),
        **dict.fromkeys(("slope", "unitSlope"), own_slope),
        **dict.fromkeys(("result", "unitDelta"), result),
        **counts_of(net.sizes, l, figure, skips),
    }


def counts_of(sizes, l, figure, skips):
    """Of terms and multiplications, by closed formulas for at most one layer in between."""
    L = len(sizes) - 1
    extra = figure.skip and l == L - 2  # one more share and path for one unit of the layer
    paths, long = prod(sizes[l + 1 :]), 2 * (L - l) - 1
    between = sum(sizes[m] * (sizes[m + 1] + 1) for m in range(l + 1, L))
    return {
        "shareCount": sizes[l + 1] + skips,
        "pathCount": paths + skips,
        "layerMultiplications": between + sizes[l + 1] + skips + 1,
        "layerMultiplicationsForAll": between + sizes[l] * (sizes[l + 1] + 1) + extra,
        "pathMultiplications": paths * long + skips + 1,
        "pathMultiplicationsForAll": sizes[l] * (paths * long + 1) + extra,
    }


def random_setting(generator):
    network = str(generator.choice(list(STARTS)))
    sizes = [int(n) for n in network.split("-")]
    L = len(sizes) - 1
    layer = int(generator.integers(1, L))
    return {
        "network": network,
        "layer": layer,
        "unit": int(generator.integers(1, sizes[layer] + 1)),
        "view": str(generator.choice(["next layer", "all paths"])),
        "activation": str(generator.choice(list(SLOPES))),
        "x": generator.normal(size=sizes[0]),
        "y": generator.normal(size=2),
        "weights": generator.normal(size=len(STARTS[network]["weights"]))
        * generator.choice([0.1, 1.0, 2.0]),
        "skip": bool(generator.integers(2)),
        "skip_from": int(generator.integers(1, sizes[L - 2] + 1)),
        "skip_to": int(generator.integers(1, 3)),
        "skip_weight": generator.normal(),
    }


DEEP = {"network": "3-3-4-2", "view": "all paths"}

ERROR_SHARES = Case(
    make=figures.WhereErrorComesFrom,
    numbers=numbers_of,
    random=random_setting,
    field="target 1",
    edges=[
        *EXAMPLES.values(),
        {"network": "2-2-2"},
        {**DEEP, "weights": [0.0] * 38},  # nothing comes back
        {**DEEP, "weights": [1.0] * 38, "skip": True},  # all units of a layer alike
        {**DEEP, "weights": [40.0] * 38, "x": [1.0, 1.0, 1.0]},  # all units saturated
        {**DEEP, "layer": 2, "unit": 4, "skip": True, "skip_from": 3},  # past this unit
        {"network": "2-2-2-2", "view": "all paths", "skip": True, "skip_weight": -100.0},
        {"skip": True, "skip_from": 2, "skip_to": 2, "view": "all paths"},  # from an input
        {"x": [-100.0, 100.0], "weights": [100.0, -100.0] * 8 + [1.0]},  # e^-z is infinite
        {"activation": "relu", "weights": [-1.0] * 17},  # every unit is dead
    ],
)
