// Which part of the desk is seen. On a desk the thread and the themes always are, with one panel beside them; on a
// phone one part at a time.
const Tabs = (() => {
  "use strict";
  const PANELS = ["quotes", "consent", "preview", "suggestions"];
  const PARTS = ["thread", "themes", ...PANELS];
  const wide = matchMedia("(min-width: 64rem)");
  let part = "thread";
  const tab = (name) => document.getElementById(`tab-${name}`);

  const show = (name) => {
    part = name;
    if (PANELS.includes(name) && Store.state.panel !== name) Store.look({ panel: name });
    draw();
  };
  const draw = () => {
    document.body.dataset.part = part;
    for (const name of PARTS) {
      const isShown = name === part || (wide.matches && name === Store.state.panel);
      tab(name).setAttribute("aria-selected", String(isShown));
      tab(name).tabIndex = isShown ? 0 : -1;
    }
    for (const name of PANELS) document.getElementById(`panel-${name}`).hidden = Store.state.panel !== name;
  };

  // F6 goes through the parts of the desk, as in mail programs and browsers.
  const goRound = (back) => {
    const parts = wide.matches ? ["thread", "themes", Store.state.panel] : PARTS;
    const current = wide.matches ? parts.findIndex((name) => section(name)?.contains(document.activeElement)) : parts.indexOf(part);
    const next = parts[(current + (back ? -1 : 1) + parts.length) % parts.length];
    show(next);
    enter(next);
  };
  const section = (name) => document.getElementById(name === "thread" ? "part-thread" : name === "themes" ? "themes" : `panel-${name}`);
  const enter = (name) => {
    if (name === "thread") Cursor.place(Cursor.at.id)?.focus();
    else (section(name).querySelector("button, input, select, textarea, summary, iframe") ?? section(name)).focus();
  };

  const start = () => {
    for (const name of PARTS) tab(name).addEventListener("click", () => show(name));
    document.getElementById("tabs").addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const visible = PARTS.filter((name) => tab(name).offsetParent);
      const next = visible[(visible.findIndex((name) => tab(name) === document.activeElement) + step + visible.length) % visible.length];
      show(next);
      tab(next).focus();
      event.preventDefault();
    });
    wide.addEventListener("change", draw);
    draw();
  };

  return { show, draw, goRound, start, get part() { return part; } };
})();
