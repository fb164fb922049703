// The plane of the inputs: the output as a shade, the points, and a line for each hidden unit.

import { html, set, svg } from "../page/dom.js";
import { canvas, circle, line, text } from "../page/drawing.js";
import { palette } from "../page/palette.js";
import { plot } from "../page/plot.js";
import { pointsOf } from "./run.js";

const REACH = 1.5;
const GRID = 48; // the output is calculated at so many places each way
const DEPTH = 300; // opacity, of 255, of an output that is 1 away from ½; it is at most ½

// Where a quantity that is known on a grid is 0: the "d" of a path, up to the very border. Each
// square of the grid is cut along a straight line. `place` puts grid coordinates into the drawing.
function zeroPath(values, count, place) {
  let path = "";
  for (let row = 0; row < count - 1; row++) {
    for (let column = 0; column < count - 1; column++) {
      const n = row * count + column;
      const above = values[n] > 0;
      if (above === values[n + 1] > 0 && above === values[n + count] > 0 &&
          above === values[n + count + 1] > 0) continue;
      const corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(([right, down]) =>
        [column + right, row + down, values[n + right + count * down]]);
      const cuts = corners.flatMap(([x1, y1, from], side) => {
        const [x2, y2, to] = corners[(side + 1) % 4];
        if (from > 0 === to > 0) return [];
        const t = from / (from - to);
        const [x, y] = place(x1 + t * (x2 - x1), y1 + t * (y2 - y1));
        return `${x.toFixed(1)} ${y.toFixed(1)}`;
      });
      for (let cut = 0; cut < cuts.length; cut += 2) path += `M${cuts[cut]}L${cuts[cut + 1]}`;
    }
  }
  return path;
}

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
  // The grid's places, from the top left as in a picture, and how far the output there is from ½.
  const side = Array.from({ length: GRID }, (_, n) => ((2 * n) / (GRID - 1) - 1) * REACH);
  const places = side.toReversed().flatMap((x2) => side.map((x1) => [x1, x2]));
  const undecided = new Float64Array(places.length);
  // The shade's colours are not known before the page's theme is: they are read from here.
  const samples = [palette.forward, palette.backward].map((colour) =>
    html("i", { style: `color: ${colour}` }));
  const theme = new MutationObserver(() => {
    colours = shown = null;
    self.redraw();
  });
  for (const place of [document.documentElement, document.body])
    theme.observe(place, { attributeFilter: ["data-theme", "data-jp-theme-light"] });
  self.end(() => {
    drawing.remove();
    theme.disconnect();
  });
  const frame = html("div", { class: "bp-training-shade" }, shade);
  const element = html("div", { class: "bp-training-plane" }, frame, drawing.element, ...samples);
  drawing.element.addEventListener("click", (event) => {
    const box = drawing.element.getBoundingClientRect();
    const [x1, x2] = [axes.valueX(event.clientX - box.left), axes.valueY(event.clientY - box.top)];
    if (Math.max(Math.abs(x1), Math.abs(x2)) <= REACH) choose(round(x1), round(x2));
  });
  const round = (value) => Math.round(value * 100) / 100;

  let colours, shown; // what the shade was drawn with
  let axes, width, marks, shownData, shownPoints, border, unitLines, unitLabels, probe;

  function layOut() {
    width = drawing.width;
    axes = plot(width, width + 28, {
      x: [-REACH, REACH], y: [-REACH, REACH], xLabel: "x₁", yLabel: "x₂", spacing: [70, 70],
      left: 34, right: 2,
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
    shownData = shown = null;
  }

  function drawPoints(state) {
    if (shownData === state.data && shownPoints === state.points) return;
    [shownData, shownPoints] = [state.data, state.points];
    marks.replaceChildren(
      ...pointsOf(state).map(([x1, x2, target]) => mark(axes.x(x1), axes.y(x2), target)));
  }

  function drawShade({ rule, parameters }) {
    colours ??= samples.map((sample) =>
      getComputedStyle(sample).color.match(/\d+/g).map(Number));
    places.forEach((x, n) => {
      const a = rule.forward(parameters, x).a.at(-1)[0];
      undecided[n] = a - 0.5;
      image.data.set(colours[a < 0.5 ? 0 : 1], 4 * n);
      image.data[4 * n + 3] = DEPTH * Math.abs(a - 0.5);
    });
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
      const [x1, y1, x2, y2] = d.match(/[\d.]+/g).map(Number);
      const t = 0.08 + 0.1 * n;
      set(label, { x: x1 + t * (x2 - x1), y: y1 + t * (y2 - y1) + 5 });
    });
  }

  return {
    element,
    draw(state, now) {
      if (!drawing.width) return;
      if (drawing.width !== width) layOut();
      if (!shown || shown.rule !== now.rule || shown.parameters !== now.parameters) drawShade(now);
      shown = now;
      drawUnitLines(now, state.lines);
      drawPoints(state);
      const [x1, x2] = state.point;
      set(probe, { transform: `translate(${axes.x(x1)} ${axes.y(x2)})` });
    },
  };
}
