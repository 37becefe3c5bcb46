// Saving through `casebuilder curate`: half a second after each change the curation goes to Python, which writes the
// files. An edit that somebody made to them meanwhile is shown beside ours, and a curator chooses.
const Serving = (() => {
  "use strict";
  const WAIT = 500;
  const AGAIN = 3000;
  let timer = 0;
  let busy = false;
  let pending = false;
  // Whether something is not in the files yet: it is being sent, was refused, or waits for a decision.
  let unsaved = false;
  let given = { status: () => {}, conflict: async () => "" };

  const load = async () => {
    const answer = await fetch("api/desk", { cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const start = (hooks) => {
    given = hooks;
    // Closing the page within that half second would lose the last change without a word.
    addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && pending && !busy) save(); });
  };

  const changed = () => {
    pending = true;
    unsaved = true;
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
    if (busy) return;
    clearTimeout(timer);
    busy = true;
    pending = false;
    let again = 0;
    try {
      again = await heard(await send(keep), keep);
    } catch {
      pending = true;
      given.status("failed", "Not saved: casebuilder curate is not running. Start it again; this page tries again by itself.");
      again = AGAIN;
    }
    busy = false;
    if (again || pending) timer = setTimeout(save, again || WAIT);
  };

  // Returns after how many milliseconds to try again, or 0.
  const heard = async (answer, keep) => {
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return accepted(said, keep);
    if (answer.status === 409 && said.conflict) return disputed(said.conflicts ?? [said.conflict]);
    if (answer.status === 400) {
      Store.look({ problems: said.problems ?? [] });
      given.status("failed", "Not saved: see Problems.");
      return 0;
    }
    pending = true;
    given.status("failed", answer.status === 409 || answer.status === 412
      ? "Not saved: this desk was changed in another window. Reload this page to see its work."
      : `Not saved: casebuilder answered ${answer.status}. This page tries again by itself.`);
    return answer.status === 409 || answer.status === 412 ? 0 : AGAIN;
  };

  const accepted = async (said, keep) => {
    unsaved = pending;
    Store.saved({ revision: said.revision, base: said.base, ...(said.method !== undefined && Store.state.curation.method_automatic && { method: said.method }) });
    // Somebody's edit elsewhere in the files was joined with ours, or taken in place of ours.
    if (said.curation) Store.merged(said.curation);
    else if (keep === "theirs") Store.open(await load());
    await look(said.problems ?? []);
    given.status("saved", `Saved at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
    given.written?.();
    await fetch("api/history", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(Store.state.history) });
    return 0;
  };

  // What was left out of what we sent, and what `check` says of the files as they are now.
  const look = async (dropped) => {
    const answer = await fetch("api/problems", { cache: "no-store" });
    const { problems } = answer.ok ? await answer.json() : { problems: [] };
    Store.look({ problems: [...dropped, ...problems] });
  };

  const disputed = async (conflicts) => {
    given.status("failed", "Not saved: a file was changed outside the desk.");
    const choice = await given.conflict(conflicts);
    if (!choice) return 0;
    busy = false;
    await save(choice);
    return 0;
  };

  return { load, start, changed, save };
})();
