// The pack builder: chosen cases become one document, in this page, for the browser's own print dialogue. The choice
// stands in the address, so that it can be sent and found again. What a reader types is only ever set as text.
(() => {
  "use strict";
  const form = document.querySelector("[data-builder]");
  const preview = document.querySelector(".cb-builder-preview");
  const labels = form.dataset;
  const list = form.querySelector(".cb-builder-order");
  const item = form.querySelector("template").content.firstElementChild;
  const status = form.querySelector("[role=status]");
  const notices = form.querySelector(".cb-builder-notices");
  const print = form.querySelector("[data-print]");
  const cases = form.querySelector(".cb-builder-cases");
  const findField = form.querySelector("#build-find");
  const boxes = new Map();
  const choices = ["edition", "paper", "minutes"].map((name) => form.elements[name]);
  const arrangementBoxes = [...form.querySelectorAll("[data-arranged]")];
  const texts = ["title", "date", "facilitator"].map((name) => form.elements[name]);
  const SIZES = { a4: "A4", letter: "letter" };
  const pageSheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(pageSheet);
  let order = [];
  let unknown = [];
  let latestRun = 0;

  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  const make = (name, text = "", attributes = {}) => Object.assign(document.createElement(name), { textContent: text }, attributes);
  const title = (slug) => boxes.get(slug).dataset.title;
  // A title in the language of its case, where that is not the page's.
  const withLanguage = (element, slug) => {
    const { lang } = boxes.get(slug).closest("label");
    return lang ? Object.assign(element, { lang }) : element;
  };
  const value = (name) => form.elements[name].value.trim();
  // Whether the chosen edition has the option that a field sets.
  const belongs = (field) => field.closest("[data-for]").dataset.for.split(" ").includes(value("edition"));

  // The address

  const read = () => {
    const parameters = new URLSearchParams(location.search);
    const slugs = [...new Set((parameters.get("cases") ?? "").split(",").filter(Boolean))];
    order = slugs.filter((slug) => boxes.has(slug));
    unknown = slugs.filter((slug) => !boxes.has(slug));
    for (const field of choices) {
      const chosen = parameters.get(field.name) ?? "";
      field.value = [...field.options].some((option) => option.value === chosen) ? chosen : field.options[0].value;
    }
    for (const field of texts) field.value = (parameters.get(field.name) ?? "").slice(0, field.maxLength);
    for (const box of [form.elements.notes, ...arrangementBoxes]) box.checked = parameters.has(box.name);
    show();
  };

  const write = () => {
    const parameters = new URLSearchParams([...choices, ...texts].filter((field) => field.value.trim() && !field.closest("p").hidden).map(({ name }) => [name, value(name)]));
    for (const box of [...arrangementBoxes, form.elements.notes]) if (box.checked && belongs(box)) parameters.set(box.name, "yes");
    const hasChoice = order.length || texts.some((field) => field.value.trim());
    history.replaceState(null, "", hasChoice ? `?cases=${order.join(",")}&${parameters}` : location.pathname);
  };

  // The form

  const show = () => {
    for (const [slug, box] of boxes) box.checked = order.includes(slug);
    list.replaceChildren(...order.map((slug, place) => {
      const entry = item.cloneNode(true);
      entry.dataset.slug = slug;
      withLanguage(entry.firstElementChild, slug).textContent = title(slug);
      for (const button of entry.querySelectorAll("button")) {
        button.lastElementChild.textContent = ` ${title(slug)}`;
        button.disabled = Boolean(+button.dataset.step) && !order[place + Number(button.dataset.step)];
      }
      return entry;
    }));
    for (const group of form.querySelectorAll("[data-for]")) group.hidden = !belongs(group);
    if (!order.length) status.textContent = labels.none;
    assemble();
  };

  const placeMessage = (slug) => fill(labels.placed, { title: title(slug), place: order.indexOf(slug) + 1, count: order.length });

  const update = (message = "") => {
    unknown = [];
    show();
    write();
    if (message && order.length) status.textContent = message;
  };

  const tick = ({ value: slug, checked }) => {
    order = checked ? [...order, slug] : order.filter((other) => other !== slug);
    update(checked ? placeMessage(slug) : fill(labels.removed, { title: title(slug) }));
  };

  const move = (slug, step) => {
    const from = order.indexOf(slug);
    order.splice(from, 1);
    if (step) order.splice(from + step, 0, slug);
    update(step ? placeMessage(slug) : fill(labels.removed, { title: title(slug) }));
    // The focus stays with the case that was moved; after a removal it goes on to the next one.
    const buttons = step ? [...list.children[from + step].querySelectorAll("button")] : [...list.querySelectorAll("[data-step='0']")];
    const nextButton = step ? buttons.find((button) => Number(button.dataset.step) === step && !button.disabled) ?? buttons.find((button) => !button.disabled) : buttons[Math.min(from, buttons.length - 1)];
    (nextButton ?? findField ?? boxes.get(slug)).focus();
  };

  // The document

  const loadedParts = new Map();
  const load = (slug, edition) => {
    const address = new URL(`${labels.builder}${slug}-${edition}.html`, location.href);
    const loadPart = async () => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(address);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".pack-part");
      for (const piece of [part, ...[...part.querySelectorAll("template")].map(({ content }) => content)]) {
        for (const name of ["src", "href"]) {
          for (const element of piece.querySelectorAll(`[${name}]`)) {
            const link = element.getAttribute(name);
            if (!link.startsWith("#")) element.setAttribute(name, new URL(link, address));
          }
        }
      }
      return part;
    };
    if (!loadedParts.has(address.href)) loadedParts.set(address.href, loadPart().catch((error) => { loadedParts.delete(address.href); throw error; }));
    return loadedParts.get(address.href);
  };

  // Removes the plans of other lengths from the guide, as `casebuilder pack --minutes` makes it.
  const keepPlansOf = (part, minutes) => {
    const plans = [...part.querySelectorAll("[data-minutes]")];
    if (!plans.some((plan) => plan.dataset.minutes === minutes)) return false;
    for (const plan of plans) if (plan.dataset.minutes !== minutes) plan.remove();
    return true;
  };

  // Arranges a handout for a room, of pieces that its page brings, as `casebuilder pack` does.
  const arrange = (part) => {
    const piece = (name) => part.querySelector(`template[data-piece="${name}"]`)?.content;
    const isChosen = (name) => form.elements[name].checked;
    const questions = part.querySelector(".questions");
    const decision = part.querySelector(".decision");
    if (isChosen("groups")) {
      part.querySelector(".title").after(piece("team"));
      decision.querySelector(".box").append(piece("unless"));
    }
    if (isChosen("reveal") && piece("revealed")) {
      const story = part.querySelector(".story");
      for (const laterPart of [...story.querySelectorAll(".part")].slice(1)) laterPart.remove();
      story.after(piece("revealed"));
      questions.classList.add("sheet");
    }
    if (isChosen("jigsaw") && piece("jigsaw")) {
      questions.replaceWith(piece("jigsaw"));
      decision.classList.add("sheet");
    }
    if (isChosen("roles") && piece("roles")) part.append(piece("roles"));
    for (const piece of part.querySelectorAll("template")) piece.remove();
  };

  // Inserts the notes of this reader, which notes.js stores.
  const insertNotes = (part, slug) => {
    for (const question of part.querySelectorAll("[data-question]")) {
      let note = "";
      try { note = localStorage.getItem(`cb-note/${slug}/${question.dataset.question}`) ?? ""; } catch { /* this browser stores nothing */ }
      if (note.trim()) question.querySelector(".lines").replaceChildren(make("p", note.trim(), { className: "written" }));
    }
  };

  const makePart = async (slug, report) => {
    const edition = value("edition");
    const values = { title: title(slug), minutes: value("minutes") };
    if (!boxes.get(slug).dataset.editions.split(" ").includes(edition)) return report(fill(labels.unreleased, values));
    let element;
    try { element = document.importNode(await load(slug, edition), true); } catch { return report(fill(labels.failed, values)); }
    element.dataset.slug = slug;
    if (belongs(form.elements.minutes) && values.minutes && !keepPlansOf(element, values.minutes)) report(fill(labels.unplanned, values));
    if (belongs(arrangementBoxes[0])) arrange(element);
    if (belongs(form.elements.notes) && form.elements.notes.checked) insertNotes(element, slug);
    return element;
  };

  const makeCover = (parts) => {
    const [name, day, facilitator] = texts.map((field) => field.value.trim());
    const cases = parts.map((part) => boxes.get(part.dataset.slug).dataset);
    const strictest = cases.toSorted((one, other) => other.strict - one.strict)[0];
    const front = make("section", "", { className: "front" });
    front.append(make("p", form.elements.edition.selectedOptions[0].dataset.plural, { className: "kicker" }), make("h1", name || labels.series));
    if (day || facilitator) front.append(make("p", [day, facilitator].filter(Boolean).join(" · "), { className: "teaser" }));
    const colophon = make("div", "", { className: "colophon" });
    const [before, after] = labels.whole.split("{licence}");
    const licence = make("p", before);
    licence.append(make("a", strictest.licence, { className: "plain", href: strictest.terms }), after);
    colophon.append(make("p", [labels.series, labels.home].filter(Boolean).join(" · ")), licence);
    front.append(colophon);
    if (parts.length < 2) return [front];
    const contents = make("section", "", { className: "contents" });
    contents.append(make("h2", labels.contents));
    parts.forEach((part, place) => {
      const line = make("p");
      line.append(make("span", `${place + 1}`, { className: "number" }), " ", withLanguage(make("a", title(part.dataset.slug), { className: "entry", href: `#${part.id}` }), part.dataset.slug));
      const entry = make("div", "", { className: "one" });
      entry.append(line);
      contents.append(entry);
    });
    return [front, contents];
  };

  // Text for a page margin as a CSS string, escaped so that typed text cannot end it.
  const cssString = (text) => `"${[...text].map((letter) => (/[\w ]/.test(letter) ? letter : `\\${letter.codePointAt(0).toString(16)} `)).join("")}"`;

  // No browser takes running lines from the text, so each case gets a kind of page of its own.
  const setRunningLines = (parts) => {
    const pageNumber = labels.page.split(/(\{pages?\})/).filter(Boolean).map((piece) => ({ "{page}": "counter(page)", "{pages}": "counter(pages)" })[piece] ?? cssString(piece));
    const rules = [`@page { size: ${SIZES[value("paper")]}; @bottom-right { content: ${pageNumber.join(" ")} } }`];
    const series = cssString(labels.series);
    parts.forEach((part, place) => {
      const { header, footer, slug } = part.dataset;
      const lines = (right) => `@top-left { content: ${series} } @top-right { content: ${cssString(right)} } @bottom-left { content: ${cssString(footer)} }`;
      rules.push(`[data-slug="${slug}"].pack-part { page: case-${place} } @page case-${place} { ${lines(header)} }`);
      const copiedForm = part.querySelector("[data-copied]");
      if (copiedForm) rules.push(`[data-slug="${slug}"] [data-copied] { page: form-${place} } @page form-${place} { ${lines(copiedForm.dataset.copied)} }`);
    });
    pageSheet.replaceSync(rules.join("\n"));
  };

  const assemble = async () => {
    const run = ++latestRun;
    print.disabled = true;
    const messages = unknown.map((slug) => fill(labels.unknown, { title: slug }));
    const results = await Promise.all(order.map((slug) => makePart(slug, (message) => { messages.push(message); })));
    if (run !== latestRun) return;
    const parts = results.filter(Boolean);
    notices.replaceChildren(...messages.map((message) => make("li", message)));
    const needsCover = parts.length > 1 || (parts.length && texts.some((field) => field.value.trim()));
    preview.className = `cb-builder-preview cb-sheet ${value("edition")}`;
    preview.replaceChildren(...(needsCover ? makeCover(parts) : []), ...parts);
    preview.hidden = !parts.length;
    print.disabled = !parts.length;
    setRunningLines(parts);
  };

  // The name under which a browser saves the PDF.
  const pageTitle = document.title;
  addEventListener("beforeprint", () => { if (!preview.hidden) document.title = value("title") || preview.querySelector("h1").textContent; });
  addEventListener("afterprint", () => { document.title = pageTitle; });

  // The cases: a long series' are loaded first, and so many shown as somebody would read through.
  const LISTED = 30;
  const narrowList = () => {
    const words = findField.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const entries = [...cases.children];
    const matching = entries.filter((entry) => { const text = entry.textContent.toLocaleLowerCase(); return words.every((word) => text.includes(word)); });
    const listed = new Set(matching.slice(0, LISTED));
    for (const entry of entries) entry.hidden = !listed.has(entry);
    form.querySelector("[data-listed]").textContent = findField.dataset.found.replace("{}", listed.size);
  };

  const begin = async () => {
    if (findField) {
      try {
        const answer = await fetch(new URL(findField.dataset.choices, location.href));
        if (!answer.ok) throw new Error(answer.url);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        cases.append(...page.querySelectorAll("li"));
        narrowList();
      } catch { notices.append(make("li", findField.dataset.failed)); return; }
      findField.addEventListener("input", narrowList);
      form.addEventListener("reset", () => setTimeout(narrowList));
    }
    for (const box of cases.querySelectorAll("[name=case]")) boxes.set(box.value, box);
    read();
  };

  let pause;
  form.addEventListener("input", ({ target }) => {
    if (!texts.includes(target)) return;
    clearTimeout(pause);
    pause = setTimeout(update, 250);
  });
  form.addEventListener("change", ({ target }) => {
    clearTimeout(pause);
    if (target.name === "case") tick(target);
    else update();
  });
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) move(button.closest("li").dataset.slug, Number(button.dataset.step));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { order = []; update(); (findField ?? boxes.values().next().value).focus(); }));
  print.addEventListener("click", async () => {
    await Promise.all([document.fonts.ready, ...[...preview.querySelectorAll("img")].map((picture) => picture.decode().catch(() => {}))]);
    globalThis.print();
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) read(); });
  begin();
})();
