"""Exercise notebooks, made from their solutions.

A solution notebook is a page of the book. The notebook that students open is made from it: code
between the lines

    ### BEGIN SOLUTION
    ### END SOLUTION

is taken out. In a function, a line takes its place that says where to write; outside of one,
`name = value` becomes `name = ...`. If what follows is

    ### BEGIN BUG
    # wrong lines
    ### END BUG

then the wrong lines take its place. Cells with the tag `solution` are left out, and nothing that
has been printed is handed out.

    python chapters/_tools/exercises.py              write every exercise notebook
    python chapters/_tools/exercises.py --check      name those that are out of date
"""

import argparse
import copy
import re
import sys

from nbformat import from_dict

try:  # as a part of the book's tools, and as a command
    from .notebooks import CHAPTERS, normalise, read, write
except ImportError:
    from notebooks import CHAPTERS, normalise, read, write

SOLUTIONS = CHAPTERS / "exercises"
HANDOUTS = SOLUTIONS / "handouts"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
REGION = re.compile(
    rf"^(?P<indent>[ ]*){BEGIN}\n(?P<lines>.*?)^[ ]*{END}(?:\n|\Z)"
    r"(?:^[ ]*### BEGIN BUG\n(?P<bug>.*?)^[ ]*### END BUG(?:\n|\Z))?",
    re.DOTALL | re.MULTILINE,
)
OPEN = "raise NotImplementedError  # your lines here, in place of this one"
ASSIGNMENT = re.compile(r"^(\w+(?:, \w+)*) = .*$")
PAGE_ONLY = {"hide-cell", "hide-input", "hide-output", "remove-cell", "remove-output", "solution"}


class SolutionError(ValueError):
    """A solution notebook that no exercise can be made of."""


def handout(notebook):
    """The notebook that students get: a new object.

    Raises
    ------
    SolutionError
        If a solution has no beginning or no end, or there is none in the notebook.
    """
    found = copy.deepcopy(notebook)
    found.cells = [cell for cell in found.cells if "solution" not in cell.metadata.get("tags", ())]
    regions = 0
    for cell in found.cells:
        if cell.cell_type == "code":
            cell.source, count = REGION.subn(_left_open, cell.source + "\n")
            cell.source = cell.source.rstrip("\n")
            cell.outputs, cell.execution_count = [], None
            regions += count
        else:  # a handout lies one folder deeper
            cell.source = cell.source.replace("](../", "](../../")
        if re.search("### (BEGIN|END) (SOLUTION|BUG)", cell.source):
            raise SolutionError(f"cell {cell.id}: a solution without its beginning or its end")
        tags = [tag for tag in cell.metadata.get("tags", ()) if tag not in PAGE_ONLY]
        cell.metadata = from_dict({"tags": tags} if tags else {})
    if not regions:
        raise SolutionError(f"expected a solution between {BEGIN!r} and {END!r}, found none")
    return normalise(found)


def _left_open(region):
    indent, lines = region["indent"], region["lines"].rstrip("\n").split("\n")
    if region["bug"]:
        return re.sub(r"^([ ]*)# ", r"\1", region["bug"], flags=re.MULTILINE)
    if indent:
        return f"{indent}{OPEN}\n"
    names = [match[1] for match in map(ASSIGNMENT.match, lines) if match]
    if not names:
        raise SolutionError(f"expected `name = value` in a solution outside of functions: {lines}")
    return "".join(f"{name} = {', '.join(['...'] * (name.count(',') + 1))}\n" for name in names)


def exercises():
    """Pairs (path of the exercise notebook, its text), for every solution notebook."""
    for path in sorted(SOLUTIONS.glob("*.ipynb")):
        notebook = read(path.read_text(encoding="utf-8"))
        yield HANDOUTS / path.name, write(handout(notebook))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say which are out of date")
    options = parser.parse_args()
    stale = []
    for path, text in exercises():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if options.check:
            stale.append(path)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path}")
    for path in stale:
        print(f"{path} is not what its solutions make: run `make exercises`", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
