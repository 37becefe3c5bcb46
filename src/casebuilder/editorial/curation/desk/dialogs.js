// Questions that need an answer before the work goes on: a title, a theme to split, a file that two have changed.
const Dialogs = (() => {
  "use strict";
  const { make, button, quiet } = Elements;

  // Shows a form in a dialogue. Returns its entries as a promise of FormData, or of null if it was left.
  const ask = (title, content, confirm, { wide = false, cancel = "Cancel" } = {}) => new Promise((resolve) => {
    const focusedBefore = document.activeElement;
    const form = make("form", { method: "dialog" }, make("h2", { id: "ask-title" }, title), content,
      make("p", { class: "desk-dialog-do" }, confirm && make("button", { type: "submit", class: "desk-button desk-button--main" }, confirm), cancel && quiet(cancel, () => finish(null))));
    const dialog = make("dialog", { class: `desk-dialog${wide ? " desk-dialog--wide" : ""}`, "aria-labelledby": "ask-title" }, form);
    // A dialogue says that it is closed only with the next picture on the screen. The answer is taken at once: the next
    // key may be pressed before that, and finds the desk as the answer left it.
    const finish = (answer) => {
      if (!dialog.isConnected) return;
      dialog.close();
      dialog.remove();
      if (focusedBefore?.isConnected) focusedBefore.focus({ preventScroll: true });
      else document.querySelector(`[data-keep="${CSS.escape(focusedBefore?.dataset?.keep ?? "")}"]`)?.focus({ preventScroll: true });
      resolve(answer);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      finish(new FormData(form, event.submitter));
    });
    dialog.addEventListener("close", () => finish(null));
    document.body.append(dialog);
    dialog.showModal();
    // What is typed takes the place of the old title, as in every box that renames something.
    if (document.activeElement?.type === "text") document.activeElement.select();
  });

  const line = (label, value = "", attributes = {}) => make("p", { class: "desk-field" }, make("label", {}, label, make("input", { type: "text", name: "words", dir: "auto", class: "desk-box", value, required: true, maxlength: 200, ...attributes })));
  const name = async (title, label, value = "", confirm = "Save") => (await ask(title, line(label, value), confirm))?.get("words").trim() || "";

  const split = async (section, marks) => {
    const answer = await ask(`Split “${section.title}”`, [
      line("Title of the new theme"),
      make("fieldset", {}, make("legend", {}, "Move these marks to it"), marks.map((mark) => make("label", { class: "desk-tick" }, make("input", { type: "checkbox", name: "mark", value: mark.id }), make("span", { dir: "auto" }, Elements.short(Exchange.words(mark, Store.record(mark.contribution)), 120))))),
    ], "Split");
    return answer && answer.get("words").trim() ? [answer.get("words").trim(), answer.getAll("mark")] : null;
  };

  // Returns [colour, letter] of a theme as a curator chooses them, or null.
  const COLOURS = ["teal", "rust", "indigo", "plum", "olive", "blue", "crimson", "brown"];
  const looks = async ({ title, colour, letter }) => {
    const answer = await ask(`Colour and letter of “${title}”`, [
      line("Letter", letter, { pattern: "[\\p{L}\\d][A-Za-z0-9]?", maxlength: 2, title: "One letter or digit, or two" }),
      make("fieldset", {}, make("legend", {}, "Colour"), COLOURS.map((words, number) => make("label", { class: "desk-tick" }, make("input", { type: "radio", name: "colour", value: number, checked: number === colour }), make("span", {}, Elements.letter({ colour: number, letter }), ` ${words}`)))),
    ], "Save");
    return answer && [Number(answer.get("colour")), answer.get("words").trim()];
  };

  // Both sides of a file, line by line: what only one side has is marked, by a sign as well as by colour.
  const compareLines = (yours, theirs) => {
    const [left, right] = [yours.split("\n"), theirs.split("\n")];
    const markLines = (lines, others, sign) => lines.map((words) => make("span", { class: others.has(words) ? "" : "desk-differs" }, `${others.has(words) ? " " : sign} ${words}\n`));
    return [markLines(left, new Set(right), "+"), markLines(right, new Set(left), "+")];
  };
  const keepButton = (value, label) => make("button", { type: "submit", name: "keep", value, class: "desk-button desk-button--main" }, label);
  const askAboutOtherWindow = async () => (await ask("This desk was changed in another window", [
    make("p", {}, "Another window with this desk, or a file that was taken over, saved its work meanwhile. Nothing of it was overwritten."),
    make("p", { class: "desk-dialog-do" }, keepButton("mine", "Keep this window’s work"), keepButton("theirs", "Take the other work")),
  ], "", { cancel: "Decide later" }))?.get("keep") ?? "";
  const conflict = async (conflicts) => {
    if (conflicts.every(({ path, yours }) => path.startsWith(".casebuilder/") && !yours)) return askAboutOtherWindow();
    const side = (title, lines) => make("section", {}, make("h3", {}, title), make("pre", { tabindex: "0", "aria-label": title }, lines));
    const comparisons = conflicts.slice(0, 6).map(({ path, part, yours, theirs }) => {
      const [left, right] = compareLines(yours, theirs);
      return [make("p", {}, make("code", {}, path), part ? `: ${part}` : ""), make("div", { class: "desk-sides" }, side("In this desk", left), side("In the file now", right))];
    });
    const answer = await ask("A file was changed outside the desk", [
      make("p", {}, "Somebody, or another program, changed the same words while this desk was open. Nothing was overwritten. Lines that differ begin with +."),
      comparisons, conflicts.length > comparisons.length && make("p", {}, `And ${conflicts.length - comparisons.length} more.`),
      make("p", { class: "desk-dialog-do" }, keepButton("mine", "Keep this desk’s version"), keepButton("theirs", "Take the file’s version")),
    ], "", { wide: true, cancel: "Decide later" });
    return answer?.get("keep") ?? "";
  };

  const KEYS = [
    ["Read", [["j k, ↓ ↑", "next, previous contribution"], ["Home End", "first, last"], ["/", "search"], ["u", "read or unread"], ["x", "spam or not"]]],
    ["Select", [["← →", "move the cursor by word (with Alt by letter)"], ["Shift+← →", "select"], ["Space", "select the sentence, then one more"], ["Ctrl+A", "select the whole contribution"], ["s e", "move the start or the end with the arrows"], ["p", "keep the passage and select another ([…])"], ["Esc", "clear the selection"]]],
    ["Mark", [["t", "choose a theme"], ["n", "mark with a new theme"], ["1 to 9", "a recent theme"], ["[ ]", "previous, next mark of this contribution"], ["m", "memo"], ["d", "dissent"], ["q", "quote or note"], ["g", "change its words"], ["w", "save its changed words"], ["a", "add the selected words to it"], ["Delete", "remove the mark"]]],
    ["Everywhere", [["Ctrl+Z Ctrl+Y", "undo, redo"], ["Ctrl+Enter", "confirm a text box"], ["F6", "next part of the desk"], ["Alt+↑ ↓", "move a theme up or down"], ["?", "these keys"]]],
  ];
  const help = () => ask("Keys", make("div", { class: "desk-keys" }, KEYS.map(([title, rows]) => make("section", {}, make("h3", {}, title), make("dl", {}, rows.map(([keys, words]) => make("div", {}, make("dt", {}, make("kbd", {}, keys)), make("dd", {}, words))))))), "", { wide: true, cancel: "Close" });

  return { ask, name, split, looks, conflict, help, button };
})();
