// The desk begins here: it loads what Python made, draws it, and saves what a curator does.
(() => {
  "use strict";
  const { make, button, quiet, say } = Elements;
  const file = document.body.dataset.served === "no";
  const saving = file ? Keeping : Serving;
  const at = (id) => document.getElementById(id);

  const status = (state, words) => {
    at("status").dataset.state = state;
    if (at("status").textContent !== words) at("status").textContent = words;
  };

  // The bar of the selection: what is selected, and what can be done with it, for mouse and finger.
  const bar = () => {
    const active = Cursor.selecting() || Cursor.at.pending.length > 0;
    at("selected").hidden = !active;
    document.body.classList.toggle("desk-selecting", active);
    if (!active) return;
    const end = (name, words) => make("span", { class: "desk-end", role: "group", "aria-label": words }, make("span", {}, words),
      button("‹", () => { Cursor.hold(name); Cursor.move(-1, "word", true); }, { "aria-label": `${words} one word back` }), button("›", () => { Cursor.hold(name); Cursor.move(1, "word", true); }, { "aria-label": `${words} one word on` }));
    const { text } = Store.record(Cursor.at.id);
    const recent = Store.state.recent.map((id) => Store.section(id)).filter(Boolean).slice(0, 3);
    at("selected").replaceChildren(
      make("p", { class: "desk-selected-words", dir: "auto" }, Elements.short(Passages.quoted(text, Cursor.passages()), 110)),
      make("div", { class: "desk-selected-do" },
        button(["Choose theme", Elements.key("t")], () => Picker.open(), { class: "desk-button desk-button--main" }),
        recent.map((section, number) => button([Elements.key(number + 1), Elements.letter(section), make("bdi", { class: "desk-recent-title" }, section.title)], () => Marking.markIn(section.id), { class: "desk-button desk-recent", title: section.title })),
        button(["New theme", Elements.key("n")], () => Picker.open({ fresh: true })),
        button(["Another passage", Elements.key("p")], () => { Cursor.keep(); say("Passage kept. Select the next one."); }),
        end("start", "Start"), end("end", "End"), quiet("Clear", () => Cursor.clear())));
    at("feed").querySelector(".desk-caret")?.scrollIntoView({ block: "nearest" });
  };

  // A screen reader does not see the caret and the selection of the keys, so it is given the words when they rest.
  let resting = 0;
  const hear = (left) => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      const { end, id } = Cursor.at;
      const { text = "" } = Store.record(id) ?? {};
      const next = left || !end ? "" : text.slice(end, Offsets.move(text, end, 1, "word", "end")).trim();
      at("heard").textContent = Cursor.selecting() ? `Selected: ${Elements.short(Cursor.words(), 200)}` : next;
    }, 250);
  };

  const title = () => {
    const { desk, history } = Store.state;
    const errors = Problems.errors();
    at("undo").disabled = !history.done.length;
    at("redo").disabled = !history.undone.length;
    at("undo").title = history.done.length ? `Undo: ${history.done.at(-1).label}` : "";
    at("redo").title = history.undone.length ? `Redo: ${history.undone.at(-1).label}` : "";
    at("problem-count").hidden = !Store.state.problems.length;
    at("problem-count").textContent = Elements.many(Store.state.problems.length, "problem", "problems");
    at("problem-count").classList.toggle("desk-problem-count--error", errors > 0);
    at("whomay").textContent = file ? desk.who_may_have_it : "";
    at("whomay").hidden = !(file && desk.who_may_have_it);
  };

  const draw = () => {
    Filters.count(Thread.draw());
    Thread.found();
    Themes.draw();
    Tabs.draw();
    for (const part of [Quotes, Consents, Preview, Suggestions]) part.draw();
    title();
  };
  let themed = "";
  let seen = "";
  const react = (what) => {
    if (what === "opened") Thread.reset();
    // Typing in a text box changes no theme's name; the filters are drawn again when one does.
    const names = Store.sections().map(({ id, letter: sign, title: words }) => `${id} ${sign} ${words}`).join("|") + JSON.stringify(Store.state.filter);
    if (names !== themed) Filters.draw();
    themed = names;
    draw();
    if (what === "changed") saving.changed();
    if (what === "looked" && Store.state.panel === "consent" && seen !== "consent") Consents.load();
    seen = Store.state.panel;
  };

  const pointer = () => {
    let timer = 0;
    // The caret of the keys is ours; the selection of mouse and finger is the browser's. They meet when it rests.
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      if (!Elements.typing() && !getSelection().isCollapsed) timer = setTimeout(Cursor.pick, 150);
    });
    at("feed").addEventListener("click", (event) => {
      const post = event.target.closest(".desk-post");
      if (!post || event.target.closest("button, a, summary")) return;
      Cursor.pick();
      Cursor.go(post.id.slice(2), { focus: false });
      if (getSelection().isCollapsed) post.focus({ preventScroll: true });
      const marked = event.target.closest("mark");
      if (marked && getSelection().isCollapsed) Marking.show(marked.dataset.marks.split(" ").at(-1));
    });
    // Buttons of the bar and themes take the selection: pressing them must not clear it.
    for (const place of ["selected", "themes"]) at(place).addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
    at("feed").addEventListener("focusin", (event) => {
      const post = event.target.closest(".desk-post");
      if (post && post.id !== `c-${Cursor.at.id}`) Cursor.go(post.id.slice(2), { focus: false });
    });
    new ResizeObserver(() => Cursor.draw()).observe(at("feed"));
  };

  const buttons = () => {
    at("undo").addEventListener("click", () => say(Store.undo()));
    at("redo").addEventListener("click", () => say(Store.redo()));
    at("help").addEventListener("click", () => Dialogs.help());
    at("problem-count").addEventListener("click", () => { Store.look({ panel: "preview" }); Tabs.show("preview"); });
    at("scheme").addEventListener("click", () => {
      const now = document.documentElement.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      document.documentElement.dataset.scheme = now === "dark" ? "light" : "dark";
    });
    if (!file) return;
    at("download").addEventListener("click", () => { say(`Downloaded ${Keeping.download()}. Send it to whoever runs casebuilder curate --take.`); at("remind").hidden = true; });
    at("open").addEventListener("change", async () => {
      const [chosen] = at("open").files;
      at("open").value = "";
      if (chosen) say(await Keeping.take(chosen));
    });
    at("remind-later").addEventListener("click", () => { Keeping.later(); at("remind").hidden = true; });
    at("remind-download").addEventListener("click", () => at("download").click());
  };

  const start = async () => {
    let given = null;
    try { given = await saving.load(); } catch ({ cause }) {
      status("failed", cause ? `The desk cannot be loaded: ${cause}` : "The desk cannot be loaded. Run casebuilder curate again and open the address that it prints.");
      if (cause) setTimeout(start, 3000);
      return;
    }
    Store.listen(react);
    let selecting = false;
    Cursor.listen((now, left) => {
      Thread.stops();
      bar();
      hear(left);
      const before = selecting;
      selecting = Cursor.selecting() || now.pending.length > 0;
      if (before !== selecting) Themes.draw();
      if (left && Store.state.panel === "quotes") Quotes.draw();
    });
    Filters.start();
    Picker.start();
    Tabs.start();
    Keys.start();
    pointer();
    buttons();
    const dropped = Store.open(given, await saving.stored(given));
    if (dropped) say(`${dropped} marks are of contributions that are no longer in the record.`);
    status("saved", "No changes yet.");
    saving.start({ status, conflict: Dialogs.conflict, written: () => { Preview.written(); if (Store.state.panel === "consent") Consents.load(); }, remind: () => { at("remind").hidden = false; } });
    performance.mark("desk-ready");
    document.body.dataset.ready = "yes";
  };
  start();
})();
