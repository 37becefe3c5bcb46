"""Dates and times as spreadsheets, survey forms and platforms of many countries write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from functools import lru_cache

from casebuilder.wording import halves_of_day, months, weekdays

#: Languages in which Excel writes names of months: those of most of its readers.
_LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "id",
              "fil", "el", "ru", "uk", "ar", "he")  # fmt: skip
#: Further languages, read only for words that none of those has, to save time.
_MORE_LANGUAGES = ("hi", "bn", "ta", "te", "mr", "ur", "fa", "th", "vi", "ms", "sw", "am", "bg", "hr", "sr", "sk", "sl",
                   "lt", "lv", "et", "sq", "ka", "hy", "ne", "si", "af", "ca", "is", "ko", "ja", "zh")  # fmt: skip
#: Common short forms that CLDR does not list.
_ALSO_MONTHS = {"sept": 9, "mrz": 3}
_BEFORE_NOON = ("am", "a", "πμ", "ص", "上午", "午前", "오전", "fm", "de", "sa")
_AFTER_NOON = ("pm", "p", "μμ", "م", "下午", "午後", "오후", "em", "du", "ch")
_DIGITS = r"\d{1,4}"
#: The day: year first, or last, with any of the separators; Chinese, Japanese and Korean name the parts.
_DAY = re.compile(rf"({_DIGITS})(?:\s*[-/.,]\s*|\s+)({_DIGITS})(?:\s*[-/.,]\s*|\s+)({_DIGITS})\.?(?=$|[\sT,])")
_NAMED = re.compile(
    r"(?P<before>\d{1,4})?(?:st|nd|rd|th|er|[º°ª])?[\s.,\-/]*(?:de\s+)?(?P<month>[^\d\s,/\-–]+)"
    r"[\s.,\-/]*(?:de[l]?\s+)?(?P<rest>.*)"
)
#: A time of day before its day.
_CLOCK_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?),?\s+(\S.*)")
#: Words between the day and the time of day.
_BETWEEN = re.compile(
    r"^(?:[T,\-–]|\s)*(?:(?:at|um|à|às|as|klo|kl\.?|klockan|a las|ore|alle|o|o godz\.?|om|saat|pukul|alas|ng)\s)?\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?(?!\d)")
_ZONE = re.compile(r"(?:\b(?:UTC|GMT)\b)?\s*(?P<sign>[+\-−])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\s*(?:\(.*\))?$|"
                   r"(?:Z|\b(?:UTC|GMT))\s*(?:\(.*\))?$")  # fmt: skip
#: Seconds, or milliseconds, since 1970, from 2001 to 2033: no other date is written in so many digits.
_COUNTED = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
#: Russian and Ukrainian name the year behind its number.
_YEARS = re.compile(r"(\d{4})\s*(?:г|года|р|року)\b\.?")  # noqa: RUF001 - Cyrillic letters
_CENTURY, _MONTHS, _YEAR_DIGITS, _NOON, _LONGEST = 2000, 12, 4, 12, 80
#: Years of discussions; Thailand's calendar counts from 543 years before. Others are slips, or of another calendar.
_YEARS_OF_POSTS, _BUDDHIST = range(1990, 2061), 543


@dataclass(frozen=True, slots=True)
class Reading:
    """The readings of a date, day first and month first: equal unless it is ambiguous, None if impossible.

    Attributes:
        day_first: its meaning if the day is written before the month.
        month_first: its meaning if the month is.
        decides: whether only one of the two is possible, which decides the order for the whole column.
    """

    day_first: datetime | None
    month_first: datetime | None
    decides: bool = False

    @property
    def is_ambiguous(self) -> bool:
        """Whether it can be two days."""
        return bool(self.day_first and self.month_first and self.day_first != self.month_first)


def read(source: str) -> Reading | None:
    """Return the possible readings of a date with or without a time of day; None if it is not a date.

    The result has an offset only if one was written.
    """
    text = _normalise(source)
    if not text or len(text) > _LONGEST:
        return None
    if _COUNTED.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return Reading(moment, moment)
    if re.match(r"\d{4}-\d\d-\d\d(?:$|[T ]\d\d:\d\d)|\d{8}T\d{4}", text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return Reading(moment, moment)
    text = _without_weekday(text)
    if match := _CLOCK_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]}"
    if match := _DAY.match(text):
        return _date_of_numbers((match[1], match[2], match[3]), text[match.end() :], dotted=match[0].count(".") > 1)
    return _date_with_month_name(text)


def join_day_and_time(day: str, clock: str) -> str:
    """Join a day and a time of day from two columns."""
    reading = read(day)
    moment = (reading.day_first or reading.month_first) if reading else None
    if not clock or moment is None or moment.time() != time():
        return day
    day_ = day.strip()
    return f"{day_.removesuffix('T00:00:00').removesuffix(' 00:00:00').removesuffix(' 00:00')} {clock.strip()}"


def _normalise(source: str) -> str:
    """Return one kind of blank and digit; "a. m." is "am", and parts with Chinese or Korean names have separators."""
    text = "".join(
        str(unicodedata.digit(sign, sign)) if sign.isdecimal() else " " if sign.isspace() else sign
        for sign in source.strip()
        if sign not in "\u200e\u200f\u061c\ufeff\u200b"
    )
    text = re.sub(r"(\d)\s*[年년]\s*(\d+)\s*[月월]\s*(\d+)\s*[日일]", r"\1/\2/\3 ", text)
    text = re.sub(r"(\d)\s*[時时시点點]\s*(\d+)\s*[分분]", lambda match: f"{match[1]}:{match[2]:0>2}", text)
    text = re.sub(r"(:\d\d)\s*(\d+)\s*[秒초]", lambda match: f"{match[1]}:{match[2]:0>2}", text)
    text = re.sub(r"\b([ap])\.?\s?m\b\.?", r" \1m", text, flags=re.IGNORECASE)
    text = re.sub(r"([πμ])\.\s?μ\.", r" \1μ", text)
    text = re.sub(r"(?<=\d)\s*(?:Uhr|hrs?|hours)\.?$", "", text, flags=re.IGNORECASE)
    text = re.sub(r"([+\-]\d{2}:?\d{2}) (?:UTC|GMT|Z)$", r"\1", _YEARS.sub(r"\1", text))
    return " ".join(text.split())


def _without_weekday(text: str) -> str:
    """Return a text without "Sat, " or "(土)": the date says it too."""
    text = re.sub(r"\s*\([^)\d]{1,12}\)", "", text, count=1)
    match = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)?\.?,?\s+(?=\d|[^\W\d_]+\.?,?\s+\d)", text)
    if match and _month(match[0].strip(" .,")) is None:
        return text[match.end() :]
    return text


def _without_weekday_between(text: str) -> str:
    """Return what follows a day without the name of a weekday: "土曜日 9:12", "Cumartesi 09:12"."""
    match = re.match(r"[\s,]*([^\d\s,]+)[\s,]*(?=\d|$|[^\s\d]+\s*\d)", text)
    name = _without_dots(match[1]) if match else ""
    return text[match.end() :] if match and _half(name) is None and name in _weekdays() else text


def _date_of_numbers(parts: tuple[str, str, str], time_text: str, *, dotted: bool) -> Reading | None:
    """Return a date in three numbers; which is which follows from the year, from dots, and from what is possible."""
    first, second, third = parts
    if len(first) == _YEAR_DIGITS:
        moment = _combine(int(first), int(second), int(third), time_text)
        return Reading(moment, moment) if moment else None
    if len(third) not in (2, _YEAR_DIGITS) or max(len(first), len(second)) > 2:  # noqa: PLR2004 - digits of a day
        return None
    year = int(third) + (_CENTURY if len(third) != _YEAR_DIGITS else 0)
    day_first = _combine(year, int(second), int(first), time_text)
    month_first = _combine(year, int(first), int(second), time_text)
    if not (day_first or month_first):
        return None
    if dotted and day_first:  # wherever dates are written with full stops, the day goes first
        return Reading(day_first, day_first)
    return Reading(day_first, month_first, decides=not (day_first and month_first))


def _date_with_month_name(text: str) -> Reading | None:
    """Return a date whose month is a word: "28 Mar 2026", "March 28, 2026", "28-mars-26"."""
    match = _NAMED.match(text)
    month = _month(match["month"]) if match else None
    if not match or not month:
        return None
    numbers = re.match(r"(\d{1,4})(?!\d|:|h\d)(?:st|nd|rd|th|er|[º°ª])?[\s.,\-/]*(?:de[l]?\s+)?(.*)", match["rest"])
    number_before, number_after = match["before"], numbers[1] if numbers else ""
    time_text = numbers[2] if numbers else match["rest"]
    if number_before is None:  # March 28, 2026; the year may come after the time of day
        day, (year, time_text) = number_after, _year_of(time_text)
    else:
        day, year = (
            (number_after, number_before) if len(number_before) == _YEAR_DIGITS else (number_before, number_after)
        )
    if not day or not year or len(year) not in (2, _YEAR_DIGITS):
        return None
    moment = _combine(int(year) + (_CENTURY if len(year) != _YEAR_DIGITS else 0), month, int(day), time_text)
    return Reading(moment, moment) if moment else None


def _year_of(text: str) -> tuple[str, str]:
    """Return the year, at the beginning or at the end of the text after the day, and the rest of the text."""
    if match := re.match(r"(\d{4})\b,?\s*(.*)", text) or re.match(r"(\d\d)(?!\d|:)\s*(.*)", text):
        return match[1], match[2]
    match = re.match(r"(.*\d:\d\d\S*(?: [ap]m)?(?: [A-Z]{3}| [+\-]\d{4})?) (\d{4})$", text)
    return (match[2], match[1]) if match else ("", text)


def _combine(year: int, month: int, day: int, text_after_day: str) -> datetime | None:
    """Return a date with the time of day that follows it; None if there is no such day or time."""
    time_text, zone = _split_offset(_BETWEEN.sub("", _without_weekday_between(text_after_day)))
    clock = _time_of_day(time_text) if time_text else time()
    if year - _BUDDHIST in _YEARS_OF_POSTS:
        year -= _BUDDHIST
    if clock is None or not 1 <= month <= _MONTHS or year not in _YEARS_OF_POSTS:
        return None
    try:
        return datetime(year, month, day, clock.hour, clock.minute, clock.second, tzinfo=zone)
    except ValueError:
        return None


def _split_offset(text: str) -> tuple[str, timezone | None]:
    """Return a time of day without its offset, and the offset; zones with other names than UTC mean several."""
    match = _ZONE.search(text)
    if not match:
        return text, None
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    sign = 1 if match["sign"] == "+" else -1
    if minutes >= 24 * 60:
        return text, None
    return text[: match.start()].strip(), timezone(timedelta(minutes=sign * minutes))


def _time_of_day(text: str) -> time | None:
    """Return a time of day: "9:12", "09:12:33", "9:12 pm", "下午9:12", "9.12"; None if it is not a time."""
    hours_added, number = _half_of_day(text)
    match = _CLOCK.fullmatch(number)
    if not match or (match[2] is None and hours_added is None):
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if hours_added is not None:
        if hour > _NOON:
            return None
        hour = hour % _NOON + hours_added
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _half_of_day(text: str) -> tuple[int | None, str]:
    """Return the hours that the half of the day adds (None if it is not said), and the digits of the clock."""
    letters = re.sub(r"[\d:.,\s]+", "", text).casefold()
    digits = re.sub(r"[^\dh:.,]+", "", text.casefold()).strip(".,")
    if not letters or letters == "h":
        return None, re.sub(r"h$", "", digits)
    is_after_noon = _half(letters)
    if is_after_noon is None:
        return None, ""
    return _NOON if is_after_noon else 0, digits.replace("h", "")


def _half(letters: str) -> bool | None:
    """Return whether a word names the second half of the day; None if it names neither."""
    if letters in _BEFORE_NOON or letters in _AFTER_NOON:
        return letters in _AFTER_NOON
    return _halves_by_name().get(letters)


@lru_cache
def _halves_by_name() -> dict[str, bool]:
    """Return the halves of the day by their names, where a name means one half in all languages."""
    halves_of_name: dict[str, set[bool]] = {}
    for language in (*_LANGUAGES, *_MORE_LANGUAGES):
        for name, is_after_noon in halves_of_day(language):
            halves_of_name.setdefault(re.sub(r"[.\s]+", "", name.casefold()), set()).add(is_after_noon)
    return {name: next(iter(halves)) for name, halves in halves_of_name.items() if len(halves) == 1}


def _month(name: str) -> int | None:
    key = _without_dots(name)
    return _months_by_name().get(key) or (_months_of_more_languages().get(key) if len(key) > 1 else None)


def _without_dots(name: str) -> str:
    return name.casefold().replace(".", "")


@lru_cache
def _months_by_name() -> dict[str, int]:
    """Return months by their names, long and short, where a name means one month in all languages."""
    english = {_without_dots(name): month for name, month in months("en")}
    return _unambiguous_months(_LANGUAGES) | english | _ALSO_MONTHS


@lru_cache
def _months_of_more_languages() -> dict[str, int]:
    return _unambiguous_months(_MORE_LANGUAGES)


def _unambiguous_months(languages: tuple[str, ...]) -> dict[str, int]:
    months_of_name: dict[str, set[int]] = {}
    for language in languages:
        for name, month in months(language):
            months_of_name.setdefault(_without_dots(name), set()).add(month)
    return {name: next(iter(numbers)) for name, numbers in months_of_name.items() if len(numbers) == 1}


@lru_cache
def _weekdays() -> frozenset[str]:
    return frozenset(_without_dots(name) for language in (*_LANGUAGES, *_MORE_LANGUAGES) for name in weekdays(language))
