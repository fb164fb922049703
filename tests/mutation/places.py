"""Where mistakes are planted, and which tests could know: the cheap ones first.

A stage is a list of pytest's arguments. A mutant goes through the stages of its place until one
fails. {words} in braces are filled in: the name of the file without its ending (`{stem}`), of its
folder (`{folder}`), and the path of the file (`{path}`). A name with a star that matches no file
is left out; so is one file that an earlier stage has run already.

The stage BUILD builds the book again, as `make book` does: a build that fails has noticed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat

from . import python_code, script, text
from .mutant import Mutant

BUILD = ["BUILD"]
NO_BROWSER = ["-m", "not browser"]
UNIT = ["tests/unit", *NO_BROWSER]
SYMBOLIC = ["tests/symbolic", *NO_BROWSER]
VERDICTS = ["tests/symbolic/test_false_next_to_true.py", "tests/symbolic/test_verdicts.py"]
SOURCES = ["SOURCES"]  # those of tests/book that look at no built page
OF_PAGE = ["SOURCES", "-k", "{stem}"]  # of these, what says the page's name
BOOK = ["tests/book", *NO_BROWSER]
SCRIPTS = ["tests/figures/test_scripts.py", "tests/figures/test_formulas_by_hand.py"]
OF_FIGURE = ["tests/unit/test_{folder}*.py", "tests/figures/test_{folder}*.py"]
IN_A_PAGE = ["tests/figures/test_descriptions.py", "tests/figures/test_in_a_page.py"]
SAID = ["tests/figures/test_said_in_chapters.py", "tests/figures/test_in_the_book.py"]
NEEDS_THE_BOOK = re.compile("BUILD|tests/book$|in_the_book|said_in_chapters")
LOOKS_AT_PAGES = re.compile(r"def \w+\([^)]*\b(html|browser)\b")


@dataclass(frozen=True)
class Place:
    """Files, how mistakes are planted in one, and the stages of tests."""

    name: str
    files: tuple
    edits: object  # edits(path, text) -> Edits
    stages: tuple
    cells: str = ""  # of a notebook: "code" or "markdown"
    leave_out: str = "$^"  # a pattern of paths


def _python(path, source):
    return python_code.edits(source)


def _words_of_python(path, source):
    return text.word_edits(source, python_code.strings(source))


def _script(path, source):
    return script.edits(source, draws=bool(script.DRAWING.search(path.name)))


def _words_of_script(path, source):
    return text.word_edits(source, script.strings(source))


def _prose(path, source):
    return text.prose_edits(source)


def _table(path, source):
    lines = list(re.finditer(r"^\|.*\|$", source, re.MULTILINE))
    for edit in text.formula_edits(source):
        if any(line.start() <= edit.start < line.end() for line in lines):
            yield edit


def _gates(path, source):
    return text.gate_edits(source)


def _cell(path, source):
    """A code cell: what it computes, if what it shows is compared."""
    return python_code.edits(source)


PLACES = (
    Place(
        "numeric core",
        ("bplib/*.py",),
        _python,
        (["tests/unit/test_{stem}*.py"], UNIT, SYMBOLIC, SOURCES),
        leave_out="__init__|validation|architecture|textbook",
    ),
    Place(
        "checks of input",
        ("bplib/validation.py", "bplib/architecture.py", "bplib/figures/parameters.py"),
        _python,
        (["tests/unit/bad_input"], UNIT),
    ),
    Place(
        "generated programs",
        ("bplib/codegen/*.py", "bplib/figures/arithmetic.py", "bplib/figures/formulas.py"),
        _python,
        (
            ["tests/unit/test_compiled_update.py", "tests/symbolic/test_numbers.py"],
            UNIT,
            SCRIPTS,
            SYMBOLIC,
            IN_A_PAGE,
        ),
    ),
    Place(
        "proofs",
        ("bplib/symbolic/*.py", "bplib/symbolic/lines/*.py"),
        _python,
        (["tests/symbolic/test_*{stem}*.py"], VERDICTS, SYMBOLIC, SOURCES, UNIT),
        leave_out=r"__init__|printing|layout|page",
    ),
    Place(
        "pictures",
        ("bplib/drawing/*.py", "bplib/figures/*/picture.py"),
        _words_of_python,
        (["tests/unit/test_*drawing*.py", "tests/unit/test_*figure*.py"], UNIT, SOURCES),
    ),
    Place(
        "figures in Python",
        ("bplib/figures/*/figure.py", "bplib/figures/*.py"),
        _python,
        (OF_FIGURE, ["tests/unit/test_figure*.py"], UNIT, SCRIPTS, IN_A_PAGE),
        leave_out=r"__init__|arithmetic|formulas|parameters",
    ),
    Place(
        "scripts of figures",
        ("bplib/figures/*/*.js",),
        _script,
        (SCRIPTS, OF_FIGURE, UNIT, IN_A_PAGE),
        leave_out="controls|dom|frame|links",
    ),
    Place(
        "words of figures",
        ("bplib/figures/*/*.js", "bplib/figures/*/figure.py", "bplib/figures/*/picture.py"),
        lambda path, source: (
            _words_of_script(path, source)
            if path.suffix == ".js"
            else _words_of_python(path, source)
        ),
        (SCRIPTS, OF_FIGURE, UNIT, IN_A_PAGE),
    ),
    Place(
        "chapters: text",
        ("chapters/*/*.ipynb",),
        _prose,
        (OF_PAGE, SOURCES, BUILD, BOOK, SAID),
        cells="markdown",
    ),
    Place(
        "chapters: tables",
        ("chapters/*/*.ipynb",),
        _table,
        (OF_PAGE, SOURCES, BUILD, BOOK, SAID),
        cells="markdown",
    ),
    Place(
        "chapters: code",
        ("chapters/*/*.ipynb",),
        _cell,
        (OF_PAGE, SOURCES, ["{path}"]),
        cells="code",
    ),
    Place(
        "chapters: descriptions",
        ("chapters/*/*.ipynb",),
        _words_of_python,
        (OF_PAGE, SOURCES, ["{path}"]),
        cells="code",
    ),
    Place(
        "other pages",
        ("chapters/companion/*.md", "chapters/*.md", "README.md"),
        _prose,
        (OF_PAGE, SOURCES, UNIT, BUILD, BOOK, SAID),
    ),
    Place(
        "gates",
        ("Makefile", ".ci/run", "pyproject.toml", "_config.yml"),
        _gates,
        (["tests/gates"], SOURCES, UNIT, BUILD, BOOK),
    ),
)


def mutants(root, place):
    """Every mistake that can be planted at a place."""
    for path in files(root, place):
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        if not place.cells:
            for edit in place.edits(path, source):
                yield Mutant(place.name, name, edit, source)
            continue
        for cell in nbformat.reads(source, 4).cells:
            if cell.cell_type == place.cells and (place.cells != "code" or _compared(place, cell)):
                for edit in place.edits(path, cell.source):
                    yield Mutant(place.name, name, edit, cell.source, cell.id)


def files(root, place):
    found = {path for pattern in place.files for path in Path(root).glob(pattern)}
    return sorted(path for path in found if not re.search(place.leave_out, path.as_posix()))


def _compared(place, cell):
    """Of a picture or a widget only the words are compared, not where its lines are."""
    return place.edits is not _cell or "nbval-ignore-output" not in cell.metadata.get("tags", ())


def sources(root):
    """The tests of tests/book that can be run without a built book."""
    paths = sorted(Path(root, "tests/book").glob("test_*.py"))
    unbuilt = [p for p in paths if not LOOKS_AT_PAGES.search(p.read_text(encoding="utf-8"))]
    return [path.relative_to(root).as_posix() for path in unbuilt]


def needs_the_book(stage):
    """Whether the tests of a stage look at a built book."""
    return any(map(NEEDS_THE_BOOK.search, stage))


def stages(root, place, mutant):
    """The stages for a mutant, filled in."""
    path = Path(mutant.path)
    words = {"stem": path.stem, "folder": path.parent.name, "path": mutant.path}
    done = set()
    for stage in place.stages:
        filled = []
        arguments = [*sources(root), *stage[1:]] if stage[0] == "SOURCES" else stage
        for argument in (one.format(**words) for one in arguments):
            names = [argument]
            if "*" in argument:
                names = sorted(p.relative_to(root).as_posix() for p in Path(root).glob(argument))
            filled += [name for name in names if name not in done]
        if stage == BUILD:
            yield BUILD
        elif any("/" in name for name in filled):
            run_already = [f"--ignore={name}" for name in sorted(done) if name.endswith(".py")]
            yield filled + run_already
            if "-k" not in stage:  # else only some of their tests have been run
                done.update(name for name in filled if "/" in name)
