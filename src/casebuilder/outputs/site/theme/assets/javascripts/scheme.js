// Light or dark mode, before the page is painted: the reader's last choice, else the system's setting.
(() => {
  "use strict";
  try {
    const chosen = localStorage.getItem("cb-scheme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.scheme = chosen;
  } catch { /* a browser that stores nothing follows the system */ }
})();
