// What a stage and the reader's look are about.

import { palette } from "../page/palette.js";
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
      return `${name}: expected ${length} for a ${state.network} network, got ${state[name].length}`;
  if (state.step > lastStep(shape)) return `step: expected a step from 1 to ${lastStep(shape)}`;
  if (state.look) {
    const [letter, l, i, j] = partsOf(state.look);
    const exists = i <= shape.sizes[l] && (letter === "a" || j <= shape.sizes[l - 1]);
    if (!exists) return `look: expected a unit or a weight of a ${state.network} network`;
  }
  if (state.error === "binary_cross_entropy" && state.y.some((y) => y < 0 || y > 1))
    return "y: expected targets from 0 to 1 for binary cross-entropy";
  return null;
}

// What a stage works out in full: what is looked at if it is concerned, else the first.
export function workedOut({ kind, l }, look) {
  const [letter, m, i, j] = look ? partsOf(look) : [];
  if (kind === "update") return letter === "w" ? [m, i, j] : letter && m > 0 ? [m, i, 1] : [1, 1, 1];
  if (m !== l) return kind === "change" ? [l, 1, 1] : [l, 1];
  if (kind === "change") return [l, i, j ?? 1];
  return [l, i];
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
    change: () => [[], edges(l), palette.parameter],
    update: () => [[], shape.layers.flatMap(edges), palette.parameter],
  }[kind]();
  return { units: new Set(lit), edges: new Set(lines), colour, error: kind === "error",
    quantity: kind };
}
