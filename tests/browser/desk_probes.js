// Programs for test_desk_logic.py: each uses the logic of the curation desk and returns what the test looks at.
const Probes = (() => {
  "use strict";

  // Stops of one end of a selection on its way through a text.
  const stops = (text, by, edge) => {
    const all = [];
    for (let at = 0; at < text.length;) all.push((at = Offsets.move(text, at, 1, by, edge)));
    return all;
  };

  // A hundred changes of every kind, each chosen by a number that comes from the one before; undone and done again.
  const work = () => {
      let seed = 7;
      const chance = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
      let curation = Exchange.read(DESK.curation, DESK.contributions)[0];
      let history = History.begin();
      const states = [JSON.stringify(curation)];
      const pick = (list) => list[chance(list.length)];
      const work = [
          (now) => Curation.addTheme(now, `Theme ${chance(40)}`)[0],
          (now) => Curation.mark(now, pick(DESK.contributions).id, [{ start: 0, end: 5 }], { theme: pick(now.themes)?.id ?? "" })[0],
          (now) => Curation.mark(now, pick(DESK.contributions).id, [{ start: 2, end: 9 }], {})[0],
          (now) => now.themes.length > 1 ? Curation.moveTheme(now, pick(now.themes).id, chance(now.themes.length)) : now,
          (now) => now.themes.length > 3 ? Curation.removeTheme(now, now.themes[0].id, now.themes[1].id) : now,
          (now) => now.quotes.length ? Curation.editQuote(now, pick(now.quotes).id, { memo: String(chance(99)) }) : now,
          (now) => now.quotes.length > 5 ? Curation.removeQuote(now, pick(now.quotes).id) : now,
          (now) => now.quotes.length > 2 ? Curation.refuse(now, pick(now.quotes).id, { on: "2026-03-01", how: "by e-mail" }, chance(2) === 1)[0] : now,
          (now) => Curation.flag(now, pick(DESK.contributions).id, { spam: chance(2) === 1 }),
          (now) => now.themes.length ? Curation.splitTheme(now, now.themes[0].id, "Split", now.quotes.slice(0, 1).map(({ id }) => id))[0] : now,
          (now) => ({ ...now, introduction: String(chance(9)) }),
      ];
      for (let step = 0; step < 100; step += 1) {
          const next = pick(work)(curation);
          const before = history.done.length;
          history = History.push(history, "step", curation, next);
          curation = next;
          if (history.done.length > before) states.push(JSON.stringify(curation));
      }
      history = History.read(JSON.parse(JSON.stringify(history)));
      const canonical = (text) => JSON.stringify(JSON.parse(text), (_, value) => value && !Array.isArray(value) && typeof value === "object" ? Object.fromEntries(Object.entries(value).sort()) : value);
      const wrong = [];
      for (let at = states.length - 2; at >= 0; at -= 1) {
          [curation, history] = History.undo(curation, history);
          if (canonical(JSON.stringify(curation)) !== canonical(states[at])) wrong.push(`undo ${at}`);
      }
      const nothing = History.undo(curation, history);
      for (let at = 1; at < states.length; at += 1) {
          [curation, history] = History.redo(curation, history);
          if (canonical(JSON.stringify(curation)) !== canonical(states[at])) wrong.push(`redo ${at}`);
      }
      return { wrong, steps: states.length - 1, nothing, written: Exchange.write(curation, DESK.contributions), size: JSON.stringify(history).length };
  };

  const typing = (curation) => {
    let now = curation;
    let history = History.begin();
    for (const words of ["T", "Th", "The"]) {
      const next = { ...now, introduction: words };
      history = History.push(history, "introduction", now, next, "introduction");
      now = next;
    }
    const one = history.done.length;
    const next = { ...now, introduction: "Then" };
    history = History.push(History.settle(history), "introduction", now, next, "introduction");
    return [one, history.done.length, History.undo(next, history)[0].introduction];
  };

  const themes = (curation) => {
    let [now, one] = Curation.addTheme(curation, "Étude, again");
    let two, three, first, second;
    [now, two] = Curation.addTheme(now, "Etude again");
    [now, first] = Curation.mark(now, "c001", [{ start: 0, end: 4 }], { theme: one });
    [now, second] = Curation.mark(now, "c001", [{ start: 0, end: 4 }], { theme: two });
    now = Curation.editTheme(now, one, { summary: `Text\n\n::quote[${first}]` });
    [now, three] = Curation.splitTheme(now, one, "聴く", [first]);
    const joined = Curation.removeTheme(now, two, three);
    return {
      ids: [one, two, three], order: now.themes.map(({ id }) => id), letters: now.themes.map(({ letter }) => letter),
      colours: now.themes.map(({ colour }) => colour), summary: now.themes[0].summary, quotes: [first, second],
      joined: joined.quotes.map(({ theme }) => theme),
    };
  };

  const refusal = (desk) => {
    let [now, theme] = Curation.addTheme(desk.curation, "Ringing");
    let quote, paraphrase;
    [now, quote] = Curation.mark(now, "c002", [{ start: 0, end: 9 }], { theme });
    now = Curation.editTheme(now, theme, { summary: `::quote[${quote}]` });
    [now, paraphrase] = Curation.refuse(now, quote, { on: "2026-03-04", how: "by e-mail" }, true);
    const refused = [...Asking.refused(desk, now)];
    const people = Asking.people(desk, now).map(({ state, quotes }) => [state, quotes.length]);
    const before = Curation.find(now.quotes, paraphrase).quoted;
    now = Curation.paraphrase(now, paraphrase, "Somebody said it otherwise.");
    const states = now.quotes.map(({ id, mode, consent, quoted }) => [id, mode, consent.state, quoted]);
    return { states, before, refused, people, summary: now.themes[0].summary, counts: Counts.of(desk, now, theme) };
  };

  const rows = (filter, curation) => Reading.rows(DESK, INDEX, { ...Reading.NOTHING, ...filter }, curation)
    .map((row) => (row.question ? [row.question.id] : [row.contribution.id, row.depth]));

  const kept = (desk) => {
    const [now] = Curation.mark(Exchange.read(desk.curation, desk.contributions)[0], "c001", [{ start: 0, end: 20 }], {});
    return [now.quotes[0], Exchange.write(now, desk.contributions).quotes[0]];
  };

  // The letter to the author of the first contribution, of whom several passages are quoted.
  const letter = (desk, count, mode = "named") => {
    let now = desk.curation;
    for (let at = 0; at < count; at += 1) [now] = Curation.mark(now, "c001", [{ start: at * 5, end: at * 5 + 5 }], { mode });
    return Asking.letter(desk, now, Asking.people(desk, now)[0]);
  };

  // A colleague refuses one of two quotes, deletes a theme, and adds a quote, after a curator made and edited both.
  const outside = (desk) => {
    let now = Exchange.read(desk.curation, desk.contributions)[0];
    let history = History.begin();
    const change = (label, next) => { history = History.push(history, label, now, next); now = next; };
    change("theme", Curation.addTheme(now, "One")[0]);
    change("mark", Curation.mark(now, "c001", [{ start: 0, end: 5 }], { theme: "one" })[0]);
    change("mark", Curation.mark(now, "c002", [{ start: 0, end: 5 }], { theme: "one" })[0]);
    change("theme", Curation.addTheme(now, "Two")[0]);
    change("memo", Curation.editQuote(now, "q-c001", { memo: "mine" }));
    change("consent", Curation.setConsent(now, ["q-c001"], { state: "granted", on: "2026-03-02" }));
    change("introduction", { ...now, introduction: "Mine." });
    const sent = now;
    let theirs = Curation.setConsent(sent, ["q-c001"], { state: "refused", on: "2026-03-03" });
    theirs = Curation.mark(Curation.removeTheme(theirs, "two"), "c003", [{ start: 0, end: 5 }], { theme: "one" })[0];
    theirs = Curation.editQuote(theirs, "q-c002", { passages: [{ start: 0, end: 7 }] });
    change("arranged", { ...now, curators: ["since-it-was-sent"] });
    const edit = Outside.between(sent, theirs);
    [now, history] = [Outside.onto(now, edit), Outside.below(history, edit)];
    const steps = [];
    for (let made = [now, history]; made; made = History.undo(now, history)) {
      [now, history] = made;
      const { memo, consent } = Curation.find(now.quotes, "q-c001");
      steps.push([now.quotes.map(({ id }) => id.slice(2)).join(" "), now.themes.map(({ id }) => id).join(" "), memo, consent.state, now.introduction, now.curators.length]);
    }
    const last = history.undone.length;
    for (let made = [now, history]; made; made = History.redo(now, history)) [now, history] = made;
    const found = Outside.between(theirs, { ...now, curators: [] });
    return { steps, last, again: [...found.whole.keys(), ...found.some.keys()] };
  };

  return { outside, letter, stops, work, typing, themes, refusal, rows, kept };
})();
