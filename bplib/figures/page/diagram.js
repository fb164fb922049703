// A layered network as the lectures draw it: layers from left to right, units and weights counted
// from 1 as on paper.

import { line } from "./drawing.js";

// Where everything is, for a drawing of this width.
//
//   const place = layered([2, 3, 2], width, { row: 64 });
//   place.unit(1, 3)        [x, y] of the third unit of layer 1
//   place.along(2, 1, 3, t) [x, y] on the line of w²₁₃, which goes to unit 1 from unit 3: at t = 0
//                           the line leaves the one, at t = 1 it reaches the other
//   place.edge(2, 1, 3, {}) that line, as an element
export function layered(sizes, width, { radius = 20, row = 64, top = 0, bottom = 0, side = radius + 2 } = {}) {
  const tallest = Math.max(...sizes);
  const column = (width - 2 * side) / (sizes.length - 1);
  const unit = (l, i) => [
    side + column * l,
    top + row * (i - 0.5 + (tallest - sizes[l]) / 2),
  ];
  function along(l, i, j, t) {
    const [x1, y1] = unit(l - 1, j);
    const [x2, y2] = unit(l, i);
    const margin = radius / Math.hypot(x2 - x1, y2 - y1);
    const part = margin + t * (1 - 2 * margin);
    return [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
  }
  return {
    unit,
    along,
    edge: (l, i, j, attributes) =>
      line(...along(l, i, j, 0), ...along(l, i, j, 1), attributes),
    radius,
    column,
    height: top + row * tallest + bottom,
  };
}
