// What "step by step" calculates: the updates made so far, and the two passes of the next one. All
// formulas are generated from the derived rules; here they are only called.

import { activationRules, errorRules, pathRule, softmaxRules } from "./arithmetic.js";
import { layerSizes } from "./examples.js";
import { makeNetwork } from "./network.js";

// Sizes, and where a weight or bias is among the parameters. Layers and units as on paper.
export function shapeOf(name) {
  const sizes = layerSizes[name];
  const L = sizes.length - 1;
  const startW = [];
  const startB = [];
  let end = 0;
  for (let l = 1; l <= L; l++) {
    startW[l] = end;
    end += sizes[l] * sizes[l - 1];
  }
  const weightCount = end;
  for (let l = 1; l <= L; l++) {
    startB[l] = end;
    end += sizes[l];
  }
  const units = (l) => Array.from({ length: sizes[l] }, (_, n) => n + 1);
  return {
    name, sizes, L, weightCount, units, called: sizes.join("-"),
    weight: (l, i, j) => startW[l] + (i - 1) * sizes[l - 1] + j - 1,
    bias: (l, i) => startB[l] + i - 1,
    // [[l, i, j], ...] of one layer, row by row
    weights: (l) => units(l).flatMap((i) => units(l - 1).map((j) => [l, i, j])),
    layers: Array.from({ length: L }, (_, n) => n + 1),
  };
}

// The settings on which the updates depend; whatever else changes, they need not be run again.
const SETTINGS = ["network", "activation", "output", "error", "x", "y", "eta", "weights", "biases",
  "train_biases"];

// A function from the state to its two passes, which remembers the updates that led there.
export function runner() {
  let settings = [];
  let net, shape, points, errors;

  function begin(state) {
    settings = SETTINGS.map((name) => state[name]);
    shape = shapeOf(state.network);
    const hidden = Array(shape.L - 1).fill(state.activation);
    net = makeNetwork(shape.sizes, [...hidden, state.output], state.error);
    points = [[...state.weights, ...state.biases]];
    errors = [];
  }

  function passes(state, parameters) {
    const forwardPass = net.forward(parameters, state.x);
    const { delta, gradient } = net.backward(parameters, forwardPass, state.y);
    const trained = state.train_biases
      ? gradient
      : gradient.map((slope, n) => (n < shape.weightCount ? slope : 0));
    const after = net.descend(parameters, trained, state.eta);
    return { ...forwardPass, delta, gradient, after, error: net.error(forwardPass, state.y) };
  }

  return (state) => {
    if (SETTINGS.some((name, n) => state[name] !== settings[n])) begin(state);
    while (points.length <= state.updates) {
      const { after, error } = passes(state, points.at(-1));
      errors[points.length - 1] = error;
      points.push(after);
    }
    const parameters = points[state.updates];
    const pass = passes(state, parameters);
    errors[state.updates] = pass.error;
    return readable(state, shape, net, { ...pass, parameters, errors });
  };
}

// The same numbers under the names of the book: z(l, i), delta(l, i), w(l, i, j), ...
function readable(state, shape, net, pass) {
  const { parameters, after, gradient } = pass;
  const { sizes, L, weight, bias } = shape;
  const activation = (l) => (l === L ? state.output : state.activation);
  const slope = (l, i) => activationRules[activation(l)].byZ(now.a(l, i));
  const change = (g) => net.descend([0], [g], state.eta)[0];
  const now = {
    ...pass, shape, L, sizes, eta: state.eta, biasesLearn: state.train_biases,
    errorName: state.error, activation, softmax: state.output === "softmax",
    x: state.x, y: (i) => state.y[i - 1],
    z: (l, i) => pass.z[l][i - 1],
    a: (l, i) => pass.a[l][i - 1],
    delta: (l, i) => pass.delta[l][i - 1],
    w: (l, i, j) => parameters[weight(l, i, j)],
    b: (l, i) => parameters[bias(l, i)],
    slope, // ∂a/∂z
    outputByZ: (k, i) => (k === i
      ? softmaxRules.own(now.a(L, i)) : softmaxRules.other(now.a(L, k), now.a(L, i))),
    errorByA(l, i) {
      if (l === L) return errorRules[state.error].byA(now.a(L, i), now.y(i));
      return shape.units(l + 1)
        .map((k) => pathRule.share(now.a(l, i), now.w(l + 1, k, i), now.delta(l + 1, k)))
        .reduce((sum, share) => sum + share);
    },
    byW: (l, i, j) => gradient[weight(l, i, j)],
    byB: (l, i) => gradient[bias(l, i)],
    changeW: (l, i, j) => change(gradient[weight(l, i, j)]),
    changeB: (l, i) => change(gradient[bias(l, i)]),
    afterW: (l, i, j) => after[weight(l, i, j)],
    afterB: (l, i) => after[bias(l, i)],
    get errorAfter() {
      return net.error(net.forward(after, state.x), state.y);
    },
    weights: parameters.slice(0, shape.weightCount),
    biases: parameters.slice(shape.weightCount),
  };
  return now;
}
