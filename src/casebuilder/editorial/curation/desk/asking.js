// Consent: who is to be asked, for which words, and what they answered. No DOM here.
const Asking = (() => {
  "use strict";
  const OPEN = ["pending"];

  // The record's answer for one person: a refusal of any quote counts for the whole round.
  const stateOf = (quotes) => {
    const states = quotes.map(({ consent }) => consent.state);
    if (states.includes("refused")) return "refused";
    if (states.some((state) => OPEN.includes(state))) return quotes.some(({ consent }) => consent.state === "pending" && consent.on) ? "asked" : "to-ask";
    return states.includes("granted") ? "granted" : "settled";
  };

  // Returns [{voice, name, reach, state, quotes}], those still to be asked first. A paraphrase asks nobody.
  const people = (desk, curation) => {
    const peopleByVoice = new Map((desk.people ?? []).map((person) => [person.voice, person]));
    const records = new Map(desk.contributions.map((each) => [each.id, each]));
    const voices = new Map();
    for (const quote of curation.quotes) {
      const record = records.get(quote.contribution);
      const isQuoted = quote.quoted && quote.mode !== "paraphrase" && quote.consent.state !== "withdrawn";
      if (record && (isQuoted || quote.consent.state === "refused")) voices.set(record.voice, [...(voices.get(record.voice) ?? []), quote]);
    }
    const order = ["to-ask", "asked", "refused", "granted", "settled"];
    return [...voices].map(([voice, quotes]) => {
      const person = peopleByVoice.get(voice);
      const refusedBefore = person?.state === "refused";
      const firstContribution = records.get(quotes[0].contribution);
      return { voice, name: person?.name || firstContribution.author, reach: person?.reach ?? [], state: refusedBefore ? "refused" : stateOf(quotes), quotes };
    }).sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name));
  };

  // Voices that said no in this round. Nobody asks them again, and their words are in no new quote.
  const refused = (desk, curation) => new Set(people(desk, curation).filter(({ state }) => state === "refused").map(({ voice }) => voice));

  // A country by its name in the case's language, where the browser knows it.
  const countryName = (code, language) => {
    try { return code && new Intl.DisplayNames([language], { type: "region" }).of(code); } catch { return code; }
  };

  // The letter to one person. Python gives it for somebody who would be named and for somebody who would not, each for one
  // quote and for two, with {name}, {words}, {signed} and {theme} in place of the values: what the second has more than the first is what each further quote adds.
  const letter = (desk, curation, person) => {
    const records = new Map(desk.contributions.map((each) => [each.id, each]));
    const titles = new Map(Counts.sections(desk, curation).map(({ id, title }) => [id, title]));
    const open = person.quotes.filter(({ consent }) => consent.state === "pending");
    const { templates = {} } = desk;
    const isNamed = open.some((quote) => Exchange.by(quote, records.get(quote.contribution)).name);
    const { letter = "", letters = "", unnamed = letter, unnamed_letters: unnamedLetters = letters } = templates;
    const [letterOfOne, letterOfTwo] = isNamed ? [letter, letters] : [unnamed, unnamedLetters];
    const at = letterOfTwo.indexOf("{words}");
    const further = letterOfTwo.slice(at, at + letterOfTwo.length - letterOfOne.length);
    let text = open.length > 1 && at >= 0 ? letterOfTwo.slice(0, at) + further.repeat(open.length - 1) + letterOfTwo.slice(at + further.length) : letterOfOne;
    for (const quote of open) {
      const record = records.get(quote.contribution);
      const { name, role, country } = Exchange.by(quote, record);
      const values = { words: Exchange.words(quote, record), signed: [name, role, countryName(country, desk.language)].filter(Boolean).join(", ") || "–", theme: titles.get(Counts.sectionOf(quote, curation)) ?? "–" };
      for (const [field, value] of Object.entries(values)) text = text.replace(`{${field}}`, () => value);
    }
    const [subject, ...body] = text.replaceAll("{name}", () => person.name).split("\n");
    return { subject, text: body.join("\n").trim() };
  };

  return { people, refused, letter };
})();
