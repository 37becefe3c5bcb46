"""Privacy: what looks like a trace of a real person in a text.

The patterns point at things to look at; they prove nothing, and their silence proves nothing either. Source of the
list: the identifiers of HIPAA's safe harbour (45 CFR 164.514(b)(2)) that can be seen by their form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.model import Prose
from casebuilder.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Series

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)\b|\d{{4}}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_ADDRESS = re.compile(r"https?://[^\s)>\]\"]+|\b10\.\d{4,9}/\S+")

#: Each pattern with its code, what it looks like, and how to mend it.
PATTERNS: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "email-address",
        re.compile(r"(?<![\w.+@-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}\b", re.IGNORECASE),
        "an e-mail address",
        "take it out; machines collect it from pages and feeds",
    ),
    (
        "birth-date",
        re.compile(rf"\b(?:born|birth|birthday|d\.?o\.?b\.?)\b[^.\n]{{0,24}}?{_DATE}", re.IGNORECASE),
        "a full date of birth",
        "give an age instead: a date of birth identifies a patient",
    ),
    (
        "record-number",
        re.compile(
            r"\b(?:MRN|NHS (?:number|no)|(?:hospital|record|patient|chart|case) (?:number|no\.?|id))\b"
            r"\W{0,4}(?:is |was )?#?[A-Z]{0,3}\d[\d -]{3,}\d",
            re.IGNORECASE,
        ),
        "a patient's record number",
        "take it out: it identifies a patient",
    ),
    (
        "phone-number",
        re.compile(
            r"(?<![\w./-])(?:\+\d[\d ().-]{7,15}\d|\(0\d{1,4}\)[ -]?\d[\d -]{4,10}\d"
            r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w/])"
        ),
        "a telephone number",
        "take it out, or make clear that nobody has it",
    ),
)
_IP = re.compile(r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])")


def _texts(series: Series) -> Iterator[Prose]:
    """Every text that is printed or lies in the public record."""
    for case in series.cases:
        yield Prose(case.teaser, *case.origin.at("teaser")[:2])
        yield from case.texts()
        for index, quote in enumerate(case.quotes):
            yield Prose(quote.text, *case.quotes_origin.at(index, "text")[:2])
        for item in case.contributions:
            yield Prose(item.text.replace("\n", " "), *item.place[:2])
    for person in series.people:
        yield person.biography


def traces(series: Series) -> Iterator[Problem]:
    """Addresses, numbers and dates in texts that may lead to a person."""
    for prose in _texts(series):
        words = _ADDRESS.sub(lambda match: " " * len(match.group()), prose.source)
        for code, pattern, what, hint in PATTERNS:
            for match in pattern.finditer(words):
                message = f'"{match.group().strip()}" looks like {what}'
                yield Problem(*prose.at(match.start()), code, message, hint)


def addresses_of_machines(series: Series) -> Iterator[Problem]:
    """The record of a discussion never holds an IP address."""
    for case in series.cases:
        for item in case.contributions:
            for words in (item.text, item.author, item.author_key):
                if match := _IP.search(words):
                    message = f'"{match.group()}" looks like an IP address'
                    yield Problem(*item.place, "ip-address", message, "take it out: it leads to a person's home")
