"""Quotes: whether one is printed with a name, anonymously or as a paraphrase fits its text and consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import ConsentState, Mode
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series

#: A handle on a social network.
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z0-9_][\w.]+")


def naming(series: Series) -> Iterator[Problem]:
    """A named quote has a name and consent; an anonymous quote has no name."""
    for case in series.cases:
        for index, quote in enumerate(case.quotes):
            if quote.consent.state is ConsentState.WITHDRAWN:
                continue
            at = case.quotes_origin.at
            if quote.mode is Mode.NAMED and not quote.by.name and case.quotes_origin.sound(index, "by"):
                hint = 'add "by:" with "name:", or write "mode: anonymous"'
                message = f'the quote "{quote.id}" must be printed with a name and has none'
                yield Problem(*at(index, "by"), "named-without-name", message, hint)
            if quote.mode is Mode.NAMED and quote.consent.state is ConsentState.NOT_NEEDED:
                hint = f'ask {quote.by.name or "its author"}, and write "granted" or "licensed", or paraphrase'
                message = f'the quote "{quote.id}" names its author, so consent is needed'
                yield Problem(*at(index, "consent", "state"), "missing-consent", message, hint)
            if quote.mode is Mode.ANONYMOUS and (handle := _HANDLE.search(quote.text)):
                hint = "replace it with a word in square brackets, such as [a colleague]"
                message = f'the quote "{quote.id}" must be anonymous and contains the handle {handle.group()}'
                yield Problem(*at(index, "text"), "anonymous-with-name", message, hint)
            if quote.mode is Mode.ANONYMOUS and quote.by.name:
                hint = 'delete the name: the file is public too; "role" and "country" may stay'
                message = f'the quote "{quote.id}" must be anonymous and has a name'
                yield Problem(*at(index, "by", "name"), "anonymous-with-name", message, hint)
