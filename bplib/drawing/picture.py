"""A picture and what it shows in words."""

from html import escape


class Picture:
    """An SVG that is part of the page, so that it takes on the page's colours.

    Parameters
    ----------
    body : str
        SVG elements.
    width, height : float
        Size in pixels; a narrower screen shows the picture smaller.
    description : str
        What it shows, for readers who do not see it. It is also the plain text of the output.
    """

    def __init__(self, body, width, height, description):
        self.body, self.width, self.height = body, width, height
        self.description = description

    def _repr_html_(self):
        label = escape(self.description, quote=True)
        return (
            f'<svg class="bp-picture" role="img" aria-label="{label}" '
            f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'style="width: {self.width:g}px; max-width: 100%; height: auto">{self.body}</svg>'
        )

    def __repr__(self):
        return self.description
