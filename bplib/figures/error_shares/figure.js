// Where an error comes from: a hidden unit's δ, as the sum of what the units that it feeds send back.

import { errorExamples, errorStarts } from "./examples.js";
import { drawBars } from "./bars.js";
import { drawNetwork } from "./drawing.js";
import { calculateShares, countMultiplications, outgoing, wiringOf } from "./graph.js";
import { nameOf, placeOf, weightSymbol } from "./look.js";
import { pathTable, ruleOf, termsOf } from "./terms.js";
import { choiceControl } from "../page/controls.js";
import { html } from "../page/dom.js";
import { canvas } from "../page/drawing.js";
import { figure } from "../page/figure.js";
import { math } from "../page/formulas.js";
import { format } from "../page/numbers.js";
import { roundUp } from "../page/plot.js";
import { textOf } from "../page/symbols.js";

const VIEWS = ["next layer", "all paths"].map((name) => [name, name]);

function describe(wiring, state, now, count) {
  const { L } = wiring;
  const own = textOf(["δ", state.layer, state.unit]);
  const sizes = now.shares.map(({ value }) => Math.abs(value));
  const largest = now.shares[sizes.indexOf(Math.max(...sizes))];
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const parts = [
    `${own} = ${format(now.result)}: the sum of ${now.shares.length} shares, ${format(now.total)}, ` +
      `times the slope ${format(now.slope)}.`,
  ];
  if (all === 0) parts.push("Nothing comes back to this unit.");
  else if (Math.abs(now.total) < 0.2 * all) parts.push("The shares almost cancel.");
  else if (sizes.filter((size) => size > 0.999 * Math.max(...sizes)).length === 1) {
    const way = largest.skip ? "over the skip connection " : "";
    parts.push(`The largest comes ${way}from ${placeOf(largest.l, largest.i, L)}.`);
  }
  if (now.slope === 0) parts.push("The slope is 0: no error passes this unit.");
  else if (all > 0 && now.slope < 0.01)
    parts.push("The slope is almost 0: hardly any of it passes this unit.");
  if (state.view === "all paths" && L > 2)
    parts.push(`The ${now.paths.length} paths give the same sum: ${count.paths} multiplications ` +
      `for this error term, instead of ${count.layers}.`);
  if (state.skip && L === 2)
    parts.push("The skip connection starts at an input: it changes the output, but adds no share.");
  else if (state.skip && !now.shares.at(-1).skip)
    parts.push("The skip connection does not start at this unit, so it adds no share here.");
  return parts.join(" ");
}

export default figure((self) => {
  self.check = (state) => {
    const { sizes, L, count } = wiringOf(state.network);
    if (state.x.length !== sizes[0]) return `expected ${sizes[0]} inputs`;
    if (state.weights.length !== count) return `expected ${count} weights and biases`;
    if (state.layer > L - 1) return `expected a hidden layer, 1 to ${L - 1}`;
    if (state.unit > sizes[state.layer]) return `expected a unit from 1 to ${sizes[state.layer]}`;
    if (state.skip_from > sizes[L - 2])
      return `expected a skip connection from a unit from 1 to ${sizes[L - 2]}`;
    return null;
  };

  const choose = (layer, unit) => self.change({ layer, unit });
  const network = self.choice("network", {
    label: "Network", options: Object.keys(errorStarts).map((name) => [name, name]),
    also: (name) => ({ ...errorStarts[name], layer: 1, unit: 1, skip_from: 1 }),
  });
  // Two parameters, one list: the hidden unit.
  const unit = choiceControl(
    {
      get state() {
        return { where: `${self.state.layer} ${self.state.unit}` };
      },
      change: ({ where }) => choose(...where.split(" ").map(Number)),
      announce: self.announce,
    },
    "where", { label: "Hidden unit", options: [] });
  const activation = self.choice("activation", {
    label: "Activation",
    options: ["sigmoid", "tanh", "relu", "identity"].map((name) => [name, name]),
  });
  const view = self.choice("view", { label: "Follow", options: VIEWS });
  const skip = self.flag("skip", { label: "Skip connection" });
  const skipFrom = self.choice("skip_from", { label: "from", options: [] });
  const skipTo = self.choice("skip_to", { label: "to", options: [] });
  const skipEnds = html("span", { class: "bp-shares-ends" }, skipFrom.element, skipTo.element);

  const drawing = canvas("The network; click a hidden unit to choose it", self.redraw);
  const bars = canvas("The shares, their sum, and the error term, as bars", self.redraw);
  self.end(drawing.remove);
  self.end(bars.remove);
  const rule = html("p", { class: "bp-shares-rule" });
  const list = html("ol", { class: "bp-shares-terms" });
  const counts = html("div");
  const main = html("div", { class: "bp-controls" });
  const more = html("div", { class: "bp-controls" });
  const examples = Object.entries(errorExamples).map(
    ([name, values]) => self.button(name, () => self.change(values)).element);

  self.add(
    html("div", { class: "bp-buttons" }, network.element, unit.element, activation.element,
      view.element, skip.element, skipEnds),
    html("div", { class: "bp-buttons" }, html("span", {}, "Examples:"), ...examples),
    html("div", { class: "bp-shares-both" },
      html("div", {}, drawing.element),
      html("div", {}, rule, list, counts, bars.element)),
    main,
    html("details", {}, html("summary", {}, "All parameters"), more));

  // The fields: targets and the weights that leave the chosen unit; the others are folded away.
  let fields = [];
  function layOutFields(wiring, state) {
    fields.forEach(self.forget);
    fields = [];
    const put = (place, path, options) => {
      const field = self.number(path, { from: -4, to: 4, ...options });
      fields.push(field);
      place.append(field.element);
    };
    const { L, sizes, units, weightAt, biasAt } = wiring;
    for (const i of units(L))
      put(main, ["y", i - 1], { label: textOf(["y", i]), spoken: `target ${i}`, from: -1, to: 2 });
    for (let l = 1; l <= L; l++)
      for (const i of units(l))
        for (const j of units(l - 1))
          put(l === state.layer + 1 && j === state.unit ? main : more, ["weights", weightAt(l, i, j)], {
            label: textOf(["w", l, i, j]),
            spoken: `weight of layer ${l} to unit ${i} from unit ${j}`,
          });
    for (let l = 1; l <= L; l++)
      for (const i of units(l))
        put(more, ["weights", biasAt(l, i)], {
          label: textOf(["b", l, i]), spoken: `bias of layer ${l}, unit ${i}` });
    for (let i = 1; i <= sizes[0]; i++)
      put(more, ["x", i - 1], { label: textOf(["x", i]), spoken: `input ${i}` });
    if (state.skip) put(main, "skip_weight", {
      label: math([weightSymbol({ l: L, i: state.skip_to, skip: true }, state.skip_from)]),
      spoken: "weight of the skip connection" });
  }

  let wiring;
  let shownNetwork;
  let shownParts;
  let shownWidths;
  let update = {};

  // What depends on more than numbers is made anew; all else is only moved.
  function layOut(state) {
    if (shownNetwork !== state.network) {
      shownNetwork = state.network;
      wiring = wiringOf(state.network);
      const { L, units } = wiring;
      const offer = (control, l) =>
        control.offer(units(l).map((i) => [i, `${nameOf(l, i, L)}`]));
      offer(skipFrom, L - 2);
      offer(skipTo, L);
      skipFrom.update(state);
      skipTo.update(state);
      unit.offer(Array.from({ length: L - 1 }, (_, n) => n + 1).flatMap((l) =>
        units(l).map((i) => [`${l} ${i}`, L > 2 ? `${i} of layer ${l}` : `${i}`])));
      view.element.hidden = L === 2;
    }
    const parts = [state.network, state.layer, state.unit, state.view, state.skip, state.skip_from,
      state.skip_to].join();
    if (shownParts !== parts) {
      unit.update({ where: `${state.layer} ${state.unit}` });
      skipEnds.hidden = !state.skip;
      const edges = outgoing(wiring, state, state.layer, state.unit);
      layOutFields(wiring, state);
      rule.replaceChildren(ruleOf(state, edges));
      const terms = termsOf(wiring, state, edges);
      list.style.maxWidth = `${12 * edges.length}rem`;
      list.replaceChildren(...terms.elements);
      const table = pathTable(wiring, state);
      counts.replaceChildren(...table.elements);
      update.terms = terms.update;
      update.table = table.update;
    }
    const widths = [parts, drawing.width, bars.width].join();
    if (shownWidths !== widths && drawing.width && bars.width) {
      const edges = outgoing(wiring, state, state.layer, state.unit);
      update.drawing = drawNetwork(drawing, wiring, state, choose);
      update.bars = drawBars(bars, state, edges);
      shownWidths = widths;
    }
    shownParts = parts;
  }

  return (state) => {
    layOut(state);
    const now = calculateShares(wiring, state);
    const count = countMultiplications(wiring, state);
    const scale = scaleOf(now);
    update.terms(now);
    update.table(now, count);
    update.drawing?.(now, scale);
    update.bars?.(now, scale);
    return describe(wiring, state, now, count);
  };
});

// One round number for the widths of all ribbons and the length of the axis.
function scaleOf({ shares, result }) {
  const sum = (sign) =>
    shares.reduce((total, { value }) => total + Math.max(0, sign * value), 0);
  return roundUp(Math.max(sum(1), sum(-1), Math.abs(result)), [1, 1.5, 2, 3, 4, 6, 8, 10]);
}
