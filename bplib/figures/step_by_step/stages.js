// The stages of one update, and what each is about. They are parts of the six steps of the algorithm.

import { answerNames, rules } from "./rules.js";

export const STEPS = ["1 Input", "2 Forward", "3 Error", "4 Backward", "5 Gradients", "6 Update"];
const NUMBER = { input: 0, z: 1, a: 1, error: 2, delta: 3, gradient: 4, update: 5 };

// In order: the input, z and a of each layer, E, δ from back to front, the gradients of each layer,
// the update.
export function stageOf(step, { L }) {
  if (step === 1) return { kind: "input", l: 0 };
  if (step <= 2 * L + 1) return { kind: step % 2 ? "a" : "z", l: Math.floor(step / 2) };
  if (step === 2 * L + 2) return { kind: "error", l: L };
  if (step <= 3 * L + 2) return { kind: "delta", l: 3 * L + 3 - step };
  if (step <= 4 * L + 2) return { kind: "gradient", l: step - 3 * L - 2 };
  return { kind: "update", l: 0 };
}

export const lastStep = ({ L }, until) => (until === "error" ? 2 * L + 2 : 4 * L + 3);

// At which stage a quantity of layer l comes to be known.
export const stepOf = {
  z: (l) => 2 * l,
  a: (l) => 2 * l + 1,
  error: ({ L }) => 2 * L + 2,
  delta: (l, { L }) => 3 * L + 3 - l,
  update: ({ L }) => 4 * L + 3,
};

// "Stage 3 of 11, after 1 update". Who stops at the error makes no updates.
export function placeOf({ step, updates, until }, shape) {
  const after = `, after ${updates} ${updates === 1 ? "update" : "updates"}`;
  return `Stage ${step} of ${lastStep(shape, until)}${until === "error" && !updates ? "" : after}`;
}

export const numberOf = ({ kind }) => NUMBER[kind];

// "2 Forward · layer 1 of 2: weighted inputs z".
export function titleOf({ kind, l }, { L }) {
  const layer = ` · layer ${l} of ${L}: `;
  const part = {
    input: "", error: "", update: ", all at once",
    z: `${layer}weighted inputs z`,
    a: `${layer}activations a`,
    delta: `${layer}error terms δ`,
    gradient: `${layer}derivatives with respect to w`,
  }[kind];
  return STEPS[NUMBER[kind]] + part;
}

export function explanationOf({ kind, l }, { L }, { activation, output, train_biases }) {
  // Where layers differ it is said whose g it is.
  const name = l < L ? activation : output;
  const which = L > 1 && activation !== output && name !== "softmax"
    ? ` In this layer g is ${name === "identity" ? "the identity" : name}.` : "";
  return {
    input: "The example’s input becomes the activations of layer 0.",
    z: "Each unit adds up what comes in, each part times its weight, and its bias.",
    a: l < L ? `The activation function makes the unit’s activation of it.${which}`
      : output === "softmax"
        ? `Softmax makes positive numbers of them that sum to 1, the network’s answer: ${answerNames[L - 1]}.`
        : `The activation function makes the network’s answer of it: ${answerNames[L - 1]}.${which}`,
    error: "How far is the answer from the target y?",
    delta: l === L
      ? `The derivative of E with respect to z of each output unit.${which}`
      : `The error terms of layer ${l + 1} come back over the same weights, times the slope g′.${which}`,
    gradient: "A unit’s error term times what came in over the weight.",
    update: "Every δ was calculated with the old weights. Only now do they change, and it all repeats."
      + (train_biases ? "" : " The biases stay as they are."),
  }[kind];
}

// The rule of a stage in symbols: one or two formulas, in MathML.
export function ruleOf({ kind, l }, { L }, { activation, output, error, train_biases }) {
  const g = l === L ? output : activation;
  const withSlope = () => (g === "softmax" || error === "binary_cross_entropy" && l === L
    ? [] : [rules.slope[g]]);
  return {
    input: () => [rules.input],
    z: () => [rules.z[l - 1]],
    a: () => (g === "softmax" ? [rules.softmax[l - 1]] : [rules.a[l - 1], rules.g[g]]),
    error: () => [rules.error[error][L - 1]],
    delta: () => [l === L ? rules.outputDelta[error][output][L - 1] : rules.delta[l - 1],
      ...withSlope()],
    gradient: () => [rules.byW[l - 1], ...(train_biases ? [rules.byB[l - 1]] : [])],
    update: () => [rules.updateW, ...(train_biases ? [rules.updateB] : [])],
  }[kind]();
}
