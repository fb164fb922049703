"""Figure: the error term of an output unit is the slope of its error."""

from .figure import WhatDeltaMeans

__all__ = ["WhatDeltaMeans"]
