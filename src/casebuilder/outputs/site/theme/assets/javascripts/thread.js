// Loads the discussion of a case from giscus.app, and only after a reader has asked for it.
(() => {
  "use strict";
  const container = document.querySelector("[data-thread]");
  const { failed, ...settings } = container.dataset;
  delete settings.thread;
  const status = container.querySelector("[role=status]");
  container.querySelector("button").addEventListener("click", ({ currentTarget }) => {
    const script = document.createElement("script");
    script.src = "https://giscus.app/client.js";
    script.async = true;
    script.crossOrigin = "anonymous";
    // A discussion is found by the case's exact slug, which never changes.
    Object.assign(script.dataset, settings, {
      mapping: "specific",
      strict: "1",
      reactionsEnabled: "0",
      emitMetadata: "0",
      inputPosition: "top",
      theme: document.documentElement.dataset.scheme ?? "preferred_color_scheme",
    });
    script.addEventListener("error", () => { status.textContent = failed; });
    currentTarget.parentElement.remove();
    container.append(script);
  });
})();
