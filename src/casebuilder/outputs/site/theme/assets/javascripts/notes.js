// A reader's notes below the questions. They are stored only in this browser, and never sent anywhere.
(() => {
  "use strict";
  const list = document.querySelector("[data-notes]");
  const fields = [...list.querySelectorAll("[data-note]")];
  const key = (field) => `cb-note/${list.dataset.notes}/${field.dataset.note}`;

  // On paper a field is cut off at its lower edge, so a note is printed from an element of its own.
  const copy = (field) => { field.nextElementSibling.textContent = field.value.trim(); };

  for (const field of fields) {
    try { field.value ||= localStorage.getItem(key(field)) ?? ""; } catch { /* this browser stores nothing */ }
    copy(field);
    field.addEventListener("input", () => {
      copy(field);
      try {
        if (field.value) localStorage.setItem(key(field), field.value);
        else localStorage.removeItem(key(field));
      } catch { /* it stays on the page until the page is left */ }
    });
  }

  const questionOf = (field) => {
    const heading = field.closest("li").querySelector("h3").cloneNode(true);
    heading.querySelector("a")?.remove();
    return heading.textContent.trim();
  };
  const address = location.href.replace(/[?#].*$/, "");
  const notesAsText = () => [
    document.querySelector("h1").textContent.trim(),
    address,
    ...fields.map((field, place) => `\n${place + 1}. ${questionOf(field)}\n\n${field.value.trim() || "–"}`),
  ].join("\n") + "\n";

  document.querySelector("[data-save-notes]").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([notesAsText()], { type: "text/plain;charset=utf-8" }));
    link.download = `${list.dataset.notes}-notes.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
})();
