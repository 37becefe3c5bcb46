"""Privacy: what looks like a trace of a real person in a text.

The patterns point at things to look at; they prove nothing, and their silence proves nothing either. Source of the
list: the identifiers of HIPAA's safe harbour (45 CFR 164.514(b)(2)) that can be seen by their form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.problems import Problem
from casebuilder.text import EMAIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

#: A few digits on end: without them no text holds a number that leads to somebody.
_DIGITS = re.compile(r"\d[\d ().-]{3,}\d")
#: Each code with its signs, of which a text in small letters holds one if it needs to be searched (none: digits); the
#: pattern, which is only compiled where there is a sign; what it looks like; and how to fix it.
PATTERNS: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    (
        "email-address",
        ("@",),
        EMAIL.pattern,
        "an e-mail address",
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
        (
            r"(?<![\w./-])(?:\+\d[\d ().-]{7,15}\d|\(0\d{1,4}\)[ -]?\d[\d -]{4,10}\d"
            r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w/])"
        ),
        "a telephone number",
        "delete it, or make clear that nobody has it",
    ),
)
_IP_SIGN = re.compile(r"\d\.\d+\.\d+\.\d")
_IP = re.compile(r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])")


def _texts(series: Series) -> Iterator[tuple[str, Callable[[int], Place]]]:
    """Every text that is printed or lies in the public record, and where each of its characters stands."""
    for case in series.cases:
        for words, place in _values(case):
            yield words, _always(place)
        for text in case.texts():
            yield text.source, text.at
    for person in series.people:
        yield person.biography.source, person.biography.at
    for collection in series.collections:
        yield collection.introduction, _always(collection.origin.at("introduction"))


def _always(place: Place) -> Callable[[int], Place]:
    return lambda _: place


def _values(case: Case) -> Iterator[tuple[str, Place]]:
    """What stands in YAML, JSON or a heading: its place is where the value begins, however its lines are folded."""
    for name in ("title", "teaser", "inspired_by", "content_note"):
        yield getattr(case, name), case.origin.at(name)
    for index, objective in enumerate(case.objectives):
        yield objective, case.origin.at("objectives", index)
    yield from ((question.title, question.place) for question in case.questions)
    yield from ((note.title, note.place) for note in case.notes)
    for index, quote in enumerate(case.quotes):
        yield quote.text, case.quotes_origin.at(index, "text")
        yield quote.consent.how, case.quotes_origin.at(index, "consent", "how")
    for item in case.contributions:  # an address there is an error of its own
        yield EMAIL.sub("", item.text) if "@" in item.text else item.text, item.place


def _holds_one(words: str, signs: tuple[str, ...]) -> bool:
    for sign in signs:  # noqa: SIM110 - every text of a series comes here, and a generator would take twice the time
        if sign in words:
            return True
    return False


def traces(series: Series) -> Iterator[Problem]:
    """Addresses, numbers and dates in texts that may lead to a person."""
    for source, place in _texts(series):
        small, digits = source.lower(), _DIGITS.search(source)
        for code, signs, pattern, what, hint in PATTERNS:
            if (digits and not signs) or _holds_one(small, signs):
                words = _ADDRESS.sub(lambda match: " " * len(match.group()), source)
                for match in re.finditer(pattern, words):
                    message = f'"{match.group().strip()}" looks like {what}'
                    yield Problem(*place(match.start()), code, message, hint)


def addresses_of_machines(series: Series) -> Iterator[Problem]:
    """No field about an author holds an IP address; in a text, 1.2.3.4 may be a dose or the number of a section."""
    for case in series.cases:
        for item in case.contributions:
            for words in (item.author, item.author_key, item.role):
                if _IP_SIGN.search(words) and (match := _IP.search(words)):
                    message = f'"{match.group()}" looks like an IP address'
                    yield Problem(*item.place, "ip-address", message, "delete it: it leads to a person's home")
