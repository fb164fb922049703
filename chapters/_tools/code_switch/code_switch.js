// One button for all code of the book: shown, or hidden. It is remembered in this browser. Until it is
// pressed, each cell is as its author left it. Without this script each cell opens by itself.
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
      localStorage.setItem(KEY, value);
    } catch {
      // then it holds for this page alone
    }
  };

  const button = document.createElement("button");
  button.type = "button";
  button.className = "bp-code-switch";

  function apply(state) {
    button.textContent = state === "shown" ? "Hide all code" : "Show all code";
    document.documentElement.classList.toggle("bp-code-hidden", state === "hidden");
    if (state === null) return;
    for (const cell of document.querySelectorAll("details.hide")) cell.open = state === "shown";
  }

  button.addEventListener("click", () => {
    const state = read() === "shown" || button.textContent.startsWith("Hide") ? "hidden" : "shown";
    write(state);
    apply(state);
  });

  const place = document.querySelector(".article-header-buttons");
  if (!place) return;
  place.prepend(button);
  apply(read());
})();
