"""A quote added by a command, and what its author answered: the new text of quotes.yml. Pure: writes nothing.

Both change the curation that the file holds, and let `quotefile` write the difference: comments, order and everything
else in the file stay.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from casebuilder import readers
from casebuilder.editorial.curation import newerrors, passages, quotefile, reading, thread
from casebuilder.editorial.curation.authors import author
from casebuilder.editorial.curation.excerpts import excerpt
from casebuilder.editorial.curation.forms import Agreement, Author, MarkedQuote
from casebuilder.editorial.curation.saving import own_texts
from casebuilder.editorial.curation.yamledits import EditError, one_space
from casebuilder.editorial.discussion import pseudonyms
from casebuilder.model import Arranged, ConsentState, ContributionKind, Discussions, Mode
from casebuilder.text import did_you_mean, same_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from casebuilder.editorial.curation.forms import Curation, Passage
    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_NO = frozenset((ConsentState.REFUSED, ConsentState.WITHDRAWN))
_YES = frozenset((ConsentState.GRANTED, ConsentState.LICENSED))


class QuotingError(Exception):
    """Nothing can be written; the message says why. `option` is the argument or option at fault, if it is one."""

    def __init__(self, message: str, option: str = "") -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class NewQuote:
    """A quote to be added.

    Attributes:
        contribution: the id of the contribution that it is from.
        words: each piece of it, as somebody typed it; of a paraphrase, its text.
        theme: the id or the title of a theme; may be empty.
        question: the id of a question; empty for the contribution's own.
        mode: how it is printed.
        name: of its author, for a named quote; empty for the name in the record.
        dissent: whether it contradicts what most said under its theme.
    """

    contribution: str
    words: tuple[str, ...]
    theme: str = ""
    question: str = ""
    mode: Mode = Mode.ANONYMOUS
    name: str = ""
    dissent: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """The result of a change to quotes.yml.

    Attributes:
        edits: the new text of quotes.yml, by its path.
        quotes: the ids of the quotes that were added or changed.
        text: of the new quote.
        notes: what the curator should know.
    """

    edits: Mapping[str, str | None]
    quotes: tuple[str, ...]
    text: str = ""
    notes: tuple[str, ...] = ()


def added(
    series: Series, case: Case, texts: Mapping[str, str], new: NewQuote, used_ids: Collection[str] = ()
) -> Quoted:
    """Return the file with one more quote, behind the one that came before it in the record.

    Args:
        series: for its settings.
        case: as it was read from `texts`, with its record.
        texts: the series' texts by path.
        new: the quote.
        used_ids: further ids that are in use, such as those of a desk's private marks.

    Raises:
        QuotingError: there is no such contribution, theme or question, or its author said no.
        casebuilder.editorial.curation.excerpts.ExcerptError: the words are not in the contribution.
    """
    contribution = _contribution(case, new)
    notes: list[str] = []
    text, passages = _text(case, new)
    if same := [
        q.id for q in case.quotes if q.source.contribution == contribution.id and one_space(q.text) == one_space(text)
    ]:
        raise QuotingError(f"these words are quoted already: {same[0]}", "--words")
    quote = MarkedQuote(
        id=_free([*(quote.id for quote in case.quotes), *used_ids]),
        contribution=contribution.id,
        passages=passages,
        text=text,
        mode=new.mode,
        by=Author(name=_name(contribution, new), role=contribution.role, country=contribution.country or ""),
        theme=_theme(case, new.theme, notes),
        question=_question(case, new.question, contribution),
        dissent=new.dissent,
        quoted=True,
        consent=Agreement(ConsentState.NOT_NEEDED if new.mode is Mode.PARAPHRASE else ConsentState.PENDING),
    )
    if new.mode is Mode.PARAPHRASE:
        notes.append("a paraphrase needs no permission, as long as its words lead to nobody")
    else:
        notes.append(f"its author has not been asked yet: casebuilder consent letters {case.slug}")
    present = reading.curation_of(case, texts, _NO_DESK)
    edits = _edited(series, case, texts, present, replace(present, quotes=(*present.quotes, quote)))
    return Quoted(edits, (quote.id,), text, tuple(notes))


#: A curation has the id of its desk; here there is none.
_NO_DESK = "0" * 32


def _contribution(case: Case, new: NewQuote) -> Contribution:
    """Return the contribution to quote from.

    Raises:
        QuotingError: it is not there, was withdrawn, repeats another, or its author said no in this round.
    """
    shown = {item.id: item for item in thread.shown(case)}
    contribution = shown.get(new.contribution)
    if contribution is None:
        if any(item.id == new.contribution and item.withdrawn for item in case.contributions):
            raise QuotingError(f"{new.contribution} was withdrawn: its words may not be quoted", "CONTRIBUTION")
        padded = [name for name in shown if _without_zeros(name) == _without_zeros(new.contribution)]
        near = did_you_mean(new.contribution, padded or shown)
        raise QuotingError(f'there is no contribution "{new.contribution}"; {near}'.rstrip("; "), "CONTRIBUTION")
    if contribution.kind is ContributionKind.REPOST and contribution.in_reply_to:
        raise QuotingError(f"{contribution.id} passes on {contribution.in_reply_to}: quote that", "CONTRIBUTION")
    if contribution.spam:
        raise QuotingError(f"{contribution.id} is marked as spam", "CONTRIBUTION")
    no = [
        quote for quote in case.quotes if quote.consent.state in _NO and author(case, quote) == contribution.author_key
    ]
    if no and new.mode is not Mode.PARAPHRASE:
        message = f"its author said no to {no[0].id} and is not asked again: add a paraphrase, with --mode paraphrase"
        raise QuotingError(message, "CONTRIBUTION")
    return contribution


def _without_zeros(name: str) -> str:
    """Return an id as people type it: c5 for c05."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", name)


def _text(case: Case, new: NewQuote) -> tuple[str, tuple[Passage, ...]]:
    """Return the text of a quote, and its passages: the record's own words, or a paraphrase as it was typed."""
    if new.mode is Mode.PARAPHRASE:
        text = one_space(" ".join(new.words))
        if not text:
            raise QuotingError("a paraphrase needs words", "--words")
        return text, ()
    texts = {item.id: item.text for item in thread.shown(case)}
    found = excerpt(new.words, new.contribution, texts)
    return passages.joined(found, texts[new.contribution]), found


def _free(used_ids: Collection[str]) -> str:
    return next(name for number in count(1) if (name := f"q{number}") not in used_ids)


def _name(contribution: Contribution, new: NewQuote) -> str:
    """Return the name to print.

    Raises:
        QuotingError: the record has a pseudonym only, or a name is given for a quote without one.
    """
    if new.mode is not Mode.NAMED:
        if new.name:
            raise QuotingError("only a named quote has a name: add --mode named", "--name")
        return ""
    if not new.name and pseudonyms.is_pseudonym(contribution.author):
        raise QuotingError(f"the record calls its author {contribution.author}: give the name with --name", "--name")
    return new.name or contribution.author


def _theme(case: Case, words: str, notes: list[str]) -> str:
    """Return the id of the theme that somebody means by its id or title.

    Raises:
        QuotingError: the commentary has no such theme.
    """
    if not words:
        return ""
    if case.commentary is None:
        notes.append(f'there is no commentary yet: write the theme "{words}" into its front matter when you begin it')
        return words
    if case.commentary.arranged is Arranged.QUESTIONS:
        raise QuotingError("the commentary is arranged by questions: leave out --theme", "--theme")
    names = {theme.id: theme.id for theme in case.commentary.themes}
    titles = {same_name(theme.title): theme.id for theme in case.commentary.themes}
    found = names.get(words) or titles.get(same_name(words))
    if found is None:
        near = did_you_mean(words, names) or f"there are: {', '.join(names) or 'none'}"
        raise QuotingError(f'the commentary has no theme "{words}"; {near}', "--theme")
    return found


def _question(case: Case, words: str, contribution: Contribution) -> str:
    """Return the id of the question: the given one, else the contribution's own, if the case has it.

    Raises:
        QuotingError: the case has no such question.
    """
    names = [question.id for question in case.questions]
    if not words:
        return contribution.question if contribution.question in names else ""
    if words not in names:
        near = did_you_mean(words, names) or f"there are: {', '.join(names) or 'none'}"
        raise QuotingError(f'the case has no question "{words}"; {near}', "--question")
    return words


def _edited(
    series: Series, case: Case, texts: Mapping[str, str], present: Curation, wanted: Curation
) -> dict[str, str | None]:
    """Return the new text of quotes.yml, read again and compared.

    Raises:
        QuotingError: the file cannot be edited safely.
    """
    path = reading.quotes_path(case.slug)
    private = series.settings.discussions is Discussions.PRIVATE
    texts = own_texts(texts, case.slug)
    try:
        writing = quotefile.Writing(case, present, wanted, private=private)
        edits: dict[str, str | None] = {path: quotefile.edited(texts.get(path, ""), writing)}
        after = {name: text for name, text in {**texts, **edits}.items() if text is not None}
        series, problems = readers.read(after)
        newerrors.refuse(edits, readers.read(texts)[1], problems)
    except EditError as error:
        raise QuotingError(f"{path}: {error}; nothing was written") from None
    case_then = series.case(case.slug)
    reread = reading.curation_of(case_then, after, present.desk) if case_then else None
    if reread is None or _plain(reread) != _plain(wanted):
        raise QuotingError(f"{path} cannot be edited safely, because of the form in which it is written")
    return edits


def _plain(curation: Curation) -> dict[str, MarkedQuote]:
    """Return the quotes of a curation, by id, without what no file keeps."""
    return {quote.id: replace(quote, text=one_space(quote.text), passages=(), extra=False) for quote in curation.quotes}


def answered(
    series: Series,
    case: Case,
    texts: Mapping[str, str],
    answers: Mapping[str, Agreement],
    addresses: Mapping[str, str],
) -> Quoted:
    """Return the file with what the authors of some quotes answered.

    A quote that names its author with their consent gets the address of the post, and so does the record; without
    consent neither has it.

    Args:
        series: for its settings.
        case: as it was read from `texts`.
        texts: the series' texts by path.
        answers: by the ids of the quotes.
        addresses: where posts are, as far as that is known, by the ids of the contributions.

    Raises:
        QuotingError: the file cannot be edited safely.
    """
    present = reading.curation_of(case, texts, _NO_DESK)
    quotes = tuple(replace(quote, consent=answers.get(quote.id, quote.consent)) for quote in present.quotes)
    changed = tuple(new.id for old, new in zip(present.quotes, quotes, strict=True) if old != new)
    if not changed:
        return Quoted({}, ())
    wanted = {
        quote.contribution: addresses.get(quote.contribution, "") if quote.consent.state in _YES else ""
        for quote in quotes
        if quote.id in changed and quote.mode is Mode.NAMED
    }
    known, edits = _with_addresses(case, texts, wanted)
    return Quoted({**_edited(series, known, texts, present, replace(present, quotes=quotes)), **edits}, changed)


def _with_addresses(
    case: Case, texts: Mapping[str, str], wanted: Mapping[str, str]
) -> tuple[Case, dict[str, str | None]]:
    """Return the case whose contributions have these addresses (empty for none), and its record's new text."""
    path = f"commentary/{case.slug}/discussion.jsonl"
    lines, items = texts.get(path, "").split("\n"), []
    for contribution in case.contributions:
        address = wanted.get(contribution.id)
        if address is None or contribution.withdrawn or (contribution.url or "") == address:
            items.append(contribution)
            continue
        value = json.loads(lines[contribution.place[1] - 1])
        value.pop("url", None)
        made = {**value, "url": address} if address else value
        lines[contribution.place[1] - 1] = json.dumps(made, ensure_ascii=False)
        items.append(contribution.at_address(address or None))
    text = "\n".join(lines)
    return case.with_contributions(tuple(items)), {path: text} if text != texts.get(path, "") else {}
