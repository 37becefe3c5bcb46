// Passages of a contribution, and the text of a quote that is made of them. A passage is {start, end} in code points,
// the form that is saved. No DOM here.
const Passages = (() => {
  "use strict";
  const GAP = " […] ";

  // Returns a passage for a span of UTF-16 units, or null if the span holds no letter.
  const make = (text, from, to) => {
    const [start, end] = Offsets.trim(text, from, to);
    return start < end ? { start: Offsets.toPoints(text, start), end: Offsets.toPoints(text, end) } : null;
  };

  // Returns passages in the order of the text. Those that overlap, or have only white space between them, become one.
  const merge = (text, passages) => {
    const points = [...text];
    const merged = [];
    for (const { start, end } of [...passages].sort((a, b) => a.start - b.start || a.end - b.end)) {
      const last = merged.at(-1);
      const touchesLast = last && (start <= last.end || !points.slice(last.end, start).join("").trim());
      if (touchesLast) last.end = Math.max(last.end, end);
      else merged.push({ start, end });
    }
    return merged;
  };

  // Returns the passages without the words of another passage.
  const without = (text, passages, { start, end }) => {
    const points = [...text];
    const remaining = passages.flatMap((each) => [
      { start: each.start, end: Math.min(each.end, start) },
      { start: Math.max(each.start, end), end: each.end },
    ]);
    return remaining.filter((each) => each.start < each.end && points.slice(each.start, each.end).join("").trim());
  };

  const quoted = (text, passages) => {
    const points = [...text];
    return passages.map(({ start, end }) => points.slice(start, end).join("").trim().split(/\s+/).join(" ")).join(GAP);
  };

  // Whether passages lie within a text, in order and apart: what Python asks of a curation, too.
  const sound = (text, passages) => {
    const { length } = [...text];
    return passages.length > 0 && passages.every(({ start, end }, place) =>
      Number.isInteger(start) && Number.isInteger(end) && start >= (place ? passages[place - 1].end : 0) && start < end && end <= length);
  };

  // Cuts a text where any mark begins or ends. Returns [{text, marks, ends}]: the ids of the marks that cover a piece,
  // and of those that end with it.
  const pieces = (text, marks) => {
    const spans = marks.flatMap(({ id, passages }) => passages.map(({ start, end }) => [id, Offsets.toUnits(text, start), Offsets.toUnits(text, end)]));
    const cuts = [...new Set([0, text.length, ...spans.flatMap(([, start, end]) => [start, end])])].sort((a, b) => a - b);
    return cuts.slice(1).map((end, place) => {
      const covering = spans.filter(([, from, to]) => from <= cuts[place] && to >= end);
      return { text: text.slice(cuts[place], end), marks: covering.map(([id]) => id), ends: covering.filter(([, , to]) => to === end).map(([id]) => id) };
    });
  };

  return { GAP, make, merge, without, quoted, sound, pieces };
})();
