"""`make test` and `.ci/run` run everything, and stop at what fails.

Both are run here with stand-ins: programs that write down how they were called, and fail if told.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]

STAND_IN = """#!{python}
import os, pathlib, sys
words = [pathlib.Path(sys.argv[0]).name, *sys.argv[1:]]
keep = {{name: os.environ.get(name) for name in ("BOOK_REQUIRE_BROWSER", "MAKELEVEL")}}
with open({log!r}, "a") as log:
    print(repr((words, keep, os.getcwd())), file=log)
sys.exit(3 if os.environ.get("FAILS") in words else 0)
"""

# The order counts: the tests look at the book that was built just before.
MAKE_TEST = [
    "python -m sphinx -b html -W --keep-going -n --quiet -d _build/.doctrees . _build/html",
    "python -m ruff check .",
    "python -m ruff format --check .",
    "python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder",
]


@pytest.fixture
def stand_in(tmp_path):
    """Makes a stand-in for a program; `calls` reads what was called."""
    folder, log = tmp_path / "bin", tmp_path / "log"
    folder.mkdir()

    def make(name):
        (folder / name).write_text(STAND_IN.format(python=sys.executable, log=str(log)))
        (folder / name).chmod(0o755)
        return folder / name

    def calls():
        return [eval(line) for line in log.read_text().splitlines()] if log.exists() else []

    make.folder, make.calls = folder, calls
    return make


def make_test(stand_in, tmp_path, fails=""):
    """Run `make test` with an environment in which everything is installed already."""
    venv = tmp_path / "venv"
    venv.mkdir()
    for lock in ("book", "test"):
        (venv / lock).touch()
    variables = [f"VENV={venv}", f"PY={stand_in('python')}"]
    clean = {n: v for n, v in os.environ.items() if n not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    # Not from here: what `make test` removes after a failure is not the book of these tests.
    return subprocess.run(
        ["make", "-f", ROOT / "Makefile", "test", *variables],
        cwd=tmp_path / "book",
        env={**clean, "FAILS": fails},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(autouse=True)
def sources(tmp_path):
    """What the Makefile compares with what is installed."""
    (tmp_path / "book" / "requirements").mkdir(parents=True)
    for name in ("pyproject.toml", "requirements/book.txt", "requirements/test.txt"):
        (tmp_path / "book" / name).touch()


def test_make_test_runs_everything(stand_in, tmp_path):
    result = make_test(stand_in, tmp_path)
    assert result.returncode == 0, result.stderr
    calls = stand_in.calls()
    ran = [" ".join(words) for words, *_ in calls]
    assert ran == MAKE_TEST, "if make test is meant to run something else, say so in MAKE_TEST"
    assert all(kept["MAKELEVEL"] for _, kept, _ in calls), "conftest.py knows make by MAKELEVEL"


@pytest.mark.parametrize("fails", ["sphinx", "check", "--check", "pytest"])
def test_make_test_fails_with_whatever_fails(stand_in, tmp_path, fails):
    result = make_test(stand_in, tmp_path, fails)
    assert result.returncode != 0, f"make test passes although {fails} fails: see the Makefile"
    *_, (words, *_) = stand_in.calls()
    assert fails in words, "nothing else was run after what failed"


TOOLS = ("bash", "env", "git", "mktemp", "dirname", "rm", "id", "cat", "sed", "uname")


def ci_run(stand_in, tmp_path, programs=("chromium",), **environment):
    """Run .ci/run in a small repository, with a PATH that has no other program than these."""
    top = tmp_path / "top"
    shutil.copytree(ROOT / ".ci", top / ".ci")
    (top / "Makefile").touch()
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-C", str(top)]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *words], check=True)
    (top / "not-in-git").touch()
    for tool in TOOLS:
        found = shutil.which(tool)
        if found:
            (stand_in.folder / tool).symlink_to(found)
    for program in ("make", "apt-get", "sudo", *programs):
        stand_in(program)
    return subprocess.run(
        [top / ".ci" / "run"],
        env={"PATH": str(stand_in.folder), "HOME": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_ci_runs_make_test_in_a_clean_clone_with_a_browser(stand_in, tmp_path):
    result = ci_run(stand_in, tmp_path)
    assert result.returncode == 0, result.stderr
    [(words, kept, folder)] = stand_in.calls()
    assert words == ["make", "test"]
    assert kept["BOOK_REQUIRE_BROWSER"] == "1"
    assert not Path(folder).is_relative_to(tmp_path / "top")


def test_ci_fails_with_make(stand_in, tmp_path):
    assert ci_run(stand_in, tmp_path, FAILS="test").returncode != 0


def test_ci_installs_a_browser_where_there_is_none(stand_in, tmp_path):
    assert ci_run(stand_in, tmp_path, programs=()).returncode == 0
    said = [" ".join(words) for words, *_ in stand_in.calls()]
    assert any("apt-get install" in line and "chromium" in line for line in said)
    assert said[-1] == "make test"


def test_ci_fails_without_a_browser_that_it_cannot_install(stand_in, tmp_path):
    assert ci_run(stand_in, tmp_path, programs=(), FAILS="apt-get").returncode != 0
    assert ["make", "test"] not in [words for words, *_ in stand_in.calls()]


def test_every_push_and_every_pull_request_is_tested():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert workflow[True].keys() >= {"push", "pull_request"}  # YAML takes `on` for True
    assert not any(workflow[True].values()), "on every branch, whatever was changed"
    (job,) = workflow["jobs"].values()
    assert job.keys() <= {"runs-on", "timeout-minutes", "steps"}
    step = job["steps"][-1]
    assert step == {"run": ".ci/run"}


def test_the_readme_names_the_command_that_ci_runs():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\nmake test " in readme


def test_required_browsers_are_required(pytester, monkeypatch):
    """The fixture of all browser tests, where no browser is found."""
    shutil.copy(ROOT / "tests" / "conftest.py", pytester.path)
    pytester.makepyfile("def test_it(windows): pass")
    monkeypatch.setenv("PATH", str(pytester.mkdir("empty")))
    options = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:pytester")
    monkeypatch.delenv("BOOK_REQUIRE_BROWSER", raising=False)
    pytester.runpytest_inprocess(*options).assert_outcomes(skipped=1)
    monkeypatch.setenv("BOOK_REQUIRE_BROWSER", "1")
    result = pytester.runpytest_inprocess(*options)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no Chromium: apt-get install chromium*"])
