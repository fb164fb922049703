// Where labels go: on their line, where they touch nothing and hide as little as possible.

const TRIES = 1000;

// Whether a line from (x1, y1) to (x2, y2) goes through a box { left, right, top, bottom }.
export function crosses([x1, y1, x2, y2], box) {
  let [from, to] = [0, 1];
  for (const [start, end, low, high] of [[x1, x2, box.left, box.right], [y1, y2, box.top, box.bottom]]) {
    if (start === end) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const [a, b] = [(low - start) / (end - start), (high - start) / (end - start)];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from < to;
}

const touch = (a, b) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function touchesCircle(box, [x, y, radius]) {
  const dx = Math.max(box.left - x, 0, x - box.right);
  const dy = Math.max(box.top - y, 0, y - box.bottom);
  return dx * dx + dy * dy < radius * radius;
}

export const boxAround = (x, y, width, height) =>
  ({ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 });

// A place for every label, or null if there is none for all of them together.
//
//   labels      [{ name, width, height, line: [x1, y1, x2, y2] }]: each sits on its own line
//   boxes       of texts that are there already
//   circles     [[x, y, radius]]
//   lines       all that are drawn
//   extent      how wide the drawing is
//
// Returns { places: Map from name to [x, y], hidden: how many other lines pass behind labels }.
export function placesFor(labels, boxes, circles, lines, extent) {
  const open = labels.map((label) => ({ label, spots: spotsOf(label) }));
  if (open.some(({ spots }) => spots.length === 0)) return null;
  let tries = 0;
  const chosen = [];

  // First the label with the fewest places left.
  function next(left) {
    if (left.length === 0) return true;
    const { n, spots } = left.reduce((least, one) =>
      (one.spots.length < least.spots.length ? one : least));
    for (const spot of spots) {
      if (++tries > TRIES) return false;
      const others = left.filter((other) => other.n !== n).map((other) => ({
        n: other.n, spots: other.spots.filter(({ box }) => !touch(box, spot.box)) }));
      if (others.some((other) => other.spots.length === 0)) continue;
      chosen[n] = spot;
      if (next(others)) return true;
    }
    return false;
  }

  function spotsOf({ width, height, line }) {
    const [x1, y1, x2, y2] = line;
    const spots = [];
    for (let t = 0.08; t < 0.93; t += 0.03) {
      const [x, y] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
      const box = boxAround(x, y, width, height);
      if (box.left < 0 || box.right > extent) continue;
      if (circles.some((circle) => touchesCircle(box, circle))) continue;
      if (boxes.some((other) => touch(box, other))) continue;
      const hidden = lines.filter((other) => other !== line && crosses(other, box)).length;
      spots.push({ x, y, box, hidden, cost: hidden + Math.abs(t - 0.5) / 10 });
    }
    return spots.sort((a, b) => a.cost - b.cost);
  }

  if (!next(open.map(({ spots }, n) => ({ n, spots })))) return null;
  // What was found first may hide more than it must.
  for (let round = 0; round < 3; round++)
    open.forEach(({ spots }, n) => {
      chosen[n] = spots.find((spot) =>
        chosen.every((other, m) => m === n || !touch(other.box, spot.box)));
    });
  return {
    places: new Map(open.map(({ label }, n) => [label.name, [chosen[n].x, chosen[n].y]])),
    hidden: chosen.reduce((sum, { hidden }) => sum + hidden, 0),
  };
}
