// What a curator can do to a curation. Each function takes a curation and returns another, and changes nothing in
// place, so that undoing is going back to the earlier one. No DOM here.
//
// Within the page a verbatim quote has no text and, unless a curator changed it, no author of its own: both are read
// from the record. So what the page keeps holds marks only. `Exchange` adds them when a curation leaves the page.
const Curation = (() => {
  "use strict";
  const COLOURS = 8;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const NOBODY = { state: "pending", on: "", how: "" };

  const slug = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");
  // Returns a name that is not taken yet: "ringing", "ringing-2".
  const free = (wanted, taken) => {
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}-${number}`;
    return name;
  };
  const ids = (list) => new Set(list.map(({ id }) => id));
  const find = (list, id) => list.find((each) => each.id === id);
  const edit = (list, id, fields) => list.map((each) => (each.id === id ? { ...each, ...fields } : each));
  const editMany = (list, chosen, change) => list.map((each) => (chosen(each) ? { ...each, ...change(each) } : each));

  // Themes

  const addTheme = (curation, title) => {
    const words = title.trim().replace(/\s+/g, " ");
    const { themes } = curation;
    const id = free(slug(words) || "theme", ids(themes));
    const letters = new Set(themes.map(({ letter }) => letter));
    const letter = [...LETTERS].find((each) => !letters.has(each)) ?? free("Z", letters);
    const used = themes.map(({ colour }) => colour);
    const rarest = [...Array(COLOURS).keys()].sort((a, b) => used.filter((each) => each === a).length - used.filter((each) => each === b).length || a - b)[0];
    return [{ ...curation, themes: [...themes, { id, title: words, colour: rarest, letter, summary: "" }] }, id];
  };
  const editTheme = (curation, id, fields) => ({ ...curation, themes: edit(curation.themes, id, fields) });
  const moveTheme = (curation, id, place) => {
    const moved = find(curation.themes, id);
    const others = curation.themes.filter((theme) => theme !== moved);
    return { ...curation, themes: [...others.slice(0, place), moved, ...others.slice(place)] };
  };
  // Marks of a theme that is removed stay, in no theme. `into` joins it with another: marks and summary go there.
  const removeTheme = (curation, id, into = "") => {
    const { summary = "" } = find(curation.themes, id) ?? {};
    const others = curation.themes.filter((theme) => theme.id !== id);
    const themes = editMany(others, (theme) => theme.id === into && summary.trim(), (theme) => ({ summary: [theme.summary, summary].filter((each) => each.trim()).join("\n\n") }));
    return { ...curation, themes, quotes: editMany(curation.quotes, ({ theme }) => theme === id, () => ({ theme: into })) };
  };
  // Returns the curation, and the new theme's id; it stands behind the one that it was split from.
  const splitTheme = (curation, id, title, chosen) => {
    const [extended, split] = addTheme(curation, title);
    const arrangedCuration = moveTheme(extended, split, extended.themes.findIndex((theme) => theme.id === id) + 1);
    const placements = chosen.map((quote) => `::quote[${quote}]`);
    const themes = editMany(arrangedCuration.themes, (theme) => theme.id === id, ({ summary }) => ({ summary: summary.split("\n").filter((line) => !placements.includes(line.trim())).join("\n") }));
    return [{ ...arrangedCuration, themes, quotes: editMany(arrangedCuration.quotes, (quote) => chosen.includes(quote.id), () => ({ theme: split })) }, split];
  };

  // Arranged by the case's questions, these take the place of themes, each with a text of its own. What stood in the
  // themes is not carried over: undoing brings it back.
  const arrange = (curation, arranged, questions) => {
    if (curation.arranged === arranged) return curation;
    const themes = arranged === "questions" ? questions.map(({ id, title }, place) => ({ id, title, colour: place % COLOURS, letter: String(place + 1), summary: "" })) : [];
    return { ...curation, arranged, themes, quotes: curation.quotes.map((quote) => ({ ...quote, theme: "" })) };
  };

  // Marks

  const mark = (curation, contribution, passages, place) => {
    const id = free(["q", slug(contribution)].filter(Boolean).join("-"), ids(curation.quotes));
    const quote = {
      id, contribution, passages, text: "", mode: "named", by: null, theme: "", question: "", dissent: false, memo: "",
      quoted: true, consent: { ...NOBODY }, extra: false, ...place,
    };
    return [{ ...curation, quotes: [...curation.quotes, quote] }, id];
  };
  const editQuote = (curation, id, fields) => ({ ...curation, quotes: edit(curation.quotes, id, fields) });
  const removeQuote = (curation, id) => ({ ...withoutPlacement(curation, id), quotes: curation.quotes.filter((quote) => quote.id !== id) });
  // The same passages in a second theme are a second quote: each has its own memo, place and consent.
  const copyQuote = (curation, id, theme) => {
    const { contribution, passages, mode, by, question } = find(curation.quotes, id);
    return mark(curation, contribution, passages, { mode, by, question, theme });
  };
  const withoutPlacement = (curation, id, instead = "") => ({
    ...curation,
    themes: editMany(curation.themes, ({ summary }) => summary.includes(`::quote[${id}]`), ({ summary }) => ({
      summary: instead ? summary.replaceAll(`::quote[${id}]`, `::quote[${instead}]`) : summary.split("\n").filter((line) => line.trim() !== `::quote[${id}]`).join("\n").replace(/\n{3,}/g, "\n\n").trim(),
    })),
  });

  // Consent

  const setConsent = (curation, chosen, fields) => ({
    ...curation,
    quotes: editMany(curation.quotes, ({ id }) => chosen.includes(id), ({ consent }) => ({ consent: { ...consent, ...fields } })),
  });
  // The author said no. The quote keeps that answer, so that nobody asks again; what takes its place is a paraphrase
  // that a curator has yet to write, or nothing.
  const refuse = (curation, id, { on, how }, paraphrase) => {
    const withRefusal = setConsent(curation, [id], { state: "refused", on, how });
    if (!paraphrase) return [withoutPlacement(withRefusal, id), ""];
    const { contribution, passages, theme, question, dissent } = find(curation.quotes, id);
    const consent = { state: "not-needed", on, how: "Reworded by the curators" };
    const [extended, paraphraseId] = mark(withRefusal, contribution, passages, { mode: "paraphrase", theme, question, dissent, consent, quoted: false });
    return [withoutPlacement(extended, id, paraphraseId), paraphraseId];
  };
  // A paraphrase is published once somebody has written it.
  const paraphrase = (curation, id, text) => editQuote(curation, id, { text, quoted: Boolean(text.trim()) });

  // Contributions

  const flag = (curation, id, fields) => ({
    ...curation,
    contributions: { ...curation.contributions, [id]: { ...curation.contributions[id], ...fields } },
  });

  return {
    COLOURS, slug, free, find, addTheme, editTheme, moveTheme, removeTheme, splitTheme, arrange, mark, editQuote, removeQuote,
    copyQuote, setConsent, refuse, paraphrase, flag,
  };
})();
