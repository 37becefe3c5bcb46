// From selected words to a mark in a theme, and what can be done to a mark.
const Marking = (() => {
  "use strict";
  const { say } = Elements;
  const sectionName = (id) => `“${Store.section(id)?.title ?? "no theme"}”`;

  // Where a mark goes: a theme, or a question if the commentary is arranged by questions.
  const placeFields = (section, contribution) => (Store.state.curation.arranged === "questions"
    ? { theme: "", question: section }
    : { theme: section, question: Store.record(contribution)?.question ?? "" });

  // What is spam is in no count, so it is no quote either.
  const refuseSpam = (contribution) => {
    const record = Store.record(contribution);
    if (!record || !Reading.isSpam(record, Store.state.curation)) return false;
    say("This contribution is marked as spam. Press x first.");
    return true;
  };

  // Marks what is selected. A person who said no is not quoted again: what is made is a note, not a quote.
  const markIn = (section) => {
    const { id } = Cursor.at;
    const passages = Cursor.passages();
    const record = Store.record(id);
    if (!record || !passages.length) return say("Nothing is selected.");
    if (refuseSpam(id)) return "";
    const isRefused = Asking.refused(Store.state.desk, Store.state.curation).has(record.voice);
    const sameMark = Store.marksOf(id).find((mark) => mark.mode !== "paraphrase" && JSON.stringify(mark.passages) === JSON.stringify(passages));
    if (sameMark && Store.sectionOf(sameMark) === section) return say(`These words are in ${sectionName(section)} already.`);
    const fields = { ...placeFields(section, id), ...(isRefused && { mode: "paraphrase", quoted: false, consent: { state: "not-needed", on: Elements.today(), how: "Reworded by the curators" } }) };
    Store.together(() => {
      const mark = Store.change(`mark in ${sectionName(section)}`, (curation) => Curation.mark(curation, id, passages, fields));
      Store.noteRecent(section);
      Store.look({ mark, section, panel: "quotes" });
    });
    Cursor.clear();
    return say(isRefused ? `${record.author} declined in this round. Write a paraphrase, or remove the mark.` : `Marked in ${sectionName(section)}.`);
  };

  const inNewTheme = (title) => {
    const section = Store.change(`new theme “${title}”`, (curation) => Curation.addTheme(curation, title));
    return section;
  };

  const edit = (id, label, fields, options) => Store.change(label, (curation) => Curation.editQuote(curation, id, fields), options);
  const current = () => Curation.find(Store.state.curation.quotes, Store.state.mark);

  // The mark that the keys m, d, q and Delete act on: the one looked at, if it is in this contribution, else its last.
  const markHere = () => {
    const marks = Store.marksOf(Cursor.at.id);
    return marks.find(({ id }) => id === Store.state.mark) ?? marks.at(-1);
  };
  const step = (way) => {
    const marks = Store.marksOf(Cursor.at.id);
    if (!marks.length) return say("This contribution has no mark.");
    const place = marks.findIndex(({ id }) => id === Store.state.mark);
    const mark = marks[(place + way + marks.length) % marks.length];
    show(mark.id);
    return say(`${sectionName(Store.sectionOf(mark))}: ${Elements.short(Exchange.words(mark, Store.record(mark.contribution)), 90)}`);
  };
  const show = (id) => {
    const mark = Curation.find(Store.state.curation.quotes, id);
    if (mark) Store.look({ mark: id, section: Store.sectionOf(mark), panel: "quotes" });
  };

  // Refuses a change of a mark that its author declined: it stays, with the answer, so that nobody asks again.
  const refuseDeclined = (id) => {
    const { consent } = Curation.find(Store.state.curation.quotes, id);
    if (consent.state !== "refused") return false;
    say("The author declined. This mark keeps that answer, so that nobody asks again.");
    return true;
  };

  const remove = (id) => {
    if (refuseDeclined(id)) return;
    Store.change("remove a mark", (curation) => Curation.removeQuote(curation, id));
    say("Removed. Ctrl+Z brings it back.");
  };
  const toggleDissent = (id) => {
    if (refuseDeclined(id)) return;
    const { dissent: wasDissent } = Curation.find(Store.state.curation.quotes, id);
    edit(id, wasDissent ? "no longer dissent" : "dissent", { dissent: !wasDissent });
    say(wasDissent ? "No longer marked as dissent." : "Marked as dissent.");
  };
  const toggleQuoted = (id) => {
    if (refuseDeclined(id)) return "";
    const mark = Curation.find(Store.state.curation.quotes, id);
    if (!mark.quoted && refuseSpam(mark.contribution)) return "";
    if (!mark.quoted && mark.mode === "paraphrase" && !mark.text.trim()) return say("Write the paraphrase first.");
    edit(id, mark.quoted ? "keep as a note" : "quote", { quoted: !mark.quoted });
    return say(mark.quoted ? "Kept as a note: not in the commentary." : "To be quoted in the commentary.");
  };

  // Adds the selected words to a quote of the same contribution, or replaces its passages by them.
  const extend = (id, replace = false) => {
    if (refuseDeclined(id)) return "";
    const mark = Curation.find(Store.state.curation.quotes, id);
    if (mark.contribution !== Cursor.at.id || !(Cursor.selecting() || Cursor.at.pending.length)) return say("First select words of the same contribution.");
    const { text } = Store.record(mark.contribution);
    const passages = replace ? Cursor.passages() : Passages.merge(text, [...mark.passages, ...Cursor.passages()]);
    edit(id, replace ? "change the words" : "add a passage", { passages, text: "" });
    Cursor.clear();
    return say(replace ? "Words changed." : "Passage added.");
  };
  // Puts the words of a mark back into the selection, so that its ends can be moved.
  const reselect = (id) => {
    if (refuseDeclined(id)) return;
    const { contribution, passages } = Curation.find(Store.state.curation.quotes, id);
    const { text } = Store.record(contribution);
    const last = passages.at(-1);
    Cursor.go(contribution);
    Cursor.at.pending = passages.slice(0, -1);
    Cursor.select(contribution, Offsets.toUnits(text, last.start), Offsets.toUnits(text, last.end));
    Store.look({ mark: id });
    say("Move the ends with s or e and the arrows, then press w to save them.");
  };

  const toggleSpam = (id) => {
    const wasSpam = Reading.isSpam(Store.record(id), Store.state.curation);
    if (!wasSpam && Store.marksOf(id).some(({ quoted: isQuote, consent }) => isQuote && consent.state !== "refused")) {
      say("Words of this contribution are quoted. First remove the quote, or press q to keep it as a note.");
      return;
    }
    Store.change(wasSpam ? "not spam" : "spam", (curation) => Curation.flag(curation, id, { spam: !wasSpam }));
    say(wasSpam ? "No longer spam: counted again." : "Marked as spam: in no count. Ctrl+Z undoes it.");
  };
  const setRead = (id, value, silent = false) => {
    if (Store.record(id) && Reading.isRead(Store.record(id), Store.state.curation) !== value) Store.change(value ? "read" : "unread", (curation) => Curation.flag(curation, id, { read: value }), { silent });
  };

  return { markIn, inNewTheme, edit, current, markHere, step, show, remove, toggleDissent, toggleQuoted, extend, reselect, toggleSpam, refuseSpam, setRead, sectionName };
})();
