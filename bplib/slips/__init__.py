"""Slips: the rules of backpropagation as students get them wrong, made from the right ones.

A slip of a rule is the proved statement with one small change; a slip of a program is a pass that
does one step in the wrong order or number. So what a slip would give can be computed on any
network, and numbers that a student brings can be compared with it.

=============  ====================================================================
rules          the right statements, in the order of computation
changes        small changes of the right side of a statement
slip           `Slip`: a wrong rule, its name, what to say, where to read
catalogue      all of them, a file for each step: forward, output, hidden, ...
formula        a statement, right or wrong, as a Python function
javascript     the same for the page
passes         a whole update from such statements, or with a step done wrong
networks       networks drawn so that one slip can be told from another
naming         which slip makes exactly these numbers
=============  ====================================================================

Importing this package imports SymPy; `import bplib` does not.
"""
