// A derivation one line at a time: what comes next? think, ask for the reason, look. Without this
// script all lines stand there.
(() => {
  const button = (text) => Object.assign(document.createElement("button"), { type: "button", textContent: text });

  function pace(frame) {
    if (frame.dataset.paced) return;
    frame.dataset.paced = "true";
    const title = frame.querySelector(".bp-derivation-title");
    const lines = [...frame.querySelectorAll(".bp-derivation > li")];
    if (lines.length < 2) return;
    // A stop each: a line, and where there are numbers, first its formula and then the rest of it.
    const stops = lines.flatMap((line) => {
      const own = [...line.querySelectorAll(".bp-line > .math")];
      const calculated = own.length > 1 && own[1].textContent.includes("=") && line.closest(".bp-calculation");
      const rest = calculated && !line.closest('[data-derivation$="-input"]') ? own.slice(1) : [];
      return rest.length ? [{ line, rest, whole: false }, { line, rest, whole: true }] : [{ line, rest, whole: true }];
    });
    const checks = frame.querySelectorAll(".bp-calculation-program");
    // What is only defined is there from the start.
    const defined = lines.findIndex((line) => !line.querySelector(".bp-proof-definition"));
    const start = Math.max(1, defined);
    let shown = stops.length;

    const change = button("One line at a time");
    const top = Object.assign(document.createElement("span"), { className: "bp-pace" });
    top.append(change);
    title.append(top);

    const back = button("Back");
    const hint = button("Hint: the reason");
    const next = button("What comes next?");
    const bar = Object.assign(document.createElement("div"), { className: "bp-pace", hidden: true });
    const said = Object.assign(document.createElement("p"), { className: "bp-hint" });
    said.setAttribute("role", "status");
    bar.append(back, hint, next);
    frame.append(said, bar);

    const slow = () => !bar.hidden;
    function show(count, focus = true) {
      shown = Math.max(start, Math.min(stops.length, count));
      for (const line of lines) line.hidden = true;
      for (const { line, rest, whole } of stops.slice(0, shown)) {
        line.hidden = false;
        for (const part of rest) part.hidden = !whole;
      }
      said.textContent = "";
      const done = shown === stops.length;
      for (const check of checks) check.hidden = !done;
      for (const list of frame.querySelectorAll(".bp-derivation")) {
        const heading = list.previousElementSibling;
        if (heading?.matches(".bp-calculation-part")) heading.hidden = !list.querySelector("li:not([hidden])");
      }
      if (slow()) bar.scrollIntoView({ block: "nearest" });
      next.textContent = done ? "From the start" : "What comes next?";
      hint.hidden = done || !stops[shown].line.querySelector(".bp-reason");
      back.hidden = shown === start;
      if (focus && slow() && document.activeElement !== next) next.focus();
    }
    function setPace(one) {
      bar.hidden = !one;
      change.textContent = one ? "All lines" : "One line at a time";
      show(one ? start : stops.length, false);
    }
    const forward = () => {
      const last = shown === stops.length;
      show(last ? start : shown + 1);
      const { line } = stops[shown - 1];
      if (!last) said.textContent = `Line ${lines.indexOf(line) + 1} of ${lines.length}`;
    };

    change.addEventListener("click", () => {
      setPace(!slow());
      if (slow()) next.focus();
    });
    next.addEventListener("click", forward);
    back.addEventListener("click", () => show(shown - 1));
    hint.addEventListener("click", () => {
      const copy = stops[shown].line.querySelector(".bp-reason").cloneNode(true);
      said.replaceChildren("Hint: ", ...copy.childNodes);
    });
    frame.addEventListener("keydown", (event) => {
      if (!slow() || event.altKey || event.ctrlKey || event.metaKey) return;
      const keys = {
        ArrowRight: () => shown < stops.length && forward(),
        ArrowLeft: () => show(shown - 1),
        Home: () => show(start),
        End: () => show(stops.length),
      };
      if (!(event.key in keys)) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    });
    // The address of a line leads to it also when it has not been uncovered yet.
    const reveal = () => {
      const place = lines.findIndex((line) => `#${line.id}` === location.hash);
      if (place < 0) return;
      const stop = stops.findLastIndex(({ line }) => line === lines[place]);
      if (stop >= shown) show(stop + 1, false);
      lines[place].scrollIntoView();
    };
    addEventListener("hashchange", reveal);
    reveal();
  }

  const all = () => document.querySelectorAll(".bp-derivation-frame").forEach(pace);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", all);
  else all();
})();
