// The pack builder: chosen cases become one document, in this page, for the browser's own print dialogue. The choice
// stands in the address, so that it can be sent and found again. What a reader types is only ever set as text.
(() => {
  "use strict";
  const form = document.querySelector("[data-builder]");
  const preview = document.querySelector(".cb-builder-preview");
  const said = form.dataset;
  const list = form.querySelector(".cb-builder-order");
  const item = form.querySelector("template").content.firstElementChild;
  const status = form.querySelector("[role=status]");
  const notices = form.querySelector(".cb-builder-notices");
  const print = form.querySelector("[data-print]");
  const cases = form.querySelector(".cb-builder-cases");
  const find = form.querySelector("#build-find");
  const boxes = new Map();
  const choices = ["edition", "paper", "minutes"].map((name) => form.elements[name]);
  const arranged = [...form.querySelectorAll("[data-arranged]")];
  const texts = ["title", "date", "facilitator"].map((name) => form.elements[name]);
  const SIZES = { a4: "A4", letter: "letter" };
  const running = new CSSStyleSheet();
  document.adoptedStyleSheets.push(running);
  let order = [];
  let unknown = [];
  let latest = 0;

  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const make = (name, words = "", attributes = {}) => Object.assign(document.createElement(name), { textContent: words }, attributes);
  const title = (slug) => boxes.get(slug).dataset.title;
  // A title in the language of its case, where that is not the page's.
  const spoken = (element, slug) => {
    const { lang } = boxes.get(slug).closest("label");
    return lang ? Object.assign(element, { lang }) : element;
  };
  const value = (name) => form.elements[name].value.trim();
  // Whether the chosen edition has a field's option.
  const belongs = (field) => field.closest("[data-for]").dataset.for.split(" ").includes(value("edition"));

  // The address

  const read = () => {
    const asked = new URLSearchParams(location.search);
    const named = [...new Set((asked.get("cases") ?? "").split(",").filter(Boolean))];
    order = named.filter((slug) => boxes.has(slug));
    unknown = named.filter((slug) => !boxes.has(slug));
    for (const field of choices) {
      const wanted = asked.get(field.name) ?? "";
      field.value = [...field.options].some((option) => option.value === wanted) ? wanted : field.options[0].value;
    }
    for (const field of texts) field.value = (asked.get(field.name) ?? "").slice(0, field.maxLength);
    for (const box of [form.elements.notes, ...arranged]) box.checked = asked.has(box.name);
    show();
  };

  const write = () => {
    const rest = new URLSearchParams([...choices, ...texts].filter((field) => field.value.trim() && !field.closest("p").hidden).map(({ name }) => [name, value(name)]));
    for (const box of [...arranged, form.elements.notes]) if (box.checked && belongs(box)) rest.set(box.name, "yes");
    const begun = order.length || texts.some((field) => field.value.trim());
    history.replaceState(null, "", begun ? `?cases=${order.join(",")}&${rest}` : location.pathname);
  };

  // The form

  const show = () => {
    for (const [slug, box] of boxes) box.checked = order.includes(slug);
    list.replaceChildren(...order.map((slug, place) => {
      const shown = item.cloneNode(true);
      shown.dataset.slug = slug;
      spoken(shown.firstElementChild, slug).textContent = title(slug);
      for (const button of shown.querySelectorAll("button")) {
        button.lastElementChild.textContent = ` ${title(slug)}`;
        button.disabled = Boolean(+button.dataset.step) && !order[place + Number(button.dataset.step)];
      }
      return shown;
    }));
    for (const part of form.querySelectorAll("[data-for]")) part.hidden = !belongs(part);
    if (!order.length) status.textContent = said.none;
    assemble();
  };

  const placed = (slug) => fill(said.placed, { title: title(slug), place: order.indexOf(slug) + 1, count: order.length });

  const changed = (words = "") => {
    unknown = [];
    show();
    write();
    if (words && order.length) status.textContent = words;
  };

  const tick = ({ value: slug, checked }) => {
    order = checked ? [...order, slug] : order.filter((other) => other !== slug);
    changed(checked ? placed(slug) : fill(said.removed, { title: title(slug) }));
  };

  const move = (slug, step) => {
    const from = order.indexOf(slug);
    order.splice(from, 1);
    if (step) order.splice(from + step, 0, slug);
    changed(step ? placed(slug) : fill(said.removed, { title: title(slug) }));
    // The focus stays with the case that was moved; after a removal it goes on to the next one.
    const buttons = step ? [...list.children[from + step].querySelectorAll("button")] : [...list.querySelectorAll("[data-step='0']")];
    const next = step ? buttons.find((button) => Number(button.dataset.step) === step && !button.disabled) ?? buttons.find((button) => !button.disabled) : buttons[Math.min(from, buttons.length - 1)];
    (next ?? find ?? boxes.get(slug)).focus();
  };

  // The document

  const loaded = new Map();
  const load = (slug, edition) => {
    const address = new URL(`${said.builder}${slug}-${edition}.html`, location.href);
    const get = async () => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(address);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".pack-part");
      for (const piece of [part, ...[...part.querySelectorAll("template")].map(({ content }) => content)]) {
        for (const name of ["src", "href"]) {
          for (const element of piece.querySelectorAll(`[${name}]`)) {
            const written = element.getAttribute(name);
            if (!written.startsWith("#")) element.setAttribute(name, new URL(written, address));
          }
        }
      }
      return part;
    };
    if (!loaded.has(address.href)) loaded.set(address.href, get().catch((error) => { loaded.delete(address.href); throw error; }));
    return loaded.get(address.href);
  };

  // The guide then holds the plans of one length alone, as `casebuilder pack --minutes` makes it.
  const timed = (part, minutes) => {
    const plans = [...part.querySelectorAll("[data-minutes]")];
    if (!plans.some((plan) => plan.dataset.minutes === minutes)) return false;
    for (const plan of plans) if (plan.dataset.minutes !== minutes) plan.remove();
    return true;
  };

  // A handout as a room needs it, of pieces that its page brings: as `casebuilder pack` arranges it.
  const arrange = (part) => {
    const piece = (name) => part.querySelector(`template[data-piece="${name}"]`)?.content;
    const wanted = (name) => form.elements[name].checked;
    const questions = part.querySelector(".questions");
    const decision = part.querySelector(".decision");
    if (wanted("groups")) {
      part.querySelector(".title").after(piece("team"));
      decision.querySelector(".box").append(piece("unless"));
    }
    if (wanted("reveal") && piece("revealed")) {
      const story = part.querySelector(".story");
      for (const later of [...story.querySelectorAll(".part")].slice(1)) later.remove();
      story.after(piece("revealed"));
      questions.classList.add("sheet");
    }
    if (wanted("jigsaw") && piece("jigsaw")) {
      questions.replaceWith(piece("jigsaw"));
      decision.classList.add("sheet");
    }
    if (wanted("roles") && piece("roles")) part.append(piece("roles"));
    for (const left of part.querySelectorAll("template")) left.remove();
  };

  // See notes.js, which keeps them.
  const noted = (part, slug) => {
    for (const question of part.querySelectorAll("[data-question]")) {
      let note = "";
      try { note = localStorage.getItem(`cb-note/${slug}/${question.dataset.question}`) ?? ""; } catch { /* this browser stores nothing */ }
      if (note.trim()) question.querySelector(".lines").replaceChildren(make("p", note.trim(), { className: "written" }));
    }
  };

  const part = async (slug, report) => {
    const edition = value("edition");
    const words = { title: title(slug), minutes: value("minutes") };
    if (!boxes.get(slug).dataset.editions.split(" ").includes(edition)) return report(fill(said.unreleased, words));
    let own;
    try { own = document.importNode(await load(slug, edition), true); } catch { return report(fill(said.failed, words)); }
    own.dataset.slug = slug;
    if (belongs(form.elements.minutes) && words.minutes && !timed(own, words.minutes)) report(fill(said.unplanned, words));
    if (belongs(arranged[0])) arrange(own);
    if (belongs(form.elements.notes) && form.elements.notes.checked) noted(own, slug);
    return own;
  };

  const cover = (parts) => {
    const [name, day, facilitator] = texts.map((field) => field.value.trim());
    const own = parts.map((one) => boxes.get(one.dataset.slug).dataset);
    const strictest = own.toSorted((one, other) => other.strict - one.strict)[0];
    const front = make("section", "", { className: "front" });
    front.append(make("p", form.elements.edition.selectedOptions[0].dataset.plural, { className: "kicker" }), make("h1", name || said.series));
    if (day || facilitator) front.append(make("p", [day, facilitator].filter(Boolean).join(" · "), { className: "teaser" }));
    const colophon = make("div", "", { className: "colophon" });
    const [before, after] = said.whole.split("{licence}");
    const licence = make("p", before);
    licence.append(make("a", strictest.licence, { className: "plain", href: strictest.terms }), after);
    colophon.append(make("p", [said.series, said.home].filter(Boolean).join(" · ")), licence);
    front.append(colophon);
    if (parts.length < 2) return [front];
    const contents = make("section", "", { className: "contents" });
    contents.append(make("h2", said.contents));
    parts.forEach((one, place) => {
      const line = make("p");
      line.append(make("span", `${place + 1}`, { className: "number" }), " ", spoken(make("a", title(one.dataset.slug), { className: "entry", href: `#${one.id}` }), one.dataset.slug));
      const entry = make("div", "", { className: "one" });
      entry.append(line);
      contents.append(entry);
    });
    return [front, contents];
  };

  // Text for a page margin as a CSS string, escaped so that typed text cannot end it.
  const quoted = (words) => `"${[...words].map((letter) => (/[\w ]/.test(letter) ? letter : `\\${letter.codePointAt(0).toString(16)} `)).join("")}"`;

  // No browser takes running lines from the text, so each case gets a kind of page of its own.
  const paged = (parts) => {
    const counted = said.page.split(/(\{pages?\})/).filter(Boolean).map((cut) => ({ "{page}": "counter(page)", "{pages}": "counter(pages)" })[cut] ?? quoted(cut));
    const rules = [`@page { size: ${SIZES[value("paper")]}; @bottom-right { content: ${counted.join(" ")} } }`];
    const series = quoted(said.series);
    parts.forEach((one, place) => {
      const { header, footer, slug } = one.dataset;
      const lines = (right) => `@top-left { content: ${series} } @top-right { content: ${quoted(right)} } @bottom-left { content: ${quoted(footer)} }`;
      rules.push(`[data-slug="${slug}"].pack-part { page: case-${place} } @page case-${place} { ${lines(header)} }`);
      const copied = one.querySelector("[data-copied]");
      if (copied) rules.push(`[data-slug="${slug}"] [data-copied] { page: form-${place} } @page form-${place} { ${lines(copied.dataset.copied)} }`);
    });
    running.replaceSync(rules.join("\n"));
  };

  const assemble = async () => {
    const turn = ++latest;
    print.disabled = true;
    const messages = unknown.map((slug) => fill(said.unknown, { title: slug }));
    const found = await Promise.all(order.map((slug) => part(slug, (words) => { messages.push(words); })));
    if (turn !== latest) return;
    const parts = found.filter(Boolean);
    notices.replaceChildren(...messages.map((words) => make("li", words)));
    const wanted = parts.length > 1 || (parts.length && texts.some((field) => field.value.trim()));
    preview.className = `cb-builder-preview cb-sheet ${value("edition")}`;
    preview.replaceChildren(...(wanted ? cover(parts) : []), ...parts);
    preview.hidden = !parts.length;
    print.disabled = !parts.length;
    paged(parts);
  };

  // The name under which a browser saves the PDF.
  const named = document.title;
  addEventListener("beforeprint", () => { if (!preview.hidden) document.title = value("title") || preview.querySelector("h1").textContent; });
  addEventListener("afterprint", () => { document.title = named; });

  // The cases: a long series' are loaded first, and so many shown as somebody would read through.
  const LISTED = 30;
  const narrow = () => {
    const words = find.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const every = [...cases.children];
    const found = every.filter((one) => { const said = one.textContent.toLocaleLowerCase(); return words.every((word) => said.includes(word)); });
    const shown = new Set(found.slice(0, LISTED));
    for (const one of every) one.hidden = !shown.has(one);
    form.querySelector("[data-listed]").textContent = find.dataset.found.replace("{}", shown.size);
  };

  const begin = async () => {
    if (find) {
      try {
        const answer = await fetch(new URL(find.dataset.choices, location.href));
        if (!answer.ok) throw new Error(answer.url);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        cases.append(...page.querySelectorAll("li"));
        narrow();
      } catch { notices.append(make("li", find.dataset.failed)); return; }
      find.addEventListener("input", narrow);
      form.addEventListener("reset", () => setTimeout(narrow));
    }
    for (const box of cases.querySelectorAll("[name=case]")) boxes.set(box.value, box);
    read();
  };

  let pause;
  form.addEventListener("input", ({ target }) => {
    if (!texts.includes(target)) return;
    clearTimeout(pause);
    pause = setTimeout(changed, 250);
  });
  form.addEventListener("change", ({ target }) => {
    clearTimeout(pause);
    if (target.name === "case") tick(target);
    else changed();
  });
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) move(button.closest("li").dataset.slug, Number(button.dataset.step));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { order = []; changed(); (find ?? boxes.values().next().value).focus(); }));
  print.addEventListener("click", async () => {
    await Promise.all([document.fonts.ready, ...[...preview.querySelectorAll("img")].map((picture) => picture.decode().catch(() => {}))]);
    globalThis.print();
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) read(); });
  begin();
})();
