// The quotes of a theme, with its text: what of each is printed, by whom, and what the curators noted.
const Quotes = (() => {
  "use strict";
  const { make, fill, quiet, box, select, tick, short } = Elements;
  const place = () => document.getElementById("panel-quotes");
  const MODES = [["named", "With name"], ["anonymous", "By role only"], ["paraphrase", "Paraphrase"]];
  const STATES = { "pending": "not asked yet", "granted": "consent given", "licensed": "licensed", "not-needed": "no consent needed", "refused": "refused", "withdrawn": "withdrawn" };
  const stateInWords = ({ state, on }) => (state === "pending" && on ? `asked on ${Elements.day(on)}` : STATES[state]);

  const credit = (mark, record) => {
    const { name, role, country } = Exchange.by(mark, record);
    return [mark.mode === "paraphrase" ? "Paraphrase" : name, role, Elements.country(country)].filter(Boolean).join(", ");
  };

  // A paraphrase is in words of the curators; back to verbatim it has the record's own again.
  const choose = (mark, mode) => Marking.edit(mark.id, "how it is quoted", mode === "paraphrase"
    ? { mode, text: "", quoted: false, consent: { state: "not-needed", on: Elements.today(), how: "Reworded by the curators" } }
    : { mode, by: null, ...(mark.mode === "paraphrase" && { text: "", quoted: true, consent: { state: "pending", on: "", how: "" } }) });
  const insert = (mark) => {
    const sectionId = Store.sectionOf(mark);
    const { summary } = Store.section(sectionId);
    Store.change("place a quote", (curation) => Curation.editTheme(curation, sectionId, { summary: `${summary.trimEnd()}\n\n::quote[${mark.id}]\n`.trimStart() }));
  };

  // A paraphrase asks nobody; since when and why it may stand is written down all the same.
  const settledFields = (mark) => {
    const put = (field, value, options) => Store.change("consent", (curation) => Curation.setConsent(curation, [mark.id], { [field]: value }), options);
    return [
      make("p", { class: "desk-field" }, make("label", {}, "Settled on", make("input", { type: "date", class: "desk-box", required: true, value: mark.consent.on, "data-keep": `on-${mark.id}`, onchange: (event) => put("on", event.target.value) }))),
      box("How it was settled", mark.consent.how, (how) => put("how", how, { merge: `how-${mark.id}` }), { rows: 1, keep: `how-${mark.id}` }),
    ];
  };
  const attribution = (mark, record) => {
    const by = Exchange.by(mark, record);
    const put = (field) => (value) => Marking.edit(mark.id, "attribution", { by: { ...Exchange.by(Curation.find(Store.state.curation.quotes, mark.id), record), [field]: value } }, { merge: `by-${mark.id}-${field}` });
    return make("details", { "data-keep": `by-${mark.id}` }, make("summary", {}, "Attribution"),
      select("Quoted", mark.mode, MODES, (mode) => choose(mark, mode), { "data-keep": `mode-${mark.id}` }),
      mark.mode === "named" && box("Name", by.name, put("name"), { rows: 1, keep: `name-${mark.id}` }),
      box("Role", by.role, put("role"), { rows: 1, keep: `role-${mark.id}` }),
      mark.mode === "paraphrase" && settledFields(mark),
      mark.mode === "named" && box("Country (two letters)", by.country, (value) => put("country")(value.trim().toUpperCase().slice(0, 2)), { rows: 1, keep: `country-${mark.id}` }));
  };

  const card = (mark) => {
    const record = Store.record(mark.contribution);
    const words = Exchange.words(mark, record);
    const isCurrent = mark.id === Store.state.mark;
    const isClosed = ["refused", "withdrawn"].includes(mark.consent.state);
    const section = Store.section(Store.sectionOf(mark));
    const isPlaced = section && section.summary.includes(`::quote[${mark.id}]`);
    const problems = Problems.of(mark.id);
    return make("li", { class: `desk-quote${isCurrent ? " desk-quote--now" : ""}${mark.quoted && !isClosed ? "" : " desk-quote--note"}`, id: `q-${mark.id}`, colour: section?.colour ?? "none" },
      mark.mode === "paraphrase"
        ? box("Paraphrase: the thought in your words", mark.text, (text) => Store.change("paraphrase", (curation) => Curation.paraphrase(curation, mark.id, text), { merge: `text-${mark.id}` }), { rows: 3, keep: `text-${mark.id}`, hint: record ? `The record says: “${short(mark.passages.length ? Passages.quoted(record.text, mark.passages) : record.text, 220)}”` : "" })
        : make("blockquote", {}, words || make("em", {}, "The words are no longer in the record.")),
      make("p", { class: "desk-credit" }, make("bdi", {}, credit(mark, record)), record && make("button", { type: "button", class: "desk-link", "data-keep": `see-${mark.id}`, onclick: () => Thread.jump(mark.contribution) }, "see in thread")),
      make("p", { class: "desk-facts" }, make("span", {}, isClosed ? `${stateInWords(mark.consent)}: not published` : mark.quoted ? `Quote · ${stateInWords(mark.consent)}` : "Note: not in the commentary"), mark.dissent && make("strong", {}, "Dissent"), isPlaced && make("span", {}, "placed in the text")),
      problems.map(Problems.line),
      !isClosed && make("p", { class: "desk-quote-do" },
        tick("Quote it", mark.quoted, () => Marking.toggleQuoted(mark.id), { "data-keep": `quoted-${mark.id}`, disabled: mark.mode === "paraphrase" && !mark.text.trim() }),
        tick("Dissent", mark.dissent, () => Marking.toggleDissent(mark.id), { "data-keep": `dissent-${mark.id}` })),
      (isCurrent || mark.memo) && box("Memo (never published)", mark.memo, (memo) => Marking.edit(mark.id, "memo", { memo }, { merge: `memo-${mark.id}` }), { rows: 2, keep: `memo-${mark.id}` }),
      isCurrent && !isClosed && attribution(mark, record),
      make("p", { class: "desk-quote-tools" },
        quiet("Move to …", () => Picker.open({ title: "Move to which theme?", without: Store.sectionOf(mark), take: (to) => { const { arranged } = Store.state.curation; Marking.edit(mark.id, "move a mark", arranged === "questions" ? { question: to } : { theme: to }); Store.noteRecent(to); Store.look({ section: to }); } }), { "data-keep": `move-${mark.id}` }),
        isCurrent && !isClosed && mark.passages.length > 0 && mark.mode !== "paraphrase" && quiet("Also in …", () => Picker.open({ title: "Also in which theme?", without: Store.sectionOf(mark), take: (to) => Store.look({ mark: Store.change(`also in ${Marking.sectionName(to)}`, (curation) => Curation.copyQuote(curation, mark.id, to)), section: to }) }), { "data-keep": `also-${mark.id}` }),
        isCurrent && !isClosed && mark.passages.length > 0 && quiet("Change words", () => { Tabs.show("thread"); Marking.reselect(mark.id); }, { "data-keep": `words-${mark.id}` }),
        isCurrent && !isClosed && record && Cursor.at.id === mark.contribution && quiet("Add selected words", () => Marking.extend(mark.id), { "data-keep": `add-${mark.id}` }),
        isCurrent && !isPlaced && section && mark.quoted && quiet("Place in text", () => insert(mark), { "data-keep": `place-${mark.id}` }),
        !isCurrent && quiet("Edit", () => Store.look({ mark: mark.id }), { "data-keep": `edit-${mark.id}`, "aria-expanded": "false" }),
        mark.consent.state !== "refused" && quiet("Remove", () => Marking.remove(mark.id), { "data-keep": `remove-${mark.id}` })));
  };

  const framing = () => {
    const { curation } = Store.state;
    const put = (field, label) => (value) => Store.change(label, (before) => ({ ...before, [field]: value }), { merge: field });
    const { contributions, voices, quotes, marked, reposts, spam } = Counts.totals(Store.state.desk, curation);
    return make("details", { class: "desk-framing", "data-keep": "framing" }, make("summary", {}, "Method and introduction"),
      make("p", { class: "desk-hint" }, `The record: ${Elements.many(contributions, "contribution", "contributions")} by ${Elements.many(voices, "person", "people")}; ${marked} marked, ${Elements.many(quotes, "quote", "quotes")} used; ${reposts} reposts and ${spam} spam left out.`),
      tick("Write the method line from the record", curation.method_automatic, (on) => Store.change("method line", (before) => ({ ...before, method_automatic: on })), { "data-keep": "automatic" }),
      curation.method_automatic && curation.method && make("p", { class: "desk-notice" }, Counts.method(Store.state.desk, curation)),
      !curation.method_automatic && box("Method", curation.method, put("method", "method"), { rows: 3, keep: "method", hint: "Where {quotes} and {people} stand, the site shows how many quotes and how many people it quotes; {contributions} and {contributors} are those of the record." }),
      box("Curators", curation.curators.join(", "), (value) => put("curators", "curators")(value.split(/[\s,]+/).filter((id) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))), { rows: 1, keep: "curators", hint: "The names of their files in experts/, such as tan-mei-ling. The commentary is written once there is one." }),
      box("Introduction", curation.introduction, put("introduction", "introduction"), { rows: 4, keep: "introduction", hint: "Stands before the first theme. Markdown." }));
  };

  const about = (section) => box(section.fixed ? "What people answered" : "What the theme says", section.summary, (summary) => Store.change("summary", (curation) => Curation.editTheme(curation, section.id, { summary }), { merge: `summary-${section.id}` }), { rows: 6, keep: `summary-${section.id}`, hint: "Markdown. A line ::quote[…] places a quote; quotes that are not placed follow the text." });

  // Another theme is read from its beginning.
  let drawnSection = "";
  const draw = () => {
    if (place().hidden) return;
    const { section: id, curation } = Store.state;
    const section = Store.section(id);
    const marks = curation.quotes.filter((mark) => Store.sectionOf(mark) === (section ? id : "") || (!section && id === "" && !Store.section(Store.sectionOf(mark))));
    const all = !section && !marks.length;
    const listed = all ? curation.quotes : marks;
    fill(place(), () => [
      make("h2", {}, section ? [Elements.letter(section), " ", make("bdi", {}, section.title)] : all ? "All quotes" : "In no theme"),
      !section && framing(),
      section && about(section),
      section && Problems.ofTheme(section).map(Problems.line),
      section && make("p", { class: "desk-quote-tools" }, quiet("Show only these in the thread", () => Filters.only({ theme: section.id }), { "data-keep": "only" }), quiet("All quotes", () => Store.look({ section: "", mark: "" }), { "data-keep": "all" })),
      listed.length ? make("ol", { class: "desk-quotes" }, listed.map(card)) : make("p", { class: "desk-empty" }, section ? "No words are marked in this theme yet." : "No quotes yet. Select words in the thread and choose a theme for them."),
    ]);
    const current = document.getElementById(`q-${Store.state.mark}`);
    if (current) current.scrollIntoView({ block: "nearest" });
    else if (drawnSection !== id) place().scrollTop = 0;
    drawnSection = id;
  };

  // Opens the memo of the mark at hand and puts the cursor into it.
  const memo = (id) => {
    Marking.show(id);
    Tabs.show("quotes");
    document.querySelector(`[data-keep="memo-${CSS.escape(id)}"]`)?.focus();
  };

  return { draw, memo, credit, stateInWords };
})();
