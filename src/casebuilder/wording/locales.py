"""A language as it is written: its messages, dates, numbers and lists."""

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

_MINUTE = timedelta(minutes=1)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: its number, from 0 for Monday, and its name, short and in full."""

    number: int
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class Locale:
    """What is written in one language and one time zone.

    Attributes:
        language: BCP 47; it need not have a catalogue.
        zone: the series' time zone, in which every date is written.
    """

    language: str
    zone: ZoneInfo

    @property
    def spoken(self) -> str:
        """The language that the messages come in: the reader's own, or English where it has no catalogue."""
        return catalogue.spoken(self.language)

    @property
    def direction(self) -> str:
        """Which way the language is written: "ltr" or "rtl"."""
        return catalogue.direction(self.language)

    def gettext(self, words: str, /, **values: object) -> str:
        """A message in this language, with the values in the place of their names: "Season %(season)s"."""
        return catalogue.translations(self.language).gettext(words) % values

    def pgettext(self, context: str, words: str, /, **values: object) -> str:
        """A message that means different things in different places, with the place."""
        return catalogue.translations(self.language).pgettext(context, words) % values

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A message about so many things; `%(num)s` is the number as the language writes it."""
        words = catalogue.translations(self.language).ngettext(one, many, number)
        return words % {"num": self.decimal(number), **values}

    @property
    def plurals(self) -> tuple[tuple[str, int], ...]:
        """CLDR's plural categories, as a browser names them, each with a number that this language has in it."""
        samples = {self._locale.plural_form(number): number for number in (100, 11, 3, 2, 0, 1)}
        return tuple((form, samples.get(form, 100)) for form in ("zero", "one", "two", "few", "many", "other"))

    def day(self, moment: date, *, weekday: bool = True) -> str:
        """A day in full: "Friday 3 April 2026"; a moment's day is the one it has in the series' zone."""
        from babel.dates import format_date

        local = moment.astimezone(self.zone).date() if isinstance(moment, datetime) else moment
        if self._locale.language == "en":  # day before month everywhere: readers come from many countries
            form = "EEEE d MMMM y" if weekday else "d MMMM y"
        else:
            form = "full" if weekday else "long"
        return format_date(local, form, locale=self._locale)

    def month(self, day: date) -> str:
        """The month of a day: "April 2026"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMM", day, locale=self._locale))

    def month_name(self, day: date) -> str:
        """The month of a day, without its year, as a list names it: "April"."""
        from babel.dates import format_date

        return str(format_date(day, "LLLL", locale=self._locale))

    def short_month(self, day: date) -> str:
        """The month of a day as a bibliography shortens it: "May", "Sep"; in Spanish "sept"."""
        from babel.dates import format_date

        return str(format_date(day, "LLL", locale=self._locale)).rstrip(".")

    def day_of_year(self, day: date) -> str:
        """A day without its year, month first where the language has it so: "May 23", "23 de mayo"."""
        from babel.dates import format_skeleton

        return str(format_skeleton("MMMMd", day, locale=self._locale))

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """The days of the week, from the one that it begins with."""
        from babel.dates import get_day_names

        short, full = (get_day_names(width, locale=self._locale) for width in ("abbreviated", "wide"))
        order = ((self._locale.first_week_day + step) % 7 for step in range(7))
        return tuple(Weekday(number, short[number], full[number]) for number in order)

    def start(self, first: date, last: date) -> str:
        """The first day of a stretch, without what it shares with the last: "6" of "6 to 8 October 2025"."""
        from babel.dates import format_date

        one, other = (m.astimezone(self.zone).date() if isinstance(m, datetime) else m for m in (first, last))
        if self._locale.language != "en" or one.year != other.year:
            return self.day(one, weekday=False)
        return format_date(one, "d" if one.month == other.month else "d MMMM", locale=self._locale)

    def moment(self, moment: date, *, weekday: bool = True) -> str:
        """A day, with the time and the place whose clock it is if it is not midnight: an author wrote a day then."""
        day = self.day(moment, weekday=weekday)
        if self.is_day(moment):
            return day
        # Translators: a moment: "Friday 3 April 2026, 18:00 (Dublin time)".
        return self.gettext("%(day)s, %(clock)s (%(zone)s)", day=day, clock=self._hour(moment), zone=self.zone_name)

    def last(self, end: date) -> date:
        """The last moment before an end, as people tell it: to a reader "until 3 April" has the third in it.

        A stretch that ends as a day begins is over with the day before, of which the last minute is told; an end
        that has an hour is told by that hour.
        """
        return instant(end, self.zone) - _MINUTE if self.is_day(end) else end

    def is_day(self, moment: date) -> bool:
        """Whether a moment stands for a whole day."""
        return not isinstance(moment, datetime) or moment.astimezone(self.zone).time() == time()

    def _hour(self, moment: date) -> str:
        from babel.dates import format_time

        assert isinstance(moment, datetime)  # noqa: S101 - is_day() has told the others apart
        return format_time(moment.astimezone(self.zone), "HH:mm", locale=self._locale)

    def clock(self, moment: date) -> str:
        """The clock that a moment is told by: "Dublin time (UTC+01:00)"; nothing for a day.

        The zone's own name is not told: Babel takes Irish summer time, which tzdata calls the standard, for winter's.
        """
        if not isinstance(moment, datetime):
            return ""
        offset = moment.astimezone(self.zone).isoformat()[-6:]
        return self.gettext("%(zone)s (UTC%(offset)s)", zone=self.zone_name, offset=offset)

    @property
    def zone_name(self) -> str:
        """What the series' time is called: "Dublin time"; "UTC" is nobody's."""
        return self.city if self.city == "UTC" else self.gettext("%(city)s time", city=self.city)

    @property
    def city(self) -> str:
        """The place that the series' time zone is named after, as the language calls it: "Dublín"."""
        name = self.zone.key.rpartition("/")[2].replace("_", " ")
        if self._locale.language == "en" or "/" not in self.zone.key:
            return name
        from babel.dates import get_timezone_location

        return get_timezone_location(self.zone, locale=self._locale, return_city=True)

    def stamp(self, moment: date) -> str:
        """A day or a moment for machines: a whole day as its date, anything else with its offset."""
        if not isinstance(moment, datetime):
            return moment.isoformat()
        local = moment.astimezone(self.zone)
        return local.date().isoformat() if local.time() == time() else local.isoformat(timespec="minutes")

    def number(self, count: int) -> str:
        """A count in a sentence: "three", "17". Figures where a number's form would follow its noun's gender."""
        spelt = 0 <= count < len(_SMALL) and self._locale.language == "en"
        return _SMALL[count] if spelt else self.decimal(count)

    def decimal(self, value: float) -> str:
        """A figure: "1,702", "4.5"."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self._locale))

    def percent(self, share: int) -> str:
        """A share, from whole per cent: "18%"."""
        from babel.numbers import format_percent

        return str(format_percent(share / 100, locale=self._locale))

    def listed(self, items: Iterable[str]) -> str:
        """Items as a sentence lists them: "15, 45 and 90"."""
        return self._joined(self.isolated(item) for item in items)

    def linked(self, items: Iterable[str]) -> Markup:
        """The same of HTML: items that are none are escaped."""
        form = Markup("<bdi>{}</bdi>") if self.direction == "rtl" else Markup("{}")
        return Markup(self._joined(str(form.format(item)) for item in items))  # noqa: S704 - what stands between is ours

    def _joined(self, items: Iterable[str]) -> str:
        if self._locale.language == "en":
            return and_list(items)
        from babel.lists import format_list

        return format_list(list(items), locale=self._locale)

    def isolated(self, words: str) -> str:
        """Words that run from left to right, such as a name, for a list that runs the other way.

        Between two of them a comma would run with them, and the list with it: it would be read from its end.
        """
        strong = next((kind for kind in map(unicodedata.bidirectional, words) if kind in {"L", "R", "AL"}), "")
        return f"\u2068{words}\u2069" if strong == "L" and self.direction == "rtl" else words

    def capital(self, text: str) -> str:
        """A text that begins a sentence."""
        return text[:1].upper() + text[1:]

    def country(self, code: str | None) -> str:
        """A country's name, from its ISO 3166 code."""
        return str(self._locale.territories.get(code, code)) if code else ""

    def language_name(self, tag: str) -> str:
        """What a language is called, from its tag (BCP 47): "Portuguese"."""
        return self.capital(_locale(tag).get_language_name(self._locale) or tag)

    def parted(self, *parts: str) -> str:
        """The parts that there are, with the language's comma between them."""
        # Translators: what parts the items of a list without "and".
        return self.pgettext("list", ", ").join(self.isolated(part) for part in parts if part)

    def phrases(self, *parts: str) -> str:
        """Parts that may have a comma of their own, with the language's semicolon between them."""
        return self.pgettext("list", "; ").join(self.isolated(part) for part in parts if part)

    @property
    def _locale(self) -> babel.Locale:
        return _locale(self.language)


@lru_cache(maxsize=32)
def _locale(language: str) -> babel.Locale:
    """The locale of a language tag, or of its language alone; English if Babel knows neither."""
    import babel

    for tag in (language, language.partition("-")[0]):
        try:
            return babel.Locale.parse(tag, sep="-")
        except (babel.UnknownLocaleError, ValueError):
            continue
    return babel.Locale.parse("en")
