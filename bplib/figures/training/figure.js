// Train it yourself: a small network learns to tell two kinds of points of the plane apart.

import { html, say, set, svg } from "../page/dom.js";
import { figure } from "../page/figure.js";
import { writeLink, writePython } from "../page/links.js";
import { show } from "../page/numbers.js";
import { mark, plane } from "./plane.js";
import { firstScales } from "./points.js";
import { pointsOf, sizesOf, trainingRun } from "./run.js";
import { learningCurve, weightsDiagram } from "./views.js";
import { words } from "./words.js";

const SLICE = 4; // milliseconds of training a frame; the rest is for drawing and the reader
const PATIENCE = 8; // frames that a run may take before a newer setting takes its place
const SAVE = 500; // milliseconds between two messages to a kernel during a run
const MOST_POINTS = 40;
const MOST_UPDATES = 200000;
const NETWORKS = ["2-1", "2-2-1", "2-3-1", "2-4-1", "2-2-2-1", "2-3-3-1", "2-4-4-1"];
const STEPS = "backprop-step-by-step"; // the figure that shows one update

// Normal, with the standard deviations that bplib.Network draws with; biases are 0.
export function drawnWeights(name, activation) {
  return firstScales[name][activation].flatMap(([count, scale]) =>
    Array.from({ length: count }, () => Math.round(normal() * scale * 100) / 100 + 0));
}

// A number of the standard normal distribution, by the formula of Box and Muller.
function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

function equalWeights(name, activation) {
  return firstScales[name][activation].flatMap(([count, scale]) =>
    Array(count).fill(scale && 0.5));
}

function biasCount(name) {
  return sizesOf(name).slice(1).reduce((sum, units) => sum + units);
}

// A number on display, with its name before it.
function reading(label, name, after = "") {
  const value = html("dd");
  const number = html("span");
  const rest = html("span");
  value.append(number, rest);
  return {
    element: html("div", {}, html("dt", {}, label), value),
    update(amount, tail = "") {
      if (Number.isFinite(amount)) show(number, name, amount, 3);
      else {
        for (const key of ["name", "value"]) delete number.dataset[key];
        say(number, "–");
      }
      say(rest, tail);
    },
  };
}

export default figure((self) => {
  self.check = ({ start, network, points, data, updates }) => {
    const sizes = sizesOf(network);
    const count = sizes.slice(1).reduce((sum, n, l) => sum + n * (sizes[l] + 1), 0);
    if (start.length !== count) return `expected ${count} start weights, got ${start.length}`;
    if (points.length % 3) return "expected three numbers a point: x1, x2 and target";
    if (points.some((value, n) => n % 3 === 2 && value !== 0 && value !== 1))
      return "expected targets 0 or 1";
    if (data === "own" && !points.length && updates) return "expected 0 updates without points";
    return null;
  };

  const run = trainingRun();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let running = false;
  let goal = 0; // the moment to be shown
  let settled = true; // whether it has been reached
  let patience = PATIENCE;
  let saved = null; // the moment as the figure's state has it
  let savedAt = 0;
  let frameAt = 0;
  let due = 0; // parts of an update that a slow run has to make up for

  function save() {
    saved = run.at;
    savedAt = performance.now();
    self.change({ updates: saved });
  }

  function adopt(state) {
    if (state.updates !== saved) {
      goal = saved = state.updates; // set by the reader, a link or Python: a run ends
      running = false;
    }
    run.setUp(state, goal);
    patience = PATIENCE;
  }

  function go(state) {
    const time = performance.now();
    if (running || settled || --patience < 0) adopt(state);
    settled = run.go(goal, time + SLICE) === "there";
    if (!running || !settled) return;
    const fast = state.speed === "full" || still.matches;
    due += fast ? Infinity : (Number(state.speed) * Math.min(100, time - frameAt)) / 1000;
    frameAt = time;
    const target = Math.min(state.limit, goal + Math.floor(due));
    const outcome = target > goal ? run.go(target, time + SLICE, state) : null;
    due = Number.isFinite(due) ? due - (run.at - goal) : 0;
    goal = run.at;
    if (outcome === "met" || goal >= state.limit) running = false;
    if (!running || self.page || time - savedAt > SAVE) save();
  }

  function startOrPause() {
    running = !running;
    [due, frameAt] = [0, performance.now()];
    if (running) self.announce("Training …");
    else save();
    self.redraw();
  }

  const choices = (names) => names.map((name) => [name, name]);
  const own = () => pointsOf(self.state).flat();
  function addPoint(x1, x2) {
    const points = own();
    if (points.length >= 3 * MOST_POINTS) self.announce(`There is room for ${MOST_POINTS} points.`);
    else self.change({ data: "own", points: [...points, x1, x2, self.state.target], point: [x1, x2] });
  }
  function keepPoints(points) {
    const updates = points.length ? self.state.updates : 0;
    self.change({ data: "own", points, updates });
  }
  function setStart(start) {
    const wrong = self.change({ start, updates: 0 });
    if (wrong) self.announce(`These weights cannot be started from: ${wrong}.`);
  }
  function openSteps() {
    const { network, activation, error, eta } = self.state;
    const { parameters, next } = run.now;
    const [x1, x2, target] = pointsOf(self.state)[next];
    const biases = biasCount(network);
    const values = {
      network, activation, output: "sigmoid", error, x: [x1, x2], y: [target], eta,
      weights: parameters.slice(0, -biases), biases: parameters.slice(-biases), train_biases: true,
      updates: 0, step: 1, until: "update",
    };
    if (!self.page || !document.getElementById(STEPS)) {
      self.copy(writePython("BackpropStepByStep", values), "Python of the figure for this update");
      return;
    }
    self.announce(
      `Step by step: that figure now begins with the weights after update ${run.now.at} of this run.`);
    const hash = writeLink(STEPS, values);
    if (location.hash === hash) window.dispatchEvent(new HashChangeEvent("hashchange"));
    else location.hash = hash;
  }

  const hasPoints = (state) => state.data !== "own" || state.points.length > 0;
  const start = self.button("Start", startOrPause, (state) =>
    running || (hasPoints(state) && state.updates < state.limit));
  start.element.classList.add("bp-training-start");
  const after = (count) => () => {
    const { at, perEpoch } = run.now;
    self.change({ updates: count === 1 ? at + 1 : (Math.floor(at / perEpoch) + 1) * perEpoch });
  };
  const idle = (state) => !running && hasPoints(state) && state.updates < MOST_UPDATES;

  const readings = {
    at: reading("updates", "updates"),
    epochs: reading("epochs", "epochs"),
    error: reading("mean error", "error"),
    right: reading("points right", "right"),
    norm: reading("gradient norm", "norm"),
    output: reading("ŷ at the marker", "output"),
  };
  const view = plane(self, addPoint);
  const curve = learningCurve(self, (updates) =>
    self.change({ updates: Math.max(0, Math.min(updates, MOST_UPDATES)) }));
  const diagram = weightsDiagram(self);
  const moment = self.number("updates", {
    label: "update", spoken: "updates made", from: 0, to: 100, step: 1 });
  const below = self.number("below", {
    label: "stop below", spoken: "stop below", from: 0.001, to: 0.1, step: 0.001 });
  const legend = (target) => html("span", {},
    svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      mark(8, 8, target)), ` target ${target}`);
  // A truth table has 0 and 1; these inputs lie evenly around 0.
  const coding = html("p", { class: "bp-training-legend bp-training-coding" },
    "XOR: the inputs −1 and 1 stand for 0 and 1; the targets are 0 and 1.");
  const group = (title, ...elements) =>
    html("fieldset", {}, html("legend", {}, title), ...elements);
  const buttons = (...controls) =>
    html("div", { class: "bp-buttons" }, ...controls.map((control) => control.element ?? control));
  const stage = html("div", { class: "bp-training-columns" },
    html("div", {},
      view.element,
      html("p", { class: "bp-training-legend" }, legend(0), legend(1),
        html("span", {}, "shade: output ŷ, blank at ½"),
        html("span", {}, "thick line: ŷ = ½"),
        html("span", { class: "bp-training-line" }, "green: hidden units’ z = 0")),
      self.flag("lines", { label: "Show the lines of the first hidden layer" }).element,
      self.status),
    html("div", {},
      html("dl", { class: "bp-training-readings" },
        ...Object.values(readings).map((one) => one.element)),
      curve.element, moment.element, diagram.element,
      html("p", { class: "bp-training-legend" }, html("span", {}, "thick: a large weight"),
        html("span", {}, "dashed: a weight below 0")),
      buttons(self.button("See this update step by step", openSteps, idle))));

  self.add(
    html("div", { class: "bp-training-choices" }, ...[
      self.choice("data", {
        label: "Data", also: () => ({ updates: 0 }),
        options: [...choices(["XOR", "separable", "circles"]), ["own", "my own points"]],
      }),
      self.choice("network", {
        label: "Network", options: choices(NETWORKS),
        also: (network) => ({ updates: 0, start: drawnWeights(network, self.state.activation) }),
      }),
      self.choice("activation", {
        label: "Hidden units", options: choices(["tanh", "sigmoid", "relu"]) }),
      self.choice("error", {
        label: "Error function",
        options: [["half_squared", "half squared"], ["binary_cross_entropy", "cross-entropy"]],
      }),
      self.choice("batch", {
        label: "Update after",
        options: [["1", "each point"], ["4", "4 points"], ["all", "all points"]],
      }),
      self.choice("speed", {
        label: "Updates a second",
        options: [...choices(["5", "100", "1000"]), ["full", "as fast as it can"]],
      }),
    ].map((control) => control.element)),
    coding,
    self.number("eta", {
      label: "η", spoken: "learning rate η", from: 0, to: 5, step: 0.05 }).element,
    buttons(start, self.button("One update", after(1), idle),
      self.button("One epoch", after("epoch"), idle)),
    stage,
    html("div", { class: "bp-training-columns" },
      group("Points",
        html("p", {}, "Click in the plane to add a point, or move the marker. " +
          "Points are learned from in a fixed order."),
        self.number(["point", 0], {
          label: "x₁", spoken: "x₁ of the marker", from: -1.5, to: 1.5 }).element,
        self.number(["point", 1], {
          label: "x₂", spoken: "x₂ of the marker", from: -1.5, to: 1.5 }).element,
        buttons(
          self.choice("target", {
            label: "New point", options: [[1, "target 1"], [0, "target 0"]] }),
          self.button("Add point", () => addPoint(...self.state.point)),
          self.button("Remove last", () => keepPoints(own().slice(0, -3)), hasPoints),
          self.button("Clear", () => keepPoints([]), hasPoints))),
      html("div", {},
        group("Start weights", buttons(
          self.button("New weights", () =>
            setStart(drawnWeights(self.state.network, self.state.activation))),
          self.button("All equal", () => setStart(equalWeights(self.state.network, self.state.activation))),
          self.button("Start from here", () => setStart(run.now.parameters), idle))),
        group("When to stop",
          self.choice("stop", {
            label: "Watch",
            options: [["error", "the mean error"], ["gradient", "the gradient norm"],
              ["none", "nothing"]],
          }).element,
          below.element,
          self.number("limit", {
            label: "or after", spoken: "updates of a run at most", from: 1000, to: MOST_UPDATES,
            step: 1000 }).element))),
  );

  return (state) => {
    go(state);
    if (!settled || running) self.redraw();
    stage.setAttribute("aria-busy", String(!settled));
    say(start.element, running ? "Pause" : "Start");
    set(coding, { style: state.data === "XOR" ? undefined : "visibility: hidden" });
    if (!settled || (running && still.matches)) return "";
    const now = run.now;
    view.draw(state, now);
    curve.draw(state, now);
    diagram.draw(now);
    set(moment.slider, { max: curve.reach(now) });
    moment.slider.value = state.updates; // which may have been too large for it before
    below.element.hidden = state.stop === "none";
    readings.at.update(now.at);
    readings.epochs.update(now.count ? Math.floor(now.at / now.perEpoch) : 0);
    readings.error.update(now.error);
    readings.right.update(now.count ? now.right : NaN, now.count ? ` of ${now.count}` : "");
    readings.norm.update(now.norm);
    readings.output.update(now.rule.forward(now.parameters, state.point).a.at(-1)[0]);
    return words(state, now, run.met(state));
  };
});
