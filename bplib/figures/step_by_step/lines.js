// Rules with this network's numbers: lines of names, signs and numbers, such as
// z¹₁ = 0.15 · 0.05 + 0.2 · 0.1 + 0.35 = 0.3775.
//
// A line is a list of tokens: a sign; a name { key, make } in MathML; or a number { name, value,
// kind }, whose kind is its colour: "forward", "backward", "parameter", "error".

import { html } from "../page/dom.js";
import { math, partial } from "../page/formulas.js";
import { show } from "../page/numbers.js";
import { symbol } from "./stages.js";

// The numbers of a network under their names.
export function numbersOf(now) {
  const number = (kind, name, value) => ({ kind, name, value });
  return {
    x: (i) => number("forward", `a0_${i}`, now.a(0, i)),
    y: (i) => number("error", `y${i}`, now.y(i)),
    z: (l, i) => number("forward", `z${l}_${i}`, now.z(l, i)),
    a: (l, i) => number("forward", `a${l}_${i}`, now.a(l, i)),
    w: (l, i, j) => number("parameter", `w${l}_${i}${j}`, now.w(l, i, j)),
    b: (l, i) => number("parameter", `b${l}_${i}`, now.b(l, i)),
    delta: (l, i) => number("backward", `delta${l}_${i}`, now.delta(l, i)),
    slope: (l, i) => number("backward", `slope${l}_${i}`, now.slope(l, i)),
    errorByA: (l, i) => number("backward", `byA${l}_${i}`, now.errorByA(l, i)),
    byW: (l, i, j) => number("backward", `byW${l}_${i}${j}`, now.byW(l, i, j)),
    byB: (l, i) => number("backward", `byB${l}_${i}`, now.byB(l, i)),
    outputByZ: (k, i) => number("backward", `outputByZ_${k}${i}`, now.outputByZ(k, i)),
    changeW: (l, i, j) => number("parameter", `changeW${l}_${i}${j}`, now.changeW(l, i, j)),
    changeB: (l, i) => number("parameter", `changeB${l}_${i}`, now.changeB(l, i)),
    afterW: (l, i, j) => number("parameter", `afterW${l}_${i}${j}`, now.afterW(l, i, j)),
    afterB: (l, i) => number("parameter", `afterB${l}_${i}`, now.afterB(l, i)),
    eta: () => number("parameter", "eta", now.eta),
    // So many digits that published ones can be compared.
    error: () => ({ ...number("error", "error", now.error), digits: 9 }),
    errorAfter: () => ({ ...number("error", "errorAfter", now.errorAfter), digits: 9 }),
  };
}

export function nameToken(letter, l, ...indices) {
  return {
    key: `${letter}${l}_${indices}`,
    make: () => math([symbol(letter, l, ...indices.map(String))]),
  };
}

function changeName(letter, l, ...indices) {
  return {
    key: `Δ${letter}${l}_${indices}`,
    make: () => math(["Δ", symbol(letter, l, ...indices.map(String))]),
  };
}

const joined = (terms, sign) => terms.flatMap((term, n) => (n ? [sign, ...term] : term));

// The lines, each for a unit or weight of the network. Layers and units as on paper.
export function linesOf(now) {
  const { L, shape } = now;
  const n = numbersOf(now);
  const before = (l) => shape.units(l - 1);
  const paths = (l, i) =>
    joined(shape.units(l + 1).map((k) => [n.w(l + 1, k, i), "·", n.delta(l + 1, k)]), "+");

  const lines = {
    x: (i) => [nameToken("a", "0", i), "=", nameToken("a", 0, i), "=", n.x(i)],
    z: (l, i) => [nameToken("z", l, i), "=",
      ...joined(before(l).map((j) => [n.w(l, i, j), "·", n.a(l - 1, j)]), "+"),
      "+", n.b(l, i), "=", n.z(l, i)],
    a: (l, i) => [nameToken("a", l, i), "=", ...activationTerms(l, i), "=", n.a(l, i)],
    w: (l, i, j) => [nameToken("w", l, i, j), "=", n.w(l, i, j)],
    error: () => ["E", "=", ...errorTerms(), "=", n.error()],
    delta: (l, i) => [nameToken("δ", l, i), "=", ...deltaTerms(l, i), "=", n.delta(l, i)],
    errorByA: (l, i) => [partialName("E", ["a", l, i]), "=", ...errorByATerms(l, i),
      n.errorByA(l, i)],
    changeW: (l, i, j) => [changeName("w", l, i, j), "=", "−", n.eta(), "·", n.byW(l, i, j), "=",
      n.changeW(l, i, j)],
    changeB: (l, i) => [changeName("b", l, i), "=", "−", n.eta(), "·", n.byB(l, i), "=",
      n.changeB(l, i)],
    afterW: (l, i, j) => [nameToken("w", l, i, j), "←", n.w(l, i, j), "−", n.eta(), "·",
      n.byW(l, i, j), "=", n.afterW(l, i, j)],
    afterB: (l, i) => [nameToken("b", l, i), "←", n.b(l, i), "−", n.eta(), "·", n.byB(l, i), "=",
      n.afterB(l, i)],
    errorAfter: () => ["E", "was", n.error(), "and is now", n.errorAfter()],
    // ∂E/∂w, factor by factor: in symbols, then in numbers.
    chainNames: (l, i, j) => [partialName("E", ["w", l, i, j]), "=", partialName("E", ["a", l, i]),
      "·", partialName(["a", l, i], ["z", l, i]), "·", partialName(["z", l, i], ["w", l, i, j])],
    chain: (l, i, j) => ["=", n.errorByA(l, i), "·", n.slope(l, i), "·", n.a(l - 1, j), "=",
      n.byW(l, i, j)],
    // With softmax outputs: δ as a sum over all outputs, each of which depends on this z.
    outputDelta: (i) => [nameToken("δ", L, i), "=",
      ...joined(shape.units(L).map((k) => [n.errorByA(L, k), "·", n.outputByZ(k, i)]), "+"),
      "=", n.delta(L, i)],
    outputDeltaNames: (i) => [nameToken("δ", L, i), "=",
      ...joined(shape.units(L).map((k) => [partialName("E", ["a", L, k]), "·",
        partialName(["a", L, k], ["z", L, i])]), "+")],
    short: (l, i, j) => [partialName("E", ["w", l, i, j]), "=", nameToken("δ", l, i), "·",
      nameToken("a", l - 1, j), "=", n.delta(l, i), "·", n.a(l - 1, j), "=", n.byW(l, i, j)],
    deltaChain: (l, i) => [nameToken("δ", l, i), "=", partialName("E", ["a", l, i]), "·",
      partialName(["a", l, i], ["z", l, i]), "=", n.errorByA(l, i), "·", n.slope(l, i), "=",
      n.delta(l, i)],
  };
  return lines;

  function activationTerms(l, i) {
    if (now.activation(l) !== "softmax") return ["g(", n.z(l, i), ")"];
    const power = (k) => ["exp(", n.z(l, k), ")"];
    return [...power(i), "/", "(", ...joined(shape.units(l).map(power), "+"), ")"];
  }
  function errorTerms() {
    const outputs = shape.units(L);
    if (now.errorName === "cross_entropy") {
      return ["−", "(", ...joined(outputs.map((i) => [n.y(i), "·", "ln", n.a(L, i)]), "+"), ")"];
    }
    if (now.errorName === "half_squared") {
      const squares = outputs.map((i) => ["(", n.y(i), "−", n.a(L, i), ")²"]);
      return ["½", "·", "(", ...joined(squares, "+"), ")"];
    }
    const terms = outputs.map((i) => [n.y(i), "·", "ln", n.a(L, i), "+", "(1 −", n.y(i), ")", "·",
      "ln", "(1 −", n.a(L, i), ")"]);
    return ["−", "(", ...joined(terms, "+"), ")"];
  }
  function errorByATerms(l, i) {
    if (l < L) return [...paths(l, i), "="];
    return now.errorName === "half_squared" ? [n.a(L, i), "−", n.y(i), "="] : [];
  }
  function deltaTerms(l, i) {
    if (l < L) return [n.slope(l, i), "·", "(", ...paths(l, i), ")"];
    const difference = [n.a(L, i), "−", n.y(i)];
    return now.errorName === "half_squared"
      ? ["(", ...difference, ")", "·", n.slope(L, i)] : difference;
  }
}

function partialName(of, by) {
  const quantity = (q) => (typeof q === "string" ? q : symbol(q[0], q[1], ...q.slice(2).map(String)));
  return {
    key: `∂${of}/∂${by}`,
    make: () => math([partial(quantity(of), quantity(by))], true),
  };
}

// An element that shows a line. While only numbers change, only their texts are touched.
export function lineElement() {
  const element = html("p", { class: "bp-steps-line" });
  let shown = null;
  let places = [];
  let bare = [];
  return {
    element,
    show(tokens) {
      const key = tokens.map((token) => token.key ?? token.name ?? token).join("|");
      const numbers = tokens.filter((token) => token.name);
      if (key !== shown) {
        shown = key;
        places = numbers.map(({ kind }) => html("span", { class: `bp-steps-${kind}` }));
        // 0.5 · −0.2 reads ill, but there is no need for brackets at the beginning of a sum.
        bare = tokens.flatMap((token, n) =>
          (token.name ? [/^(=|←|(g|exp)?\(|was|and is now)$/.test(tokens[n - 1])] : []));
        let next = 0;
        element.replaceChildren(...tokens.flatMap((token) =>
          (token.make ? token.make() : token.name ? [new Text(), places[next++], new Text()]
            : sign(token))));
      }
      numbers.forEach(({ name, value, kind, digits }, n) => {
        show(places[n], name, value, digits);
        const brackets = value < 0 && !bare[n];
        places[n].className = `bp-steps-${kind}`;
        places[n].previousSibling.data = brackets ? "(" : "";
        places[n].nextSibling.data = brackets ? ")" : "";
      });
    },
  };
}

const OPENING = /^(\(|g\(|exp\(|\(1 −|½)$/;

// Signs with the space that they have on paper; a line may break before + and =.
function sign(text) {
  if (text === "·") return "\u202f·\u202f";
  if (text === "ln") return "ln\u202f";
  if (text === "(1 −") return "(1\u00a0−\u00a0";
  if (OPENING.test(text) || text.startsWith(")")) return text;
  return ` ${text} `;
}
