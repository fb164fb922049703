// Gradient descent on an error surface: everything that is calculated, from the derived rules.

import { FAR, MOST_STEPS, gradientDescent, networks, surfaces } from "./arithmetic.js";

const { mean, step, descend } = gradientDescent;

// E and its gradient over the weights w: means over the examples.
export function slopeAt(surface, w) {
  const rule = networks[surface.rule];
  const passes = surface.X.map((x) => rule.forward(w, x));
  const gradients = passes.map((pass, n) => rule.backward(w, pass, surface.Y[n]).gradient);
  return {
    error: mean(passes.map((pass, n) => rule.error(pass.a.at(-1)[0], surface.Y[n][0]))),
    gradient: w.map((_, k) => mean(gradients.map((gradient) => gradient[k]))),
  };
}

// E alone, for contours.
export function heightAt(surface, w) {
  const rule = networks[surface.rule];
  return mean(surface.X.map((x, n) => rule.error(rule.forward(w, x).a.at(-1)[0], surface.Y[n][0])));
}

// The path: `points` and `errors` after 0, 1, ... steps, and at its end the gradient, the step that
// would be next and its length. A path whose weights get beyond FAR has `diverged` and ends there.
export function walk({ surface: name, start, eta, steps }) {
  const surface = surfaces[name];
  const points = [start];
  const errors = [];
  for (;;) {
    const w = points.at(-1);
    const { error, gradient } = slopeAt(surface, w);
    errors.push(error);
    const diverged = Math.max(...w.map(Math.abs)) > FAR;
    if (points.length > steps || diverged) {
      const next = gradient.map((slope) => step(eta, slope));
      return { surface, points, errors, w, error, gradient, step: next, diverged,
        taken: points.length - 1, length: Math.hypot(...next) };
    }
    points.push(descend(w, gradient, eta));
  }
}

// Whether another step can be taken.
export function canStep({ diverged, taken }) {
  return !diverged && taken < MOST_STEPS;
}
