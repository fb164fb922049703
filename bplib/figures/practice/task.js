// A task: numbers drawn from a seed, until what each slip would give can be told apart. All rules
// are generated; task.py draws the same numbers.

import { choices, limits, practiceLevels, practiceSays } from "./levels.js";
import { generator, practiceRules, sigmoid, slopeOfSigmoid } from "./rules.js";

export const levelNamed = (name) => practiceLevels.find((level) => level.name === name);

// Levels may share their steps, and steps name their slips by number.
for (const level of practiceLevels) {
  if (typeof level.steps === "string") level.steps = levelNamed(level.steps).steps;
  else for (const step of level.steps) {
    const names = Object.keys(practiceSays[step.quantity]);
    step.slips = step.slips.map((n) => names[n]);
    step.same = step.same.map((pair) => pair.map((n) => names[n]));
  }
}

// Values in which nothing is known: arrays by layer, whose entries start at 0.
function nothing(sizes) {
  const L = sizes.length - 1;
  const vectors = () => sizes.map((n) => Array(n).fill(NaN));
  const matrices = () => sizes.map((n, l) => (l ? vectors().slice(0, 0)
    .concat(Array.from({ length: n }, () => Array(sizes[l - 1]).fill(NaN))) : null));
  const [a, z] = [vectors(), vectors()];
  z[0] = a[0]; // what a slip takes for it
  return {
    L, n: sizes, a, z, b: vectors(), delta: vectors(), grad_b: vectors(), new_b: vectors(),
    W: matrices(), grad_W: matrices(), new_W: matrices(), y: Array(sizes[L]).fill(NaN),
    eta: NaN, E: NaN, factor: Array(6).fill(NaN),
    g: sizes.map(() => sigmoid), slope: sizes.map(() => slopeOfSigmoid),
  };
}

export const at = (values, path) => path.reduce((inner, part) => inner[part], values);

export function put(values, path, number) {
  at(values, path.slice(0, -1))[path.at(-1)] = number;
}

export const rightOf = (values, step) => practiceRules[step.quantity].right(values, ...step.at);
export const wrongOf = (values, step, slip) =>
  practiceRules[step.quantity].wrong[slip](values, ...step.at);

// Whether two numbers, or two changes of `base`, differ by more than is allowed.
export function apart(first, second, base, [relative, absolute]) {
  const size = Math.max(Math.abs(first - base), Math.abs(second - base));
  return Math.abs(first - second) > relative * size + absolute;
}

export const baseOf = (values, step) => (step.base ? at(values, step.base) : 0);

const isSame = (step, one, other) =>
  step.same.some((pair) => pair.includes(one) && pair.includes(other));

// Whether no two numbers that a reader may find look alike. In order of size, only neighbours need to
// be compared: the others are further apart.
function toldApart(values, step, right) {
  const base = baseOf(values, step);
  const different = step.different ??= step.slips.filter((slip, n) =>
    !step.slips.slice(0, n).some((other) => isSame(step, slip, other)));
  const found = [right, ...different.map((slip) => wrongOf(values, step, slip))].sort((p, q) => p - q);
  return found.slice(1).every((number, n) => apart(found[n], number, base, limits.margin));
}

// Fill in all results. Returns the number of steps until slips look alike.
function solve(values, steps) {
  for (const [n, step] of steps.entries()) {
    const right = rightOf(values, step);
    put(values, step.path, right);
    if (!step.given && !toldApart(values, step, right)) return n;
  }
  return steps.length;
}

// The task of a level and a seed: { level, seed, values }, and, if a slip is to be found,
// { wrongStep, slip, mended }. `whole` is false if the slips could not be told apart.
export function taskOf(name, seed) {
  const level = levelNamed(name);
  const { steps } = level;
  let state = generator.start(seed, practiceLevels.indexOf(level));
  const draw = (list) => {
    state = generator.next(state);
    return list[Math.floor(state / 256) % list.length];
  };
  // Begin with any numbers; change one after the other, as long as that is no step back. Where this
  // leads nowhere, begin again.
  const places = level.places.map(([path]) => [path, choices[path[0]]]);
  let values = nothing(level.sizes);
  let reached = 0;
  for (let n = 0; n < limits.changes && reached < steps.length; n++) {
    if (n % limits.patience === 0) {
      for (const [path, list] of places) put(values, path, draw(list));
      reached = solve(values, steps);
      continue;
    }
    const [path, list] = draw(places);
    const before = at(values, path);
    put(values, path, draw(list));
    const now = solve(values, steps);
    if (now < reached) put(values, path, before);
    else reached = now;
  }
  const task = { level, seed, values, whole: reached === steps.length };
  if (!level.find) return task;
  const wrongStep = draw(steps);
  const slip = draw(wrongStep.slips);
  values = nothing(level.sizes);
  for (const [path] of places) put(values, path, at(task.values, path));
  for (const step of steps) {
    const right = rightOf(values, step);
    if (step === wrongStep) task.mended = right;
    put(values, step.path, step === wrongStep ? wrongOf(values, step, slip) : right);
  }
  // What else might have been done there: three other slips, and this one among them.
  const others = wrongStep.slips.filter((other) => other !== slip && !isSame(wrongStep, other, slip));
  const reasons = [slip];
  while (reasons.length < 4 && others.length) {
    const other = draw(others);
    others.splice(others.indexOf(other), 1);
    reasons.splice(draw([0, 1, 2, 3].slice(0, reasons.length + 1)), 0, other);
  }
  return { ...task, values, wrongStep, slip, reasons };
}

// A copy of the values in which nothing is known but what was drawn.
export function givenValues({ level, values }) {
  const copy = nothing(level.sizes);
  for (const [path] of level.places) put(copy, path, at(values, path));
  return copy;
}
