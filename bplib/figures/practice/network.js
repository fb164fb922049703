// The network of a task, with the numbers that are given.

import { layered } from "../page/diagram.js";
import { svg } from "../page/dom.js";
import { canvas, circle, rectangle, text, thickness } from "../page/drawing.js";
import { format, superscript } from "../page/numbers.js";
import { palette } from "../page/palette.js";

const LOWER = "₀₁₂₃";
const NEAR_START = 0.27; // where a weight stands on its line: before lines cross

export function taskDrawing(redraw) {
  const area = canvas("The network", redraw);
  return {
    element: area.element,
    remove: area.remove,
    draw({ level, values }) {
      if (!area.width) return;
      const { sizes } = level;
      const L = sizes.length - 1;
      const wide = Math.min(area.width, 560);
      const radius = area.width < 420 ? 21 : 24;
      const row = 2 * radius + 48;
      const place = layered(sizes, wide, { radius, row, top: 8, bottom: 22, side: radius + 34 });
      const shift = (area.width - wide) / 2;
      const lines = [];
      const units = []; // over the plates of the labels
      const labels = [];
      const write = (x, y, content, look) => labels.push(
        rectangle(x - content.length * 4 - 1, y - 12, content.length * 8 + 2, 16, { fill: palette.paper }),
        text(x, y, content, look));
      for (let l = 1; l <= L; l++)
        for (let i = 1; i <= sizes[l]; i++)
          for (let j = 1; j <= sizes[l - 1]; j++) {
            const weight = values.W[l][i - 1][j - 1];
            const stroke = thickness(weight);
            lines.push(place.edge(l, i, j, {
              "stroke-width": stroke.toFixed(1),
              "stroke-dasharray": weight < 0 ? `${(stroke + 4).toFixed(1)} ${(stroke + 2).toFixed(1)}` : undefined,
            }));
            const [x, y] = place.along(l, i, j, NEAR_START);
            write(x, y + 4, format(weight), { fill: palette.parameter });
          }
      for (let l = 0; l <= L; l++)
        for (let i = 1; i <= sizes[l]; i++) {
          const [x, y] = place.unit(l, i);
          const name = l === 0 ? `x${LOWER[i]}` : `a${superscript(l)}${LOWER[i]}`;
          units.push(circle(x, y, radius));
          if (l === 0) {
            units.push(text(x, y - 4, name, { "font-size": 12 }));
            units.push(text(x, y + 12, format(values.a[0][i - 1]), { fill: palette.forward }));
          } else {
            units.push(text(x, y + 5, name));
            write(x, y + radius + 15, `b ${format(values.b[l][i - 1])}`, { fill: palette.parameter });
          }
          if (l === L) write(x, y - radius - 6, `y ${format(values.y[i - 1])}`, { fill: palette.error });
        }
      const captions = sizes.map((_, l) => text(place.unit(l, 1)[0], place.height - 4, `layer ${l}`,
        { "font-size": 12, fill: palette.muted }));
      area.size(place.height);
      area.element.replaceChildren(svg("g", { transform: `translate(${shift} 0)` },
        ...lines, ...labels, ...units, ...captions));
      area.element.setAttribute("aria-label",
        `A ${sizes.join("-")} network with the numbers that are listed below`);
    },
  };
}
