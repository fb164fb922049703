"""Small sets of points in the plane to learn from: rows (x1, x2, target), -1.5 <= x1, x2 <= 1.5.

Targets alternate, so that a run that takes the points in order meets both kinds in turn.
"""

from math import cos, pi, sin, sqrt

REACH = 1.5  # the plane that is drawn goes from -REACH to REACH


def _alternating(zeros, ones):
    pairs = zip(zeros, ones, strict=True)
    return tuple((*point, y) for pair in pairs for point, y in zip(pair, (0, 1), strict=True))


def _at(radius, angle):
    return round(radius * cos(angle), 2), round(radius * sin(angle), 2)


SEPARABLE = _alternating(
    [(-1.1, 0.4), (-0.5, 0.3), (-0.7, 0.9), (-0.1, 0.8), (-0.9, -0.1), (0.3, 1.1), (-1.2, 0.9)],
    [(0.9, -0.3), (0.2, -0.2), (0.4, -0.7), (1.1, 0.2), (-0.2, -0.8), (0.6, 0.2), (0.7, -1.1)],
)

# The truth table of XOR, with the inputs -1 and 1 for 0 and 1. The figure says so.
XOR = _alternating([(-1, -1), (1, 1)], [(-1, 1), (1, -1)])

# Neighbours in the order are far apart: outside by three tenths of the circle, inside by the
# golden angle, which also spreads the points evenly.
CIRCLES = _alternating(
    [_at(1.05 + 0.15 * (n % 2), 2 * pi * 3 * n / 10) for n in range(10)],
    [_at(0.6 * sqrt((n + 0.5) / 10), pi * (3 - sqrt(5)) * n) for n in range(10)],
)

POINT_SETS = {"separable": SEPARABLE, "XOR": XOR, "circles": CIRCLES}
