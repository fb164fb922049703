// The checks of parameters.py, in the page: from the same description of each parameter.

function numberProblem(spec, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return "expected a number";
  if (value < spec.minimum || value > spec.maximum)
    return `expected a number from ${spec.minimum} to ${spec.maximum}, got ${value}`;
  return null;
}

const CHECKS = {
  number: numberProblem,
  "whole number"(spec, value) {
    return Number.isInteger(value) && !numberProblem(spec, value)
      ? null
      : `expected a whole number from ${spec.minimum} to ${spec.maximum}`;
  },
  numbers(spec, value) {
    if (!Array.isArray(value) || value.length < spec.shortest || value.length > spec.longest)
      return spec.shortest === spec.longest
        ? `expected ${spec.shortest} numbers`
        : `expected ${spec.shortest} to ${spec.longest} numbers`;
    return value.map((item) => numberProblem(spec, item)).find(Boolean) ?? null;
  },
  choice: (spec, value) =>
    spec.options.includes(value) ? null : `expected one of ${spec.options.join(", ")}`,
  flag: (spec, value) => (typeof value === "boolean" ? null : "expected true or false"),
};

// What is wrong with one value, in words; null if nothing is.
export function problem(spec, value) {
  return CHECKS[spec.kind](spec, value);
}
