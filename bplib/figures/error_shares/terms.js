// The rule in symbols, its terms with their numbers, and the paths that they are made of.

import { factorsOf, nameOf, shareSymbols } from "./look.js";
import { hiddenRules } from "./rules.js";
import { html, printed, say } from "../page/dom.js";
import { math, row } from "../page/formulas.js";
import { show } from "../page/numbers.js";

// The rule for the error term of the chosen unit, with the skip connection if it has one. In the
// rule as it is printed, the name "skip" stands where its term belongs.
export function ruleOf({ layer: l, unit: i }, edges) {
  const skip = edges.find((edge) => edge.skip);
  const element = printed(hiddenRules[skip ? "withSkip" : "plain"][l - 1][i - 1]);
  const place = [...element.querySelectorAll("mi")].find((name) => name.textContent === "skip");
  place?.replaceWith(row(...shareSymbols(skip, i)));
  return element;
}

// One card a share: where it comes from, the term in symbols and in numbers, and its value; when
// every path is followed, also the paths.
export function termsOf(wiring, state, edges) {
  const { L } = wiring;
  const deep = state.view === "all paths" && state.layer < L - 1;
  let count = 0;
  const cards = edges.map((edge) => {
    const factors = factorsOf((name) => ({ name, before: html("span"), number: html("span"),
      after: html("span") }));
    const value = html("strong", { class: "bp-shares-value" });
    const through = deep && edge.l < L ? wiring.units(L) : [];
    const paths = through.map(() => ({ element: html("span"), number: ++count }));
    if (deep && edge.l === L) count++; // a path by itself: its share says it
    const element = html("li", {},
      html("span", { class: "bp-shares-from" }, 
        `${edge.skip ? "skip, " : ""}from ${nameOf(edge.l, edge.i, L)}`),
      math(shareSymbols(edge, state.unit)),
      html("span", { class: "bp-shares-numbers" },
        ...factors.flatMap(({ before, number, after }) => [before, number, after])),
      value,
      paths.length
        ? html("ul", {}, ...paths.map((path, n) =>
            html("li", {}, `via ${nameOf(L, through[n], L)}: `, path.element)))
        : null);
    return { element, factors, value, paths };
  });
  return {
    elements: cards.map(({ element }) => element),
    update(now) {
      now.shares.forEach((share, n) => {
        const { factors, value, paths } = cards[n];
        const numbers = { w: share.weight, δ: now.delta[share.l][share.i] };
        factors.forEach(({ name, before, number, after }, place) => {
          const brackets = place > 0 && numbers[name] < 0;
          say(before, (place ? " · " : "") + (brackets ? "(" : ""));
          show(number, `${name === "δ" ? "from" : "over"}${n + 1}`, numbers[name]);
          say(after, brackets ? ")" : "");
        });
        show(value, `share${n + 1}`, share.value);
        for (const path of paths)
          show(path.element, `path${path.number}`, now.paths[path.number - 1].value);
      });
    },
  };
}

// Layer by layer, or path by path: the same sum, for how many multiplications?
export function pathTable(wiring, state) {
  if (state.view !== "all paths" || wiring.L === 2) return { elements: [], update() {} };
  const units = wiring.sizes[state.layer];
  const cells = Array.from({ length: 8 }, () => html("td"));
  const line = (name, from) =>
    html("tr", {}, html("th", { scope: "row" }, name), ...cells.slice(from, from + 4));
  const head = (span, words) => html("th", { scope: span.colspan ? "colgroup" : "col", ...span }, words);
  const table = html("table", { class: "bp-shares-table" },
    html("caption", {}, "The same sum in two ways"),
    html("thead", {},
      html("tr", {}, html("td", { rowspan: 2 }), head({ rowspan: 2 }, "terms"),
        head({ rowspan: 2 }, "their sum"), head({ colspan: 2 }, "multiplications")),
      html("tr", {}, head({}, "for this δ"), head({}, `for all ${units} of layer ${state.layer}`))),
    html("tbody", {}, line("next layer", 0), line("all paths", 4)));
  return {
    elements: [table],
    update(now, count) {
      const numbers = {
        shareCount: now.shares.length, nextLayerSum: now.total,
        layerMultiplications: count.layers, layerMultiplicationsForAll: count.allLayers,
        pathCount: now.paths.length, pathSum: now.pathTotal,
        pathMultiplications: count.paths, pathMultiplicationsForAll: count.allPaths,
      };
      Object.entries(numbers).forEach(([name, value], n) => show(cells[n], name, value));
    },
  };
}
