"""Withdrawn texts are also gone from the files, because a public repository shows more than the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.fingerprints import holds, is_telling
from casebuilder.model import ConsentState, Prose
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


def quotes(series: Series) -> Iterator[Problem]:
    """A withdrawn quote has no text; any other quote has one."""
    for case in series.cases:
        withdrawn_contributions = {contribution.id for contribution in case.contributions if contribution.withdrawn}
        for index, quote in enumerate(case.quotes):
            is_withdrawn = (
                quote.consent.state is ConsentState.WITHDRAWN or quote.source.contribution in withdrawn_contributions
            )
            at = case.quotes_origin.at
            if is_withdrawn and (quote.text or quote.by.name):
                hint = f"run: casebuilder withdraw {case.slug} --quote {quote.id}"
                message = f'the quote "{quote.id}" was withdrawn, and its words or its author are still here'
                yield Problem(*at(index, "text" if quote.text else "by"), "withdrawn-text", message, hint)
            elif not is_withdrawn and not quote.text and case.quotes_origin.sound(index, "text"):
                hint = 'add a line "text:" with the words'
                yield Problem(*at(index), "missing-text", f'the quote "{quote.id}" has no text', hint)


def contributions(series: Series) -> Iterator[Problem]:
    """A withdrawn contribution has neither text nor author."""
    for case in series.cases:
        for contribution in case.contributions:
            if contribution.withdrawn and (contribution.text or contribution.url):
                hint = f"run: casebuilder withdraw {case.slug} --contribution {contribution.id}"
                message = f'the contribution "{contribution.id}" was withdrawn, and its words are still here'
                yield Problem(*contribution.place, "withdrawn-text", message, hint)


def prints(case: Case) -> Iterator[tuple[str, str]]:
    """Return the fingerprint of each withdrawn text, and what it was."""
    for quote in case.quotes:
        if quote.consent.fingerprint:
            yield quote.consent.fingerprint, f'the withdrawn quote "{quote.id}"'
    for contribution in case.contributions:
        if contribution.withdrawn and contribution.fingerprint:
            yield contribution.fingerprint, f'the withdrawn contribution "{contribution.id}"'


def _texts_to_search(case: Case) -> Iterator[tuple[Prose, str]]:
    """Yield each text that may contain withdrawn words, and how to remove them there."""
    for text in case.texts():
        yield text, "delete the words"
    for index, quote in enumerate(case.quotes):
        hint = f"if it is its author's, run: casebuilder withdraw {case.slug} --quote {quote.id}; else delete the words"
        yield Prose(quote.text, *case.quotes_origin.at(index, "text")[:2]), hint
    for contribution in case.contributions:
        command = f"casebuilder withdraw {case.slug} --contribution {contribution.id}"
        hint = f"if it is its author's, run: {command}; if somebody repeats the words, delete them in this line"
        yield Prose(contribution.text, *contribution.place[:2]), hint


def traces(series: Series) -> Iterator[Problem]:
    """The words of a withdrawn text are nowhere else in the case's files."""
    for case in series.cases:
        # A quote and its contribution often have the same fingerprint: that is one problem.
        for print_, source in dict(reversed(list(prints(case)))).items():
            for text, hint in _texts_to_search(case) if is_telling(print_) else ():
                if holds(text.source, print_):
                    message = f"the text still contains the words of {source}"
                    yield Problem(*text.at(0), "withdrawn-text", message, hint)
