"""The figures and how to try them. A new figure is a new entry here: all tests then try it."""

from .case import Case
from .chain import CHAIN

CASES = {case.make.__name__: case for case in (CHAIN,)}

__all__ = ["CASES", "Case"]
