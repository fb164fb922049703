"""A figure's state as part of a web address: `#chain-of-sensitivities?x=1&weights=1.5,-2,1`.

The page reads and writes the same form (page/links.js).
"""

from urllib.parse import quote, unquote

from .parameters import Choice, Flag, Numbers, WholeNumber


def write(name, values):
    """The fragment of an address for a figure of this name and these values."""
    return f"#{name}?" + "&".join(f"{key}={_text(value)}" for key, value in values.items())


def read(link, name, parameters):
    """The values in a link, not yet checked.

    Raises
    ------
    TypeError, ValueError
        If it is no link to a figure of this name.
    """
    if not isinstance(link, str):
        raise TypeError(f"link: expected a string, got {type(link).__name__} {link!r}")
    fragment = link.partition("#")[2]
    figure, _, query = fragment.partition("?")
    if figure != name:
        raise ValueError(f"link: expected one to #{name}?..., got {link!r}")
    values = {}
    for item in filter(None, query.split("&")):
        key, _, text = item.partition("=")
        if key not in parameters:
            raise ValueError(f"link: expected {', '.join(parameters)}, got {key!r}")
        values[key] = _value(key, unquote(text), parameters[key])
    return values


def _text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(map(_text, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return quote(str(value), safe="")


def _value(name, text, parameter):
    if isinstance(parameter, Choice):
        return text
    if isinstance(parameter, Flag):
        if text not in ("true", "false"):
            raise ValueError(f"{name}: expected true or false, got {text!r}")
        return text == "true"
    try:
        if isinstance(parameter, Numbers):
            return [float(item) for item in text.split(",")] if text else []
        return int(text) if isinstance(parameter, WholeNumber) else float(text)
    except ValueError:
        raise ValueError(f"{name}: expected {parameter.kind}, got {text!r}") from None
