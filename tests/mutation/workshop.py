"""A copy of the project in which mistakes are planted, and its tests."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from .places import BUILD

SPHINX = [
    "-m",
    "sphinx",
    "-b",
    "html",
    "-W",
    "--keep-going",
    "-n",
    "--quiet",
    "-d",
    "_build/.doctrees",
    ".",
    "_build/html",
]
PYTEST = ["-m", "pytest", "-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider"]
SEE_THE_BOOK = ("BUILD", "tests/book", "tests/figures")
FIRST_BUILD, LEAST, UNKNOWN = 1800, 60, 900  # seconds


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
        self._built = False
        self._needed = {}  # seconds that a stage needs without a mistake

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root.parent, ignore_errors=True)

    def prepare(self, stage):
        """Build the book, once, without a mistake, if the tests of a stage look at it."""
        if self._built or not any(name.startswith(SEE_THE_BOOK) for name in stage):
            return
        self._built = True
        done = self._run(SPHINX, FIRST_BUILD)
        if done.returncode:
            raise RuntimeError(f"the book is not built:\n{done.stdout[-2000:]}")

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
            began = time.monotonic()
            try:
                done = self._run(self._command(stage), self._limit(stage))
            except subprocess.TimeoutExpired:
                return f"no end after {time.monotonic() - began:.0f} s"
            if done.returncode not in (0, 5):  # 5: no test was selected
                return first_failure(done.stdout, stage)
        return None

    def baseline(self, stage):
        """Seconds that a stage takes without a mistake; it has to pass."""
        key = tuple(stage)
        if key not in self._needed:
            began = time.monotonic()
            done = self._run(self._command(stage), FIRST_BUILD)
            self._needed[key] = time.monotonic() - began
            if done.returncode not in (0, 5):
                said = f"{done.stdout[-3000:]}\n{done.stderr[-1000:]}"
                raise RuntimeError(f"fails without a mistake: {' '.join(stage)}\n{said}")
        return self._needed[key]

    def _limit(self, stage):
        needed = self._needed.get(tuple(stage))
        return UNKNOWN if needed is None else LEAST + 4 * needed

    @staticmethod
    def _command(stage):
        return SPHINX if stage == BUILD else [*PYTEST, *stage]

    def _run(self, arguments, seconds):
        environment = os.environ | {
            "PYTHONPATH": str(self.root),  # else bplib would be the project's own
            "PYTHONDONTWRITEBYTECODE": "1",  # a mistake of the same size within a second
            "OPENBLAS_NUM_THREADS": "1",
            "MPLCONFIGDIR": str(self.project / ".venv" / "matplotlib"),
        }
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that kernels and browsers end with it
        )
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.communicate()
            raise
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def first_failure(said, stage):
    for line in said.splitlines():
        if line.startswith(("FAILED ", "ERROR ")):
            return line.split(" - ")[0].split(" ", 1)[1]
    return "the build" if stage == BUILD else f"pytest {' '.join(stage[:2])}"
