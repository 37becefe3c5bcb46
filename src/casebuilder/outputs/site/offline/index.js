// In an offline copy of the site: replaces Pagefind, which reads its index from a server, for search.js.
globalThis.cbIndex = (() => {
  "use strict";
  const index = {};
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const line = (text) => ` ${words(text).join(" ")}`;
  // Words begin with what was typed. Some scripts put no space between words: there it may be anywhere.
  const holds = (text, word) => text.includes(` ${word}`) || (/[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]/.test(word) && text.includes(word));
  const WEIGHTS = { title: 10, marks: 4, headings: 3, teaser: 1 };
  const pages = index.pages.map((page) => ({
    ...page,
    lines: { title: line(page.title), marks: line(page.marks ?? ""), teaser: line(page.teaser ?? ""), headings: line((page.headings ?? []).map(([, heading]) => heading).join(" ")) },
  }));

  const best = ({ lines }, word) => Math.max(0, ...Object.entries(WEIGHTS).map(([name, weight]) => (holds(lines[name], word) ? weight : 0)));
  const rank = (page, sought) => {
    const scores = sought.map((word) => best(page, word));
    return scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 1);
  };

  const safe = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt()};`);
  const marked = (text, sought) => text.split(/([\p{L}\p{N}]+)/u).map((part) => (sought.some((word) => plain(part).startsWith(word)) ? `<mark>${safe(part)}</mark>` : safe(part))).join("");
  const data = (page, sought) => {
    const query = new URLSearchParams(sought.map((word) => ["mark", word])).toString();
    const url = `../${page.place}${query && `?${query}`}`;
    // How many of the words a heading holds; search.js shows the sections with the highest scores.
    const score = (heading) => sought.filter((word) => holds(line(heading), word)).length;
    const sections = (page.headings ?? []).filter(([, heading]) => score(heading));
    return {
      url,
      meta: { title: page.title, language: page.language },
      excerpt: marked(page.teaser ?? "", sought),
      sub_results: sections.map(([anchor, title]) => ({ title, url: `${url}#${anchor}`, excerpt: "", weighted_locations: [{ balanced_score: score(title) }] })),
    };
  };

  const search = async (text) => {
    const sought = words(text ?? "");
    const found = pages.map((page) => ({ page, score: rank(page, sought) })).filter(({ score }) => score);
    found.sort((one, other) => other.score - one.score);
    return { results: found.map(({ page }) => ({ id: page.place, data: async () => data(page, sought) })) };
  };
  const facets = (page) => index.facets.map(([name, values], at) => [name, (page.facets?.[at] ?? []).map((value) => values[value])]);
  return { pagefind: { search }, known: new Map(pages.map((page) => [page.place, Object.fromEntries(facets(page))])) };
})();
