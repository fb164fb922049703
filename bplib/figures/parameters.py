"""What a figure's state is made of: parameters that are checked in Python and in the page alike.

Each is a synced trait. `specification` is what the page checks with (page/parameters.js), so that
both sides accept the same values.
"""

import numpy as np
from traitlets import TraitError, TraitType

from ..validation import choice, flag, real_array, real_number, sequence, whole_number


class Inconsistent(ValueError, TraitError):
    """Values that do not go together. As a TraitError it makes traitlets undo the assignment."""


class Parameter(TraitType):
    kind: str

    def __init__(self, default, help=""):
        super().__init__(default, help=help)
        self.tag(sync=True)

    def checked(self, name, value):
        """`value` in the form it is stored in, or a ValueError or TypeError that names it."""
        raise NotImplementedError

    def specification(self):
        """The same check for the page, as JSON."""
        return {"kind": self.kind}

    def validate(self, figure, value):
        return self.checked(self.name, value)

    def _cross_validate(self, figure, value):
        try:
            figure.check({**figure.values(), self.name: value})
        except ValueError as error:
            raise Inconsistent(str(error)) from None
        return value


class Number(Parameter):
    """A real number from `minimum` to `maximum`."""

    kind = "number"

    def __init__(self, default, minimum=-100.0, maximum=100.0, help=""):
        self.minimum, self.maximum = float(minimum), float(maximum)
        super().__init__(float(default), help)

    def checked(self, name, value):
        number = real_number(name, value)
        if not self.minimum <= number <= self.maximum:
            raise ValueError(
                f"{name}: expected a number from {self.minimum:g} to {self.maximum:g}, got {number}"
            )
        return number

    def specification(self):
        return {"kind": self.kind, "minimum": self.minimum, "maximum": self.maximum}


class WholeNumber(Parameter):
    """A whole number from `minimum` to `maximum`."""

    kind = "whole number"

    def __init__(self, default, minimum, maximum, help=""):
        self.minimum, self.maximum = minimum, maximum
        super().__init__(default, help)

    def checked(self, name, value):
        # Numbers come from the page as JSON, in which 3 and 3.0 are the same.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        number = whole_number(name, value, minimum=self.minimum)
        if number > self.maximum:
            raise ValueError(
                f"{name}: expected a whole number from {self.minimum} to {self.maximum}, "
                f"got {number}"
            )
        return number

    def specification(self):
        return {"kind": self.kind, "minimum": self.minimum, "maximum": self.maximum}


class Numbers(Parameter):
    """A flat sequence of numbers, each from `minimum` to `maximum`, stored as a tuple.

    Parameters
    ----------
    default : sequence of float
    shortest, longest : int
        How many there may be. Where the number depends on another parameter, leave room here and
        check it in `Figure.check`.
    """

    kind = "numbers"

    def __init__(self, default, shortest, longest, minimum=-100.0, maximum=100.0, help=""):
        self.shortest, self.longest = shortest, longest
        self.minimum, self.maximum = float(minimum), float(maximum)
        super().__init__(tuple(float(v) for v in default), help)

    def checked(self, name, value):
        array = real_array(name, value if isinstance(value, np.ndarray) else sequence(name, value))
        if array.ndim != 1 or not self.shortest <= len(array) <= self.longest:
            raise ValueError(
                f"{name}: expected {count(self.shortest, self.longest)}, got shape {array.shape}"
            )
        for index, number in enumerate(array.tolist()):
            if not self.minimum <= number <= self.maximum:
                raise ValueError(
                    f"{name}[{index}]: expected a number from {self.minimum:g} to "
                    f"{self.maximum:g}, got {number}"
                )
        return tuple(array.tolist())

    def specification(self):
        return {
            "kind": self.kind,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "shortest": self.shortest,
            "longest": self.longest,
        }


class Choice(Parameter):
    """One of the names in `options`."""

    kind = "choice"

    def __init__(self, default, options, help=""):
        self.options = tuple(options)
        super().__init__(default, help)

    def checked(self, name, value):
        return choice(name, value, self.options)

    def specification(self):
        return {"kind": self.kind, "options": list(self.options)}


class Flag(Parameter):
    """True or False."""

    kind = "flag"

    def checked(self, name, value):
        return flag(name, value)


def count(shortest, longest):
    if shortest == longest:
        return f"{shortest} numbers"
    return f"{shortest} to {longest} numbers"
