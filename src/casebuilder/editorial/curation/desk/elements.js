// Making and replacing elements. Words are only ever set as text: what stands in a record is never read as HTML.
const Elements = (() => {
  "use strict";

  // Elements that hold words of a record, in whatever script its people write.
  const QUOTING = ["blockquote", "q", "bdi", "textarea"];

  // make("button", {class: "x", "aria-label": "y", onclick: f, disabled: true}, "words", another, [more])
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "value") element.value = value;
      else if (key === "checked") element.checked = value;
      else if (key === "colour") element.style.setProperty("--desk-theme", `var(--desk-theme-${value})`);
      else element.setAttribute(key, value === true ? "" : value);
    }
    if (QUOTING.includes(name) && !("dir" in attributes)) element.dir = "auto";
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
    return element;
  };

  const TEXT_BOXES = "textarea, input:not([type=checkbox], [type=radio], [type=file])";
  const isTyping = (element = document.activeElement) => Boolean(element?.matches?.(TEXT_BOXES));

  // Replaces what an element holds. The focus stays on what has the same `data-keep`, and so does the scroll; a box in
  // which somebody types is left in peace, and the rest is drawn when they leave it.
  const delayed = new Map();
  let pressedElement = null;
  const fill = (place, children) => {
    const active = document.activeElement;
    const isPressed = pressedElement && place.contains(pressedElement);
    if (isPressed || (place.contains(active) && isTyping(active) && active.closest("[data-typing]"))) {
      delayed.set(place, children);
      return;
    }
    delayed.delete(place);
    const keep = place.contains(active) ? active.closest("[data-keep]")?.dataset.keep : null;
    const open = new Set([...place.querySelectorAll("details[open][data-keep]")].map((each) => each.dataset.keep));
    const top = place.scrollTop;
    place.replaceChildren(...[children()].flat(Infinity).filter(Boolean));
    for (const each of place.querySelectorAll("details[data-keep]")) if (open.has(each.dataset.keep)) each.open = true;
    place.scrollTop = top;
    if (keep) (place.querySelector(`[data-keep="${CSS.escape(keep)}"]`) ?? place).focus({ preventScroll: true });
  };
  const catchUp = () => setTimeout(() => { for (const [place, children] of [...delayed]) fill(place, children); });
  document.addEventListener("focusout", (event) => {
    if (!event.target.closest?.("[data-typing]")) return;
    Store.settle();
    catchUp();
  });
  // A button that is replaced between press and release would never be clicked.
  document.addEventListener("pointerdown", (event) => { pressedElement = event.target; }, true);
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => { pressedElement = null; catchUp(); }, true);

  const button = (words, press, attributes = {}) => make("button", { type: "button", class: "desk-button", onclick: press, ...attributes }, words);
  const quiet = (words, press, attributes = {}) => button(words, press, { class: "desk-quiet", ...attributes });
  const key = (name) => make("kbd", { "aria-hidden": "true" }, name);
  const letter = (section) => make("span", { class: "desk-letter", colour: section.colour }, section.letter);

  // A labelled text box that saves as one types. `commit` is given the text; Ctrl+Enter leaves the box.
  let boxes = 0;
  const box = (label, value, commit, { rows = 2, hint = "", keep = label, name = "" } = {}) => {
    boxes += 1;
    const id = `box-${boxes}`;
    const attributes = { id, class: "desk-box", "data-typing": true, "data-keep": keep, name: name || null, value, oninput: (event) => commit(event.target.value) };
    const field = rows > 1 ? make("textarea", { ...attributes, rows }) : make("input", { ...attributes, type: "text", dir: "auto" });
    if (hint) field.setAttribute("aria-describedby", `${id}-hint`);
    return make("p", { class: "desk-field" }, make("label", { for: id }, label), field, hint && make("span", { class: "desk-hint", id: `${id}-hint` }, hint));
  };
  const select = (label, value, options, choose, attributes = {}) => {
    boxes += 1;
    const id = `box-${boxes}`;
    const list = make("select", { id, onchange: (event) => choose(event.target.value), ...attributes }, options.map(([name, words]) => make("option", { value: name, selected: name === value }, words)));
    list.value = value;
    return make("p", { class: "desk-field" }, make("label", { for: id }, label), list);
  };
  const tick = (label, checked, choose, attributes = {}) => make("label", { class: "desk-tick" }, make("input", { type: "checkbox", checked, onchange: (event) => choose(event.target.checked), ...attributes }), make("span", {}, label));

  // Numbers as the reader's language writes them.
  const many = (count, one, more) => `${count.toLocaleString()} ${count === 1 ? one : more}`;
  // The time of this computer by 24 hours, as the site writes times.
  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  // A day as the site writes it in English: "1 February 2026".
  const day = (iso) => { const date = new Date(`${iso}T00:00:00Z`); return Number.isNaN(date.getTime()) ? iso : date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }); };
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10); };
  const countries = typeof Intl.DisplayNames === "function" ? new Intl.DisplayNames([], { type: "region" }) : null;
  const country = (code) => { try { return (code && countries?.of(code)) || code || ""; } catch { return code; } };
  const short = (words, length = 70) => { const points = [...words.replace(/\s+/g, " ").trim()]; return points.length > length ? `${points.slice(0, length - 1).join("").replace(/[\s.,;:!?…]+$/u, "")}…` : points.join(""); };

  // Says what happened, for eyes and for screen readers.
  let fadingTimer = 0;
  const say = (words) => {
    const status = document.getElementById("said");
    status.textContent = words;
    status.classList.add("desk-said--shown");
    clearTimeout(fadingTimer);
    fadingTimer = setTimeout(() => status.classList.remove("desk-said--shown"), 5000);
  };

  return { make, fill, button, quiet, key, letter, box, select, tick, many, clock, day, today, country, short, say, isTyping };
})();
