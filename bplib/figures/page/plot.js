// Axes for curves, contours and points.

import { line, text } from "./drawing.js";
import { format, superscript } from "./numbers.js";
import { palette } from "./palette.js";

// Round numbers from `low` to `high`, about `count` of them.
export function ticks(low, high, count = 5) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((n) => n * power >= rough * 0.999) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)));
}

// A round number that is at least `size`, and not much more; 1 for 0. `steps`: between two powers of
// ten. Axes that end at one change rarely.
export function roundUp(size, steps = [1, 2, 5, 10]) {
  if (!(size > 0 && Number.isFinite(size))) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  return steps.find((step) => step * power >= size * (1 - 1e-9)) * power;
}

// What is written at a tick: a round number, without zeros at its end.
export function tickText(value) {
  return format(value).replace(/(\.\d*?)0+(?=·|$)/, "$1").replace(/\.(?=·|$)/, "");
}

// The powers of ten from `low` to `high`, about `count` of them.
export function powers(low, high, count = 5) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / count));
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, n) => first + n * every);
}

// A pair of axes in a drawing of this width and height.
//
//   const axes = plot(width, 200, { x: [0, 10], y: [1e-4, 1], logY: true, xLabel: "update" });
//   { spacing: [70, 40] }      pixels between the lines of the grid, about
//   axes.x(3), axes.y(0.1)     where values are in the drawing
//   axes.valueX(px), valueY    and back
//   axes.parts                 grid, numbers and labels: elements
//   axes.path([[x, y], ...])   the "d" of a line through points given in values
export function plot(width, height, options) {
  const { x, y, logY = false, xLabel = "", yLabel = "", spacing = [70, 40] } = options;
  const { top = yLabel ? 24 : 10, bottom = xLabel ? 40 : 24 } = options;
  const level = logY ? Math.log10 : (value) => value;
  const count = (height - bottom - top) / spacing[1];
  const levels = logY
    ? powers(...y, count).map((power) => [10 ** power, `10${superscript(power)}`])
    : ticks(...y, count).map((value) => [value, tickText(value)]);
  // Room for the numbers at the left, and for half of the last one below.
  const longest = Math.max(...levels.map(([, name]) => name.length));
  const { left = Math.max(46, 7.5 * longest + 8) } = options;
  const { right = Math.max(10, 4 * tickText(x[1]).length) } = options;
  const [low, high] = [level(y[0]), level(y[1])];
  const box = { left, right: width - right, top, bottom: height - bottom };
  const atX = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (box.right - left);
  const atY = (value) => box.bottom - ((level(value) - low) / (high - low)) * (box.bottom - top);
  const valueX = (px) => x[0] + ((px - left) / (box.right - left)) * (x[1] - x[0]);
  const valueY = (px) => {
    const value = low + ((box.bottom - px) / (box.bottom - top)) * (high - low);
    return logY ? 10 ** value : value;
  };
  const small = { "font-size": 12, fill: palette.ink };
  const grid = { "stroke-width": 0.5 };
  const parts = [];
  for (const value of ticks(...x, (box.right - left) / spacing[0])) {
    parts.push(line(atX(value), top, atX(value), box.bottom, grid));
    parts.push(text(atX(value), box.bottom + 16, tickText(value), small));
  }
  for (const [value, name] of levels) {
    parts.push(line(left, atY(value), box.right, atY(value), grid));
    parts.push(text(left - 6, atY(value) + 4, name, { ...small, "text-anchor": "end" }));
  }
  if (xLabel) parts.push(text((left + box.right) / 2, height - 6, xLabel));
  if (yLabel) parts.push(text(0, 14, yLabel, { "text-anchor": "start" }));
  return {
    x: atX, y: atY, valueX, valueY, box, parts,
    path: (points) =>
      points.map(([px, py], n) => `${n ? "L" : "M"}${atX(px).toFixed(1)} ${atY(py).toFixed(1)}`).join(""),
  };
}
