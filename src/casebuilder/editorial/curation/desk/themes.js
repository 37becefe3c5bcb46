// The list of themes: their order, their names, and how much of the record stands behind each.
const Themes = (() => {
  "use strict";
  const { make, fill, button, quiet, many, say } = Elements;
  const place = () => document.getElementById("themes");
  const marksIn = (id) => Store.state.curation.quotes.filter((mark) => Store.sectionOf(mark) === id);

  const add = async () => {
    if (Cursor.selecting() || Cursor.at.pending.length) {
      Picker.open({ fresh: true });
      return;
    }
    const title = await Dialogs.name("New theme", "Title", "", "Add theme");
    if (title) Store.look({ section: Marking.inNewTheme(title) });
  };
  const rename = async ({ id, title }) => {
    const newTitle = await Dialogs.name("Rename theme", "Title", title, "Rename");
    if (newTitle && newTitle !== title) Store.change("rename a theme", (curation) => Curation.editTheme(curation, id, { title: newTitle }));
  };
  // Both are for the desk alone. Two themes never share a letter, or it would tell nobody which one is meant.
  const paint = async (section) => {
    const [colour, letter] = (await Dialogs.looks(section)) ?? [];
    if (!letter) return;
    const other = Store.sections().find((each) => each.id !== section.id && each.letter.toLowerCase() === letter.toLowerCase());
    if (other) say(`${letter} is the letter of “${other.title}” already.`);
    else Store.change("colour and letter", (curation) => Curation.editTheme(curation, section.id, { colour, letter }));
  };
  const move = (id, to) => {
    const last = Store.state.curation.themes.length - 1;
    const target = Math.max(0, Math.min(last, to));
    if (Store.state.curation.themes.findIndex((theme) => theme.id === id) === target) return;
    Store.change("move a theme", (curation) => Curation.moveTheme(curation, id, target));
    say(`${Marking.sectionName(id)}: number ${target + 1} of ${last + 1}.`);
  };
  const join = (section) => Picker.open({ title: `Join “${section.title}” with …`, without: section.id, take: (into) => {
    Store.change(`join “${section.title}” with ${Marking.sectionName(into)}`, (curation) => Curation.removeTheme(curation, section.id, into));
    Store.look({ section: into });
    say(`Joined. Its marks are now in ${Marking.sectionName(into)}.`);
  } });
  const split = async (section) => {
    const answer = await Dialogs.split(section, marksIn(section.id));
    if (!answer) return;
    Store.look({ section: Store.change(`split “${section.title}”`, (curation) => Curation.splitTheme(curation, section.id, ...answer)) });
    say(`Split. “${answer[0]}” has ${many(answer[1].length, "mark", "marks")}.`);
  };
  const arrange = async (arranged) => {
    const { desk, curation } = Store.state;
    const hasContent = curation.quotes.some(({ theme }) => theme) || curation.themes.some(({ summary }) => summary.trim());
    const isConfirmed = !hasContent || (await Dialogs.ask("Rearrange the commentary?", make("p", {}, arranged === "questions" ? "The case’s questions take the place of the themes. Each mark goes to the question that it answered; texts of themes are set aside." : "Themes take the place of the questions. The texts of the questions are set aside.", " Undo brings everything back."), "Rearrange"));
    if (isConfirmed) Store.change("arrange the commentary", (before) => Curation.arrange(before, arranged, desk.questions));
    Store.look({ section: "" });
  };
  const remove = (section) => {
    Store.change(`remove the theme “${section.title}”`, (curation) => Curation.removeTheme(curation, section.id));
    say(`Removed “${section.title}”. Its marks stay, in no theme. Ctrl+Z brings it back.`);
  };

  // With words selected a theme takes them; otherwise it is opened, and the thread shows what it holds.
  const choose = (section) => {
    if (Cursor.selecting() || Cursor.at.pending.length) Marking.markIn(section.id);
    else {
      Store.look({ section: section.id, mark: "", panel: "quotes" });
      Tabs.show("quotes");
      document.getElementById("panel-quotes").scrollTop = 0;
    }
  };

  // Dragging works with mouse, pen and finger alike, so it is done with pointer events.
  const drag = (event, id) => {
    event.preventDefault();
    const list = event.target.closest("ol");
    const row = event.target.closest("li");
    event.target.setPointerCapture(event.pointerId);
    row.classList.add("desk-theme--moved");
    let to = -1;
    const follow = (moved) => {
      const rows = [...list.children];
      const before = rows.filter((each) => each !== row).filter((each) => each.getBoundingClientRect().top + each.offsetHeight / 2 < moved.clientY).length;
      to = before;
      rows.filter((each) => each !== row).forEach((each, number) => {
        each.classList.toggle("desk-theme--before", number === before);
        each.classList.toggle("desk-theme--after", number === before - 1 && before === rows.length - 1);
      });
    };
    const drop = (last) => {
      event.target.removeEventListener("pointermove", follow);
      for (const each of list.children) each.classList.remove("desk-theme--before", "desk-theme--after", "desk-theme--moved");
      if (last.type === "pointerup" && to >= 0) move(id, to);
    };
    event.target.addEventListener("pointermove", follow);
    for (const name of ["pointerup", "pointercancel"]) event.target.addEventListener(name, drop, { once: true });
  };
  const onKey = (event, section, number) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.altKey && !section.fixed) move(section.id, number + step);
    else if (step) [...place().querySelectorAll(".desk-theme-name")].at((number + step) % Store.sections().length)?.focus();
    else if (event.key === "F2" && !section.fixed) rename(section);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const row = (section, number) => {
    const { contributions, voices, quotes } = Counts.of(Store.state.desk, Store.state.curation, section.id);
    const open = Store.state.section === section.id;
    return make("li", { class: `desk-theme${open ? " desk-theme--now" : ""}`, colour: section.colour },
      !section.fixed && make("span", { class: "desk-grip", "aria-hidden": "true", title: "Drag to move", onpointerdown: (event) => drag(event, section.id) }),
      make("button", { type: "button", class: "desk-theme-name", "data-keep": `theme-${section.id}`, "aria-pressed": String(open), onclick: () => choose(section), onkeydown: (event) => onKey(event, section, number) },
        make("span", { class: "desk-letter" }, section.letter), make("span", {}, make("bdi", { class: "desk-theme-title" }, section.title), " ", make("small", {}, `${many(contributions, "contribution", "contributions")} · ${many(voices, "voice", "voices")} · ${many(quotes, "quote", "quotes")}`))),
      open && !section.fixed && make("div", { class: "desk-theme-do" },
        quiet("Rename", () => rename(section), { "data-keep": "rename" }), quiet("Colour and letter …", () => paint(section), { "data-keep": "looks" }), quiet("Move up", () => move(section.id, number - 1), { disabled: number === 0, "data-keep": "up" }), quiet("Move down", () => move(section.id, number + 1), { disabled: number === Store.sections().length - 1, "data-keep": "down" }),
        quiet("Join with …", () => join(section), { disabled: Store.sections().length < 2, "data-keep": "join" }), quiet("Split …", () => split(section), { disabled: marksIn(section.id).length < 2, "data-keep": "split" }), quiet("Remove", () => remove(section), { "data-keep": "remove" })));
  };

  const group = (title, entries, field, name) => entries.length > 0 && make("div", {}, make("h4", {}, title), make("p", { class: "desk-unheard" }, entries.slice(0, 14).map((entry) => make("button", { type: "button", class: "desk-link", onclick: () => Filters.only({ [field]: entry.name }) }, `${name(entry.name)} (${entry.count})`)), entries.length > 14 && `and ${entries.length - 14} more`));
  const unheard = () => {
    const { roles, countries, once, onceHeard } = Counts.unheard(Store.state.desk, Store.state.curation);
    return make("details", { class: "desk-notheard", "data-keep": "unheard", open: true }, make("summary", {}, make("h3", {}, "Not quoted yet")),
      group("Roles", roles, "role", (name) => name), group("Countries", countries, "country", Elements.country),
      once > 0 && make("p", {}, `People who posted once: ${onceHeard} of ${once} quoted. `, onceHeard < once && make("button", { type: "button", class: "desk-link", onclick: () => Filters.only({ state: "once" }) }, "Show them")));
  };

  const draw = () => fill(place(), () => {
    const { desk, curation } = Store.state;
    const unthemed = marksIn("").length;
    const selecting = Cursor.selecting() || Cursor.at.pending.length > 0;
    return [
      make("div", { class: "desk-part-head" }, make("h2", {}, curation.arranged === "questions" ? "Questions" : "Themes"), curation.arranged !== "questions" && quiet("New theme", add, { "data-keep": "new-theme" })),
      make("p", { class: "desk-hint desk-themes-hint" }, selecting ? "Choose one for the selection." : Store.sections().length ? "" : "No themes yet. Select words in the thread, then press t and type a title."),
      make("ol", { class: "desk-theme-list" }, Store.sections().map(row)),
      unthemed > 0 && make("p", { class: "desk-loose" }, make("button", { type: "button", class: "desk-link", "data-keep": "loose", onclick: () => { Store.look({ section: "", panel: "quotes" }); Tabs.show("quotes"); } }, many(unthemed, "mark in no theme", "marks in no theme"))),
      desk.questions.length > 0 && Elements.select("Arrange the commentary by", curation.arranged, [["themes", "themes"], ["questions", "the case’s questions"]], arrange, { "data-keep": "arranged" }),
      unheard(),
    ];
  });

  return { draw, add, button };
})();
