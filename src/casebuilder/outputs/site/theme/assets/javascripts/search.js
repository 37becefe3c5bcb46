// The search page. Pagefind looks the words up; it and the parts of its index that a question needs are loaded from
// this site on the first question. Words and filters are in the page's address, so that a search can be shared.
(() => {
  "use strict";
  const container = document.querySelector("[data-search]");
  const form = container.querySelector("form");
  const queryField = container.querySelector("input");
  const fields = [...form.querySelectorAll("select")];
  const reset = form.querySelector("[type=reset]");
  const status = container.querySelector("[role=status]");
  const list = container.querySelector("ol");
  const more = container.querySelector(".cb-search-more");
  container.querySelector(".cb-search-needs").remove();
  const AT_ONCE = 5; // each is loaded with the whole text of its page
  const SECTIONS = 3;
  const EXCERPT = 28; // words
  const indexAddress = new URL(container.dataset.search, location.href);
  let index;
  let pagefindStarted;
  let latestRun = 0;

  const unpack = async (name) => {
    const answer = await fetch(new URL(name, indexAddress));
    return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
  };
  // The facets of each result, by id; see searchindex.py.
  const loadFacets = async () => {
    const facets = JSON.parse(await unpack("facets.packed"));
    const read = (page) => facets.facets.map(([name, values], at) => [name, page[at].map((value) => values[value])]);
    return new Map(Object.entries(facets.pages).map(([id, page]) => [id, Object.fromEntries(read(page))]));
  };
  const startPagefind = async () => {
    const pagefind = await import(new URL("pagefind.js", indexAddress));
    await pagefind.options({ highlightParam: "mark", excerptLength: EXCERPT, ranking: { metaWeights: { title: 10 } } });
    await pagefind.init();
    return pagefind;
  };
  // Without words every page is an answer, for what is chosen to narrow. Pagefind would load its whole index for that:
  // of a long series, megabytes. So the facets say which pages there are, and only those that are shown are loaded.
  const allPages = (facetsById) => ({ results: [...facetsById.keys()].map((id) => ({ id, data: () => loadPage(id) })) });
  const loadPage = async (id) => {
    const text = await unpack(`fragment/${id}.pf_fragment`);
    const { url, content, meta } = JSON.parse(text.slice(text.indexOf("{"))); // a signature stands before it
    const excerpt = content.split(" ").slice(0, EXCERPT).join(" ");
    return { url: new URL(url.slice(1), new URL("..", indexAddress)).href, meta, excerpt, sub_results: [] };
  };
  const load = async () => {
    if (globalThis.cbIndex) return globalThis.cbIndex; // a copy away from the network brings its own; see offline/
    const facetsById = await loadFacets();
    const search = async (words) => {
      if (!words) return allPages(facetsById);
      pagefindStarted ??= startPagefind();
      try {
        return (await pagefindStarted).search(words);
      } catch (error) {
        pagefindStarted = undefined;
        throw error;
      }
    };
    return { pagefind: { search }, facetsById };
  };

  // Which results have all that is chosen. Each field shows how many it would find with all other filters unchanged.
  const narrow = (results, facetsById) => {
    const counts = new Map(fields.map((field) => [field, new Map()]));
    const matching = results.filter(({ id }) => {
      const has = (name) => facetsById.get(id)?.[name] ?? [];
      const unmatched = fields.filter(({ name, value }) => value && !has(name).includes(value));
      for (const field of [fields, unmatched][unmatched.length] ?? []) {
        for (const value of has(field.name)) counts.get(field).set(value, (counts.get(field).get(value) ?? 0) + 1);
      }
      return !unmatched.length;
    });
    for (const field of fields) {
      for (const option of field.options) {
        if (!option.value) continue;
        const count = counts.get(field).get(option.value) ?? 0;
        option.textContent = `${option.dataset.label} (${count})`;
        option.disabled = count === 0 && !option.selected;
      }
    }
    return matching;
  };

  const make = (name, words = "", attributes = {}) => Object.assign(document.createElement(name), { textContent: words }, attributes);

  // An excerpt is text in which the found words are marked. Only that is taken over, whatever else it holds; a full stop
  // does not belong to a word. Dots say where the text goes on.
  const markedExcerpt = (excerpt) => {
    const paragraph = make("p");
    const parsed = new DOMParser().parseFromString(excerpt, "text/html").body;
    for (const node of parsed.childNodes) {
      const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(node.textContent);
      if (node.nodeName === "MARK") paragraph.append(before, make("mark", word), after);
      else paragraph.append(node.textContent);
    }
    if (/^\p{Ll}/u.test(paragraph.textContent)) paragraph.prepend("… ");
    if (/[\p{L}\p{N},;:]\s*$/u.test(paragraph.textContent)) paragraph.append(" …");
    return paragraph;
  };

  // The sections with most of the words, in the page's order.
  const bestSections = (sections) => {
    const score = (section) => section.weighted_locations.reduce((sum, { balanced_score: one }) => sum + one, 0);
    const chosen = new Set([...sections].sort((one, other) => score(other) - score(one)).slice(0, SECTIONS));
    return sections.filter((section) => chosen.has(section));
  };

  // The type of the page, in the words of the filter for it.
  const kinds = new Map([...(fields.find(({ name }) => name === "kind")?.options ?? [])].map(({ value, dataset }) => [value, dataset.label]));
  const kindLabels = (values = []) => values.map((value) => kinds.get(value)).filter(Boolean).join(", ");

  const makeResult = (result, words, values) => {
    const item = make("li", "", { lang: result.meta.language ?? "" });
    if (!item.lang) item.removeAttribute("lang");
    const heading = make("h2");
    heading.append(make("a", result.meta.title, { href: result.url }));
    if (kindLabels(values)) item.append(make("p", kindLabels(values), { className: "cb-kicker" }));
    item.append(heading);
    const sections = words ? result.sub_results.filter((section) => section.url.includes("#") && section.title !== result.meta.title) : [];
    if (!sections.length) item.append(markedExcerpt(result.excerpt));
    const sectionList = make("ul");
    for (const section of bestSections(sections)) {
      const entry = make("li");
      entry.append(make("a", section.title, { href: section.url }), markedExcerpt(section.excerpt));
      sectionList.append(entry);
    }
    if (sections.length) item.append(sectionList);
    return item;
  };

  const show = async (results, words, facetsById, from) => {
    const run = latestRun;
    const loaded = await Promise.all(results.slice(from, from + AT_ONCE).map((result) => result.data()));
    if (run !== latestRun) return;
    const items = loaded.map((page, at) => makeResult(page, words, facetsById.get(results[from + at].id)?.kind));
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    if (from) items[0].querySelector("a").focus();
    more.hidden = results.length <= from + AT_ONCE;
    more.onclick = () => show(results, words, facetsById, from + AT_ONCE);
  };

  const write = (words) => {
    const parameters = [["q", words], ...fields.map(({ name, value }) => [name, value])].filter(([, value]) => value);
    const query = new URLSearchParams(parameters).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    if (reset) reset.disabled = !fields.some(({ value }) => value);
    return query;
  };

  const plural = new Intl.PluralRules(document.documentElement.lang);
  const countMessage = (number) => status.dataset[`found${plural.select(number).replace(/^./, (letter) => letter.toUpperCase())}`].replace("{}", number);
  const emptyMessage = (words) => (words && !fields.some(({ value }) => value) ? status.dataset.nothing.replace("{words}", () => words) : status.dataset.none);

  const ask = async () => {
    const run = ++latestRun;
    const words = queryField.value.trim();
    const query = write(words);
    let answer;
    let facetsById;
    try {
      const loaded = await (index ??= load());
      facetsById = loaded.facetsById;
      answer = await loaded.pagefind.search(words || null);
    } catch {
      index = undefined;
      status.textContent = status.dataset.failed;
      return;
    }
    if (run !== latestRun) return;
    more.hidden = true;
    const results = narrow(answer.results, facetsById);
    if (!query) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    status.textContent = results.length ? countMessage(results.length) : emptyMessage(words);
    await show(results, words, facetsById, 0);
  };

  let pause;
  queryField.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, 250);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    ask();
  });
  form.addEventListener("change", (event) => { if (fields.includes(event.target)) ask(); });
  reset?.addEventListener("click", (event) => {
    event.preventDefault(); // the words stay
    for (const field of fields) field.value = "";
    fields[0].focus();
    ask();
  });

  const parameters = new URLSearchParams(location.search);
  queryField.value = parameters.get("q") ?? "";
  for (const field of fields) {
    const value = parameters.get(field.name) ?? "";
    field.value = [...field.options].some((option) => option.value === value) ? value : "";
  }
  const facetsFold = form.querySelector(".cb-facets");
  if (facetsFold) facetsFold.open = matchMedia("(min-width: 48rem)").matches || fields.some(({ value }) => value);
  ask();
  queryField.focus();
})();
