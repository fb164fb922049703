// A training run that always comes out the same: from the weights `start`, the points in their
// order, epoch after epoch. So any moment of it can be gone back to.

import { gradientDescent } from "./arithmetic.js";
import { makeNetwork } from "./network.js";
import { pointSets } from "./points.js";

const KEPT = 200; // moments of the history: twice as far apart whenever they would be more
const UNDECIDED = 1e-9; // an output this close to one half has not decided
const SET_UP = ["data", "points", "network", "activation", "error", "eta", "batch", "start"];

// The points to learn from, each [x1, x2, target].
export function pointsOf({ data, points }) {
  if (data !== "own") return pointSets[data];
  return Array.from({ length: points.length / 3 }, (_, n) => points.slice(3 * n, 3 * n + 3));
}

export function sizesOf(name) {
  return name.split("-").map(Number);
}

export function trainingRun() {
  let made; // the state that it was set up for
  let rule, X, Y, batches, eta;
  let at, parameters; // the present moment
  let history, every; // [{ at, error, parameters }], one moment in `every` updates

  // Begin anew, unless nothing has changed. `goal` is the moment that will be gone to first.
  function setUp(state, goal) {
    if (made && SET_UP.every((name) => made[name] === state[name])) return;
    made = state;
    eta = state.eta;
    const sizes = sizesOf(state.network);
    const hidden = Array(sizes.length - 2).fill(state.activation);
    rule = makeNetwork(sizes, [...hidden, "sigmoid"], state.error);
    const points = pointsOf(state);
    X = points.map((point) => point.slice(0, 2));
    Y = points.map((point) => point.slice(2));
    const size = { 1: 1, 4: 4, all: X.length }[state.batch];
    batches = [];
    for (let n = 0; n < X.length; n += size)
      batches.push(Array.from({ length: Math.min(size, X.length - n) }, (_, k) => n + k));
    at = 0;
    parameters = state.start;
    history = [];
    every = 1;
    while (goal / every >= KEPT) every *= 2; // as if it had been gone to in small steps
    record();
  }

  const { mean } = gradientDescent;
  const pass = (n) => rule.forward(parameters, X[n]);
  const meanError = () => mean(X.map((_, n) => rule.error(pass(n), Y[n])));

  // The gradient of the mean error of these examples: the mean of their gradients.
  function meanGradient(examples) {
    const gradients = examples.map((n) => rule.backward(parameters, pass(n), Y[n]).gradient);
    return parameters.map((_, m) => mean(gradients.map((gradient) => gradient[m])));
  }

  const gradientNorm = () => Math.hypot(...meanGradient([...X.keys()]));

  function record() {
    if (!X.length) return;
    history.push({ at, error: meanError(), parameters });
    if (history.length <= KEPT) return;
    history = history.filter((_, n) => n % 2 === 0);
    every *= 2;
  }

  function step() {
    const batch = batches[at % batches.length];
    parameters = batch.length === 1
      ? rule.update(parameters, X[batch[0]], Y[batch[0]], eta)
      : rule.descend(parameters, meanGradient(batch), eta);
    at += 1;
    if (at === history.at(-1).at + every) record();
  }

  const measures = { error: meanError, gradient: gradientNorm };

  // What the stopping criterion looks at. Like bplib's, it is asked when an epoch is over.
  function met({ stop, below }) {
    return stop !== "none" && at > 0 && at % batches.length === 0 && measures[stop]() < below;
  }

  // Go to the moment after `goal` updates, as far as possible before `deadline`. With `criterion`,
  // stop where it is met. Returns "met", "there" (also without points), or null.
  function go(goal, deadline, criterion = null) {
    if (goal < at) {
      ({ at, parameters } = history.findLast((moment) => moment.at <= goal));
    }
    if (!X.length) return "there";
    while (at < goal) {
      step();
      if (criterion && met(criterion)) return "met";
      if (at % 16 === 0 && performance.now() > deadline) break;
    }
    return at === goal ? "there" : null;
  }

  return {
    setUp,
    go,
    met,
    // Everything about the present moment.
    get now() {
      const outputs = X.map((x) => rule.forward(parameters, x).a.at(-1)[0]);
      return {
        at, parameters, history, rule,
        count: X.length,
        perEpoch: batches.length,
        next: batches.length ? batches[at % batches.length][0] : null,
        error: meanError(),
        norm: X.length ? gradientNorm() : NaN,
        right: outputs.filter((a, n) => Math.abs(Y[n][0] - a) < 0.5 - UNDECIDED).length,
      };
    },
    get at() {
      return at;
    },
  };
}
