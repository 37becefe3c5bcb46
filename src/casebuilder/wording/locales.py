"""A language's messages, dates, numbers and lists."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder.model import instant
from casebuilder.text import and_list
from casebuilder.wording import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    import babel

    from casebuilder.model import PartialDate

_MINUTE = timedelta(minutes=1)
#: Where the digits of a number are grouped from ten thousand on, as CLDR 48 says (minimumGroupingDigits 2), which Babel
#: does not read; of Spanish and Portuguese only the regions that are named.
_FROM_TEN_THOUSAND = frozenset((
    "be", "bg", "es", "es_EA", "es_ES", "es_GQ", "es_IC", "es_PH", "et", "hu", "hy", "ia", "ie", "it", "ka", "lv", "pl",
    "pt_CH", "pt_CV", "pt_GQ", "pt_GW", "pt_LU", "pt_MO", "pt_MZ", "pt_PT", "pt_ST", "pt_TL", "ru_UA", "sl", "sq",
))  # fmt: skip
_GROUPED = 10_000
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: its number, from 0 for Monday, and its name, short and in full."""

    number: int
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class Locale:
    """Messages and formats in one language and one time zone.

    Attributes:
        language: BCP 47; it need not have a catalogue.
        zone: the series' time zone, used for every date.
    """

    language: str
    zone: ZoneInfo

    @property
    def spoken(self) -> str:
        """The language of the messages: this one, or English if it has no catalogue."""
        return catalogue.spoken(self.language)

    @property
    def direction(self) -> str:
        """The direction of the language: "ltr" or "rtl"."""
        return catalogue.direction(self.language)

    def gettext(self, words: str, /, **values: object) -> str:
        """Return a message in this language, with the values filled in: "Season %(season)s"."""
        return catalogue.translations(self.language).gettext(words) % values

    def pgettext(self, context: str, words: str, /, **values: object) -> str:
        """Return a message whose translation depends on a context."""
        return catalogue.translations(self.language).pgettext(context, words) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return a message about a number of things; `%(num)s` is the number in the language's form."""
        words = catalogue.translations(self.language).ngettext(one, many, number)
        return words % {"num": self.decimal(number), **values}

    @property
    def plurals(self) -> tuple[tuple[str, int], ...]:
        """CLDR's plural categories, by the names that browsers use, each with a sample number of this language."""
        samples = {self._locale.plural_form(number): number for number in (100, 11, 3, 2, 0, 1)}
        return tuple((form, samples.get(form, 100)) for form in ("zero", "one", "two", "few", "many", "other"))

    def day(self, moment: date, *, weekday: bool = True) -> str:
        """Return a day in full, in the series' zone: "Friday 3 April 2026"."""
        from babel.dates import format_date

        local = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        if self._locale.language == "en":  # day before month everywhere: readers come from many countries
            form = "EEEE d MMMM y" if weekday else "d MMMM y"
        else:
            form = "full" if weekday else "long"
        return format_date(local, form, locale=self._locale)

    def month(self, day: date) -> str:
        """Return the month of a day: "April 2026"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMM", day, locale=self._locale))

    def published(self, when: PartialDate) -> str:
        """Return the known part of when a work was published: "1 July 2014", "July 2014", "2014"."""
        from babel.dates import format_skeleton

        if when.month is None:
            return str(format_skeleton("y", when.first, locale=self._locale))
        return self.month(when.first) if when.day is None else self.day(when.first, weekday=False)

    def month_name(self, day: date) -> str:
        """Return the name of a day's month, without the year: "April"."""
        from babel.dates import format_date

        return str(format_date(day, "LLLL", locale=self._locale))

    def short_month(self, day: date) -> str:
        """Return the short name of a day's month, for bibliographies: "May", "Sep"; in Spanish "sept"."""
        from babel.dates import format_date

        return str(format_date(day, "LLL", locale=self._locale)).rstrip(".")

    def day_of_year(self, day: date) -> str:
        """Return a day without its year, in the language's order: "May 23", "23 de mayo"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMMd", day, locale=self._locale))

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """The days of the week, beginning with the language's first day."""
        from babel.dates import get_day_names

        short, full = (get_day_names(width, locale=self._locale) for width in ("abbreviated", "wide"))
        order = ((self._locale.first_week_day + step) % 7 for step in range(7))
        return tuple(Weekday(number, short[number], full[number]) for number in order)

    def start(self, first: date, last: date) -> str:
        """Return the first day of a period, without what it shares with the last: "6" of "6 to 8 October 2025"."""
        from babel.dates import format_date

        start, end = (m.astimezone(self.zone).date() if isinstance(m, datetime) else m for m in (first, last))
        if self._locale.language != "en" or start.year != end.year:
            return self.day(start, weekday=False)
        return format_date(start, "d" if start.month == end.month else "d MMMM", locale=self._locale)

    def moment(self, moment: date, *, weekday: bool = True) -> str:
        """Return a day, with the time and its zone unless it is midnight, which means that an author wrote a day."""
        day = self.day(moment, weekday=weekday)
        if self.is_day(moment):
            return day
        # Translators: a moment: "Friday 3 April 2026, 18:00 (Dublin time)".
        return self.gettext(
            "%(day)s, %(clock)s (%(zone)s)", day=day, clock=self._hour_format(moment), zone=self.zone_name
        )

    def last(self, end: date) -> date:
        """Return the last moment before an end, for readers, to whom "until 3 April" includes 3 April.

        For an end at midnight this is the last minute of the day before; any other end is returned unchanged.
        """
        return instant(end, self.zone) - _MINUTE if self.is_day(end) else end

    def is_day(self, moment: date) -> bool:
        """Return whether a moment means a whole day."""
        return not isinstance(moment, datetime) or moment.astimezone(self.zone).time() == time()

    def _hour_format(self, moment: date) -> str:
        from babel.dates import format_time

        assert isinstance(moment, datetime)  # noqa: S101 - is_day() is true for all others
        return format_time(moment.astimezone(self.zone), "HH:mm", locale=self._locale)

    def clock(self, moment: date) -> str:
        """Return the clock of a moment: "Dublin time (UTC+01:00)"; empty for a day.

        Babel's name of the zone is not used: it takes Irish summer time, which tzdata calls standard, for winter time.
        """
        if not isinstance(moment, datetime):
            return ""
        offset = moment.astimezone(self.zone).isoformat()[-6:]
        return self.gettext("%(zone)s (UTC%(offset)s)", zone=self.zone_name, offset=offset)

    @property
    def zone_name(self) -> str:
        """The name of the series' time: "Dublin time", or "UTC"."""
        return self.city if self.city == "UTC" else self.gettext("%(city)s time", city=self.city)

    @property
    def city(self) -> str:
        """The city of the series' time zone, in the language: "Dublín"."""
        name = self.zone.key.rpartition("/")[2].replace("_", " ")
        if self._locale.language == "en" or "/" not in self.zone.key:
            return name
        from babel.dates import get_timezone_location

        return get_timezone_location(self.zone, locale=self._locale, return_city=True)

    def stamp(self, moment: date) -> str:
        """Return a day or a moment in ISO 8601: a whole day as a date, anything else with its offset."""
        if not isinstance(moment, datetime):
            return moment.isoformat()
        local = moment.astimezone(self.zone)
        return local.date().isoformat() if local.time() == time() else local.isoformat(timespec="minutes")

    def number(self, count: int) -> str:
        """Return a count for a sentence: "three", "17"; always digits in languages where number words have a gender."""
        spelt = 0 <= count < len(_SMALL) and self._locale.language == "en"
        return _SMALL[count] if spelt else self.decimal(count)

    def decimal(self, value: float) -> str:
        """Return a number in digits: "1,702", "4.5"."""
        return _decimal(value, self._locale)

    def percent(self, share: int) -> str:
        """Return a share, from whole per cent: "18%"."""
        from babel.numbers import format_percent

        return str(format_percent(share / 100, locale=self._locale))

    def listed(self, items: Iterable[str]) -> str:
        """Return items as a list in a sentence: "15, 45 and 90"."""
        return self._join(self.isolated(item) for item in items)

    def linked(self, items: Iterable[str]) -> Markup:
        """Return the same as HTML; items that are plain text are escaped."""
        form = Markup("<bdi>{}</bdi>") if self.direction == "rtl" else Markup("{}")
        return Markup(self._join(str(form.format(item)) for item in items))  # noqa: S704 - the separators are ours

    def _join(self, items: Iterable[str]) -> str:
        if self._locale.language == "en":
            return and_list(items)
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale)

    def isolated(self, words: str) -> str:
        """Isolate left-to-right words, such as a name, in a list that runs from right to left.

        Otherwise a comma between two of them would join their direction, and the list would read backwards.
        """
        direction = next((kind for kind in map(unicodedata.bidirectional, words) if kind in {"L", "R", "AL"}), "")
        return f"\u2068{words}\u2069" if direction == "L" and self.direction == "rtl" else words

    def capital(self, text: str) -> str:
        """Return a text with a capital first letter."""
        return text[:1].upper() + text[1:]

    def country(self, code: str | None) -> str:
        """Return a country's name from its ISO 3166 code; empty for None."""
        return str(self._locale.territories.get(code, code)) if code else ""

    def language_name(self, tag: str) -> str:
        """Return a language's name from its tag (BCP 47): "Portuguese"."""
        return self.capital(_locale(tag).get_language_name(self._locale) or tag)

    def parted(self, *parts: str) -> str:
        """Join the parts that are not empty with the language's comma."""
        # Translators: what parts the items of a list without "and".
        return self.pgettext("list", ", ").join(self.isolated(part) for part in parts if part)

    def phrases(self, *parts: str) -> str:
        """Join parts that may contain commas with the language's semicolon."""
        return self.pgettext("list", "; ").join(self.isolated(part) for part in parts if part)

    @property
    def _locale(self) -> babel.Locale:
        return _locale(self.language)


@lru_cache(maxsize=32)
def _locale(language: str) -> babel.Locale:
    """Return Babel's locale of a language tag, or of its language alone; English if Babel has neither."""
    import babel

    for tag in (language, language.partition("-")[0]):
        try:
            return babel.Locale.parse(tag, sep="-")
        except (babel.UnknownLocaleError, ValueError):
            continue
    return babel.Locale.parse("en")


@lru_cache(maxsize=1024)
def _decimal(value: float, locale: babel.Locale) -> str:
    from babel.numbers import format_decimal

    name = "_".join(filter(None, (locale.language, locale.territory)))
    is_late = name in _FROM_TEN_THOUSAND or (locale.language in _FROM_TEN_THOUSAND and locale.language != "es")
    return str(format_decimal(value, locale=locale, group_separator=abs(value) >= _GROUPED or not is_late))
