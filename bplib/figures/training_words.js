// What the figure shows, in words.

import { format } from "./page/numbers.js";

const DATA = { XOR: "XOR", separable: "two groups that a line separates", circles: "a ring around a group",
  own: "your own points" };

// Whether all units of the first hidden layer have the same weights, up to rounding.
function copies({ rule, parameters }) {
  const [inputs, units] = rule.sizes;
  if (rule.sizes.length === 2) return false;
  const rows = Array.from({ length: units }, (_, i) => parameters.slice(i * inputs, (i + 1) * inputs));
  return rows.every((row) => row.every((weight, j) => Math.abs(weight - rows[0][j]) < 1e-9));
}

export function words(state, now, met) {
  if (!now.count) return "No points yet. Click in the plane, or use Add point.";
  const said = [];
  const many = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;
  said.push(now.at
    ? `After ${many(now.at, "update")} on ${DATA[state.data]}`
    : `Not trained yet on ${DATA[state.data]}`);
  said[0] += `: mean error ${format(now.error, 3)}, ${now.right} of ${now.count} points right.`;
  if (now.diverged)
    said.push("The next update would make a weight infinite: η is too large here.");
  else if (met)
    said.push(`The run stops: at the end of an epoch the ${
      state.stop === "error" ? "mean error" : "gradient norm"} is below ${format(state.below)}.`);
  else if (now.at >= state.limit)
    said.push(`The run stops: ${format(state.limit)} updates are the most that were allowed.`);
  if (state.network === "2-1" && state.data === "XOR")
    said.push("Without hidden units the border is a straight line: 3 of 4 points right at best.");
  else if (state.network === "2-1" && state.data === "circles")
    said.push("Without hidden units the border is a straight line, and no line separates these.");
  if (copies(now))
    said.push("The units of the first hidden layer are copies of one another: the same weights get the same gradient, so they stay equal.");
  return said.join(" ");
}
