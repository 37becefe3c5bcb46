// What makes the site more comfortable. Everything is there, and can be read and used, without it.
(() => {
  "use strict";

  // A link to a response, a theme or a quote opens the fold that it lies in.
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const fold = target && target.closest("details");
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // The choice of light or dark; see scheme.js.
  const button = document.querySelector("[data-scheme-toggle]");
  if (button && CSS.supports("color", "light-dark(#000, #fff)")) {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const dark = () => (document.documentElement.dataset.scheme ?? (system.matches ? "dark" : "light")) === "dark";
    const tell = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      const scheme = dark() ? "light" : "dark";
      document.documentElement.dataset.scheme = scheme;
      try { localStorage.setItem("cb-scheme", scheme); } catch { /* only for this page, then */ }
      tell();
    });
    system.addEventListener("change", tell);
    button.hidden = false;
    tell();
  }

  // What scrolls sideways can be reached with the keyboard, in browsers that do not see to it themselves.
  const scrolls = new ResizeObserver((boxes) => {
    for (const { target } of boxes) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll("main table").forEach((table) => scrolls.observe(table));

  // "/" leads to the search, as it does in many places, unless somebody is writing.
  addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const field = document.getElementById("cb-query");
    if (field) field.focus();
    else document.querySelector("[data-search-key]")?.click();
  });

  if (document.querySelector("[data-search]")) {
    const script = document.createElement("script");
    script.src = new URL("search.js", document.currentScript.src);
    document.head.append(script);
  }
})();
