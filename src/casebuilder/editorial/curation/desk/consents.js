// The consent desk: whom to ask, where, in which words, and what they answered.
const Consents = (() => {
  "use strict";
  const { make, fill, quiet, button, box, tick, select, say, many } = Elements;
  const place = () => document.getElementById("panel-consent");
  const SAID = { "to-ask": "To ask", "asked": "Asked", "granted": "Granted", "refused": "Declined: not asked again in this round", "settled": "No question open" };
  const USES = { site: "on the site", print: "in printed packs", card: "on a preview card" };
  let letters = new Map();
  let trouble = "";

  // Letters come from Python when it is there: it has the whole template language. Otherwise the page fills them in.
  const load = async () => {
    if (document.body.dataset.served === "no") return;
    try {
      const answer = await fetch("api/letters", { cache: "no-store" });
      if (!answer.ok) return;
      const said = await answer.json();
      letters = new Map(said.letters.map((letter) => [letter.voice, letter]));
      trouble = said.problem ?? "";
      draw();
    } catch { /* the status line says that casebuilder does not answer */ }
  };

  const open = (person) => person.quotes.filter(({ consent }) => consent.state === "pending").map(({ id }) => id);
  const letterOf = (person) => {
    const made = letters.get(person.voice);
    return made ? { subject: made.subject ?? "", text: made.text } : Asking.letter(Store.state.desk, Store.state.curation, person);
  };
  const copy = async (person, words) => {
    try {
      await navigator.clipboard.writeText(words);
      say(`Copied the message to ${person.name}.`);
    } catch {
      const field = place().querySelector(`[data-keep="letter-${CSS.escape(person.voice)}"]`);
      field?.focus();
      field?.select();
      say("This browser does not let a page copy. The message is selected: press Ctrl+C.");
    }
  };

  const answered = async (person, label, state) => {
    const how = state === "asked" ? "" : "Reply to the curators’ message";
    const line = (title, name, value, type = "text") => make("p", { class: "desk-field" }, make("label", {}, title, make("input", { type, name, value, class: "desk-box", required: name === "on" })));
    const answer = await Dialogs.ask(`${person.name}: ${label}`, [
      line("Day", "on", Elements.today(), "date"),
      line(state === "asked" ? "How you asked" : "How they answered", "how", how),
      state === "granted" && make("fieldset", {}, make("legend", {}, "Why the words may be printed"),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "state", value: "granted", checked: true }), make("span", {}, "They agreed")),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "state", value: "licensed" }), make("span", {}, "They posted under a licence that allows it"))),
      state === "granted" && make("fieldset", {}, make("legend", {}, "What for"), Exchange.USES.map((use) => make("label", { class: "desk-tick" }, make("input", { type: "checkbox", name: "use", value: use, checked: true }), make("span", {}, USES[use])))),
      state === "refused" && make("fieldset", {}, make("legend", {}, "What becomes of the words"),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "then", value: "paraphrase", checked: true }), make("span", {}, "I write a paraphrase in their place")),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "then", value: "drop" }), make("span", {}, "They are left out"))),
    ], "Save");
    return answer;
  };
  // The row that was answered has changed: the keyboard goes on with the next person to ask.
  const onward = () => (place().querySelector("[data-keep^=asked-]") ?? place()).focus();
  const asked = async (person) => {
    const answer = await answered(person, "asked", "asked");
    if (!answer) return;
    Store.change(`asked ${person.name}`, (curation) => Curation.setConsent(curation, open(person), { state: "pending", on: answer.get("on"), how: answer.get("how") }));
    onward();
  };
  const granted = async (person) => {
    const answer = await answered(person, "granted", "granted");
    if (!answer) return;
    const uses = answer.getAll("use");
    const fields = { state: answer.get("state"), on: answer.get("on"), how: answer.get("how"), ...(uses.length < Exchange.USES.length && { uses }) };
    Store.change(`${person.name} agreed`, (curation) => Curation.setConsent(curation, open(person), fields));
    onward();
  };
  const refused = async (person) => {
    const answer = await answered(person, "declined", "refused");
    if (!answer) return;
    const fields = { on: answer.get("on"), how: answer.get("how") };
    const ids = person.quotes.filter(({ consent }) => consent.state !== "refused").map(({ id }) => id);
    const made = Store.change(`${person.name} declined`, (curation) => ids.reduce(([now, last], id) => {
      const [next, another] = Curation.refuse(now, id, fields, answer.get("then") === "paraphrase");
      return [next, another || last];
    }, [curation, ""]));
    if (!made) return;
    Store.look({ mark: made, section: Store.sectionOf(Curation.find(Store.state.curation.quotes, made)), panel: "quotes" });
    Tabs.show("quotes");
    document.querySelector(`[data-keep="text-${CSS.escape(made)}"]`)?.focus();
    say("Write the paraphrase. Until then nothing of it is published.");
  };

  const words = (quote) => {
    const record = Store.record(quote.contribution);
    const section = Store.section(Store.sectionOf(quote));
    const uses = quote.consent.uses ? ` · only ${quote.consent.uses.map((use) => USES[use]).join(" and ") || "for nothing"}` : "";
    return make("li", {}, make("q", {}, Elements.short(Exchange.words(quote, record), 150)), make("span", { class: "desk-hint" }, `${section?.title ?? "No theme"} · ${Quotes.standing(quote.consent)}${quote.consent.on && quote.consent.state !== "pending" ? ` on ${Elements.day(quote.consent.on)}` : ""}${quote.consent.how ? `, ${quote.consent.how}` : ""}${uses}`));
  };
  const row = (person) => {
    const { subject, text } = letterOf(person);
    const active = open(person).length > 0 && person.state !== "refused";
    return make("li", { class: "desk-ask", "data-state": person.state },
      make("h3", {}, make("bdi", {}, person.name)), make("p", { class: "desk-ask-state" }, SAID[person.state]),
      person.reach.length > 0 && make("ul", { class: "desk-reach" }, person.reach.map(({ how, where }) => make("li", {}, `${how}: `, make("span", {}, where)))),
      make("ul", { class: "desk-ask-quotes" }, person.quotes.map(words)),
      active && text && make("details", { "data-keep": `open-${person.voice}` }, make("summary", {}, "Message"),
        subject && make("p", { class: "desk-hint" }, `Subject: ${subject}`),
        make("textarea", { class: "desk-box desk-letter-box", rows: 10, readonly: true, "aria-label": `Message to ${person.name}`, "data-keep": `letter-${person.voice}`, value: text }),
        quiet("Copy the message", () => copy(person, text), { "data-keep": `copy-${person.voice}` })),
      make("p", { class: "desk-quote-tools" },
        active && button("Asked …", () => asked(person), { "data-keep": `asked-${person.voice}` }),
        active && button("Granted …", () => granted(person), { "data-keep": `granted-${person.voice}` }),
        person.state !== "refused" && person.state !== "settled" && button("Declined …", () => refused(person), { "data-keep": `refused-${person.voice}` })));
  };

  const draw = () => {
    if (place().hidden) return;
    const people = Asking.people(Store.state.desk, Store.state.curation);
    const count = (state) => people.filter((person) => person.state === state).length;
    fill(place(), () => [
      make("h2", {}, "Consent"),
      make("p", {}, people.length ? `${many(count("to-ask"), "person", "people")} to ask, ${count("asked")} asked, ${count("granted")} agreed, ${count("refused")} declined.` : "Nobody is quoted yet. People appear here as soon as their words are."),
      Store.state.desk.people === null && make("p", { class: "desk-notice" }, "Where people can be reached is not known here: .casebuilder/people.jsonl is on the machine that imported the discussion. You can still write the messages and note the answers."),
      trouble && make("p", { class: "desk-problem desk-problem--error" }, make("strong", {}, "No messages: "), trouble),
      make("ol", { class: "desk-asks" }, people.map(row)),
    ]);
  };

  return { draw, load, box, tick, select };
})();
