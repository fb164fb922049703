// The steps of one update, and what each is about.

import { row } from "../page/formulas.js";
import { mathml } from "../page/dom.js";
import { superscript } from "../page/numbers.js";

// In order: the input, z and a of each layer, E, δ from back to front, Δw of each layer, the update.
export function stageOf(step, { L }) {
  if (step === 1) return { kind: "input", l: 0 };
  if (step <= 2 * L + 1) return { kind: step % 2 ? "a" : "z", l: Math.floor(step / 2) };
  if (step === 2 * L + 2) return { kind: "error", l: L };
  if (step <= 3 * L + 2) return { kind: "delta", l: 3 * L + 3 - step };
  if (step <= 4 * L + 2) return { kind: "change", l: step - 3 * L - 2 };
  return { kind: "update", l: 0 };
}

export const lastStep = ({ L }) => 4 * L + 3;

// At which step a quantity of layer l comes to be known.
export const stepOf = {
  z: (l) => 2 * l,
  a: (l) => 2 * l + 1,
  error: ({ L }) => 2 * L + 2,
  delta: (l, { L }) => 3 * L + 3 - l,
  update: lastStep,
};

const layerName = (l, L) => (l === L ? "the output layer" : `layer ${l}`);

export function titleOf({ kind, l }, { L }) {
  return {
    input: () => "The input",
    z: () => `Weighted inputs z of ${layerName(l, L)}`,
    a: () => `Activations a of ${layerName(l, L)}`,
    error: () => "The error E",
    delta: () => `Error terms δ of ${layerName(l, L)}`,
    change: () => `Changes Δ of the weights into ${layerName(l, L)}`,
    update: () => "The update, all at once",
  }[kind]();
}

export function explanationOf({ kind, l }, { L }, biasesLearn) {
  return {
    input: "The example’s input becomes the activations of layer 0.",
    z: "Each unit adds up what comes in, each part times its weight, and its bias.",
    a: l === L
      ? `The activation function makes the network’s answer of it: ŷ = a${superscript(L)}.`
      : "The activation function makes the unit’s activation of it.",
    error: "How far is the answer from the target y?",
    delta: l === L
      ? "How does the error react to each output unit’s z?"
      : "What a unit did to the next layer comes back over the same weights.",
    change: "A weight’s step: its unit’s error term times what came in over it, against the slope."
      + (biasesLearn ? "" : " The biases stay as they are."),
    update: "Every δ was computed with the old weights. Only now do they change, and it all repeats.",
  }[kind];
}

// A symbol of the book in MathML: symbol("w", 2, "i", "j"). Layer 0 has the inputs x.
export function symbol(letter, l, ...indices) {
  if (letter === "a" && l === 0) return mathml("msub", {}, row("x"), row(...indices));
  const top = l === undefined ? [] : [row(String(l))];
  return mathml(top.length ? "msubsup" : "msub", {}, row(letter), row(...indices), ...top);
}

const G = (z) => ["g", "(", z, ")"];
const SLOPE = (z) => [mathml("msup", {}, row("g"), row("′")), "(", z, ")"];
const sum = (index, ...terms) => [mathml("munder", {}, row("∑"), row(index)), ...terms];

const ACTIVATION = {
  sigmoid: () => [mathml("mfrac", {}, row("1"),
    row("1", "+", mathml("msup", {}, row("e"), row("−", "z"))))],
  tanh: () => [row("tanh"), row("z")],
  relu: () => [row("max"), "(", "0", ",", "z", ")"],
};
const SLOPE_BY_A = {
  sigmoid: (a) => [a(), "(", "1", "−", a(), ")"],
  tanh: (a) => ["1", "−", mathml("msup", {}, row(a()), row("2"))],
  relu: (a) => ["[", a(), ">", "0", "]"],
};

// The rule of a stage in symbols: one or two formulas, each a list of parts.
export function ruleOf({ kind, l }, { L }, { activation, error, train_biases }) {
  const [a, z, d, w] = ["a", "z", "δ", "w"].map((letter) =>
    (layer, ...indices) => symbol(letter, layer, ...indices));
  const y = () => symbol("y", undefined, "i");
  const g = l === L ? "sigmoid" : activation;
  switch (kind) {
    case "input":
      return [[symbol("a", "0", "i"), "=", a(0, "i")]];
    case "z":
      return [[z(l, "i"), "=", ...sum("j", w(l, "i", "j"), a(l - 1, "j")), "+", symbol("b", l, "i")]];
    case "a":
      return [[a(l, "i"), "=", ...G(z(l, "i"))], [...G(row("z")), "=", ...ACTIVATION[g]()]];
    case "error":
      return error === "half_squared"
        ? [["E", "=", mathml("mfrac", {}, row("1"), row("2")),
            ...sum("i", "(", y(), "−", a(L, "i"), mathml("msup", {}, row(")"), row("2")))]]
        : [["E", "=", "−", ...sum("i", "[", y(), "ln", a(L, "i"), "+", "(", "1", "−", y(), ")",
            "ln", "(", "1", "−", a(L, "i"), ")", "]")]];
    case "delta":
      if (l === L && error !== "half_squared") return [[d(L, "i"), "=", a(L, "i"), "−", y()]];
      return [
        l === L
          ? [d(L, "i"), "=", "(", a(L, "i"), "−", y(), ")", ...SLOPE(z(L, "i"))]
          : [d(l, "j"), "=", ...SLOPE(z(l, "j")), ...sum("i", w(l + 1, "i", "j"), d(l + 1, "i"))],
        [...SLOPE(row("z")), "=", ...SLOPE_BY_A[g](() => row("a"))],
      ];
    case "change": {
      const change = (quantity) => row("Δ", quantity);
      const rule = [[change(w(l, "i", "j")), "=", "−", "η", d(l, "i"), a(l - 1, "j")]];
      if (train_biases) rule.push([change(symbol("b", l, "i")), "=", "−", "η", d(l, "i")]);
      return rule;
    }
    default: {
      const now = (letter, ...indices) => [symbol(letter, "l", ...indices), "←",
        symbol(letter, "l", ...indices), "+", row("Δ", symbol(letter, "l", ...indices))];
      return train_biases ? [now("w", "i", "j"), now("b", "i")] : [now("w", "i", "j")];
    }
  }
}
