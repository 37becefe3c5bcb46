"""Consent: how a quote may be printed depends on its author's consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import Basis, ConsentState, Kind, Mode, Role, Status
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: A handle on a social network.
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z0-9_][\w.]+")


def quotes(series: Series) -> Iterator[Problem]:
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


def privacy_checks(series: Series) -> Iterator[Problem]:
    """Somebody who did not write the case has checked that nobody can be recognised, unless it is fictional."""
    for case in series.cases:
        if case.status is Status.DRAFT or case.kind is Kind.JOURNAL_CLUB or not case.origin.sound("privacy"):
            continue
        if case.basis is not Basis.FICTIONAL and case.privacy is None:
            hint = 'add "privacy:" with "checked_by:" and "on:"'
            message = f"the case is {case.basis} and does not say who checked it for privacy"
            yield Problem(*case.origin.at("basis"), "missing-privacy-check", message, hint)
        elif case.basis is not Basis.FICTIONAL and case.privacy and case.privacy.checked_by in _writers(case):
            others = [credit.person for credit in case.credits if credit.person not in _writers(case)]
            hint = f"ask somebody who did not write it, such as {others[0] if others else 'an editor'}, to check it"
            message = (
                f"{case.privacy.checked_by} wrote the case; a second person must check that nobody can be recognised"
            )
            yield Problem(*case.origin.at("privacy", "checked_by"), "missing-privacy-check", message, hint)


def _writers(case: Case) -> set[str]:
    return {credit.person for credit in case.credits if Role.WRITER in credit.roles}
