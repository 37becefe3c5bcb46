// Suggestions, computed on this machine and explained. They show where to look and decide nothing.
const Suggestions = (() => {
  "use strict";
  const { make, fill, many, short } = Elements;
  const place = () => document.getElementById("panel-suggestions");
  // They take Python some seconds, so they are asked for when somebody looks, and once. A file holds them already.
  let isLoaded = document.body.dataset.served === "no";
  let problem = "";

  const load = async () => {
    isLoaded = true;
    try {
      const answer = await fetch("api/suggestions", { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      Store.state.desk.suggestions = await answer.json();
    } catch {
      problem = "casebuilder did not answer. Open this tab again to try once more.";
      isLoaded = false;
    }
    draw();
    problem = "";
  };

  const line = (id) => {
    const record = Store.record(id);
    const marks = record ? Store.marksOf(id) : [];
    return record && make("li", {}, make("button", { type: "button", class: "desk-link", "data-keep": `go-${id}`, onclick: () => Thread.jump(id) }, record.author), " ", make("bdi", {}, short(record.text, 130)), " ",
      marks.map((mark) => Store.section(Store.sectionOf(mark))).filter(Boolean).map((section) => Elements.letter(section)), make("small", {}, record.when));
  };
  const list = (ids) => make("ul", { class: "desk-ideas" }, ids.map(line));
  const part = (title, why, content, open = false) => make("details", { "data-keep": `idea-${title}`, open }, make("summary", {}, make("h3", {}, title)), make("p", { class: "desk-hint" }, why), content);

  const draw = () => {
    if (place().hidden) return;
    if (!isLoaded && !problem) load();
    const { desk, curation } = Store.state;
    const suggestions = desk.suggestions ?? {};
    const groups = suggestions.groups ?? [];
    const emptyMessage = !suggestions.groups ? problem || "Looking…" : suggestions.groups_available === false
      ? "Groups need scikit-learn, which is not installed beside casebuilder." : "No groups: the discussion is too short, or too varied.";
    const inThemes = new Set(curation.quotes.filter((mark) => Store.section(Store.sectionOf(mark))).map(({ contribution }) => contribution));
    const unthemed = desk.contributions.filter((each) => !inThemes.has(each.id) && !Reading.isSpam(each, curation) && !each.fold);
    const sharedWords = (words) => (words?.length ? make("p", { class: "desk-words-shared" }, "Words: ", make("b", {}, words.join(", "))) : null);
    fill(place(), () => [
      make("h2", {}, "Suggestions"),
      make("p", { class: "desk-hint" }, "Computed on this computer from the words alone. They are places to look, not themes."),
      part("Groups by their words", "Contributions that use the same unusual words. Each group shows the words that made it one, and the three contributions nearest its middle.",
        groups.length ? make("ol", { class: "desk-groups" }, groups.map((group) => make("li", {}, sharedWords(group.words), make("p", { class: "desk-hint" }, many(group.members.length, "contribution", "contributions")), list(group.nearest)))) : make("p", { class: "desk-empty", role: "status" }, emptyMessage), true),
      part("Most replied to", "What others answered, most answers first.", list(suggestions.most_replied ?? []), !groups.length),
      part("In no theme", `${many(unthemed.length, "contribution is", "contributions are")} in no theme so far.`, list(unthemed.slice(0, 40).map(({ id }) => id))),
      part("The opposite in the same words", "Two contributions that share unusual words, where one denies and the other does not. Read both before you believe it.",
        suggestions.opposites?.length ? make("ol", { class: "desk-groups" }, suggestions.opposites.map(([one, other, words]) => make("li", {}, sharedWords(words), list([one, other])))) : make("p", { class: "desk-empty" }, "None found.")),
    ]);
  };

  return { draw };
})();
