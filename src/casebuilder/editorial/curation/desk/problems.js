// What `casebuilder check` found after the last save, where it belongs.
const Problems = (() => {
  "use strict";
  const { make } = Elements;
  const MARKS = { error: "Error", warning: "Warning", note: "Note" };

  const line = ({ severity, message, hint, code, path, line: number }) => make("p", { class: `desk-problem desk-problem--${severity}` },
    make("strong", {}, `${MARKS[severity] ?? "Problem"}: `), message, hint && make("span", { class: "desk-hint" }, hint), (path || code) && make("small", {}, [path && `${path}${number ? `:${number}` : ""}`, code].filter(Boolean).join(" · ")));

  const list = () => {
    const { problems } = Store.state;
    return problems.length > 0 && make("section", { class: "desk-problems", "aria-label": "Problems" }, make("h3", {}, Elements.many(problems.length, "problem", "problems")), problems.map(line));
  };
  // `check` names the quote that a problem is about in quotation marks.
  const of = (quote) => Store.state.problems.filter(({ message }) => message.includes(`quote "${quote}"`));
  // And a theme by its title or id.
  const ofTheme = ({ id, title }) => Store.state.problems.filter(({ message }) => message.includes(`theme "${title}"`) || message.startsWith(`the theme "${id}"`));
  const errors = () => Store.state.problems.filter(({ severity }) => severity === "error").length;

  return { line, list, of, ofTheme, errors };
})();
