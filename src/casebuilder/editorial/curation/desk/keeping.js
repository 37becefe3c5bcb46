// Saving without Python: marks are kept in this browser under the desk's own id, never the record; the work is taken
// home as a download. Browsers share their storage among files of a disk, so every name begins with the desk's id.
const Keeping = (() => {
  "use strict";
  const WAIT = 500;
  const REMIND = 15 * 60 * 1000;
  const LARGEST = 5_000_000;
  let timer = 0;
  let callbacks = { status: () => {}, remind: () => {} };
  let unsent = false;
  let refused = false;
  let unsentSince = 0;

  const storageName = () => `casebuilder-desk/${Store.state.desk.desk}`;
  const load = () => JSON.parse(document.getElementById("desk-data").textContent);

  // Returns what this browser stored for a desk, or null.
  const stored = (desk) => {
    try {
      const kept = JSON.parse(localStorage.getItem(`casebuilder-desk/${desk.desk}`) ?? "null");
      if (kept?.curation) unsent = kept.unsent === true;
      return kept?.curation ? kept : null;
    } catch { return null; }
  };

  const start = (hooks) => {
    callbacks = hooks;
    unsentSince = unsent ? Date.now() : 0;
    addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    // The same desk in another tab: what it saved last is what holds, or the two would overwrite each other.
    addEventListener("storage", (event) => {
      if (event.key !== storageName() || !event.newValue) return;
      clearTimeout(timer);
      Store.open(Store.state.desk, JSON.parse(event.newValue));
      callbacks.status("saved", "Taken over from another tab with this desk.");
    });
    setInterval(() => { if (unsent && unsentSince && Date.now() - unsentSince >= REMIND) callbacks.remind(); }, 20_000);
    save();
  };

  const changed = () => {
    unsent = true;
    unsentSince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
    if (!refused) callbacks.status("saving", "Saving …");
  };

  const save = () => {
    clearTimeout(timer);
    try {
      localStorage.setItem(storageName(), JSON.stringify({ curation: Store.state.curation, history: Store.state.history, unsent }));
      refused = localStorage.getItem(storageName()) === null;
    } catch { refused = true; }
    if (refused) callbacks.status("failed", "This browser keeps nothing of your work. Download it before you close this page.");
    else callbacks.status("saved", unsent ? "Saved in this browser; not downloaded yet." : "Saved in this browser.");
  };

  const download = () => {
    const { desk } = Store.state;
    const body = JSON.stringify(Store.written(), null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([body], { type: "application/json" }));
    link.download = `${desk.case}-${desk.desk.slice(0, 8)}.curation.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    unsent = false;
    unsentSince = 0;
    save();
    return link.download;
  };
  const later = () => { unsentSince = Date.now(); };

  // Opens a downloaded file as one change, which can be undone. Returns what to say about it.
  const take = async (file) => {
    if (file.size > LARGEST) return "This file is too large to be the work of a desk.";
    let value = null;
    try { value = JSON.parse(await file.text()); } catch { return "This file is damaged: it cannot be read to its end."; }
    const refusal = Exchange.refusal(value, Store.state.desk);
    if (refusal) return refusal;
    const quoteIds = new Set(Store.state.desk.curation.quotes.map(({ id }) => id));
    const [curation, dropped] = Exchange.read(value, Store.state.desk.contributions, quoteIds);
    const { base, revision } = Store.state.curation;
    Store.change(`open ${file.name}`, () => ({ ...curation, base, revision }));
    return dropped ? `Opened. ${dropped} marks of contributions that are not in this desk were left out.` : `Opened ${file.name}. Undo goes back to what you had.`;
  };

  return { load, stored, start, changed, download, later, take };
})();
