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
  let looking = 0;
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

  // Each page keeps its own work under a name of its own, and holds a lock of that name while it is open: so another
  // page takes over only what a closed one left. The newest comes first.
  const PREFIX = "casebuilder-unsaved";
  let own = "";
  let keeps = true;
  // Returns whether this page holds a name now. The page before a reload lets go of it within moments.
  const hold = (name) => new Promise((resolve) => {
    if (!navigator.locks) { resolve(true); return; }
    const waiting = { signal: AbortSignal.timeout(HANDOVER) };
    navigator.locks.request(name, waiting, () => { resolve(true); return new Promise(() => {}); }).catch(() => resolve(false));
  });
  const left = (desk) => Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX}/${desk.case}/`))
    .map((name) => { try { return [name, JSON.parse(localStorage.getItem(name))]; } catch { return [name, null]; } })
    .filter(([, found]) => found?.curation).sort(([, one], [, other]) => other.at - one.at);
  // Files have quotes in an order of their own, and the method line that is made from the record.
  const unlike = (now, then) => History.difference(now, then).some(([part, name]) => !(part === "order" && name === "quotes") && !(name === "method" && then.method_automatic));
  // Returns the curation and history that were not in the files when a page of this desk was left, or null.
  const stored = async (desk) => {
    try {
      for (const [name, found] of left(desk)) {
        if (!(await hold(name))) continue;
        own = name;
        // The page was left before it heard that all of it was saved.
        const [now] = Exchange.read(desk.curation, desk.contributions, new Set(desk.curation.quotes.map(({ id }) => id)));
        if (!unlike(now, found.curation)) { localStorage.removeItem(name); return { ...found, curation: now }; }
        unsaved = true;
        return found;
      }
    } catch { /* A browser that keeps nothing: see `note`. */ }
    own = `${PREFIX}/${desk.case}/${Date.now()}-${Math.random().toString(36).slice(2)}`;
    hold(own);
    return null;
  };
  const note = () => {
    try {
      const { curation, history } = Store.state;
      if (unsaved) localStorage.setItem(own, JSON.stringify({ curation, history, at: Date.now() }));
      else localStorage.removeItem(own);
      keeps = !unsaved || localStorage.getItem(own) !== null;
    } catch { keeps = false; }
  };
  const failed = (why, how) => given.status("failed", `Not saved: ${why}. ${keeps ? "This browser keeps your work meanwhile." : "This browser keeps nothing, so leave this page open."} ${how}`);

  const start = (hooks) => {
    given = hooks;
    // Closing the page within that half second would lose the last change without a word.
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && pending && !busy) save(); });
    addEventListener("pagehide", note);
    if (!unsaved) return;
    changed();
    Elements.say("The work that was not saved when this desk was closed is here again, and is saved now.");
  };

  const changed = () => {
    pending = true;
    unsaved = true;
    postponed = "";
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
    given.status("saving", "Saving …");
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
      failed("casebuilder curate is not running", "Start it again; this page tries again by itself.");
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
      failed("see Problems", "This page tries again by itself.");
      return AGAIN;
    }
    if (answer.status === 409 || answer.status === 412) failed("this desk was changed in another window", "Reload this page to see its work.");
    else failed(said.problems?.[0]?.message ?? `casebuilder answered ${answer.status}`, "This page tries again by itself.");
    return AGAIN;
  };

  // While it is tried again, the same problems are not drawn again below a curator's hands.
  const refused = (problems) => {
    if (JSON.stringify(problems) !== JSON.stringify(Store.state.problems)) Store.look({ problems });
  };

  const accepted = async (said, keep, sent) => {
    unsaved = pending;
    Store.saved({ revision: said.revision, base: said.base, ...(said.method !== undefined && Store.state.curation.method_automatic && { method: said.method }) });
    // Somebody's edit elsewhere in the files was joined with ours, or taken in place of ours.
    if (said.curation) Store.merged(said.curation, sent);
    else if (keep === "theirs") Store.open(await load());
    given.status("saved", `Saved at ${Elements.clock()}`);
    if (said.problems?.length) refused(said.problems);
    clearTimeout(looking);
    looking = setTimeout(look, LOOK, said.problems ?? []);
    await fetch("api/history", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...Store.state.history, at: Store.state.curation }) });
    return 0;
  };

  // What was left out of what we sent, and what `check` says of the files as they are now. It takes longer than to save,
  // so it waits until nobody changes anything.
  const look = async (dropped) => {
    if (busy || pending) return;
    const answer = await fetch("api/problems", { cache: "no-store" }).catch(() => null);
    const { problems } = answer?.ok ? await answer.json() : { problems: [] };
    refused([...dropped, ...problems]);
    given.written?.();
  };

  const disputed = async (conflicts) => {
    const asked = JSON.stringify(conflicts);
    if (asked === postponed) return AGAIN;
    failed("a file was changed outside the desk", "You are asked again with your next change.");
    const choice = await given.conflict(conflicts);
    if (!choice) {
      postponed = asked;
      return AGAIN;
    }
    busy = false;
    await save(choice);
    return 0;
  };

  return { load, stored, start, changed, save };
})();
