// The search page. Pagefind looks the words up; it and the parts of its index that a question needs are loaded from
// this site on the first question. The words are kept in the address, so that a search can be sent to somebody.
(() => {
  "use strict";
  const place = document.querySelector("[data-search]");
  const form = place.querySelector("form");
  const field = place.querySelector("input");
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  const more = place.querySelector(".cb-search-more");
  place.querySelector(".cb-search-needs").remove();
  const AT_ONCE = 10;
  const SECTIONS = 3;
  const asked = new URLSearchParams(location.search);
  let pagefind;
  let latest = 0;

  const load = async () => {
    const found = await import(new URL(place.dataset.search, location.href));
    await found.options({ highlightParam: "mark", excerptLength: 28 });
    await found.init();
    return found;
  };

  const make = (name, words = "", attributes = {}) => Object.assign(document.createElement(name), { textContent: words }, attributes);

  // An excerpt is text in which the found words are marked. Only that is taken over, whatever else it holds.
  const marked = (excerpt) => {
    const words = make("p");
    const read = new DOMParser().parseFromString(excerpt, "text/html").body;
    words.append(...[...read.childNodes].map((node) => (node.nodeName === "MARK" ? make("mark", node.textContent) : node.textContent)));
    return words;
  };

  const shown = (found, words) => {
    const item = make("li");
    const heading = make("h2");
    heading.append(make("a", found.meta.title, { href: found.url }));
    item.append(heading);
    const sections = words ? found.sub_results.filter((section) => section.url.includes("#") && section.title !== found.meta.title) : [];
    if (!sections.length) item.append(marked(found.excerpt));
    const below = make("ul");
    for (const section of sections.slice(0, SECTIONS)) {
      const entry = make("li");
      entry.append(make("a", section.title, { href: section.url }), marked(section.excerpt));
      below.append(entry);
    }
    if (sections.length) item.append(below);
    return item;
  };

  const show = async (results, words, from) => {
    const turn = latest;
    const loaded = await Promise.all(results.slice(from, from + AT_ONCE).map((result) => result.data()));
    if (turn !== latest) return;
    const items = loaded.map((found) => shown(found, words));
    if (from) list.append(...items);
    else list.replaceChildren(...items);
    if (from) items[0].querySelector("a").focus();
    more.hidden = results.length <= from + AT_ONCE;
    more.onclick = () => show(results, words, from + AT_ONCE);
  };

  const ask = async () => {
    const turn = ++latest;
    try {
      pagefind ??= load();
      await pagefind;
    } catch {
      status.textContent = status.dataset.failed;
      return;
    }
    const words = field.value.trim();
    const query = words && new URLSearchParams({ q: words }).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    const answer = await (await pagefind).search(words);
    if (turn !== latest) return;
    more.hidden = true;
    if (!query) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    status.textContent = answer.results.length ? status.dataset.found.replace("{}", answer.results.length) : status.dataset.nothing;
    await show(answer.results, words, 0);
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
  field.value = asked.get("q") ?? "";
  ask();
  field.focus();
})();
