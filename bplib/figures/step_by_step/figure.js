// Backpropagation, step by step: forward, the error, backward, every change, the update, and again.

import { examples } from "./examples.js";
import { numberControl } from "../page/controls.js";
import { html, say } from "../page/dom.js";
import { figure } from "../page/figure.js";
import { math } from "../page/formulas.js";
import { format } from "../page/numbers.js";
import { errorCurve } from "./curve.js";
import { networkDrawing, unitName, weightName } from "./drawing.js";
import { concerned, partsOf, problemOf, workedOut } from "./focus.js";
import { lineElement, linesOf } from "./lines.js";
import { lookPanel } from "./look.js";
import { resultElement, resultOf } from "./results.js";
import { runner, shapeOf } from "./run.js";
import { explanationOf, lastStep, ruleOf, stageOf, stepOf, titleOf } from "./stages.js";

const LAST_UPDATE = 10000;

export default figure((self) => {
  self.check = problemOf;
  const run = runner();
  let now = run(self.state);
  let pointed = null; // by the mouse, for as long as it is there

  // Where the reader is, and where the buttons lead.
  const last = () => lastStep(now.shape);
  const counted = (updates) => `${updates} ${updates === 1 ? "update" : "updates"}`;
  const mayGoOn = (state) => state.updates < LAST_UPDATE;
  function next() {
    if (self.state.step < last()) self.change({ step: self.state.step + 1 });
    else nextUpdate();
  }
  function nextUpdate() {
    if (mayGoOn(self.state)) self.change({ updates: self.state.updates + 1, step: 1 });
  }
  function back() {
    const { step, updates } = self.state;
    self.change(step > 1 ? { step: step - 1 } : { updates: updates - 1, step: last() });
  }

  const drawing = networkDrawing("The network; point at a unit or a line to look at it", self.redraw, {
    pick: (name) => self.change({ look: self.state.look === name ? "" : name }),
    point(name) {
      pointed = name;
      self.redraw();
    },
  });
  const curve = errorCurve(self.redraw);
  self.end(drawing.remove);
  self.end(curve.remove);

  const named = (names) => names.map((name) => [name, name.replace("_", " ").replace("_", "-")]);
  const network = self.choice("network", {
    label: "Network", options: named(Object.keys(examples)),
    also: (name) => ({ ...examples[name], updates: 0, step: 1, look: "" }),
  });
  const look = self.choice("look", { label: "Look at", options: [] });

  // The weights of now. To change one is to begin anew from here.
  const editor = {
    get state() {
      return { weights: now.weights, biases: now.biases };
    },
    change: (values) =>
      self.change({ weights: now.weights, biases: now.biases, updates: 0, ...values }),
  };

  const inputs = html("div", { class: "bp-controls bp-steps-inputs" });
  const fields = html("div", { class: "bp-controls" });
  const folded = html("details", { toggle: self.redraw },
    html("summary", {}, "Weights and biases, as they are now"),
    html("p", {}, "Whoever changes one begins anew from here: the updates are counted from 0 again."),
    fields);
  const slider = { from: -2, to: 2, step: 0.01 };
  let exampleFields = [];
  let weightFields = [];
  let shownNetwork = "";
  let shownFields = "";

  function layOut(shape) {
    if (shape.name === shownNetwork) return;
    shownNetwork = shape.name;
    pointed = null; // it may not be in this network
    result.element.style.setProperty("--bp-rows", Math.max(...shape.sizes)); // room for all stages
    while (exampleFields.length) self.forget(exampleFields.pop());
    const add = (letter, name, l, options) => {
      for (const i of shape.units(l)) {
        const field = self.number([letter, i - 1], {
          label: unitName(0, i).replace("x", letter), spoken: `${name} ${letter}${i}`, ...options });
        exampleFields.push(field);
      }
    };
    add("x", "input", 0, slider);
    add("y", "target", shape.L, { from: 0, to: 1, step: 0.01 });
    inputs.prepend(...exampleFields.map((field) => field.element));
    const units = shape.sizes.flatMap((_, l) => shape.units(l).map((i) => [`a${l}_${i}`,
      `${unitName(l, i)}, unit ${i} of layer ${l}`]));
    const weights = shape.layers.flatMap(shape.weights).map(([l, i, j]) => [`w${l}_${i}${j}`,
      `${weightName(l, i, j)}, from ${unitName(l - 1, j)} to ${unitName(l, i)}`]);
    look.offer([["", "nothing"], ...units, ...weights]);
    look.update(self.state);
  }

  function layOutWeights(shape) {
    if (!folded.open) return;
    if (shape.name !== shownFields) {
      shownFields = shape.name;
      const weights = shape.layers.flatMap(shape.weights).map(([l, i, j]) =>
        numberControl(editor, ["weights", shape.weight(l, i, j)], {
          label: weightName(l, i, j), spoken: `weight ${i} ${j} of layer ${l}`, ...slider }));
      const biases = shape.layers.flatMap((l) => shape.units(l).map((i) =>
        numberControl(editor, ["biases", shape.bias(l, i) - shape.weightCount], {
          label: unitName(l, i).replace("a", "b"), spoken: `bias ${i} of layer ${l}`, ...slider })));
      weightFields = [...weights, ...biases];
      fields.replaceChildren(...weightFields.map((field) => field.element));
    }
    for (const field of weightFields) field.update(editor.state);
  }

  // The step: its title, its rule in symbols and in numbers, its results.
  const place = html("p", { class: "bp-steps-place" });
  const title = html("p", { class: "bp-steps-title" });
  const explanation = html("p", { class: "bp-steps-explanation" });
  const rule = html("div", { class: "bp-steps-rule" });
  const worked = lineElement();
  const after = lineElement();
  const result = resultElement();
  const panel = lookPanel();
  let shownRule = "";

  function showStep(state, stage) {
    const { shape } = now;
    say(place, `Step ${state.step} of ${last()}, after ${counted(state.updates)}`);
    say(title, titleOf(stage, shape));
    say(explanation, explanationOf(stage, shape, state.train_biases));
    const key = [state.network, state.step, state.activation, state.error, state.train_biases].join();
    if (key !== shownRule) {
      shownRule = key;
      rule.replaceChildren(...ruleOf(stage, shape, state).map((parts) => math(parts, true)));
    }
    const at = workedOut(stage, pointed ?? state.look);
    const lines = linesOf(now);
    const [line, chosen] = {
      input: () => [[], ""],
      z: () => [lines.z(...at), `z${at[0]}_${at[1]}`],
      a: () => [lines.a(...at), `a${at[0]}_${at[1]}`],
      error: () => [lines.error(), "error"],
      delta: () => [lines.delta(...at), `delta${at[0]}_${at[1]}`],
      change: () => [lines.changeW(...at), `changeW${at[0]}_${at[1]}${at[2]}`],
      update: () => [lines.afterW(...at), `afterW${at[0]}_${at[1]}${at[2]}`],
    }[stage.kind]();
    worked.show(line);
    after.show(stage.kind === "update" ? lines.errorAfter() : []);
    result.show(resultOf(stage, now, at[0]), chosen);
    return at;
  }

  // What stands out in the drawing: what is worked out, and what is looked at.
  function chosenOf({ kind }, at, looked) {
    const [l, i, j] = at;
    const names = { z: [`a${l}_${i}`], a: [`a${l}_${i}`], delta: [`a${l}_${i}`],
      change: [`w${l}_${i}${j}`], update: [`w${l}_${i}${j}`] }[kind] ?? [];
    return new Set(looked ? [...names, looked] : names);
  }

  const steps = html("div", { class: "bp-buttons bp-steps-buttons" },
    self.button("First", () => self.change({ step: 1 }), (state) => state.step > 1).element,
    self.button("Back", back, (state) => state.step > 1 || state.updates > 0).element,
    self.button("Next", next, (state) => state.step < last() || mayGoOn(state)).element,
    self.button("Next update", nextUpdate, mayGoOn).element);
  inputs.append(
    self.number("eta", { label: "η", spoken: "learning rate η", from: 0, to: 5, step: 0.05 }).element,
    self.number("updates", { label: "updates", spoken: "updates made", from: 0, to: 200, step: 1 })
      .element);
  const activation = self.choice("activation", {
    label: "Hidden layers", options: named(["sigmoid", "tanh", "relu"]) });
  const settings = html("div", { class: "bp-buttons bp-steps-settings" },
    activation.element,
    self.choice("error", {
      label: "Error", options: named(["half_squared", "binary_cross_entropy"]) }).element,
    self.flag("train_biases", { label: "updates change the biases too" }).element);
  const looking = html("div", { class: "bp-steps-looking" }, look.element, panel.element);
  const more = html("div", {},
    html("div", { class: "bp-steps-board" }, html("div", {}, curve.element), inputs),
    settings, folded);
  self.add(
    html("div", { class: "bp-buttons bp-steps-top" }, network.element,
      html("span", { class: "bp-steps-legend" }, "thick line: large weight; dashed: negative")),
    drawing.element,
    steps,
    html("div", { class: "bp-steps-board" },
      html("div", {}, place, title, explanation, rule, 
        html("div", { class: "bp-steps-worked" }, worked.element, after.element), result.element),
      looking),
    more);

  return (state) => {
    now = run(state);
    const { shape } = now;
    for (const element of [looking, more]) element.hidden = state.small;
    activation.element.hidden = shape.L === 1; // there are none
    layOut(shape);
    layOutWeights(shape);
    const stage = stageOf(state.step, shape);
    const looked = pointed ?? state.look;
    const at = showStep(state, stage);
    drawing.draw(now, state.step, concerned(stage, shape), chosenOf(stage, at, looked));
    if (!state.small) {
      const known = state.step >= stepOf.error(shape);
      const errors = now.errors.slice(0, state.updates + (known ? 1 : 0));
      if (state.step === last()) errors.push(now.errorAfter);
      curve.draw(errors, `The error appears here at step ${stepOf.error(shape)}.`);
    }
    panel.show(now, state.small ? "" : looked);
    return words(state, stage);
  };

  function words(state, stage) {
    const { shape } = now;
    const vector = ["change", "update"].includes(stage.kind) ? null : resultOf(stage, now);
    const found = stage.kind === "error" ? `: ${format(now.error)}`
      : stage.kind === "update" ? `: E was ${format(now.error)} and is now ${format(now.errorAfter)}`
      : vector ? `: ${vector.rows.map(([{ value }]) => format(value)).join(", ")}` : "";
    return `Step ${state.step} of ${last()}, after ${counted(state.updates)}. ` +
      `${titleOf(stage, shape)}${found}.`;
  }
});
