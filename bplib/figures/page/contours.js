// Contours of a function of two variables: marching squares on a grid, linked to closed lines.

// `of(x, y)` on a grid that covers `view` = [x from, x to, y from, y to] and a little more.
//
//   contoursOf(of, view, 72, 60).at(level)   closed lines of points [x, y] around the places where
//                                            `of` is above the level. Outside of the view they
//                                            close along the grid's border: cut them off there.
export function contoursOf(of, [left, right, bottom, top], columns, rows) {
  const MARGIN = 2; // cells around the view: the outermost nodes count as lower than any level
  const [dx, dy] = [(right - left) / columns, (top - bottom) / rows];
  const width = columns + 2 * MARGIN + 1;
  const height = rows + 2 * MARGIN + 1;
  const values = new Float64Array(width * height);
  for (let j = 0, k = 0; j < height; j++) {
    for (let i = 0; i < width; i++, k++) {
      const outermost = i === 0 || j === 0 || i === width - 1 || j === height - 1;
      values[k] = outermost ? -1e9 : of(left + (i - MARGIN) * dx, bottom + (j - MARGIN) * dy);
    }
  }

  // The lowest and the highest corner of every cell: most cells have no part in a line.
  const [lowest, highest] = [Math.min, Math.max].map((extreme) =>
    values.map((value, k) =>
      extreme(value, values[k + 1], values[k + width], values[k + width + 1])));

  // An edge of the grid is a number: twice its node, plus 1 if it goes up and not to the right.
  function crossing(edge, level) {
    const node = edge >> 1;
    const up = edge & 1;
    const other = node + (up ? width : 1);
    const part = (level - values[node]) / (values[other] - values[node]);
    return [
      left + ((node % width) - MARGIN + (up ? 0 : part)) * dx,
      bottom + (Math.floor(node / width) - MARGIN + (up ? part : 0)) * dy,
    ];
  }

  function at(level) {
    // Around each cell, counter-clockwise: a line leaves where it goes from high to low, and comes
    // from where it goes from low to high. Its neighbour goes the other way along the same edge.
    const next = new Map();
    for (let j = 0; j + 1 < height; j++) {
      for (let i = 0; i + 1 < width; i++) {
        const k = j * width + i;
        if (level >= highest[k] || level < lowest[k]) continue;
        const corners = [k, k + 1, k + 1 + width, k + width];
        const high = corners.map((corner) => values[corner] > level);
        const edges = [2 * k, 2 * (k + 1) + 1, 2 * (k + width), 2 * k + 1];
        const saddle = high[0] === high[2] && high[1] === high[3];
        const middle = saddle && corners.reduce((sum, c) => sum + values[c], 0) > 4 * level;
        for (let e = 0; e < 4; e++) {
          if (!high[e] || high[(e + 1) % 4]) continue;
          let f = (e + (middle ? 1 : 3)) % 4;
          while (!saddle && (high[f] || !high[(f + 1) % 4])) f = (f + 1) % 4;
          next.set(edges[e], edges[f]);
        }
      }
    }
    const lines = [];
    while (next.size > 0) {
      const points = [];
      let [edge] = next.keys();
      while (next.has(edge)) {
        points.push(crossing(edge, level));
        const following = next.get(edge);
        next.delete(edge);
        edge = following;
      }
      lines.push(points);
    }
    return lines;
  }
  return { at };
}

// Where `of` first crosses each level on the way from one point to another: [[level, x, y], ...].
export function crossings(of, levels, [[x1, y1], [x2, y2]], parts = 200) {
  const found = new Map();
  const place = (t) => [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
  let before = of(x1, y1);
  for (let n = 1; n <= parts; n++) {
    const now = of(...place(n / parts));
    for (const level of levels) {
      if (found.has(level) || before > level === now > level) continue;
      found.set(level, [level, ...place((n - 1 + (level - before) / (now - before)) / parts)]);
    }
    before = now;
  }
  return [...found.values()];
}
