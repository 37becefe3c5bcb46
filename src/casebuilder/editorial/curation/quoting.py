"""A quote added by a command: the new text of quotes.yml. Pure: writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import casecuration, passages, thread
from casebuilder.editorial.curation.authors import author
from casebuilder.editorial.curation.deskschema import Agreement, Author, MarkedQuote
from casebuilder.editorial.curation.excerpts import excerpt
from casebuilder.editorial.curation.quoteedits import NO_DESK, Quoted, QuotingError, edited_quotes
from casebuilder.editorial.curation.yamledits import one_space
from casebuilder.editorial.discussion import pseudonyms
from casebuilder.model import Arranged, ConsentState, ContributionKind, Mode
from casebuilder.text import did_you_mean, same_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from casebuilder.editorial.curation.deskschema import Passage
    from casebuilder.model import Contribution
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_NO = frozenset((ConsentState.REFUSED, ConsentState.WITHDRAWN))


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
    present = casecuration.curation_of(case, texts, NO_DESK)
    edits = edited_quotes(series, case, texts, present, replace(present, quotes=(*present.quotes, quote)))
    return Quoted(edits, (quote.id,), text, tuple(notes))


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
