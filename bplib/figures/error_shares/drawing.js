// The network, and the shares as ribbons that run back to the chosen unit.

import { set, svg } from "../page/dom.js";
import { circle, line, text } from "../page/drawing.js";
import { outgoing } from "./graph.js";
import { nameOf, sharePaint } from "./look.js";
import { missNames } from "./rules.js";
import { show } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { textOf } from "../page/symbols.js";

const ROW = 90;
const MARGIN = 10;
const WIDEST = 24; // of a ribbon whose share is as large as the scale
const TIP = 9;
const PLATE = { "stroke-width": 8, "stroke-linejoin": "round" }; // lines end before it
const UNTOUCHED = { "pointer-events": "none" }; // a click goes to the unit that lies under it

// Where everything is. The inputs stand closer to the rest: nothing comes back to them.
function places({ sizes, L }, width) {
  const narrow = width < 500;
  const radius = narrow ? 18 : 22;
  const side = radius + 4;
  // Beside the outputs no ribbon comes in the way of their numbers; without room, they go below.
  const beside = !narrow || L === 2;
  const right = beside ? radius + (narrow ? 80 : 138) : radius + 4;
  const column = (width - side - right) / (L - 1 + 0.62);
  const tallest = Math.max(...sizes);
  const x = (l) => (l === 0 ? side : width - right - (L - l) * column);
  const y = (row) => MARGIN + ROW * row;
  const row = (l, i) => i - 0.5 + (tallest - sizes[l]) / 2;
  const unit = (l, i) => [x(l), y(row(l, i))];
  // A skip connection passes the layer between in the gap that is nearest to its way.
  function gap(edge, l, j) {
    const middle = (row(edge.l, edge.i) + row(l, j)) / 2;
    const first = row(l + 1, 1) - 0.5;
    const inner = Array.from({ length: sizes[l + 1] - 1 }, (_, n) => first + n + 1);
    return inner.reduce((best, at) => Math.abs(at - middle) < Math.abs(best - middle) ? at : best);
  }
  // The middle line of a ribbon, from the unit whose error term comes back, to a port of unit j.
  function way(edge, l, j, port) {
    const [x2, y2] = unit(edge.l, edge.i);
    const [x1, y1] = unit(l, j);
    const offset = Math.max(-radius, Math.min(radius, port));
    const end = [x1 + Math.sqrt(radius * radius - offset * offset) + 2, y1 + port];
    if (!edge.skip) {
      const long = Math.hypot(x2 - end[0], y2 - end[1]);
      const start = [x2 + ((end[0] - x2) * radius) / long, y2 + ((end[1] - y2) * radius) / long];
      return [start, end];
    }
    const start = [x2 - radius, y2];
    const middle = [x(l + 1), y(gap(edge, l, j)) + 9];
    return [...bend(start, middle), ...bend(middle, end).slice(1)];
  }
  return { radius, unit, way, beside, height: MARGIN + ROW * tallest, wide: !narrow };
}

// Points of a curve that leaves and arrives horizontally.
function bend([x1, y1], [x2, y2]) {
  return Array.from({ length: 9 }, (_, n) => {
    const t = n / 8;
    return [x1 + (x2 - x1) * t, y1 + (y2 - y1) * t * t * (3 - 2 * t)];
  });
}

function path(points) {
  return `M${points.map((point) => point.map((v) => v.toFixed(1)).join(" ")).join("L")}`;
}

// The outline of an arrow along a line of points.
function arrow(points, width) {
  const [x, y] = points.at(-1);
  const [px, py] = points.at(-2);
  const long = Math.hypot(x - px, y - py);
  const neck = [x + ((px - x) * TIP) / long, y + ((py - y) * TIP) / long];
  const middle = [...points.slice(0, -1), neck];
  const sides = [[], []];
  middle.forEach(([mx, my], n) => {
    const [ax, ay] = middle[Math.max(n - 1, 0)];
    const [bx, by] = middle[Math.min(n + 1, middle.length - 1)];
    const length = Math.hypot(bx - ax, by - ay);
    const [nx, ny] = [(by - ay) / length, (ax - bx) / length];
    const halves = n < middle.length - 1 ? [width / 2] : [width / 2, width / 2 + 3];
    for (const half of halves) {
      sides[0].push([mx + nx * half, my + ny * half]);
      sides[1].unshift([mx - nx * half, my - ny * half]);
    }
  });
  return `${path([...sides[0], [x, y], ...sides[1]])}Z`;
}

// What comes back to one unit, from above to below, side by side where it arrives.
function ribbonsTo(place, l, j, edges) {
  const order = edges.map((_, n) => n).sort((m, n) => {
    const [p, q] = [edges[m], edges[n]];
    return place.unit(p.l, p.i)[1] - place.unit(q.l, q.i)[1] || q.l - p.l;
  });
  const shapes = edges.map(() => svg("path", { "stroke-linejoin": "round", ...UNTOUCHED }));
  const labels = edges.map(() =>
    text(0, 0, "", { halo: true, "font-size": place.wide ? 13 : 11.5, ...PLATE, ...UNTOUCHED }));
  return {
    shapes, labels,
    update(values, scale, name) {
      const widths = values.map((value) => (Math.abs(value) / scale) * WIDEST);
      const room = widths.map((width) => Math.max(width, 4) + 4);
      const total = room.reduce((sum, wide) => sum + wide, 0);
      const fit = Math.min(1, (2.1 * place.radius) / total);
      let port = (-total * fit) / 2;
      for (const n of order) {
        const points = place.way(edges[n], l, j, port + (room[n] * fit) / 2);
        port += room[n] * fit;
        const shape = values[n] === 0 ? path(points) : arrow(points, Math.max(widths[n], 1.5));
        set(shapes[n], { d: shape, ...sharePaint(values[n]) });
        if (!name) continue;
        // Skip connections are labelled before they bend, all others where they are well apart, and
        // away from the error terms below the units that they come from.
        const [[ax, ay], [bx, by]] = edges[n].skip ? [points[2], points[4]] : points;
        const t = edges[n].skip ? 0.5 : place.wide ? 0.45 : 0.36;
        set(labels[n], { x: (ax + (bx - ax) * t).toFixed(1), y: (ay + (by - ay) * t + 4).toFixed(1) });
        show(labels[n], `${name}${n + 1}`, values[n], place.wide ? 4 : 2);
      }
    },
  };
}

// "δ = 0.1385": a word and a number that changes; with `dy`, the number on a line of its own.
function quantity(x, y, word, colour, attributes, dy) {
  const number = svg("tspan", dy ? { x, dy } : {});
  const element = text(x, y, "", { "font-size": 12, halo: true, fill: colour, ...PLATE, ...UNTOUCHED,
    ...attributes });
  element.append(svg("tspan", {}, word), number);
  return { element, number };
}

// Draws one choice of network, unit, view and width; `update` then moves what the numbers move.
export function drawNetwork(canvas, wiring, state, choose) {
  const place = places(wiring, canvas.width);
  const { L, units } = wiring;
  const { layer: l, unit: j } = state;
  const { radius } = place;
  const deep = state.view === "all paths" && l < L - 1;
  const edges = outgoing(wiring, state, l, j);
  const digits = place.wide ? 4 : 2;
  canvas.size(place.height + (place.beside ? 0 : 18 * wiring.sizes[L] + 4));

  const lines = [];
  for (let m = 1; m <= L; m++)
    for (const i of units(m))
      for (const k of units(m - 1))
        lines.push(line(...place.unit(m - 1, k), ...place.unit(m, i)));
  const skipEdge = { l: L, i: state.skip_to, skip: true };
  if (state.skip && !edges.some((edge) => edge.skip)) {
    const points = place.way(skipEdge, L - 2, state.skip_from, 0);
    const [x, y] = points[4];
    lines.push(svg("path", { d: path(points), fill: "none", stroke: palette.parameter,
      "stroke-width": 2 }));
    lines.push(text(x, y + 4, "w", { fill: palette.parameter, halo: true }));
  }

  const near = ribbonsTo(place, l, j, edges);
  const far = deep
    ? edges.filter((edge) => edge.l < L).map((edge) => ({
        through: edge.i,
        ribbons: ribbonsTo(place, edge.l, edge.i, outgoing(wiring, state, edge.l, edge.i)),
      }))
    : [];

  const marks = [];
  const deltas = [];
  const misses = [];
  let slope;
  for (let m = 0; m <= L; m++)
    for (const i of units(m)) {
      const [x, y] = place.unit(m, i);
      const chosen = m === l && i === j;
      const hidden = m > 0 && m < L;
      const mark = svg("g", {},
        circle(x, y, radius, chosen ? { stroke: palette.backward, "stroke-width": 4 } : {}),
        text(x, y + 5, nameOf(m, i, L), { "font-size": 15 }));
      if (hidden) {
        mark.addEventListener("click", () => choose(m, i));
        mark.style.cursor = "pointer";
        if (!chosen) mark.prepend(svg("title", {}, `Choose unit ${i} of layer ${m}`));
      }
      marks.push(mark);
      // Error terms: of the chosen unit and of all that its own is made of.
      // What is said of the chosen unit keeps to the left: ribbons come from the right.
      const above = [chosen ? x + 10 : x, y - radius - 8];
      const below = [chosen ? x + 10 : x, y + radius + 15];
      const own = { "text-anchor": "end", "font-size": place.wide ? 13 : 12, "font-weight": "bold" };
      const beside = { "text-anchor": "start", "font-size": place.wide ? 13 : 12 };
      // (On a phone the ribbons need the room of those in between; their cards have them too.)
      if (chosen || m === L || (m > l && place.wide)) {
        const aside = m === L;
        const at = !aside ? below : place.beside ? [x + radius + 8, y + 14]
          : [canvas.width / 2 + 10, place.height + 18 * i];
        const name = aside && !place.beside ? `${textOf(["δ", L, i])} = ` : "δ = ";
        const label = quantity(...at, name, palette.backward, chosen ? own : aside ? beside : {});
        deltas.push([label.number, m, i, chosen]);
        marks.push(label.element);
      }
      if (m === L) {
        const label = place.beside
          ? quantity(x + radius + 8, y - (place.wide ? 4 : 19), `${missNames.short} = `, palette.error, beside,
            place.wide ? 0 : 15)
          : quantity(4, place.height + 18 * i, `${missNames.units[i - 1]} = `, palette.error,
            beside);
        misses.push(label.number);
        marks.push(label.element);
      }
      if (chosen) {
        const label = quantity(...above, "g′ = ", palette.ink, own);
        slope = label.number;
        marks.push(label.element);
      }
    }
  canvas.element.replaceChildren(
    ...lines, ...far.flatMap(({ ribbons }) => ribbons.shapes), ...near.shapes, ...marks, ...near.labels);

  return function update(now, scale) {
    near.update(now.shares.map(({ value }) => value), scale, "ribbon");
    for (const { through, ribbons } of far) {
      const paths = now.paths.filter(({ via: [first] }) => first.i === through && !first.skip);
      ribbons.update(paths.map(({ value }) => value), scale);
    }
    for (const [element, m, i, chosen] of deltas)
      show(element, chosen ? "unitDelta" : `delta${m}_${i}`, now.delta[m][i], digits);
    misses.forEach((element, n) => show(element, `miss${n + 1}`, now.miss[n], digits));
    show(slope, "unitSlope", now.slope, digits);
  };
}
