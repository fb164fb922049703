// A figure's state as part of a web address, in the form of links.py:
// #chain-of-sensitivities?x=1&weights=1.5,-2,1

function read(spec, text) {
  const number = (item) => (item.trim() === "" ? NaN : Number(item));
  if (spec.kind === "numbers") return text === "" ? [] : text.split(",").map(number);
  if (spec.kind === "number" || spec.kind === "whole number") return number(text);
  if (spec.kind === "flag") return text === "true" ? true : text === "false" ? false : null;
  return text;
}

export function writeLink(id, state) {
  const items = Object.entries(state).map(
    ([name, value]) => `${name}=${[value].flat().map((v) => encodeURIComponent(v)).join(",")}`,
  );
  return `#${id}?${items.join("&")}`;
}

// The values in an address for the figure with this id, not yet checked; null if it is for another.
export function readLink(id, hash, parameters) {
  const [figure, query] = hash.slice(1).split("?");
  if (figure !== id || query === undefined) return null;
  const values = {};
  for (const item of query.split("&").filter(Boolean)) {
    const [name, text = ""] = item.split("=");
    if (!Object.hasOwn(parameters, name)) throw new Error(`${name}: unknown`);
    values[name] = read(parameters[name], decodeURIComponent(text));
  }
  return values;
}

function literal(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value).replaceAll(",", ", ");
}

// The lines of Python that make the figure.
export function writePython(className, state) {
  const items = Object.entries(state).map(([name, value]) => `${name}=${literal(value)}`);
  return `from bplib.figures import ${className}\n\n${className}(${items.join(", ")})`;
}
