// One button for all code of the book: shown, hidden, or as each cell's author left it. It is
// remembered in this browser. Without this script each cell opens by itself.
(() => {
  const KEY = "bp-code";
  const read = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // no storage, as in some private windows
    }
  };
  const write = (value) => {
    try {
      if (value === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, value);
    } catch {
      // then it holds for this page alone
    }
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "bp-code-switch";

  // What a press leads to, and how the button offers it.
  const NEXT = { null: "shown", shown: "hidden", hidden: null };
  const OFFER = { shown: "Show all code", hidden: "Hide all code", null: "Code as written" };
  const cells = [...document.querySelectorAll("details.hide")].map((cell) => [cell, cell.open]);
  let state = null;

  function apply(wanted) {
    state = wanted in NEXT ? wanted : null;
    button.textContent = OFFER[NEXT[state]];
    document.documentElement.classList.toggle("bp-code-hidden", state === "hidden");
    for (const [cell, open] of cells) cell.open = state === null ? open : state === "shown";
  }

  button.addEventListener("click", () => {
    apply(NEXT[state]);
    write(state);
  });

  const place = document.querySelector(".article-header-buttons");
  if (!place) return;
  place.prepend(button);
  apply(read());
})();
