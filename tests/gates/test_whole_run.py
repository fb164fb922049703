"""A run of all tests that leaves something out fails, and says what."""

import shutil
from pathlib import Path

import nbformat
import pytest
from _tools import notebooks

ROOT = Path(__file__).parents[2]

PROJECT = """
[tool.pytest.ini_options]
testpaths = ["tests", "chapters"]
addopts = "--nbval --import-mode=importlib -p no:cacheprovider -p no:hypothesispytest"
least_tests = ["tests/unit 3"]
"""
TESTS = """
import pytest

@pytest.mark.parametrize("n", [1, 2])
def test_numbers(n):
    assert n

class TestMore:
    def test_more(self):
        pass
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A small project with the same conftest.py, and three tests."""
    monkeypatch.setenv("MAKELEVEL", "1")
    monkeypatch.delenv("BOOK_REQUIRE_BROWSER", raising=False)
    shutil.copy(ROOT / "conftest.py", pytester.path)
    pytester.mkdir("chapters")
    pytester.path.joinpath("pyproject.toml").write_text(PROJECT)
    pytester.mkdir("tests")
    pytester.mkdir("tests/unit")
    pytester.path.joinpath("tests/unit/test_some.py").write_text(TESTS)
    return pytester


def add_notebook(path):
    """A notebook of two cells."""
    shutil.copy(notebooks.CHAPTERS / "conftest.py", path / "chapters")
    new_cell = nbformat.v4.new_code_cell
    lesson = nbformat.v4.new_notebook(cells=[new_cell("x = 1"), new_cell("y = 2")])
    text = notebooks.write(notebooks.normalise(lesson))
    (path / "chapters/lesson.ipynb").write_text(text, encoding="utf-8")


def replaced(name, old, new):
    """Something that is done to the project: a text of one of its files is replaced."""

    def plant(path):
        text = (path / name).read_text(encoding="utf-8")
        assert old in text
        (path / name).write_text(text.replace(old, new), encoding="utf-8")

    return plant


def without(option):
    """A notebook, and an option without which it is not run."""

    def plant(path):
        add_notebook(path)
        replaced("pyproject.toml", option, "")(path)

    return plant


def in_tests(old, new):
    return replaced("tests/unit/test_some.py", old, new)


def in_options(old, new):
    return replaced("pyproject.toml", old, new)


PLANTED = {
    "a notebook is in no test path": (
        without(', "chapters"'),
        "chapters/lesson.ipynb: 0 of 2 code cells were collected",
    ),
    "no nbval": (
        without("--nbval "),
        "chapters/lesson.ipynb: 0 of 2 code cells were collected",
    ),
    "a file is ignored": (
        in_options("--nbval ", "--nbval --ignore=tests/unit/test_some.py "),
        "tests/unit/test_some.py: test_numbers was not collected",
    ),
    "tests are chosen by name": (
        in_options("--nbval ", "--nbval -k 'not more' "),
        "tests/unit/test_some.py: TestMore::test_more was not collected",
    ),
    "a test is deselected": (
        in_options("--nbval ", "--nbval --deselect tests/unit/test_some.py::TestMore "),
        "tests/unit/test_some.py: TestMore::test_more was not collected",
    ),
    "fewer parameters": (
        in_tests("[1, 2]", "[1]"),
        "tests/unit: 2 tests, expected 3 at least (least_tests)",
    ),
    "no least number": (
        in_options("least_tests", "# least_tests"),
        "pyproject.toml does not say how many tests there are at least: least_tests",
    ),
    "a skipped test": (
        in_tests("assert n", "pytest.skip('not today')"),
        "tests/unit/test_some.py::test_numbers[[]1[]] was skipped: not today",
    ),
    "a mark that skips": (
        in_tests("class", "@pytest.mark.skip(reason='later')\nclass"),
        "tests/unit/test_some.py::TestMore::test_more was skipped: later",
    ),
    "no parameters": (
        in_tests("[1, 2]", "[]"),
        "tests/unit/test_some.py::test_numbers* was skipped: got empty parameter set*",
    ),
    "an expected failure": (
        in_tests("pass", "pytest.xfail('some day')"),
        "tests/unit/test_some.py::TestMore::test_more was skipped: *some day",
    ),
    "a skipped file": (
        in_tests("class", "pytest.skip('no', allow_module_level=True)\nclass"),
        "tests/unit/test_some.py was skipped: no",
    ),
}


def test_a_whole_run_passes(project):
    add_notebook(project.path)
    result = project.runpytest_subprocess()
    result.assert_outcomes(passed=5)
    assert result.ret == 0


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_left_out_is_noticed(project, what):
    plant, message = PLANTED[what]
    plant(project.path)
    result = project.runpytest_inprocess()
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*not a whole run of the tests*", message])


def test_some_arguments_do_not_hide_what_make_leaves_out(project):
    add_notebook(project.path)
    result = project.runpytest_inprocess("tests/unit")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["chapters/lesson.ipynb: 0 of 2 code cells were collected"])


def test_whoever_asks_for_some_tests_gets_them(project, monkeypatch):
    monkeypatch.delenv("MAKELEVEL")
    assert project.runpytest_inprocess("tests/unit").ret == 0
    in_tests("assert n", "pytest.skip('not today')")(project.path)
    assert project.runpytest_inprocess("tests/unit").ret == 0
    assert project.runpytest_inprocess().ret != 0  # no arguments: all tests


@pytest.mark.parametrize("required", [False, True])
def test_without_a_browser(project, monkeypatch, required):
    reason = "The browser tests were skipped: there is no Chromium on this machine."
    in_tests("assert n", f"pytest.skip('{reason}')")(project.path)
    if required:
        monkeypatch.setenv("BOOK_REQUIRE_BROWSER", "1")
    assert (project.runpytest_inprocess().ret != 0) == required


def test_several_processes_are_one_run(project):
    without("--nbval ")(project.path)
    in_tests("assert n", "pytest.skip('not today')")(project.path)
    result = project.runpytest_subprocess("--numprocesses=2", "-p", "no:nbval")
    assert result.ret != 0
    result.stdout.fnmatch_lines(
        [
            "chapters/lesson.ipynb: 0 of 2 code cells were collected",
            "tests/unit/test_some.py::test_numbers[[]1[]] was skipped: not today",
        ]
    )
