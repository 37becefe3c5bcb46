"""What an entry says in its own words: labels, dates, attributions. The one module of `feeds` to translate."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from casebuilder.model import COUNTRIES, ConsentState, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.model import Pack, Person, Quote

EDITIONS: Mapping[str, str] = {
    "handout": "Handout",
    "guide": "Facilitator guide",
    "case": "Case with responses",
    "slides": "Slides",
}
PAPERS: Mapping[str, str] = {"a4": "A4", "letter": "US Letter"}
CHANNELS: Mapping[str, str] = {
    "site": "The discussion on the site",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "email": "By e-mail",
}
PERSPECTIVES: Mapping[str, str] = {
    "faculty": "a teacher’s perspective",
    "learner": "a learner’s perspective",
    "patient": "a patient’s perspective",
    "other field": "a perspective from another field",
}
CHANGES: Mapping[str, str] = {
    "correction": "Correction",
    "update": "Update",
    "takedown": "Taken out",
    "withdrawal": "Withdrawn",
}
_PERMISSION: Mapping[ConsentState, str] = {
    ConsentState.GRANTED: "quoted with permission",
    ConsentState.LICENSED: "quoted under its licence",
    ConsentState.NOT_NEEDED: "quoted from a public post",
}
_KILO = 1000


def label(table: Mapping[str, str], word: str) -> str:
    """What a table calls a word; one that it does not know is shown as it is, beginning large."""
    return table.get(word) or word[:1].upper() + word[1:]


def moment(moment: date, language: str) -> str:
    """A day, "23 May 2025"; with the time where an author wrote one: "6 October 2025, 07:00 (Dublin time)"."""
    locale = _locale(language)
    words = format_date(moment, "d MMMM y" if locale.language == "en" else "long", locale=locale)
    if not isinstance(moment, datetime) or moment.time() == time():
        return words
    city = str(moment.tzinfo).rpartition("/")[2].replace("_", " ")
    return f"{words}, {moment:%H:%M} ({city} time)"


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    """The locale of a language tag, or of its language alone; English if Babel knows neither."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def pack(pack: Pack) -> str:
    """What a pack is: "Facilitator guide, A4, 9 pages, 142 kB"."""
    pages = f"{pack.pages} page{'' if pack.pages == 1 else 's'}"
    paper = PAPERS.get(pack.paper, pack.paper)
    size = f"{max(1, round(pack.size / _KILO))} kB"
    return ", ".join(part for part in (label(EDITIONS, pack.edition), paper, pages, size) if part)


def post(person: Person) -> str:
    """Where somebody works: "Programme director, Teaching Hospital, Senegal"."""
    country = COUNTRIES.get(person.country or "", "")
    return ", ".join(part for part in (person.post, person.institution, country) if part)


def attribution(quote: Quote) -> str:
    """Who said a quote and by what right it is printed: "A resident, Philippines · quoted with permission"."""
    by = quote.by
    country = COUNTRIES.get(by.country or "", "")
    who = ", ".join(part for part in (by.name, by.role, country) if part) or "A participant"
    return f"{who[:1].upper()}{who[1:]} · {_right(quote)}"


def _right(quote: Quote) -> str:
    permission = _PERMISSION.get(quote.consent.state, "")
    if quote.mode is Mode.PARAPHRASE:
        return "paraphrased"
    return f"anonymous, {permission}" if quote.mode is Mode.ANONYMOUS else permission
