// What δ means: the slope of the error of one output unit, over its weighted input.

import { areaPicture, errorPlot, outputPlot, reachOf } from "./plots.js";
import { comparison, countInWords } from "./learning.js";
import { ERROR_NAMES, OUTPUTS, learn, unitAt, unitRules } from "./unit.js";
import { names, outputFormulas } from "./rules.js";
import { html, printed, say, set } from "../page/dom.js";
import { figure } from "../page/figure.js";
import { format, show } from "../page/numbers.js";

const PAIRS = [
  ["identity", "half_squared", "Identity,", "half squared"],
  ["tanh", "half_squared", "Tanh,", "half squared"],
  ["sigmoid", "half_squared", "Sigmoid,", "half squared"],
  ["sigmoid", "binary_cross_entropy", "Sigmoid,", "cross-entropy"],
];
// Where an output is near 1, and where it is far off, on the flat part of the curve if there is one.
const RIGHT = { identity: 1, tanh: 2.5, sigmoid: 6 };
const WRONG = { identity: -8, tanh: -2.5, sigmoid: -8 };

// A calculated number with its name before it, in the colour of what it measures.
function reading(colour, name) {
  const value = html("b");
  return { value, element: html("span", { class: `bp-delta-${colour}` }, `${name} = `, value) };
}

// The product in three columns: symbol, formula, number. A slope has no colour: it runs neither way.
function factorTable() {
  const cells = ["backward", "ink", "backward"].map((colour) => ({
    formula: html("div", { class: "bp-delta-formula" }), value: html("b", { class: `bp-delta-${colour}` }),
  }));
  const columns = cells.map(({ formula, value }, n) =>
    html("div", {}, html("div", { class: "bp-delta-formula" }, printed(names.heads[n])), formula,
      value));
  const sign = (text) => html("span", { class: "bp-delta-sign" }, text);
  let shown = "";
  return {
    element: html("div", { class: "bp-delta-factors" }, columns[0], sign("×"), columns[1],
      sign("="), columns[2]),
    update(state, now) {
      const key = state.activation + state.error;
      if (key !== shown) {
        shown = key;
        outputFormulas[`${state.activation}_${state.error}`].forEach((formula, n) =>
          cells[n].formula.replaceChildren(printed(formula)));
      }
      show(cells[0].value, "errorByA", now.errorByA);
      show(cells[1].value, "slope", now.slope);
      show(cells[2].value, "delta", now.delta);
    },
  };
}

function inWords(state, now, rows) {
  const { error, y, updates } = state;
  const gap = Math.abs(now.gap);
  const where = updates ? `After ${updates} ${updates === 1 ? "update" : "updates"} the` : "The";
  const how = gap < 5e-4 ? "as it should be" : `${format(gap)} too ${now.gap > 0 ? "high" : "low"}`;
  const way = now.delta === 0 ? "there is nothing to learn"
    : `an update ${now.delta > 0 ? "lowers" : "raises"} z`;
  const said = [`${where} output is ${format(now.a)}, the target ${format(y)}: ${how}.`,
    `δ = ${format(now.delta)}: ${way}.`];
  if (gap > 0.5 && now.slope < 0.05)
    said.push(error === "half_squared"
      ? "The mistake is large, but the slope g′ is nearly 0 and takes δ with it."
      : "The slope g′ is nearly 0, but the logarithm cancels it: δ is as large as the mistake.");
  const counts = rows.map((row) => `${countInWords(row)} with ${ERROR_NAMES[row.kind]}`);
  said.push(`Updates until ${names.near}, by error: ${counts.join(", ")}.`);
  return said.join(" ");
}

export default figure((self) => {
  self.check = ({ activation, error, y }) => {
    if (error === "binary_cross_entropy" && activation !== "sigmoid")
      return "cross-entropy expects a sigmoid output";
    const [low, high] = OUTPUTS[activation];
    return y < low || y > high ? `expected a number from ${low} to ${high} for ${activation}` : null;
  };

  function choosePair(activation, error) {
    const [low, high] = OUTPUTS[activation];
    const y = Math.min(Math.max(self.state.y, low), high);
    self.change({ activation, error, y, updates: 0 });
  }
  const preset = (places) => () =>
    self.change({ z: places?.[self.state.activation] ?? 0, y: 1, updates: 0 });

  const unbroken = (text) => html("span", { class: "bp-delta-unbroken" }, text);
  const pairs = PAIRS.map(([activation, error, ...words]) => ({
    ...self.button(html("span", {}, unbroken(words[0]), " ", unbroken(words[1])),
      () => choosePair(activation, error)),
    activation, error,
  }));
  const output = outputPlot(self, (z) => self.change({ z, updates: 0 }));
  const errors = errorPlot(self);
  const areas = areaPicture(self);
  for (const { drawing } of [output, errors, areas]) self.end(drawing.remove);
  const readings = {
    z: reading("ink", "z"),
    a: reading("forward", "a"),
    gap: reading("error", names.gap),
    error: reading("error", "E"),
    slope: reading("ink", "slope g′"),
    delta: reading("backward", "slope δ"),
    step: reading("parameter", `one update: ${names.step}`),
  };
  const line = (...shown) => html("span", {}, ...shown.map((name) => readings[name].element));
  const lines = (...rows) => html("p", { class: "bp-delta-readings" }, ...rows);
  const factors = factorTable();
  const also = () => ({ updates: 0 });
  const start = self.number("z", { label: "z", spoken: "weighted input z", from: -10, to: 10, also });
  const startLabel = start.element.querySelector("label");
  const target = self.number("y", { label: "y", spoken: "target y", from: 0, to: 1, also });
  const table = comparison(self);

  self.add(
    html("div", { class: "bp-delta-pairs", role: "group", "aria-label": "Output and error" },
      ...pairs.map((pair) => pair.element)),
    html("div", { class: "bp-delta-plots" },
      html("div", {}, output.drawing.element, lines(line("z", "a"), line("slope", "gap"))),
      html("div", {}, errors.drawing.element, lines(line("error", "delta"), line("step")))),
    html("div", { class: "bp-controls" }, start.element, target.element),
    html("div", { class: "bp-buttons" },
      self.button("Confident and right", preset(RIGHT)).element,
      self.button("Undecided", preset()).element,
      self.button("Confident and wrong", preset(WRONG)).element),
    factors.element,
    areas.drawing.element,
    table.element,
  );

  let shownActivation = "";
  return (state) => {
    const { z, y, activation, error, eta, updates } = state;
    if (activation !== shownActivation) {
      shownActivation = activation;
      const [min, max] = OUTPUTS[activation];
      set(target.slider, { min, max });
      target.slider.value = y;
    }
    say(startLabel, updates ? "from" : "z"); // where learning began, and no longer where z is
    for (const pair of pairs)
      set(pair.element, { "aria-pressed": pair.activation === activation && pair.error === error });

    // The same unit with each error that goes with its activation, after as many updates.
    const kinds = activation === "sigmoid" ? ["half_squared", "binary_cross_entropy"] : [error];
    const rows = kinds.map((kind) => {
      const rule = unitRules(activation, kind);
      const { at, needs } = learn(rule, z, y, eta, updates);
      return { kind, needs, rule, unit: unitAt(rule, at, y, eta) };
    });
    const { rule, unit: now } = rows.find(({ kind }) => kind === error);
    const rival = rows.find(({ kind }) => kind !== error);
    const other = rival && { ...rival.unit, kind: rival.kind };

    const reach = reachOf(z, now.z, now.next, other?.z ?? 0);
    if (output.drawing.width) output.update(state, rule, now, other, reach);
    if (errors.drawing.width) errors.update(state, rule, now, reach);
    if (areas.drawing.width) areas.update(now);
    for (const [name, { value }] of Object.entries(readings)) show(value, name, now[name]);
    factors.update(state, now);
    table.update(state, rows);
    return inWords(state, now, rows);
  };
});
