"""What a student reads after a check."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Reply:
    """The answer of a check.

    Attributes
    ----------
    right : bool
    slip : str, list of str or None
        The slip that makes exactly these numbers; a list if several do; None if none, or right.
    text : str
        One to four lines.
    """

    right: bool
    slip: object
    text: str

    def __str__(self):
        return self.text

    def __repr__(self):
        return self.text

    def __bool__(self):
        return self.right

    def _repr_html_(self):
        sign = "✓" if self.right else "✗"
        lines = "<br>".join(escape(line) for line in self.text.split("\n"))
        return f'<p role="status"><strong>{sign}</strong> {lines}</p>'
