// In an offline copy of the site: replaces Pagefind, which reads its index from a server, for search.js.
globalThis.cbIndex = (() => {
  "use strict";
  const index = {};
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const splitWords = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const wordLine = (text) => ` ${splitWords(text).join(" ")}`;
  // Words begin with what was typed. Some scripts put no space between words: there it may be anywhere.
  const hasWord = (text, word) => text.includes(` ${word}`) || (/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]/.test(word) && text.includes(word));
  const WEIGHTS = { title: 10, marks: 4, headings: 3, teaser: 1 };
  const pages = index.pages.map((page) => ({
    ...page,
    lines: { title: wordLine(page.title), marks: wordLine(page.marks ?? ""), teaser: wordLine(page.teaser ?? ""), headings: wordLine((page.headings ?? []).map(([, heading]) => heading).join(" ")) },
  }));

  const bestWeight = ({ lines }, word) => Math.max(0, ...Object.entries(WEIGHTS).map(([name, weight]) => (hasWord(lines[name], word) ? weight : 0)));
  const rank = (page, words) => {
    const scores = words.map((word) => bestWeight(page, word));
    return scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 1);
  };

  const escapeHtml = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt()};`);
  const markWords = (text, words) => text.split(/([\p{L}\p{N}]+)/u).map((part) => (words.some((word) => fold(part).startsWith(word)) ? `<mark>${escapeHtml(part)}</mark>` : escapeHtml(part))).join("");
  const resultData = (page, words) => {
    const query = new URLSearchParams(words.map((word) => ["mark", word])).toString();
    const url = `../${page.place}${query && `?${query}`}`;
    // How many of the words a heading holds; search.js shows the sections with the highest scores.
    const score = (heading) => words.filter((word) => hasWord(wordLine(heading), word)).length;
    const sections = (page.headings ?? []).filter(([, heading]) => score(heading));
    return {
      url,
      meta: { title: page.title, language: page.language },
      excerpt: markWords(page.teaser ?? "", words),
      sub_results: sections.map(([anchor, title]) => ({ title, url: `${url}#${anchor}`, excerpt: "", weighted_locations: [{ balanced_score: score(title) }] })),
    };
  };

  const search = async (text) => {
    const queryWords = splitWords(text ?? "");
    const matches = pages.map((page) => ({ page, score: rank(page, queryWords) })).filter(({ score }) => score);
    matches.sort((one, other) => other.score - one.score);
    return { results: matches.map(({ page }) => ({ id: page.place, data: async () => resultData(page, queryWords) })) };
  };
  const facetsOf = (page) => index.facets.map(([name, values], at) => [name, (page.facets?.[at] ?? []).map((value) => values[value])]);
  return { pagefind: { search }, facetsById: new Map(pages.map((page) => [page.place, Object.fromEntries(facetsOf(page))])) };
})();
