// The commentary as the site will show it. With Python it is the site's own page; without, the page draws what it can:
// paragraphs and quotes in their places, in the site's styles.
const Preview = (() => {
  "use strict";
  const { make, fill, button } = Elements;
  const place = () => document.getElementById("panel-preview");
  const isServed = () => document.body.dataset.served !== "no";
  let stale = true;

  const frame = () => place().querySelector("iframe");
  const refresh = () => {
    stale = true;
    if (!place().hidden) draw();
  };
  const reload = () => {
    stale = false;
    // The preview is closed off from this page, so its scroll cannot be kept; it opens at the theme in hand.
    const section = Store.state.section ? `#theme-${Store.state.section}` : "";
    frame().src = `preview?revision=${Store.state.curation.revision}${section}`;
  };

  const quote = (mark) => {
    const record = Store.record(mark.contribution);
    return make("figure", { class: "desk-shown-quote" }, make("blockquote", {}, Exchange.words(mark, record)), make("figcaption", { dir: "auto" }, Quotes.credit(mark, record)));
  };
  const isPublished = (mark) => mark.quoted && ["granted", "licensed", "not-needed"].includes(mark.consent.state);
  const blocks = (markdown, marks) => markdown.split(/\n\s*\n|\n(?=::quote\[)|(?<=\])\n/).map((block) => block.trim()).filter(Boolean).map((block) => {
    const placement = /^::quote\[([^\]]+)\]$/.exec(block);
    if (!placement) return make("p", { dir: "auto" }, block);
    const mark = marks.find(({ id }) => id === placement[1]);
    return mark && isPublished(mark) && quote(mark);
  });
  const section = (each) => {
    const marks = Store.state.curation.quotes.filter((mark) => Store.sectionOf(mark) === each.id);
    const unplaced = marks.filter((mark) => isPublished(mark) && !each.summary.includes(`::quote[${mark.id}]`));
    return make("section", {}, make("h3", { dir: "auto" }, each.title), blocks(each.summary, marks), unplaced.map(quote));
  };
  const approximate = () => {
    const { curation } = Store.state;
    const pendingCount = curation.quotes.filter((mark) => mark.quoted && mark.consent.state === "pending").length;
    return [
      make("p", { class: "desk-notice" }, "An approximate preview: the site’s own is made by casebuilder.", pendingCount > 0 && ` ${Elements.many(pendingCount, "quote is", "quotes are")} not shown, because consent is pending.`),
      make("div", { class: "desk-shown", lang: Store.state.desk.language }, make("h2", {}, "Community commentary"), !curation.method_automatic && make("p", { class: "desk-hint", dir: "auto" }, Counts.method(Store.state.desk, curation)), blocks(curation.introduction, curation.quotes), Store.sections().map(section)),
    ];
  };

  const draw = () => {
    if (place().hidden) return;
    if (!isServed()) {
      fill(place(), () => [make("h2", {}, "Preview"), approximate()]);
      return;
    }
    if (!frame()) {
      const iframe = make("iframe", { title: "Preview of the commentary" });
      place().replaceChildren(make("div", { class: "desk-part-head" }, make("h2", {}, "Preview"), button("Reload", () => reload(), { class: "desk-quiet" })), make("div", { class: "desk-preview-problems", tabindex: "0", role: "region", "aria-label": "What casebuilder check says" }), iframe);
    }
    place().querySelector(".desk-preview-problems").replaceChildren(...[Problems.list()].filter(Boolean));
    if (stale) reload();
  };

  return { draw, refresh };
})();
