"""What every figure of the book has in common.

A figure is a widget with the anywidget interface. The same code runs in three places: in the
published page without a kernel (chapters/_tools/figures), in Jupyter with one, and, where there is
no JavaScript, not at all: then `still` and `description` stand there.
"""

import json
from functools import cache
from html import escape

import anywidget
from traitlets import Dict, Unicode, default

from ..validation import did_you_mean
from . import links
from .assembly import assemble, style
from .parameters import Parameter


class Figure(anywidget.AnyWidget):
    """A figure. Its parameters are the keyword arguments, and can be read, set and observed.

    A subclass says:

    - `title`, `name` (in addresses) and `script` (its JavaScript module, beside which there may be
      a style sheet of the same name);
    - its parameters: `bplib.figures.parameters` as class attributes;
    - `still`: a `Picture` of the present state; `description`: the same in words;
    - if values must go together, `check`;
    - if it calculates, `generated`: the modules that SymPy writes.

    Raises
    ------
    TypeError, ValueError
        If a parameter is unknown or bad, now or when it is set. Then nothing is changed.
    """

    title: str
    name: str
    script: str

    _esm = Unicode().tag(sync=True)
    _css = Unicode().tag(sync=True)
    _about = Dict().tag(sync=True)
    _initial = Dict().tag(sync=True)

    def __init__(self, **values):
        values = self._checked({**self._defaults(), **values})
        super().__init__(_initial=values, **values)

    # for the subclass

    @classmethod
    def check(cls, values):
        """Raise a ValueError if values, each of which is good, do not go together."""

    @classmethod
    def generated(cls):
        """Modules that the script imports and that are no files: {"arithmetic.js": text}."""
        return {}

    def still(self):
        """A `bplib.drawing.Picture` of the figure as it stands."""
        raise NotImplementedError

    def description(self):
        """What the figure shows as it stands, in words."""
        raise NotImplementedError

    # for everyone

    @classmethod
    def parameters(cls):
        """The parameters by name, in the order of the class."""
        return {
            name: trait
            for klass in reversed(cls.__mro__)
            for name, trait in vars(klass).items()
            if isinstance(trait, Parameter)
        }

    def values(self):
        """The present value of every parameter."""
        return {name: getattr(self, name) for name in self.parameters()}

    def set(self, **values):
        """Set several parameters at once: all, or if one is bad, none."""
        values = self._checked({**self.values(), **values})
        with self.hold_trait_notifications(), self.hold_sync():
            for name, value in values.items():
                setattr(self, name, value)

    def reset(self):
        """Back to the values it was made with."""
        self.set(**self._initial)

    def link(self, page=""):
        """The address of the figure as it stands, on the book's page with address `page`."""
        return page.partition("#")[0] + links.write(self.name, self.values())

    @classmethod
    def from_link(cls, link):
        """The figure that a link leads to."""
        return cls(**links.read(link, cls.name, cls.parameters()))

    def python(self):
        """The line of Python that makes this figure as it stands."""
        values = {k: list(v) if isinstance(v, tuple) else v for k, v in self.values().items()}
        arguments = ", ".join(f"{name}={value!r}" for name, value in values.items())
        return f"{type(self).__name__}({arguments})"

    def __repr__(self):
        return self.python()

    def _repr_html_(self):
        """The still picture. In the book's pages the figure takes its place."""
        picture = self.still()
        # The words below say what it shows: to a screen reader the drawing adds nothing.
        return (
            f'<div class="bp-figure" data-figure="{_identity(type(self))}" '
            f'data-state="{escape(json.dumps(self.values(), separators=(",", ":")))}">'
            f'<div class="bp-figure-still"><svg class="bp-picture" aria-hidden="true" '
            f'xmlns="http://www.w3.org/2000/svg" '
            f'viewBox="0 0 {picture.width:g} {picture.height:g}" '
            f'style="width: {picture.width:g}px; max-width: 100%; height: auto">'
            f"{picture.body}</svg><p>{escape(self.description())}</p></div></div>"
        )

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = {"text/plain": f"{self!r}\n{self.description()}", "text/html": self._repr_html_()}
        return {**data, **text}, metadata

    # the machinery

    @default("_esm")
    def _assembled(self):
        return _module(type(self))

    @default("_css")
    def _style(self):
        return style(self.script)

    @default("_about")
    def _what_the_page_must_know(self):
        return {
            "title": self.title,
            "name": self.name,
            "python": type(self).__name__,
            "parameters": {k: p.specification() for k, p in self.parameters().items()},
        }

    @classmethod
    def _defaults(cls):
        return {name: parameter.default_value for name, parameter in cls.parameters().items()}

    @classmethod
    def _checked(cls, values):
        parameters = cls.parameters()
        for name in values:
            if name not in parameters:
                raise TypeError(
                    f"{cls.__name__}: expected the parameters {', '.join(parameters)}, "
                    f"got {name!r}{did_you_mean(name, parameters)}"
                )
        values = {name: parameters[name].checked(name, v) for name, v in values.items()}
        cls.check(values)
        return values


@cache
def _module(figure):
    return assemble(figure.script, figure.generated())


def _identity(figure):
    return f"{figure.__module__}.{figure.__name__}"
