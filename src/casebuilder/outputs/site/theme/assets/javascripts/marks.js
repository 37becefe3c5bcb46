// Marks the words of a search on the page that a result led to, without a change to the page's text.
(() => {
  "use strict";
  const parameters = new URLSearchParams(location.search).getAll("mark").flatMap((words) => words.split(/\s+/));
  const searchedWords = parameters.map((word) => word.replace(/^["“”„«»]+|["“”„«»]+$/g, "")).filter(Boolean); // "a phrase" is two words
  if (!searchedWords.length || !globalThis.Highlight) return;
  // With the flag u no other sign may be escaped: \" would be an error.
  const escaped = searchedWords.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join("|")})[\\p{L}\\p{N}]*`, "giu");
  const highlight = new Highlight();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    for (const match of text.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      highlight.add(range);
    }
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("::highlight(cb-sought) { background-color: Mark; color: MarkText; }");
  document.adoptedStyleSheets.push(sheet);
  CSS.highlights.set("cb-sought", highlight);
})();
