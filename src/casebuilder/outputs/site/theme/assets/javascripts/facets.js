// Filters the list of all cases. The filters are in the page's address, so that it can be shared and bookmarked.
(() => {
  "use strict";
  const form = document.querySelector("[data-facets]");
  const fields = [...form.querySelectorAll("select")];
  const valuesOf = ({ dataset, options }, values) => ("numbered" in dataset ? values.map((number) => options[number]?.value) : values);
  const entries = [...document.querySelectorAll(".cb-entries > .cb-entry")].map((element) => ({
    element,
    values: Object.fromEntries(fields.map((field) => [field.name, valuesOf(field, (element.dataset[field.name] ?? "").split(" "))])),
  }));
  const status = form.querySelector("[role=status]");
  const all = status.textContent;
  const reset = form.querySelector("[type=reset]");
  // The filters that an entry does not match; values that no case has any more are ignored.
  const unmatchedFields = ({ values }) => fields.filter(({ name, value }) => value && !values[name].includes(value));

  const narrow = () => {
    const counts = new Map(fields.map((field) => [field, new Map()]));
    let found = 0;
    for (const entry of entries) {
      const unmatched = unmatchedFields(entry);
      entry.element.hidden = unmatched.length > 0;
      found += unmatched.length === 0;
      // Each field shows how many cases it would find with all other filters unchanged.
      const counted = [fields, unmatched][unmatched.length] ?? [];
      for (const field of counted) {
        const countByValue = counts.get(field);
        for (const value of entry.values[field.name]) countByValue.set(value, (countByValue.get(value) ?? 0) + 1);
      }
    }
    for (const field of fields) {
      for (const option of field.options) {
        if (!option.value) continue;
        const count = counts.get(field).get(option.value) ?? 0;
        option.textContent = `${option.dataset.label} (${count})`;
        option.disabled = count === 0 && !option.selected;
      }
    }
    for (const list of document.querySelectorAll(".cb-entries")) {
      list.hidden = !list.querySelector(":scope > .cb-entry:not([hidden])");
      if (list.previousElementSibling?.tagName === "H2") list.previousElementSibling.hidden = list.hidden;
    }
    const chosen = fields.some((field) => field.value);
    status.textContent = chosen ? status.dataset.one.replace("{}", found) : all;
    reset.disabled = !chosen;
  };

  const read = () => {
    const parameters = new URLSearchParams(location.search);
    for (const field of fields) {
      const value = parameters.get(field.name) ?? "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    narrow();
  };
  const write = () => {
    const address = new URL(location.href);
    address.search = new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]));
    history.replaceState(null, "", address);
    narrow();
  };

  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(write));
  addEventListener("pageshow", read);
  read();
})();
