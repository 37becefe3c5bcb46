"""What a book says in words of its own: labels, dates, attributions. Translations will replace this module alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from markupsafe import Markup

from casebuilder.model import COUNTRIES, CREDIT_NAMES, ConsentState, Mode, Role
from casebuilder.text import and_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from casebuilder.model import Person, Quote

#: The language of this module and of the templates.
LANGUAGE = "en"
ROLES: Mapping[Role, str] = {
    Role.WRITER: "writer",
    Role.EDITOR: "editor",
    Role.PEER_REVIEWER: "peer reviewer",
    Role.CURATOR: "curator",
    Role.MODERATOR: "moderator",
    Role.ILLUSTRATOR: "illustrator",
    Role.TRANSLATOR: "translator",
}
PERSPECTIVES: Mapping[str, str] = {
    "faculty": "A teacher’s perspective",
    "learner": "A learner’s perspective",
    "patient": "A patient’s perspective",
    "other field": "A perspective from another field",
}
CHANGES: Mapping[str, str] = {
    "correction": "correction",
    "update": "update",
    "takedown": "taken out",
    "withdrawal": "withdrawn",
}
BASES: Mapping[str, str] = {
    "fictional": "The story is invented.",
    "composite": "The story is put together from several events; nobody in it is a real person.",
    "altered-with-consent": "The story rests on a real event, altered, and told with the consent of those concerned.",
}
_PERMISSION: Mapping[ConsentState, str] = {
    ConsentState.GRANTED: "quoted with permission",
    ConsentState.LICENSED: "quoted under its licence",
    ConsentState.NOT_NEEDED: "quoted from a public post",
}
#: Scripts that run from right to left (Unicode, UAX 24 and UAX 9).
_LEFTWARD = frozenset(("Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a book, marked where they are not in the language of the book itself.

    A voice that reads an Arabic book aloud needs to know which words are not Arabic.

    Attributes:
        language: the book's, BCP 47.
        zone: the series' time zone, in which every date is told.
    """

    language: str
    zone: ZoneInfo

    def say(self, words: str, language: str = LANGUAGE) -> str | Markup:
        """Words of ours, or in a language that is given."""
        if self.language.partition("-")[0] == language.partition("-")[0]:
            return words
        return Markup('<span lang="{0}" dir="{1}">{2}</span>').format(language, direction(language), words)

    def day(self, moment: date) -> str:
        """A day in full: "3 April 2026"; a moment's day is the one it has in the series' zone."""
        local = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        return format_date(local, "d MMMM y", locale=Locale(LANGUAGE))


def direction(language: str) -> str:
    """Which way a language is written, "ltr" or "rtl", by its script: the one of its tag, else its usual one."""
    first, *rest = language.split("-")
    script = next((part for part in rest if part.istitle() and part.isalpha()), "")
    likely = str(get_global("likely_subtags").get(first, "")).split("_")
    return "rtl" if _LEFTWARD & {script or next(iter(likely[1:]), "")} else "ltr"


def post(person: Person) -> str:
    """Where somebody works: "Programme director, Teaching Hospital, Senegal"."""
    country = COUNTRIES.get(person.country or "", "")
    return ", ".join(part for part in (person.post, person.institution, country) if part)


def did(roles: Iterable[Role], *, expert: bool, credit: bool) -> str:
    """What somebody did: "writer (Writing – original draft) and moderator".

    Args:
        roles: their roles.
        expert: whether they answered as an expert, too.
        credit: whether to add CRediT's name of each role that has one.
    """
    names = {role: f" ({CREDIT_NAMES[role]})" for role in CREDIT_NAMES if credit}
    return and_list((*(ROLES[role] + names.get(role, "") for role in roles), *(["expert response"] if expert else [])))


def speaker(quote: Quote) -> str:
    """Who said a quote: "Femi Ojo, resident, Nigeria"."""
    by = quote.by
    who = ", ".join(part for part in (by.name, by.role, COUNTRIES.get(by.country or "", "")) if part)
    return f"{who[:1].upper()}{who[1:]}" if who else "A participant"


def right(quote: Quote) -> str:
    """By what right a quote is printed: "quoted with permission"."""
    permission = _PERMISSION.get(quote.consent.state, "")
    if quote.mode is Mode.PARAPHRASE:
        return "paraphrased"
    return f"anonymous, {permission}" if quote.mode is Mode.ANONYMOUS else permission


def numbered(season: int | None, episode: int | None) -> str:
    """Where a case stands in its series: "Season 2 · Episode 3"."""
    parts = (("Season", season), ("Episode", episode))
    return " · ".join(f"{name} {number}" for name, number in parts if number is not None)


def accessibility(*, pictures: bool) -> str:
    """What somebody who cannot see the book, or not all of it, may want to know before opening it."""
    described = "Every picture is described in words. " if pictures else "It has no pictures but its cover. "
    return (
        "The book is text that reflows, in the reading system’s own fonts and colours. Its headings, lists, tables, "
        f"links and languages are marked, and its contents lead to every chapter. {described}"
        "Nothing in it moves, flashes or makes a sound."
    )
