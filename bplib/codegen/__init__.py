"""Programs written from a derivation: what was derived is what runs.

`numpy_source` is to be read, `compile_update` is fast for small networks, `javascript_source` runs
one network in a page, `general_javascript_source` any. Importing this package imports SymPy;
`import bplib` does not.
"""

from .javascript import javascript_source
from .javascript_loops import descent_source, general_javascript_source
from .numpy_functions import compile_numpy, numpy_source
from .straight_line import CompiledUpdate, compile_update, python_source

__all__ = [
    "CompiledUpdate",
    "compile_numpy",
    "compile_update",
    "descent_source",
    "general_javascript_source",
    "javascript_source",
    "numpy_source",
    "python_source",
]
