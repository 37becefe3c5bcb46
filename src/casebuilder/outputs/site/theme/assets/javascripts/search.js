// The search page. Pagefind looks the words up; it and the parts of its index that a question needs are loaded from
// this site on the first question. Words and filters are in the page's address, so that a search can be shared.
(() => {
  "use strict";
  const place = document.querySelector("[data-search]");
  const form = place.querySelector("form");
  const field = place.querySelector("input");
  const fields = [...form.querySelectorAll("select")];
  const reset = form.querySelector("[type=reset]");
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  const more = place.querySelector(".cb-search-more");
  place.querySelector(".cb-search-needs").remove();
  const AT_ONCE = 5; // each is loaded with the whole text of its page
  const SECTIONS = 3;
  const EXCERPT = 28; // words
  const index = new URL(place.dataset.search, location.href);
  let ready;
  let started;
  let latest = 0;

  const unpacked = async (name) => {
    const answer = await fetch(new URL(name, index));
    return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).text();
  };
  // The facets of each result, by id; see searchindex.py.
  const facets = async () => {
    const facets = JSON.parse(await unpacked("facets.packed"));
    const read = (page) => facets.facets.map(([name, values], at) => [name, page[at].map((value) => values[value])]);
    return new Map(Object.entries(facets.pages).map(([id, page]) => [id, Object.fromEntries(read(page))]));
  };
  const start = async () => {
    const pagefind = await import(new URL("pagefind.js", index));
    await pagefind.options({ highlightParam: "mark", excerptLength: EXCERPT, ranking: { metaWeights: { title: 10 } } });
    await pagefind.init();
    return pagefind;
  };
  // Without words every page is an answer, for what is chosen to narrow. Pagefind would load its whole index for that:
  // of a long series, megabytes. So the facets say which pages there are, and only those that are shown are loaded.
  const every = (known) => ({ results: [...known.keys()].map((id) => ({ id, data: () => page(id) })) });
  const page = async (id) => {
    const text = await unpacked(`fragment/${id}.pf_fragment`);
    const { url, content, meta } = JSON.parse(text.slice(text.indexOf("{"))); // a signature stands before it
    const excerpt = content.split(" ").slice(0, EXCERPT).join(" ");
    return { url: new URL(url.slice(1), new URL("..", index)).href, meta, excerpt, sub_results: [] };
  };
  const load = async () => {
    if (globalThis.cbIndex) return globalThis.cbIndex; // a copy away from the network brings its own; see offline/
    const known = await facets();
    const search = async (words) => {
      if (!words) return every(known);
      started ??= start();
      try {
        return (await started).search(words);
      } catch (error) {
        started = undefined;
        throw error;
      }
    };
    return { pagefind: { search }, known };
  };

  // Which results have all that is chosen. Each field shows how many it would find with all other filters unchanged.
  const narrow = (results, known) => {
    const counts = new Map(fields.map((one) => [one, new Map()]));
    const matching = results.filter(({ id }) => {
      const has = (name) => known.get(id)?.[name] ?? [];
      const missed = fields.filter(({ name, value }) => value && !has(name).includes(value));
      for (const one of [fields, missed][missed.length] ?? []) {
        for (const value of has(one.name)) counts.get(one).set(value, (counts.get(one).get(value) ?? 0) + 1);
      }
      return !missed.length;
    });
    for (const one of fields) {
      for (const option of one.options) {
        if (!option.value) continue;
        const count = counts.get(one).get(option.value) ?? 0;
        option.textContent = `${option.dataset.label} (${count})`;
        option.disabled = count === 0 && !option.selected;
      }
    }
    return matching;
  };

  const make = (name, words = "", attributes = {}) => Object.assign(document.createElement(name), { textContent: words }, attributes);

  // An excerpt is text in which the found words are marked. Only that is taken over, whatever else it holds; a full stop
  // does not belong to a word. Dots say where the text goes on.
  const marked = (excerpt) => {
    const words = make("p");
    const read = new DOMParser().parseFromString(excerpt, "text/html").body;
    for (const node of read.childNodes) {
      const [, before, word, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(node.textContent);
      if (node.nodeName === "MARK") words.append(before, make("mark", word), after);
      else words.append(node.textContent);
    }
    if (/^\p{Ll}/u.test(words.textContent)) words.prepend("… ");
    if (/[\p{L}\p{N},;:]\s*$/u.test(words.textContent)) words.append(" …");
    return words;
  };

  // The sections with most of the words, in the page's order.
  const best = (sections) => {
    const score = (section) => section.weighted_locations.reduce((sum, { balanced_score: one }) => sum + one, 0);
    const chosen = new Set([...sections].sort((one, other) => score(other) - score(one)).slice(0, SECTIONS));
    return sections.filter((section) => chosen.has(section));
  };

  // The type of the page, in the words of the filter for it.
  const kinds = new Map([...(fields.find(({ name }) => name === "kind")?.options ?? [])].map(({ value, dataset }) => [value, dataset.label]));
  const kind = (values = []) => values.map((value) => kinds.get(value)).filter(Boolean).join(", ");

  const shown = (found, words, values) => {
    const item = make("li", "", { lang: found.meta.language ?? "" });
    if (!item.lang) item.removeAttribute("lang");
    const heading = make("h2");
    heading.append(make("a", found.meta.title, { href: found.url }));
    if (kind(values)) item.append(make("p", kind(values), { className: "cb-kicker" }));
    item.append(heading);
    const sections = words ? found.sub_results.filter((section) => section.url.includes("#") && section.title !== found.meta.title) : [];
    if (!sections.length) item.append(marked(found.excerpt));
    const below = make("ul");
    for (const section of best(sections)) {
      const entry = make("li");
      entry.append(make("a", section.title, { href: section.url }), marked(section.excerpt));
      below.append(entry);
    }
    if (sections.length) item.append(below);
    return item;
  };

  const show = async (results, words, known, from) => {
    const turn = latest;
    const loaded = await Promise.all(results.slice(from, from + AT_ONCE).map((result) => result.data()));
    if (turn !== latest) return;
    const items = loaded.map((found, at) => shown(found, words, known.get(results[from + at].id)?.kind));
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    if (from) items[0].querySelector("a").focus();
    more.hidden = results.length <= from + AT_ONCE;
    more.onclick = () => show(results, words, known, from + AT_ONCE);
  };

  const write = (words) => {
    const said = [["q", words], ...fields.map(({ name, value }) => [name, value])].filter(([, value]) => value);
    const query = new URLSearchParams(said).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    if (reset) reset.disabled = !fields.some(({ value }) => value);
    return query;
  };

  const plural = new Intl.PluralRules(document.documentElement.lang);
  const counted = (number) => status.dataset[`found${plural.select(number).replace(/^./, (letter) => letter.toUpperCase())}`].replace("{}", number);
  const nothing = (words) => (words && !fields.some(({ value }) => value) ? status.dataset.nothing.replace("{words}", () => words) : status.dataset.none);

  const ask = async () => {
    const turn = ++latest;
    const words = field.value.trim();
    const query = write(words);
    let answer;
    let known;
    try {
      const loaded = await (ready ??= load());
      known = loaded.known;
      answer = await loaded.pagefind.search(words || null);
    } catch {
      ready = undefined;
      status.textContent = status.dataset.failed;
      return;
    }
    if (turn !== latest) return;
    more.hidden = true;
    const results = narrow(answer.results, known);
    if (!query) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    status.textContent = results.length ? counted(results.length) : nothing(words);
    await show(results, words, known, 0);
  };

  let pause;
  field.addEventListener("input", () => {
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
    for (const one of fields) one.value = "";
    fields[0].focus();
    ask();
  });

  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") ?? "";
  for (const one of fields) {
    const value = asked.get(one.name) ?? "";
    one.value = [...one.options].some((option) => option.value === value) ? value : "";
  }
  const narrowing = form.querySelector(".cb-facets");
  if (narrowing) narrowing.open = matchMedia("(min-width: 48rem)").matches || fields.some(({ value }) => value);
  ask();
  field.focus();
})();
