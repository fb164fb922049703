"""nbval, as this project runs it, catches what a lesson could get wrong.

Each case is a one-cell notebook, run by a pytest of its own with the book's chapters/conftest.py.
"""

import shutil

import nbformat
from _tools import notebooks

output = nbformat.v4.new_output
LATEX = "from IPython.display import Latex; display(Latex('$a$'))"
HTML = "from IPython.display import HTML; display(HTML('<b>a</b>'))"
OBJECT = "<IPython.core.display.{} object>"


def shown(kind, mime, text):
    return output("display_data", data={mime: text, "text/plain": OBJECT.format(kind)})


CASES = {
    "right": ("print(4)", [output("stream", name="stdout", text="4\n")], [], "passed"),
    "wrong number": ("print(4)", [output("stream", name="stdout", text="5\n")], [], "failed"),
    "nothing stored": ("print(4)", [], [], "failed"),
    "nothing printed": ("x = 4", [output("stream", name="stdout", text="4\n")], [], "failed"),
    "stderr": ("import sys; print(4, file=sys.stderr)", [], [], "failed"),
    "raises": ("1 / 0", [], [], "failed"),
    "right LaTeX": (LATEX, [shown("Latex", "text/latex", "$a$")], [], "passed"),
    "wrong LaTeX": (LATEX, [shown("Latex", "text/latex", "$b$")], [], "failed"),
    "right HTML": (HTML, [shown("HTML", "text/html", "<b>a</b>")], [], "passed"),
    "wrong HTML": (HTML, [shown("HTML", "text/html", "<b>b</b>")], [], "failed"),
    "tagged": ("print(4)", [], ["nbval-ignore-output"], "passed"),
    "tagged, raises": ("1 / 0", [], ["nbval-ignore-output"], "failed"),
}


def test_every_case_ends_as_it_should(pytester):
    """One run for all cases: starting a kernel is what takes time."""
    shutil.copy(notebooks.CHAPTERS / "conftest.py", pytester.path)
    cells = [
        nbformat.v4.new_code_cell(source, outputs=outputs, metadata={"tags": tags})
        for source, outputs, tags, _ in CASES.values()
    ]
    notebook = notebooks.normalise(nbformat.v4.new_notebook(cells=cells))
    pytester.path.joinpath("cases.ipynb").write_text(notebooks.write(notebook), encoding="utf-8")
    result = pytester.runpytest_subprocess("--nbval", "-rA", "--color=no", "-p", "no:xdist")
    ended = {
        name: next(
            word.lower()
            for word in ("PASSED", "FAILED")
            if any(line.startswith(f"{word} cases.ipynb::Cell {n}") for line in _lines(result, n))
        )
        for n, name in enumerate(CASES)
    }
    assert ended == {name: end for name, (*_, end) in CASES.items()}


def _lines(result, n):
    return [line for line in result.outlines if line.split(" - ")[0].endswith(f"::Cell {n}")]
