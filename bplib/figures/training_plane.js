// The plane of the inputs: the output as a shade, the points, and a line for each hidden unit.

import { html, set, svg } from "./page/dom.js";
import { canvas, circle, line, text } from "./page/drawing.js";
import { palette } from "./page/palette.js";
import { plot } from "./page/plot.js";
import { pointsOf } from "./training_run.js";

const REACH = 1.5;
const GRID = 48; // the output is calculated at so many places each way

// Where a quantity that is known on a grid is 0: the "d" of a path. Each square of the grid is cut
// along straight lines between places on its sides. `place` puts grid coordinates into the drawing.
function zeroPath(values, count, place) {
  const parts = [];
  for (let row = 0; row < count - 1; row++) {
    for (let column = 0; column < count - 1; column++) {
      const n = row * count + column;
      const corners = [values[n], values[n + 1], values[n + count + 1], values[n + count]];
      const above = corners.map((value) => value > 0);
      if (above.every((side) => side === above[0])) continue;
      const cuts = [];
      [[0, 0, 1, 0], [1, 0, 1, 1], [1, 1, 0, 1], [0, 1, 0, 0]].forEach(([x1, y1, x2, y2], side) => {
        const next = (side + 1) % 4;
        if (above[side] === above[next]) return;
        const t = corners[side] / (corners[side] - corners[next]);
        cuts.push(place(column + x1 + t * (x2 - x1), row + y1 + t * (y2 - y1)));
      });
      for (let cut = 0; cut < cuts.length; cut += 2)
        parts.push(`M${cuts[cut].map(short)}L${cuts[cut + 1].map(short)}`);
    }
  }
  return parts.join("");
}

const short = (value) => value.toFixed(1);

// A point: a circle for target 0, a square for target 1, so that colour is not needed to see it.
export function mark(x, y, target, attributes) {
  const look = { stroke: palette.paper, "stroke-width": 1.5, ...attributes };
  return target
    ? svg("rect", { x: x - 6, y: y - 6, width: 12, height: 12, fill: palette.backward, ...look })
    : circle(x, y, 6.5, { fill: palette.forward, ...look });
}

// `choose(x1, x2)` is called for a place that was clicked or tapped.
export function plane(self, choose) {
  const shade = html("canvas", { width: GRID, height: GRID, "aria-hidden": "true" });
  const pixels = shade.getContext("2d");
  const image = pixels.createImageData(GRID, GRID);
  const drawing = canvas("The plane of the inputs; click to add a point", self.redraw);
  self.end(drawing.remove);
  // Their colours in the page's theme are read from here.
  const samples = [palette.forward, palette.backward].map((fill) => html("i", { style: `color: ${fill}` }));
  const frame = html("div", { class: "bp-training-shade" }, shade);
  const element = html("div", { class: "bp-training-plane" }, frame, drawing.element, ...samples);
  drawing.element.addEventListener("click", (event) => {
    const box = drawing.element.getBoundingClientRect();
    const [x1, x2] = [axes.valueX(event.clientX - box.left), axes.valueY(event.clientY - box.top)];
    if (Math.max(Math.abs(x1), Math.abs(x2)) <= REACH) choose(round(x1), round(x2));
  });
  const round = (value) => Math.round(value * 100) / 100;

  let axes, width, marks, shownData, shownPoints, border, unitLines, unitLabels, probe;

  function layOut() {
    width = drawing.width;
    axes = plot(width, width + 28, {
      x: [-REACH, REACH], y: [-REACH, REACH], xLabel: "x₁", yLabel: "x₂", left: 34, right: 2,
    });
    const { left, right, top, bottom } = axes.box;
    frame.style.cssText =
      `left: ${left}px; top: ${top}px; width: ${right - left}px; height: ${bottom - top}px`;
    drawing.size(width + 28);
    border = svg("path", { fill: "none", stroke: palette.ink, "stroke-width": 2.5 });
    [unitLines, unitLabels] = [svg("g"), svg("g")];
    marks = svg("g");
    probe = svg("g", { fill: "none", stroke: palette.ink, "stroke-width": 1.5 },
      circle(0, 0, 9, { fill: "none", stroke: "inherit", "stroke-width": 1.5 }),
      ...[[-13, 0, -5, 0], [5, 0, 13, 0], [0, -13, 0, -5], [0, 5, 0, 13]].map((ends) =>
        line(...ends, { stroke: "inherit", "stroke-width": 1.5 })));
    drawing.element.replaceChildren(...axes.parts, unitLines, border, unitLabels,
      marks, probe);
    shownData = null;
  }

  function drawPoints(state) {
    if (shownData === state.data && shownPoints === state.points) return;
    [shownData, shownPoints] = [state.data, state.points];
    marks.replaceChildren(
      ...pointsOf(state).map(([x1, x2, target]) => mark(axes.x(x1), axes.y(x2), target)));
  }

  function drawShade({ rule, parameters }) {
    const [zero, one] = samples.map((sample) => getComputedStyle(sample).color.match(/\d+/g));
    const side = Array.from({ length: GRID }, (_, n) => ((2 * n) / (GRID - 1) - 1) * REACH);
    const undecided = new Float64Array(GRID * GRID);
    for (let n = 0; n < GRID * GRID; n++) {
      const x = [side[n % GRID], side[GRID - 1 - Math.floor(n / GRID)]];
      const a = rule.forward(parameters, x).a.at(-1)[0];
      undecided[n] = a - 0.5;
      const colour = a < 0.5 ? zero : one;
      for (let part = 0; part < 3; part++) image.data[4 * n + part] = colour[part];
      image.data[4 * n + 3] = 320 * Math.abs(a - 0.5);
    }
    pixels.putImageData(image, 0, 0);
    const { left, right, top, bottom } = axes.box;
    const place = (column, row) => [
      left + (column / (GRID - 1)) * (right - left), top + (row / (GRID - 1)) * (bottom - top)];
    set(border, { d: zeroPath(undecided, GRID, place) || null });
  }

  // z of a unit of layer 1 is a plane over the inputs: its values at the corners say where it is 0.
  function drawUnitLines({ rule, parameters }, shown) {
    const units = shown && rule.sizes.length > 2 ? rule.sizes[1] : 0;
    if (unitLines.children.length !== units) {
      const numbers = Array.from({ length: units }, (_, n) => String(n + 1));
      unitLines.replaceChildren(...numbers.map(() =>
        svg("path", { stroke: palette.parameter, "stroke-width": 2 })));
      unitLabels.replaceChildren(...numbers.map((number) =>
        text(0, 0, number, { fill: palette.parameter, halo: true, "font-weight": "bold" })));
    }
    if (!units) return;
    const corners = [[-1, 1], [1, 1], [-1, -1], [1, -1]].map((corner) =>
      rule.forward(parameters, corner.map((value) => value * REACH)).z[1]);
    const { left, right, top, bottom } = axes.box;
    const place = (column, row) => [left + column * (right - left), top + row * (bottom - top)];
    [...unitLines.children].forEach((path, n) => {
      const label = unitLabels.children[n];
      const d = zeroPath(corners.map((z) => z[n]), 2, place);
      set(path, { d: d || null });
      set(label, { visibility: d ? null : "hidden" });
      if (!d) return;
      // One after the other, so that the labels of lines that coincide can all be read.
      const [x1, y1, x2, y2] = d.match(/-?[\d.]+/g).map(Number);
      const t = 0.08 + 0.1 * n;
      set(label, { x: x1 + t * (x2 - x1), y: y1 + t * (y2 - y1) + 5 });
    });
  }

  return {
    element,
    draw(state, now) {
      if (!drawing.width) return;
      if (drawing.width !== width) layOut();
      drawShade(now);
      drawUnitLines(now, state.lines);
      drawPoints(state);
      const [x1, x2] = state.point;
      set(probe, { transform: `translate(${axes.x(x1)} ${axes.y(x2)})` });
    },
  };
}
