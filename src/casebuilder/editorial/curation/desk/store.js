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
  let held = null;
  const tell = (what) => {
    if (held) held.add(what);
    else listeners.forEach((listener) => listener(what));
  };
  const together = (work) => {
    held = new Set();
    try { work(); } finally {
      const said = held;
      held = null;
      if (said.size) tell(said.has("changed") ? "changed" : "looked");
    }
  };
  const listen = (listener) => listeners.push(listener);

  // Returns the history that Python kept. What was edited in the files since then goes below its steps.
  const resumed = ({ history, contributions }, own) => {
    const read = History.read(history);
    if (!Array.isArray(history?.at?.quotes)) return read;
    const [then] = Exchange.read(history.at, contributions, own);
    return Outside.below(read, Outside.between(then, state.curation, [then.base.parts, state.curation.base.parts]));
  };

  // `given` is what Python wrote; `stored` is a curation and history that this browser saved later, if any.
  const open = (given, stored = null) => {
    state.desk = given;
    index = Reading.index(given.contributions);
    const own = new Set(given.curation.quotes.map(({ id }) => id));
    const [curation, dropped] = Exchange.read(stored?.curation ?? given.curation, given.contributions, own);
    state.curation = { ...curation, desk: given.desk, case: given.case };
    state.history = stored ? History.read(stored.history) : resumed(given, own);
    state.recent = [...state.curation.quotes].reverse().map((mark) => Counts.sectionOf(mark, state.curation)).filter((id, place, all) => id && all.indexOf(id) === place).slice(0, RECENT);
    state.section = "";
    state.mark = "";
    tell("opened");
    return dropped;
  };

  // Makes a change and remembers it. `make` takes the curation and returns another, or [another, result].
  // With `merge` letters typed in one box are undone together; with `silent` the change cannot be undone (what was read).
  const change = (label, make, { merge = "", silent = false } = {}) => {
    const made = make(state.curation);
    const [curation, result] = Array.isArray(made) ? made : [made, undefined];
    if (!silent) state.history = History.push(state.history, label, state.curation, curation, merge);
    state.curation = curation;
    tell("changed");
    return result;
  };
  const settle = () => { state.history = History.settle(state.history); };

  const travel = (way, said) => {
    const made = way(state.curation, state.history);
    if (!made) return `Nothing to ${said}.`;
    [state.curation, state.history] = made;
    tell("changed");
    return `${said === "undo" ? "Undone" : "Done again"}: ${made[2]}.`;
  };
  const undo = () => travel(History.undo, "undo");
  const redo = () => travel(History.redo, "redo");

  // What is looked at: nothing of it is saved with the curation.
  const look = (fields) => {
    Object.assign(state, fields);
    tell("looked");
  };
  const used = (section) => { state.recent = [section, ...state.recent.filter((id) => id !== section)].slice(0, RECENT); };
  // The server has written it: its revision and what it compared with are no step of the curator's.
  const saved = (fields) => { state.curation = { ...state.curation, ...fields }; };

  // Takes over what Python made of our work, as it was sent, and an edit from outside. It is no step, so that undoing never
  // takes back what a colleague did; and what the curator did since it was sent stays.
  const merged = (given, sent) => {
    const { contributions } = state.desk;
    const own = new Set([...given.quotes, ...sent.quotes].map(({ id }) => id));
    const [before, after] = [Exchange.write(sent, contributions), given].map((each) => Exchange.read(each, contributions, own)[0]);
    const edit = Outside.between(before, after);
    state.history = Outside.below(state.history, edit);
    state.curation = Outside.onto(state.curation, edit);
    tell("looked");
  };

  const record = (id) => index.known.get(id);
  // Drawing asks for these hundreds of times; they are worked out once for each curation.
  let worked = { curation: null, sections: [], marks: new Map() };
  const derived = () => {
    if (worked.curation === state.curation) return worked;
    const marks = new Map();
    for (const mark of state.curation.quotes) if (mark.consent.state !== "withdrawn") marks.set(mark.contribution, [...(marks.get(mark.contribution) ?? []), mark]);
    const sections = Counts.sections(state.desk, state.curation);
    worked = { curation: state.curation, sections, byId: new Map(sections.map((each) => [each.id, each])), marks };
    return worked;
  };
  const sections = () => [...derived().sections];
  const section = (id) => derived().byId.get(id);
  const marksOf = (contribution) => derived().marks.get(contribution) ?? [];
  const sectionOf = (mark) => Counts.sectionOf(mark, state.curation);
  const written = () => Exchange.write(state.curation, state.desk.contributions);

  return {
    state, listen, open, change, settle, undo, redo, look, together, used, saved, merged, record, sections, section, marksOf, sectionOf, written,
    get index() { return index; },
  };
})();
