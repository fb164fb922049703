// Where one is and what has been found, for the ear.

import { format } from "../page/numbers.js";
import { resultOf } from "./results.js";
import { placeOf, titleOf } from "./stages.js";

export function wordsOf(now, state, stage) {
  const vector = ["gradient", "update"].includes(stage.kind) ? null : resultOf(stage, now);
  const found = stage.kind === "error" ? `: ${format(now.error)}`
    : stage.kind === "update" ? `: E was ${format(now.error)} and is now ${format(now.errorAfter)}`
    : vector ? `: ${vector.rows.map(([{ value }]) => format(value)).join(", ")}` : "";
  return `${placeOf(state, now.shape)}. ${titleOf(stage, now.shape)}${found}.`;
}
