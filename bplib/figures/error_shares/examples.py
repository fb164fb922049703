"""What the networks of the figure `WhereErrorComesFrom` start with, and its example buttons.

Weights are in the order of `Network.parameters`: W of layer 1, 2, ..., row by row, then b.
"""

from ...golden import load

MAZUR = load("mazur")["network"]


def _flat(*layers):
    return [float(value) for layer in layers for row in layer for value in row]


STARTS = {
    "2-2-2": {
        "x": MAZUR["x"],
        "y": MAZUR["y"],
        "weights": _flat(MAZUR["W1"], MAZUR["W2"], [MAZUR["b1"], MAZUR["b2"]]),
    },
    "2-3-2": {
        "x": [1.0, 0.5],
        "y": [0.0, 1.0],
        "weights": _flat(
            [[0.6, -0.4], [-0.8, 0.7], [0.3, 0.9]],
            [[0.8, 0.9, -0.7], [0.6, -0.8, 0.5]],
            [[0.1, -0.2, 0.2], [0.3, -0.4]],
        ),
    },
    "2-2-2-2": {
        "x": [1.0, 0.5],
        "y": [0.0, 1.0],
        "weights": _flat(
            [[0.6, -0.4], [-0.8, 0.7]],
            [[1.2, -0.6], [0.9, 1.1]],
            [[0.8, -0.9], [1.3, 0.7]],
            [[0.1, -0.2], [0.2, -0.1], [0.3, -0.4]],
        ),
    },
    "3-3-4-2": {
        "x": [1.0, 0.5, -1.0],
        "y": [0.0, 1.0],
        "weights": _flat(
            [[0.7, -0.5, 0.4], [-0.6, 0.8, 0.3], [0.5, 0.6, -0.9]],
            [[0.9, -0.6, 0.4], [1.1, 0.7, -0.5], [-0.8, 0.9, 0.6], [0.5, -0.7, 1.2]],
            [[0.8, 1.1, -0.6, 0.9], [-0.7, 1.0, 0.9, 0.5]],
            [[0.1, -0.2, 0.1], [0.2, -0.1, 0.1, -0.2], [0.1, -0.3]],
        ),
    },
}

# Numbers that a computer holds exactly, so that the second target is met exactly.
_SIMPLE = [[1.0, -0.5, 1.0], [0.5, 1.0, -0.5]]
_INTO_HIDDEN = [[0.5, 1.0], [1.0, -0.5], [0.25, 0.5]]

EXAMPLES = {
    "Cancelling": {
        "network": "2-3-2",
        "y": [0.0, 0.0],
        "weights": _flat(
            [[0.6, -0.4], [-0.8, 0.7], [0.3, 0.9]],
            [[2.0, 0.9, -0.7], [-2.6, -0.8, 0.5]],
            [[0.1, -0.2, 0.2], [-0.5, 1.4]],
        ),
    },
    "One to blame": {
        "network": "2-3-2",
        "activation": "relu",
        "y": [0.5, 1.0],
        "weights": _flat(_INTO_HIDDEN, _SIMPLE, [[0.0] * 3, [0.0] * 2]),
    },
    "Saturated": {
        "network": "2-3-2",
        "weights": _flat(
            [[6.0, 4.0], [-0.8, 0.7], [0.3, 0.9]],
            [[0.8, 0.9, -0.7], [-0.9, -0.8, 0.5]],
            [[0.5, -0.2, 0.2], [0.3, -0.4]],
        ),
    },
    "Dead relu": {
        "network": "2-3-2",
        "activation": "relu",
        "y": [0.5, 0.0],
        "weights": _flat(
            _INTO_HIDDEN,
            [[-2.0, -0.5, 1.0], [1.5, 1.0, -0.5]],
            [[-2.0, 0.0, 0.0], [0.0, 0.0]],
        ),
    },
    "Every path": {"network": "3-3-4-2", "view": "all paths"},
    "Skip path": {
        "network": "3-3-4-2",
        "unit": 2,
        "skip": True,
        "skip_from": 2,
        "skip_to": 1,
        "skip_weight": 1.0,
    },
}
