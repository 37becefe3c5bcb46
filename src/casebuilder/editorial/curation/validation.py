"""Whether a curation fits its case: what a page or a file brings is judged before anything is written.

A mark of a contribution that was withdrawn, or that is not in the record, is dropped: an old file must not bring back
what its author took back. Anything else that does not fit is a reason to refuse the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.checks.verbatim import found_in, tokens
from casebuilder.editorial.curation import passages, refusedtexts, thread
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
    words_of = {item.id: item.text for item in thread.shown(case)}
    withdrawn = _withdrawn(case)
    quotes, dropped = [], []
    written = {quote.id: quote for quote in present.quotes}
    for quote in curation.quotes:
        own = written.get(quote.id)
        if quote.id in withdrawn.quotes or any(holds(quote.text + " " + quote.memo, each) for each in withdrawn.prints):
            dropped.append(f'the quote "{quote.id}" was withdrawn and is left out')
        elif quote.contribution not in words_of and (own is None or quote.text not in {"", own.text}):
            dropped.append(
                f'"{quote.id}" is left out: the contribution "{quote.contribution}" is withdrawn or not in the record'
            )
        else:
            quotes.append(_in_form(quote, own, words_of.get(quote.contribution, "")))
    marks = {name: each for name, each in curation.contributions.items() if name in words_of}
    curation = _by_question(curation, case) if curation.arranged is Arranged.QUESTIONS else curation
    known = {quote.id for quote in quotes} | _placed_by_hand(present)
    result = _known_places(replace(curation, quotes=tuple(quotes), contributions=marks), known)
    reasons = [
        *_of_whole(result, case, present, people),
        *_of_themes(result, case, present),
        *refusedtexts.reasons(result, present, case.commentary, withdrawn.prints),
        *_of_quotes(result, case, written, words_of),
    ]
    return Verdict(result, tuple(reasons), tuple(dropped))


@dataclass(frozen=True, slots=True)
class _Withdrawn:
    """What was withdrawn from a case: the ids of quotes, and fingerprints that find words again."""

    quotes: frozenset[str]
    prints: tuple[str, ...]


def _withdrawn(case: Case) -> _Withdrawn:
    quotes = [quote for quote in case.quotes if quote.consent.state is ConsentState.WITHDRAWN]
    prints = [quote.consent.fingerprint for quote in quotes]
    prints += [contribution.fingerprint for contribution in case.contributions if contribution.withdrawn]
    return _Withdrawn(frozenset(quote.id for quote in quotes), tuple(filter(is_telling, prints)))


def _in_form(quote: MarkedQuote, own: MarkedQuote | None, contribution: str) -> MarkedQuote:
    """Return a quote in the form in which it is written: its text from its passages, no name if it is anonymous."""
    named = quote.mode is not Mode.ANONYMOUS
    by = replace(quote.by, name=one_space(quote.by.name) if named else "", role=one_space(quote.by.role))
    text, consent = quote.text, replace(quote.consent, how=one_space(quote.consent.how))
    marked = quote.passages
    made = passages.joined(marked, contribution) if quote.mode is not Mode.PARAPHRASE else ""
    if own is not None and _same(own.text, text or made):
        text = own.text
    elif made and (not text or _same(text, made)):  # a desk in a file sends passages without words
        marked = quote.passages if found_in(made, contribution) else passages.whole_words(quote.passages, contribution)
        text = passages.joined(marked, contribution)
    return replace(quote, by=by, text=text, consent=consent, passages=marked)


def _same(one: str, other: str) -> bool:
    """Return whether two texts have the same words and marks, however spaces and what is left out are written."""
    first, second = ([("…" if each in _OMITTED else each) for each in tokens(text)] for text in (one, other))
    return first == second


def _by_question(curation: Curation, case: Case) -> Curation:
    """Return a curation by questions: a section for each question of the case, in order, with its title."""
    own = {theme.id: theme for theme in curation.themes}
    known = [
        replace(own.get(question.id, DeskTheme(question.id, question.title)), title=question.title)
        for question in case.questions
    ]
    strange = [theme for theme in curation.themes if theme.id not in {question.id for question in case.questions}]
    return replace(curation, themes=(*known, *strange))


def _placed_by_hand(present: Curation) -> set[str]:
    """Return the ids that texts place and no desk shows: of withdrawn quotes, which leave slots, or slips."""
    own = (present.introduction, *(theme.summary for theme in present.themes))
    placed = {each.id for text in own for each in markdown.facts(Prose(text)).quotes}
    return placed - {quote.id for quote in present.quotes}


def _known_places(curation: Curation, known: Collection[str]) -> Curation:
    """Return a curation in the form in which it is written, whose texts place no quote that it does not have."""
    themes = tuple(
        replace(theme, title=one_space(theme.title), summary=_without_places(theme.summary, known))
        for theme in curation.themes
    )
    introduction, method = _without_places(curation.introduction, known), one_space(curation.method)
    return replace(curation, themes=themes, introduction=introduction, method=method)


def _without_places(text: str, known: Collection[str]) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    unknown_lines = {quote.place[0] - 1 for quote in markdown.facts(Prose(text)).quotes if quote.id not in known}
    return (
        "\n".join(line for number, line in enumerate(text.split("\n")) if number not in unknown_lines)
        if unknown_lines
        else text
    )


def _of_whole(curation: Curation, case: Case, present: Curation, people: Collection[str]) -> Iterator[str]:
    if curation.case != case.slug:
        yield f"this is the curation of {curation.case}, and this desk is for {case.slug}"
    for name in curation.curators:
        if name not in people and name not in present.curators:
            yield f'nobody with a profile in experts/ is called "{name}"'
    for what, names in (
        ("quote", [quote.id for quote in curation.quotes]),
        ("theme", [theme.id for theme in curation.themes]),
    ):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            yield f'two {what}s have the id "{twice[0]}"'


def _of_themes(curation: Curation, case: Case, present: Curation) -> Iterator[str]:
    titles = [theme.title.strip().casefold() for theme in curation.themes]
    known = {(theme.id, theme.title) for theme in present.themes}
    for theme in curation.themes:
        alone = titles.count(theme.title.strip().casefold()) == 1
        if not theme.title.strip() or not (alone or (theme.id, theme.title) in known):
            yield f'the theme "{theme.id}" needs a title of its own'
    questions = {question.id for question in case.questions}
    if curation.arranged is Arranged.QUESTIONS and (
        strange := [each.id for each in curation.themes if each.id not in questions]
    ):
        yield f'"{strange[0]}" is not a question of this case'


def _of_quotes(
    curation: Curation, case: Case, written: Mapping[str, MarkedQuote], words_of: Mapping[str, str]
) -> Iterator[str]:
    themes = {theme.id: theme for theme in curation.themes}
    questions = {question.id for question in case.questions}
    for quote in curation.quotes:
        own = written.get(quote.id)
        yield from _of_place(quote, own, themes, questions)
        text = words_of.get(quote.contribution, "")
        if any(not each.start < each.end <= len(text) for each in quote.passages):
            yield f'a passage of the quote "{quote.id}" lies outside its contribution'
        elif own is not None and own.text == quote.text and own.mode is quote.mode:
            continue  # as it stands in the file: `check` judges it
        elif not passages.is_verbatim(quote.text, quote.passages, text, quote.mode) and quote.quoted:
            yield f'the quote "{quote.id}" is not word for word in contribution "{quote.contribution}"'


def _of_place(
    quote: MarkedQuote, own: MarkedQuote | None, themes: Mapping[str, DeskTheme], questions: Collection[str]
) -> Iterator[str]:
    if quote.theme and quote.theme not in themes and quote.quoted and (own is None or own.theme != quote.theme):
        yield f'the quote "{quote.id}" has the theme "{quote.theme}", which is not in the list of themes'
    if quote.question and quote.question not in questions and (own is None or own.question != quote.question):
        yield f'the quote "{quote.id}" has the question "{quote.question}", which the case does not have'
    if quote.consent.state is ConsentState.WITHDRAWN:
        yield f'the quote "{quote.id}" cannot be withdrawn here: run casebuilder withdraw'
    if quote.quoted and quote.mode is Mode.NAMED and not quote.by.name.strip():
        yield f'the quote "{quote.id}" is to be printed with a name and has none'
