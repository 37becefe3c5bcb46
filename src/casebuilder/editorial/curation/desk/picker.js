// The search box of themes: it opens on `t`, filters as one types, and Enter takes the first. A new name makes a theme.
const Picker = (() => {
  "use strict";
  const { make, short } = Elements;
  let chosen = 0;
  let options = { fresh: false, take: null, without: "" };
  const dialog = () => document.getElementById("picker");
  const input = () => dialog().querySelector("input");
  const fold = (words) => Reading.fold(words).plain;
  const isByQuestions = () => Store.state.curation.arranged === "questions";

  // `take` is given the id of the chosen theme; without it the selected words are marked in it.
  const open = ({ fresh = false, take = null, without = "", title = "" } = {}) => {
    if (!take && (!Store.record(Cursor.at.id) || Marking.refuseSpam(Cursor.at.id))) return;
    options = { fresh: fresh && !isByQuestions(), take, without };
    const hasSelection = Cursor.selecting() || Cursor.at.pending.length;
    const { text } = Store.record(Cursor.at.id) ?? { text: "" };
    dialog().querySelector("h2").textContent = title || (options.fresh ? "New theme" : isByQuestions() ? "Choose a question" : "Choose a theme");
    dialog().querySelector(".desk-picker-words").textContent = take ? "" : hasSelection ? `“${short(Passages.quoted(text, Cursor.passages()), 160)}”` : "The whole contribution";
    dialog().querySelector("label").textContent = options.fresh ? "Title of the new theme" : isByQuestions() ? "Search questions" : "Search themes, or type a new title";
    input().value = "";
    chosen = 0;
    draw();
    // A finger selects without moving the focus; a dialogue gives it back to where it was, and that must be here.
    Cursor.place(Cursor.at.id)?.focus({ preventScroll: true });
    dialog().showModal();
    input().focus();
  };

  // Returns the choices for what is typed: [id, section or null]. The last is a new theme, if the title is new.
  const choices = () => {
    const typed = input().value.trim();
    const words = fold(typed).split(/\s+/).filter(Boolean);
    const recent = Store.state.recent;
    const rank = ({ id }) => (recent.includes(id) ? recent.indexOf(id) : recent.length);
    const sections = options.fresh ? [] : Store.sections().filter(({ id, title, letter }) => id !== options.without && words.every((word) => fold(title).includes(word) || fold(letter) === word));
    const titleExists = Store.sections().some(({ title }) => fold(title.trim()) === fold(typed));
    const sorted = words.length ? sections.sort((a, b) => fold(b.title).startsWith(words[0]) - fold(a.title).startsWith(words[0])) : [...sections].sort((a, b) => rank(a) - rank(b));
    return [...sorted, ...(typed && !titleExists && !isByQuestions() ? [null] : [])];
  };

  const draw = () => {
    const list = choices();
    chosen = Math.max(0, Math.min(chosen, list.length - 1));
    const counts = (id) => Counts.of(Store.state.desk, Store.state.curation, id).contributions;
    dialog().querySelector("[role=listbox]").replaceChildren(...list.map((section, number) => make("li", { role: "option", id: `pick-${number}`, "aria-selected": String(number === chosen), onclick: () => take(number) },
      section ? [Elements.letter(section), make("bdi", {}, section.title), make("span", { class: "desk-hint" }, String(counts(section.id)))] : [make("span", { class: "desk-letter" }, "+"), make("span", {}, `New theme “${input().value.trim()}”`)])));
    dialog().querySelector(".desk-picker-none").hidden = list.length > 0;
    dialog().querySelector(".desk-picker-none").textContent = input().value.trim() && !options.fresh ? "No such theme." : "Type a title to make a theme.";
    input().setAttribute("aria-activedescendant", list.length ? `pick-${chosen}` : "");
    dialog().querySelector(`#pick-${chosen}`)?.scrollIntoView({ block: "nearest" });
  };

  const take = (number = chosen) => {
    const list = choices();
    if (!list.length) return;
    const section = list[number];
    const title = input().value.trim();
    dialog().close();
    const id = section ? section.id : Marking.inNewTheme(title);
    if (options.take) options.take(id);
    else Marking.markIn(id);
  };

  const start = () => {
    input().addEventListener("input", () => { chosen = 0; draw(); });
    input().addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        chosen += step;
        draw();
      }
    });
    dialog().querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); take(); });
    // This is heard only with the next picture on the screen: by then a curator may type somewhere else.
    dialog().addEventListener("close", () => { if (document.activeElement === document.body) Cursor.place(Cursor.at.id)?.focus({ preventScroll: true }); });
  };

  return { open, start };
})();
