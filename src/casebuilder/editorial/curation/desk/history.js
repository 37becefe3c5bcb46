// One undo and redo over everything. A step is what differs between two curations, entry by entry, so that a hundred
// steps are small enough to be kept over a reload. No DOM here.
const History = (() => {
  "use strict";
  const LIMIT = 300;
  const LISTS = ["themes", "quotes"];
  const FIELDS = ["arranged", "curators", "method", "method_automatic", "introduction"];
  const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

  // Returns [[part, name, before, after]]; null stands for an entry that is not there.
  const difference = (before, after) => {
    const steps = [];
    const addStep = (part, name, from = null, to = null) => {
      if (!same(from, to)) steps.push([part, name, from, to]);
    };
    for (const name of FIELDS) addStep("field", name, before[name], after[name]);
    for (const part of LISTS) {
      const [oldEntries, newEntries] = [before, after].map((each) => new Map(each[part].map((entry) => [entry.id, entry])));
      for (const id of new Set([...oldEntries.keys(), ...newEntries.keys()])) addStep(part, id, oldEntries.get(id), newEntries.get(id));
      addStep("order", part, [...oldEntries.keys()], [...newEntries.keys()]);
    }
    const flags = [before.contributions, after.contributions];
    for (const id of new Set(flags.flatMap(Object.keys))) addStep("contributions", id, flags[0][id], flags[1][id]);
    return steps;
  };

  // Returns the curation with a step done again (side 1) or undone (side 0).
  const apply = (curation, steps, side) => {
    const curationAfter = { ...curation, contributions: { ...curation.contributions } };
    const lists = Object.fromEntries(LISTS.map((part) => [part, new Map(curation[part].map((entry) => [entry.id, entry]))]));
    const orders = Object.fromEntries(LISTS.map((part) => [part, curation[part].map(({ id }) => id)]));
    for (const [part, name, ...sides] of steps) {
      const value = sides[side];
      if (part === "field") curationAfter[name] = value;
      else if (part === "order") orders[name] = value;
      else if (part === "contributions" && value) curationAfter.contributions[name] = value;
      else if (part === "contributions") delete curationAfter.contributions[name];
      else if (value) lists[part].set(name, value);
      else lists[part].delete(name);
    }
    // A theme that is in use stays: somebody else may have put a quote into it.
    const usedThemes = new Set([...lists.quotes.values()].map(({ theme }) => theme));
    for (const theme of curation.themes) if (usedThemes.has(theme.id) && !lists.themes.has(theme.id)) lists.themes.set(theme.id, theme);
    // And one that somebody else deleted does not come back: its quotes are in no theme.
    for (const [id, quote] of lists.quotes) if (quote.theme && !lists.themes.has(quote.theme)) lists.quotes.set(id, { ...quote, theme: "" });
    for (const part of LISTS) {
      const orderedIds = new Set(orders[part]);
      const order = [...orders[part], ...[...lists[part].keys()].filter((id) => !orderedIds.has(id))];
      curationAfter[part] = order.filter((id) => lists[part].has(id)).map((id) => lists[part].get(id));
    }
    return curationAfter;
  };

  const begin = () => ({ done: [], undone: [] });

  // Returns the history with a new step. Typing in one box is one step: `merge` names the box.
  const push = (history, label, before, after, merge = "") => {
    const last = history.done.at(-1);
    if (merge && last?.merge === merge && !history.undone.length) {
      const steps = difference(apply(before, last.steps, 0), after);
      return { done: [...history.done.slice(0, -1), { ...last, steps }], undone: [] };
    }
    const steps = difference(before, after);
    return steps.length ? { done: [...history.done, { label, steps, merge }].slice(-LIMIT), undone: [] } : history;
  };
  // The next letters typed in the same box are a step of their own.
  const settle = (history) => (history.done.at(-1)?.merge ? { ...history, done: [...history.done.slice(0, -1), { ...history.done.at(-1), merge: "" }] } : history);

  // Return [curation, history, label], or null if there is nothing to undo or redo.
  const undo = (curation, { done, undone }) => {
    const step = done.at(-1);
    return step ? [apply(curation, step.steps, 0), { done: done.slice(0, -1), undone: [...undone, { ...step, merge: "" }] }, step.label] : null;
  };
  const redo = (curation, { done, undone }) => {
    const step = undone.at(-1);
    return step ? [apply(curation, step.steps, 1), { done: [...done, step], undone: undone.slice(0, -1) }, step.label] : null;
  };

  // A history from a file or a server is believed only if it has the form of one.
  const read = (value) => {
    const step = (each) => each && typeof each.label === "string" && Array.isArray(each.steps) && each.steps.every((part) => Array.isArray(part) && part.length === 4);
    return value && [value.done, value.undone].every((list) => Array.isArray(list) && list.every(step)) ? { done: value.done, undone: value.undone } : begin();
  };

  return { difference, apply, begin, push, settle, undo, redo, read };
})();
