"""Every example runs: in docstrings and README; the commands of both guides exist."""

import ast
import doctest
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import bplib

ROOT = Path(__file__).parents[2]
MODULES = ["bplib", *(found.name for found in walk_packages(bplib.__path__, "bplib."))]

# What these examples make shows itself in a notebook; where no output stands, any is fine.
SHOWN_IN_A_NOTEBOOK = ("bplib.figures.", "bplib.symbolic.")


class AnyIfNoneIsGiven(doctest.OutputChecker):
    def check_output(self, want, got, optionflags):
        return not want or super().check_output(want, got, optionflags)


def examples_of(module):
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(name):
    module = import_module(name)
    lenient = name.startswith(SHOWN_IN_A_NOTEBOOK)
    runner = doctest.DocTestRunner(checker=AnyIfNoneIsGiven() if lenient else None, verbose=False)
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
    for checker in (None, AnyIfNoneIsGiven()):
        said = []
        doctest.DocTestRunner(checker=checker, verbose=False).run(wrong, out=said.append)
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


def test_commands_of_each_kind_are_found():
    programs = {parameters.values[0][0] for parameters in commands()}
    assert programs == {"make", "python", "apt-get"}
