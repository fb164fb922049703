"""The record of a training run."""

from dataclasses import dataclass, field
from math import isnan


@dataclass
class History:
    """What was measured after each epoch, always over the whole set and with fixed parameters.

    Attributes
    ----------
    initial_error : float
        Mean error over the training set before the first update.
    error : list of float
        Mean error over the training set after each epoch.
    validation_error : list of float
        The same over the validation set; empty if there is none.
    gradient_norm : list of float
        Length of the gradient over the training set; empty unless a stopping criterion needs it.
    stop_reason : str
        Why training ended.

    Examples
    --------
    >>> from bplib import Network
    >>> history = Network([2, 1], seed=0).fit([[0, 1], [1, 1]], [[1], [0]], epochs=3)
    >>> history.plot()
    The mean error over 3 epochs: on the training set it falls from 0.1307 to 0.1192.
    """

    initial_error: float
    error: list = field(default_factory=list)
    validation_error: list = field(default_factory=list)
    gradient_norm: list = field(default_factory=list)
    stop_reason: str = ""

    @property
    def epochs(self):
        """How many epochs were completed."""
        return len(self.error)

    @property
    def best_epoch(self):
        """The number, from 1, of the first epoch with the smallest validation error; 0: none."""
        numbers = [error for error in self.validation_error if not isnan(error)]
        return 1 + self.validation_error.index(min(numbers)) if numbers else 0

    def plot(self, log=False):
        """The error after each epoch, epoch 0 being before the first update, as a picture.

        The validation error is drawn too if there is one. Needs Matplotlib, which is not imported
        before.

        Parameters
        ----------
        log : bool
            Whether the error has a logarithmic axis.

        Returns
        -------
        bplib.drawing.Picture
            It shows itself in a notebook, and describes itself in words.
        """
        from .drawing.history import history_plot

        return history_plot(self, log)

    def __repr__(self):
        last = self.error[-1] if self.error else self.initial_error
        return (
            f"History({self.epochs} epochs, error {self.initial_error:.6g} -> {last:.6g}, "
            f"stopped: {self.stop_reason})"
        )
