// One output unit: what a single point on its curve shows, and how it learns.

import { outputUnits } from "./arithmetic.js";
import { NEAR } from "./rules.js";

export const MOST_UPDATES = 10000;
// Which outputs an activation has: the axis of a, and the targets that it can come near.
export const OUTPUTS = { identity: [-8, 8], tanh: [-1, 1], sigmoid: [0, 1] };

export const ERROR_NAMES = { half_squared: "half squared", binary_cross_entropy: "cross-entropy" };

export function unitRules(activation, error) {
  return outputUnits[`${activation}_${error}`];
}

// Everything about the unit at the weighted input z.
export function unitAt(rule, z, y, eta) {
  const a = rule.a(z);
  const delta = rule.delta(z, a, y);
  return {
    z, a, delta, step: rule.step(eta, delta), next: rule.next(z, eta, delta), gap: rule.gap(a, y), slope: rule.slope(z),
    error: rule.error(z, a, y), errorByA: rule.errorByA(z, a, y),
  };
}

// Learning from z on, one update after another: where the unit is `after` so many, and how many
// it `needs` until it is near its target: Infinity if more than are tried, null if it stands still.
export function learn(rule, z, y, eta, after) {
  let needs = Infinity;
  let at = z;
  for (let n = 0; n <= MOST_UPDATES; n++) {
    const a = rule.a(z);
    const gap = rule.gap(a, y);
    if (n === after) at = z;
    if (needs > n && Math.abs(gap) < NEAR) needs = n;
    if (needs <= n && after <= n) break;
    const next = rule.next(z, eta, rule.trainedDelta(a, y));
    if (next === z) return { at: after < n ? at : z, needs: needs > n ? null : needs };
    z = next;
  }
  return { at, needs };
}
