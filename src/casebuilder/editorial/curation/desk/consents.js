// The consent desk: whom to ask, where, in which words, and what they answered.
const Consents = (() => {
  "use strict";
  const { make, fill, quiet, button, box, tick, select, say, many } = Elements;
  const panel = () => document.getElementById("panel-consent");
  const STATES = { "to-ask": "To ask", "asked": "Asked", "granted": "Granted", "refused": "Declined: not asked again in this round", "settled": "No question open" };
  const AGREED = ["granted", "licensed"];
  const USES = { site: "on the site", print: "in printed packs", card: "on a card" };
  let letters = new Map();
  let lettersProblem = "";

  // Letters come from Python when it is there: it has the whole template language. Otherwise the page fills them in.
  const load = async () => {
    if (document.body.dataset.served === "no") return;
    try {
      const answer = await fetch("api/letters", { cache: "no-store" });
      if (!answer.ok) return;
      const reply = await answer.json();
      letters = new Map(reply.letters.map((letter) => [letter.voice, letter]));
      lettersProblem = reply.problem ?? "";
      draw();
    } catch { /* the status line says that casebuilder does not answer */ }
  };

  const openIds = (person) => person.quotes.filter(({ consent }) => consent.state === "pending").map(({ id }) => id);
  const letterOf = (person) => {
    const letter = letters.get(person.voice);
    return letter ? { subject: letter.subject ?? "", text: letter.text } : Asking.letter(Store.state.desk, Store.state.curation, person);
  };
  const copy = async (person, text) => {
    try {
      await navigator.clipboard.writeText(text);
      say(`Copied the message to ${person.name}.`);
    } catch {
      const field = panel().querySelector(`[data-keep="letter-${CSS.escape(person.voice)}"]`);
      field?.focus();
      field?.select();
      say("This browser does not let a page copy. The message is selected: press Ctrl+C.");
    }
  };

  // `before` is the answer that is to be changed, if there is one.
  const askAnswer = async (person, label, state, before = {}) => {
    const how = before.how || (state === "asked" ? "" : "Reply to the curators’ message");
    const licensed = before.state === "licensed";
    const line = (title, name, value, type = "text") => make("p", { class: "desk-field" }, make("label", {}, title, make("input", { type, name, value, class: "desk-box", required: name === "on" })));
    const answer = await Dialogs.ask(`${person.name}: ${label}`, [
      line("Day", "on", Elements.today(), "date"),
      line(state === "asked" ? "How you asked" : "How they answered", "how", how),
      state === "granted" && make("fieldset", {}, make("legend", {}, "Why the words may be printed"),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "state", value: "granted", checked: !licensed }), make("span", {}, "They agreed")),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "state", value: "licensed", checked: licensed }), make("span", {}, "They posted under a licence that allows it"))),
      state === "granted" && make("fieldset", {}, make("legend", {}, "What for"), Exchange.USES.map((use) => make("label", { class: "desk-tick" }, make("input", { type: "checkbox", name: "use", value: use, checked: (before.uses ?? Exchange.USES).includes(use) }), make("span", {}, USES[use])))),
      state === "refused" && make("fieldset", {}, make("legend", {}, "What becomes of the words"),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "then", value: "paraphrase", checked: true }), make("span", {}, "I write a paraphrase in their place")),
        make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "then", value: "drop" }), make("span", {}, "They are left out"))),
    ], "Save");
    return answer;
  };
  // The row that was answered has changed: the keyboard goes on with the next person to ask.
  const focusNext = () => (panel().querySelector("[data-keep^=asked-]") ?? panel()).focus();
  const recordAsked = async (person) => {
    const answer = await askAnswer(person, "asked", "asked");
    if (!answer) return;
    Store.change(`asked ${person.name}`, (curation) => Curation.setConsent(curation, openIds(person), { state: "pending", on: answer.get("on"), how: answer.get("how") }));
    say(`Noted: ${person.name} was asked.`);
    focusNext();
  };
  // Without quotes that wait, it changes the answer that is there: somebody agreed to more, or to less.
  const recordGranted = async (person) => {
    const given = person.quotes.filter(({ consent }) => AGREED.includes(consent.state));
    const waiting = openIds(person);
    const ids = waiting.length ? waiting : given.map(({ id }) => id);
    const answer = await askAnswer(person, "granted", "granted", waiting.length ? {} : given[0]?.consent);
    if (!answer) return;
    const uses = answer.getAll("use");
    const fields = { state: answer.get("state"), on: answer.get("on"), how: answer.get("how"), uses: uses.length < Exchange.USES.length ? uses : undefined };
    Store.change(`${person.name} agreed`, (curation) => Curation.setConsent(curation, ids, fields));
    say(`Noted: ${person.name} agreed.`);
    focusNext();
  };
  const recordRefusal = async (person) => {
    const answer = await askAnswer(person, "declined", "refused");
    if (!answer) return;
    const fields = { on: answer.get("on"), how: answer.get("how") };
    const ids = person.quotes.filter(({ consent }) => consent.state !== "refused").map(({ id }) => id);
    const paraphraseId = Store.change(`${person.name} declined`, (curation) => ids.reduce(([now, latest], id) => {
      const [next, added] = Curation.refuse(now, id, fields, answer.get("then") === "paraphrase");
      return [next, added || latest];
    }, [curation, ""]));
    if (!paraphraseId) {
      say(`Noted: ${person.name} declined. Their words are left out.`);
      focusNext();
      return;
    }
    Store.look({ mark: paraphraseId, section: Store.sectionOf(Curation.find(Store.state.curation.quotes, paraphraseId)), panel: "quotes" });
    Tabs.show("quotes");
    document.querySelector(`[data-keep="text-${CSS.escape(paraphraseId)}"]`)?.focus();
    say("Write the paraphrase. Until then nothing of it is published.");
  };

  const quoteLine = (quote) => {
    const record = Store.record(quote.contribution);
    const section = Store.section(Store.sectionOf(quote));
    const uses = quote.consent.uses ? ` · only ${quote.consent.uses.map((use) => USES[use]).join(" and ") || "for nothing"}` : "";
    return make("li", {}, make("q", {}, Elements.short(Exchange.words(quote, record), 150)), make("span", { class: "desk-hint" }, `${section?.title ?? "No theme"} · ${Quotes.stateInWords(quote.consent)}${quote.consent.on && quote.consent.state !== "pending" ? ` on ${Elements.day(quote.consent.on)}` : ""}${quote.consent.how ? `, ${quote.consent.how}` : ""}${uses}`));
  };
  const row = (person) => {
    const { subject, text } = letterOf(person);
    const active = openIds(person).length > 0 && person.state !== "refused";
    return make("li", { class: "desk-ask", "data-state": person.state },
      make("h3", {}, make("bdi", {}, person.name)), make("p", { class: "desk-ask-state" }, STATES[person.state]),
      person.reach.length > 0 && make("ul", { class: "desk-reach" }, person.reach.map(({ how, where }) => make("li", {}, `${how}: `, make("span", {}, where)))),
      make("ul", { class: "desk-ask-quotes" }, person.quotes.map(quoteLine)),
      active && text && make("details", { "data-keep": `open-${person.voice}` }, make("summary", {}, "Message"),
        subject && make("p", { class: "desk-hint" }, `Subject: ${subject}`),
        make("textarea", { class: "desk-box desk-letter-box", rows: 10, readonly: true, "aria-label": `Message to ${person.name}`, "data-keep": `letter-${person.voice}`, value: text }),
        quiet("Copy the message", () => copy(person, text), { "data-keep": `copy-${person.voice}` })),
      make("p", { class: "desk-quote-tools" },
        active && button("Asked …", () => recordAsked(person), { "data-keep": `asked-${person.voice}` }),
        active && button("Granted …", () => recordGranted(person), { "data-keep": `granted-${person.voice}` }),
        !active && person.state === "granted" && button("Change …", () => recordGranted(person), { "data-keep": `granted-${person.voice}` }),
        person.state !== "refused" && person.state !== "settled" && button("Declined …", () => recordRefusal(person), { "data-keep": `refused-${person.voice}` })));
  };

  const draw = () => {
    if (panel().hidden) return;
    const people = Asking.people(Store.state.desk, Store.state.curation);
    const count = (state) => people.filter((person) => person.state === state).length;
    fill(panel(), () => [
      make("h2", {}, "Consent"),
      make("p", {}, people.length ? `${many(count("to-ask"), "person", "people")} to ask, ${count("asked")} asked, ${count("granted")} agreed, ${count("refused")} declined.` : "Nobody is quoted yet. People appear here as soon as their words are."),
      Store.state.desk.people === null && make("p", { class: "desk-notice" }, "Where people can be reached is not known here: .casebuilder/people.jsonl is on the machine that imported the discussion. You can still write the messages and note the answers."),
      lettersProblem && make("p", { class: "desk-problem desk-problem--error" }, make("strong", {}, "No messages: "), lettersProblem),
      make("ol", { class: "desk-asks" }, people.map(row)),
    ]);
  };

  return { draw, load, box, tick, select };
})();
