// Descent on the error surface: choose a start and a learning rate, and walk.

import { stepFactor, surfaces } from "./arithmetic.js";
import { descentFormulas } from "./formulas.js";
import { descentMap, inView } from "./map.js";
import { canStep, walk } from "./walk.js";
import { html, printed, say, set, svg } from "../page/dom.js";
import { canvas } from "../page/drawing.js";
import { figure } from "../page/figure.js";
import { math } from "../page/formulas.js";
import { format, show } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { plot } from "../page/plot.js";

const ARRIVED = 1e-5; // a step that is shorter moves nothing that could be seen
const TICK = 100; // milliseconds a step, when running

// The error after every step, on a logarithmic scale.
function errorCurve(self) {
  const picture = canvas("E after every step, on a logarithmic scale", self.redraw);
  self.end(picture.remove);
  const HEIGHT = 230;
  const curve = svg("path", { fill: "none", stroke: palette.error, "stroke-width": 1.8 });
  const dots = svg("path", { class: "bp-descent-dots", stroke: palette.error });
  let axes;
  let drawnFor = "";
  function draw({ errors, taken }) {
    if (!picture.width) return;
    const last = [10, 20, 50, 100, 200, 500].find((most) => most >= taken);
    const positive = errors.filter((error) => error > 0).map(Math.log10);
    const top = positive.length ? Math.ceil(Math.max(...positive)) : 0;
    const least = positive.length ? Math.floor(Math.min(...positive)) : 0;
    // Below 10⁻¹⁶ of the largest there is only rounding.
    const floor = Math.min(top - 2, Math.max(least, top - 16));
    const key = [picture.width, last, top, floor].join();
    if (key !== drawnFor) {
      drawnFor = key;
      axes = plot(picture.width, HEIGHT, { x: [0, last], y: [10 ** floor, 10 ** top], logY: true,
        xLabel: "steps", yLabel: "E after each step", left: 40 });
      picture.size(HEIGHT);
      picture.element.replaceChildren(...axes.parts, curve, dots);
    }
    const points = errors.map((error, n) => [n, Math.max(error, 10 ** floor)]);
    set(curve, { d: axes.path(points) });
    set(dots, {
      d: points.map((point) => `${axes.path([point])}h.01`).join(""),
      "stroke-width": taken > 50 ? 0 : 5,
    });
  }
  return { element: picture.element, draw };
}

// The numbers at the present point: a column a weight.
function numbersTable() {
  const heads = [html("th", { scope: "col" }), html("th", { scope: "col" })];
  const rows = [
    ["w", "weight ", math(["w"])],
    ["gradient", "slope ", printed(descentFormulas.slope)],
    ["step", "next step ", printed(descentFormulas.step)],
  ].map(([name, words, formula]) => {
    const cells = [html("td"), html("td")];
    const head = html("th", { scope: "row" }, words, formula);
    return { name, cells, element: html("tr", {}, head, ...cells) };
  });
  const element = html("table", { class: "bp-descent-table" },
    html("thead", {}, html("tr", {}, html("td"), ...heads)),
    html("tbody", {}, ...rows.map((r) => r.element)));
  return {
    element,
    draw(now) {
      heads.forEach((head, k) => say(head, now.surface.weights[k]));
      const values = { w: now.w, gradient: now.gradient, step: now.step };
      for (const { name, cells } of rows)
        cells.forEach((cell, k) =>
          show(cell, `${name}${k + 1}`, values[name][k], name === "w" ? 4 : 3));
    },
  };
}

// What the surface is made of: the network's formula, and the examples when asked for.
function examplesOf(surface) {
  const inputs = surface.X[0].map((_, k) => (surface.X[0].length > 1 ? `x${"₁₂"[k]}` : "x"));
  const cells = (tag, items, attributes) => items.map((item) => html(tag, attributes, item));
  const rows = surface.X.map((x, n) =>
    html("tr", {}, ...cells("td", [...x, ...surface.Y[n]].map((value) => format(value)))));
  return html("details", {},
    html("summary", {}, `${surface.output}; E: mean over ${rows.length} examples`),
    html("table", { class: "bp-descent-examples" },
      html("thead", {}, html("tr", {}, ...cells("th", [...inputs, "target y"], { scope: "col" }))),
      html("tbody", {}, ...rows)));
}

// Why there is a largest learning rate, for a surface with the same curvature everywhere.
function rateLimit() {
  const number = () => html("b");
  const limit = number();
  const lambdas = [number(), number()];
  const factors = [number(), number()];
  const one = (k) => html("span", {}, factors[k], " (λ = ", lambdas[k], ")");
  const quadratic = html("p", {},
    "The largest η: split the distance to the lowest point into two parts, along the direction in " +
    "which the curvature λ of E (its second derivative along a straight line) is smallest, and " +
    "along the one in which it is largest. A step multiplies each part by ",
    printed(descentFormulas.factor), ": the first by ", one(0), ", the second by ", one(1),
    ". Both factors must lie between −1 and 1, so η must be below ",
    printed(descentFormulas.largestRate, false), " = ", limit, ".");
  const other = html("p", {},
    "The largest η: on this surface the curvature differs from place to place, so there is no " +
    "one number. The same η can be right in one place and too large in another.");
  const element = html("div", { class: "bp-descent-limit" });
  let shown;
  return {
    element,
    draw({ surface }, eta) {
      const { curvatures: lambda, largestRate } = surface;
      if (shown !== Boolean(lambda)) {
        shown = Boolean(lambda);
        element.replaceChildren(shown ? quadratic : other);
      }
      if (!lambda) return null;
      show(limit, "limit", largestRate);
      lambda.forEach((value, k) => {
        const factor = stepFactor(eta, value);
        show(lambdas[k], `lambda${k + 1}`, value);
        show(factors[k], `factor${k + 1}`, factor);
        factors[k].classList.toggle("bp-descent-bad", Math.abs(factor) > 1);
      });
      return largestRate;
    },
  };
}

// How it goes, in a sentence.
function verdict({ errors, taken, w, surface, diverged, length }, eta) {
  if (diverged) return "It diverges: a weight is beyond a million.";
  if (eta === 0) return "With η = 0 nothing moves.";
  if (length === 0) return "The gradient is zero: nothing moves.";
  const rises = errors.filter((error, n) => n > 0 && error > errors[n - 1]).length;
  if (!inView(w, surface.view)) return "The path has left the picture.";
  if (length < ARRIVED) return "The next step is too short to be seen.";
  if (taken === 0) return "No step is taken yet.";
  if (rises === 0) return "E has fallen at every step.";
  return `E has risen at ${rises === taken ? "every step" : `${rises} of ${taken} steps`}.`;
}

export default figure((self) => {
  let last = {};
  // The path of a state, calculated once.
  const at = (state) => (last.state === state ? last.now : (last = { state, now: walk(state) }).now);
  const { change } = self;

  const map = descentMap(self, (start) => change({ start, steps: 0 }));
  const curve = errorCurve(self);
  const table = numbersTable();
  const limit = rateLimit();
  const [error, length, taken] = [html("b", { class: "bp-descent-error" }), html("b"), html("b")];
  const about = html("div");
  let aboutShown = null;

  const surface = self.choice("surface", {
    label: "Surface", options: Object.entries(surfaces).map(([name, { title }]) => [name, title]),
    also: (name) => preset(name, "right"), // another surface has another scale
  });
  const presets = Object.keys(surfaces.bowl.presets).map((name) => ({
    name,
    ...self.button(name[0].toUpperCase() + name.slice(1),
      () => change(preset(self.state.surface, name))),
  }));
  function preset(surface, name) {
    const [start, eta] = surfaces[surface].presets[name];
    return { start, eta, steps: 0 };
  }

  // Running, once the reader has asked for it: a step a tick, or all at once for readers who want
  // nothing to move.
  let timer = 0;
  let expected = 0;
  const done = (now) => !canStep(now) || now.length < ARRIVED;
  function pause() {
    clearInterval(timer);
    timer = 0;
    self.redraw();
  }
  function tick() {
    expected = self.state.steps + 1;
    change({ steps: expected });
    if (done(at(self.state))) pause();
  }
  function start() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      let state = self.state;
      while (!done(walk(state))) state = { ...state, steps: state.steps + 1 };
      change({ steps: state.steps });
      return;
    }
    timer = setInterval(tick, TICK);
    tick();
  }
  self.end(() => clearInterval(timer));
  const run = self.button("Run", () => (timer ? pause() : start()),
    (state) => timer > 0 || !done(at(state)));
  run.element.classList.add("bp-descent-run"); // as wide with one word as with the other

  const eta = self.number("eta", { label: "η", spoken: "learning rate η", from: 0, to: 5 });
  const weight = (k) => self.number(["start", k], {
    label: "start", spoken: `start, weight ${k + 1}`, from: -5, to: 5 });
  const starts = [weight(0), weight(1)];

  self.add(
    html("div", { class: "bp-buttons" }, surface.element),
    about,
    html("div", { class: "bp-buttons", role: "group", "aria-label": "Learning rate and start" },
      "η:", ...presets.map((p) => p.element)),
    html("div", { class: "bp-descent" },
      html("div", {}, map.element,
        html("div", { class: "bp-buttons" },
          self.button("Step", () => change({ steps: at(self.state).taken + 1 }),
            (state) => canStep(at(state))).element,
          self.button("Back", () => change({ steps: at(self.state).taken - 1 }),
            ({ steps }) => steps > 0).element,
          run.element,
          self.button("To start", () => change({ steps: 0 }), ({ steps }) => steps > 0).element),
        html("div", { class: "bp-controls" }, eta.element,
          self.number("steps", { label: "steps", spoken: "steps taken", from: 0, to: 100, step: 1 })
            .element,
          ...starts.map((control) => control.element))),
      html("div", {},
        html("p", {}, "Steps taken: ", taken),
        table.element,
        html("p", {}, math(["E"]), " = ", error),
        html("p", {}, "Length of the next step: ", length),
        self.status,
        curve.element)),
    limit.element,
  );

  return (state) => {
    if (timer && state.steps !== expected) pause();
    const now = at(state);
    if (aboutShown !== now.surface) {
      aboutShown = now.surface;
      about.replaceChildren(examplesOf(aboutShown));
    }
    set(eta.slider, { max: now.surface.rates });
    eta.slider.value = state.eta; // which the change of the range may have cut
    starts.forEach(({ element }, k) =>
      say(element.firstChild, `start ${now.surface.weights[k]}`));
    for (const { name, element } of presets) {
      const [[w1, w2], rate] = now.surface.presets[name];
      const chosen = rate === state.eta && w1 === state.start[0] && w2 === state.start[1];
      element.setAttribute("aria-pressed", chosen);
    }
    say(run.element, timer ? "Pause" : "Run");
    map.draw(now);
    curve.draw(now);
    table.draw(now);
    show(error, "error", now.error);
    show(length, "length", now.length);
    show(taken, "taken", now.taken);
    const largest = limit.draw(now, state.eta);
    return (
      `After ${now.taken} ${now.taken === 1 ? "step" : "steps"} with η = ${format(state.eta)}, ` +
      `E = ${format(now.error)}. ${verdict(now, state.eta)}` +
      (largest && state.eta >= largest ? ` Here η must be below ${format(largest)}.` : "")
    );
  };
});
