"""A quote added by a command: the new text of quotes.yml. Pure: writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from casebuilder.editorial.curation import casecuration, deskthread, passages
from casebuilder.editorial.curation.authors import author
from casebuilder.editorial.curation.deskschema import Agreement, Author, MarkedQuote
from casebuilder.editorial.curation.excerpts import excerpt
from casebuilder.editorial.curation.quoteedits import NO_DESK, Quoted, QuotingError, edited_quotes
from casebuilder.editorial.curation.yamledits import one_space
from casebuilder.editorial.discussion import pseudonyms
from casebuilder.model import Arranged, ConsentState, ContributionKind, Mode
from casebuilder.readers.yamltext.repair import quoted
from casebuilder.slugs import slug
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
    series: Series, case: Case, texts: Mapping[str, str], new_quote: NewQuote, used_ids: Collection[str] = ()
) -> Quoted:
    """Return the file with one more quote, behind the one that came before it in the record.

    Args:
        series: for its settings.
        case: as it was read from `texts`, with its record.
        texts: the series' texts by path.
        new_quote: the quote.
        used_ids: further ids that are in use, such as those of a desk's private marks.

    Raises:
        QuotingError: there is no such contribution, theme or question, or its author said no.
        casebuilder.editorial.curation.excerpts.ExcerptError: the words are not in the contribution.
    """
    contribution = _find_contribution(case, new_quote)
    notes: list[str] = []
    text, passages = _quote_text(case, new_quote)
    if same_quotes := [
        q.id for q in case.quotes if q.source.contribution == contribution.id and one_space(q.text) == one_space(text)
    ]:
        raise QuotingError(f"these words are quoted already: {same_quotes[0]}", "--words")
    quote = MarkedQuote(
        id=_free_id([*(quote.id for quote in case.quotes), *used_ids]),
        contribution=contribution.id,
        passages=passages,
        text=text,
        mode=new_quote.mode,
        by=Author(
            name=_printed_name(contribution, new_quote), role=contribution.role, country=contribution.country or ""
        ),
        theme=_find_theme(case, new_quote.theme, notes),
        question=_find_question(case, new_quote.question, contribution),
        dissent=new_quote.dissent,
        quoted=True,
        consent=Agreement(ConsentState.NOT_NEEDED if new_quote.mode is Mode.PARAPHRASE else ConsentState.PENDING),
    )
    if new_quote.mode is Mode.PARAPHRASE:
        notes.append("a paraphrase needs no permission, as long as its words lead to nobody")
    else:
        notes.append(f"its author has not been asked yet: casebuilder consent letters {case.slug}")
    present = casecuration.curation_of(case, texts, NO_DESK)
    edits = edited_quotes(series, case, texts, present, replace(present, quotes=(*present.quotes, quote)))
    return Quoted(edits, (quote.id,), text, tuple(notes))


def _find_contribution(case: Case, new_quote: NewQuote) -> Contribution:
    """Return the contribution to quote from.

    Raises:
        QuotingError: it is not there, was withdrawn, repeats another, or its author said no in this round.
    """
    readable = {item.id: item for item in deskthread.shown(case)}
    contribution = readable.get(new_quote.contribution)
    if contribution is None:
        if any(item.id == new_quote.contribution and item.withdrawn for item in case.contributions):
            raise QuotingError(f"{new_quote.contribution} was withdrawn: its words may not be quoted", "CONTRIBUTION")
        similar_ids = [name for name in readable if _without_zeros(name) == _without_zeros(new_quote.contribution)]
        suggestion = did_you_mean(new_quote.contribution, similar_ids or readable)
        raise QuotingError(
            f'there is no contribution "{new_quote.contribution}"; {suggestion}'.rstrip("; "), "CONTRIBUTION"
        )
    if contribution.kind is ContributionKind.REPOST and contribution.in_reply_to:
        raise QuotingError(f"{contribution.id} passes on {contribution.in_reply_to}: quote that", "CONTRIBUTION")
    if contribution.spam:
        raise QuotingError(f"{contribution.id} is marked as spam", "CONTRIBUTION")
    refused_quotes = [
        quote for quote in case.quotes if quote.consent.state in _NO and author(case, quote) == contribution.author_key
    ]
    if refused_quotes and new_quote.mode is not Mode.PARAPHRASE:
        refused = f"its author said no to {refused_quotes[0].id} and is not asked again"
        message = f"{refused}: add a paraphrase, with --mode paraphrase"
        raise QuotingError(message, "CONTRIBUTION")
    return contribution


def _without_zeros(name: str) -> str:
    """Return an id as people type it: c5 for c05."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", name)


def _quote_text(case: Case, new_quote: NewQuote) -> tuple[str, tuple[Passage, ...]]:
    """Return the text of a quote, and its passages: the record's own words, or a paraphrase as it was typed."""
    if new_quote.mode is Mode.PARAPHRASE:
        text = one_space(" ".join(new_quote.words))
        if not text:
            raise QuotingError("a paraphrase needs words", "--words")
        return text, ()
    texts = {item.id: item.text for item in deskthread.shown(case)}
    passages_found = excerpt(new_quote.words, new_quote.contribution, texts)
    return passages.joined(passages_found, texts[new_quote.contribution]), passages_found


def _free_id(used_ids: Collection[str]) -> str:
    return next(name for number in count(1) if (name := f"q{number}") not in used_ids)


def _printed_name(contribution: Contribution, new_quote: NewQuote) -> str:
    """Return the name to print.

    Raises:
        QuotingError: the record has a pseudonym only, or a name is given for a quote without one.
    """
    if new_quote.mode is not Mode.NAMED:
        if new_quote.name:
            raise QuotingError("only a named quote has a name: add --mode named", "--name")
        return ""
    if not new_quote.name and pseudonyms.is_pseudonym(contribution.author):
        raise QuotingError(f"the record calls its author {contribution.author}: give the name with --name", "--name")
    return new_quote.name or contribution.author


def _find_theme(case: Case, argument: str, notes: list[str]) -> str:
    """Return the id of the theme that somebody means by its id or title.

    Raises:
        QuotingError: the commentary has no such theme.
    """
    if not argument:
        return ""
    if case.commentary is None:
        new_id = slug(argument)
        if not new_id:
            message = f'"{argument}" is not the id of a theme, and there is no commentary yet with its title'
            raise QuotingError(f"{message}: write small letters from a to z, such as who-asks", "--theme")
        entry = f"{{id: {new_id}, title: {quoted(argument)}}}"
        notes.append(
            f'there is no commentary yet: when you begin it, write below "themes:" in its front matter: - {entry}'
        )
        return new_id
    if case.commentary.arranged is Arranged.QUESTIONS:
        raise QuotingError("the commentary is arranged by questions: leave out --theme", "--theme")
    names = {theme.id: theme.id for theme in case.commentary.themes}
    titles = {same_name(theme.title): theme.id for theme in case.commentary.themes}
    theme_id = names.get(argument) or titles.get(same_name(argument))
    if theme_id is None:
        suggestion = did_you_mean(argument, names) or f"there are: {', '.join(names) or 'none'}"
        raise QuotingError(f'the commentary has no theme "{argument}"; {suggestion}', "--theme")
    return theme_id


def _find_question(case: Case, argument: str, contribution: Contribution) -> str:
    """Return the id of the question: the given one, else the contribution's own, if the case has it.

    Raises:
        QuotingError: the case has no such question.
    """
    names = [question.id for question in case.questions]
    if not argument:
        return contribution.question if contribution.question in names else ""
    if argument not in names:
        suggestion = did_you_mean(argument, names) or f"there are: {', '.join(names) or 'none'}"
        raise QuotingError(f'the case has no question "{argument}"; {suggestion}', "--question")
    return argument
