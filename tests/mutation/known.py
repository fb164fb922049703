"""Mistakes that once survived all tests. Each must be noticed from now on."""

from pathlib import Path

from .mutant import Edit, Mutant

# (kind, place, file, what stands there, what is planted)
KNOWN = (
    (
        "order",
        "numeric core",
        "bplib/wiring.py",
        "tuple(TopologicalSorter(self.sources).static_order())",
        "tuple(sorted(TopologicalSorter(self.sources).static_order()))",
    ),
    (
        "order",
        "numeric core",
        "bplib/wiring.py",
        "return tuple(name for name in order if name not in self.inputs)",
        "return tuple(name for name in self.sources if name in set(order) - set(self.inputs))",
    ),
    (
        "guard",
        "scripts of figures",
        "bplib/figures/training/run.js",
        "at > 0 && at % batches.length === 0 && measures",
        "at > 0 && measures",
    ),
    (
        "index",
        "figures in Python",
        "bplib/figures/training/figure.py",
        "float(first_scale(activation, before))",
        "float(first_scale(activation, units))",
    ),
    (
        "guard",
        "checks of input",
        "bplib/validation.py",
        """    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name}: expected a whole number, got {type""",
        """    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}: expected a whole number, got {type""",
    ),
    (
        "guard",
        "checks of input",
        "bplib/figures/parameters.py",
        "if isinstance(value, float) and value.is_integer():",
        "if isinstance(value, float):",
    ),
    (
        "guard",
        "scripts of figures",
        "bplib/figures/page/parameters.js",
        "return Number.isInteger(value) && !numberProblem(spec, value)",
        "return !numberProblem(spec, value)",
    ),
    (
        "index",
        "pictures",
        "bplib/drawing/diagram.py",
        "{f'{i}{j}'.translate(SUBSCRIPT)}",
        "{f'{j}{i}'.translate(SUBSCRIPT)}",
    ),
    (
        "index",
        "words of figures",
        "bplib/figures/page/symbols.js",
        "units.map(subscript).join",
        "units.map(subscript).reverse().join",
    ),
    (
        "guard",
        "proofs",
        "bplib/symbolic/induction.py",
        "return self.base(statement) and self.step(statement, self.hypothesis(statement))",
        "return self.base(statement)",
    ),
    (
        "guard",
        "proofs",
        "bplib/symbolic/derivation.py",
        "holds = self.proves(self.statement)",
        "holds = True",
    ),
)


def mutants(root):
    for kind, place, name, old, new in KNOWN:
        text = (Path(root) / name).read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{name}: expected once, found {text.count(old)} times: {old}")
        start = text.index(old)
        yield Mutant(place, name, Edit(kind, start, start + len(old), new), text)
