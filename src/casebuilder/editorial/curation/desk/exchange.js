// A curation on its way into the page and out of it. A file that a curator opens may be damaged, or made to do harm:
// only what has the right form is taken, and what names nothing of this desk is left out and counted. No DOM here.
const Exchange = (() => {
  "use strict";
  const FORMAT = 1;
  // As in deskschema.py. A text is never cut: the series' own files come this way, too, and what is cut here would be lost there.
  const LONGEST = 100_000;
  const text = (value) => (typeof value === "string" ? value : "");
  const list = (value) => (Array.isArray(value) ? value : []);
  const objectOrEmpty = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});
  const oneOf = (value, allowed, otherwise) => (allowed.includes(value) ? value : otherwise);
  const MODES = ["named", "anonymous", "paraphrase"];
  const STATES = ["pending", "granted", "licensed", "not-needed", "refused", "withdrawn"];
  const USES = ["site", "print", "card"];
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

  const author = ({ author: name, role, country }) => ({ name, role: role ?? "", country: country ?? "" });
  const isSameAuthor = (by, other) => ["name", "role", "country"].every((field) => (by?.[field] ?? "") === other[field]);

  const consent = (value) => {
    const { state, on, how, uses } = objectOrEmpty(value);
    const consent = { state: oneOf(state, STATES, "pending"), on: text(on), how: text(how) };
    return Array.isArray(uses) ? { ...consent, uses: USES.filter((use) => uses.includes(use)) } : consent;
  };

  // Returns a quote as the page keeps it: without words and author if both are the record's own.
  const quote = (value, records) => {
    const { id, contribution, passages, mode, by, theme, question, dissent, memo, quoted, extra } = objectOrEmpty(value);
    const record = records.get(contribution);
    const spans = list(passages).map((each) => ({ start: each?.start, end: each?.end }));
    const isSound = Boolean(record) && Passages.sound(record.text, spans);
    const quote = {
      id, contribution, passages: isSound ? spans : [], text: text(value.text), mode: oneOf(mode, MODES, "named"), by: null,
      theme: text(theme), question: text(question), dissent: dissent === true, memo: text(memo), quoted: quoted !== false,
      consent: consent(value.consent), extra: extra === true,
    };
    if (isSound && quote.mode !== "paraphrase" && (!quote.text || isSameText(quote.text, Passages.quoted(record.text, spans)))) quote.text = "";
    const recordAuthor = record && (quote.mode === "named" ? author(record) : { ...author(record), name: "" });
    const givenAuthor = { name: text(by?.name), role: text(by?.role), country: text(by?.country) };
    if (by && !(recordAuthor && isSameAuthor(givenAuthor, recordAuthor))) quote.by = givenAuthor;
    return quote;
  };
  const isSameText = (a, b) => a.split(/\s+/).join(" ").replaceAll("[...]", "[…]") === b.split(/\s+/).join(" ").replaceAll("[...]", "[…]");

  const theme = (value, place) => ({
    id: value.id, title: text(value.title) || value.id, colour: Number.isInteger(value.colour) && value.colour >= 0 ? value.colour % Curation.COLOURS : place % Curation.COLOURS,
    letter: /^[\p{L}\d][\w-]{0,3}$/u.test(text(value.letter)) ? value.letter : String.fromCharCode(65 + (place % 26)), summary: text(value.summary),
  });

  const unique = (entries) => [...new Map(entries.map((each) => [each.id, each])).values()];
  const withIds = (value) => list(value).filter((each) => typeof objectOrEmpty(each).id === "string" && ID.test(each.id));

  // Returns [curation, left out]: what of a value can be used with the contributions of a desk. `own` are ids of quotes
  // that stay although their contribution is not shown: what is left out here would be deleted from quotes.yml.
  const read = (value, contributions, keptIds = new Set()) => {
    const records = new Map(contributions.map((each) => [each.id, each]));
    const fields = objectOrEmpty(value);
    const themes = unique(withIds(fields.themes)).map(theme);
    const knownQuotes = unique(withIds(fields.quotes).filter((each) => records.has(each.contribution) || keptIds.has(each.id)));
    const flags = Object.entries(objectOrEmpty(fields.contributions)).filter(([id]) => records.has(id));
    const curation = {
      format: FORMAT, case: text(fields.case), desk: text(fields.desk), base: objectOrEmpty(fields.base), revision: Number.isInteger(fields.revision) ? fields.revision : 0,
      arranged: oneOf(fields.arranged, ["themes", "questions"], "themes"), curators: list(fields.curators).filter((each) => typeof each === "string"),
      method: text(fields.method), method_automatic: fields.method_automatic !== false, introduction: text(fields.introduction),
      themes, quotes: knownQuotes.map((each) => quote(each, records)),
      contributions: Object.fromEntries(flags.map(([id, flag]) => [id, { ...(flag?.read === true && { read: true }), ...(typeof flag?.spam === "boolean" && { spam: flag.spam }), ...(text(flag?.memo) && { memo: text(flag.memo) }) }])),
    };
    return [curation, list(fields.quotes).length - knownQuotes.length + list(fields.themes).length - themes.length];
  };

  // Returns who a quote is by, as it will be printed.
  const by = (mark, record) => {
    if (mark.by) return mark.by;
    if (!record || mark.mode === "paraphrase") return { name: "", role: "", country: "" };
    const { name, role, country } = author(record);
    return mark.mode === "named" ? { name, role, country } : { name: "", role, country: "" };
  };
  const words = (mark, record) => mark.text || (record && mark.mode !== "paraphrase" ? Passages.quoted(record.text, mark.passages) : "");

  // Returns the curation as Python reads it.
  const write = (curation, contributions) => {
    const records = new Map(contributions.map((each) => [each.id, each]));
    const quotes = curation.quotes.map((mark) => ({
      ...mark, text: words(mark, records.get(mark.contribution)), by: by(mark, records.get(mark.contribution)),
      consent: { ...mark.consent, on: mark.consent.on || null },
    }));
    return { ...curation, quotes };
  };

  // Returns whether a text somewhere in a value is longer than Python takes. It counts code points, as Python does.
  const tooLong = (value) => {
    for (const stack = [value]; stack.length;) {
      const each = stack.pop();
      if (typeof each === "string" && each.length > LONGEST && [...each].length > LONGEST) return true;
      if (each && typeof each === "object") for (const inner of Object.values(each)) stack.push(inner);
    }
    return false;
  };

  // Why a file cannot be opened here, in words for its curator; "" if it can.
  const refusal = (value, desk) => {
    const fields = objectOrEmpty(value);
    if (fields.format !== FORMAT || !Array.isArray(fields.quotes) || !Array.isArray(fields.themes)) return "This file does not hold the work of a curation desk. Choose a file whose name ends in .curation.json.";
    if (fields.desk !== desk.desk) return `This file belongs to another desk${fields.case && fields.case !== desk.case ? `, of the case “${text(fields.case).slice(0, 80)}”` : ""}. Open it there.`;
    if (tooLong(value)) return `This file holds a text of more than ${LONGEST.toLocaleString("en")} characters, and nothing of it was opened. Shorten that text where the file was made, and download it again.`;
    return "";
  };

  return { read, write, words, by, refusal, MODES, USES };
})();
