"""Pictures of the book: crisp, legible in light and dark, described in words."""

from .computation import computation_diagram
from .diagram import graph_diagram, network_diagram
from .picture import Picture
from .plots import axes, digits, picture
from .words import said

__all__ = [
    "Picture",
    "axes",
    "computation_diagram",
    "digits",
    "graph_diagram",
    "network_diagram",
    "picture",
    "said",
]
