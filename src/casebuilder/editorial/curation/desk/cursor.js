// The place in the text: a caret that is seen although nothing can be typed, and a selection with two movable ends.
// Mouse and touch select as everywhere; what they selected becomes the same selection that the keys move.
const Cursor = (() => {
  "use strict";
  // Offsets are UTF-16 units of the contribution's text. `pending` holds passages that wait for another one.
  const at = { id: "", start: 0, end: 0, active: "end", pending: [] };
  const caret = Object.assign(document.createElement("span"), { className: "desk-caret" });
  caret.setAttribute("aria-hidden", "true");
  const hasHighlights = typeof CSS !== "undefined" && CSS.highlights && typeof Highlight === "function";
  const listeners = [];

  const place = (id) => document.getElementById(`c-${id}`);
  const box = (id) => place(id)?.querySelector(".desk-text");
  const text = () => Store.record(at.id)?.text ?? "";
  const selecting = () => at.end > at.start;

  // Text nodes of a contribution with their offsets. Letters of themes are drawn by the style, so they are not counted.
  const nodes = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const list = [];
    for (let node = walker.nextNode(), offset = 0; node; node = walker.nextNode()) {
      list.push([node, offset]);
      offset += node.length;
    }
    return list;
  };
  const point = (element, offset) => {
    const list = nodes(element);
    const [node, before] = list.findLast(([, start]) => start <= offset) ?? [element, 0];
    return [node, node === element ? 0 : Math.min(offset - before, node.length)];
  };
  const range = (element, start, end) => {
    const selected = document.createRange();
    selected.setStart(...point(element, start));
    selected.setEnd(...point(element, end));
    return selected;
  };
  const offsetOf = (element, node, offset) => {
    const start = document.createRange();
    start.selectNodeContents(element);
    start.setEnd(node, offset);
    return start.toString().length;
  };

  const draw = () => {
    const element = box(at.id);
    caret.remove();
    if (hasHighlights) for (const name of ["desk-selected", "desk-waiting"]) CSS.highlights.delete(name);
    if (!element) return;
    if (selecting() && hasHighlights) CSS.highlights.set("desk-selected", new Highlight(range(element, at.start, at.end)));
    if (selecting() && !hasHighlights) getSelection().setBaseAndExtent(...point(element, at.start), ...point(element, at.end));
    const pendingRanges = at.pending.map(({ start, end }) => range(element, Offsets.toUnits(text(), start), Offsets.toUnits(text(), end)));
    if (pendingRanges.length && hasHighlights) CSS.highlights.set("desk-waiting", new Highlight(...pendingRanges));
    const offset = at.active === "start" ? at.start : at.end;
    const rect = edge(element, offset);
    const frame = element.getBoundingClientRect();
    caret.style.left = `${rect.left - frame.left}px`;
    caret.style.top = `${rect.top - frame.top}px`;
    caret.style.height = `${rect.height}px`;
    caret.classList.toggle("desk-caret--end", selecting());
    element.parentElement.querySelector(".desk-carets").append(caret);
  };
  const edge = (element, offset) => {
    const rects = range(element, offset, offset).getClientRects();
    if (rects.length) return rects[rects.length - 1];
    const frame = element.getClientRects()[0];
    return { left: frame.left, top: frame.top, height: Math.min(frame.height, 28) };
  };
  const update = () => {
    draw();
    listeners.forEach((listener) => listener(at));
  };

  // Goes to a contribution. Its caret stands at the start of the text, unless it is there already.
  const go = (id, { focus = true } = {}) => {
    if (at.id !== id) {
      const leftId = at.id;
      Object.assign(at, { id, start: 0, end: 0, active: "end", pending: [] });
      if (leftId) listeners.forEach((listener) => listener(at, leftId));
    }
    if (focus) {
      place(id)?.focus({ preventScroll: true });
      place(id)?.scrollIntoView({ block: "nearest" });
    }
    update();
  };
  const select = (id, start, end, active = "end") => {
    if (at.id !== id) go(id, { focus: false });
    Object.assign(at, { start: Math.min(start, end), end: Math.max(start, end), active });
    update();
  };
  const clear = () => {
    Object.assign(at, { start: at.end, active: "end", pending: [] });
    if (getSelection().rangeCount && !Elements.isTyping()) getSelection().removeAllRanges();
    update();
  };

  // One step of the arrow keys: the caret, or the active end of the selection. An end never passes the other.
  const move = (step, by = "word", extend = false) => {
    if (!selecting() && !extend) {
      const next = Offsets.move(text(), at.end, step, by);
      Object.assign(at, { start: next, end: next });
    } else {
      if (!selecting()) at.active = step > 0 ? "end" : "start";
      at[at.active] = Offsets.move(text(), at[at.active], step, by, at.active);
      if (at.start > at.end) Object.assign(at, { start: at.end, end: at.start, active: at.active === "start" ? "end" : "start" });
    }
    getSelection().removeAllRanges();
    update();
    box(at.id)?.parentElement.querySelector(".desk-caret")?.scrollIntoView({ block: "nearest" });
  };
  // Takes one end in hand. Without a selection one begins, with the word at the caret.
  const hold = (end) => {
    if (!selecting()) Object.assign(at, { start: Offsets.move(text(), at.end + 1, -1, "word", "start"), end: Offsets.move(text(), at.end, 1, "word", "end") });
    at.active = end;
    update();
  };
  // Selects the sentence at the caret; with a selection, one sentence more.
  const sentence = () => {
    const [start, end] = Offsets.sentence(text(), selecting() ? Offsets.move(text(), at.end, 1, "letter", "end") : at.end);
    select(at.id, selecting() ? at.start : start, end);
  };
  const all = () => select(at.id, ...Offsets.trim(text(), 0, text().length));

  // Keeps the selection as a passage and lets another be selected; a quote joins them with […].
  const keep = () => {
    const passage = Passages.make(text(), at.start, at.end);
    if (passage) at.pending = Passages.merge(text(), [...at.pending, passage]);
    Object.assign(at, { start: at.end, active: "end" });
    getSelection().removeAllRanges();
    update();
    return passage;
  };
  // Returns the passages that a mark is made of: what is kept and selected, or else the whole contribution.
  const passages = () => {
    const selected = selecting() ? [Passages.make(text(), at.start, at.end)].filter(Boolean) : [];
    const all = [...at.pending, ...selected];
    const wholeText = Passages.make(text(), 0, text().length);
    return all.length ? Passages.merge(text(), all) : [wholeText].filter(Boolean);
  };

  // Takes over what a mouse or a finger selected, or where it clicked.
  const pick = () => {
    const selection = getSelection();
    const element = selection.anchorNode && (selection.anchorNode.nodeType === 1 ? selection.anchorNode : selection.anchorNode.parentElement)?.closest?.(".desk-text");
    if (!element) return;
    const id = element.closest(".desk-post").id.slice(2);
    const anchor = offsetOf(element, selection.anchorNode, selection.anchorOffset);
    const outside = !element.contains(selection.focusNode);
    const after = outside && element.compareDocumentPosition(selection.focusNode) & Node.DOCUMENT_POSITION_FOLLOWING;
    const focus = outside ? (after ? Store.record(id).text.length : 0) : offsetOf(element, selection.focusNode, selection.focusOffset);
    const [start, end] = anchor === focus ? [anchor, anchor] : Offsets.trim(Store.record(id).text, anchor, focus);
    if (at.id === id && at.start === start && at.end === end) return;
    select(id, start, end, focus < anchor ? "start" : "end");
  };

  const listen = (listener) => listeners.push(listener);
  const words = () => text().slice(at.start, at.end);

  return { at, go, select, clear, move, hold, sentence, all, keep, passages, pick, draw, listen, selecting, words, range, place };
})();
