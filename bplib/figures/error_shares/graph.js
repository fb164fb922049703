// Where an error term comes from: the network as a graph, whose units may feed any later units.
// Layers are counted from 0 and units from 1; a[l][i] and all the others are indexed so.

import { shareRule, unitRules } from "./arithmetic.js";

// What is fixed by the sizes of the layers: where each number is among the weights.
export function wiringOf(network) {
  const sizes = network.split("-").map(Number);
  const L = sizes.length - 1;
  const firstWeight = [];
  const firstBias = [];
  let count = 0;
  for (let l = 1; l <= L; l++) {
    firstWeight[l] = count;
    count += sizes[l] * sizes[l - 1];
  }
  for (let l = 1; l <= L; l++) {
    firstBias[l] = count;
    count += sizes[l];
  }
  return {
    sizes, L, count,
    units: (l) => Array.from({ length: sizes[l] }, (_, n) => n + 1),
    weightAt: (l, i, j) => firstWeight[l] + (i - 1) * sizes[l - 1] + j - 1,
    biasAt: (l, i) => firstBias[l] + i - 1,
  };
}

// The edges that leave unit j of layer l: to every unit of the next layer, and perhaps one more.
export function outgoing(wiring, state, l, j) {
  const edges = wiring.units(l + 1).map((i) => ({
    l: l + 1, i, weight: state.weights[wiring.weightAt(l + 1, i, j)], skip: false,
  }));
  if (state.skip && l === wiring.L - 2 && j === state.skip_from)
    edges.push({ l: wiring.L, i: state.skip_to, weight: state.skip_weight, skip: true });
  return edges;
}

// Everything that is calculated, from the derived rules.
export function calculateShares(wiring, state) {
  const { L, units, weightAt, biasAt } = wiring;
  const rule = unitRules[state.activation];
  const a = [[null, ...state.x]];
  for (let l = 1; l <= L; l++) {
    a[l] = [null];
    for (const i of units(l)) {
      // z = w a + b, one incoming edge after the other: each adds to what was there.
      let z = state.weights[biasAt(l, i)];
      for (const j of units(l - 1)) z = rule.z(state.weights[weightAt(l, i, j)], a[l - 1][j], z);
      if (state.skip && l === L && i === state.skip_to)
        z = rule.z(state.skip_weight, a[L - 2][state.skip_from], z);
      a[l][i] = rule.a(z);
    }
  }
  const slope = (l, i) => rule.slope(a[l][i]);
  const target = (i) => state.y[i - 1];
  const miss = units(L).map((i) => rule.errorByA(a[L][i], target(i)));
  const delta = [];
  delta[L] = [null, ...units(L).map((i) => rule.outputDelta(a[L][i], target(i)))];
  const sharesOf = (l, j) =>
    outgoing(wiring, state, l, j).map((edge) => ({
      ...edge, value: shareRule.share(edge.weight, delta[edge.l][edge.i]),
    }));
  const sum = (items) => items.reduce((total, { value }) => total + value, 0);
  for (let l = L - 1; l >= state.layer; l--) {
    const from = l === state.layer ? [state.unit] : units(l);
    delta[l] = [];
    for (const j of from) delta[l][j] = shareRule.hiddenDelta(slope(l, j), sum(sharesOf(l, j)));
  }
  // What comes back to unit j of layer l over each path by itself, from an output's error term.
  const pathsTo = (l, j) =>
    outgoing(wiring, state, l, j).flatMap((edge) => {
      const { weight } = edge;
      if (edge.l === L)
        return [{ via: [edge], value: shareRule.share(weight, delta[L][edge.i]) }];
      const own = slope(edge.l, edge.i);
      return pathsTo(edge.l, edge.i).map(({ via, value }) => ({
        via: [edge, ...via],
        value: shareRule.share(weight, shareRule.hiddenDelta(own, value)),
      }));
    });
  const shares = sharesOf(state.layer, state.unit);
  const paths = pathsTo(state.layer, state.unit);
  return {
    a, miss, delta, shares, paths,
    total: sum(shares),
    pathTotal: sum(paths),
    slope: slope(state.layer, state.unit),
    result: delta[state.layer][state.unit],
  };
}

// How many multiplications it takes to get the error terms of a layer from those of the outputs:
// for one unit and for all of them, layer by layer and along every path.
export function countMultiplications(wiring, state) {
  const { L, units } = wiring;
  // One for each weight that an error term comes back over, and one for the slope.
  const ofUnit = (l, j) => outgoing(wiring, state, l, j).length + 1;
  const add = (numbers) => numbers.reduce((total, n) => total + n, 0);
  // A path of n edges passes n weights and the n - 1 units between them.
  const lengths = (l, j) =>
    outgoing(wiring, state, l, j).flatMap((edge) =>
      edge.l === L ? [1] : lengths(edge.l, edge.i).map((n) => n + 1));
  const alongPaths = (l, j) => add(lengths(l, j).map((n) => 2 * n - 1)) + 1;
  let later = 0;
  for (let l = state.layer + 1; l < L; l++) later += add(units(l).map((i) => ofUnit(l, i)));
  const all = units(state.layer);
  return {
    layers: later + ofUnit(state.layer, state.unit),
    paths: alongPaths(state.layer, state.unit),
    allLayers: later + add(all.map((j) => ofUnit(state.layer, j))),
    allPaths: add(all.map((j) => alongPaths(state.layer, j))),
  };
}
