"""The worlds that labelled equations are about: random networks, and a few concrete functions."""

from itertools import cycle, islice

import numpy as np
import sympy as sp

from .worlds import Graph, Network, Operations, World

# Activations, for complex numbers too: (function, whether it is applied entry by entry).
SIGMOID = (lambda z: 1 / (1 + np.exp(-z)), True)
TANH = (np.tanh, True)
IDENTITY = (lambda z: z, True)
RELU = (lambda z: np.where(z.real > 0, z, 0), True)
BENT = (lambda z: np.sin(z) + z**2 / 4, True)  # any function will do: neither odd nor even
SOFTMAX = (lambda z: np.exp(z) / np.exp(z).sum(), False)
NAMES = {SIGMOID: "sigmoid", TANH: "tanh", IDENTITY: "identity", RELU: "relu", BENT: "bent"}
NAMES[SOFTMAX] = "softmax"
ENTRYWISE = (BENT, SIGMOID, TANH, RELU, IDENTITY)


def half_squared(a, y):
    return ((y - a) ** 2).sum() / 2


def binary_cross_entropy(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a)).sum()


def cross_entropy(a, y):
    return -(y * np.log(a)).sum()


def entangled(a, y):
    """An error in which the outputs depend on each other, as nobody uses it."""
    return np.cosh(a - y).sum() + ((a - y).sum()) ** 2 * (a * y).sum() / 3


# Layers of equal size come first: there, what is wrong shows in the numbers and not in the shapes.
SIZES = ((2, 2, 2), (3, 3, 3, 3), (2, 3, 2), (3, 2, 4, 2), (1, 2, 1), (2, 1, 1), (3, 2))


def networks(
    outputs=ENTRYWISE,
    errors=(half_squared, entangled),
    sizes=SIZES,
    hidden=ENTRYWISE,
    **options,
):
    """Random networks, two of each size, with activations that change from layer to layer."""
    found = []
    output, error = cycle(outputs), cycle(errors)
    for number, size in enumerate(sizes * 2):
        inner = islice(cycle(hidden), number, number + len(size) - 2)
        activations = (*inner, next(output))
        loss = next(error)
        names = ", ".join(NAMES[activation] for activation in activations)
        text = "-".join(map(str, size))
        name = f"the network {text} ({names}; {loss.__name__.replace('_', ' ')})"
        found.append(Network(name, size, activations, loss, seed=number, **options))
    return found


def chains(*depths):
    """Networks of single units, whose quantities need no index of a unit."""
    return networks(sizes=tuple((1,) * (depth + 1) for depth in depths), unitless=True)


def summing_to_one(y):
    return y / y.sum()


ANY_ERROR = networks()
HALF_SQUARED = networks(errors=(half_squared,))
SIGMOID_HALF_SQUARED = networks((SIGMOID,), (half_squared,))
SIGMOID_CROSS_ENTROPY = networks((SIGMOID,), (binary_cross_entropy,))
SOFTMAX_TARGETS_ANY = networks((SOFTMAX,), (cross_entropy,))
SOFTMAX_TARGETS_ONE = networks((SOFTMAX,), (cross_entropy,), targets=summing_to_one)
# What holds for hidden layers holds below a softmax as well.
ANY_OUTPUT = ANY_ERROR + SIGMOID_CROSS_ENTROPY + SOFTMAX_TARGETS_ANY
SOFTMAX_CROSS_ENTROPY = SOFTMAX_TARGETS_ONE + SOFTMAX_TARGETS_ANY
WITH_TWO_LAYERS = ((2, 2, 2), (3, 3, 3), (2, 3, 2), (1, 2, 1), (2, 1, 1))
TWO_LAYERS = networks(sizes=WITH_TWO_LAYERS)
TWO_LAYERS_HALF_SQUARED = networks(errors=(half_squared,), sizes=WITH_TWO_LAYERS)
TANH_THEN_LINEAR = networks((IDENTITY,), (half_squared,), WITH_TWO_LAYERS, hidden=(TANH,))
ONE_HIDDEN_ONE_OUTPUT = networks(sizes=((2, 1, 1), (3, 1, 1), (1, 1, 1)))
TWO_HIDDEN_UNITS = networks(sizes=((2, 2, 2), (1, 2, 1), (3, 2, 2)))


def graphs(**options):
    """Feed-forward graphs with links that skip units: of 1986 for XOR, and two larger ones."""
    shapes = [
        (2, {3: (1, 2), 4: (1, 2, 3)}, (4,)),
        (2, {3: (1, 2), 4: (2, 3), 5: (1, 3, 4), 6: (3, 4, 5)}, (5, 6)),
        (3, {4: (1, 2), 5: (2, 3, 4), 6: (1, 4, 5), 7: (4, 5, 6), 8: (3, 4, 6)}, (7, 8)),
    ]
    return [
        Graph(
            f"graph {number} of {NAMES[activation]}",
            *shape,
            activation,
            error,
            seed=number,
            **options,
        )
        for number, shape in enumerate(shapes, start=1)
        for activation, error in ((BENT, entangled), (SIGMOID, half_squared))
    ]


SKIPPING = graphs()
SKIPPING_WITHOUT_TARGET = graphs(hidden_only=True)


def _one_unit(eta, a, *w):
    """One hidden unit, the weights from it to those of the next layer, and an error of these."""
    return World(
        f"a unit that feeds {len(w)} others",
        {
            r"\eta": eta,
            "a": a,
            "w": np.array(w)[:, None],
            "z": lambda q: q["w"] * q["a"] + 0.2,
            "E": lambda q: (np.sin(q["z"]) + q["z"] ** 2 / 3).sum() ** 2,
        },
    )


ONE_UNIT_AND_ITS_STEP = [_one_unit(0.5, 0.6, 0.3, -0.8, 1.1), _one_unit(1.7, 0.2, -0.4, 0.9)]

ONE_LINK_AFTER_ANOTHER = [
    World(
        f"x = {x}",
        {"x": x, "u": lambda q: np.sin(q["x"]) + q["x"] ** 2, "f": lambda q: np.exp(q["u"] / 2)},
    )
    for x in (-0.7, 0.4, 1.3)
]


def _inner(x):
    return np.array([[np.sin(x)], [np.exp(-x)], [x**3 + x]])


def _outer(u1, u2, u3):
    return u1 * np.exp(u2) + u3**2 / (2 + u2)


SEVERAL_PATHS = [
    World(
        f"x = {x}",
        {"x": x, "D": 3, "u": lambda q: _inner(q["x"]), "f": lambda q: _outer(*q["u"][:, 0])},
        {"u": _inner, "f": _outer},
    )
    for x in (-0.7, 0.4, 1.3)
]

SLOPE_OF_SIGMOID, SLOPE_OF_TANH = (
    [World(f"z = {z}", {"z": z}, {"g": g}) for z in (-2.3, 0, 0.4, 1.7)] for g, _ in (SIGMOID, TANH)
)


def _one_weight(w, x, y, eta):
    """The smallest network there is, its error, and one step downhill."""

    def step(q):
        slope = np.imag((q["y"] - (q["w"] + 1e-30j) * q["x"]) ** 2 / 2) / 1e-30
        return q["w"] - q[r"\eta"] * slope

    return World(
        f"w = {w}, x = {x}, y = {y}, η = {eta}",
        {
            "x": x,
            "y": y,
            r"\eta": eta,
            "w": w,
            r"w_{\text{after}}": step,
            "w^{*}": lambda q: q["y"] / q["x"],
        },
    )


ONE_WEIGHT = [_one_weight(3.0, 1.5, 0.5, 0.1), _one_weight(-0.4, 0.7, 1.2, 2.1)]


def _taylor(w):
    """A smooth error of one weight; `E_{k}` is its k-th derivative at w."""
    v = sp.Symbol("v")
    error = sp.exp(v / 2) - sp.cos(2 * v) + v**3
    derivatives = {f"E_{{{k}}}": float(sp.diff(error, v, k).subs(v, sp.Float(w))) for k in range(6)}
    return World(
        f"w = {w}",
        {"w": w, "h": 0.02} | derivatives,
        {"E": sp.lambdify(v, error, "numpy")},
        small="h",
    )


SMALL_STEP = [_taylor(w) for w in (-0.3, 0.8)]


def _one_operation(u, v, function):
    """q is the result of one operation; the error follows from it, and f is a function."""
    return World(
        f"u = {u}, v = {v}",
        {
            "u": u,
            "v": v,
            "q": lambda state: function(state["u"], state["v"]),
            "E": lambda state: np.sin(state["q"]) + state["q"] ** 2,
        },
        {"f": lambda x: np.exp(x / 2) + x**3},
    )


_PAIRS = ((0.7, -1.3), (-0.4, 2.1), (1.6, 0.3))
ADDITION = [_one_operation(u, v, lambda u, v: u + v) for u, v in _PAIRS]
PRODUCT = [_one_operation(u, v, lambda u, v: u * v) for u, v in _PAIRS]
FUNCTION = [_one_operation(u, v, lambda u, v: np.exp(u / 2) + u**3) for u, v in _PAIRS]
ONE_OPERATION = [
    _one_operation(u, v, lambda u, v: np.sin(u) * v + np.exp(u * v)) for u, v in _PAIRS
]

USED_TWICE = [
    World(
        f"u = {u}",
        {
            "u": u,
            "q_{1}": lambda state: np.sin(state["u"]),
            "q_{2}": lambda state: np.exp(state["u"]) + state["u"],
            "E": lambda state: state["q_{1}"] * state["q_{2}"] + state["q_{2}"] ** 2,
        },
    )
    for u in (-0.7, 0.4, 1.3)
]


def _one_entry(u, v):
    """The error as a function F of the first numbers, and G of all of these but the last."""

    def outer(u_i, u_k):
        return np.sin(u_i) * u_k + u_k**2 + u_i**3

    def entry(u_i):
        return v * np.exp(u_i / 2) + u_i**2

    world = World(
        f"u_i = {u}",
        {
            "u_{i}": u,
            "u_{k}": entry(u),
            "c_{ki}": v * np.exp(u / 2) / 2 + 2 * u,
            "F": lambda state: outer(state["u_{i}"], state["u_{k}"]),
            "G": lambda state: outer(state["u_{i}"], entry(state["u_{i}"])),
        },
    )
    world.units = range(1, 2)  # i and k are names, not open
    return world


ONE_ENTRY = [_one_entry(u, v) for u, v in _PAIRS]

# Numbers that are used once, twice and three times; a square uses its operand twice.
COMPUTATIONS = [
    Operations(
        f"computation {number}",
        dict(enumerate(values, start=1)),
        {
            4: ((1, 2), lambda u, v: u * v, (lambda u, v: v, lambda u, v: u)),
            5: ((4, 3), lambda u, v: u + v, (lambda u, v: 1.0, lambda u, v: 1.0)),
            6: ((5,), np.tanh, (lambda u: 1 - np.tanh(u) ** 2,)),
            7: ((5, 6), lambda u, v: u - v, (lambda u, v: 1.0, lambda u, v: -1.0)),
            8: ((5, 1), lambda u, v: u * v, (lambda u, v: v, lambda u, v: u)),
            9: ((7, 8), lambda u, v: u / v, (lambda u, v: 1 / v, lambda u, v: -u / v**2)),
            10: ((9,), lambda u: u * u, (lambda u: 2 * u,)),
        },
    )
    for number, values in enumerate(((0.7, -1.3, 0.4), (1.9, 0.8, -0.6)), start=1)
]
