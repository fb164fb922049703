"""Pictures of the book: crisp, legible in light and dark, described in words."""

from .diagram import network_diagram
from .picture import Picture
from .plots import axes, digits, picture

__all__ = ["Picture", "axes", "digits", "network_diagram", "picture"]
