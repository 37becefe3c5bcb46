// An edit from outside: what somebody made of the files while the desk was open, or since it was closed. The curator did
// not make it. So it goes below all of the curator's steps, and undoing one of these keeps it. No DOM here.
const Outside = (() => {
  "use strict";
  const LISTS = ["themes", "quotes"];
  const PARTS = { quotes: "quote ", themes: "theme ", contributions: "spam " };
  // Files do not keep the white space around a text: that is no edit.
  const plain = (value) => JSON.stringify(value, (_, each) => (typeof each === "string" ? each.trim().replace(/\s+/g, " ") : each));
  const same = (a, b) => plain(a) === plain(b);
  const idsOf = (list) => list.map(({ id }) => id);

  // Returns the fields in which two entries differ, as the second has them; undefined is one that it does not have.
  const fields = (before, after) => Object.fromEntries([...new Set([before, after].flatMap((each) => Object.keys(each ?? {})))]
    .filter((name) => !same(before?.[name], after?.[name])).map((name) => [name, after?.[name]]));

  // Python widens a passage that ends within a word. That is no edit either, but every step has to know it.
  const widened = (before, after) => Object.keys(fields(before, after)).every((name) => name === "passages")
    && before.passages.length === after.passages.length && before.passages.every(({ start, end }, place) => after.passages[place].start <= start && after.passages[place].end >= end);

  // Returns the edit that leads from one curation to another. `whole` has entries that it added or deleted and what is no
  // entry, `some` the fields of others, `held` what no step may add or delete any more. With `bases`, the digests of the
  // files' parts before and after, only what differs in the files counts.
  const between = (before, after, bases = null) => {
    const edit = { before, after, whole: new Map(), some: new Map(), held: new Set() };
    for (const [part, name, from, to] of History.difference(before, after)) {
      const known = part === "field" ? name.split("_")[0] : `${PARTS[part]}${name}`;
      if (part === "order" || (bases && bases[0]?.[known] === bases[1]?.[known])) continue;
      const key = `${part} ${name}`;
      if (part === "field" || (part !== "contributions" && !(from && to))) edit.whole.set(key, to);
      else edit.some.set(key, fields(from, to));
      if (part === "quotes" && from && to && widened(from, to)) continue;
      if (LISTS.includes(part)) edit.held.add(key);
    }
    return edit;
  };

  const patched = (entry, changed, part) => {
    if (!changed || !(entry || part === "contributions")) return entry;
    const made = { ...entry, ...changed };
    for (const name of Object.keys(changed)) if (made[name] === undefined) delete made[name];
    return made;
  };

  // Returns ids with those of `guide` that are wanted and missing, each behind the one that it follows there.
  const joined = (ids, guide, wanted) => {
    const made = [...ids];
    guide.forEach((id, place) => {
      if (!wanted(id) || made.includes(id)) return;
      const behind = guide.slice(0, place).findLast((each) => made.includes(each));
      made.splice(behind === undefined ? 0 : made.indexOf(behind) + 1, 0, id);
    });
    return made;
  };
  const ordered = (ids, { before, after, whole }, part) => {
    const [old, fresh] = [idsOf(before[part]), idsOf(after[part])];
    const moved = !same(old.filter((id) => fresh.includes(id)), fresh.filter((id) => old.includes(id)));
    const placed = moved ? joined(fresh.filter((id) => ids.includes(id)), ids, () => true) : ids;
    return joined(placed, fresh, (id) => whole.has(`${part} ${id}`));
  };

  // Returns a curation with the edit.
  const onto = (curation, edit) => {
    const made = { ...curation, contributions: { ...curation.contributions } };
    for (const [key, value] of edit.whole) if (key.startsWith("field ")) made[key.slice(6)] = value;
    for (const part of LISTS) {
      const entries = new Map(curation[part].map((entry) => [entry.id, patched(entry, edit.some.get(`${part} ${entry.id}`))]));
      for (const [key, value] of edit.whole) {
        const [kind, name] = key.split(" ");
        if (kind === part && value) entries.set(name, value);
        else if (kind === part) entries.delete(name);
      }
      made[part] = ordered([...entries.keys()], edit, part).filter((id) => entries.has(id)).map((id) => entries.get(id));
    }
    for (const [key, changed] of edit.some) {
      const name = key.slice("contributions ".length);
      if (key.startsWith("contributions ")) made.contributions[name] = patched(made.contributions[name], changed, "contributions");
    }
    return made;
  };

  // Returns a step as if it had been made after the edit, or null if nothing of it is left to undo. One that added or
  // deleted what was edited since cannot be undone without undoing the edit.
  const step = (each, edit) => {
    const made = [];
    for (const [part, name, ...sides] of each.steps) {
      const key = `${part} ${name}`;
      if (edit.held.has(key) && sides.includes(null)) return null;
      if (edit.whole.has(key)) continue;
      made.push([part, name, ...sides.map((side) => (part === "order" ? ordered(side, edit, name) : patched(side, edit.some.get(key), part)))]);
    }
    const steps = made.filter(([, , from, to]) => JSON.stringify(from) !== JSON.stringify(to));
    return steps.length ? { ...each, steps } : null;
  };
  // Returns a history with the edit below its steps.
  const below = ({ done, undone }, edit) => {
    const [made, again] = [done, undone].map((list) => list.map((each) => step(each, edit)).filter(Boolean));
    return { done: made, undone: again };
  };

  return { between, onto, below };
})();
