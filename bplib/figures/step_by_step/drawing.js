// The network on the blackboard: quantities appear at their step and stay.

import { layered } from "../page/diagram.js";
import { set, svg } from "../page/dom.js";
import { canvas, circle, line, text, thickness } from "../page/drawing.js";
import { format, show, superscript } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { stepOf } from "./stages.js";

const SUBSCRIPT = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"];
const below = (...indices) => indices.map((index) => SUBSCRIPT[index]).join("");

// Names in plain text: x₁, a²₁, w²₁₃.
export function unitName(l, i) {
  return l === 0 ? `x${below(i)}` : `a${superscript(l)}${below(i)}`;
}
export const weightName = (l, i, j) => `w${superscript(l)}${below(i, j)}`;

// Three digits, or two where zeros or a power of ten take their room: what fits into a unit.
export function showBriefly(element, name, value) {
  const size = Math.abs(value);
  show(element, name, value, size < 1e-2 || size >= 1e5 ? 2 : 3);
}

// A text with a number at its end: z 0.378.
function labelled(x, y, attributes) {
  const name = svg("tspan", {});
  const number = svg("tspan", {});
  const element = text(x, y, "", { halo: true, "font-size": 13, ...attributes });
  element.append(name, number);
  return {
    element,
    put(prefix, key, value) {
      set(element, { visibility: undefined });
      if (name.textContent !== prefix) name.textContent = prefix;
      show(number, key, value, 3);
    },
    clear() {
      set(element, { visibility: "hidden" });
      name.textContent = number.textContent = "";
      delete number.dataset.name;
    },
  };
}

// Where on an edge a label of this width hides nothing; null if nowhere.
function freePlace(place, [l, i, j], width, taken) {
  for (const t of [0.72, 0.62, 0.82, 0.52, 0.42, 0.32, 0.22, 0.9, 0.12]) {
    const [x, y] = place.along(l, i, j, t);
    const clear = x > width / 2 && taken.every((other) =>
      Math.abs(x - other.x) > (width + other.width) / 2 || Math.abs(y - other.y) > 17);
    if (clear) {
      taken.push({ x, y, width });
      return [x, y];
    }
  }
  return null;
}

// `pick(name)` is called on a click, `point(name or null)` while the mouse is on something.
export function networkDrawing(label, redraw, { pick, point }) {
  const area = canvas(label, redraw);
  let built = "";
  let place, units, edges, labels, error, targets;
  let placed = ""; // the labels for which there are
  const places = new Map();

  function reacts(element, name) {
    element.style.cursor = "pointer";
    return set(element, {
      click: () => pick(name),
      pointerenter: (event) => event.pointerType === "mouse" && point(name),
      pointerleave: (event) => event.pointerType === "mouse" && point(null),
    });
  }

  function build(shape) {
    const { sizes, L } = shape;
    const wide = area.width >= 560;
    const radius = wide ? 27 : 22;
    const margin = wide ? 130 : 54; // for the targets and the error
    place = layered(sizes, area.width - margin, {
      radius, row: 2 * radius + 38, top: wide ? 4 : 26, bottom: 22,
    });
    area.size(place.height);
    placed = "";
    edges = new Map();
    labels = new Map();
    units = new Map();
    const hits = [];
    for (const l of shape.layers)
      for (const [, i, j] of shape.weights(l)) {
        const name = `w${l}_${i}${j}`;
        edges.set(name, { at: [l, i, j], line: place.edge(l, i, j) });
        hits.push(reacts(place.edge(l, i, j, {
          stroke: "transparent", "stroke-width": 13, "pointer-events": "stroke" }), name));
        const value = labelled(0, 0, { fill: palette.parameter, "pointer-events": "none" });
        value.clear();
        labels.set(name, value);
      }
    for (let l = 0; l <= L; l++)
      for (const i of shape.units(l)) {
        const [x, y] = place.unit(l, i);
        const unit = {
          l, i,
          circle: circle(x, y, radius),
          name: text(x, y - 5, unitName(l, i), { "font-size": wide ? 13 : 12 }),
          a: text(x, y + 12, "", { "font-size": wide ? 13 : 11.5, fill: palette.forward }),
          z: labelled(x, y - radius - 6, { fill: palette.forward }),
          delta: labelled(x, y + radius + 16, { fill: palette.backward }),
        };
        unit.group = reacts(svg("g", {}, unit.circle, unit.name, unit.a), `a${l}_${i}`);
        units.set(`a${l}_${i}`, unit);
      }
    const [right] = place.unit(L, 1);
    const middle = place.unit(L, (sizes[L] + 1) / 2)[1];
    const last = area.width - radius - 2;
    const spokes = [];
    targets = shape.units(L).map((i) => {
      const y = place.unit(L, i)[1];
      if (!wide) {
        const start = { "text-anchor": "start", fill: palette.error, "font-size": 12 };
        return labelled(right + radius + 4, y + 4, start);
      }
      const reach = Math.hypot(last - right, middle - y);
      const at = (distance) => [right + ((last - right) * distance) / reach,
        y + ((middle - y) * distance) / reach];
      spokes.push(line(...at(radius), ...at(reach - radius), { "stroke-dasharray": "2 4" }));
      const [x, labelY] = at(reach * 0.5);
      return labelled(x, labelY + 4, { fill: palette.error });
    });
    error = {
      circle: wide ? circle(last, middle, radius, { stroke: palette.error }) : null,
      name: wide ? text(last, middle - 5, "E") : null,
      value: wide
        ? labelled(last, middle + 12, { fill: palette.error, halo: false })
        : labelled(area.width, 14, { fill: palette.error, "text-anchor": "end" }),
    };
    const captions = sizes.map((_, l) => {
      const role = l === 0 ? ": x" : l === L ? ": ŷ" : "";
      const x = place.unit(l, 1)[0];
      const [anchor, atX] = l === 0 ? ["start", x - radius] : l === L && !wide
        ? ["middle", x + 4] : ["middle", x];
      return text(atX, place.height - 5, `layer ${l}${role}`, {
        "font-size": 12, fill: palette.muted, "text-anchor": anchor });
    });
    const all = [...units.values()];
    area.element.replaceChildren(
      ...[...edges.values()].map((edge) => edge.line), ...spokes, ...hits,
      ...[...labels.values()].map((value) => value.element),
      ...all.map((unit) => unit.group),
      ...all.flatMap((unit) => [unit.z.element, unit.delta.element]),
      ...targets.map((target) => target.element),
      ...[error.circle, error.name, error.value.element].filter(Boolean), ...captions,
    );
  }

  return {
    element: area.element,
    remove: area.remove,
    // `now`: the numbers; `step`; `lit`: { units, edges: sets of names, colour }; `chosen`: names
    draw(now, step, lit, chosen) {
      if (!area.width) return;
      const key = `${now.shape.name} ${area.width}`;
      if (key !== built) build(now.shape);
      built = key;
      drawUnits(now, step, lit, chosen);
      drawEdges(now, step, lit, chosen);
      drawError(now, step, lit);
    },
  };

  function drawUnits(now, step, lit, chosen) {
    for (const [name, unit] of units) {
      const { l, i } = unit;
      const known = l === 0 || step >= stepOf.a(l);
      const isLit = lit.units.has(name);
      const isChosen = chosen.has(name);
      const colour = isLit ? lit.colour : known ? palette.forward : palette.muted;
      set(unit.circle, {
        stroke: colour,
        "stroke-width": isChosen ? 5 : isLit ? 4 : 2,
        fill: isChosen ? `color-mix(in srgb, ${colour} 16%, ${palette.paper})` : palette.paper,
      });
      set(unit.name, { y: place.unit(l, i)[1] + (known ? -5 : 4) });
      if (known) {
        showBriefly(unit.a, name, now.a(l, i));
      } else {
        unit.a.textContent = "";
        delete unit.a.dataset.name;
      }
      if (l > 0 && step >= stepOf.z(l)) unit.z.put("z ", `z${l}_${i}`, now.z(l, i));
      else unit.z.clear();
      if (l > 0 && step >= stepOf.delta(l, now)) {
        unit.delta.put("δ ", `delta${l}_${i}`, now.delta(l, i));
      } else unit.delta.clear();
    }
  }

  function drawEdges(now, step, lit, chosen) {
    const updated = step === stepOf.update(now);
    const changing = lit.quantity === "change";
    const [quantity, prefixOf] = changing ? ["changeW", (name) => `Δ${name} = `]
      : [updated ? "afterW" : "w", (name) => `${name} = `];
    const shown = [];
    for (const [name, edge] of edges) {
      const [l, i, j] = edge.at;
      const weight = updated ? now.afterW(l, i, j) : now.w(l, i, j);
      const isChosen = chosen.has(name);
      const isLit = lit.edges.has(name) || isChosen;
      const wide = thickness(weight) + (isChosen ? 2 : 0);
      set(edge.line, {
        stroke: isLit ? lit.colour : palette.muted,
        "stroke-width": wide.toFixed(1),
        "stroke-dasharray": weight < 0 ? `${(wide + 4).toFixed(1)} ${(wide + 2).toFixed(1)}` : undefined,
        "stroke-opacity": isLit || lit.edges.size === 0 ? undefined : 0.55,
      });
      if (!isLit || place.column < 85) {
        labels.get(name).clear();
        continue;
      }
      const value = changing ? now.changeW(l, i, j) : weight;
      const prefix = place.column > 190 ? prefixOf(weightName(l, i, j)) : changing ? "Δ " : "";
      const width = 7 * (prefix.length + format(value, 3).length) + 6;
      // First those that the line of numbers is made of: chosen, or of the chosen unit.
      const rank = isChosen ? 2 : chosen.has(`a${l}_${i}`) || chosen.has(`a${l - 1}_${j}`) ? 1 : 0;
      shown.push({ name, edge, value, prefix, width, key: `${quantity}${l}_${i}${j}`, rank });
    }
    placeLabels(shown);
    for (const { name, key, value, prefix } of shown) {
      const found = places.get(name);
      if (found) labels.get(name).put(prefix, key, value);
      else labels.get(name).clear();
    }
  }

  // Each label where it hides nothing, if there is such a place; what is chosen comes first. While
  // the labels keep their widths they stay where they are.
  function placeLabels(shown) {
    const key = shown.map(({ name, width, rank }) => name + width + rank).join();
    if (key === placed) return;
    placed = key;
    places.clear();
    const taken = [];
    for (const { l, i } of units.values()) {
      const [x, y] = place.unit(l, i);
      for (const dy of [-place.radius - 6, -9, 9, place.radius + 10])
        taken.push({ x, y: y + dy, width: 2 * place.radius + 8 });
    }
    for (const { name, edge, width } of shown.sort((a, b) => b.rank - a.rank)) {
      const found = freePlace(place, edge.at, width, taken);
      if (!found) continue;
      places.set(name, found);
      set(labels.get(name).element, { x: found[0].toFixed(1), y: (found[1] + 4).toFixed(1) });
    }
  }

  function drawError(now, step, lit) {
    const known = step >= stepOf.error(now);
    targets.forEach((target, n) => {
      const prefix = error.circle ? `y${below(n + 1)} = ` : "y ";
      if (known) target.put(prefix, `y${n + 1}`, now.y(n + 1));
      else target.clear();
    });
    if (known) error.value.put(error.circle ? "" : "E = ", "error", now.error);
    else error.value.clear();
    if (!error.circle) return;
    set(error.circle, {
      "stroke-width": lit.error ? 4 : 2, stroke: known ? palette.error : palette.muted,
    });
    set(error.name, { y: Number(error.circle.getAttribute("cy")) + (known ? -5 : 4) });
  }
}
