// Chain of sensitivities: the factors of ∂E/∂w multiply, link by link.

import { chainLinks } from "./arithmetic.js";
import { chainFormulas } from "./formulas.js";
import { html, printed, svg } from "../page/dom.js";
import { canvas, circle, draggable, line, rectangle, text, thickness } from "../page/drawing.js";
import { figure } from "../page/figure.js";
import { format, show, superscript } from "../page/numbers.js";
import { palette } from "../page/palette.js";
import { textOf } from "../page/symbols.js";

// Everything that is calculated, from the derived rules: forward, backward, and the factors.
function calculate({ x, y, weights, biases, activation, layer }) {
  const rule = chainLinks[activation];
  const L = weights.length;
  const w = [null, ...weights];
  const a = [x];
  const z = [null];
  for (let l = 1; l <= L; l++) {
    z[l] = rule.z(w[l], a[l - 1], biases[l - 1]);
    a[l] = rule.a(z[l]);
  }
  const delta = [];
  const gradient = [];
  for (let l = L; l >= 1; l--) {
    delta[l] = l === L ? rule.outputDelta(a[L], y) : rule.hiddenDelta(a[l], w[l + 1], delta[l + 1]);
    gradient[l] = rule.gradient(delta[l], a[l - 1]);
  }
  const factor = (name, l, value) => ({ name, value, formula: chainFormulas.factors[l - 1][name] });
  const factors = [factor("errorByA", L, rule.errorByA(a[L], y))];
  for (let l = L; l >= layer; l--) {
    factors.push(factor("aByZ", l, rule.aByZ(a[l])),
      l > layer ? factor("zByA", l, rule.zByA(w[l])) : factor("zByW", l, rule.zByW(a[l - 1])));
  }
  const product = factors.reduce((sofar, factor) => (factor.sofar = sofar * factor.value), 1);
  return { L, w, z, a, delta, gradient, factors, product, error: rule.error(a[L], y) };
}

// The chain itself: a unit a layer and the error, in as many rows as the width asks for.
function drawChain(canvas, self, state, now) {
  const perRow = Math.min(now.L + 2, Math.max(3, Math.floor(canvas.width / 58)));
  const rows = Math.ceil((now.L + 2) / perRow);
  const step = canvas.width / perRow;
  const height = 100;
  const radius = Math.min(22, step * 0.34);
  const centre = (n) => [step * ((n % perRow) + 0.5), height * Math.floor(n / perRow) + 52];
  canvas.size(rows * height);
  const lines = [];
  const units = [];
  for (let n = 0; n <= now.L + 1; n++) {
    const [cx, cy] = centre(n);
    if (n > 0) {
      const [fromX, fromY] = centre(n - 1);
      const sameRow = fromY === cy;
      const lit = n >= state.layer;
      const look = {
        stroke: lit ? palette.backward : palette.muted,
        "stroke-width": n <= now.L ? thickness(now.w[n]) : 2,
        "stroke-dasharray": n > now.L ? "3 4" : undefined,
      };
      // At the end of a row the line leaves the picture, and comes in again on the next.
      lines.push(line(sameRow ? fromX : cx - step / 2, cy, cx, cy, look));
      if (!sameRow) lines.push(line(fromX, fromY, fromX + step / 2, fromY, look));
      // There its name would be in the next unit's way: it moves up.
      const labelY = cy - (sameRow ? 33 : 46);
      if (n <= now.L) lines.push(weightLabel(self, n, cx - step / 2, labelY, now.w[n]));
    }
    const isError = n > now.L;
    const value = svg("text", { x: cx, y: cy + 4, "text-anchor": "middle", "font-size": 11.5,
      fill: palette.ink });
    if (isError) show(value, "error", now.error, 2);
    else show(value, `a${n}`, now.a[n], 2);
    const name = isError ? "E" : n === now.L ? chainFormulas.outputs[n - 1] : textOf(["a", n]);
    const unit = svg("g", {},
      circle(cx, cy, radius, { stroke: isError ? palette.error : palette.forward }), value,
      text(cx, cy + radius + 16, name));
    if (n === 0) dragTo(self, unit, () => self.state.x, (x) => ({ x }));
    units.push(unit);
  }
  canvas.element.replaceChildren(...lines, ...units);
}

function weightLabel(self, l, x, y, value) {
  const low = Math.max(x, 28);
  const number = text(low, y + 14, "", { fill: palette.parameter, halo: true, "font-size": 12 });
  show(number, `w${l}`, value, 3);
  const label = svg("g", { fill: palette.parameter },
    rectangle(low - 24, y - 15, 48, 36, { fill: "transparent" }),
    text(low, y - 2, textOf(["w", l]), { fill: palette.parameter, halo: true }),
    number);
  return dragTo(self, label, () => self.state.weights[l - 1],
    (value) => ({ weights: self.state.weights.with(l - 1, value), layer: l }));
}

function dragTo(self, element, from, change) {
  return draggable(element, { from, to: (value) => self.change(change(value)) });
}

// One card a factor: the symbol, the rule for it, its number, and the product so far.
function factorCard() {
  const value = html("span", { class: "bp-chain-value" });
  const sofar = html("span", { class: "bp-chain-sofar" });
  const rule = html("span");
  const element = html("li", {}, rule, value, sofar);
  let shown = "";
  return {
    element,
    update(factor, number) {
      if (factor.formula !== shown) rule.replaceChildren(printed((shown = factor.formula)));
      value.classList.toggle("bp-chain-back", factor.name === "errorByA"); // of E; of nothing else
      show(value, `factor${number}`, factor.value);
      show(sofar, `sofar${number}`, factor.sofar, 3);
    },
  };
}

// |∂E/∂w| of every layer on a logarithmic scale.
function drawBars(canvas, self, state, now) {
  const sizes = now.gradient.map(Math.abs);
  const visible = sizes.filter((size) => size > 0).map(Math.log10);
  const top = visible.length ? Math.ceil(Math.max(...visible)) : 0;
  const floor = Math.min(top - 4, visible.length ? Math.ceil(Math.min(...visible)) - 1 : 0);
  const left = 44;
  const step = (canvas.width - left) / now.L;
  const crowded = step < 52; // numbers above the bars would touch: two rows below have more room
  const base = 150;
  const height = base + (crowded ? 56 : 26);
  const level = (power) => base - ((base - 42) * (power - floor)) / (top - floor);
  const parts = [text(0, 14, `Size of ${chainFormulas.byWeight} for each weight w`, {
    "text-anchor": "start" })];
  const every = Math.ceil((top - floor) / 5);
  for (let power = floor; power <= top; power += every) {
    parts.push(line(left, level(power), canvas.width, level(power), { "stroke-width": 0.5 }));
    parts.push(text(left - 6, level(power) + 4, `10${superscript(power)}`,
      { "text-anchor": "end", "font-size": 12 }));
  }
  for (let l = 1; l <= now.L; l++) {
    const x = left + (l - 0.5) * step;
    const y = sizes[l] > 0 ? level(Math.log10(sizes[l])) : base - 1;
    const wide = Math.min(40, step * 0.7);
    const chosen = l === state.layer;
    const valueY = crowded ? base + (l % 2 ? 35 : 51) : y - 6;
    const value = text(Math.min(x, canvas.width - 24), valueY, "", { halo: true, "font-size": 12 });
    show(value, `gradient${l}`, now.gradient[l], step > 62 ? 3 : crowded ? 2 : 1);
    const bar = svg("g", { click: () => self.change({ layer: l }) },
      rectangle(x - step / 2, 0, step, height, { fill: "transparent" }),
      rectangle(x - wide / 2, y, wide, base - y, {
        fill: chosen ? palette.backward : palette.forward,
      }),
      value,
      text(x, base + 17, textOf(["w", l]), { "font-weight": chosen ? "bold" : undefined }));
    bar.style.cursor = "pointer";
    parts.push(bar);
  }
  canvas.element.replaceChildren(...parts);
  canvas.size(height);
}

function compare(now) {
  const [first, last] = [now.gradient[1], now.gradient[now.L]].map(Math.abs);
  if (now.L === 1) return "";
  if (now.gradient.every((slope) => slope === 0)) return " No weight has an effect here.";
  if (first === 0) return " The first weight has no effect here.";
  if (last === 0) return " The last weight has no effect here.";
  const ratio = first / last;
  const how = ratio < 0.01 ? ": it vanishes" : ratio > 100 ? ": it explodes" : "";
  return ` The first weight's derivative is ${format(ratio, 2)} times the last one's in size${how}.`;
}

export default figure((self) => {
  self.check = ({ weights, biases, layer }) =>
    weights.length !== biases.length
      ? `expected as many biases as weights, ${weights.length}`
      : layer > weights.length
        ? `expected a layer from 1 to ${weights.length}, got ${layer}`
        : null;

  function resize(L) {
    const fit = (list, filler) => Array.from({ length: L }, (_, n) => list[n] ?? filler);
    const { weights, biases, layer } = self.state;
    self.change({ weights: fit(weights, 1), biases: fit(biases, 0), layer: Math.min(layer, L) });
  }
  const example = (L, activation, weight, bias = 0) => () =>
    self.change({ x: 1, y: 0, activation, layer: 1, weights: Array(L).fill(weight),
      biases: Array(L).fill(bias) });

  const chain = canvas("The chain; drag a weight, or the input x", self.redraw);
  const bars = canvas("The size of the derivative of E with respect to each weight, on a logarithmic scale",
    self.redraw);
  self.end(chain.remove);
  self.end(bars.remove);

  const target = html("span");
  const result = html("strong");
  const list = html("ol", { class: "bp-chain-factors" });
  const cards = [];
  const activations = ["sigmoid", "tanh", "relu", "identity"];
  const activation = self.choice("activation", {
    label: "Activation", options: activations.map((name) => [name, name]),
  });
  const follow = self.choice("layer", { label: "Follow E back to", options: [] });
  const layerCount = html("span");
  const inputs = html("div", { class: "bp-controls" });
  const extra = html("div", { class: "bp-controls" });
  const range = { from: -4, to: 4 };
  inputs.append(
    self.number("x", { label: "x", spoken: "input x", ...range }).element,
    self.number("y", { label: "y", spoken: "target y", ...range }).element,
  );
  const perLayer = [];
  let shownLayers = 0;

  function layOut(L) {
    if (L === shownLayers) return;
    while (perLayer.length > L) perLayer.pop().forEach(self.forget);
    while (perLayer.length < L) {
      const l = perLayer.length + 1;
      const weight = self.number(["weights", l - 1], {
        label: textOf(["w", l]), spoken: `weight of layer ${l}`, ...range });
      const bias = self.number(["biases", l - 1], {
        label: textOf(["b", l]), spoken: `bias of layer ${l}`, ...range });
      inputs.append(weight.element);
      extra.append(bias.element);
      perLayer.push([weight, bias]);
    }
    follow.offer(perLayer.map((_, n) => [n + 1, textOf(["w", n + 1])]));
    follow.update(self.state);
    layerCount.textContent = `${L} ${L === 1 ? "layer" : "layers"}`;
    shownLayers = L;
  }

  self.add(
    html("div", { class: "bp-buttons" },
      self.button("Fewer", () => resize(shownLayers - 1), (s) => s.weights.length > 1).element,
      layerCount,
      self.button("More", () => resize(shownLayers + 1), (s) => s.weights.length < 8).element,
      activation.element, follow.element),
    chain.element,
    html("p", {}, target, " = ", result, ", the product of these factors (→ the product so far):"),
    list,
    bars.element,
    inputs,
    html("details", {}, html("summary", {}, "Biases"), extra),
    html("div", { class: "bp-buttons" },
      self.button("Let it vanish", example(8, "sigmoid", 1)).element,
      self.button("Let it explode", example(8, "identity", 3, -2)).element, // every activation is 1
      self.button("Keep it alive", example(8, "relu", 1)).element),
  );

  let shownTarget = 0;
  return (state) => {
    const now = calculate(state);
    layOut(now.L);
    if (chain.width) drawChain(chain, self, state, now);
    if (bars.width) drawBars(bars, self, state, now);
    while (cards.length < now.factors.length) {
      cards.push(factorCard());
      list.append(cards.at(-1).element);
    }
    while (cards.length > now.factors.length) cards.pop().element.remove();
    now.factors.forEach((factor, n) => cards[n].update(factor, n + 1));
    if (shownTarget !== state.layer) {
      shownTarget = state.layer;
      target.replaceChildren(printed(chainFormulas.targets[state.layer - 1]));
    }
    show(result, "product", now.product);
    return (
      `How E reacts to ${textOf(["w", state.layer])}: ${now.factors.length} factors, whose ` +
      `product is ${format(now.product)}.${compare(now)}`
    );
  };
});
