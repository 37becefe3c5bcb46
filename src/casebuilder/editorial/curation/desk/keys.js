// The keys. Single letters work while the focus is in the thread, or nowhere; never while somebody types.
const Keys = (() => {
  "use strict";
  const isByLetter = (event) => event.altKey || event.ctrlKey;
  const withMark = (act) => () => {
    const mark = Marking.markHere();
    if (mark) act(mark.id);
    else Elements.say("This contribution has no mark.");
  };
  const THREAD = {
    j: () => Thread.step(1),
    k: () => Thread.step(-1),
    ArrowDown: () => Thread.step(1),
    ArrowUp: () => Thread.step(-1),
    Home: () => Thread.end(false),
    End: () => Thread.end(true),
    ArrowRight: (event) => Cursor.move(1, isByLetter(event) ? "letter" : "word", event.shiftKey),
    ArrowLeft: (event) => Cursor.move(-1, isByLetter(event) ? "letter" : "word", event.shiftKey),
    " ": () => Cursor.sentence(),
    s: () => Cursor.hold("start"),
    e: () => Cursor.hold("end"),
    p: () => Elements.say(Cursor.keep() ? "Passage kept. Select the next one; the quote joins them with […]." : "Select words first."),
    Escape: () => Cursor.clear(),
    t: () => Picker.open(),
    n: () => Picker.open({ fresh: true }),
    u: () => Marking.setRead(Cursor.at.id, !Reading.isRead(Store.record(Cursor.at.id), Store.state.curation)),
    x: () => Marking.toggleSpam(Cursor.at.id),
    "/": () => document.getElementById("search").focus(),
    "?": () => Dialogs.help(),
    "[": () => Marking.step(-1),
    "]": () => Marking.step(1),
    m: withMark((id) => Quotes.memo(id)),
    d: withMark((id) => Marking.toggleDissent(id)),
    q: withMark((id) => Marking.toggleQuoted(id)),
    g: withMark((id) => Marking.reselect(id)),
    w: withMark((id) => Marking.extend(id, true)),
    a: withMark((id) => Marking.extend(id)),
    Delete: withMark((id) => Marking.remove(id)),
    Backspace: withMark((id) => Marking.remove(id)),
  };
  const markInRecent = (number) => {
    const section = Store.state.recent.filter((id) => Store.section(id))[number - 1];
    if (section) Marking.markIn(section);
    else Elements.say(`There is no recent theme ${number} yet. Press t.`);
  };

  const everywhere = (event) => {
    const { key } = event;
    const command = event.ctrlKey || event.metaKey;
    if (key === "Enter" && command && Elements.isTyping()) return confirm(event.target);
    if (key === "F6") return Tabs.goRound(event.shiftKey);
    if (Elements.isTyping() || document.querySelector("dialog[open]")) return false;
    if (command && !event.altKey && key.toLowerCase() === "z") return Elements.say(event.shiftKey ? Store.redo() : Store.undo());
    if (command && !event.altKey && key.toLowerCase() === "y") return Elements.say(Store.redo());
    return false;
  };
  // Ctrl+Enter confirms any text box: it sends the form of a dialogue, and leaves a box that saves as one types.
  const confirm = (field) => {
    if (field.closest("[data-typing]")) {
      const post = Cursor.place(Cursor.at.id);
      field.blur();
      post?.focus({ preventScroll: true });
    } else field.form?.requestSubmit();
  };

  const inThread = (event) => {
    const { key, target } = event;
    const command = event.ctrlKey || event.metaKey;
    if (Elements.isTyping() || document.querySelector("dialog[open]")) return false;
    const post = target.closest?.(".desk-post");
    if (!(target === document.body || target.closest?.("#feed"))) return false;
    const control = target.closest?.("button, a, summary, select, input");
    if (control && (key === " " || key === "Enter")) return false;
    if (post && `c-${Cursor.at.id}` !== post.id) Cursor.go(post.id.slice(2), { focus: false });
    if (command && key.toLowerCase() === "a") return Cursor.all();
    const arrow = key.startsWith("Arrow");
    if ((command && !arrow) || (event.altKey && !arrow)) return false;
    if (/^[1-9]$/.test(key)) return markInRecent(Number(key));
    const act = THREAD[key.length === 1 && key !== " " ? key.toLowerCase() : key];
    return act && !(event.shiftKey && /^[a-z]$/i.test(key)) ? act(event) : false;
  };

  const start = () => document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (everywhere(event) === false && inThread(event) === false) return;
    event.preventDefault();
  });

  return { start };
})();
