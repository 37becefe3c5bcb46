"""Privacy: text that looks like personal data of a real person.

A match only shows where to look, and no match proves nothing. Source of the list: the identifiers of HIPAA's safe
harbour (45 CFR 164.514(b)(2)) that have a recognisable form.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from casebuilder.model import Basis, Kind, Role, Status
from casebuilder.problems import Problem
from casebuilder.text import EMAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from casebuilder.model import Origin, Step
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

    Place = tuple[str, int, int]

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)\b|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_ADDRESS = re.compile(r"https?://[^\s)>\]\"]+|\b10\.\d{4,9}/\S+")

#: A few digits in a row: a text without them contains no personal number.
_DIGITS = re.compile(r"\d[\d\s().\u2011-]{3,}\d")
#: A text without this contains no telephone number, whose pattern takes milliseconds to compile.
_LONG_NUMBER = re.compile(r"\+\d|\(0\d|\d(?:[\s().\u2010\u2011-]*\d){8}")
#: Blanks and hyphens within a number, also those that programs put there to keep it on one line.
_BLANK, _JOIN = "[ \u00a0\u2009\u202f]", "[ \u00a0\u2009\u202f.\u2010\u2011-]"
#: Telephone numbers as people and their telephones write them.
_PHONES = (
    rf"\+\d(?:[\d()]|{_JOIN}){{7,15}}\d",
    rf"\(0\d{{1,4}}\){_JOIN}?\d(?:\d|{_JOIN}){{4,10}}\d",
    rf"\([2-9]\d\d\){_BLANK}?\d{{3}}{_JOIN}\d{{4}}",
    rf"0\d{{2,4}}{_JOIN}\d{{3,4}}{_JOIN}?\d{{3,4}}",
    rf"0[1-9](?P<join>{_JOIN})\d\d(?:(?P=join)\d\d){{3}}",
    r"\d{3}[.-]\d{3}[.-]\d{4}",
    # Abroad without a plus sign; WhatsApp's "@353861234567" names somebody.
    rf"00{_BLANK}?[1-9]\d{{0,2}}{_JOIN}\d{{1,4}}{_JOIN}\d{{3,4}}(?:{_JOIN}?\d{{2,4}})?",
    rf"[1-9]\d{{0,2}}{_JOIN}\(?\d{{2,3}}\)?{_JOIN}\d{{3}}{_JOIN}\d{{4}}",
    rf"44{_BLANK}7\d{{3}}{_BLANK}\d{{6}}",
    r"@[1-9]\d{8,14}",
    r"00[1-9]\d{8,13}",
    r"0[1-9]\d{8,9}",
    r"[1-9]\d{10,11}",
)
#: For each code: hints, one or more of them in the lower-cased text if it is worth searching (none: digits); the
#: pattern, compiled only if there is a hint; what it looks like; and how to fix it.
PATTERNS: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    (
        "email-address",
        ("@",),
        EMAIL.pattern,
        "an email address",
        "delete it: machines collect addresses from pages and feeds",
    ),
    (
        "birth-date",
        ("born", "birth", "dob", "d.o.b"),
        rf"(?i)\b(?:born|birth|birthday|d\.?o\.?b\.?)\b[^.\n]{{0,24}}?{_DATE}",
        "a full date of birth",
        "give an age instead: a date of birth identifies a patient",
    ),
    (
        "record-number",
        (),
        (
            r"(?i)\b(?:MRN|NHS (?:number|no)|(?:hospital|record|patient|chart|case) (?:number|no\.?|id))\b"
            r"\W{0,4}(?:is |was )?#?[A-Z]{0,3}[ -]?\d[\d -]{3,}\d"
        ),
        "a patient's record number",
        "delete it: it identifies a patient",
    ),
    (
        "phone-number",
        (),
        rf"(?<![\w./@+-])(?:{'|'.join(_PHONES)})(?![\w/]|[.,]\d)",
        "a telephone number",
        "delete it, or use a number that belongs to nobody",
    ),
)
_IP_SIGN = re.compile(r"\d\.\d+\.\d+\.\d")
_IP = re.compile(r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])")


def _public_texts(series: Series) -> Iterator[tuple[str, Callable[[int], Place]]]:
    """Yield every text that is printed or in the public record, and the place of each of its characters."""
    for case in series.cases:
        yield from _short_texts(case)
        for text in case.texts():
            yield text.source, text.at
    for person in series.people:
        yield person.biography.source, person.biography.at
    for collection in series.collections:
        yield collection.introduction, collection.text.at


def _fixed_place(place: Place) -> Callable[[int], Place]:
    return lambda _: place


def _short_texts(case: Case) -> Iterator[tuple[str, Callable[[int], Place]]]:
    """Yield the values in YAML, JSON and headings; in the last two, the place is where the line begins."""
    fields: list[tuple[Origin, tuple[Step, ...], str]] = [
        (case.origin, (name,), getattr(case, name)) for name in ("title", "teaser", "inspired_by", "content_note")
    ]
    fields += ((case.origin, ("objectives", index), objective) for index, objective in enumerate(case.objectives))
    for index, quote in enumerate(case.quotes):
        fields.append((case.quotes_origin, (index, "text"), quote.text))
        fields.append((case.quotes_origin, (index, "consent", "how"), quote.consent.how))
    yield from ((value, partial(origin.within, steps, value)) for origin, steps, value in fields)
    yield from ((question.title, _fixed_place(question.place)) for question in case.questions)
    yield from ((note.title, _fixed_place(note.place)) for note in case.notes)
    for contribution in case.contributions:  # an address there is reported as an error of its own
        words = EMAIL.sub("", contribution.text) if "@" in contribution.text else contribution.text
        yield words, _fixed_place(contribution.place)


def _holds_one(text: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - called for every text of a series, and a generator takes twice the time
        if sign in text:
            return True
    return False


def traces(series: Series) -> Iterator[Problem]:
    """Report addresses, numbers and dates in texts that may identify a person."""
    for source, place in _public_texts(series):
        lower_case, digits = source.lower(), _DIGITS.search(source)
        for code, signs, pattern, looks_like, hint in PATTERNS:
            if (digits and not signs) or _holds_one(lower_case, signs):
                without_addresses = _ADDRESS.sub(lambda match: " " * len(match.group()), source)
                if code == "phone-number" and not _LONG_NUMBER.search(without_addresses):
                    continue
                for match in re.finditer(pattern, without_addresses):
                    message = f'"{match.group().strip()}" looks like {looks_like}'
                    yield Problem(*place(match.start()), code, message, hint, match.group())


def addresses_of_machines(series: Series) -> Iterator[Problem]:
    """Report IP addresses in fields about an author. In a text, 1.2.3.4 may be a dose or a section number."""
    for case in series.cases:
        for contribution in case.contributions:
            for value in (contribution.author, contribution.author_key, contribution.role):
                if _IP_SIGN.search(value) and (match := _IP.search(value)):
                    message = f'"{match.group()}" looks like an IP address'
                    yield Problem(
                        *contribution.place, "ip-address", message, "delete it: it can reveal where a person lives"
                    )


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
