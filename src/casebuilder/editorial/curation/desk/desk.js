// The desk begins here: it loads what Python made, draws it, and saves what a curator does.
(() => {
  "use strict";
  const { make, button, quiet, say } = Elements;
  const isFile = document.body.dataset.served === "no";
  const saving = isFile ? Keeping : Serving;
  const byId = (id) => document.getElementById(id);

  const status = (state, words) => {
    byId("status").dataset.state = state;
    if (byId("status").textContent !== words) byId("status").textContent = words;
  };

  // The bar of the selection: what is selected, and what can be done with it, for mouse and finger.
  const drawSelection = () => {
    const active = Cursor.selecting() || Cursor.at.pending.length > 0;
    byId("selected").hidden = !active;
    document.body.classList.toggle("desk-selecting", active);
    if (!active) return;
    const endButtons = (name, words) => make("span", { class: "desk-end", role: "group", "aria-label": words }, make("span", {}, words),
      button("‹", () => { Cursor.hold(name); Cursor.move(-1, "word", true); }, { "aria-label": `${words} one word back` }), button("›", () => { Cursor.hold(name); Cursor.move(1, "word", true); }, { "aria-label": `${words} one word on` }));
    const { text } = Store.record(Cursor.at.id);
    const recent = Store.state.recent.map((id) => Store.section(id)).filter(Boolean).slice(0, 3);
    byId("selected").replaceChildren(
      make("p", { class: "desk-selected-words", dir: "auto" }, Elements.short(Passages.quoted(text, Cursor.passages()), 110)),
      make("div", { class: "desk-selected-do" },
        button(["Choose theme", Elements.key("t")], () => Picker.open(), { class: "desk-button desk-button--main" }),
        recent.map((section, number) => button([Elements.key(number + 1), Elements.letter(section), make("bdi", { class: "desk-recent-title" }, section.title)], () => Marking.markIn(section.id), { class: "desk-button desk-recent", title: section.title })),
        button(["New theme", Elements.key("n")], () => Picker.open({ fresh: true })),
        button(["Another passage", Elements.key("p")], () => { Cursor.keep(); say("Passage kept. Select the next one."); }),
        endButtons("start", "Start"), endButtons("end", "End"), quiet("Clear", () => Cursor.clear())));
    byId("feed").querySelector(".desk-caret")?.scrollIntoView({ block: "nearest" });
  };

  // A screen reader does not see the caret and the selection of the keys. It is given the words 250 ms after the last move.
  let speakTimer = 0;
  const speakSelection = (leftId) => {
    clearTimeout(speakTimer);
    speakTimer = setTimeout(() => {
      const { end, id } = Cursor.at;
      const { text = "" } = Store.record(id) ?? {};
      const next = leftId || !end ? "" : text.slice(end, Offsets.move(text, end, 1, "word", "end")).trim();
      byId("heard").textContent = Cursor.selecting() ? `Selected: ${Elements.short(Cursor.words(), 200)}` : next;
    }, 250);
  };

  const drawTitle = () => {
    const { desk, history } = Store.state;
    const errors = Problems.errors();
    byId("undo").disabled = !history.done.length;
    byId("redo").disabled = !history.undone.length;
    byId("undo").title = history.done.length ? `Undo: ${history.done.at(-1).label}` : "";
    byId("redo").title = history.undone.length ? `Redo: ${history.undone.at(-1).label}` : "";
    byId("problem-count").hidden = !Store.state.problems.length;
    byId("problem-count").textContent = Elements.many(Store.state.problems.length, "problem", "problems");
    byId("problem-count").classList.toggle("desk-problem-count--error", errors > 0);
    byId("whomay").textContent = isFile ? desk.who_may_have_it : "";
    byId("whomay").hidden = !(isFile && desk.who_may_have_it);
  };

  const draw = () => {
    Filters.count(Thread.draw());
    Thread.highlightFound();
    Themes.draw();
    Tabs.draw();
    for (const part of [Quotes, Consents, Preview, Suggestions]) part.draw();
    drawTitle();
  };
  let drawnNames = "";
  let lastPanel = "";
  const react = (what) => {
    if (what === "opened") Thread.reset();
    // Typing in a text box changes no theme's name; the filters are drawn again when one does.
    const names = Store.sections().map(({ id, letter: sign, title: words }) => `${id} ${sign} ${words}`).join("|") + JSON.stringify(Store.state.filter);
    if (names !== drawnNames) Filters.draw();
    drawnNames = names;
    draw();
    if (what === "changed") saving.changed();
    if (what === "looked" && Store.state.panel === "consent" && lastPanel !== "consent") Consents.load();
    lastPanel = Store.state.panel;
  };

  const listenToPointer = () => {
    let timer = 0;
    // The caret of the keys is ours; the selection of mouse and finger is the browser's. They meet when it rests.
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      if (!Elements.isTyping() && !getSelection().isCollapsed) timer = setTimeout(Cursor.pick, 150);
    });
    byId("feed").addEventListener("click", (event) => {
      const post = event.target.closest(".desk-post");
      if (!post || event.target.closest("button, a, summary")) return;
      Cursor.pick();
      Cursor.go(post.id.slice(2), { focus: false });
      if (getSelection().isCollapsed) post.focus({ preventScroll: true });
      const markElement = event.target.closest("mark");
      if (markElement && getSelection().isCollapsed) Marking.show(markElement.dataset.marks.split(" ").at(-1));
    });
    // Buttons of the bar and themes take the selection: pressing them must not clear it.
    for (const place of ["selected", "themes"]) byId(place).addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
    byId("feed").addEventListener("focusin", (event) => {
      const post = event.target.closest(".desk-post");
      if (post && post.id !== `c-${Cursor.at.id}`) Cursor.go(post.id.slice(2), { focus: false });
    });
    new ResizeObserver(() => Cursor.draw()).observe(byId("feed"));
  };

  const listenToButtons = () => {
    byId("undo").addEventListener("click", () => say(Store.undo()));
    byId("redo").addEventListener("click", () => say(Store.redo()));
    byId("help").addEventListener("click", () => Dialogs.help());
    byId("problem-count").addEventListener("click", () => { Store.look({ panel: "preview" }); Tabs.show("preview"); });
    byId("scheme").addEventListener("click", () => {
      const scheme = document.documentElement.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      document.documentElement.dataset.scheme = scheme === "dark" ? "light" : "dark";
    });
    if (!isFile) return;
    byId("download").addEventListener("click", () => { say(`Downloaded ${Keeping.download()}. Send it to whoever runs casebuilder curate --take.`); byId("remind").hidden = true; });
    byId("open").addEventListener("change", async () => {
      const [chosen] = byId("open").files;
      byId("open").value = "";
      if (chosen) say(await Keeping.take(chosen));
    });
    byId("remind-later").addEventListener("click", () => { Keeping.later(); byId("remind").hidden = true; });
    byId("remind-download").addEventListener("click", () => byId("download").click());
  };

  const start = async () => {
    let desk = null;
    try { desk = await saving.load(); } catch ({ cause }) {
      status("failed", cause ? `The desk cannot be loaded: ${cause}` : "The desk cannot be loaded. Run casebuilder curate again and open the address that it prints.");
      if (cause) setTimeout(start, 3000);
      return;
    }
    Store.listen(react);
    let selecting = false;
    Cursor.listen((now, leftId) => {
      Thread.setTabStop();
      drawSelection();
      speakSelection(leftId);
      const wasSelecting = selecting;
      selecting = Cursor.selecting() || now.pending.length > 0;
      if (wasSelecting !== selecting) Themes.draw();
      if (leftId && Store.state.panel === "quotes") Quotes.draw();
    });
    Filters.start();
    Picker.start();
    Tabs.start();
    Keys.start();
    listenToPointer();
    listenToButtons();
    const dropped = Store.open(desk, await saving.stored(desk));
    if (dropped) say(`${dropped} marks are of contributions that are no longer in the record.`);
    status("saved", "No changes yet.");
    saving.start({ status, conflict: Dialogs.conflict, written: () => { Preview.refresh(); if (Store.state.panel === "consent") Consents.load(); }, remind: () => { byId("remind").hidden = false; } });
    performance.mark("desk-ready");
    document.body.dataset.ready = "yes";
  };
  start();
})();
