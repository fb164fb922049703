"""No formula, and no arithmetic of backpropagation, is written by hand in a figure.

What a figure shows is printed from statements that are proved (`bplib.figures.formulas`, `trees`,
`plain_text`), and what it calculates is printed by `bplib.codegen`. So a text in a script may name
a quantity, but not say anything about one; and code may not combine quantities.
"""

import ast
import re
from pathlib import Path

import pytest

from .javascript_text import HOLE, texts_and_code

FIGURES = Path(__file__).parents[2] / "bplib" / "figures"
SCRIPTS = sorted(FIGURES.rglob("*.js"))
MODULES = sorted(FIGURES.rglob("*.py"))

# A quantity in a text: w²₁₃, ŷ, g′, δ¹₂; or, in a template, whatever is put in.
SMALL = "[⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉]*"
QUANTITY = rf"(?<![A-Za-z′’])(?:[zawbxyE]|g′?|ŷ|δ|η|λ){SMALL}(?:\([zw]\))?(?![A-Za-z’])"
ANY = rf"(?:{QUANTITY}|{re.escape(HOLE)})"
FORMULA = re.compile(
    "|".join(
        [
            r"[∂∑Σ∏∫√∇]|g′\(",  # calculus
            rf"{QUANTITY}\s*[=←<>≤≥≈]\s*(?!{re.escape(HOLE)})\S",  # "E = {}" only names a number
            rf"[0-9)|]\s*[=←<>≤≥≈]\s*{QUANTITY}",
            rf"{QUANTITY}\s*[·×−+/*]\s*{ANY}|{ANY}\s*[·×−+/*]\s*{QUANTITY}| [-*] {QUANTITY}",
            r"[ηλδ][⁰-₉ηλδwaz]*[ηλδwaz]|−[ηδ]",  # products without a sign
            r"^\s*[=←<>≤≥≈·×−+/½]\s*$",  # a sign alone, to put a formula together
        ]
    )
)
# Quantities as the scripts call them, and what no script has to calculate.
NAMES = {
    "delta",
    "slope",
    "gradient",
    "weight",
    "weights",
    "bias",
    "biases",
    "eta",
    "share",
    "error",
    "target",
    "lambda",
    "w",
    "a",
    "z",
    "factor",
    "sofar",
    "descend",
}
SIGNS = {"*", "/", "**", "+", "-", "*=", "/=", "+=", "-="}
FUNCTIONS = {"exp", "tanh", "log", "log1p", "expm1", "cosh", "pow"}

# Scripts that print what trees say, and numbers: their signs are checked by what comes out.
PRINTERS = {"page/statements.js", "page/symbols.js", "page/numbers.js", "page/links.js"}
PYTHON_PRINTERS = {"formulas.py", "trees.py", "plain_text.py"}

# What is allowed where, and why.
NAME = "it stands between a name and its number"
TEXTS = {
    ("chain/figure.js", " = "): NAME,
    ("descent/figure.js", " = "): NAME,
    ("descent/figure.js", "With η = 0 nothing moves."): "said only of that learning rate",
    ("error_shares/terms.js", " · "): "between a share's factors, which are the rule's",
    ("output_delta/figure.js", "×"): "between columns whose product is checked in figure.py",
    ("output_delta/figure.js", "="): "before the product of the columns",
    ("output_delta/plots.js", "="): "between two areas, which a test measures",
    ("page/controls.js", "−"): "a minus that a reader may type",
    ("practice/fields.js", "≈"): "a mark beside a number that was rounded",
    ("practice/lines.js", " = "): NAME,
    ("step_by_step/drawing.js", "∂"): "names a derivative in symbols.js",
    ("step_by_step/figure.js", "∂"): "names a derivative in symbols.js",
    ("step_by_step/lines.js", "∂"): "names a derivative in symbols.js",
    ("step_by_step/lines.js", "="): "between sides of a statement, and before its number",
    ("step_by_step/lines.js", "·"): "looks for the sign, to set its space",
    ("step_by_step/lines.js", "−"): "looks for the sign, to set its space",
    ("step_by_step/results.js", "∂"): "names a derivative in symbols.js",
    ("step_by_step/results.js", "="): NAME,
    ("training/figure.js", "thick line: ŷ = ½"): "which line it is: a test measures it",
    ("training/figure.js", "green: hidden units’ z = 0"): "which line it is: a test measures it",
}
CODE = {
    "(factor.sofar = sofar * factor.value)": "the product so far: compared with bplib's",
    "weight + part * now.step[k]": "a point on an arrow that is drawn",
    "weight - from[k]": "the way between two points that are drawn",
    "weight + part * step[k]": "a point on a path that is drawn",
    "weight + step[k]": "the way between two points that are drawn",
    "shape.bias(l, i) - shape.weightCount": "a place among the parameters",
    "(sum, target) => sum + target": "whether targets sum to 1",
    "sum : sum + target": "targets that sum to 1",
    "target / others": "targets that sum to 1",
    "sum + share)": "compared with bplib's ∂E/∂a",
    "a.cost - b.cost": "a and b are places of labels",
    "parameters.slice(0, -biases), biases: parameters.slice(-biases)": "counts of parameters",
    "parameters[biases + i]": "a place among the parameters",
    "a - 0.5": "how far an output is from undecided: for its shade",
    "Y[n][0] - a": "whether a point is right: compared with bplib's count",
    "state.activation + state.error": "the name of a rule",
    "Math.log(1 - Math.random())": "a random number of the normal distribution",
}


def name(path):
    return path.relative_to(FIGURES).as_posix()


def formulas_in(path, script):
    """(line, text) of every text that says something of quantities, and is not allowed."""
    if name(path) in PRINTERS:
        return []
    return [
        (line, text)
        for line, text in texts_and_code(script)[0]
        if FORMULA.search(text) and (name(path), text) not in TEXTS
    ]


def arithmetic_in(script):
    """(line, source) where an operation has a quantity beside it, and is not allowed."""
    tokens, lines = texts_and_code(script)[1], script.splitlines()
    found = {}
    for n, (line, kind, token) in enumerate(tokens):
        called = token in FUNCTIONS and kind == "name" and tokens[n - 2][2] == "Math"
        if not called and (token not in SIGNS or not NAMES & {*left(tokens, n), *right(tokens, n)}):
            continue
        source = lines[line - 1].strip()
        if not any(allowed in source for allowed in CODE):
            found[line] = source
    return list(found.items())


def right(tokens, n):
    """The names that an operation's right side begins with."""
    n += 1
    while n < len(tokens) and tokens[n][2] in "(-":
        n += 1
    while n < len(tokens) and (tokens[n][1] == "name" or tokens[n][2] == "."):
        yield tokens[n][2]
        n += 1


def left(tokens, n):
    """The names that its left side ends with; what is in brackets is passed over."""
    depth = 0
    for _, kind, token in reversed(tokens[:n]):
        if token in ")]":
            depth += 1
        elif token in "([":
            depth -= 1
            if depth < 0:
                return
        elif depth == 0:
            if kind != "name" and token != ".":
                return
            yield token


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_no_formula_is_written_in_a_script(path):
    found = formulas_in(path, path.read_text(encoding="utf-8"))
    assert not found, (
        f"{name(path)}, line {found[0][0]}: {found[0][1]!r} says something of quantities. Print it "
        "from the statement that is proved (bplib/figures/formulas.py, plain_text.py, trees.py), "
        "or say in TEXTS why it may stand."
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_no_arithmetic_of_backpropagation_is_written_in_a_script(path):
    found = arithmetic_in(path.read_text(encoding="utf-8"))
    assert not found, (
        f"{name(path)}, line {found[0][0]}: {found[0][1]!r} calculates with quantities. Print the "
        "rule (bplib/figures/arithmetic.py), or say in CODE why it may stand."
    )


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_formula_is_written_in_python(path):
    if path.name in PYTHON_PRINTERS:
        return
    texts = [text for text in python_texts(path) if FORMULA.search(text) and len(text.strip()) > 1]
    assert not texts, f"{name(path)}: {texts[0]!r}: print it with plain_text or mathml"


def python_texts(path):
    """The strings of a module without docstrings, and without what is SVG or MathML."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            skipped.add(node.value)
        if isinstance(node, ast.JoinedStr):
            skipped.update(node.values)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [n.value if isinstance(n, ast.Constant) else HOLE for n in node.values]
            text = "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if node not in skipped and not re.search(r"<\w+[ >]", text):
            yield text


def test_every_exception_is_needed():
    texts = {(name(path), text) for path in SCRIPTS for _, text in texts_and_code(read(path))[0]}
    assert not TEXTS.keys() - texts
    everything = "".join(read(path) for path in SCRIPTS)
    assert not [source for source in CODE if source not in everything]


def read(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "script",
    [
        'text("δ = (a − y) g′(z)")',
        "say(`E = ½ ${error}`)",
        'math(["w", "−", "η"])',
        'label("∂E/∂w")',
        "say(`${a} − y`)",
        'say("|a − y|")',
        'step("−ηδ")',
        'html("p", {}, `z = w${x} + b`)',
        'say("a > y")',
    ],
)
def test_a_planted_formula_is_found(script):
    assert formulas_in(FIGURES / "planted.js", script)


@pytest.mark.parametrize(
    "script",
    [
        "const next = z - eta * delta;",
        "w.map((weight, k) => weight - eta * gradient[k])",
        "const own = slope(l, i) * total;",
        "sum += rule.weight(n) * delta[l][n];",
        "const a = 1 / (1 + Math.exp(-z));",
        "total = shares[0] + now.share;",
        "const miss = (now.a - y);",
        "const one = `${delta * 2}`;",
    ],
)
def test_planted_arithmetic_is_found(script):
    assert arithmetic_in(script)


@pytest.mark.parametrize(
    "script",
    [
        "const half = width / 2; // δ = g′(z) · w",
        "say(`E = ${error}, after ${count} updates`)",
        'set(line, { x1: 3, "stroke-dasharray": "4 2" })',
        "const found = text.match(/a − y = (.*)/);",
    ],
)
def test_what_is_no_formula_is_left_alone(script):
    assert not formulas_in(FIGURES / "planted.js", script)
    assert not arithmetic_in(script)
