// Making elements of HTML, SVG and MathML.

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

function make(namespace, tag, attributes, children) {
  const element = namespace
    ? document.createElementNS(namespace, tag)
    : document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Attributes that are undefined or null are taken away; functions become listeners.
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === undefined || value === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
  return element;
}

// html("button", { type: "button", click: () => ... }, "Reset")
export function html(tag, attributes, ...children) {
  return make(null, tag, attributes, children);
}

export function svg(tag, attributes, ...children) {
  return make(SVG, tag, attributes, children);
}

export function mathml(tag, attributes, ...children) {
  return make(MATHML, tag, attributes, children);
}

// A formula that a derivation has printed. `block` gives fractions their full size.
export function printed(formula, block = true) {
  const element = mathml("math", block ? { displaystyle: "true" } : {});
  element.innerHTML = formula;
  return element;
}

// Set an element's text, if it is another: the browser then has nothing to lay out again.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
