"""Figure: gradient descent on an error surface, step by step."""

from functools import cache

import numpy as np
from sympy import Symbol

from ...codegen import descent_source
from ...drawing import axes, picture
from ...drawing.palette import BACKWARD, ERROR, PARAMETER
from ...symbolic.layout import Factors
from ...symbolic.notation import E, Partial, eta
from .. import arithmetic
from ..base import Figure
from ..formulas import mathml
from ..parameters import Choice, Number, Numbers, WholeNumber
from .surfaces import FACTOR, LARGEST_RATE, SURFACES, curvature, generated_rules

MOST_STEPS = 500
FAR = 1e6  # a weight of this size has diverged: the path ends there


class DescentOnSurface(Figure):
    """The path of gradient descent over two weights of a network, on the contours of its error.

    Parameters
    ----------
    eta : float
        The learning rate.
    start : sequence of float
        The two weights at the start.
    steps : int
        Steps taken, 0 to 500.
    surface : str
        "bowl" (a linear unit), "valley" (a linear unit whose inputs nearly agree), "saddle" (two
        tanh units in a chain) or "plateau" (a sigmoid unit).

    Examples
    --------
    >>> DescentOnSurface(eta=3.7, steps=4)
    DescentOnSurface(eta=3.7, start=[-1.5, 2.0], steps=4, surface='bowl')
    >>> figure = DescentOnSurface(surface="saddle", start=[0.3, -0.28], eta=1.5, steps=10)
    >>> figure.path()[-1].round(3)
    array([0.737, 0.912])
    """

    title = "Descent on the error surface"
    name = "descent"
    script = "descent/figure.js"

    eta = Number(0.3, minimum=0, maximum=1000)
    start = Numbers((-1.5, 2.0), shortest=2, longest=2, minimum=-10, maximum=10)
    steps = WholeNumber(1, minimum=0, maximum=MOST_STEPS)
    surface = Choice("bowl", SURFACES)

    @classmethod
    def generated(cls):
        surfaces = {name: surface.for_the_page() for name, surface in SURFACES.items()}
        return {
            "arithmetic.js": arithmetic.module(
                networks=generated_rules(),
                gradientDescent=descent_source(),
                stepFactor=arithmetic.function(FACTOR, [eta, curvature]),
                surfaces=arithmetic.data(surfaces),
                MOST_STEPS=str(MOST_STEPS),
                FAR=str(int(FAR)),
            ),
            "formulas.js": arithmetic.module(descentFormulas=arithmetic.data(_formulas())),
        }

    def path(self):
        """The weights after 0, 1, ... steps, shape (n + 1, 2).

        n is `steps`, or less: the path ends where a weight is beyond a million.
        """
        return self._walk()[0]

    def errors(self):
        """E at every point of the path, shape (n + 1,)."""
        return self._walk()[1]

    def gradient(self):
        """∂E/∂w at the last point of the path, shape (2,)."""
        return self._walk()[2]

    def largest_rate(self):
        """The learning rate from which on steps no longer converge, 2/λ_max.

        None where E is no quadratic function, so that there is no such number.
        """
        return SURFACES[self.surface].largest_rate()

    def _walk(self):
        surface = SURFACES[self.surface]
        net = surface.network(self.start)
        points, errors = [net.parameters.copy()], []
        while True:
            backward_pass = surface.backward(net)
            errors.append(backward_pass.error)
            if len(points) > self.steps or np.abs(points[-1]).max() > FAR:
                return np.array(points), np.array(errors), backward_pass.vector.copy()
            net.update(backward_pass, self.eta)
            points.append(net.parameters.copy())

    def description(self):
        surface = SURFACES[self.surface]
        points, errors, _ = self._walk()
        first, second = surface.weights
        taken = len(points) - 1

        def place(point):
            return f"{first} = {point[0]:.3g} and {second} = {point[1]:.3g}"

        text = (
            f"Contours of the error over two weights ({surface.title[0].lower()}"
            f"{surface.title[1:]}), and the path of gradient descent with the learning rate "
            f"{self.eta:g}. It starts at {place(points[0])}, where E = {errors[0]:.3g}."
        )
        if taken:
            steps = "one step" if taken == 1 else f"{taken} steps"
            text += f" After {steps} it is at {place(points[-1])}, where E = {errors[-1]:.3g}."
        if taken < self.steps:
            text += " It ends there, because a weight is beyond a million: the path diverges."
        elif not _inside(points[-1], surface.view):
            text += " That is outside the picture."
        limit = self.largest_rate()
        if limit is not None:
            text += f" Steps converge for learning rates below {limit:.4g}."
        return text.replace("-", "−")

    def still(self):
        surface = SURFACES[self.surface]
        points, _, gradient = self._walk()
        left, right, bottom, top = surface.view
        figure, ax = axes(*surface.weights, width=460, height=400)
        ground = _ground(self.surface)
        lines = ax.contour(*ground, surface.levels, colors=ERROR, linewidths=0.8)
        ax.clabel(lines, lines.levels[1::2], fontsize=13, fmt="%g")
        ax.plot(*points.T, "o-", color=PARAMETER, linewidth=1.8, markersize=4)
        ax.plot(*points[0], "o", color=PARAMETER, markersize=10, markerfacecolor="none")
        here = points[-1]
        if _inside(here, surface.view):
            ax.plot(*here, "o", color=PARAMETER, markersize=8)
            step = -self.eta * gradient
            if np.hypot(*step) > (right - left) / 100:
                tip = here + step * _part_inside(here, step, surface.view)
                arrow = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 2.5, "shrinkA": 0}
                ax.annotate("", tip, here, arrowprops={**arrow, "shrinkB": 0})
        ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
        return picture(figure, self.description())


def _formulas():
    """What stands beside the numbers, in MathML."""
    slope = Partial(E, Symbol("w"))
    largest = Symbol(r"\lambda_{max}", positive=True)
    return {
        "slope": mathml(slope),
        "step": mathml(-Factors(eta, slope)),
        "factor": mathml(FACTOR),
        "largestRate": mathml(LARGEST_RATE.subs(curvature, largest)),
    }


@cache
def _ground(surface):
    """Both weights and E on a grid over the view of a surface: three arrays of shape (61, 73)."""
    surface = SURFACES[surface]
    left, right, bottom, top = surface.view
    w1, w2 = np.meshgrid(np.linspace(left, right, 73), np.linspace(bottom, top, 61))
    errors = [surface.error(w) for w in zip(w1.flat, w2.flat, strict=True)]
    return w1, w2, np.reshape(errors, w1.shape)


def _inside(point, view):
    left, right, bottom, top = view
    return bool(left <= point[0] <= right and bottom <= point[1] <= top)


def _part_inside(point, step, view):
    """How much of a step, from 0 to 1, is inside the picture."""
    left, right, bottom, top = view
    parts = [1.0]
    for at, by, low, high in zip(point, step, (left, bottom), (right, top), strict=True):
        if by:
            parts.append(((high if by > 0 else low) - at) / by)
    return max(0.0, min(parts))
