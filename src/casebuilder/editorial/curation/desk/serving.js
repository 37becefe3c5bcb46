// Saving through `casebuilder curate`: half a second after each change the curation goes to Python, which writes the
// files. An edit that somebody made to them meanwhile is shown beside ours, and a curator chooses. What could not be saved
// is tried again until it is. Until then this browser keeps it, also when the page or the browser is closed: marks and
// words of the curators, never the record.
const Serving = (() => {
  "use strict";
  const WAIT = 500;
  const AGAIN = 3000;
  const HANDOVER = 400;
  // How long after a save what `check` says is asked for, and the longest body that outlives its page, in bytes.
  const LOOK = 700;
  const OUTLIVES = 60_000;
  let timer = 0;
  let problemsTimer = 0;
  let busy = false;
  let pending = false;
  // Whether something is not in the files yet: it is being sent, was refused, or waits for a decision.
  let unsaved = false;
  // The conflict that a curator is to decide later: it is not asked about again before they go on working.
  let postponed = "";
  let callbacks = { status: () => {}, conflict: async () => "" };

  const load = async () => {
    const answer = await fetch("api/desk", { cache: "no-store" });
    if (!answer.ok) {
      const { problems } = await answer.json().catch(() => ({}));
      throw new Error(String(answer.status), { cause: problems?.[0]?.message });
    }
    return answer.json();
  };

  // Each page keeps its own work under a name of its own, and holds a lock of that name while it is open: so another
  // page takes over only what a closed one left. The newest comes first.
  const PREFIX = "casebuilder-unsaved";
  let storageName = "";
  let browserKeeps = true;
  // Returns whether this page holds a name now. The page before a reload lets go of it within moments.
  const hold = (name) => new Promise((resolve) => {
    if (!navigator.locks) { resolve(true); return; }
    const options = { signal: AbortSignal.timeout(HANDOVER) };
    navigator.locks.request(name, options, () => { resolve(true); return new Promise(() => {}); }).catch(() => resolve(false));
  });
  const leftWork = (desk) => Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}/${desk.case}/`))
    .map((name) => { try { return [name, JSON.parse(localStorage.getItem(name))]; } catch { return [name, null]; } })
    .filter(([, work]) => work?.curation).sort(([, first], [, second]) => second.at - first.at);
  // Files have quotes in an order of their own, and the method line that is made from the record.
  const differs = (now, kept) => History.difference(now, kept).some(([part, name]) => !(part === "order" && name === "quotes") && !(name === "method" && kept.method_automatic));
  // Returns the curation and history that were not in the files when a page of this desk was left, or null.
  const stored = async (desk) => {
    try {
      for (const [name, work] of leftWork(desk)) {
        if (!(await hold(name))) continue;
        storageName = name;
        // The page was left before it heard that all of it was saved.
        const [inFiles] = Exchange.read(desk.curation, desk.contributions, new Set(desk.curation.quotes.map(({ id }) => id)));
        if (!differs(inFiles, work.curation)) { localStorage.removeItem(name); return { ...work, curation: inFiles }; }
        unsaved = true;
        return work;
      }
    } catch { /* A browser that keeps nothing: see `note`. */ }
    storageName = `${PREFIX}/${desk.case}/${Date.now()}-${Math.random().toString(36).slice(2)}`;
    hold(storageName);
    return null;
  };
  const keepUnsaved = () => {
    try {
      const { curation, history } = Store.state;
      if (unsaved) localStorage.setItem(storageName, JSON.stringify({ curation, history, at: Date.now() }));
      else localStorage.removeItem(storageName);
      browserKeeps = !unsaved || localStorage.getItem(storageName) !== null;
    } catch { browserKeeps = false; }
  };
  const reportFailure = (reason, advice) => callbacks.status("failed", `Not saved: ${reason}. ${browserKeeps ? "This browser keeps your work meanwhile." : "This browser keeps nothing, so leave this page open."} ${advice}`);

  const start = (hooks) => {
    callbacks = hooks;
    // Closing the page within that half second would lose the last change without a word.
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && pending && !busy) save(); });
    addEventListener("pagehide", keepUnsaved);
    if (!unsaved) return;
    changed();
    Elements.say("Work that was not saved when this desk was closed has been restored, and is saved now.");
  };

  const changed = () => {
    pending = true;
    unsaved = true;
    postponed = "";
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
    callbacks.status("saving", "Saving …");
  };

  const send = (keep) => {
    const body = JSON.stringify(Store.written());
    return fetch(`api/curation${keep ? `?keep=${keep}` : ""}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "If-Match": String(Store.state.curation.revision) },
      body,
      keepalive: new Blob([body]).size < OUTLIVES,
    });
  };

  const save = async (keep = "") => {
    keepUnsaved();
    if (busy) return;
    clearTimeout(timer);
    busy = true;
    pending = false;
    const sentCuration = Store.state.curation;
    let delay = 0;
    try {
      delay = await readAnswer(await send(keep), keep, sentCuration);
    } catch {
      pending = true;
      reportFailure("casebuilder curate is not running", "Start it again; this page tries again by itself.");
      delay = AGAIN;
    }
    busy = false;
    keepUnsaved();
    clearTimeout(timer);
    if (delay || pending) timer = setTimeout(save, delay || WAIT);
  };

  // Returns after how many milliseconds to try again, or 0.
  const readAnswer = async (answer, keep, sent) => {
    const reply = await answer.json().catch(() => ({}));
    if (answer.ok) return takeAnswer(reply, keep, sent);
    pending = true;
    if (answer.status === 409 && reply.conflict) return askAboutConflict(reply.conflicts ?? [reply.conflict]);
    if (answer.status === 400) {
      showProblems(reply.problems ?? []);
      reportFailure("see Problems", "This page tries again by itself.");
      return AGAIN;
    }
    if (answer.status === 409 || answer.status === 412) reportFailure("this desk was changed in another window", "Reload this page to see its work.");
    else reportFailure(reply.problems?.[0]?.message ?? `casebuilder answered ${answer.status}`, "This page tries again by itself.");
    return AGAIN;
  };

  // While it is tried again, the same problems are not drawn again below a curator's hands.
  const showProblems = (problems) => {
    if (JSON.stringify(problems) !== JSON.stringify(Store.state.problems)) Store.look({ problems });
  };

  const takeAnswer = async (reply, keep, sent) => {
    unsaved = pending;
    Store.noteSaved({ revision: reply.revision, base: reply.base, ...(reply.method !== undefined && Store.state.curation.method_automatic && { method: reply.method }) });
    // Somebody's edit elsewhere in the files was joined with ours, or taken in place of ours.
    if (reply.curation) Store.mergeSaved(reply.curation, sent);
    else if (keep === "theirs") Store.open(await load());
    callbacks.status("saved", `Saved at ${Elements.clock()}`);
    if (reply.problems?.length) showProblems(reply.problems);
    clearTimeout(problemsTimer);
    problemsTimer = setTimeout(loadProblems, LOOK, reply.problems ?? []);
    await fetch("api/history", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...Store.state.history, at: Store.state.curation }) });
    return 0;
  };

  // What was left out of what we sent, and what `check` says of the files as they are now. It takes longer than to save,
  // so it waits until nobody changes anything.
  const loadProblems = async (dropped) => {
    if (busy || pending) return;
    const answer = await fetch("api/problems", { cache: "no-store" }).catch(() => null);
    const { problems } = answer?.ok ? await answer.json() : { problems: [] };
    showProblems([...dropped, ...problems]);
    callbacks.written?.();
  };

  const askAboutConflict = async (conflicts) => {
    const question = JSON.stringify(conflicts);
    if (question === postponed) return AGAIN;
    reportFailure("a file was changed outside the desk", "You are asked again with your next change.");
    const choice = await callbacks.conflict(conflicts);
    if (!choice) {
      postponed = question;
      return AGAIN;
    }
    busy = false;
    await save(choice);
    return 0;
  };

  return { load, stored, start, changed, save };
})();
