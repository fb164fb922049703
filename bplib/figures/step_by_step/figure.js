// Backpropagation, step by step: forward, the error, backward, every change, the update, and again.

import { examples, layerSizes, outputsOf } from "./examples.js";
import { numberControl } from "../page/controls.js";
import { html, printed, say } from "../page/dom.js";
import { figure } from "../page/figure.js";
import { textOf } from "../page/symbols.js";
import { errorCurve } from "./curve.js";
import { networkDrawing } from "./drawing.js";
import { concerned, oneRight, partsOf, problemOf, targetsWith, weightsOf, workedOut } from "./focus.js";
import { lineElement, linesOf } from "./lines.js";
import { lookPanel } from "./look.js";
import { resultElement, resultOf } from "./results.js";
import { runner, shapeOf } from "./run.js";
import { wordsOf } from "./words.js";
import { STEPS, explanationOf, lastStep, numberOf, placeOf, ruleOf, stageOf, stepOf, titleOf } from "./stages.js";

const LAST_UPDATE = 10000;
const byWeight = textOf(["∂", ["E"], ["w"]]);

export default figure((self) => {
  self.check = problemOf;
  const run = runner();
  let now = run(self.state);
  let pointed = null; // by the mouse, for as long as it is there

  // Where the reader is, and where the buttons lead.
  const last = () => lastStep(now.shape, self.state.until);
  const mayGoOn = (state) => state.updates < LAST_UPDATE && state.until === "update";
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

  const named = (names) => names.map((name) =>
    [name, name.replace("_entropy", "-entropy").replace("_", " ")]);
  const network = self.choice("network", {
    label: "Network",
    options: Object.keys(examples).map((name) =>
      [name, /\d/.test(name) ? name : `${layerSizes[name].join("-")}: ${name}`]),
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
  let shownInputs = "";
  let shownFields = "";

  function layOut(shape, { output }) {
    if (`${shape.name} ${output}` === shownInputs) return;
    shownInputs = `${shape.name} ${output}`;
    pointed = null; // it may not be in this network
    self.status.parentNode.style.setProperty("--bp-rows", Math.max(...shape.sizes));
    while (exampleFields.length) self.forget(exampleFields.pop());
    const add = (letter, name, l, options) => {
      for (const i of shape.units(l)) {
        const field = self.number([letter, i - 1], {
          label: textOf([letter, i]), spoken: `${name} ${letter}${i}`,
          ...options(i - 1) });
        exampleFields.push(field);
      }
    };
    add("x", "input", 0, () => slider);
    const targets = { ...slider, ...(output === "identity" ? {} : { from: 0, to: 1 }) };
    // Those of softmax sum to 1: the others go along.
    add("y", "target", shape.L, (n) => ({ ...targets, also: (value) =>
      (self.state.output === "softmax" && value >= 0 && value <= 1
        ? { y: targetsWith(self.state.y, n, value) } : {}) }));
    inputs.prepend(...exampleFields.map((field) => field.element));
    const units = shape.sizes.flatMap((_, l) => shape.units(l).map((i) => [`a${l}_${i}`,
      `${textOf(["a", l, i])}, unit ${i} of layer ${l}`]));
    const weights = shape.layers.flatMap(shape.weights).map(([l, i, j]) => [`w${l}_${i}${j}`,
      `${textOf(["w", l, i, j])}, from ${textOf(["a", l - 1, j])} to ${textOf(["a", l, i])}`]);
    look.offer([["", "nothing"], ...units, ...weights]);
    look.update(self.state);
  }

  function layOutWeights(shape) {
    if (!folded.open) return;
    if (shape.name !== shownFields) {
      shownFields = shape.name;
      const weights = shape.layers.flatMap(shape.weights).map(([l, i, j]) =>
        numberControl(editor, ["weights", shape.weight(l, i, j)], {
          label: textOf(["w", l, i, j]), spoken: `weight ${i} ${j} of layer ${l}`, ...slider }));
      const biases = shape.layers.flatMap((l) => shape.units(l).map((i) =>
        numberControl(editor, ["biases", shape.bias(l, i) - shape.weightCount], {
          label: textOf(["b", l, i]), spoken: `bias ${i} of layer ${l}`, ...slider })));
      weightFields = [...weights, ...biases];
      fields.replaceChildren(...weightFields.map((field) => field.element));
    }
    for (const field of weightFields) field.update(editor.state);
  }

  // The six steps of the algorithm; which it is, and which stage of how many.
  const six = STEPS.map((step) => html("span", {}, step));
  const strip = html("p", { class: "bp-steps-six", "aria-hidden": "true" }, ...six);
  // The stage: its title, its rule in symbols and in numbers, its results.
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
    say(place, placeOf(state, shape));
    six.forEach((step, n) => {
      step.hidden = state.until === "error" && n > 2;
      step.classList.toggle("bp-steps-now", n === numberOf(stage));
    });
    say(title, titleOf(stage, shape));
    say(explanation, explanationOf(stage, shape, state));
    const key = [state.network, state.step, state.activation, state.output, state.error,
      state.train_biases].join();
    if (key !== shownRule) {
      shownRule = key;
      rule.replaceChildren(...ruleOf(stage, shape, state).map(printed));
    }
    const at = workedOut(stage, pointed ?? state.look);
    const inNumbers = linesOf(now);
    const [line, chosen] = {
      input: () => [[], ""],
      z: () => [inNumbers.z(...at), `z${at[0]}_${at[1]}`],
      a: () => [inNumbers.a(...at), `a${at[0]}_${at[1]}`],
      error: () => [inNumbers.error(), "error"],
      delta: () => [inNumbers.delta(...at), `delta${at[0]}_${at[1]}`],
      gradient: () => [inNumbers.short(...at), `byW${at[0]}_${at[1]}${at[2]}`],
      update: () => [inNumbers.afterW(...at), `afterW${at[0]}_${at[1]}${at[2]}`],
    }[stage.kind]();
    worked.show(line);
    after.show(stage.kind === "update" ? inNumbers.errorAfter() : []);
    result.show(resultOf(stage, now, at[0]), chosen);
    return at;
  }

  // What stands out in the drawing: what is worked out, and what is looked at.
  function chosenOf({ kind }, at, looked) {
    const [l, i, j] = at;
    const names = { z: [`a${l}_${i}`], a: [`a${l}_${i}`], delta: [`a${l}_${i}`],
      gradient: [`w${l}_${i}${j}`], update: [`w${l}_${i}${j}`] }[kind] ?? [];
    return new Set(looked ? [...names, looked] : names);
  }

  // What the numbers on the lines are, and whose.
  function sayLegend(stage, at, which, looked) {
    const { kind, l } = stage;
    const what = { z: `weights into layer ${l}`, gradient: byWeight, update: "new weights",
      delta: l < now.L ? `weights into layer ${l + 1}` : "" }[kind];
    const [m, i] = at ?? [];
    const whose = `${kind === "gradient" ? `${byWeight} of the ` : kind === "update" ? "new " : ""}weights ` +
      `${kind === "delta" ? "out of" : "into"} ${textOf(["a", m, i])}; choose another unit for its own`;
    const words = !what ? (looked.startsWith("w") ? "Number on the line: the weight" : "")
      : which === "all" ? `Numbers on the lines: ${what}`
      : which === "first" ? `Numbers on the lines: ${whose}` : "The numbers of the lines stand below";
    say(lines, words);
  }

  const lines = html("p", { class: "bp-steps-legend bp-steps-lines" });
  const nextUpdateButton = self.button("Next update", nextUpdate, mayGoOn).element;
  const steps = html("div", { class: "bp-buttons bp-steps-buttons" },
    self.button("First", () => self.change({ step: 1 }), (state) => state.step > 1).element,
    self.button("Back", back, (state) => state.step > 1 || state.updates > 0).element,
    self.button("Next", next, (state) => state.step < last() || mayGoOn(state)).element,
    nextUpdateButton);
  const eta = self.number("eta",
    { label: "η", spoken: "learning rate η", from: 0, to: 5, step: 0.05 }).element;
  const updates = self.number("updates",
    { label: "updates", spoken: "updates made", from: 0, to: 200, step: 1 }).element;
  inputs.append(eta, updates);
  const activation = self.choice("activation", {
    label: "Hidden layers", options: named(["sigmoid", "tanh", "relu"]) });
  // Outputs and errors that go together: to choose one may change the other.
  const fits = (output, error) => outputsOf[error].includes(output);
  const targetsFor = (output) => {
    const { y } = self.state;
    const total = y.reduce((sum, target) => sum + target);
    return output === "softmax" && total !== 1 ? { y: oneRight(y) } : {};
  };
  const errorNames = Object.keys(outputsOf);
  const output = self.choice("output", {
    label: "Output layer", options: named(["sigmoid", "identity", "softmax"]),
    also: (value) => ({ ...targetsFor(value), error: fits(value, self.state.error)
      ? self.state.error : errorNames.find((error) => fits(value, error)) }),
  });
  const error = self.choice("error", {
    label: "Error", options: named(errorNames),
    also(value) {
      const chosen = fits(self.state.output, value) ? self.state.output : outputsOf[value][0];
      return { output: chosen, ...targetsFor(chosen) };
    },
  });
  const trainBiases = self.flag("train_biases", { label: "updates change the biases too" }).element;
  const settings = html("div", { class: "bp-buttons bp-steps-settings" },
    activation.element, output.element, error.element, trainBiases);
  const looking = html("div", { class: "bp-steps-looking" }, look.element, panel.element);
  const errors = html("div", {}, curve.element);
  const more = html("div", {},
    html("div", { class: "bp-steps-board" }, errors, inputs),
    settings, folded);
  self.add(
    html("div", { class: "bp-buttons bp-steps-top" }, network.element,
      html("span", { class: "bp-steps-legend" }, "thick line: large weight; dashed: negative")),
    drawing.element,
    lines,
    steps,
    strip,
    html("div", { class: "bp-steps-board" },
      html("div", { class: "bp-steps-stage" }, title, place, explanation, rule, worked.element,
        after.element, result.element),
      looking),
    more);

  return (state) => {
    now = run(state);
    const { shape } = now;
    const short = state.until === "error";
    for (const element of [looking, more]) element.hidden = state.small;
    for (const element of [nextUpdateButton, eta, updates, trainBiases, errors]) element.hidden = short;
    activation.element.hidden = shape.L === 1; // there are none
    layOut(shape, state);
    layOutWeights(shape);
    const stage = stageOf(state.step, shape);
    const looked = pointed ?? state.look;
    const at = showStep(state, stage);
    const which = drawing.draw(now, state.step, concerned(stage, shape),
      chosenOf(stage, at, looked), weightsOf(stage, shape, at));
    sayLegend(stage, at, which, looked);
    if (!state.small && !short) {
      const known = state.step >= stepOf.error(shape);
      const until = now.errors.slice(0, state.updates + (known ? 1 : 0));
      if (state.step === stepOf.update(shape)) until.push(now.errorAfter);
      curve.draw(until, `The error appears here at stage ${stepOf.error(shape)}.`);
    }
    panel.show(now, state.small ? "" : looked, state.until);
    return ["", wordsOf(now, state, stage)];
  };
});
