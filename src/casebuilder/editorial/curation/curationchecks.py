"""Whether a curation fits its case: what a page or a file brings is judged before anything is written.

A mark of a contribution that was withdrawn, or that is not in the record, is dropped: an old file must not bring back
what its author took back. Anything else that does not fit is a reason to refuse the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.checks.verbatim import found_in, tokens
from casebuilder.editorial.curation import deskthread, passages, refusedtexts
from casebuilder.editorial.curation.deskschema import DeskTheme
from casebuilder.editorial.curation.yamledits import one_space
from casebuilder.fingerprints import holds, is_telling
from casebuilder.model import Arranged, ConsentState, Mode, Prose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from casebuilder.editorial.curation.deskschema import Curation, MarkedQuote
    from casebuilder.model.case import Case

_OMITTED = frozenset(("[...]", "[…]", "…", "..."))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be taken of a curation.

    Attributes:
        curation: without what was dropped, its texts in the form in which they are written.
        reasons: why it is refused; empty if it is not.
        dropped: what was left out, and why, a sentence each.
    """

    curation: Curation
    reasons: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def judged(curation: Curation, case: Case, present: Curation, people: Collection[str]) -> Verdict:
    """Judge a curation.

    Args:
        curation: what came in.
        case: as its files are now.
        present: the curation in its files.
        people: the ids of everybody with a profile.
    """
    words_of = {item.id: item.text for item in deskthread.shown(case)}
    withdrawn = _withdrawn_parts(case)
    quotes, dropped = [], []
    quotes_in_file = {quote.id: quote for quote in present.quotes}
    for quote in curation.quotes:
        own_quote = quotes_in_file.get(quote.id)
        if quote.id in withdrawn.quotes or any(holds(quote.text + " " + quote.memo, each) for each in withdrawn.prints):
            dropped.append(f'the quote "{quote.id}" was withdrawn and is left out')
        elif quote.contribution not in words_of and (own_quote is None or quote.text not in {"", own_quote.text}):
            dropped.append(
                f'"{quote.id}" is left out: the contribution "{quote.contribution}" is withdrawn or not in the record'
            )
        else:
            quotes.append(_normalise_quote(quote, own_quote, words_of.get(quote.contribution, "")))
    marks = {name: each for name, each in curation.contributions.items() if name in words_of}
    curation = _arrange_by_questions(curation, case) if curation.arranged is Arranged.QUESTIONS else curation
    known_ids = {quote.id for quote in quotes} | _ids_placed_by_hand(present)
    result = _with_known_places(replace(curation, quotes=tuple(quotes), contributions=marks), known_ids)
    reasons = [
        *_reasons_of_curation(result, case, present, people),
        *_reasons_of_themes(result, case, present),
        *refusedtexts.reasons(result, present, case.commentary, withdrawn.prints),
        *_reasons_of_quotes(result, case, quotes_in_file, words_of),
        *_reasons_of_spam(result, present),
    ]
    return Verdict(result, tuple(reasons), tuple(dropped))


@dataclass(frozen=True, slots=True)
class _Withdrawn:
    """What was withdrawn from a case: the ids of quotes, and fingerprints that find words again."""

    quotes: frozenset[str]
    prints: tuple[str, ...]


def _withdrawn_parts(case: Case) -> _Withdrawn:
    quotes = [quote for quote in case.quotes if quote.consent.state is ConsentState.WITHDRAWN]
    prints = [quote.consent.fingerprint for quote in quotes]
    prints += [contribution.fingerprint for contribution in case.contributions if contribution.withdrawn]
    return _Withdrawn(frozenset(quote.id for quote in quotes), tuple(filter(is_telling, prints)))


def _normalise_quote(quote: MarkedQuote, own_quote: MarkedQuote | None, contribution: str) -> MarkedQuote:
    """Return a quote in the form in which it is written: its text from its passages, no name if it is anonymous."""
    has_name = quote.mode is not Mode.ANONYMOUS
    by = replace(quote.by, name=one_space(quote.by.name) if has_name else "", role=one_space(quote.by.role))
    text, consent = quote.text, replace(quote.consent, how=one_space(quote.consent.how))
    marked_passages = quote.passages
    text_of_passages = passages.joined(marked_passages, contribution) if quote.mode is not Mode.PARAPHRASE else ""
    if own_quote is not None and _same_words(own_quote.text, text or text_of_passages):
        text = own_quote.text
    elif text_of_passages and (
        not text or _same_words(text, text_of_passages)
    ):  # a desk in a file sends passages without words
        marked_passages = (
            quote.passages
            if found_in(text_of_passages, contribution)
            else passages.whole_words(quote.passages, contribution)
        )
        text = passages.joined(marked_passages, contribution)
    return replace(quote, by=by, text=text, consent=consent, passages=marked_passages)


def _same_words(first_text: str, second_text: str) -> bool:
    """Return whether two texts have the same words and marks, however spaces and what is left out are written."""
    first, second = (
        [("…" if each in _OMITTED else each) for each in tokens(text)] for text in (first_text, second_text)
    )
    return first == second


def _arrange_by_questions(curation: Curation, case: Case) -> Curation:
    """Return a curation by questions: a section for each question of the case, in order, with its title."""
    themes_by_id = {theme.id: theme for theme in curation.themes}
    question_themes = [
        replace(themes_by_id.get(question.id, DeskTheme(question.id, question.title)), title=question.title)
        for question in case.questions
    ]
    unknown_themes = [
        theme for theme in curation.themes if theme.id not in {question.id for question in case.questions}
    ]
    return replace(curation, themes=(*question_themes, *unknown_themes))


def _ids_placed_by_hand(present: Curation) -> set[str]:
    """Return the ids that texts place and no desk shows: of withdrawn quotes, which leave slots, or slips."""
    texts = (present.introduction, *(theme.summary for theme in present.themes))
    placed_ids = {each.id for text in texts for each in markdown.facts(Prose(text)).quotes}
    return placed_ids - {quote.id for quote in present.quotes}


def _with_known_places(curation: Curation, known_ids: Collection[str]) -> Curation:
    """Return a curation in the form in which it is written, whose texts place no quote that it does not have."""
    themes = tuple(
        replace(theme, title=one_space(theme.title), summary=_without_places(theme.summary, known_ids))
        for theme in curation.themes
    )
    introduction, method = _without_places(curation.introduction, known_ids), one_space(curation.method)
    return replace(curation, themes=themes, introduction=introduction, method=method)


def _without_places(text: str, known_ids: Collection[str]) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unknown_lines = {quote.place[0] - 1 for quote in markdown.facts(Prose(text)).quotes if quote.id not in known_ids}
    return (
        "\n".join(line for number, line in enumerate(text.split("\n")) if number not in unknown_lines)
        if unknown_lines
        else text
    )


def _reasons_of_curation(curation: Curation, case: Case, present: Curation, people: Collection[str]) -> Iterator[str]:
    if curation.case != case.slug:
        yield f"this is the curation of {curation.case}, and this desk is for {case.slug}"
    for name in curation.curators:
        if name not in people and name not in present.curators:
            yield f'nobody with a profile in experts/ is called "{name}"'
    for noun, names in (
        ("quote", [quote.id for quote in curation.quotes]),
        ("theme", [theme.id for theme in curation.themes]),
    ):
        if duplicates := sorted({name for name in names if names.count(name) > 1}):
            yield f'two {noun}s have the id "{duplicates[0]}"'


def _reasons_of_themes(curation: Curation, case: Case, present: Curation) -> Iterator[str]:
    titles = [theme.title.strip().casefold() for theme in curation.themes]
    present_themes = {(theme.id, theme.title) for theme in present.themes}
    for theme in curation.themes:
        is_only_one = titles.count(theme.title.strip().casefold()) == 1
        if not theme.title.strip() or not (is_only_one or (theme.id, theme.title) in present_themes):
            yield f'the theme "{theme.id}" needs a title of its own'
    questions = {question.id for question in case.questions}
    if curation.arranged is Arranged.QUESTIONS and (
        unknown_ids := [each.id for each in curation.themes if each.id not in questions]
    ):
        yield f'"{unknown_ids[0]}" is not a question of this case'


def _reasons_of_quotes(
    curation: Curation, case: Case, quotes_in_file: Mapping[str, MarkedQuote], words_of: Mapping[str, str]
) -> Iterator[str]:
    themes = {theme.id: theme for theme in curation.themes}
    questions = {question.id for question in case.questions}
    for quote in curation.quotes:
        own_quote = quotes_in_file.get(quote.id)
        yield from _reasons_of_place(quote, own_quote, themes, questions)
        text = words_of.get(quote.contribution, "")
        if any(not each.start < each.end <= len(text) for each in quote.passages):
            yield f'a passage of the quote "{quote.id}" lies outside its contribution'
        elif own_quote is not None and own_quote.text == quote.text and own_quote.mode is quote.mode:
            continue  # as it stands in the file: `check` judges it
        elif not passages.is_verbatim(quote.text, quote.passages, text, quote.mode) and quote.quoted:
            yield f'the quote "{quote.id}" is not word for word in contribution "{quote.contribution}"'


def _reasons_of_spam(curation: Curation, present: Curation) -> Iterator[str]:
    """Yield a reason for each quote of a contribution that is counted nowhere, unless its files have that already."""
    quoted_before = set(_quotes_of_spam(present))
    for name, contribution in _quotes_of_spam(curation):
        if (name, contribution) not in quoted_before:
            yield (
                f'the quote "{name}" is from the contribution "{contribution}", which is marked as spam: '
                "remove the quote, or say that the contribution is not spam"
            )


def _quotes_of_spam(curation: Curation) -> Iterator[tuple[str, str]]:
    spam = {name for name, marks in curation.contributions.items() if marks.spam}
    for quote in curation.quotes:
        if quote.quoted and quote.contribution in spam and quote.consent.state is not ConsentState.REFUSED:
            yield quote.id, quote.contribution


def _reasons_of_place(
    quote: MarkedQuote, own_quote: MarkedQuote | None, themes: Mapping[str, DeskTheme], questions: Collection[str]
) -> Iterator[str]:
    if (
        quote.theme
        and quote.theme not in themes
        and quote.quoted
        and (own_quote is None or own_quote.theme != quote.theme)
    ):
        yield f'the quote "{quote.id}" has the theme "{quote.theme}", which is not in the list of themes'
    if (
        quote.question
        and quote.question not in questions
        and (own_quote is None or own_quote.question != quote.question)
    ):
        yield f'the quote "{quote.id}" has the question "{quote.question}", which the case does not have'
    if quote.consent.state is ConsentState.WITHDRAWN:
        yield f'the quote "{quote.id}" cannot be withdrawn here: run casebuilder withdraw'
    if quote.quoted and quote.mode is Mode.NAMED and not quote.by.name.strip():
        yield f'the quote "{quote.id}" is to be printed with a name and has none'
