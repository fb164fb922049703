// Rules with this network's numbers: lines of names, signs and numbers, such as
// z¹₁ = 0.15 · 0.05 + 0.2 · 0.1 + 0.35 = 0.3775.
//
// A line is a list of tokens: a sign; a name { key, make } in MathML; or a number { name, value,
// kind }, whose kind is its colour: "forward", "backward", "parameter", "error", or "plain" for a
// slope, which runs neither way.

import { html } from "../page/dom.js";
import { math } from "../page/formulas.js";
import { show } from "../page/numbers.js";
import { written } from "../page/statements.js";
import { symbolOf } from "../page/symbols.js";
import { statements } from "./rules.js";

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
    slope: (l, i) => number("plain", `slope${l}_${i}`, now.slope(l, i)),
    errorByA: (l, i) => number("backward", `byA${l}_${i}`, now.errorByA(l, i)),
    byW: (l, i, j) => number("backward", `byW${l}_${i}${j}`, now.byW(l, i, j)),
    byB: (l, i) => number("backward", `byB${l}_${i}`, now.byB(l, i)),
    outputByZ: (k, i) => number("plain", `outputByZ_${k}${i}`, now.outputByZ(k, i)),
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

// A quantity's name, and the number that it is.
const nameToken = (quantity) => ({ key: quantity.join(), make: () => math([symbolOf(quantity)], true) });

function numberToken(n, { L, softmax }, [letter, ...at]) {
  if (letter !== "∂") return n[NAMED[letter] ?? letter](...at);
  const [[of, ...upper], [by, ...lower]] = at;
  if (of === "E") return { w: n.byW, b: n.byB, a: n.errorByA }[by](...lower);
  // Of an activation by a weighted input: the slope, where each depends on its own alone.
  return softmax && lower[0] === L ? n.outputByZ(upper[1], lower[1]) : n.slope(...lower);
}
const NAMED = { δ: "delta", "g′": "slope", η: "eta", E: "error", Δw: "changeW", Δb: "changeB" };

// The lines, each for a unit or weight of the network. Layers and units as on paper.
export function linesOf(now) {
  const { L, shape, errorName } = now;
  const n = numbersOf(now);
  const names = (side, at) => written(side, { ...at, L }, shape.units, nameToken);
  const numbers = (side, at) =>
    written(side, { ...at, L }, shape.units, (quantity) => numberToken(n, now, quantity));
  // Its name, what it is in numbers, and the number.
  const line = ([sign, left, right], at, value = numbers(left, at)) =>
    [...names(left, at), sign, ...numbers(right, at), "=", ...[value].flat()];
  // In symbols alone, or first in symbols.
  const inSymbols = ([sign, left, right], at) => [...names(left, at), sign, ...names(right, at)];
  const continued = ([, left, right], at) =>
    ["=", ...numbers(right, at), "=", ...numbers(left, at)];
  const both = (statement, at) => [...inSymbols(statement, at), ...continued(statement, at)];
  const ofLayer = (l, hidden, output) => (l < L ? hidden : output);

  return {
    x: (i) => [...inSymbols(statements.x, { i }), "=", n.x(i)],
    z: (l, i) => line(statements.z, { l, i }),
    a: (l, i) =>
      line(now.activation(l) === "softmax" ? statements.softmax : statements.a, { l, i }),
    w: (l, i, j) => [nameToken(["w", l, i, j]), "=", n.w(l, i, j)],
    error: () => line(statements.error[errorName], {}),
    delta: (l, i) => line(ofLayer(l, statements.delta, statements.outputDelta[errorName]), { l, i }),
    errorByA(l, i) {
      const statement = ofLayer(l, statements.byA, statements.outputByA[errorName]);
      return statement ? line(statement, { l, i })
        : [nameToken(["∂", ["E"], ["a", l, i]]), "=", n.errorByA(l, i)];
    },
    changeW: (l, i, j) => line(statements.change.w, { l, i, j }),
    changeB: (l, i) => line(statements.change.b, { l, i }),
    afterW: (l, i, j) => line(statements.after.w, { l, i, j }, n.afterW(l, i, j)),
    afterB: (l, i) => line(statements.after.b, { l, i }, n.afterB(l, i)),
    errorAfter: () => [nameToken(["E"]), "was", n.error(), "and is now", n.errorAfter()],
    // ∂E/∂w, factor by factor: in symbols, then in numbers.
    chainNames: (l, i, j) => inSymbols(statements.chain, { l, i, j }),
    chain: (l, i, j) => continued(statements.chainPutIn, { l, i, j }),
    short: (l, i, j) => both(statements.byW, { l, i, j }),
    deltaChain: (l, i) => both(statements.deltaChain, { l, i }),
    // With softmax outputs: δ as a sum over all outputs, each of which depends on this z.
    outputDeltaNames: (i) => inSymbols(statements.softmaxChain, { i }),
    outputDelta: (i) => line(statements.softmaxChain, { i }),
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
        element.replaceChildren(...tokens.flatMap((token, n) =>
          (token.make ? token.make() : token.name ? [new Text(), places[next++], new Text()]
            : sign(token, tokens[n - 1]))));
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

const TIGHT = /^(.*\(|\)|[½\d²])$/;

// Signs with the space that they have on paper; a line may break before + and =.
function sign(text, before) {
  if (text === "·") return "\u202f·\u202f";
  if (text === "ln") return "ln\u202f";
  if (TIGHT.test(text)) return text;
  return text === "−" && (before === undefined || /^[=←·+(]$/.test(before)) ? text : ` ${text} `;
}
