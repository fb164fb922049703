// What a stage and the reader's look are about.

import { palette } from "../page/palette.js";
import { outputsOf } from "./examples.js";
import { shapeOf } from "./run.js";
import { lastStep } from "./stages.js";

// "w2_13" -> ["w", 2, 1, 3]; "a1_2" -> ["a", 1, 2].
export function partsOf(look) {
  const [, letter, l, indices] = look.match(/^([aw])(\d)_(\d+)$/);
  return [letter, Number(l), ...[...indices].map(Number)];
}

export function problemOf(state) {
  const shape = shapeOf(state.network);
  const lengths = { x: shape.sizes[0], y: shape.sizes[shape.L], weights: shape.weightCount,
    biases: shape.sizes.slice(1).reduce((sum, n) => sum + n) };
  for (const [name, length] of Object.entries(lengths))
    if (state[name].length !== length)
      return `${name}: expected ${length} for a ${shape.called} network, got ${state[name].length}`;
  const last = lastStep(shape, state.until);
  if (state.step > last) return `step: expected a step from 1 to ${last}`;
  if (state.look) {
    const [letter, l, i, j] = partsOf(state.look);
    const exists = i <= shape.sizes[l] && (letter === "a" || j <= shape.sizes[l - 1]);
    if (!exists) return `look: expected a unit or a weight of a ${shape.called} network`;
  }
  const { error, output, y } = state;
  const called = error.replace("_entropy", "-entropy").replace("_", " ");
  if (!outputsOf[error].includes(output)) return `error: ${called} does not go with ${output} outputs`;
  if (output === "softmax" && y.length < 2) return "output: expected at least two softmax outputs";
  if (error !== "half_squared" && y.some((target) => target < 0 || target > 1))
    return `y: expected targets from 0 to 1 for ${called}`;
  if (error === "cross_entropy" && !sumToOne(y))
    return `y: expected targets that sum to 1 for ${called}`;
  return null;
}

const sumToOne = (y) =>
  Math.abs(y.reduce((sum, target) => sum + target) - 1) <= 10 * y.length * Number.EPSILON;

// Targets that sum to 1: those of `y` after the one at `index` has become `value`, the rest being
// shared among the others as before, or evenly if they are all 0.
export function targetsWith(y, index, value) {
  const others = y.reduce((sum, target, n) => (n === index ? sum : sum + target), 0);
  const shared = y.map((target, n) => {
    if (n === index) return value;
    return others > 0 ? (target / others) * (1 - value) : (1 - value) / (y.length - 1);
  });
  return shared.map((target) => Number(target.toPrecision(12)));
}

// The nearest that softmax may have: one class is right, that with the largest target.
export function oneRight(y) {
  const right = y.indexOf(Math.max(...y));
  return y.map((_, n) => (n === right ? 1 : 0));
}

// What a stage works out in full: what is looked at if it is concerned, else the first.
export function workedOut({ kind, l }, look) {
  const [letter, m, i, j] = look ? partsOf(look) : [];
  if (kind === "update") return letter === "w" ? [m, i, j] : letter && m > 0 ? [m, i, 1] : [1, 1, 1];
  if (m !== l) return kind === "gradient" ? [l, 1, 1] : [l, 1];
  if (kind === "gradient") return [l, i, j ?? 1];
  return [l, i];
}

// The weights that the line of numbers is about: those into a unit, or, on the way back, out of it.
export function weightsOf({ kind }, shape, [l, i]) {
  if (kind === "delta")
    return l < shape.L ? shape.units(l + 1).map((k) => `w${l + 1}_${k}${i}`) : [];
  return ["z", "gradient", "update"].includes(kind)
    ? shape.units(l - 1).map((j) => `w${l}_${i}${j}`) : [];
}

// Which units and edges a stage concerns, and in which colour they light up.
export function concerned({ kind, l }, shape) {
  const { L } = shape;
  const units = (layer) => shape.units(layer).map((i) => `a${layer}_${i}`);
  const edges = (layer) => shape.weights(layer).map(([, i, j]) => `w${layer}_${i}${j}`);
  const [lit, lines, colour] = {
    input: () => [units(0), [], palette.forward],
    z: () => [units(l), edges(l), palette.forward],
    a: () => [units(l), [], palette.forward],
    error: () => [units(L), [], palette.error],
    delta: () => [units(l), l < L ? edges(l + 1) : [], palette.backward],
    gradient: () => [[], edges(l), palette.backward],
    update: () => [[], shape.layers.flatMap(edges), palette.parameter],
  }[kind]();
  return { units: new Set(lit), edges: new Set(lines), colour, error: kind === "error",
    quantity: kind };
}
