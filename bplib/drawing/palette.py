"""One colour for each thing, the same in every picture.

Each colour is a CSS variable, which the book sets for light and dark; the value given here is
for places without the book's style sheet. `INK` is the colour of the text around the picture.
"""

INK = "currentColor"
FORWARD = "#1f6feb"
BACKWARD = "#b4530a"
PARAMETER = "#1a7f37"
ERROR = "#b3246f"
MUTED = "#6b7280"

COLOURS = {  # how they are called in descriptions
    FORWARD: "blue",
    BACKWARD: "orange",
    PARAMETER: "green",
    ERROR: "pink",
    MUTED: "grey",
}

VARIABLES = {
    FORWARD: "--bp-forward",
    BACKWARD: "--bp-backward",
    PARAMETER: "--bp-parameter",
    ERROR: "--bp-error",
    MUTED: "--bp-muted",
}


def css(colour):
    """The colour as CSS that follows the page's theme."""
    return f"var({VARIABLES[colour]}, {colour})" if colour in VARIABLES else colour
