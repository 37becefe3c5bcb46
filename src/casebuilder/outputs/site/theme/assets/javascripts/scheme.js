// Light or dark, before the page is painted: what this reader chose last, else what the system says.
(() => {
  "use strict";
  try {
    const chosen = localStorage.getItem("cb-scheme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
  } catch { /* a browser that keeps nothing follows the system */ }
})();
