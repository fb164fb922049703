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
    let shown = lines.length;

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
      shown = Math.max(1, Math.min(lines.length, count));
      lines.forEach((line, place) => (line.hidden = place >= shown));
      said.textContent = "";
      const done = shown === lines.length;
      next.textContent = done ? "From the start" : "What comes next?";
      hint.hidden = done || !lines[shown].querySelector(".bp-reason");
      back.hidden = shown === 1;
      if (focus && slow() && document.activeElement !== next) next.focus();
    }
    function setPace(one) {
      bar.hidden = !one;
      change.textContent = one ? "All lines" : "One line at a time";
      show(one ? 1 : lines.length, false);
    }
    const forward = () => {
      const last = shown === lines.length;
      show(last ? 1 : shown + 1);
      const line = lines[shown - 1];
      if (!last) said.textContent = `Line ${shown} of ${lines.length}. ${reason(line)}`;
      line.scrollIntoView({ block: "nearest" });
    };
    const reason = (line) => line.querySelector(".bp-reason")?.textContent.trim() ?? "";

    change.addEventListener("click", () => {
      setPace(!slow());
      if (slow()) next.focus();
    });
    next.addEventListener("click", forward);
    back.addEventListener("click", () => show(shown - 1));
    hint.addEventListener("click", () => {
      const copy = lines[shown].querySelector(".bp-reason").cloneNode(true);
      said.replaceChildren("Hint: ", ...copy.childNodes);
    });
    frame.addEventListener("keydown", (event) => {
      if (!slow() || event.altKey || event.ctrlKey || event.metaKey) return;
      const keys = {
        ArrowRight: () => shown < lines.length && forward(),
        ArrowLeft: () => show(shown - 1),
        Home: () => show(1),
        End: () => show(lines.length),
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
      if (place >= shown) show(place + 1, false);
      lines[place].scrollIntoView();
    };
    addEventListener("hashchange", reveal);
    reveal();
  }

  const all = () => document.querySelectorAll(".bp-derivation-frame").forEach(pace);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", all);
  else all();
})();
