"""The still picture of TrainItYourself: the plane with its regions, and the error so far."""

import numpy as np

from ...drawing import axes, picture
from ...drawing.palette import BACKWARD, ERROR, FORWARD, MUTED, PARAMETER
from ...drawing.plots import INK, PAPER
from .point_sets import REACH

GRID = 49
# Bands of the output: 0 is blue, 1 is orange, one half has no colour.
LEVELS = [-0.01, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.01]
DEPTHS = [0.55, 0.4, 0.27, 0.15, 0, 0.15, 0.27, 0.4, 0.55]


def training_picture(net, X, Y, curve, lines, description):
    """A `Picture` of a network and the points it learns from.

    Parameters
    ----------
    net : Network
    X, Y : ndarray, shape (N, 2) and (N, 1)
    curve : sequence of pairs
        Numbers of updates, and the mean error after each; empty without points.
    lines : bool
        Whether to draw where z of each unit of the first hidden layer is 0.
    description : str
    """
    figure, (left, right) = axes(width=460, height=250, ncols=2, width_ratios=[1.15, 1])
    _plane(left, net, X, Y, lines and net.L > 1)
    right.set(xlabel="updates", title="mean error E")
    if curve:
        moments, errors = zip(*curve, strict=True)
        right.plot(moments, errors, color=ERROR)
        right.plot(moments[-1], errors[-1], "o", color=ERROR, clip_on=False)
        right.set(xlim=(0, max(moments[-1], 10)), ylim=(0, 1.1 * max(errors)))
        right.locator_params(nbins=3)
    else:
        right.set(xticks=[], yticks=[])
    return picture(figure, description)


def _plane(ax, net, X, Y, lines):
    side = np.linspace(-REACH, REACH, GRID)
    places = np.stack(np.meshgrid(side, side), axis=-1)
    forward_pass = net.forward(places.reshape(-1, 2))
    output = forward_pass.output.reshape(GRID, GRID)
    colours = [FORWARD] * 4 + [MUTED] + [BACKWARD] * 4
    for low, high, colour, depth in zip(LEVELS[:-1], LEVELS[1:], colours, DEPTHS, strict=True):
        if depth and (output < high).any() and (output > low).any():
            ax.contourf(side, side, output, [low, high], colors=[colour], alpha=depth)
    if output.min() < 0.5 < output.max():
        ax.contour(side, side, output, [0.5], colors=[INK], linewidths=2)
    if lines:
        for z in forward_pass.z[1].T:
            if z.min() < 0 < z.max():
                z = z.reshape(GRID, GRID)
                ax.contour(side, side, z, [0], colors=[PARAMETER], linewidths=1.5)
    for y, marker, colour in ((0, "o", FORWARD), (1, "s", BACKWARD)):
        chosen = X[Y[:, 0] == y]
        ax.plot(*chosen.T, marker, color=colour, markersize=9, markeredgecolor=PAPER)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xticks=[-1, 0, 1], yticks=[-1, 0, 1],
           xlabel="x₁", ylabel="x₂", aspect="equal")  # fmt: skip
