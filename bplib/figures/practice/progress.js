// Which tasks were solved: kept in the page's own storage, if the reader's browser has one for it.

const KEY = "bp-practice";

export function progress() {
  let solved = {}; // level -> seeds
  let kept = true;
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    for (const [level, seeds] of Object.entries(found))
      if (Array.isArray(seeds)) solved[level] = seeds.filter(Number.isInteger);
  } catch {
    kept = false;
  }
  function keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify(solved));
      kept = true;
    } catch {
      kept = false;
    }
  }
  return {
    get kept() {
      return kept;
    },
    count: (level) => solved[level]?.length ?? 0,
    add(level, seed) {
      if (!solved[level]?.includes(seed)) solved[level] = [...(solved[level] ?? []), seed];
      keep();
    },
    clear() {
      solved = {};
      try {
        localStorage.removeItem(KEY);
      } catch {
        kept = false;
      }
    },
  };
}
