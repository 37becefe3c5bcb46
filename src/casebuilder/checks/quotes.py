"""Quotes: whether one is printed with a name, anonymously or as a paraphrase fits its text and consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import ConsentState, Mode
from casebuilder.model.commentary import METHOD_FIGURES
from casebuilder.problems import Problem
from casebuilder.text import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.series import Series

#: A handle on a social network.
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z0-9_][\w.]+")


#: Words for the figures of the line on the method, as people may think that they are called.
_OTHER_NAMES = {
    **dict.fromkeys(("participants", "authors", "contributers", "posters", "users"), "contributors"),
    **dict.fromkeys(("posts", "comments", "tweets", "messages", "replies"), "contributions"),
    "quotations": "quotes",
}


def figures_of_method(series: Series) -> Iterator[Problem]:
    """Words in braces in the line on the method are figures that are counted; any other would be printed."""
    for case in series.cases:
        commentary = case.commentary
        for match in re.finditer(r"\{+ ?([^{}\s]+) ?\}+", commentary.method if commentary else ""):
            if commentary and match[0] not in {f"{{{name}}}" for name in METHOD_FIGURES}:
                name = match[1].casefold()
                name = name if name in METHOD_FIGURES else _OTHER_NAMES.get(name) or nearest(name, METHOD_FIGURES)
                known = ", ".join(f"{{{each}}}" for each in METHOD_FIGURES)
                hint = f'did you mean "{{{name}}}"?' if name else f"figures that are counted: {known}; else delete it"
                place = commentary.origin.within(("method",), commentary.method, match.start())
                message = f'"{match[0]}" is not a figure that is counted, and would be printed as plain characters'
                yield Problem(*place, "unsupported-syntax", message, hint)


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
                yield Problem(
                    *case.quotes_origin.within((index, "text"), quote.text, handle.start()),
                    "anonymous-with-name",
                    message,
                    hint,
                )
            if quote.mode is Mode.ANONYMOUS and quote.by.name:
                hint = 'delete the name: the file is public too; "role" and "country" may stay'
                message = f'the quote "{quote.id}" must be anonymous and has a name'
                yield Problem(*at(index, "by", "name"), "anonymous-with-name", message, hint)
