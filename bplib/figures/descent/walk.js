// Gradient descent on an error surface: everything that is calculated, from the derived rules.

import { FAR, MOST_STEPS, networks, surfaces } from "./arithmetic.js";

// E and its gradient over the weights w: means over the examples.
export function slopeAt(surface, w) {
  const rule = networks[surface.rule];
  const count = surface.X.length;
  const gradient = w.map(() => 0);
  let error = 0;
  surface.X.forEach((x, n) => {
    const forwardPass = rule.forward(w, x);
    error += rule.error(forwardPass.a.at(-1)[0], surface.Y[n][0]);
    const own = rule.backward(w, forwardPass, surface.Y[n]).gradient;
    own.forEach((value, k) => (gradient[k] += value));
  });
  return { error: error / count, gradient: gradient.map((sum) => sum / count) };
}

// E alone, for contours.
export function heightAt(surface, w) {
  const rule = networks[surface.rule];
  let error = 0;
  surface.X.forEach((x, n) => {
    error += rule.error(rule.forward(w, x).a.at(-1)[0], surface.Y[n][0]);
  });
  return error / surface.X.length;
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
      const step = gradient.map((slope) => -eta * slope);
      return { surface, points, errors, w, error, gradient, step, diverged,
        taken: points.length - 1, length: Math.hypot(...step) };
    }
    points.push(w.map((weight, k) => weight - eta * gradient[k]));
  }
}

// Whether another step can be taken.
export function canStep({ diverged, taken }) {
  return !diverged && taken < MOST_STEPS;
}

// λ of the flattest and of the steepest direction of a quadratic surface: the eigenvalues of its
// Hessian, whose columns are differences of gradients; null for other surfaces.
export function curvatures(surface) {
  if (!surface.quadratic) return null;
  const at = (w) => slopeAt(surface, w).gradient;
  const [origin, first, second] = [[0, 0], [1, 0], [0, 1]].map(at);
  const [a, b, d] = [first[0] - origin[0], second[0] - origin[0], second[1] - origin[1]];
  const middle = (a + d) / 2;
  const spread = Math.hypot((a - d) / 2, b);
  return [middle - spread, middle + spread];
}
