// Where an error term comes from, as bars: the shares, their sum, and what the slope leaves of it.

import { set, svg } from "../page/dom.js";
import { line, rectangle, text } from "../page/drawing.js";
import { sharePaint, shareText } from "./look.js";
import { show } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { tickText, ticks } from "../page/plot.js";
import { textOf } from "../page/symbols.js";

const BAR = 22;
const STEP = 50; // from one bar to the next
const TOP = 22;
const EDGE = 26; // room for half a number at each end of the axis

export function drawBars(canvas, state, edges) {
  const { width } = canvas;
  const { layer: l, unit: j } = state;
  const bottom = TOP + 2 * STEP + BAR + 8;
  canvas.size(bottom + 20);
  const bar = (n) => rectangle(0, TOP + n * STEP, 0, BAR);
  const title = (n, ...parts) => {
    const element = text(0, TOP + n * STEP - 7, "", { "text-anchor": "start", halo: true });
    element.append(...parts);
    return element;
  };
  const number = (attributes) => svg("tspan", { "font-weight": "bold", ...attributes });
  const total = number();
  const slope = number();
  const result = number({ fill: palette.backward });
  const segments = edges.map(() => bar(0));
  const names = edges.map((edge) =>
    text(0, TOP + BAR / 2 + 4.5, shareText(edge, j), { "font-size": 12 }));
  const whole = bar(1);
  const rest = bar(2);
  const dashes = { "stroke-dasharray": "3 3", stroke: palette.muted };
  const mark = line(0, TOP + BAR, 0, TOP + STEP, dashes);
  const scaling = line(0, TOP + STEP + BAR, 0, TOP + 2 * STEP, dashes);
  const zero = line(0, TOP - 3, 0, bottom, { stroke: palette.ink });
  const axis = svg("g");
  canvas.element.replaceChildren(
    axis, ...segments, ...names, whole, rest, mark, scaling, zero,
    title(0, "The shares: + to the right, − to the left"),
    title(1, "Their sum: ", total),
    title(2, `Times ${textOf(["g′", l, j])} = `, slope, `: ${textOf(["δ", l, j])} = `, result));

  let shownScale;
  let at;
  function rescale(scale) {
    if (shownScale === scale) return;
    shownScale = scale;
    at = (value) => EDGE + ((value + scale) / (2 * scale)) * (width - 2 * EDGE);
    axis.replaceChildren(...ticks(-scale, scale, Math.max(5, width / 110)).flatMap((value) => [
      line(at(value), TOP - 3, at(value), bottom, { "stroke-width": 0.5 }),
      text(at(value), bottom + 14, tickText(value), { "font-size": 12 }),
    ]));
    set(zero, { x1: at(0), x2: at(0) });
  }

  function stretch(element, from, to, value) {
    const [left, right] = [at(Math.min(from, to)), at(Math.max(from, to))];
    set(element, { x: left, width: right - left, ...sharePaint(value) });
    return right - left;
  }

  return function update(now, scale) {
    rescale(scale);
    let [up, down] = [0, 0];
    now.shares.forEach(({ value }, n) => {
      const from = value < 0 ? down : up;
      const to = from + value;
      if (value < 0) down = to;
      else up = to;
      const wide = stretch(segments[n], from, to, value);
      set(names[n], {
        x: at((from + to) / 2), visibility: wide > 7 * names[n].textContent.length ? "visible" : "hidden",
        fill: value < 0 ? palette.ink : palette.paper,
      });
    });
    stretch(whole, 0, now.total, now.total);
    stretch(rest, 0, now.result, now.result);
    set(mark, { x1: at(now.total), x2: at(now.total) });
    set(scaling, { x1: at(now.total), x2: at(now.result) });
    show(total, "total", now.total);
    show(slope, "slope", now.slope);
    show(result, "result", now.result);
  };
}
