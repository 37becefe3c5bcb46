// The desk's state while it is open: the record, the curation, its history, and what is being looked at. Everything
// that changes the curation goes through `change`, so that all of it can be undone. No DOM here.
const Store = (() => {
  "use strict";
  const RECENT = 9;
  const listeners = [];
  let index = null;
  const state = {
    desk: null, curation: null, history: History.begin(), filter: { ...Reading.NOTHING },
    recent: [], section: "", mark: "", panel: "quotes", problems: [], say: "",
  };

  // Several changes that belong together are drawn once.
  let delayedEvents = null;
  const notify = (event) => {
    if (delayedEvents) delayedEvents.add(event);
    else listeners.forEach((listener) => listener(event));
  };
  const together = (work) => {
    delayedEvents = new Set();
    try { work(); } finally {
      const events = delayedEvents;
      delayedEvents = null;
      if (events.size) notify(events.has("changed") ? "changed" : "looked");
    }
  };
  const listen = (listener) => listeners.push(listener);

  // Returns the history that Python kept. What was edited in the files since then goes below its steps.
  const historyOfPython = ({ history, contributions }, quoteIds) => {
    const recorded = History.read(history);
    if (!Array.isArray(history?.at?.quotes)) return recorded;
    const [recordedCuration] = Exchange.read(history.at, contributions, quoteIds);
    return Outside.below(recorded, Outside.between(recordedCuration, state.curation, [recordedCuration.base.parts, state.curation.base.parts]));
  };

  // `given` is what Python wrote; `stored` is a curation and history that this browser saved later, if any.
  const open = (desk, stored = null) => {
    state.desk = desk;
    index = Reading.index(desk.contributions);
    const quoteIds = new Set(desk.curation.quotes.map(({ id }) => id));
    const [curation, dropped] = Exchange.read(stored?.curation ?? desk.curation, desk.contributions, quoteIds);
    state.curation = { ...curation, desk: desk.desk, case: desk.case };
    state.history = stored ? History.read(stored.history) : historyOfPython(desk, quoteIds);
    state.recent = [...state.curation.quotes].reverse().map((mark) => Counts.sectionOf(mark, state.curation)).filter((id, place, all) => id && all.indexOf(id) === place).slice(0, RECENT);
    state.section = "";
    state.mark = "";
    notify("opened");
    return dropped;
  };

  // Makes a change and remembers it. `make` takes the curation and returns another, or [another, result].
  // With `merge` letters typed in one box are undone together; with `silent` the change cannot be undone (what was read).
  const change = (label, make, { merge = "", silent = false } = {}) => {
    const outcome = make(state.curation);
    const [curation, result] = Array.isArray(outcome) ? outcome : [outcome, undefined];
    if (!silent) state.history = History.push(state.history, label, state.curation, curation, merge);
    state.curation = curation;
    notify("changed");
    return result;
  };
  const settle = () => { state.history = History.settle(state.history); };

  const moveInHistory = (move, verb) => {
    const outcome = move(state.curation, state.history);
    if (!outcome) return `Nothing to ${verb}.`;
    [state.curation, state.history] = outcome;
    notify("changed");
    return `${verb === "undo" ? "Undone" : "Done again"}: ${outcome[2]}.`;
  };
  const undo = () => moveInHistory(History.undo, "undo");
  const redo = () => moveInHistory(History.redo, "redo");

  // What is looked at: nothing of it is saved with the curation.
  const look = (fields) => {
    Object.assign(state, fields);
    notify("looked");
  };
  const noteRecent = (section) => { state.recent = [section, ...state.recent.filter((id) => id !== section)].slice(0, RECENT); };
  // The server has written it: its revision and what it compared with are no step of the curator's.
  const noteSaved = (fields) => { state.curation = { ...state.curation, ...fields }; };

  // Takes over what Python made of our work, as it was sent, and an edit from outside. It is no step, so that undoing never
  // takes back what a colleague did; and what the curator did since it was sent stays.
  const mergeSaved = (saved, sent) => {
    const { contributions } = state.desk;
    const quoteIds = new Set([...saved.quotes, ...sent.quotes].map(({ id }) => id));
    const [before, after] = [Exchange.write(sent, contributions), saved].map((each) => Exchange.read(each, contributions, quoteIds)[0]);
    const edit = Outside.between(before, after);
    state.history = Outside.below(state.history, edit);
    state.curation = Outside.onto(state.curation, edit);
    notify("looked");
  };

  const record = (id) => index.byId.get(id);
  // Drawing asks for these hundreds of times; they are worked out once for each curation.
  let derived = { curation: null, sections: [], marks: new Map() };
  const derive = () => {
    if (derived.curation === state.curation) return derived;
    const marks = new Map();
    for (const mark of state.curation.quotes) if (mark.consent.state !== "withdrawn") marks.set(mark.contribution, [...(marks.get(mark.contribution) ?? []), mark]);
    const sections = Counts.sections(state.desk, state.curation);
    derived = { curation: state.curation, sections, byId: new Map(sections.map((each) => [each.id, each])), marks };
    return derived;
  };
  const sections = () => [...derive().sections];
  const section = (id) => derive().byId.get(id);
  const marksOf = (contribution) => derive().marks.get(contribution) ?? [];
  const sectionOf = (mark) => Counts.sectionOf(mark, state.curation);
  const written = () => Exchange.write(state.curation, state.desk.contributions);

  return {
    state, listen, open, change, settle, undo, redo, look, together, noteRecent, noteSaved, mergeSaved, record, sections, section, marksOf, sectionOf, written,
    get index() { return index; },
  };
})();
