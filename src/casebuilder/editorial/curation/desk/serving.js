// Saving through `casebuilder curate`: half a second after each change the curation goes to Python, which writes the
// files. An edit that somebody made to them meanwhile is shown beside ours, and a curator chooses. What could not be saved
// is tried again until it is, and is kept over a reload in this tab: marks and words of the curators, never the record.
const Serving = (() => {
  "use strict";
  const WAIT = 500;
  const AGAIN = 3000;
  let timer = 0;
  let busy = false;
  let pending = false;
  // Whether something is not in the files yet: it is being sent, was refused, or waits for a decision.
  let unsaved = false;
  // The conflict that a curator is to decide later: it is not asked about again before they go on working.
  let postponed = "";
  let given = { status: () => {}, conflict: async () => "" };

  const load = async () => {
    const answer = await fetch("api/desk", { cache: "no-store" });
    if (!answer.ok) {
      const { problems } = await answer.json().catch(() => ({}));
      throw new Error(String(answer.status), { cause: problems?.[0]?.message });
    }
    return answer.json();
  };

  const name = (desk) => `casebuilder-unsaved/${desk.case}`;
  // Returns the curation and history that were not in the files when this page was left, or null.
  const kept = (desk) => {
    try {
      const found = JSON.parse(sessionStorage.getItem(name(desk)) ?? "null");
      if (!found?.curation) return null;
      // The page was left before it heard that all of it was saved.
      const [now] = Exchange.read(desk.curation, desk.contributions, new Set(desk.curation.quotes.map(({ id }) => id)));
      if (!History.difference(now, found.curation).length) return { ...found, curation: now };
      unsaved = true;
      return found;
    } catch { return null; }
  };
  const note = () => {
    try {
      const { desk, curation, history } = Store.state;
      if (unsaved) sessionStorage.setItem(name(desk), JSON.stringify({ curation, history }));
      else sessionStorage.removeItem(name(desk));
    } catch { /* A browser that keeps nothing: leaving the page asks all the same. */ }
  };

  const start = (hooks) => {
    given = hooks;
    // Closing the page within that half second would lose the last change without a word.
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && pending && !busy) save(); });
    addEventListener("pagehide", note);
    if (unsaved) changed();
  };

  const changed = () => {
    pending = true;
    unsaved = true;
    postponed = "";
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
    given.status("saving", "Saving …");
  };

  const send = (keep) => fetch(`api/curation${keep ? `?keep=${keep}` : ""}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "If-Match": String(Store.state.curation.revision) },
    body: JSON.stringify(Store.written()),
  });

  const save = async (keep = "") => {
    note();
    if (busy) return;
    clearTimeout(timer);
    busy = true;
    pending = false;
    const sent = Store.state.curation;
    let again = 0;
    try {
      again = await heard(await send(keep), keep, sent);
    } catch {
      pending = true;
      given.status("failed", "Not saved: casebuilder curate is not running. Start it again; this page tries again by itself.");
      again = AGAIN;
    }
    busy = false;
    note();
    clearTimeout(timer);
    if (again || pending) timer = setTimeout(save, again || WAIT);
  };

  // Returns after how many milliseconds to try again, or 0.
  const heard = async (answer, keep, sent) => {
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return accepted(said, keep, sent);
    pending = true;
    if (answer.status === 409 && said.conflict) return disputed(said.conflicts ?? [said.conflict]);
    if (answer.status === 400) {
      refused(said.problems ?? []);
      given.status("failed", "Not saved: see Problems. This page tries again by itself.");
      return AGAIN;
    }
    given.status("failed", answer.status === 409 || answer.status === 412
      ? "Not saved: this desk was changed in another window. Reload this page to see its work."
      : `Not saved: casebuilder answered ${answer.status}. This page tries again by itself.`);
    return AGAIN;
  };

  // While it is tried again, the same problems are not drawn anew below a curator's hands.
  const refused = (problems) => {
    if (JSON.stringify(problems) !== JSON.stringify(Store.state.problems)) Store.look({ problems });
  };

  const accepted = async (said, keep, sent) => {
    unsaved = pending;
    Store.saved({ revision: said.revision, base: said.base, ...(said.method !== undefined && Store.state.curation.method_automatic && { method: said.method }) });
    // Somebody's edit elsewhere in the files was joined with ours, or taken in place of ours.
    if (said.curation) Store.merged(said.curation, sent);
    else if (keep === "theirs") Store.open(await load());
    await look(said.problems ?? []);
    given.status("saved", `Saved at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
    given.written?.();
    await fetch("api/history", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...Store.state.history, at: Store.state.curation }) });
    return 0;
  };

  // What was left out of what we sent, and what `check` says of the files as they are now.
  const look = async (dropped) => {
    const answer = await fetch("api/problems", { cache: "no-store" });
    const { problems } = answer.ok ? await answer.json() : { problems: [] };
    Store.look({ problems: [...dropped, ...problems] });
  };

  const disputed = async (conflicts) => {
    const asked = JSON.stringify(conflicts);
    if (asked === postponed) return AGAIN;
    given.status("failed", "Not saved: a file was changed outside the desk. You are asked again with your next change.");
    const choice = await given.conflict(conflicts);
    if (!choice) {
      postponed = asked;
      return AGAIN;
    }
    busy = false;
    await save(choice);
    return 0;
  };

  return { load, kept, start, changed, save };
})();
