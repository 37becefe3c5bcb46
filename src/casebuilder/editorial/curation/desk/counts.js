// What the desk counts: contributions and voices of a theme, and who has not been heard. No DOM here.
const Counts = (() => {
  "use strict";
  // What a commentary counts: no spam, and each text once, however often it was posted again.
  const withoutSpam = (desk, curation) => desk.contributions.filter((each) => !Reading.isSpam(each, curation));
  const isStanding = ({ consent }) => consent.state !== "withdrawn";

  // Sections of the commentary: the curators' themes, or the case's questions in their place.
  const sections = (desk, curation) => {
    if (curation.arranged !== "questions") return curation.themes;
    const summaries = new Map(curation.themes.map((theme) => [theme.id, theme]));
    return desk.questions.map(({ id, title }, place) => ({ id, title, colour: place % Curation.COLOURS, letter: String(place + 1), summary: summaries.get(id)?.summary ?? "", fixed: true }));
  };
  const sectionOf = (mark, curation) => (curation.arranged === "questions" ? mark.question : mark.theme);

  // Returns {contributions, voices, quotes} of the marks in a section.
  const of = (desk, curation, section) => {
    const marks = curation.quotes.filter((mark) => sectionOf(mark, curation) === section && isStanding(mark));
    const marked = new Set(marks.map(({ contribution }) => contribution));
    const contributionsById = new Map(desk.contributions.filter(({ id }) => marked.has(id)).map((each) => [each.id, each]));
    const isSpam = (id) => contributionsById.has(id) && Reading.isSpam(contributionsById.get(id), curation);
    const contributions = new Set([...marked].filter((id) => !isSpam(id)));
    const voices = new Map([...contributionsById.values()].map(({ id, voice }) => [id, voice]));
    return {
      contributions: contributions.size,
      voices: new Set([...contributions].map((id) => voices.get(id) ?? id)).size,
      quotes: marks.filter(({ contribution, quoted, consent }) => !isSpam(contribution) && quoted && consent.state !== "refused").length,
    };
  };

  // Returns the totals of the record and what was left out of it.
  const totals = (desk, curation) => {
    const all = withoutSpam(desk, curation);
    const marked = new Set(curation.quotes.filter(isStanding).map(({ contribution }) => contribution));
    return {
      contributions: all.length,
      voices: new Set(all.map(({ voice }) => voice)).size,
      quotes: curation.quotes.filter(({ quoted, consent }) => quoted && !["refused", "withdrawn"].includes(consent.state)).length,
      quoted: new Set(curation.quotes.filter(({ quoted, consent }) => quoted && !["refused", "withdrawn"].includes(consent.state)).map(({ contribution }) => all.find(({ id }) => id === contribution)?.voice ?? contribution)).size,
      marked: all.filter(({ id }) => marked.has(id)).length,
      read: all.filter((each) => Reading.isRead(each, curation)).length,
      reposts: all.filter(({ kind, fold }) => kind === "repost" || fold).length,
      spam: desk.contributions.length - all.length,
    };
  };

  // Returns the method line with the numbers that the site counts when it is made; a sentence without its number is left out.
  const PLACE = /\{(contributions|contributors|quotes|people|copies|spam|withdrawn)\}/g;
  const SENTENCE = new RegExp(`[^.!?。؟।]*${PLACE.source}[^.!?。؟।]*[.!?。؟।]?`, "g");
  const method = (desk, curation) => {
    const { contributions, voices, quotes, quoted, reposts, spam } = totals(desk, curation);
    const numbers = { contributions, contributors: voices, quotes, people: quoted, copies: reposts || "", spam: spam || "", withdrawn: "" };
    const fillSentence = (sentence) => ([...sentence.matchAll(PLACE)].some(([, name]) => numbers[name] === "") ? "" : sentence.replaceAll(PLACE, (_, name) => numbers[name]));
    return curation.method.replace(SENTENCE, fillSentence).trim();
  };

  // Roles and countries without a quote, each with the number of its contributions, and people who posted once.
  const unheard = (desk, curation) => {
    const quotedIds = new Set(curation.quotes.filter(({ quoted, consent }) => quoted && !["refused", "withdrawn"].includes(consent.state)).map(({ contribution }) => contribution));
    const all = withoutSpam(desk, curation);
    const without = (field) => {
      const groups = new Map();
      for (const each of all) {
        const name = each[field] || "–";
        const group = groups.get(name) ?? { name, count: 0, heard: false };
        groups.set(name, { ...group, count: group.count + 1, heard: group.heard || quotedIds.has(each.id) });
      }
      return [...groups.values()].filter((group) => !group.heard && group.name !== "–").sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
    };
    const posts = new Map();
    for (const { voice } of all) posts.set(voice, (posts.get(voice) ?? 0) + 1);
    const once = all.filter(({ voice }) => posts.get(voice) === 1);
    return { roles: without("role"), countries: without("country"), once: once.length, onceHeard: once.filter(({ id }) => quotedIds.has(id)).length };
  };

  return { sections, sectionOf, of, totals, method, unheard };
})();
