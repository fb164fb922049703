"""Exercise notebooks are what their solutions make; as handed out, each task says it is open."""

import re
from functools import cache

import nbformat
import pytest
from _tools import exercises, notebooks
from nbclient import NotebookClient

SOLUTIONS = sorted(exercises.SOLUTIONS.glob("*.ipynb"))
CHECK = re.compile(r"^check\.\w+\(", re.MULTILINE)
ROLE = re.compile(r"\{[a-z:]+\}`")
BUG = "### BEGIN BUG"
UNFINISHED = re.compile(r"Nothing is written here yet|Still open|Right so far\. Still open")


@cache
def handout(path):
    return exercises.HANDOUTS / path.name


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_an_exercise_notebook_is_what_its_solution_makes(path):
    made = notebooks.write(exercises.handout(notebooks.read(path.read_text(encoding="utf-8"))))
    found = handout(path)
    assert found.is_file(), "run `make exercises`"
    assert found.read_text(encoding="utf-8") == made, "run `make exercises`"


def test_there_is_no_exercise_without_a_solution():
    found = {path.name for path in exercises.HANDOUTS.glob("*.ipynb")}
    assert found == {path.name for path in SOLUTIONS}


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_every_solution_passes_its_checks(path):
    """What is printed is stored, and nbval compares it with a fresh run."""
    checks = 0
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "code" and CHECK.search(cell.source):
            checks += 1
            [output] = [o for o in cell.outputs if o.output_type == "execute_result"]
            assert output.data["text/plain"].startswith("Right"), cell.source
    assert checks >= 5


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_as_handed_out_every_task_says_that_it_is_open(path):
    notebook = nbformat.read(handout(path), 4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    checks, bugs = 0, []
    for cell in notebook.cells:
        if cell.cell_type != "code" or not CHECK.search(cell.source):
            continue
        checks += 1
        [output] = [o for o in cell.outputs if o.output_type == "execute_result"]
        text = output.data["text/plain"]
        if BUG in cell_of(path, cell.id).source:
            bugs.append(text)
        else:
            assert UNFINISHED.search(text), (cell.source, text)
    assert checks >= 5
    assert not any(text.startswith("Right,") for text in bugs)
    named = [text for text in bugs if text.startswith("Not yet.") and "Read “" in text]
    assert len(named) >= 0.7 * len(bugs), bugs


def cell_of(path, identity):
    [cell] = [c for c in nbformat.read(path, 4).cells if c.id == identity]
    return cell


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_it_looks_right_in_plain_jupyterlab(path):
    """No roles, no solution, nothing printed, no cell that is folded in the page alone."""
    for cell in nbformat.read(handout(path), 4).cells:
        assert not ROLE.search(cell.source), cell.source
        assert "SOLUTION" not in cell.source
        assert not cell.get("outputs")
        assert not cell.metadata.get("tags")


def notebook_of(*sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources)]
    return nbformat.v4.new_notebook(cells=cells)


def test_what_is_left_open():
    made = exercises.handout(
        notebook_of(
            "def f(a):\n    ### BEGIN SOLUTION\n    return a\n    ### END SOLUTION\n\n\nf(1)",
            "### BEGIN SOLUTION\nx = 1\ny, z = 2, 3\n### END SOLUTION\nx + y",
            "def g(a):\n    ### BEGIN SOLUTION\n    b = a\n    ### END SOLUTION\n"
            "    ### BEGIN BUG\n    # b = -a\n    ### END BUG\n    return b",
        )
    )
    assert [cell.source for cell in made.cells] == [
        f"def f(a):\n    {exercises.OPEN}\n\n\nf(1)",
        "x = ...\ny, z = ..., ...\nx + y",
        "def g(a):\n    b = -a\n    return b",
    ]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("x = 1", "found none"),
        ("### BEGIN SOLUTION\nx = 1", "without its beginning or its end"),
        ("x = 1\n### END SOLUTION", "without its beginning or its end"),
        ("### BEGIN SOLUTION\nprint(1)\n### END SOLUTION", "expected `name = value`"),
    ],
)
def test_a_solution_that_is_not_in_order_is_refused(source, words):
    with pytest.raises(exercises.SolutionError, match=words):
        exercises.handout(notebook_of(source))
