// Conveniences. The site can be read and used without this script.
(() => {
  "use strict";

  // A link to a response, a theme or a quote opens the fold that it lies in.
  const reveal = (again) => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* "#100%" stays unchanged */ }
    const target = id && document.getElementById(id);
    const fold = target && target.closest("details");
    if (!fold || (fold.open && again !== true)) return;
    fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Readers may keep the answers open, in this browser.
  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => {
    try { value ? localStorage.setItem(name, value) : localStorage.removeItem(name); } catch { /* only for now, then */ }
  };
  const boxes = [...document.querySelectorAll("[data-keep-open]")];
  const folds = document.querySelectorAll(".cb-fold");
  const openFolds = () => folds.forEach((fold) => { fold.open = true; });
  for (const box of boxes) {
    box.checked = stored("cb-open") === "yes";
    box.addEventListener("change", () => {
      for (const other of boxes) other.checked = box.checked;
      keep("cb-open", box.checked ? "yes" : "");
      if (box.checked) openFolds();
    });
  }
  if (boxes[0]?.checked) { openFolds(); reveal(true); }

  // Paper has no folds: they are opened for it, and closed again.
  let openedFolds = [];
  addEventListener("beforeprint", () => {
    openedFolds = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of openedFolds) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of openedFolds) fold.open = false; });

  // A moment by the reader's own clock, where that shows another hour than the series'.
  for (const time of document.querySelectorAll("time[data-here]")) {
    const moment = new Date(time.dateTime);
    const seriesTime = time.dateTime.slice(0, 16);
    const pad = (number) => String(number).padStart(2, "0");
    const date = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
    const hour = `${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
    if (`${date}T${hour}` === seriesTime) continue;
    const weekday = new Intl.DateTimeFormat(time.closest("[lang]").lang, { weekday: "long" }).format(moment);
    const readerTime = document.createElement("span");
    readerTime.className = "cb-here";
    readerTime.textContent = `${time.dataset.here.replace("{hour}", `${date === seriesTime.slice(0, 10) ? "" : `${weekday} `}${hour}`)}`;
    time.append(readerTime);
  }

  // The choice of light or dark; see scheme.js.
  const button = document.querySelector("[data-scheme-toggle]");
  if (button && CSS.supports("color", "light-dark(#000, #fff)")) {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const dark = () => (document.documentElement.dataset.scheme ?? (system.matches ? "dark" : "light")) === "dark";
    const showState = () => button.setAttribute("aria-pressed", String(dark()));
    button.addEventListener("click", () => {
      const scheme = dark() ? "light" : "dark";
      document.documentElement.dataset.scheme = scheme;
      try { localStorage.setItem("cb-scheme", scheme); } catch { /* only for this page, then */ }
      showState();
    });
    system.addEventListener("change", showState);
    button.hidden = false;
    showState();
  }

  // Make parts that scroll sideways reachable by keyboard, where the browser does not.
  const nameOf = (table) => {
    let before = table.previousElementSibling;
    while (before && !/^H[1-6]$/.test(before.tagName)) before = before.previousElementSibling;
    return (before ?? document.querySelector("h1")).textContent.replace(/[¶#]\s*$/, "").trim();
  };
  const scrolls = new ResizeObserver((boxes) => {
    for (const { target } of boxes) {
      if (target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
        if (target.tagName === "PRE") target.setAttribute("role", "group");
        if (!target.caption && !target.hasAttribute("aria-label")) target.setAttribute("aria-label", nameOf(target));
      } else target.removeAttribute("tabindex");
    }
  });
  document.querySelectorAll("main :not(.cb-scroll) > table, main pre").forEach((part) => scrolls.observe(part));

  // "/" opens the search, as on many sites, except while typing.
  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const field = document.getElementById("cb-query");
    if (field) field.focus();
    else document.querySelector("[data-search-key]")?.click();
  });

  for (const [name, mark] of [["search", "[data-search]"], ["notes", "[data-notes]"], ["facets", "[data-facets]"], ["builder", "[data-builder]"], ["thread", "[data-thread]"]]) {
    if (!document.querySelector(mark)) continue;
    const script = document.createElement("script");
    script.src = new URL(`${name}.js`, document.currentScript.src);
    document.head.append(script);
  }
})();
