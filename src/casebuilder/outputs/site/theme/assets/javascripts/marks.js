// Somebody comes from the search: the words that were looked for are marked, without a change to the page's text.
(() => {
  "use strict";
  const said = new URLSearchParams(location.search).getAll("mark").flatMap((words) => words.split(/\s+/));
  const sought = said.map((word) => word.replace(/^["“”„«»]+|["“”„«»]+$/g, "")).filter(Boolean); // "a phrase" is two words
  if (!sought.length || !globalThis.Highlight) return;
  // With the flag u no other sign may be escaped: \" would be an error.
  const escaped = sought.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const word = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})[\\p{L}\\p{N}]*`, "giu");
  const found = new Highlight();
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    for (const match of text.data.matchAll(word)) {
      const range = new Range();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      found.add(range);
    }
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::highlight(cb-sought) { background-color: Mark; color: MarkText; }");
  document.adoptedStyleSheets.push(sheet);
  CSS.highlights.set("cb-sought", found);
})();
