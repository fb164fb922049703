"""The picture of a training run."""

from math import inf, nan

from ..validation import flag
from .palette import ERROR, FORWARD
from .plots import axes, picture

LARGEST = 1e100  # of the numbers that are drawn: Matplotlib's own arithmetic needs some room


def history_plot(history, log=False):
    """The errors of a `bplib.History` against the epochs; see `History.plot`."""
    log = flag("log", log)
    curves = {"training set": (0, [history.initial_error, *history.error])}
    if history.validation_error:
        # Before the first update it has not been measured.
        curves["validation set"] = (1, history.validation_error)
    if log and not any(0 < error < inf for _, errors in curves.values() for error in errors):
        raise ValueError("log: expected False for errors that are never above 0, got True")
    figure, ax = axes("epoch", "mean error")
    for (name, (first, errors)), colour, line in zip(
        curves.items(), (ERROR, FORWARD), ("-", "--"), strict=False
    ):
        dot = "o" if len(errors) == 1 else ""  # a single point makes no line
        epochs = range(first, first + len(errors))
        drawn = [error if error < LARGEST else nan for error in errors]
        ax.plot(epochs, drawn, line, marker=dot, color=colour, label=name)
    if log:
        ax.set_yscale("log")
    else:
        ax.set_ylim(0, 1.05 * ax.dataLim.ymax if ax.dataLim.ymax > 0 else 1)
    width = max(1, history.epochs)
    ax.set_xlim(-0.04 * width, 1.04 * width)
    ax.xaxis.get_major_locator().set_params(integer=True)
    if len(curves) > 1:
        ax.legend()
    return picture(figure, _description(history, curves))


def _description(history, curves):
    epochs = f"{history.epochs} epoch" if history.epochs == 1 else f"{history.epochs} epochs"
    courses = [f"on the {name} it {_course(*curve)}" for name, curve in curves.items()]
    return f"The mean error over {epochs}: {'; '.join(courses)}."


def _course(first, errors):
    """What becomes of a curve, from its numbers."""
    if len(errors) == 1:
        return f"is {errors[0]:.4g}"
    begin, end = errors[0], errors[-1]
    if not end < LARGEST:
        return f"begins at {begin:.4g} and ends at {end:.4g}, which is not drawn"
    if begin == end:
        course = f"begins and ends at {begin:.4g}"
    else:
        course = f"{'falls' if end < begin else 'rises'} from {begin:.4g} to {end:.4g}"
    lowest = min(errors)
    if lowest in (begin, end):
        return course
    return f"{course}; the lowest value is {lowest:.4g}, in epoch {first + errors.index(lowest)}"
