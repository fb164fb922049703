// The map: contours of E, and on them the path of gradient descent.

import { contoursOf, crossings } from "../page/contours.js";
import { html, set, svg } from "../page/dom.js";
import { canvas, circle, rectangle, text } from "../page/drawing.js";
import { palette } from "../page/palette.js";
import { plot } from "../page/plot.js";
import { heightAt } from "./walk.js";

const MARGINS = { left: 40, right: 10, top: 26, bottom: 42 };

// How much of a step from a point, 0 to 1, is inside the view.
function partInside([w1, w2], [d1, d2], [left, right, bottom, top]) {
  const until = (at, by, low, high) => (by ? ((by > 0 ? high : low) - at) / by : 1);
  return Math.max(0, Math.min(1, until(w1, d1, left, right), until(w2, d2, bottom, top)));
}

export function inView([w1, w2], [left, right, bottom, top]) {
  return w1 >= left && w1 <= right && w2 >= bottom && w2 <= top;
}

// A part of a drawing where nothing gets out of the box.
function clipped({ left, right, top, bottom }, ...children) {
  const [width, height] = [right - left, bottom - top];
  return svg("svg", { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` },
    ...children);
}

// The part that changes with the surface and the width only: two layers let the browser keep it.
function drawGround(element, axes, surface, contours) {
  const closed = (points) => `${axes.path(points)}Z`;
  const { box } = axes;
  const lines = surface.levels.map((level) =>
    svg("path", {
      d: contours.at(level).map(closed).join(""), fill: palette.error, "fill-opacity": 0.035,
      "fill-rule": "evenodd", stroke: palette.error, "stroke-opacity": 0.75, "stroke-width": 1,
    }));
  const of = (w1, w2) => heightAt(surface, [w1, w2]);
  const labels = [];
  const taken = [];
  const written = new Set();
  for (const way of surface.labels) {
    for (const [level, w1, w2] of crossings(of, surface.levels, way)) {
      const [x, y] = [axes.x(w1), axes.y(w2)];
      const free = taken.every(([u, v]) => Math.abs(u - x) > 34 || Math.abs(v - y) > 17);
      const whole = x > box.left + 16 && x < box.right - 16 && y > box.top + 9 && y < box.bottom - 9;
      if (written.has(level) || !free || !whole) continue;
      written.add(level);
      taken.push([x, y]);
      labels.push(text(x, y + 4, String(level), {
        "font-size": 11, fill: palette.error, halo: true, "stroke-width": 4 }));
    }
  }
  const key = [[palette.error, "lines of equal E"], [palette.parameter, "path"],
    [palette.backward, "next step"]].map(([fill, word], n) =>
    svg("tspan", { fill, dx: n && 14 }, word));
  const legend = text(box.right, 14, "", { "text-anchor": "end", "font-size": 12 });
  legend.append(...key);
  element.replaceChildren(
    clipped(box, ...lines, ...labels),
    legend,
    rectangle(box.left, box.top, box.right - box.left, box.bottom - box.top,
      { fill: "none", stroke: palette.muted }),
    // A grid would be one net of lines too many.
    ...axes.parts.filter((part) => part.tagName !== "line"),
  );
}

// `choose(start)` is called with the weights at a point that the reader clicks or drags to.
export function descentMap(self, choose) {
  const ground = canvas("Contours of E over two weights; click or drag to choose the start",
    self.redraw);
  self.end(ground.remove);
  const path = svg("path", { fill: "none", stroke: palette.parameter, "stroke-width": 1.8,
    "stroke-linejoin": "round" });
  const dots = svg("path", { class: "bp-descent-dots", stroke: palette.parameter });
  const start = circle(0, 0, 7, { stroke: palette.parameter });
  const here = circle(0, 0, 5.5, { fill: palette.parameter, stroke: palette.paper,
    "stroke-width": 1.5 });
  const arrow = svg("path", { fill: "none", stroke: palette.backward, "stroke-width": 3 });
  const head = svg("path", { fill: palette.backward });
  const exit = svg("path", { fill: palette.parameter });
  const startName = text(0, 0, "start", { fill: palette.parameter, "font-size": 12, halo: true });
  const exitName = text(0, 0, "leaves the picture", { fill: palette.parameter, "font-size": 12,
    halo: true });
  const handle = circle(0, 0, 20, { fill: "transparent", stroke: "none" });
  handle.style.cssText = "cursor: grab; touch-action: none";
  let inside = clipped({ left: 0, right: 0, top: 0, bottom: 0 }, path, dots, start, arrow, head,
    here, exit, startName, exitName, handle);
  const moving = svg("svg", { class: "bp-picture bp-descent-moving", "aria-hidden": "true" }, inside);
  let axes;
  let surface;
  let contours;
  let drawnFor = "";

  function layOut(now) {
    const key = `${ground.width} ${now.surface.title}`;
    if (key === drawnFor) return;
    drawnFor = key;
    const [left, right, bottom, top] = now.surface.view;
    // One scale for both weights: only then is the step at right angles to the contour.
    const wide = ground.width - MARGINS.left - MARGINS.right;
    const height = Math.round((wide * (top - bottom)) / (right - left)) + MARGINS.top + MARGINS.bottom;
    const [xLabel, yLabel] = now.surface.weights;
    axes = plot(ground.width, height, { x: [left, right], y: [bottom, top], xLabel, yLabel,
      ...MARGINS });
    if (surface !== now.surface) {
      surface = now.surface;
      contours = contoursOf((w1, w2) => heightAt(surface, [w1, w2]), surface.view, 96, 80);
    }
    ground.size(height);
    drawGround(ground.element, axes, surface, contours);
    set(moving, { viewBox: `0 0 ${ground.width} ${height}`, height });
    const placed = clipped(axes.box, ...inside.childNodes);
    inside.replaceWith(placed);
    inside = placed;
  }

  const at = ([w1, w2]) => [axes.x(w1), axes.y(w2)];
  const hide = (element, hidden) => set(element, { visibility: hidden ? "hidden" : null });

  // A triangle that ends at (x, y) and points along (ux, uy).
  function triangle([x, y], [ux, uy], size) {
    const [bx, by] = [x - ux * size, y - uy * size];
    const half = size * 0.45;
    return `M${x} ${y}L${bx - uy * half} ${by + ux * half}L${bx + uy * half} ${by - ux * half}Z`;
  }

  function direction([x1, y1], [x2, y2]) {
    const size = Math.hypot(x2 - x1, y2 - y1);
    return size > 0 ? [(x2 - x1) / size, (y2 - y1) / size] : [0, 0];
  }

  function drawNextStep(now) {
    const part = partInside(now.w, now.step, surface.view);
    const from = at(now.w);
    const tip = at(now.w.map((weight, k) => weight + part * now.step[k]));
    const size = Math.hypot(tip[0] - from[0], tip[1] - from[1]);
    const visible = inView(now.w, surface.view) && size > 3;
    hide(arrow, !visible);
    hide(head, !visible);
    if (!visible) return;
    const along = direction(from, tip);
    const point = Math.min(13, size * 0.7);
    const neck = [tip[0] - along[0] * point * 0.9, tip[1] - along[1] * point * 0.9];
    set(arrow, { d: `M${from}L${neck}` });
    set(head, { d: triangle(tip, along, point) });
  }

  // Where the path leaves the picture, if that is where it is.
  function drawExit({ points, w }) {
    const gone = points.length > 1 && !inView(w, surface.view);
    const last = gone ? points.findLastIndex((point) => inView(point, surface.view)) : -1;
    hide(exit, last < 0);
    hide(exitName, last < 0);
    if (last < 0) return;
    const [from, to] = [points[last], points[last + 1]];
    const step = to.map((weight, k) => weight - from[k]);
    const part = partInside(from, step, surface.view);
    const tip = at(from.map((weight, k) => weight + part * step[k]));
    const along = direction(at(from), tip);
    set(exit, { d: triangle(tip, along, 15) });
    const { box } = axes;
    set(exitName, {
      x: Math.min(box.right - 58, Math.max(box.left + 58, tip[0] - along[0] * 34)),
      y: Math.min(box.bottom - 10, Math.max(box.top + 18, tip[1] - along[1] * 34)),
    });
  }

  // Beside the start, inside the picture, and as far as can be from where the path goes.
  function nameStart([x, y], { points, w, step }) {
    const [, second = w.map((weight, k) => weight + step[k])] = points;
    const [ux, uy] = direction([x, y], at(second));
    const { box } = axes;
    const cost = ([dx, dy]) =>
      (dx * ux + dy * uy) / Math.hypot(dx, dy) +
      (x + dx - 16 < box.left || x + dx + 16 > box.right ? 3 : 0) +
      (y + dy - 8 < box.top || y + dy + 8 > box.bottom ? 3 : 0);
    const [dx, dy] = [[-27, 0], [27, 0], [0, -18], [0, 18]].reduce((best, place) =>
      cost(place) < cost(best) ? place : best);
    set(startName, { x: x + dx, y: y + dy + 4 });
  }

  function draw(now) {
    if (!ground.width) return;
    layOut(now);
    const dot = (point) => `M${at(point).map((px) => px.toFixed(1))}h.01`;
    set(path, { d: axes.path(now.points) });
    set(dots, { d: now.points.map(dot).join(""), "stroke-width": now.taken > 100 ? 4 : 6 });
    const [x, y] = at(now.points[0]);
    set(start, { cx: x, cy: y });
    set(handle, { cx: x, cy: y });
    nameStart([x, y], now);
    const [hx, hy] = at(now.w);
    set(here, { cx: hx, cy: hy });
    drawNextStep(now);
    drawExit(now);
  }

  // With a mouse the start follows from the first press. A finger that swipes down scrolls the
  // page; the browser then cancels, and the start goes back to where it was.
  moving.addEventListener("pointerdown", (down) => {
    if (!axes || down.button !== 0) return;
    const { start: before, steps } = self.state;
    const listening = new AbortController();
    const place = moving.getBoundingClientRect();
    const limit = (value, low, high) => Math.round(Math.min(high, Math.max(low, value)) * 100) / 100;
    const follow = (event) => {
      const [left, right, bottom, top] = surface.view;
      choose([
        limit(axes.valueX(event.clientX - place.left), left, right),
        limit(axes.valueY(event.clientY - place.top), bottom, top),
      ]);
    };
    moving.setPointerCapture(down.pointerId);
    down.preventDefault();
    if (down.pointerType !== "touch") follow(down);
    const on = (type, action) => moving.addEventListener(type, action, listening);
    on("pointermove", follow);
    on("pointerup", (event) => {
      follow(event);
      listening.abort();
    });
    on("pointercancel", () => {
      self.change({ start: before, steps });
      listening.abort();
    });
  });

  const element = html("div", { class: "bp-descent-map" }, ground.element, moving);
  return { element, draw };
}
