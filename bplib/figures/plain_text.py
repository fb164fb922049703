"""Formulas as plain text, for drawings and sentences: δ¹₁ = g′(z¹₁), with numbers as indices.

They are printed as MathML first, so that a formula is read in one order wherever it stands.
"""

from xml.etree import ElementTree

from ..drawing.diagram import SUBSCRIPT, SUPERSCRIPT
from .formulas import mathml

SPACED = "=←<>+−"
PRIME = "′"
FUNCTIONS = ("tanh", "ln")  # a space before a name of several letters


def plain_text(statement, sign="="):
    """A statement or an expression as text.

    Parameters
    ----------
    statement : sympy.Eq or sympy.Expr
        In house notation, with numbers for layers and units.
    sign : str
        As for `bplib.figures.formulas.mathml`.

    Raises
    ------
    ValueError
        If something in it has no small sign, such as the index k.
    """
    return _text(ElementTree.fromstring(f"<math>{mathml(statement, sign)}</math>"))


def _text(element):
    if element.tag in ("math", "mrow"):
        text = ""
        for child in element:
            text += _in_row(_text(child), child.tag, text)
        return text
    parts = [_text(part) for part in element]
    if element.tag == "mfrac":
        return "/".join(f"({part})" if set(part) & set("+− ") else part for part in parts)
    if element.tag == "msub":
        return parts[0] + _small(parts[1], SUBSCRIPT)
    if element.tag == "msup":
        return parts[0] + _small(parts[1], SUPERSCRIPT)
    if element.tag == "msubsup":
        return parts[0] + _small(parts[2], SUPERSCRIPT) + _small(parts[1], SUBSCRIPT)
    if len(element):
        raise ValueError(f"statement: expected no {element.tag} in plain text")
    return element.text


def _in_row(text, tag, before):
    """With the spaces that it has there; a minus at the beginning has none."""
    if tag == "mo" and text in SPACED and (before or text != "−"):
        return f" {text} "
    if not before or before[-1] in " (":
        return text
    if tag == "mi" and " " in text:  # a factor in words
        return f" · {text}"
    return f" {text}" if text.startswith(FUNCTIONS) else text


def _small(text, signs):
    small = text.translate(signs)
    if text != PRIME and set(small) & set(text):
        raise ValueError(f"statement: expected numbers for layers and units, got {text!r}")
    return small
