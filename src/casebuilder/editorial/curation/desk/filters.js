// What the thread shows: search, filters, and its order.
const Filters = (() => {
  "use strict";
  const { make, fill, select, tick, quiet, country } = Elements;
  const place = () => document.getElementById("filters");
  const search = () => document.getElementById("search");
  const set = (fields) => Store.look({ filter: { ...Store.state.filter, ...fields } });
  const only = (fields) => {
    search().value = "";
    Store.look({ filter: { ...Reading.NOTHING, order: Store.state.filter.order, ...fields } });
    Tabs.show("thread");
    Thread.end(false);
  };

  const values = (field) => [...new Set(Store.state.desk.contributions.map((each) => each[field] || "–"))].sort((a, b) => a.localeCompare(b));
  const draw = () => {
    const { desk, filter, curation } = Store.state;
    const options = (field, anyLabel, name = (value) => value) => [["", anyLabel], ...values(field).map((value) => [value, value === "–" ? "not given" : name(value)])];
    const question = (id) => desk.questions.find((each) => each.id === id)?.title ?? id;
    fill(place(), () => [
      make("div", { class: "desk-filter-fields" },
        select("Question", filter.question, options("question", "all", (id) => Elements.short(question(id), 60)), (value) => set({ question: value }), { "data-keep": "f-question" }),
        select("Channel", filter.channel, options("channel", "all"), (value) => set({ channel: value }), { "data-keep": "f-channel" }),
        select("Role", filter.role, options("role", "all"), (value) => set({ role: value }), { "data-keep": "f-role" }),
        select("Country", filter.country, options("country", "all", country), (value) => set({ country: value }), { "data-keep": "f-country" }),
        select("Length", filter.length, [["", "any"], ["short", "under 25 words"], ["medium", "25 to 60 words"], ["long", "over 60 words"]], (value) => set({ length: value }), { "data-keep": "f-length" }),
        select("Show", filter.state, [["", "all"], ["unread", "unread"], ["unthemed", "in no theme"], ["unanswered", "has no reply"], ["marked", "marked"], ["memo", "with a memo"], ["once", "by people who posted once"]], (value) => set({ state: value }), { "data-keep": "f-state" }),
        select(curation.arranged === "questions" ? "Marked for" : "Theme", filter.theme, [["", "any"], ...Store.sections().map(({ id, letter, title }) => [id, `${letter} ${title}`])], (value) => set({ theme: value }), { "data-keep": "f-theme" })),
      tick("Show spam", filter.spam, (spam) => set({ spam }), { "data-keep": "f-spam" }),
    ]);
  };

  const count = (shown) => {
    const { desk, curation, filter } = Store.state;
    const { read, contributions } = Counts.totals(desk, curation);
    const folds = desk.contributions.filter((each) => each.fold && Store.record(each.fold)).length;
    const active = Reading.filtering(filter);
    fill(document.getElementById("count"), () => [
      `${active ? `${shown} of ` : ""}${Elements.many(desk.contributions.length, "contribution", "contributions")}${folds ? `, ${folds} folded` : ""} · ${read} of ${contributions} read `,
      ...(active ? [quiet("Clear filters", () => { search().value = ""; Store.look({ filter: { ...Reading.NOTHING, order: filter.order } }); }, { "data-keep": "clear-filters" })] : []),
    ]);
  };

  const start = () => {
    let timer = 0;
    search().addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => set({ search: search().value }), 120);
    });
    search().form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      set({ search: search().value });
      Thread.end(false);
    });
    const order = document.getElementById("order");
    order.addEventListener("change", () => set({ order: order.value }));
  };

  return { draw, count, only, start };
})();
