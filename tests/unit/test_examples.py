"""Every example runs: in docstrings and README; the commands of both guides exist."""

import ast
import doctest
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import bplib

ROOT = Path(__file__).parents[2]
MODULES = ["bplib", *(found.name for found in walk_packages(bplib.__path__, "bplib."))]


def examples_of(module):
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name):
    module = import_module(name)
    runner = doctest.DocTestRunner(verbose=False)
    found, said = examples_of(module), []
    for test in found:
        runner.run(test, out=said.append)
    assert not said, "".join(said)
    # None is passed over: as many ran as there are prompts in the file.
    source = Path(module.__file__).read_text(encoding="utf-8")
    prompts = len(re.findall(r"^\s*>>> ", source, re.MULTILINE))
    assert runner.tries == prompts
    # And who announces examples gives some.
    announced = len(re.findall(r"^\s*Examples\n\s*-{8}$", source, re.MULTILINE))
    assert sum("Examples\n" in test.docstring for test in found) == announced


def test_there_are_examples_of_what_is_used_most():
    found = {
        test.name
        for name in MODULES
        if "." not in name[6:]
        for test in examples_of(import_module(name))
    }
    assert found >= {
        "bplib",
        "bplib.network.Network",
        "bplib.training.fit",
        "bplib.history.History",
        "bplib.graph.Graph",
        "bplib.perceptron.Perceptron",
        "bplib.checking.gradient_check",
        "bplib.stopping",
    }


def test_an_example_with_a_wrong_output_is_found():
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    said = []
    doctest.DocTestRunner(verbose=False).run(wrong, out=said.append)
    assert "Expected:" in "".join(said)


def blocks(language, text):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_python_of_the_readme():
    (source,) = blocks("python", (ROOT / "README.md").read_text(encoding="utf-8"))
    names, values = {}, []
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Expr):
            values.append(eval(compile(ast.Expression(statement.value), "README", "eval"), names))
        else:
            exec(compile(ast.Module([statement], []), "README", "exec"), names)
    delta, check, updated = values
    assert delta.shape == (names["net"].sizes[1],)
    assert isinstance(check, bplib.GradientCheck)
    assert check
    assert updated is None


def commands():
    """Every command in a shell block, or in a code span that begins like one."""
    for guide in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / guide).read_text(encoding="utf-8")
        lines = "".join(blocks("bash", text)).splitlines()
        spans = re.findall(
            r"`((?:make|python|apt-get)(?: [^`]+)?)`",
            re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL),
        )
        for command in lines + spans:
            yield pytest.param(command.split("#")[0].split(), id=f"{guide}: {command}")


@pytest.mark.parametrize("command", list(commands()))
def test_a_command_of_the_guides_exists(command):
    program, *arguments = command
    if program == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
        variables = re.findall(r"^([A-Z]+) [:?]?=", makefile, re.MULTILINE)
        for argument in arguments:
            name, assigns, path = argument.partition("=")
            assert name in (variables if assigns else targets)
            assert not path or (ROOT / path).exists()
    elif program == "python":
        assert (ROOT / arguments[0]).is_file()
    else:
        assert command == ["apt-get", "install", "chromium"]


# Every script says in its first lines how it is run; here each runs with little to do. Those that
# open a browser are tried where there is one.
SCRIPTS = {
    "benchmarks/figures.py": "--figures ChainOfSensitivities --events 2",
    "benchmarks/formula_slips.py": "welcome",
    "benchmarks/online_update.py": "--sizes 1 1 --rounds 1",
    "benchmarks/training_figure.py": "--network 2-1 --seconds 0.1 --repeat 1",
    "bplib/golden/compute.py": "mazur",
    "chapters/_tools/exercises.py": "--check",
    "chapters/_tools/figures/preview.py": "ChainOfSensitivities(x=0.5)",
    "chapters/_tools/notebooks.py": "--check chapters/recap/recap.ipynb",
    "tests/mutation/__main__.py": "--help",
}


def test_every_script_is_run():
    found = {
        file.relative_to(ROOT).as_posix()
        for folder in ("benchmarks", "bplib", "chapters/_tools", "tests")
        for file in (ROOT / folder).rglob("*.py")
        if '\nif __name__ == "__main__":' in file.read_text(encoding="utf-8")
    }
    # What runs mutants is a server; tests/mutation has tests of its own.
    assert found - {"tests/mutation/quick_start.py"} == SCRIPTS.keys()


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_runs(script, request):
    if script in ("benchmarks/figures.py", "benchmarks/training_figure.py"):
        request.getfixturevalue("browser")
    text = SCRIPTS[script]
    arguments = [text] if "(" in text else text.split()
    if script.endswith("__main__.py"):
        command = ["-m", Path(script).parent.as_posix().replace("/", ".")]
    else:
        command = [script]
        described = (ROOT / script).read_text(encoding="utf-8").partition('"""\n\n')[0]
        assert f"python {script}" in described
    done = subprocess.run(
        [sys.executable, *command, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout or "--check" in arguments, "a check that finds nothing says nothing"


def test_make_explains_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: help (.*)$", makefile, re.MULTILINE)[1].split()
    printed = re.findall(r'^\t@echo "make (\w+) +\w', makefile, re.MULTILINE)
    assert printed == targets


def test_commands_of_each_kind_are_found():
    programs = {parameters.values[0][0] for parameters in commands()}
    assert programs == {"make", "python", "apt-get"}
