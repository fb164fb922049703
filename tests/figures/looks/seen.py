"""What a page shows of a figure, read in one go, and how to ask for it."""

import math
import re

import numpy as np

from bplib.drawing.palette import BACKWARD, ERROR, FORWARD, MUTED, PARAMETER, css
from bplib.symbolic.printing import direction

from ..reader import parts_of_number

# In CSS, as the scripts have them.
FORWARD, BACKWARD, PARAMETER, ERROR, MUTED = map(css, (FORWARD, BACKWARD, PARAMETER, ERROR, MUTED))
INK = "currentColor"

SEE = """root => {
  const shown = e => e.checkVisibility({ visibilityProperty: true });
  const attributes = e => Object.fromEntries([...e.attributes].map(a => [a.name, a.value]));
  const parts = svg => [...svg.querySelectorAll("line, circle, rect, path, text")].filter(shown)
    .map(e => ({ tag: e.tagName, ...attributes(e), text: e.textContent,
      names: [e, ...e.querySelectorAll("[data-name]")].map(d => d.dataset.name).filter(Boolean),
      box: (({ x, y, width, height }) => [x, y, width, height])(e.getBBox()) }));
  return {
    words: root.querySelector(".bp-status").textContent,
    drawings: [...root.querySelectorAll("svg.bp-picture")].filter(shown)
      .map(svg => ({ label: svg.getAttribute("aria-label"), parts: parts(svg) })),
    places: [...root.querySelectorAll("[data-name]")].filter(shown).map(e => ({
      name: e.dataset.name, value: Number(e.dataset.value),
      classes: [...e.classList], inside: e.parentElement.className,
      line: e.closest("p, li, td, dd, div, text")?.textContent ?? "",
      colour: getComputedStyle(e).color })),
    legends: [...root.querySelectorAll(".bp-steps-lines")].filter(shown).map(e => e.textContent),
    explanation: root.querySelector(".bp-steps-explanation")?.textContent ?? "",
    results: [...root.querySelectorAll(".bp-steps-result")].filter(e => e.firstChild).map(e =>
      [e.firstChild.textContent, [...e.querySelectorAll("[data-name]")].map(d => d.dataset.name)]),
    options: [...root.querySelectorAll("select")].map(e =>
      [...e.options].map(option => [option._value, option.textContent])),
    fields: [...root.querySelectorAll(".bp-number")].map(e => [e.querySelector("label").textContent,
      e.querySelector("input[type=text]").ariaLabel,
      Number(e.querySelector("input[type=text]").value)]),
    pressed: [...root.querySelectorAll("[aria-pressed=true]")].map(e => e.textContent),
    formulas: [...root.querySelectorAll("math")].filter(shown).map(e => e.textContent),
    tables: [...root.querySelectorAll("tbody tr")].filter(shown)
      .map(row => [...row.children].filter(shown).map(e => e.textContent)),
    colours: ["forward", "backward", "parameter", "error", "muted"].map(name => {
      const probe = document.createElement("i");
      root.append(probe);
      probe.style.color = `var(--bp-${name}, ${{ forward: "#1f6feb", backward: "#b4530a",
        parameter: "#1a7f37", error: "#b3246f", muted: "#6b7280" }[name]})`;
      const colour = getComputedStyle(probe).color;
      probe.remove();
      return [name, colour];
    }),
    ink: getComputedStyle(root).color,
  };
}"""


class Seen:
    """A figure as a page shows it.

    Attributes
    ----------
    words : str
    drawings : list of Drawing
    places : list of dict
        Of each number on display its name and surroundings.
    """

    def __init__(self, found):
        self.words = found["words"]
        self.drawings = [Drawing(**drawing) for drawing in found["drawings"]]
        self.places, self.pressed = found["places"], found["pressed"]
        self.formulas, self.tables = found["formulas"], found["tables"]
        self.legends, self.explanation = found["legends"], found["explanation"]
        self.results, self.options = found["results"], found["options"]
        self.fields = found["fields"]
        self.colours = {**dict(found["colours"]), "ink": found["ink"]}

    def check_small(self, numbers):
        """Numbers without a difference in them are right in all digits, however small they are."""
        for place in self.places:
            if place["name"] in numbers:
                wanted = numbers[place["name"]]
                assert math.isclose(place["value"], wanted, rel_tol=1e-9), (place, wanted)

    def check_fields(self, wanted):
        """Fields by what they are called aloud: {spoken: (label, value)}."""
        fields = {spoken: (label, value) for label, spoken, value in self.fields}
        for spoken, pair in wanted.items():
            assert fields[spoken] == pair, (spoken, fields[spoken])

    def drawing(self, beginning):
        """The drawing whose label begins so."""
        [found] = [d for d in self.drawings if (d.label or "").startswith(beginning)]
        return found

    def colour_of(self, name):
        """The colours in which a number is shown, by their names."""
        names = {colour: word for word, colour in self.colours.items()}
        return {names.get(p["colour"], p["colour"]) for p in self.places if p["name"] == name}


class Drawing:
    """A drawing: `parts` are dicts of attributes, with `tag`, `text`, `names` and `box`."""

    def __init__(self, label, parts):
        self.label, self.parts = label, parts

    def of(self, tag, **attributes):
        """Parts with this tag and these attributes; stroke_width stands for stroke-width."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            part
            for part in self.parts
            if part["tag"] == tag and all(part.get(n) == v for n, v in wanted.items())
        ]

    def texts(self):
        return [part["text"] for part in self.parts if part["tag"] == "text"]

    def named(self, name):
        """The text that holds the number of this name, or None."""
        return next((p for p in self.parts if p["tag"] == "text" and name in p["names"]), None)

    def units(self, sizes, smallest=10):
        """{(l, i): circle} of a layered network: columns from left to right, from the top."""
        circles = [c for c in self.of("circle") if float(c["r"]) >= smallest]
        columns = {}
        for circle in circles:
            columns.setdefault(round(float(circle["cx"])), []).append(circle)
        columns = [columns[x] for x in sorted(columns)][: len(sizes)]
        assert [len(column) for column in columns] == list(sizes), [len(c) for c in columns]
        return {
            (l, i): circle
            for l, column in enumerate(columns)
            for i, circle in enumerate(sorted(column, key=lambda c: float(c["cy"])), start=1)
        }

    def edges(self, sizes, units):
        """{(l, i, j): line} from unit j of layer l - 1 to unit i of layer l, by where it ends."""
        found = {}
        for line in self.of("line"):
            if line.get("stroke") == "transparent" or line.get("stroke-dasharray") == "2 4":
                continue
            ends = [(float(line["x1"]), float(line["y1"])), (float(line["x2"]), float(line["y2"]))]
            at = [nearest(units, end) for end in ends]
            if None in at:
                continue
            (l, j), (m, i) = at
            assert m == l + 1, at
            assert (m, i, j) not in found, at
            found[m, i, j] = line
        wanted = {
            (l, i, j)
            for l in range(1, len(sizes))
            for i in range(1, sizes[l] + 1)
            for j in range(1, sizes[l - 1] + 1)
        }
        assert found.keys() == wanted
        return found


def nearest(units, point, within=6):
    """The unit at whose centre or edge a point lies; None if there is none."""
    for unit, circle in units.items():
        away = math.dist(point, centre(circle)) - float(circle["r"])
        if away < within:
            return unit
    return None


def closest(units, point):
    """The unit whose centre is closest to a point."""
    return min(units, key=lambda unit: math.dist(point, centre(units[unit])))


def centre(circle):
    return float(circle["cx"]), float(circle["cy"])


def middle(part):
    x, y, width, height = part["box"]
    return x + width / 2, y + height / 2


def distance_to_line(point, line):
    """How far a point is from a line between two points."""
    (x, y), start = point, np.array([float(line["x1"]), float(line["y1"])])
    along = np.array([float(line["x2"]), float(line["y2"])]) - start
    t = np.clip(np.dot(np.array([x, y]) - start, along) / np.dot(along, along), 0, 1)
    return float(np.linalg.norm(start + t * along - [x, y]))


def points_of(path):
    """The corners of a path of straight lines."""
    pairs = re.findall(r"[ML]\s*(-?[\d.]+)[ ,](-?[\d.]+)", path)
    return np.array(pairs, dtype=float).reshape(-1, 2)


def check_width(line, weight, more=0):
    """A line is the thicker, the larger its weight, and dashed if and only if it is negative."""
    wide = 1 + 2.5 * math.sqrt(min(abs(weight), 4)) + more
    assert abs(float(line["stroke-width"]) - wide) < 0.06, (line, weight)
    assert ("stroke-dasharray" in line) == (weight < 0), (line, weight)


def match(pattern, words):
    """A sentence with numbers in it: what stands in its holes `#`, as texts."""
    text = re.escape(pattern).replace(r"\#", "([-−]?[0-9.]+(?:e[-+−][0-9]+|·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)")
    found = re.fullmatch(text, words)
    assert found, f"the page says {words!r}, not {pattern!r}"
    return found.groups()


def check_numbers(texts, values):
    """Each text is its number to the last digit shown."""
    assert len(texts) == len(values)
    for text, value in zip(texts, values, strict=True):
        shown, unit, _ = parts_of_number(text)
        assert abs(float(shown) - value) <= float(unit) * 0.5001 + 1e-15, (text, value)


def colour_of(expression):
    """The colour of a quantity, by the rule that colours derivations too."""
    return {"forward": "forward", "back": "backward", None: "ink"}[direction(expression)]


def counted(number, thing):
    return f"{number} {thing}{'' if number == 1 else 's'}"
