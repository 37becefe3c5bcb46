// The search page: every word asked for must stand in a page's title or text. The index is loaded on the first question.
(() => {
  "use strict";
  const place = document.querySelector("[data-search]");
  const form = place.querySelector("form");
  const field = place.querySelector("input");
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  place.querySelector(".cb-search-needs").remove();
  const LIMIT = 30;
  const AROUND = 90;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let entries;

  const load = async () => {
    const answer = await fetch(place.dataset.search);
    if (!answer.ok) throw new Error(answer.statusText);
    const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ");
    const { docs } = await answer.json();
    const titles = new Map(docs.filter((doc) => !doc.location.includes("#")).map((doc) => [doc.location, plain(doc.title)]));
    return docs.map(({ location: address, title, text }) => {
      const [page, words] = [titles.get(address.split("#")[0]) ?? "", plain(text)];
      const name = plain(title) === page ? page : `${page}: ${plain(title)}`;
      return { address, name, words, folded: fold(`${name} ${words}`), foldedName: fold(name) };
    });
  };

  const excerpt = (entry, terms) => {
    const text = entry.words;
    const at = Math.max(0, Math.min(...terms.map((term) => fold(text).indexOf(term)).filter((found) => found >= 0), text.length));
    const start = Math.max(0, at - AROUND);
    const cut = text.slice(start, at + 2 * AROUND);
    return `${start ? "… " : ""}${cut}${start + cut.length < text.length ? " …" : ""}`;
  };

  const shown = (entry, terms) => {
    const item = document.createElement("li");
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    link.href = new URL(entry.address, new URL("..", location.href));
    link.textContent = entry.name;
    heading.append(link);
    const words = document.createElement("p");
    words.className = "cb-meta";
    words.textContent = excerpt(entry, terms);
    item.append(heading, words);
    return item;
  };

  const ask = async () => {
    const terms = fold(field.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!terms.length) { status.textContent = ""; return; }
    try {
      entries ??= await load();
    } catch {
      status.textContent = "The search index could not be loaded.";
      return;
    }
    const score = (entry) => terms.filter((term) => entry.foldedName.includes(term)).length;
    const found = entries.filter((entry) => terms.every((term) => entry.folded.includes(term)));
    found.sort((one, other) => score(other) - score(one));
    const more = found.length > LIMIT ? `, the first ${LIMIT} of them here` : "";
    status.textContent = found.length ? `${found.length} found${more}.` : "Nothing was found.";
    list.replaceChildren(...found.slice(0, LIMIT).map((entry) => shown(entry, terms)));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    ask();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) ask();
  field.focus();
})();
