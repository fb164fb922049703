"""The picture of a computation: what stands in it is on the tape, and nothing hides anything."""

import ast
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest

from bplib import Network, tape
from bplib.drawing import computation_diagram
from bplib.drawing.palette import BACKWARD, FORWARD, PARAMETER, VARIABLES
from bplib.tape import Number, adjoints

LESSON = "automatic_differentiation"
PAGE = Path(__file__).parents[2] / "chapters" / LESSON / f"{LESSON}.ipynb"
CELLS = {cell.id: cell.source for cell in nbformat.read(PAGE, 4).cells}
DRAWN = [name for name in CELLS if name.endswith("-draw")]


def picture_of(cell):
    """The picture that a cell of the lesson shows, and the names that it defines."""
    names = {}
    exec(CELLS["imports"], names)
    *before, last = ast.parse(CELLS[cell]).body
    exec(compile(ast.Module(before, []), cell, "exec"), names)
    return eval(compile(ast.Expression(last.value), cell, "eval"), names), names


def unit():
    record = []
    x, w, b = (Number(record, value) for value in (2, 0.5, -1))
    wx = w * x
    return {"x": x, "w": w, "wx": wx, "b": b, "z": wx + b}


PLACES = {"x": (0, 0), "w": (1, 0), "wx": (0.5, 1), "b": (1.5, 1), "z": (1, 2)}


def diagram(numbers, places=None, result="z", **options):
    places = PLACES if places is None else places
    nodes = {name: (numbers[name], *place) for name, place in places.items()}
    return computation_diagram(numbers[result], nodes, **options)


def texts(shown, colour=None):
    root = ElementTree.fromstring(shown._repr_html_())
    found = [element for element in root if element.tag.endswith("text")]
    return [e.text for e in found if colour is None or colour in e.get("style")]


def test_the_lesson_draws_its_pictures():
    assert len(DRAWN) == 6


@pytest.mark.parametrize("cell", DRAWN)
def test_a_picture_is_well_formed_themed_and_described_in_words(cell):
    shown, _ = picture_of(cell)
    html = shown._repr_html_()
    root = ElementTree.fromstring(html)
    assert root.get("aria-label") == shown.description == repr(shown)
    assert {float(size) for size in re.findall(r"font-size: ([\d.]+)px", html)} == {17}
    for colour in VARIABLES:
        assert html.count(colour) == html.count(f", {colour})")
    for number in texts(shown, FORWARD)[:-1] + texts(shown, BACKWARD)[:-1]:
        assert re.search(rf"(?<![\d.−]){number}(?![\d.]*\d)", shown.description)


@pytest.mark.parametrize(("digits", "slack"), [(3, 5e-4), (4, 5e-5)])
def test_what_stands_in_it_is_on_the_tape(digits, slack):
    _, names = picture_of("layers-draw")
    numbers = {"x": names["x1"], "w": names["w11"], "wx": names["product1"]}
    places = {"x": (0, 0), "w": (2, 0), "wx": (1, 1)}
    back = adjoints(names["error"])
    nodes = {name: (numbers[name], *place) for name, place in places.items()}
    shown = computation_diagram(names["error"], nodes, digits)
    for colour, expected in (
        (FORWARD, [number.value for number in numbers.values()]),
        (BACKWARD, [back[number] for number in numbers.values()]),
    ):
        found = [float(text.replace("−", "-")) for text in texts(shown, colour)]
        assert found == pytest.approx(expected, abs=slack)


def test_what_the_lesson_says_of_its_pictures():
    _, names = picture_of("unit-draw")
    back = adjoints(names["E"])
    assert [names[name].value for name in ("wx", "z", "a", "difference", "E")] == [
        1,
        0,
        0.5,
        0.5,
        1 / 8,
    ]
    found = [back[names[name]] for name in ("difference", "y", "a", "z", "b", "wx", "w", "x")]
    assert found == [1 / 2, 1 / 2, -1 / 2, -1 / 8, -1 / 8, -1 / 8, -1 / 4, -1 / 16]
    for cell, expected in (("addition", [5, 5]), ("product", [-10, 15]), ("twice", [-4])):
        _, names = picture_of(f"{cell}-draw")
        back = adjoints(names["rest"])
        assert [back[names[name]] for name in "uv"][: len(expected)] == expected


def test_in_the_picture_of_a_network_the_derivatives_at_z_are_the_error_terms():
    _, names = picture_of("layers-draw")
    back = adjoints(names["error"])
    net = Network.from_parameters([[[0.6, -0.3]], [[2.0]]], activation="sigmoid")
    bp = net.backward(net.forward([1, 2]), [1])
    assert names["error"].value == pytest.approx(bp.error, rel=1e-14)
    assert back[names["z2"]] == pytest.approx(bp.delta[2].item(), rel=1e-14)
    assert back[names["z1"]] == pytest.approx(bp.delta[1].item(), rel=1e-14)
    assert [f"{bp.delta[l].item():.3f}" for l in (2, 1)] == ["-0.053", "-0.026"]
    for number in (r"\delta^{2}_{1} = -0.053", r"\delta^{1}_{1} = -0.026"):
        assert number in CELLS["layers-read"]


def test_the_words_name_each_operation_with_its_operands():
    assert diagram(unit()).description == (
        "A computation from top to bottom. Values: x 2; w 0.5; wx is the product of w and x, 1; "
        "b −1; z is the sum of wx and b, 0. "
        "Derivatives of z, from the bottom up: z 1; b 1; wx 1; w 2; x 0.5."
    )


def test_a_number_is_shown_without_zeros_at_its_end_or_a_minus_zero():
    numbers = {"x": Number([], -0.00001), "y": Number([], 100.0)}
    assert texts(diagram(numbers, {"x": (0, 0)}, "x"), FORWARD)[0] == "0"
    assert texts(diagram(numbers, {"y": (0, 0)}, "y", digits=0), FORWARD)[0] == "100"


def test_it_has_a_line_an_operand_and_a_frame_an_operation():
    html = diagram(unit())._repr_html_()
    assert html.count("<path") == 4
    assert html.count('rx="4"') == 2
    assert html.count("<rect") == 5 + 2
    assert "dasharray" not in html


def test_what_is_left_out_below_is_a_dashed_line():
    numbers = unit()
    shown = diagram(numbers, {name: PLACES[name] for name in ("x", "w", "wx")})
    assert shown._repr_html_().count("dasharray") == 1
    assert "z" not in texts(shown)
    assert "the derivative of z" not in texts(shown)


def test_an_operand_used_twice_by_one_operation_has_one_line():
    numbers = {"u": Number([], 3)}
    numbers["q"] = numbers["u"] * numbers["u"]
    shown = diagram(numbers, {"u": (0, 0), "q": (0, 1)}, "q")
    assert shown._repr_html_().count("<path") == 1
    assert texts(shown, BACKWARD)[:2] == ["6", "1"]


def test_highlighting_draws_only_what_is_named():
    plain, lit = (diagram(unit(), highlight=names)._repr_html_() for names in ((), {"w", "b"}))
    assert PARAMETER not in plain
    assert lit.count(f"stroke: var(--bp-parameter, {PARAMETER})") == 2


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ({}, "nodes: expected at least one"),
        ({"x": (0, 0), "w": (0.5, 0)}, "expected room between 'x' and 'w'"),
        ({"x": (0, 0), "w": (1, 0), "wx": (0.5, 0)}, "operands of 'wx' above it"),
        ({"x": (0, 0), "wx": (0.5, 1)}, "operands of 'wx' above it"),
        (PLACES | {"b": (0.5, 2), "z": (0.5, 3)}, "no line to run through 'b', got one from 'wx'"),
    ],
)
def test_what_would_hide_something_is_refused(places, message):
    with pytest.raises(ValueError, match=message):
        diagram(unit(), places)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: computation_diagram(1.0, {}), TypeError, "result: expected a Number, got float"),
        (lambda: diagram(unit(), digits=-1), ValueError, "digits: "),
        (lambda: diagram(unit(), highlight={"E"}), ValueError, "highlight: .* got 'E'"),
        (lambda: diagram(unit(), {"x": (0,)}), ValueError, r"nodes\['x'\]: expected \(number, col"),
        (lambda: diagram(unit(), {"x": (0, "1")}), TypeError, "row: expected a real number"),
        (
            lambda: diagram(unit() | {"x": Number([], 1)}, {"x": (0, 0)}),
            ValueError,
            r"nodes\['x'\]: expected a number of the result's tape",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


# In a browser, with its own font: what texts touch, what lines run through, what is cut off.

CLASHES = """() => {
  const found = [], svg = document.querySelector("svg.bp-picture");
  const box = e => {
    const {left, right, top, bottom} = e.getBoundingClientRect(), slack = (bottom - top) / 6;
    return e.tagName === "text" ? {left, right, top: top + slack, bottom: bottom - slack}
                                : {left, right, top, bottom};
  };
  const apart = (a, b) =>
    a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const within = (a, b) =>
    a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
  const texts = [...svg.querySelectorAll("text")], frames = [...svg.querySelectorAll("rect")];
  for (const one of texts) {
    if (!within(box(one), svg.getBoundingClientRect())) found.push(`${one.textContent} is cut off`);
    for (const other of texts)
      if (one !== other && !apart(box(one), box(other)))
        found.push(`${one.textContent} touches ${other.textContent}`);
    for (const frame of frames)
      if (!apart(box(one), box(frame)) && !within(box(one), box(frame)))
        found.push(`${one.textContent} crosses an outline`);
  }
  for (const path of svg.querySelectorAll("path"))
    for (let at = 0; at <= path.getTotalLength(); at += 1) {
      const {x, y} = path.getPointAtLength(at).matrixTransform(path.getScreenCTM());
      for (const text of texts) {
        const {left, right, top, bottom} = box(text);
        if (x > left && x < right && y > top && y < bottom)
          found.push(`a line runs through ${text.textContent}`);
      }
    }
  return [...new Set(found)];
}"""


def clashes(windows, html):
    page = windows.take().page
    page.set_content(f"<body style='font-family: sans-serif'>{html}</body>")
    return page.evaluate(CLASHES)


@pytest.mark.browser
@pytest.mark.parametrize("cell", DRAWN)
def test_nothing_touches_anything_in_the_lesson(windows, cell):
    shown, _ = picture_of(cell)
    assert clashes(windows, shown._repr_html_()) == []


@pytest.mark.browser
def test_the_test_above_can_fail(windows):
    html = diagram(unit())._repr_html_()
    value = ">0.5<"
    assert clashes(windows, html) == []
    assert clashes(windows, html.replace(value, ">0.500000000000<")) != []
    assert clashes(windows, html.replace('x="', 'x="-9', 1)) != []
    path = [
        float(number) for number in re.search(r'd="M([^"]+)"', html)[1].replace("C", " ").split()
    ]
    (x1, y1), (x2, y2) = path[:2], path[-2:]
    text = f'<text x="{(x1 + x2) / 2}" y="{(y1 + y2) / 2 + 4}">on a line</text>'
    found = clashes(windows, html.replace("</svg>", f"{text}</svg>"))
    assert "a line runs through on a line" in found


def test_a_function_of_the_tape_without_words_is_named_by_its_sign():
    numbers = {"u": Number([], 0.5)}
    numbers["q"] = tape.tanh(numbers["u"])
    shown = diagram(numbers, {"u": (0, 0), "q": (0, 1)}, "q")
    assert "q is tanh of u, 0.4621" in shown.description
