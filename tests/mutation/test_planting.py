"""The mistakes are what they are said to be, the table counts them, and the copy is mended."""

import subprocess
from pathlib import Path

import pytest

from . import known, places, python_code, script, text, workshop
from .__main__ import drawn, tried
from .mutant import Edit, Mutant
from .report import summary
from .workshop import Workshop

ROOT = Path(__file__).parents[2]


def changed(edits, source):
    return {(edit.kind, edit.apply(source)) for edit in edits}


@pytest.mark.parametrize(
    ("source", "kind", "mistake"),
    [
        ("d = a - y", "sign", "d = (a + y)"),
        ("w -= eta * g", "sign", "w += eta * g"),
        ("w -= eta * g", "factor", "w -= eta"),
        ("d = W.T @ e", "transposition", "d = W @ e"),
        ("d = W.T @ e", "order", "d = (e @ W.T)"),
        ("x = w[i, j]", "index", "x = (w[j, i])"),
        ("x = a[l - 1]", "index", "x = (a[l - 1 + 1])"),
        ("for l in range(1, L): pass", "off by one", "for l in (range(1, L - 1)): pass"),
        ("x = n < 3", "off by one", "x = (n <= 3)"),
        ("x = n < m", "comparison", "x = (n > m)"),
        ("x = 2.5 + µ", "constant", "x = 3.5 + µ"),
        ("if n < m:\n    raise ValueError", "guard", "if False:\n    raise ValueError"),
        ("check(a)", "guard", "pass"),
        ("x = not a", "condition", "x = a"),
        ("x = f(a, b)", "order", "x = (f(b, a))"),
    ],
)
def test_mistakes_in_python(source, kind, mistake):
    assert (kind, mistake) in changed(python_code.edits(source), source)


@pytest.mark.parametrize(
    "source",
    [
        '"""1 - 2, said of the module."""',
        'raise ValueError(f"{n + 1} is not {n - 1}")',
        "def f(x: int = None) -> 3: ...",
        "def __repr__(self): return 1 - self.x",
        "small = 1e-9",
        "x = 'a' + 'b'",
        "from a import b",
    ],
)
def test_what_no_test_could_notice_is_left_alone(source):
    assert not list(python_code.edits(source))


@pytest.mark.parametrize(
    ("source", "kind", "mistake"),
    [
        ("const d = a - y;", "sign", "const d = a + y;"),
        ("w[k] -= eta * g[k];", "factor", "w[k] -= eta / g[k];"),
        ("w[k] -= eta * g[k];", "sign", "w[k] += eta * g[k];"),
        ("w[k] -= eta * g[k];", "index", "w[k] -= eta * g[k + 1];"),
        ("const n = f(2) - 1;", "constant", "const n = f(3) - 1;"),
        ("if (n < 3 && m) x();", "off by one", "if (n <= 3 && m) x();"),
        ("if (n < 3 && m) x();", "comparison", "if (n > 3 && m) x();"),
        ("if (n < 3 && m) x();", "condition", "if (n < 3 || m) x();"),
        ("draw(palette, forward, 1);", "word", "draw(palette, backward, 1);"),
    ],
)
def test_mistakes_in_scripts(source, kind, mistake):
    assert (kind, mistake) in changed(script.edits(source), source)


def test_scripts_are_read_without_comments_strings_and_coordinates():
    assert not list(script.edits("// a - b\nf('a - b', `a ${1 - 2} b`, /* 2 */ c);"))
    drawing = "f(x - 4, y + 12 * n); if (a < 0) g(forward);"
    assert {e.kind for e in script.edits(drawing, draws=True)} == {
        "comparison",
        "off by one",
        "word",
    }


@pytest.mark.parametrize(
    ("source", "kind", "mistake"),
    [
        (r"$w = w - \eta g$", "sign", r"$w = w + \eta g$"),
        (r"$w = w - \eta g$", "factor", "$w = w - g$"),
        (r"$$d = w_{ij}$$", "index", r"$$d = w_{ji}$$"),
        (r"$d = W^{\top} e$", "transposition", "$d = W e$"),
        (r"$d = w^{l+1}_{k}$", "off by one", r"$d = w^{l}_{k}$"),
        ("In 1986, 40 runs", "year", "In 1987, 40 runs"),
        ("In 1986, 40 runs", "digit", "In 1986, 41 runs"),
        ("{cite}`a` and {cite}`b`", "citation", "{cite}`b` and {cite}`b`"),
        ("{doc}`x <a>`, {doc}`b`", "link", "{doc}`x <b>`, {doc}`b`"),
        ("[x](a.md), [y](b.md)", "link", "[x](b.md), [y](b.md)"),
    ],
)
def test_mistakes_in_prose(source, kind, mistake):
    assert (kind, mistake) in changed(text.prose_edits(source), source)


@pytest.mark.parametrize("source", ["the unit $a^{l-1}_{j}$", "`x = 3`", "layer-2 `w2_13`", "# 3"])
def test_what_says_nothing_in_numbers_is_left_alone(source):
    assert not list(text.prose_edits(source))


def test_words_are_exchanged_in_sentences_and_not_in_keys():
    source = 'f("the curve falls", "falls")'
    found = changed(text.word_edits(source, python_code.strings(source)), source)
    assert found == {("word", 'f("the curve rises", "falls")')}


def test_mistakes_in_configuration():
    source = "# -W\nSPHINX_OPTIONS := -W -n\nraise_on_error: true\nlock:\n"
    assert changed(text.gate_edits(source), source) == {
        ("option", source.replace("-W -n", " -n")),
        ("option", source.replace("-W -n", "-W ")),
        ("line", source.replace("SPHINX_OPTIONS := -W -n\n", "")),
        ("condition", source.replace("true", "false")),
        ("line", source.replace("raise_on_error: true\n", "")),
    }


def test_every_place_has_files_and_mistakes_and_tests():
    for place in places.PLACES:
        first = next(places.mutants(ROOT, place))
        assert first.edit.apply(first.text) != first.text
        named = [argument for stage in places.stages(ROOT, place, first) for argument in stage]
        paths = [name for name in named if "/" in name and not name.startswith("-")]
        assert paths
        assert all((ROOT / name).exists() for name in paths)


def test_the_same_seed_draws_the_same_mistakes():
    names = ["checks of input", "gates"]
    one, same, other = (drawn(seed, 12, names, ROOT) for seed in (1, 1, 2))
    assert one == same != other
    assert {mutant.place for mutant in one} == set(names)
    assert len({mutant.kind for mutant in one}) > 3


def test_what_once_survived_still_stands_where_it_can_be_planted():
    for mutant in known.mutants(ROOT):
        assert mutant.edit.apply(mutant.text) != mutant.text
        assert mutant.place in {place.name for place in places.PLACES}


def test_the_table_counts_and_the_survivors_are_named():
    one = Mutant("core", "a.py", Edit("sign", 4, 9, "(a + y)"), "d = a - y")
    two = Mutant("core", "b.py", Edit("index", 4, 8, "w[1]"), "\nd = w[0]")
    said = summary([(one, "tests/test_a.py"), (two, None), (one, None)])
    assert "| core              | 0/1   | 1/2  | 1/3 |" in said
    assert "1 of 3 noticed (33.3%)" in said
    assert "a.py:1: sign: a - y -> (a + y)" in said
    assert "b.py:2: index: " in said


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one file and one test, committed."""
    monkeypatch.setattr(workshop, "SLOW_TO_IMPORT", ())
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "double.py").write_text("def twice(x):\n    return x + x\n\n\nN = 3\n")
    (tmp_path / "test_double.py").write_text(
        "from double import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n"
    )
    (tmp_path / ".venv").mkdir()
    commit(tmp_path, "init", "-q")
    return tmp_path


def commit(folder, *before):
    author = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    last = [*author, "commit", "-q", "-m", "x"]
    for command in ([before] if before else []) + [["add", "-A"], last]:
        subprocess.run(["git", *command], cwd=folder, check=True)


STAGE = ["test_double.py"]


def test_a_mistake_is_planted_in_a_copy_noticed_or_not_and_mended(project):
    source = (project / "double.py").read_text()
    wrong, idle = (
        Mutant("core", "double.py", edit, source)
        for edit in python_code.edits(source)
        if edit.kind in ("sign", "constant")
    )
    with Workshop(project) as copy:
        assert tried(copy, wrong, STAGE) == "test_double.py::test_twice"
        assert tried(copy, idle, STAGE) is None
        assert (copy.root / "double.py").read_text() == source
    assert not copy.root.exists()
    assert (project / "double.py").read_text() == source


def test_what_fails_without_a_mistake_is_no_judge(project, capsys):
    (project / "test_double.py").write_text("def test_fails():\n    assert 0\n")
    commit(project)
    source = (project / "double.py").read_text()
    mutant = Mutant("core", "double.py", next(python_code.edits(source)), source)
    with Workshop(project) as copy:
        assert tried(copy, mutant, STAGE) is None
    assert "fails without a mistake, and is left out: test_double.py::test_fails" in (
        capsys.readouterr().out
    )


def test_what_noticed_is_named():
    said = "FAILED tests/a.py::test_b - assert 1 == 2\nFAILED tests/c.py::test_d\n"
    assert workshop.first_failure(said, STAGE) == "tests/a.py::test_b"
    assert workshop.first_failure("ERROR tests/a.py - NameError", STAGE) == "tests/a.py"
    assert workshop.first_failure("WARNING: no", places.BUILD) == "the build"
