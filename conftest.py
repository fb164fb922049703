"""A run of all tests is whole, or it fails: a file, a test or a notebook cell left out is noticed.

What counts as a run of all tests: one that `make` started, or that has no arguments. It has to
collect every function `test_*` of every file in tests/ and every code cell of every notebook in
chapters/, at least as many tests as `least_tests` in pyproject.toml says, and none of them may be
skipped, but for the reasons below. tests/gates tries all of this.
"""

import ast
import json
import os
from collections import Counter
from pathlib import Path

import pytest

# Of a skipped test: the whole reason, or how it begins.
MAY_BE_SKIPPED = {
    "The browser tests were skipped": "on a reader's machine only: BOOK_REQUIRE_BROWSER forbids it",
    "no type longer than float64 here": "some processors have none",
}

# Notebooks that are not run: the folder, and why.
NOT_RUN = {"chapters/exercises/handouts/": "unfinished on purpose; tests/exercises tries them"}


def pytest_addoption(parser):
    parser.addini("least_tests", "FOLDER NUMBER: so many tests at least", type="linelist")


def pytest_configure(config):
    asked = config.invocation_params.args
    if not hasattr(config, "workerinput") and ("MAKELEVEL" in os.environ or not asked):
        config.pluginmanager.register(WholeRun(config), "whole-run")


class WholeRun:
    """What was collected, what became of it, and what is wrong with that."""

    def __init__(self, config):
        self.root, self.config = config.rootpath, config
        self.collected, self.ended, self.skipped = set(), set(), {}
        self.problems = []

    def pytest_collection_finish(self, session):
        self.collected |= {item.nodeid for item in session.items}

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node, ids):
        self.collected |= set(ids)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.skipped[report.nodeid] = reason(report)

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.ended.add(report.nodeid)
        if report.skipped:  # an expected failure counts as skipped, too
            self.skipped[report.nodeid] = reason(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session):
        if session.exitstatus == pytest.ExitCode.INTERRUPTED:
            return
        self.problems = [
            *missing(self.root, self.collected),
            *too_few(self.config.getini("least_tests"), self.collected),
            *(f"{test} was collected, but not run" for test in self.collected - self.ended),
            *unlisted(self.skipped),
        ]
        if self.problems and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.problems:
            terminalreporter.section("not a whole run of the tests (conftest.py)", red=True)
            for problem in sorted(self.problems)[:50]:
                terminalreporter.write_line(problem)


def reason(report):
    longrepr = report.longrepr
    text = longrepr[-1] if isinstance(longrepr, tuple) else getattr(report, "wasxfail", longrepr)
    return str(text).removeprefix("Skipped: ")


def unlisted(skipped):
    """The tests that were skipped for a reason that is not listed, or that this run forbids."""
    browser = os.environ.get("BOOK_REQUIRE_BROWSER") == "1"
    for test, why in skipped.items():
        listed = [start for start in MAY_BE_SKIPPED if why.startswith(start)]
        if not listed or (browser and "browser" in listed[0]):
            yield f"{test} was skipped: {why}"


def missing(root, collected):
    """The functions `test_*` and the code cells that are there, but were not collected."""
    found = {test.partition("[")[0] for test in collected}
    for file in sorted(root.glob("tests/**/test_*.py")):
        name = file.relative_to(root).as_posix()
        for function in tests_in(ast.parse(file.read_text(encoding="utf-8")), ""):
            if f"{name}::{function}" not in found:
                yield f"{name}: {function} was not collected"
    for file in sorted(root.glob("chapters/**/*.ipynb")):
        name = file.relative_to(root).as_posix()
        if ".ipynb_checkpoints" in name or name.startswith(tuple(NOT_RUN)):
            continue
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        cells = [cell for cell in cells if cell["cell_type"] == "code"]
        there = sum(test.startswith(f"{name}::") for test in found)
        if there != len(cells):
            yield f"{name}: {there} of {len(cells)} code cells were collected"


def tests_in(tree, within):
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield within + node.name
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield from tests_in(node, f"{within}{node.name}::")


def too_few(least, collected):
    """The folders that have fewer tests than they should: with fewer parameters, for instance."""
    counts = Counter(parent.as_posix() for test in collected for parent in folders(test))
    if not least:
        yield "pyproject.toml does not say how many tests there are at least: least_tests"
    for line in least:
        folder, number = line.split()
        if counts[folder] < int(number):
            yield f"{folder}: {counts[folder]} tests, expected {number} at least (least_tests)"


def folders(test):
    return Path(test.partition("::")[0]).parents
