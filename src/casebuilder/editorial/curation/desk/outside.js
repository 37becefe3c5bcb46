// An edit from outside: what somebody made of the files while the desk was open, or since it was closed. The curator did
// not make it. So it goes below all of the curator's steps, and undoing one of these keeps it. No DOM here.
const Outside = (() => {
  "use strict";
  const LISTS = ["themes", "quotes"];
  const PARTS = { quotes: "quote ", themes: "theme ", contributions: "spam " };
  // Files do not keep the white space around a text: that is no edit.
  const canonical = (value) => JSON.stringify(value, (_, each) => (typeof each === "string" ? each.trim().replace(/\s+/g, " ") : each));
  const same = (a, b) => canonical(a) === canonical(b);
  const idsOf = (list) => list.map(({ id }) => id);

  // Returns the fields in which two entries differ, as the second has them; undefined is one that it does not have.
  const changedFields = (before, after) => Object.fromEntries([...new Set([before, after].flatMap((each) => Object.keys(each ?? {})))]
    .filter((name) => !same(before?.[name], after?.[name])).map((name) => [name, after?.[name]]));

  // Python widens a passage that ends within a word. That is no edit either, but every step has to know it.
  const isWidened = (before, after) => Object.keys(changedFields(before, after)).every((name) => name === "passages")
    && before.passages.length === after.passages.length && before.passages.every(({ start, end }, place) => after.passages[place].start <= start && after.passages[place].end >= end);

  // Returns the edit that leads from one curation to another. `whole` has entries that it added or deleted and what is no
  // entry, `some` the fields of others, `held` what no step may add or delete any more. With `bases`, the digests of the
  // files' parts before and after, only what differs in the files counts.
  const between = (before, after, bases = null) => {
    const edit = { before, after, whole: new Map(), some: new Map(), held: new Set() };
    for (const [part, name, from, to] of History.difference(before, after)) {
      const digestName = part === "field" ? name.split("_")[0] : `${PARTS[part]}${name}`;
      if (part === "order" || (bases && bases[0]?.[digestName] === bases[1]?.[digestName])) continue;
      const key = `${part} ${name}`;
      if (part === "field" || (part !== "contributions" && !(from && to))) edit.whole.set(key, to);
      else edit.some.set(key, changedFields(from, to));
      if (part === "quotes" && from && to && isWidened(from, to)) continue;
      if (LISTS.includes(part)) edit.held.add(key);
    }
    return edit;
  };

  const patchEntry = (entry, changed, part) => {
    if (!changed || !(entry || part === "contributions")) return entry;
    const entryAfter = { ...entry, ...changed };
    for (const name of Object.keys(changed)) if (entryAfter[name] === undefined) delete entryAfter[name];
    return entryAfter;
  };

  // Returns ids with those of `guide` that are wanted and missing, each behind the one that it follows there.
  const insertMissing = (ids, guide, wanted) => {
    const result = [...ids];
    guide.forEach((id, place) => {
      if (!wanted(id) || result.includes(id)) return;
      const behind = guide.slice(0, place).findLast((each) => result.includes(each));
      result.splice(behind === undefined ? 0 : result.indexOf(behind) + 1, 0, id);
    });
    return result;
  };
  const orderIds = (ids, { before, after, whole }, part) => {
    const [oldIds, newIds] = [idsOf(before[part]), idsOf(after[part])];
    const isMoved = !same(oldIds.filter((id) => newIds.includes(id)), newIds.filter((id) => oldIds.includes(id)));
    const basis = isMoved ? insertMissing(newIds.filter((id) => ids.includes(id)), ids, () => true) : ids;
    return insertMissing(basis, newIds, (id) => whole.has(`${part} ${id}`));
  };

  // Returns a curation with the edit.
  const onto = (curation, edit) => {
    const curationAfter = { ...curation, contributions: { ...curation.contributions } };
    for (const [key, value] of edit.whole) if (key.startsWith("field ")) curationAfter[key.slice(6)] = value;
    for (const part of LISTS) {
      const entries = new Map(curation[part].map((entry) => [entry.id, patchEntry(entry, edit.some.get(`${part} ${entry.id}`))]));
      for (const [key, value] of edit.whole) {
        const [kind, name] = key.split(" ");
        if (kind === part && value) entries.set(name, value);
        else if (kind === part) entries.delete(name);
      }
      curationAfter[part] = orderIds([...entries.keys()], edit, part).filter((id) => entries.has(id)).map((id) => entries.get(id));
    }
    for (const [key, changed] of edit.some) {
      const name = key.slice("contributions ".length);
      if (key.startsWith("contributions ")) curationAfter.contributions[name] = patchEntry(curationAfter.contributions[name], changed, "contributions");
    }
    return curationAfter;
  };

  // Returns a step as if it had been made after the edit, or null if nothing of it is left to undo. One that added or
  // deleted what was edited since cannot be undone without undoing the edit.
  const step = (each, edit) => {
    const adapted = [];
    for (const [part, name, ...sides] of each.steps) {
      const key = `${part} ${name}`;
      if (edit.held.has(key) && sides.includes(null)) return null;
      if (edit.whole.has(key)) continue;
      adapted.push([part, name, ...sides.map((side) => (part === "order" ? orderIds(side, edit, name) : patchEntry(side, edit.some.get(key), part)))]);
    }
    const steps = adapted.filter(([, , from, to]) => JSON.stringify(from) !== JSON.stringify(to));
    return steps.length ? { ...each, steps } : null;
  };
  // Returns a history with the edit below its steps.
  const below = ({ done, undone }, edit) => {
    const [doneAfter, undoneAfter] = [done, undone].map((list) => list.map((each) => step(each, edit)).filter(Boolean));
    return { done: doneAfter, undone: undoneAfter };
  };

  return { between, onto, below };
})();
