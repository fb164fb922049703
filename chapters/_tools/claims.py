r"""What the lessons claim, and which cells prove it.

A display equation that is stated as a result carries a label, `$$ ... $$ (label)`. The code cell
that proves it names the label in its metadata, `{"proves": ["label"]}`. What it hands over is
compared with the label by `tests/book/test_proofs.py` (see `_tools.proofs`). A text cell whose
display equations carry no label says what they are instead, `{"equations": "definition"}`.
"""

import re
from dataclasses import dataclass, field

DISPLAY = re.compile(r"\$\$(?P<latex>.+?)\$\$(?:[ \t]*\((?P<label>[\w-]+)\))?", re.DOTALL)
IGNORED = "nbval-ignore-output"


@dataclass
class Claims:
    """The claims of one notebook: label -> LaTeX, label -> ids of the cells that prove it."""

    stated: dict = field(default_factory=dict)
    proved: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


def claims(notebook):
    """Read the claims of a notebook; `problems` says in words what is not in order."""
    found = Claims()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _read_text(cell, found)
        elif cell.cell_type == "code":
            _read_code(cell, found)
    for label in found.stated.keys() - found.proved.keys():
        found.problems.append(f"({label}) is stated, but no cell proves it")
    for label in found.proved.keys() - found.stated.keys():
        cells = ", ".join(found.proved[label])
        found.problems.append(f"cell {cells} proves ({label}), which is not stated")
    return found


def _read_text(cell, found):
    unlabelled = False
    for equation in DISPLAY.finditer(cell.source):
        label = equation["label"]
        if label is None:
            unlabelled = True
        elif label in found.stated:
            found.problems.append(f"({label}) is stated twice")
        else:
            found.stated[label] = equation["latex"].strip()
    declared = cell.metadata.get("equations")
    if unlabelled and declared != "definition":
        found.problems.append(f"cell {cell.id} has an equation that is no definition and no label")
    if declared and not unlabelled:
        found.problems.append(f"cell {cell.id} declares equations that it does not have")


def _read_code(cell, found):
    labels = cell.metadata.get("proves", [])
    for label in labels:
        found.proved.setdefault(label, []).append(cell.id)
    if labels and (IGNORED in cell.metadata.get("tags", []) or not cell.outputs):
        found.problems.append(f"cell {cell.id} proves something, but shows nothing to compare")
