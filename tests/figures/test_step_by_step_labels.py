"""Step by step: every label is there and can be read, in every network, at every stage."""

import re
from itertools import product

import pytest

from bplib.figures import BackpropStepByStep
from bplib.figures.step_by_step.examples import NETWORKS, layer_sizes

from .reader import DESK, PHONE, Reader

pytestmark = pytest.mark.browser

# These have no room for the numbers of all lines at once: it is said whose there are.
TOO_MANY = {"desk": ("2-4-4-1",), "phone": ("3-3-4-2", "2-2-2-1", "2-3-3-1", "2-4-4-1")}
VIEWPORTS = {"desk": DESK, "phone": PHONE}

# What stands in the drawing and what is wrong with it, from the geometry alone. A line may pass
# behind a label only if an opaque plate, painted after the line, keeps it away from the text.
READ = """root => {
  const svg = root.querySelector("svg");
  const seen = e => e.checkVisibility({ visibilityProperty: true });
  const all = selector => [...svg.querySelectorAll(selector)].filter(seen);
  const box = e => { const { x, y, width, height } = e.getBBox();
    return { left: x, right: x + width, top: y, bottom: y + height }; };
  const number = (e, name) => Number(e.getAttribute(name));
  const later = (a, b) => Boolean(a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  const within = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1
    && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom
    && b.top < a.bottom;
  const paper = getComputedStyle(svg.querySelector("circle")).fill;

  const texts = all("text").filter(e => e.textContent.trim())
    .map(e => ({ e, name: e.textContent, box: box(e) }));
  const plates = all("rect").filter(e => getComputedStyle(e).fillOpacity === "1"
    && getComputedStyle(e).fill !== "none").map(e => ({ e, box: box(e) }));
  const circles = all("circle").map(e => ({ e, x: number(e, "cx"), y: number(e, "cy"),
    reach: number(e, "r") - number(e, "stroke-width") / 2,
    edge: number(e, "r") + number(e, "stroke-width") / 2 }));
  const lines = all("line").filter(e => e.getAttribute("stroke") !== "transparent").map(e => ({
    e, half: number(e, "stroke-width") / 2,
    ends: ["x1", "y1", "x2", "y2"].map(name => number(e, name)) }));

  // Does the line, with its thickness, go through the box? Tried at points 1/2 px apart.
  function through({ ends: [x1, y1, x2, y2], half }, { left, right, top, bottom }) {
    const steps = 2 * Math.hypot(x2 - x1, y2 - y1);
    for (let n = 0; n <= steps; n++) {
      const x = x1 + (n / steps) * (x2 - x1), y = y1 + (n / steps) * (y2 - y1);
      if (x > left - half && x < right + half && y > top - half && y < bottom + half) return true;
    }
    return false;
  }

  const faults = [];
  texts.forEach(({ e, name, box: b }, n) => {
    for (const other of texts.slice(n + 1))
      if (touch(b, other.box)) faults.push(`${name} touches ${other.name}`);
    const glyphs = { ...b, top: b.top + 2, bottom: b.bottom - 2 };
    for (const line of lines) {
      if (!through(line, glyphs)) continue;
      const kept = plates.some(plate => plate.e.parentNode === e.parentNode
        && later(line.e, plate.e) && later(plate.e, e) && within(glyphs, plate.box));
      const inside = circles.some(c => later(line.e, c.e) && later(c.e, e)
        && Math.hypot(Math.max(c.x - b.left, b.right - c.x),
          Math.max(c.y - glyphs.top, glyphs.bottom - c.y)) <= c.edge);
      if (!kept && !inside) faults.push(`a line goes through ${name}`);
    }
    for (const plate of plates)
      if (plate.e.parentNode !== e.parentNode && later(e, plate.e) && touch(glyphs, plate.box))
        faults.push(`${name} is behind the plate of ${plate.e.parentNode.textContent}`);
    const middle = (b.top + b.bottom) / 2;
    for (const c of circles) {
      const near = Math.hypot(Math.max(b.left - c.x, 0, c.x - b.right),
        Math.max(b.top - c.y, 0, c.y - b.bottom));
      if (near > c.edge) continue;
      // The texts in the middle of a unit fit into it at their height; all others stay outside.
      const chord = Math.sqrt(Math.max(0, c.reach ** 2 - (middle - c.y) ** 2));
      const inside = Math.abs((b.left + b.right) / 2 - c.x) < 0.5 && Math.abs(middle - c.y) < 14;
      if (!inside || (b.right - b.left) / 2 > chord) faults.push(`${name} touches a circle`);
    }
    const width = svg.viewBox.baseVal.width;
    if (b.left < 0 || b.right > width + 1 || b.top < -1) faults.push(`${name} is cut off`);
  });
  const shown = all("[data-name]").map(e => e.dataset.name);
  return { faults, shown, texts: texts.length,
    said: root.querySelector(".bp-steps-lines")?.textContent ?? "" };
}"""


def expected(sizes, step):
    """The names of the numbers in the drawing: those of the units, and those of the lit lines."""
    L = len(sizes) - 1
    units = {f"a0_{i}" for i in range(1, sizes[0] + 1)}
    for l in range(1, L + 1):
        for first, letter in ((2 * l, "z"), (2 * l + 1, "a"), (3 * L + 3 - l, "delta")):
            if step >= first:
                units |= {f"{letter}{l}_{i}" for i in range(1, sizes[l] + 1)}
    if step >= 2 * L + 2:
        units |= {"error", *(f"y{i}" for i in range(1, sizes[L] + 1))}

    def of(name, l):
        return {f"{name}{l}_{i + 1}{j + 1}" for i in range(sizes[l]) for j in range(sizes[l - 1])}

    lines, whose = set(), ""
    if step <= 2 * L and step % 2 == 0:
        lines, whose = of("w", step // 2), rf"w{step // 2}_1\d"
    elif 2 * L + 3 < step <= 3 * L + 2:
        l = 3 * L + 3 - step
        lines, whose = of("w", l + 1), rf"w{l + 1}_\d1"
    elif 3 * L + 2 < step <= 4 * L + 2:
        l = step - 3 * L - 2
        lines, whose = of("byW", l), rf"byW{l}_1\d"
    elif step == 4 * L + 3:
        lines = set().union(*(of("afterW", l) for l in range(1, L + 1)))
        whose = r"afterW1_1\d"
    return units, lines, whose


@pytest.mark.parametrize("place", VIEWPORTS)
@pytest.mark.parametrize("network", NETWORKS)
def test_every_label_is_there_and_legible(visit, on_file, network, place):
    sizes = layer_sizes(network)
    reader = Reader(visit(on_file("BackpropStepByStep"), viewport=VIEWPORTS[place]))
    for step in range(1, 4 * (len(sizes) - 1) + 4):
        reader.follow(BackpropStepByStep(network=network, step=step).link())
        seen = reader.live.evaluate(READ)
        assert seen["faults"] == [], (network, step)
        units, lines, whose = expected(sizes, step)
        shown = set(seen["shown"])
        assert len(shown) == len(seen["shown"]), (network, step)
        assert units <= shown, (network, step, units - shown)
        partly = "choose another unit for its own" in seen["said"]
        if partly:
            assert network in TOO_MANY[place], (network, step)
            lines = {name for name in lines if re.fullmatch(whose, name)}
        assert shown - units == lines, (network, step)
        # Names of units, numbers, captions of layers, and the E.
        names = sum(sizes) + len(sizes) + (place == "desk")
        assert seen["texts"] == names + len(shown), (network, step)


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_labels_of_what_is_looked_at(visit, on_file, viewport):
    reader = Reader(visit(on_file("BackpropStepByStep"), viewport=viewport))
    for network, step in product(("2-3-2", "3-3-4-2"), (4, 8)):
        for look in ("w1_12", "w2_32", "a1_3", "a2_2"):
            if look == "w2_32" and network == "2-3-2":
                continue
            figure = BackpropStepByStep(network=network, step=step, look=look)
            reader.follow(figure.link())
            seen = reader.live.evaluate(READ)
            assert seen["faults"] == [], figure
            if look.startswith("w"):
                assert look in seen["shown"], figure
