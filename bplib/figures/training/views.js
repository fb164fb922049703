// Beside the plane: the error over the updates, and the network with its weights.

import { layered } from "../page/diagram.js";
import { set, svg } from "../page/dom.js";
import { canvas, circle, line, text, thickness } from "../page/drawing.js";
import { palette } from "../page/palette.js";
import { plot, roundUp } from "../page/plot.js";

const TALLEST = 4; // units of a layer

// Mean error over the updates made. `choose(update)` is called for a moment that was clicked.
export function learningCurve(self, choose) {
  const drawing = canvas("Mean error over the updates; click to go to a moment", self.redraw);
  self.end(drawing.remove);
  const height = 190;
  let axes, key, later, path, dot, limit, label;

  drawing.element.style.cursor = "pointer";
  drawing.element.addEventListener("click", (event) => {
    const box = drawing.element.getBoundingClientRect();
    choose(Math.round(axes.valueX(event.clientX - box.left)));
  });

  function layOut(reach, top) {
    axes = plot(drawing.width, height, {
      x: [0, reach], y: [0, top], xLabel: "updates", yLabel: "mean error E" });
    const look = { fill: "none", stroke: palette.error, "stroke-linejoin": "round" };
    limit = line(axes.box.left, 0, axes.box.right, 0,
      { stroke: palette.muted, "stroke-dasharray": "5 4", "stroke-width": 1.5 });
    later = svg("path", { ...look, stroke: palette.muted, "stroke-width": 1.2 });
    path = svg("path", { ...look, "stroke-width": 2.5 });
    dot = circle(0, 0, 5, { fill: palette.error, stroke: palette.paper });
    label = text(axes.box.left + 4, 0, "stop", { "text-anchor": "start", "font-size": 12, halo: true });
    drawing.element.replaceChildren(...axes.parts, limit, label, later, path, dot);
    drawing.size(height);
  }

  return {
    element: drawing.element,
    // How far the axis goes: to a round number of updates.
    reach: ({ history }) => roundUp(Math.max(100, history.at(-1)?.at ?? 0)),
    draw(state, now) {
      if (!drawing.width) return;
      const points = now.history.map((moment) => [moment.at, moment.error]);
      const reach = this.reach(now);
      const top = now.count ? roundUp(Math.max(1e-6, ...points.map(([, error]) => error))) : 1;
      const wanted = [drawing.width, reach, top].join();
      if (key !== wanted) layOut(reach, top);
      key = wanted;
      const past = points.filter(([at]) => at < now.at);
      set(path, { d: now.count ? axes.path([...past, [now.at, now.error]]) : null });
      set(later, { d: axes.path(points.slice(Math.max(0, past.length - 1))) || null });
      const shown = (visible) => (visible ? null : "hidden");
      set(dot, { cx: axes.x(now.at), cy: axes.y(now.count ? now.error : 0),
        visibility: shown(now.count) });
      const y = axes.y(state.below);
      const visibility = shown(state.stop === "error" && state.below <= top);
      set(limit, { y1: y, y2: y, visibility });
      set(label, { y: y - 5, visibility });
    },
  };
}

// The network: a line for each weight, thick for a large one, dashed for one below zero.
export function weightsDiagram(self) {
  const drawing = canvas("The network: thick lines are large weights, dashed ones negative",
    self.redraw);
  self.end(drawing.remove);
  let key, edges;

  function layOut(sizes) {
    // As high for every network, so that nothing below it moves.
    const [row, tallest] = [38, Math.max(...sizes)];
    const top = (row * (TALLEST - tallest)) / 2;
    const place = layered(sizes, drawing.width, { radius: 15, row, top, bottom: top });
    const units = [];
    edges = [];
    const L = sizes.length - 1;
    for (let l = 0; l <= L; l++) {
      for (let i = 1; i <= sizes[l]; i++) {
        for (let j = 1; l > 0 && j <= sizes[l - 1]; j++)
          edges.push(place.edge(l, i, j, { stroke: palette.parameter }));
        const [x, y] = place.unit(l, i);
        const first = l === 1 && L > 1; // its number is that of its line in the plane
        const name = l === 0 ? `x${"₀₁₂₃₄"[i]}` : l === L ? "ŷ" : first ? String(i) : "";
        units.push(circle(x, y, place.radius), text(x, y + 5, name,
          first ? { fill: palette.parameter, "font-weight": "bold" } : {}));
      }
    }
    drawing.element.replaceChildren(...edges, ...units);
    drawing.size(place.height);
  }

  return {
    element: drawing.element,
    draw({ rule, parameters }) {
      if (!drawing.width) return;
      const wanted = [drawing.width, ...rule.sizes].join();
      if (key !== wanted) layOut(rule.sizes);
      key = wanted;
      // Weights come first in the parameters, in the order of the lines.
      edges.forEach((edge, n) => {
        const weight = parameters[n];
        set(edge, { "stroke-width": thickness(weight).toFixed(2),
          "stroke-dasharray": weight < 0 ? "5 4" : null });
      });
    },
  };
}
