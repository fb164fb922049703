r"""Whether a labelled equation is true *as typeset*: its LaTeX is read, and evaluated in numbers.

`reader` turns the house spelling into a `tree`; `worlds` has quantities to evaluate it with, such
as random networks; `meaning` compares both sides, for all layers and all indices. A derivative is
the complex step of its definition, so that what is true never rests on a rule of backpropagation.
`mutants` makes wrong equations of a right one, to see that they are told apart.
"""
