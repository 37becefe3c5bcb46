// The thread for a reader: in which order, how deep, what a filter leaves, where a word is found. No DOM here.
const Reading = (() => {
  "use strict";
  const DEEPEST = 3;
  const LENGTHS = { short: [0, 24], medium: [25, 60], long: [61, Infinity] };
  const NOTHING = { order: "time", question: "", channel: "", role: "", country: "", length: "", state: "", theme: "", search: "", spam: false };

  const isSpam = (contribution, curation) => curation.contributions[contribution.id]?.spam ?? contribution.spam ?? false;
  const isRead = (contribution, curation) => curation.contributions[contribution.id]?.read === true;
  const timeOf = ({ posted }) => Date.parse(posted) || 0;
  const byTime = (a, b) => timeOf(a) - timeOf(b);
  const lengthOf = (text) => text.split(/\s+/).filter(Boolean).length;

  // Letters without case and accents, and for each the place in the text that it came from.
  const fold = (text) => {
    let plain = "";
    const places = [];
    for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) {
      const letter = String.fromCodePoint(text.codePointAt(unit)).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      for (let each = 0; each < letter.length; each += 1) places.push(unit);
      plain += letter;
    }
    places.push(text.length);
    return { plain, places };
  };
  const searchWords = (words) => fold(words.trim()).plain.split(/\s+/).filter(Boolean);
  // Returns the spans [start, end] in UTF-16 units where any of the words is found.
  const found = (text, words) => {
    const { plain, places } = fold(text);
    return searchWords(words).flatMap((word) => {
      const spans = [];
      for (let index = plain.indexOf(word); index >= 0; index = plain.indexOf(word, index + word.length)) spans.push([places[index], places[index + word.length]]);
      return spans;
    });
  };

  const index = (contributions) => {
    const byId = new Map(contributions.map((each) => [each.id, each]));
    const replies = new Map();
    const folds = new Map();
    for (const each of [...contributions].sort(byTime)) {
      if (each.fold && byId.has(each.fold)) folds.set(each.fold, [...(folds.get(each.fold) ?? []), each]);
      else if (each.in_reply_to && byId.has(each.in_reply_to)) replies.set(each.in_reply_to, [...(replies.get(each.in_reply_to) ?? []), each]);
    }
    const plain = new Map(contributions.map((each) => [each.id, fold(`${each.text} ${each.author} ${each.role ?? ""}`).plain]));
    const posts = new Map();
    for (const { voice } of contributions) posts.set(voice, (posts.get(voice) ?? 0) + 1);
    return { byId, replies, folds, plain, posts, all: [...contributions].sort(byTime) };
  };

  // Whether a contribution is left by a filter. `marks` are the quotes of this contribution.
  const passesFilter = (each, filter, curation, marks, { replies, plain, posts }) => {
    const hasLength = ([least, most]) => { const length = lengthOf(each.text); return length >= least && length <= most; };
    const states = {
      unread: () => !isRead(each, curation),
      unthemed: () => !marks.some(({ theme, question }) => theme || (curation.arranged === "questions" && question)),
      unanswered: () => !replies.has(each.id),
      marked: () => marks.length > 0,
      memo: () => marks.some(({ memo }) => memo),
      once: () => posts.get(each.voice) === 1,
    };
    return (filter.spam || !isSpam(each, curation)) &&
      ["question", "channel", "role", "country"].every((field) => !filter[field] || (each[field] || "–") === filter[field]) &&
      (!filter.length || hasLength(LENGTHS[filter.length])) &&
      (!filter.state || states[filter.state]()) &&
      (!filter.theme || marks.some((mark) => mark.theme === filter.theme || (curation.arranged === "questions" && mark.question === filter.theme))) &&
      searchWords(filter.search).every((word) => plain.get(each.id).includes(word));
  };

  const filtering = (filter) => Object.keys(NOTHING).some((name) => name !== "order" && filter[name] !== NOTHING[name]);

  // Returns the rows of the thread: {contribution, depth, folds} and, between them by question, {question}.
  const rows = (desk, index, filter, curation) => {
    const marks = new Map();
    for (const mark of curation.quotes) marks.set(mark.contribution, [...(marks.get(mark.contribution) ?? []), mark]);
    const passing = new Set(index.all.filter((each) => passesFilter(each, filter, curation, marks.get(each.id) ?? [], index)).map(({ id }) => id));
    const isFold = (each) => each.fold && index.byId.has(each.fold);
    const conversation = (each, depth, question) => {
      const replies = (index.replies.get(each.id) ?? []).filter((reply) => question === null || (reply.question ?? "") === question);
      const rowsOfPost = passing.has(each.id) ? [{ contribution: each, depth, folds: index.folds.get(each.id) ?? [] }] : [];
      return [...rowsOfPost, ...replies.flatMap((reply) => conversation(reply, Math.min(DEEPEST, rowsOfPost.length ? depth + 1 : depth), question))];
    };
    const roots = (question) => index.all.filter((each) => !isFold(each) && (question === null || (each.question ?? "") === question) &&
      (!index.byId.has(each.in_reply_to) || (question !== null && (index.byId.get(each.in_reply_to).question ?? "") !== question)));
    if (filter.order !== "question") return roots(null).flatMap((each) => conversation(each, 0, null));
    return [...desk.questions, { id: "", title: "No question" }].flatMap((question) => {
      const rowsOfQuestion = roots(question.id).flatMap((each) => conversation(each, 0, question.id));
      return rowsOfQuestion.length ? [{ question }, ...rowsOfQuestion] : [];
    });
  };

  return { NOTHING, LENGTHS, index, rows, found, fold, filtering, isSpam, isRead, lengthOf };
})();
