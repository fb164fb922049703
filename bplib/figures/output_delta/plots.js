// The pictures of one output unit: its output and its error over z, and δ as an area.

import { names } from "./rules.js";
import { ERROR_NAMES, OUTPUTS } from "./unit.js";
import { say, set, svg } from "../page/dom.js";
import { canvas, circle, draggable, line, rectangle, text } from "../page/drawing.js";
import { palette } from "../page/palette.js";
import { plot } from "../page/plot.js";

const WINDOW = 10; // z from −10 to 10; further out where the reader goes there
const SAMPLES = 160;
const TANGENT = 64; // half its length, in pixels

const ERROR_TOP = { identity: 60, tanh: 2.1, sigmoid: 0.55 };

function limited(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

// Axes with a curve, its tangent and a point. `shape(state, now)` says what is drawn.
function curvePlot(self, label, shape) {
  const drawing = canvas(label, self.redraw);
  const grid = svg("g");
  const inside = svg("svg", { fill: "none", "stroke-width": 2.5 });
  const curve = svg("path", { stroke: shape.colour });
  const tangent = line(0, 0, 0, 0, { stroke: shape.tangent, "stroke-width": 3.5 });
  const behind = svg("g");
  const before = svg("g");
  const point = circle(0, 0, 7, { stroke: shape.colour, "stroke-width": 3 });
  inside.append(curve, tangent);
  drawing.element.append(grid, behind, inside, before, point);
  let axes = null;
  let axesKey = "";
  let curveKey = "";

  function layOut(state, reach) {
    const [low, high] = shape.range(state, reach);
    const key = [drawing.width, reach, low, high].join();
    if (key === axesKey) return;
    axesKey = key;
    curveKey = "";
    const height = Math.round(limited(drawing.width * 0.72, 210, 330));
    drawing.size(height);
    axes = plot(drawing.width, height, {
      x: [-reach, reach], y: [low, high], xLabel: "weighted input z", yLabel: shape.yLabel,
    });
    grid.replaceChildren(...axes.parts);
    const { left, right, top, bottom } = axes.box;
    set(inside, {
      x: left, y: top, width: right - left, height: bottom - top,
      viewBox: `${left} ${top} ${right - left} ${bottom - top}`,
    });
  }

  return {
    drawing, behind, before, point,
    get axes() {
      return axes;
    },
    // Where a value is, at the edge if it is beyond.
    place: (z, value) => [
      limited(axes.x(z), axes.box.left, axes.box.right),
      limited(axes.y(value), axes.box.top, axes.box.bottom),
    ],
    update(state, rule, now, reach) {
      layOut(state, reach);
      const key = shape.key(state);
      if (key !== curveKey) {
        curveKey = key;
        const points = Array.from({ length: SAMPLES + 1 }, (_, n) => {
          const z = reach * ((2 * n) / SAMPLES - 1);
          // Far above the window a line would be drawn in vain, and with enormous coordinates.
          return [z, limited(shape.value(rule, z, state), ...shape.limits(state, reach))];
        });
        set(curve, { d: axes.path(points) });
      }
      const [x, y] = this.place(now.z, shape.at(now));
      const rise = shape.steepness(now) * (axes.y(1) - axes.y(0)) / (axes.x(1) - axes.x(0));
      const run = TANGENT / Math.hypot(1, rise);
      set(tangent, { x1: x - run, y1: y - run * rise, x2: x + run, y2: y + run * rise });
      set(point, { cx: x, cy: y });
    },
  };
}

// How far the axis of z goes.
export function reachOf(...values) {
  const far = Math.max(...values.map(Math.abs));
  return far <= WINDOW ? WINDOW : Math.ceil(far / 10) * 10;
}

// Left: a = g(z), its slope, the target and the gap.
export function outputPlot(self, moveTo) {
  const picture = curvePlot(self, "The output over the weighted input; drag the point or the target", {
    colour: palette.forward,
    tangent: palette.ink,
    yLabel: `output ${names.output}`,
    range({ activation }, reach) {
      if (activation === "identity") return [-reach, reach];
      const [low, high] = OUTPUTS[activation];
      const margin = 0.1 * (high - low);
      return [low - margin, high + margin];
    },
    limits: () => [-Infinity, Infinity],
    key: ({ activation }) => activation,
    value: (rule, z) => rule.a(z),
    at: (now) => now.a,
    steepness: (now) => now.slope,
  });
  const target = line(0, 0, 0, 0, {
    stroke: palette.ink, "stroke-width": 1.6, "stroke-dasharray": "6 4" });
  const grip = line(0, 0, 0, 0, { stroke: "transparent", "stroke-width": 26 });
  const name = text(0, 0, "target y", { halo: true });
  const gap = line(0, 0, 0, 0, { stroke: palette.error, "stroke-width": 6 });
  const rival = circle(0, 0, 6, { stroke: palette.ink, "stroke-dasharray": "3 2.5" });
  const rivalName = text(0, 0, "", { halo: true });
  const start = circle(0, 0, 3.5, { fill: palette.muted, stroke: "none" });
  const handle = circle(0, 0, 22, { fill: "transparent", stroke: "none" });
  picture.behind.append(target, name, gap);
  picture.before.append(start, rivalName, rival, grip);
  picture.drawing.element.append(handle);
  const round = (value, [low, high]) => limited(value, low, high);
  draggable(grip, {
    from: () => self.state.y,
    to: (y) => self.change({ y: round(y, OUTPUTS[self.state.activation]), updates: 0 }),
    perPixel: () => picture.axes.valueY(0) - picture.axes.valueY(1),
    upright: true,
  });
  let present = 0;
  draggable(handle, {
    from: () => present,
    to: (z) => moveTo(round(z, [-WINDOW, WINDOW])),
    perPixel: () => picture.axes.valueX(1) - picture.axes.valueX(0),
  });

  return {
    ...picture,
    update(state, rule, now, other, reach) {
      picture.update(state, rule, now, reach);
      present = now.z;
      const { left, right } = picture.axes.box;
      const [x, y] = picture.place(now.z, now.a);
      const level = picture.axes.y(state.y);
      for (const part of [target, grip]) set(part, { x1: left, x2: right, y1: level, y2: level });
      // At the end where the curve is far from it.
      const [low, high] = OUTPUTS[state.activation];
      const above = state.y > (low + high) / 2;
      set(name, { x: above ? left + 6 : right - 6, y: level - 7,
        "text-anchor": above ? "start" : "end" });
      set(gap, { x1: x, x2: x, y1: level, y2: y });
      set(handle, { cx: x, cy: y });
      const moved = state.updates > 0;
      const hidden = (shown) => (shown ? undefined : "hidden");
      const [startX, startY] = picture.place(state.z, rule.a(state.z));
      set(start, { cx: startX, cy: startY, visibility: hidden(moved) });
      const [rivalX, rivalY] = other ? picture.place(other.z, other.a) : [0, 0];
      // Below a rising curve there is room on its right, above it on its left.
      const toTheRight = rivalX < right - 100;
      set(rival, { cx: rivalX, cy: rivalY, visibility: hidden(moved && other) });
      set(rivalName, { x: rivalX + (toTheRight ? 12 : -12), y: rivalY + (toTheRight ? 15 : -8),
        "text-anchor": toTheRight ? "start" : "end", visibility: hidden(moved && other) });
      say(rivalName, other ? ERROR_NAMES[other.kind] : "");
    },
  };
}

// Right: E over z, whose slope is δ, and where one update leads.
export function errorPlot(self) {
  const top = (state, reach) =>
    state.error === "binary_cross_entropy" ? reach
      : state.activation === "identity" ? 0.6 * reach * reach : ERROR_TOP[state.activation];
  const picture = curvePlot(self, "The error over the weighted input; its slope is δ", {
    colour: palette.error,
    tangent: palette.backward,
    yLabel: "error E",
    range: (state, reach) => [0, top(state, reach)],
    limits: (state, reach) => [0, 3 * top(state, reach)],
    key: (state) => [state.activation, state.error, state.y].join(),
    value: (rule, z, { y }) => rule.error(z, rule.a(z), y),
    at: (now) => now.error,
    steepness: (now) => now.delta,
  });
  const move = line(0, 0, 0, 0, { stroke: palette.parameter, "stroke-width": 4 });
  const head = svg("path", { fill: palette.parameter });
  const ghost = circle(0, 0, 6, { stroke: palette.parameter, "stroke-dasharray": "3 2.5" });
  picture.behind.append(move, head);
  picture.before.append(ghost);
  return {
    ...picture,
    update(state, rule, now, reach) {
      picture.update(state, rule, now, reach);
      const { bottom } = picture.axes.box;
      const [x] = picture.place(now.z, now.error);
      const [nextX, nextY] = picture.place(now.next, rule.error(now.next, rule.a(now.next), state.y));
      const far = nextX - x;
      const way = Math.sign(far);
      const long = Math.abs(far) > 3;
      set(move, { x1: x, x2: nextX - 6 * way, y1: bottom, y2: bottom,
        visibility: Math.abs(far) > 7 ? undefined : "hidden" });
      set(head, { d: `M${nextX} ${bottom}l${-9 * way} -5v10z`, visibility: long ? undefined : "hidden" });
      set(ghost, { cx: nextX, cy: nextY, visibility: long ? undefined : "hidden" });
    },
  };
}

const FLATTEST = 3; // pixels for a width of 1, at least

// Both factors of δ as an area, and the same area with height 1, whose width is the size of δ. Both have the
// same scale: widths are drawn to fit, and what would still not fit is cut off, and said to be.
export function areaPicture(self) {
  const drawing = canvas(`The product as an area; and ${names.size} as the same area, 1 high`,
    self.redraw);
  const frame = { fill: "none", stroke: palette.muted, "stroke-dasharray": "4 4" };
  const filled = { fill: palette.backward, "fill-opacity": 0.4, stroke: palette.backward,
    "stroke-width": 1.5 };
  const units = [rectangle(0, 0, 0, 0, frame), rectangle(0, 0, 0, 0, frame)];
  const areas = [rectangle(0, 0, 0, 0, filled), rectangle(0, 0, 0, 0, filled)];
  const beyond = [0, 1].map(() => text(0, 0, "→", { fill: palette.backward, "font-size": 18 }));
  const equals = text(0, 0, "=", { "font-size": 20 });
  const captions = [text(0, 0, `${names.wide} wide, g′ high`),
    text(0, 0, `${names.size} wide, 1 high`)];
  const note = text(0, 0, "");
  drawing.element.append(...units, ...areas, ...beyond, equals, ...captions, note);
  return {
    drawing,
    update(now) {
      const { width } = drawing;
      const unit = Math.min(112, width / 4.6);
      const base = unit + 6;
      drawing.size(base + 42);
      // Below the columns of the product, whose second sign is at six tenths.
      const middle = 0.6 * width;
      const starts = [0.06 * width, middle + 0.05 * width];
      const rooms = [middle - starts[0] - 40, width - starts[1] - 22];
      set(equals, { x: middle, y: base - unit / 2 + 6 });
      const sides = [[Math.abs(now.errorByA), now.slope], [Math.abs(now.delta), 1]];
      const fitting = Math.min(unit, ...sides.map(([wide], n) => rooms[n] / wide));
      const cut = fitting < FLATTEST && sides[0][0] !== sides[1][0];
      const across = cut ? Math.min(unit, rooms[1] / sides[1][0]) : fitting;
      say(note, cut ? "dashed: 1 by 1; the first goes on to the right"
        : "dashed: 1 by 1; both areas are equal");
      set(note, { x: starts[0], y: base + 36, "text-anchor": "start" });
      sides.forEach(([wide, high], n) => {
        const x = starts[n];
        const room = rooms[n];
        set(units[n], { x, y: base - unit, width: across, height: unit });
        set(captions[n], { x, y: base + 18, "text-anchor": "start" });
        // A side may be too small to be seen; the line around it is not.
        const tall = Math.max(high * unit, 0.1);
        set(areas[n], { x, y: base - tall, width: limited(wide * across, 0.1, room), height: tall,
          visibility: now.delta === 0 ? "hidden" : undefined });
        set(beyond[n], { x: x + room + 11, y: base - (high * unit) / 2 + 6,
          visibility: cut && n === 0 ? undefined : "hidden" });
      });
    },
  };
}
