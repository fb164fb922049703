// The error over the updates so far.

import { canvas, circle, text } from "../page/drawing.js";
import { set, svg } from "../page/dom.js";
import { format } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { plot, roundUp } from "../page/plot.js";

const HEIGHT = 220;
const MOST_POINTS = 300;

export function errorCurve(redraw) {
  const area = canvas("The error over the updates so far", redraw);
  const curve = svg("path", { fill: "none", stroke: palette.error, "stroke-width": 2.5 });
  const last = circle(0, 0, 4.5, { fill: palette.error, stroke: palette.error });
  const hint = text(0, 0, "", { fill: palette.muted, halo: true });
  let built = "";
  let axes;

  return {
    element: area.element,
    remove: area.remove,
    // `errors[n]` is E after n updates; `hintText` stands there while there are none.
    draw(errors, hintText) {
      if (!area.width) return;
      const right = Math.max(10, roundUp(errors.length - 1));
      const top = roundUp(Math.max(...errors.filter(Number.isFinite), 0));
      const key = `${area.width} ${right} ${errors.length ? top : 1}`;
      if (key !== built) {
        built = key;
        axes = plot(area.width, HEIGHT, {
          x: [0, right], y: [0, errors.length ? top : 1], xLabel: "updates made", yLabel: "error E",
        });
        area.size(HEIGHT);
        area.element.replaceChildren(...axes.parts, curve, last, hint);
      }
      const every = Math.ceil(errors.length / MOST_POINTS);
      const points = errors.map((error, n) => [n, error])
        .filter(([n, error]) => Number.isFinite(error) && (n % every === 0 || n === errors.length - 1));
      const end = points.at(-1);
      set(curve, { d: axes.path(points) });
      set(last, end
        ? { cx: axes.x(end[0]), cy: axes.y(end[1]), visibility: undefined }
        : { visibility: "hidden" });
      const { box } = axes;
      set(hint, { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
      hint.textContent = end ? "" : hintText;
      set(area.element, {
        "aria-label": end
          ? `The error over the updates so far: ${format(points[0][1])} at first, ` +
            `${format(end[1])} after ${end[0]}`
          : "The error over the updates so far: none yet",
      });
    },
  };
}
