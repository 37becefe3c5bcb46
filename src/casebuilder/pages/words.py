"""The interface's words, dates and numbers: the one module of `pages` that translations will replace.

Labels stand in tables by the word that the format uses; sentences of a page stand in its template.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError, dates, numbers

from casebuilder.model import CREDIT_NAMES, ConsentState, Kind, Mode, Role, State
from casebuilder.text import and_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from casebuilder.model import Quote

STATES: Mapping[State, str] = {
    State.DRAFT: "Draft",
    State.SCHEDULED: "Scheduled",
    State.OPEN: "Under discussion",
    State.CURATING: "Being curated",
    State.COMPLETE: "Complete",
    State.WITHDRAWN: "Withdrawn",
}
ROLES: Mapping[Role, str] = {
    Role.WRITER: "Writer",
    Role.EDITOR: "Editor",
    Role.PEER_REVIEWER: "Peer reviewer",
    Role.CURATOR: "Curator",
    Role.MODERATOR: "Moderator",
    Role.ILLUSTRATOR: "Illustrator",
    Role.TRANSLATOR: "Translator",
}
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
    "faculty": "A teacher’s perspective",
    "learner": "A learner’s perspective",
    "patient": "A patient’s perspective",
    "other field": "A perspective from another field",
}
CHANGES: Mapping[str, str] = {
    "correction": "Correction",
    "update": "Update",
    "takedown": "Taken out",
    "withdrawal": "Withdrawn",
}
BASES: Mapping[str, str] = {
    "fictional": "The story is invented.",
    "composite": "The story is put together from several events; nobody in it is a real person.",
    "altered-with-consent": "The story rests on a real event, altered, and told with the consent of those concerned.",
}
#: The figures that the papers on such series report (Chan et al. 2015; Thangasamy et al. 2014).
METRICS: Mapping[str, str] = {
    "page-views": "Page views",
    "visitors": "Visitors",
    "cities": "Cities",
    "countries": "Countries",
    "continents": "Continents",
    "comments": "Comments",
    "posts": "Posts on social networks",
    "participants": "Participants",
}
#: What stands behind a reader's own time, which the browser adds where it is not the series'.
HERE = "where you are"
KINDS: Mapping[Kind, str] = {Kind.CASE: "Case", Kind.JOURNAL_CLUB: "Journal club"}
_PERMISSION: Mapping[ConsentState, str] = {
    ConsentState.GRANTED: "quoted with permission",
    ConsentState.LICENSED: "quoted under its licence",
    ConsentState.NOT_NEEDED: "quoted from a public post",
}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_THOUSAND = 1000
#: About three lines of a list.
_OPENING = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says, in one language and one time zone.

    Attributes:
        language: BCP 47.
        zone: the series' time zone, in which every date is told.
    """

    language: str
    zone: ZoneInfo

    def day(self, moment: date, *, weekday: bool = True) -> str:
        """A day in full: "Friday 3 April 2026"; a moment's day is the one it has in the series' zone."""
        local = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        locale = _locale(self.language)
        if locale.language == "en":  # day before month everywhere: readers come from many countries
            form = "EEEE d MMMM y" if weekday else "d MMMM y"
        else:
            form = "full" if weekday else "long"
        return dates.format_date(local, form, locale=locale)

    def start(self, first: date, last: date) -> str:
        """The first day of a stretch, without what it shares with the last: "6" of "6 to 8 October 2025"."""
        one, other = (m.astimezone(self.zone).date() if isinstance(m, datetime) else m for m in (first, last))
        locale = _locale(self.language)
        if locale.language != "en" or one.year != other.year:
            return self.day(one, weekday=False)
        return dates.format_date(one, "d" if one.month == other.month else "d MMMM", locale=locale)

    def moment(self, moment: date) -> str:
        """A day, with the time and the place whose clock it is if it is not midnight: an author wrote a day then."""
        if not isinstance(moment, datetime):
            return self.day(moment)
        local = moment.astimezone(self.zone)
        if local.time() == time():
            return self.day(local)
        clock = dates.format_time(local, "HH:mm", locale=_locale(self.language))
        return f"{self.day(local)}, {clock} ({self.city} time)"

    def clock(self, moment: date) -> str:
        """The clock that a moment is told by: "Dublin time (UTC+01:00)"; nothing for a day.

        The zone's own name is not told: Babel takes Irish summer time, which tzdata calls the standard, for winter's.
        """
        if not isinstance(moment, datetime):
            return ""
        return f"{self.city} time (UTC{moment.astimezone(self.zone).isoformat()[-6:]})"

    @property
    def city(self) -> str:
        """The place that the series' time zone is named after."""
        return self.zone.key.rpartition("/")[2].replace("_", " ")

    def stamp(self, moment: date) -> str:
        """A day or a moment for machines: a whole day as its date, anything else with its offset."""
        if not isinstance(moment, datetime):
            return moment.isoformat()
        local = moment.astimezone(self.zone)
        return local.date().isoformat() if local.time() == time() else local.isoformat(timespec="minutes")

    def number(self, count: int) -> str:
        """A count in a sentence: "three", "17"."""
        return (
            _SMALL[count] if 0 <= count < len(_SMALL) else numbers.format_decimal(count, locale=_locale(self.language))
        )

    def counted(self, count: int, one: str, many: str, *, spelt: bool = False) -> str:
        """A count and what is counted: "2 pages", or "two pages" if it is spelt."""
        figure = self.number(count) if spelt else numbers.format_decimal(count, locale=_locale(self.language))
        return f"{figure} {one if count == 1 else many}"

    def decimal(self, value: float) -> str:
        """A figure in a table: "1,702", "4.5"."""
        return str(numbers.format_decimal(value, locale=_locale(self.language)))

    def metric(self, name: str) -> str:
        """What a figure counts; a name that nobody foresaw is made readable: "poll-votes" is "Poll votes"."""
        return METRICS.get(name) or self.capital(re.sub(r"[-_\s]+", " ", name).strip())

    def listed(self, items: Iterable[str]) -> str:
        """Items as a sentence lists them: "15, 45 and 90"."""
        return and_list(items)

    def capital(self, text: str) -> str:
        """A text that begins a sentence."""
        return text[:1].upper() + text[1:]

    def opening(self, text: str) -> str:
        """The first sentences of a text, as many as a list has room for."""
        sentences = re.split(r"(?<=[.!?…])\s+", " ".join(text.split()))
        taken = sentences[:1]
        for sentence in sentences[1:]:
            if len(" ".join((*taken, sentence))) > _OPENING:
                break
            taken.append(sentence)
        return " ".join(taken)

    def size(self, size: int) -> str:
        """A file's size, from bytes: "84 kB", "1.2 MB"."""
        kilobytes = max(1, round(size / _THOUSAND))
        if kilobytes < _THOUSAND:
            return f"{kilobytes} kB"
        return f"{numbers.format_decimal(round(size / _THOUSAND**2, 1), locale=_locale(self.language))} MB"

    def country(self, code: str | None) -> str:
        """A country's name, from its ISO 3166 code."""
        return str(_locale(self.language).territories.get(code, code)) if code else ""

    def label(self, table: Mapping[str, str], word: str) -> str:
        """What a table calls a word; one that it does not know is shown as it is, beginning large."""
        return table.get(word) or self.capital(word)

    def role(self, role: Role) -> str:
        """What somebody did, with CRediT's name for it where it has one."""
        contribution = CREDIT_NAMES.get(role)
        return f"{ROLES[role]} ({contribution})" if contribution else ROLES[role]

    def attribution(self, quote: Quote) -> str:
        """Who said a quote, and by what right it is printed: "A resident, Philippines · quoted with permission"."""
        by = quote.by
        who = ", ".join(part for part in (by.name, by.role, self.country(by.country)) if part) or "A participant"
        return f"{self.capital(who)} · {_right(quote)}"


def _right(quote: Quote) -> str:
    permission = _PERMISSION.get(quote.consent.state, "")
    if quote.mode is Mode.PARAPHRASE:
        return "paraphrased"
    return f"anonymous, {permission}" if quote.mode is Mode.ANONYMOUS else permission


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    """The locale of a language tag, or of its language alone; English if Babel knows neither."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")
