// Places in a text. A browser counts UTF-16 units, Python counts code points, and a reader sees letters that may be
// several of either (an emoji, a letter with an accent of its own). No DOM here.
const Offsets = (() => {
  "use strict";

  // Returns the number of code points before a UTF-16 offset. An offset within a pair counts the pair as before it.
  const toPoints = (text, offset) => {
    let points = 0;
    for (let unit = 0; unit < offset && unit < text.length; points += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return points;
  };

  // Returns the UTF-16 offset after a number of code points; the end of the text if it has fewer.
  const toUnits = (text, points) => {
    let unit = 0;
    for (let remaining = points; remaining > 0 && unit < text.length; remaining -= 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return unit;
  };

  // A browser without Intl.Segmenter (Firefox before 125) gets code points and spaces in place of letters and words.
  const segmenter = (granularity) => {
    if (typeof Intl.Segmenter === "function") {
      const segmenter = new Intl.Segmenter(undefined, { granularity });
      return (text) => [...segmenter.segment(text)].map((each) => [each.index, each.index + each.segment.length, each.isWordLike]);
    }
    const pattern = { grapheme: /\P{M}\p{M}*/gsu, word: /[\p{L}\p{N}\p{M}’']+|\s+|./gsu, sentence: /[^.!?]+[.!?]*\s*/gsu }[granularity];
    return (text) => [...text.matchAll(pattern)].map((each) => [each.index, each.index + each[0].length, /[\p{L}\p{N}]/u.test(each[0])]);
  };
  const letters = segmenter("grapheme");
  const words = segmenter("word");
  const sentences = segmenter("sentence");

  // The last few texts' segments: moving one end of a selection asks for the same text again and again.
  const cached = new Map();
  const segments = (text, kind, make) => {
    const key = kind + text;
    if (!cached.has(key)) {
      if (cached.size > 24) cached.clear();
      cached.set(key, make(text));
    }
    return cached.get(key);
  };
  const lettersOf = (text) => segments(text, "l", letters);
  const wordsOf = (text) => segments(text, "w", words).filter(([, , wordlike]) => wordlike);
  const sentencesOf = (text) => segments(text, "s", sentences);

  // Moves an offset that lies within a letter (between an emoji and its skin colour) to the letter's start or end.
  const whole = (text, offset, forward = false) => {
    const letter = lettersOf(text).find(([start, end]) => start < offset && offset < end);
    return letter ? letter[forward ? 1 : 0] : Math.max(0, Math.min(offset, text.length));
  };

  // Returns the next stop to the right (step 1) or left (step -1) of an offset.
  // A start stops before words, an end after them, so that a selection never takes the space beside it.
  const move = (text, offset, step, by = "word", edge = "start") => {
    const side = edge === "start" ? 0 : 1;
    const pieces = by === "letter" ? lettersOf(text) : wordsOf(text);
    const stops = by === "letter" ? [0, ...pieces.map(([, end]) => end)] : [...pieces.map((piece) => withPunctuation(text, piece, side)), ...(side ? [text.length] : [0])];
    const sortedStops = [...new Set(stops)].sort((a, b) => a - b);
    const next = step > 0 ? sortedStops.find((stop) => stop > offset) : sortedStops.findLast((stop) => stop < offset);
    return next ?? (step > 0 ? text.length : 0);
  };

  // A quotation mark or bracket before a word, and a full stop after it, belong to it for the one who quotes.
  const withPunctuation = (text, [start, end], side) => {
    if (side) return end + (/^[\p{Pe}\p{Pf}\p{Po}"'”’]+/u.exec(text.slice(end))?.[0].length ?? 0);
    return start - (/[\p{Ps}\p{Pi}¿¡#@"'“‘]+$/u.exec(text.slice(0, start))?.[0].length ?? 0);
  };

  // Returns the span of the sentence at an offset, without the white space around it.
  const sentence = (text, offset) => {
    const span = sentencesOf(text).find(([start, end]) => start <= offset && offset < end) ?? sentencesOf(text).at(-1) ?? [0, 0];
    return trim(text, span[0], span[1]);
  };

  // Returns a span without white space at its ends and with whole letters only; equal ends if nothing is left.
  const trim = (text, start, end) => {
    let from = whole(text, Math.min(start, end));
    let to = whole(text, Math.max(start, end), true);
    while (from < to && /\s/u.test(text[from])) from += 1;
    while (to > from && /\s/u.test(text[to - 1])) to -= 1;
    return [from, to];
  };

  return { toPoints, toUnits, whole, move, sentence, trim };
})();
