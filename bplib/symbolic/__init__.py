"""SymPy derives the rules of backpropagation and proves them.

Importing this package imports SymPy; `import bplib` does not.
"""

from .any_graph import any_graph, skip_rule
from .calculation import Calculation
from .chain_rule import chain_rule
from .derivation import Derivation, Proof, ProofReport, Step, StepNameError
from .functions import positive
from .general import general_rules
from .graph import GraphDerivation, derive_graph
from .matrices import matrix_rules
from .network import NetworkDerivation, derive
from .notation import g, g_prime
from .printing import house_latex
from .proving import prove_equal

__all__ = [
    "Calculation",
    "Derivation",
    "GraphDerivation",
    "NetworkDerivation",
    "Proof",
    "ProofReport",
    "Step",
    "StepNameError",
    "any_graph",
    "chain_rule",
    "derive",
    "derive_graph",
    "g",
    "g_prime",
    "general_rules",
    "house_latex",
    "matrix_rules",
    "positive",
    "prove_equal",
    "skip_rule",
]
