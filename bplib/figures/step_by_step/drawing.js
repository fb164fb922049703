// The network on the blackboard: quantities appear at their stage and stay.

import { layered } from "../page/diagram.js";
import { set, svg } from "../page/dom.js";
import { canvas, circle, line, rectangle, text, thickness } from "../page/drawing.js";
import { format, show } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { textOf } from "../page/symbols.js";
import { boxAround, placesFor } from "./labels.js";
import { stepOf } from "./stages.js";

// Three digits, or two where zeros or a power of ten take their room: what fits into a unit.
function briefly(value, narrow) {
  const size = Math.abs(value);
  return size < 1e-2 || size >= 1e5 || (narrow && value < 0) ? 2 : 3;
}

const pen = document.createElement("canvas").getContext("2d");

export function networkDrawing(label, redraw, { pick, point }) {
  const area = canvas(label, redraw);
  let built = "";
  let family = "sans-serif";
  let place, units, edges, labels, error, targets, radius, wide, narrow, onLines;
  let placed = ""; // the labels for which there are
  let places = new Map();

  // How wide a text is, without the browser laying anything out.
  function widthOf(content, size) {
    pen.font = `${size}px ${family}`;
    return pen.measureText(content).width;
  }

  // A text with a number at its end, on a plate that keeps lines away: z 0.378.
  function labelled(x, y, { size = 13, anchor = "middle", plate = true, room = Infinity, ...look }) {
    const name = svg("tspan", {});
    const number = svg("tspan", {});
    const words = text(x, y, "", { "font-size": size, "text-anchor": anchor, ...look });
    const back = plate ? rectangle(0, 0, 0, 0, { fill: palette.paper, class: "bp-plate" }) : null;
    words.append(name, number);
    const element = svg("g", { visibility: "hidden", "pointer-events": "none" }, back, words);
    let width = 0;
    let shift = 0;
    const tall = size + 3;
    const self = {
      element,
      move(toX, toY) {
        [x, y] = [toX, toY];
        set(words, { x: x.toFixed(1), y: y.toFixed(1) });
        lay();
      },
      colour: (fill) => set(words, { fill }),
      put(prefix, key, value, digits = 3) {
        set(element, { visibility: undefined });
        if (name.textContent !== prefix) name.textContent = prefix;
        show(number, key, value, digits);
        const full = widthOf(prefix + number.textContent, size);
        const smaller = Math.max(11, Math.min(size, (size * room) / full));
        set(words, { "font-size": Number(smaller.toFixed(1)) });
        width = (full * smaller) / size;
        // Not beyond the edge of the drawing.
        const far = middle() + width / 2 + 3 - area.width;
        set(words, { x: (far > 0 ? x - far : x).toFixed(1) });
        shift = Math.max(far, 0);
        lay();
      },
      clear() {
        set(element, { visibility: "hidden" });
        name.textContent = number.textContent = "";
        delete number.dataset.name;
      },
      // The place it takes, if it is there.
      get box() {
        return element.getAttribute("visibility") ? null
          : boxAround(middle() - shift, y - size / 3, width + 4, tall);
      },
    };
    const middle = () => x + { start: width / 2, middle: 0, end: -width / 2 }[anchor];
    function lay() {
      if (!back) return;
      set(back, { x: (middle() - shift - width / 2 - 2).toFixed(1),
        y: (y - size / 3 - tall / 2).toFixed(1), width: (width + 4).toFixed(1), height: tall });
    }
    return self;
  }

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
    family = getComputedStyle(area.element).fontFamily;
    wide = area.width >= 560;
    narrow = !wide && L > 2;
    radius = wide ? 27 : narrow ? 20 : 22;
    onLines = wide ? 13 : narrow ? 11 : 12;
    const margin = wide ? 130 : 4; // for the targets and the error
    // On a phone the target stands below δ.
    place = layered(sizes, area.width - margin, {
      radius, row: 2 * radius + (wide ? 46 : narrow ? 66 : 60), top: wide ? 4 : 20, bottom: wide ? 22 : 30,
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
        edges.set(name, { at: [l, i, j], line: place.edge(l, i, j),
          ends: [...place.along(l, i, j, 0), ...place.along(l, i, j, 1)] });
        hits.push(reacts(place.edge(l, i, j, {
          stroke: "transparent", "stroke-width": 13, "pointer-events": "stroke" }), name));
        labels.set(name, labelled(0, 0, { size: onLines, fill: palette.parameter }));
      }
    const room = 2 * Math.sqrt(radius ** 2 - 14 ** 2); // inside a unit, at the foot of its number
    for (let l = 0; l <= L; l++)
      for (const i of shape.units(l)) {
        const [x, y] = place.unit(l, i);
        const small = { size: wide ? 13 : narrow ? 11 : 12, plate: false, room, fill: palette.forward };
        const unit = {
          l, i,
          circle: circle(x, y, radius),
          name: text(x, y - 6, textOf(["a", l, i]), { "font-size": wide ? 13 : narrow ? 11 : 12 }),
          a: labelled(x, y + 10, small),
          z: labelled(x, y - radius - 6, { fill: palette.forward, size: narrow ? 11 : 13 }),
          delta: labelled(x, y + radius + 16, { fill: palette.backward, size: narrow ? 11 : 13 }),
        };
        unit.group = reacts(svg("g", {}, unit.circle, unit.name, unit.a.element), `a${l}_${i}`);
        units.set(`a${l}_${i}`, unit);
      }
    const [right] = place.unit(L, 1);
    const middle = place.unit(L, (sizes[L] + 1) / 2)[1];
    const last = area.width - radius - 2;
    const spokes = [];
    targets = shape.units(L).map((i) => {
      const y = place.unit(L, i)[1];
      if (!wide) return labelled(right, y + radius + 31, { fill: palette.error, size: onLines });
      const reach = Math.hypot(last - right, middle - y);
      const at = (distance) => [right + ((last - right) * distance) / reach,
        y + ((middle - y) * distance) / reach];
      spokes.push(line(...at(radius), ...at(reach - radius), { "stroke-dasharray": "2 4" }));
      // Three outputs are so far apart that the spokes' middles are; the E is between them.
      const [x, labelY] = at(sizes[L] > 2 ? radius + 34 : reach * 0.5);
      return labelled(x, labelY + 4, { fill: palette.error });
    });
    error = {
      circle: wide ? circle(last, middle, radius, { stroke: palette.error }) : null,
      name: wide ? text(last, middle - 6, "E") : null,
      value: wide
        ? labelled(last, middle + 10, { fill: palette.error, plate: false, room })
        : labelled(area.width - 2, 14, { fill: palette.error, anchor: "end" }),
    };
    const captions = sizes.map((_, l) => {
      const role = l === 0 ? ": x" : l === L ? ": ŷ" : "";
      const x = place.unit(l, 1)[0];
      const [anchor, atX] = l === 0 ? ["start", x - radius] : l === L && !wide
        ? ["end", x + radius] : ["middle", x];
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
    // `now`: the numbers; `step`; `lit`: { units, edges: sets of names, colour, quantity };
    // `chosen`: names that stand out; `first`: names of the weights that have a number in any case.
    // Returns which weights have one: "all" that are lit, or "first".
    draw(now, step, lit, chosen, first) {
      if (!area.width) return "all";
      const key = `${now.shape.name} ${area.width}`;
      if (key !== built) build(now.shape);
      built = key;
      drawUnits(now, step, lit, chosen);
      drawError(now, step, lit);
      return drawEdges(now, step, lit, chosen, first);
    },
  };

  function drawUnits(now, step, lit, chosen) {
    const digits = narrow ? 2 : 3; // more would leave no room between the layers
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
      set(unit.name, { y: place.unit(l, i)[1] + (known ? -6 : 4) });
      if (known) unit.a.put("", name, now.a(l, i), briefly(now.a(l, i), !wide));
      else unit.a.clear();
      if (l > 0 && step >= stepOf.z(l)) unit.z.put("z ", `z${l}_${i}`, now.z(l, i), digits);
      else unit.z.clear();
      if (l > 0 && step >= stepOf.delta(l, now)) {
        unit.delta.put("δ ", `delta${l}_${i}`, now.delta(l, i), digits);
      } else unit.delta.clear();
    }
  }

  function drawEdges(now, step, lit, chosen, first) {
    const updated = step === stepOf.update(now);
    const gradient = lit.quantity === "gradient";
    const shown = [];
    for (const [edgeName, edge] of edges) {
      const [l, i, j] = edge.at;
      const weight = updated ? now.afterW(l, i, j) : now.w(l, i, j);
      const isChosen = chosen.has(edgeName);
      const isLit = lit.edges.has(edgeName) || isChosen;
      const stroke = thickness(weight) + (isChosen ? 2 : 0);
      set(edge.line, {
        stroke: isLit ? lit.colour : palette.muted,
        "stroke-width": stroke.toFixed(1),
        "stroke-dasharray":
          weight < 0 ? `${(stroke + 4).toFixed(1)} ${(stroke + 2).toFixed(1)}` : undefined,
        "stroke-opacity": isLit || lit.edges.size === 0 ? undefined : 0.55,
      });
      if (!isLit) continue;
      const ofLit = gradient && lit.edges.has(edgeName);
      const [quantity, value] = ofLit ? ["byW", now.byW(l, i, j)]
        : [updated ? "afterW" : "w", weight];
      const name = ["w", l, i, j];
      const prefix = `${textOf(ofLit ? ["∂", ["E"], name] : name)} = `;
      shown.push({ name: edgeName, edge, value, prefix, quantity, key: `${quantity}${l}_${i}${j}` });
    }
    const before = placed;
    const which = placeLabels(shown, new Set([...first, ...chosen]));
    const there = new Map(shown.map((item) => [item.name, item]));
    for (const [name, value] of labels) {
      const found = there.has(name) && places.get(name);
      if (!found) {
        value.clear();
        continue;
      }
      const { key, value: number, prefix, quantity } = there.get(name);
      if (before !== placed) value.move(found.at[0], found.at[1] + onLines / 3);
      value.colour(quantity === "byW" ? palette.backward : palette.parameter);
      value.put(found.named ? prefix : "", key, number, found.digits);
    }
    return which;
  }

  // All labels, with names if there is room; else those of `first` only. While the labels keep their
  // widths they stay where they are.
  function placeLabels(shown, first) {
    const boxes = [...units.values()].flatMap((unit) => [unit.z.box, unit.delta.box])
      .concat(targets.map((target) => target.box), error.value.box).filter(Boolean);
    const widths = (named, digits) => shown.map(({ prefix, value }) =>
      Math.ceil(widthOf((named ? prefix : "") + format(value, digits), onLines)) + 3);
    const long = widths(true, 3);
    const plain = [1, 2, 3].map((digits) => widths(false, digits));
    const key = [shown.map(({ name }) => name), [...first], long, plain, boxes.length].join();
    if (key === placed.key) return placed.which;
    const circles = [...units.values()].map(({ l, i }) => [...place.unit(l, i), radius + 2]);
    const lines = [...edges.values()].map(({ ends }) => ends);
    const attempt = (chosen, widthsOf, named, digits, mostHidden = Infinity) => {
      const found = new Map();
      let hidden = 0;
      const layers = new Set(shown.map(({ edge }) => edge.at[0]));
      for (const layer of layers) { // labels of two layers are never near each other
        const labelsOf = shown.flatMap(({ name, edge }, n) => (edge.at[0] === layer && chosen(name)
          ? [{ name, width: widthsOf[n], height: onLines + 3, line: edge.ends }] : []));
        const spots = placesFor(labelsOf, boxes, circles, lines, area.width);
        if (!spots || (hidden += spots.hidden) > mostHidden) return null;
        for (const [name, at] of spots.places) found.set(name, { at, named, digits });
      }
      return found;
    };
    const all = () => true;
    const some = (name) => first.has(name);
    // Every second number may hide another line: more would be a tangle.
    const numbers = (chosen, digits) =>
      attempt(chosen, plain[digits - 1], false, digits, shown.length / 2);
    const found = attempt(all, long, true, 3, 0) ?? numbers(all, 3) ?? numbers(all, 2);
    places = found ?? numbers(some, 3) ?? numbers(some, 2) ?? numbers(some, 1) ?? new Map();
    placed = { key, which: found ? "all" : places.size ? "first" : "none" };
    return placed.which;
  }

  function drawError(now, step, lit) {
    const known = step >= stepOf.error(now);
    targets.forEach((target, n) => {
      if (known) target.put(`${textOf(["y", n + 1])} = `, `y${n + 1}`, now.y(n + 1));
      else target.clear();
    });
    if (known) error.value.put(error.circle ? "" : "E = ", "error", now.error);
    else error.value.clear();
    if (!error.circle) return;
    set(error.circle, {
      "stroke-width": lit.error ? 4 : 2, stroke: known ? palette.error : palette.muted,
    });
    set(error.name, { y: Number(error.circle.getAttribute("cy")) + (known ? -6 : 4) });
  }
}
