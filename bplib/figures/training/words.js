// What the figure shows, in words.

import { format } from "../page/numbers.js";

// Whether the units of the first hidden layer cannot be told apart, up to rounding: equal weights
// in, equal biases, equal weights out.
function copies({ rule: { sizes }, parameters }) {
  if (sizes.length === 2) return false;
  const [inputs, units, following] = sizes;
  const biases = parameters.length - sizes.slice(1).reduce((sum, n) => sum + n);
  const ofUnit = (i) => [
    ...parameters.slice(i * inputs, (i + 1) * inputs),
    parameters[biases + i],
    ...Array.from({ length: following }, (_, k) => parameters[inputs * units + k * units + i]),
  ];
  const first = ofUnit(0);
  return Array.from({ length: units }, (_, i) => ofUnit(i)).every((unit) =>
    unit.every((value, n) => Math.abs(value - first[n]) < 1e-9));
}

export function words(state, now, met) {
  if (!now.count) return "No points yet. Click in the plane, or use Add point.";
  const many = (count, thing) => `${count} ${thing}${count === 1 ? "" : "s"}`;
  const epochs = many(Math.floor(now.at / now.perEpoch), "epoch");
  const when = now.at ? `After ${many(now.at, "update")}, ${epochs}` : "Not trained yet";
  const said = [
    `${when}: mean error ${format(now.error, 3)}, ${now.right} of ${now.count} points right.`];
  if (met)
    said.push(`The run stops: at the end of an epoch the ${
      state.stop === "error" ? "mean error" : "gradient norm"} is below ${format(state.below)}.`);
  else if (now.at >= state.limit)
    said.push(`The run stops: ${format(state.limit)} updates are the most that were allowed.`);
  if (state.network === "2-1" && state.data === "XOR")
    said.push("Without hidden units the border is a straight line: 3 of 4 points right at best.");
  else if (state.network === "2-1" && state.data === "circles")
    said.push("Without hidden units the border is a straight line, and no line separates these.");
  if (copies(now))
    said.push("The units of the first hidden layer have equal weights, so they get equal gradients: " +
      "they stay copies of one another.");
  return said.join(" ");
}
