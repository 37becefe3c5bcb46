// The thread: contributions as a conversation, with the marks in their words.
const Thread = (() => {
  "use strict";
  const { make, quiet, key, country, short, many } = Elements;
  // Articles as they are shown, each with what it was drawn from: a mark redraws only one article.
  const drawnArticles = new Map();
  let shownIds = [];

  const initials = (name) => name.split(/[\s_.-]+/).map((part) => part.match(/\p{L}|\p{N}/u)?.[0] ?? "").filter(Boolean).slice(0, 2).join("").toUpperCase() || "–";

  const markedText = (record, marks) => Passages.pieces(record.text, marks).map((piece) => {
    if (!piece.marks.length) return piece.text;
    const sections = piece.marks.map((id) => Store.section(Store.sectionOf(marks.find((mark) => mark.id === id))));
    const letters = piece.ends.map((id) => Store.section(Store.sectionOf(marks.find((mark) => mark.id === id)))?.letter ?? "?").join(" ");
    const element = make("mark", { "data-marks": piece.marks.join(" "), "data-letter": letters || null, colour: sections.find(Boolean)?.colour ?? "none" }, piece.text);
    if (piece.marks.length > 1) element.style.setProperty("--desk-second", `var(--desk-theme-${sections[1]?.colour ?? "none"})`);
    if (piece.marks.includes(Store.state.mark)) element.classList.add("desk-mark--now");
    return element;
  });

  const chip = (mark) => {
    const section = Store.section(Store.sectionOf(mark));
    const state = mark.consent.state === "refused" ? "refused" : mark.quoted ? "" : "note";
    return make("button", { type: "button", class: "desk-chip", colour: section?.colour ?? "none", "data-keep": `chip-${mark.id}`, "aria-pressed": String(mark.id === Store.state.mark), onclick: () => Marking.show(mark.id) },
      make("span", { class: "desk-letter" }, section?.letter ?? "–"), make("bdi", {}, section?.title ?? "No theme"), mark.dissent && make("em", {}, "dissent"), state && make("em", {}, state), mark.memo && make("em", {}, "memo"));
  };

  const foldList = (folds) => folds.length > 0 && make("details", { class: "desk-folds", "data-keep": `folds-${folds[0].id}` },
    make("summary", {}, many(folds.length, "repost or near-copy", "reposts and near-copies")),
    make("ul", {}, folds.map((each) => make("li", {}, make("b", { dir: "auto" }, each.author), ` · ${each.when}`, make("br"), make("bdi", {}, short(each.text, 140))))));

  const article = ({ contribution, depth, folds }, above) => {
    const { id } = contribution;
    const { curation } = Store.state;
    const marks = Store.marksOf(id);
    const spam = Reading.isSpam(contribution, curation);
    const read = Reading.isRead(contribution, curation);
    const parent = Store.record(contribution.in_reply_to);
    const about = [contribution.role, country(contribution.country), contribution.channel, contribution.when].filter(Boolean).join(" · ");
    return make("article", { class: `desk-post${spam ? " desk-post--spam" : ""}${read ? "" : " desk-post--unread"}`, id: `c-${id}`, tabindex: "-1", "data-depth": depth, "aria-labelledby": `by-${id}`, "aria-describedby": `said-${id}` },
      make("p", { class: "desk-by", id: `by-${id}` }, make("span", { class: "desk-face", "aria-hidden": "true" }, initials(contribution.author)),
        make("span", {}, make("b", { dir: "auto" }, contribution.author), " ", !read && make("span", { class: "desk-new" }, "unread"), " ", make("span", { class: "desk-about" }, about))),
      parent && above !== parent.id && make("p", { class: "desk-replying" }, "In reply to ", make("button", { type: "button", class: "desk-link", onclick: () => jump(parent.id) }, parent.author), ": ", make("bdi", {}, short(parent.text))),
      spam ? make("p", { class: "desk-spam", id: `said-${id}` }, "Marked as spam: in no count. ", quiet("Not spam", () => Marking.toggleSpam(id)))
        : make("div", { class: "desk-words" }, make("div", { class: "desk-text", id: `said-${id}`, lang: Store.state.desk.language, dir: "auto" }, markedText(contribution, marks)), make("div", { class: "desk-carets", "aria-hidden": "true" })),
      !spam && marks.length > 0 && make("div", { class: "desk-chips", role: "group", "aria-label": "Marks" }, marks.map(chip)),
      foldList(folds),
      make("p", { class: "desk-post-do" }, quiet(["Choose theme", key("t")], () => { Cursor.go(id); Picker.open(); }), quiet(read ? ["Mark as unread", key("u")] : ["Mark as read", key("u")], () => Marking.setRead(id, !read)), !spam && quiet(["Spam", key("x")], () => Marking.toggleSpam(id))));
  };

  // What an article is drawn from. `JSON` of it differs exactly when the article would look different.
  const signature = ({ contribution: { id }, depth, folds }, above) => {
    const marks = Store.marksOf(id);
    const flags = Store.state.curation.contributions[id];
    const basis = `${depth} ${above} ${folds.length} ${flags?.read} ${flags?.spam}`;
    if (!marks.length) return basis;
    const sections = marks.map((mark) => { const section = Store.section(Store.sectionOf(mark)); return [section?.letter, section?.colour, section?.title]; });
    return basis + JSON.stringify([marks, sections, marks.some((mark) => mark.id === Store.state.mark) && Store.state.mark]);
  };

  const place = () => document.getElementById("feed");
  const jump = (id) => {
    const isShown = shownIds.includes(id) || Store.record(id)?.fold;
    if (!isShown) Store.look({ filter: { ...Reading.NOTHING, order: Store.state.filter.order } });
    Tabs.show("thread");
    Cursor.go(shownIds.includes(id) ? id : Store.record(id)?.fold);
  };

  const draw = () => {
    const { desk, curation, filter } = Store.state;
    const rows = Reading.rows(desk, Store.index, filter, curation);
    const contributions = rows.filter((row) => row.contribution);
    shownIds = contributions.map(({ contribution }) => contribution.id);
    const active = document.activeElement;
    const focused = active?.closest?.(".desk-post");
    const focusKey = focused && active !== focused ? active.dataset.keep ?? active.textContent : null;
    const groups = [];
    let above = "";
    for (const row of rows) {
      if (row.question || !groups.length) groups.push({ heading: row.question, articles: [] });
      if (row.question) { above = ""; continue; }
      const { id } = row.contribution;
      const basis = signature(row, above);
      if (drawnArticles.get(id)?.from !== basis) drawnArticles.set(id, { from: basis, element: article(row, above) });
      groups.at(-1).articles.push(drawnArticles.get(id).element);
      above = id;
    }
    const before = focusedTop();
    arrange(groups);
    contributions.forEach(({ contribution: { id } }, number) => {
      const article = drawnArticles.get(id);
      const position = `${number + 1} ${contributions.length}`;
      if (article.numbered === position) return; // most stay where they are, and there may be thousands
      article.numbered = position;
      article.element.setAttribute("aria-posinset", number + 1);
      article.element.setAttribute("aria-setsize", contributions.length);
    });
    if (focused && !focused.isConnected) refocus(focused.id.slice(2), focusKey);
    stay(before);
    setTabStop();
    Cursor.draw();
    return contributions.length;
  };
  // The contribution in hand stays where it is on the screen, whatever grew or went above it.
  const focusedTop = () => Cursor.place(Cursor.at.id)?.getBoundingClientRect().top;
  const stay = (before) => {
    const after = focusedTop();
    if (before !== undefined && after !== undefined && before !== after) document.getElementById("part-thread").scrollTop += after - before;
  };
  // Puts articles into their groups. Those that stand where they stood are not touched, or the page would jump.
  const arrange = (groups) => {
    const layout = groups.map(({ heading }) => heading?.id ?? "").join("|");
    if (place().dataset.groups !== `${layout}/${groups.length}`) {
      place().replaceChildren(...groups.map(({ heading }) => make("section", {}, heading && make("h3", { class: "desk-question" }, heading.title), make("div", { role: "feed", "aria-label": heading?.title ?? "Contributions" }))));
      place().dataset.groups = `${layout}/${groups.length}`;
    }
    groups.forEach(({ articles }, number) => {
      const feed = place().children[number].querySelector("[role=feed]");
      const present = [...feed.children];
      if (present.length === articles.length && present.every((each, at) => each === articles[at])) return;
      const changed = present.length === articles.length ? articles.filter((each, at) => each !== present[at]) : null;
      if (changed && changed.length < 8 && changed.every((each) => !each.isConnected)) articles.forEach((each, at) => { if (present[at] !== each) present[at].replaceWith(each); });
      else feed.replaceChildren(...articles);
    });
  };
  const refocus = (id, keep) => {
    const article = Cursor.place(id);
    const control = keep && [...article?.querySelectorAll("button, summary") ?? []].find((each) => each.dataset.keep === keep || each.textContent === keep);
    (control || article)?.focus({ preventScroll: true });
  };
  // Tab reaches one contribution, the keys j and k the others.
  const setTabStop = () => {
    if (shownIds.length && !shownIds.includes(Cursor.at.id)) Cursor.go(shownIds[0], { focus: false });
    for (const each of place().querySelectorAll(".desk-post[tabindex='0']")) each.tabIndex = -1;
    const current = Cursor.place(Cursor.at.id);
    for (const each of place().querySelectorAll(".desk-post--now")) if (each !== current) each.classList.remove("desk-post--now");
    if (current) {
      current.tabIndex = 0;
      current.classList.add("desk-post--now");
    }
  };
  const step = (way) => {
    const next = shownIds[Math.max(0, Math.min(shownIds.length - 1, shownIds.indexOf(Cursor.at.id) + way))];
    if (next && next !== Cursor.at.id) {
      const before = Cursor.at.id;
      Cursor.go(next);
      Marking.setRead(before, true, true);
    }
  };
  const end = (last) => Cursor.go(shownIds.at(last ? -1 : 0));
  const highlightFound = () => {
    if (!(CSS.highlights && typeof Highlight === "function")) return;
    CSS.highlights.delete("desk-found");
    const { search } = Store.state.filter;
    if (!search.trim()) return;
    const ranges = shownIds.flatMap((id) => {
      const text = Cursor.place(id)?.querySelector(".desk-text");
      return text ? Reading.found(Store.record(id).text, search).map(([from, to]) => Cursor.range(text, from, to)) : [];
    });
    CSS.highlights.set("desk-found", new Highlight(...ranges));
  };

  return { draw, jump, step, end, setTabStop, highlightFound, reset: () => drawnArticles.clear(), get shown() { return shownIds; } };
})();
