r"""Formulas as they are typeset: read from LaTeX, evaluated in numbers, found true or not.

`reader` turns the house spelling into a `tree`, `notations` a lecture's letters into those of the
house. `worlds` has quantities to evaluate it with, such as random networks, `settings` the worlds
that the book needs; what follows an update is what bplib itself makes of it. `meaning` compares
the sides, for all layers and all indices: a derivative is the complex step of its definition, so
that what is true never rests on a rule of backpropagation. `rounding` compares rounded numbers.
`mutants` makes wrong formulas of a right one, to see that they are told apart.

>>> from bplib.formulas import settings
>>> from bplib.formulas.meaning import verify
>>> verify(r"\delta^{l}_{i} = \partial E / \partial z^{l}_{i}", settings.ANY_OUTPUT) > 0
True

(What prints formulas is elsewhere: `bplib.symbolic.printing` LaTeX, `bplib.figures.formulas`
MathML.)
"""
