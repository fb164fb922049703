"""A copy of the project in which mistakes are planted, and its tests."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from .places import BUILD, needs_the_book

QUICK_START = str(Path(__file__).with_name("quick_start.py"))
SPHINX = "-m sphinx -b html -W --keep-going -n --quiet -d _build/.doctrees . _build/html"
# No plugins of pytest: it rewrites those, and has to import them itself.
SLOW_TO_IMPORT = ("numpy", "sympy", "mpmath", "nbformat", "yaml", "jupyter_client")
PYTEST = ["-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider"]
FIRST_BUILD, TIME = 1800, 900  # seconds


class Workshop:
    """A throw-away clone of what is committed; it shares .venv, and builds a book of its own."""

    def __init__(self, project):
        self.project = Path(project).resolve()
        self.root = Path(tempfile.mkdtemp(prefix="mutants-"))
        git = ["git", "clone", "--quiet", "--shared", str(self.project), str(self.root / "book")]
        subprocess.run(git, check=True)
        self.root = self.root / "book"
        (self.root / ".venv").symlink_to(self.project / ".venv")
        cache = Path("_build", ".jupyter_cache")
        if (self.project / cache).is_dir():  # notebooks that have been run are not run again
            shutil.copytree(self.project / cache, self.root / cache)
        self._built, self._pytest = False, None
        self._sound = {}  # tests that have failed: whether they pass without a mistake

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._pytest is not None:
            self._pytest.communicate()  # its input ends, and so does it
        shutil.rmtree(self.root.parent, ignore_errors=True)

    def prepare(self, stage):
        """Build the book, once, without a mistake, if the tests of a stage look at it."""
        if self._built or not needs_the_book(stage):
            return
        self._built = True
        status, said = self._build(FIRST_BUILD)
        if status:
            raise RuntimeError(f"the book is not built:\n{said[-2000:]}")

    def plant(self, mutant):
        path = self.root / mutant.path
        self._before = path.read_text(encoding="utf-8")
        changed = mutant.edit.apply(mutant.text)
        if mutant.cell is None:
            self._write(path, changed)
            return
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), 4)
        [cell] = [cell for cell in notebook.cells if cell.id == mutant.cell]
        cell.source = changed
        self._write(path, nbformat.writes(notebook).rstrip("\n") + "\n")

    def mend(self, mutant):
        self._write(self.root / mutant.path, self._before)

    @staticmethod
    def _write(path, text):
        path.write_text(text, encoding="utf-8")
        if path.name == "pyproject.toml":  # make would install everything again, into .venv
            os.utime(path, (0, 0))

    def noticed(self, stages):
        """What noticed a mistake: the name of a test, a build, a time-out; None if nothing did."""
        for stage in stages:
            status, said = self._try(stage, TIME)
            if status == "late":
                return f"no end after {TIME} s"
            if status not in (0, 5):  # 5: no test was selected
                return first_failure(said, stage)
        return None

    def fails_anyway(self, test):
        """Whether a test that has failed does so without a mistake: then it has noticed nothing."""
        if test not in self._sound:
            self._sound[test] = "::" not in test or self._try([test], TIME)[0] == 0
        return not self._sound[test]

    def _try(self, stage, seconds):
        """Exit status, or "late", and what was printed."""
        if stage == BUILD:
            return self._build(seconds)
        said = self.root.parent / "said"
        if self._pytest is None:
            arguments = [QUICK_START, *SLOW_TO_IMPORT]
            self._pytest = self._start(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._pytest.stdin.write(json.dumps([seconds, str(said), *PYTEST, *stage]) + "\n")
        self._pytest.stdin.flush()
        answer = self._pytest.stdout.readline().strip()
        text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
        return answer if answer == "late" else int(answer), text

    def _build(self, seconds):
        process = self._start(SPHINX.split(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return "late", process.communicate()[0]
        return process.returncode, said

    def _start(self, arguments, **pipes):
        # Not a run that make started: some of the tests are all that is asked for (conftest.py).
        environment = {name: os.environ[name] for name in os.environ if name != "MAKELEVEL"} | {
            "PYTHONPATH": str(self.root),  # else bplib would be the project's own
            "PYTHONDONTWRITEBYTECODE": "1",  # a mistake of the same size within a second
            "OPENBLAS_NUM_THREADS": "1",
            "MPLCONFIGDIR": str(self.project / ".venv" / "matplotlib"),
        }
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.root,
            env=environment,
            text=True,
            start_new_session=True,  # so that kernels end with it
            **pipes,
        )


def first_failure(said, stage):
    for line in said.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.split(" - ")[0].split(" ", 1)[1]
    return "the build" if stage == BUILD else f"pytest {' '.join(stage[:2])}"
