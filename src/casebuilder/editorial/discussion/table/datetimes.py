"""Dates and times as spreadsheets, survey forms and platforms of many countries write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from functools import lru_cache

from casebuilder.wording import months

#: Languages in which Excel writes names of months: those of most of its readers.
_LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "tr", "id",
              "fil", "el", "ru", "uk", "ar", "he")  # fmt: skip
_BEFORE_NOON = ("am", "a", "πμ", "ص", "上午", "午前", "오전", "fm", "de", "sa")
_AFTER_NOON = ("pm", "p", "μμ", "م", "下午", "午後", "오후", "em", "du", "ch")
_DIGITS = r"\d{1,4}"
#: The day: year first, or last, with any of the separators; Chinese, Japanese and Korean name the parts.
_DAY = re.compile(rf"({_DIGITS})(?:\s*[-/.,]\s*|\s+)({_DIGITS})(?:\s*[-/.,]\s*|\s+)({_DIGITS})\.?(?=$|[\sT,])")
_NAMED = re.compile(
    r"(?P<before>\d{1,4})?(?:st|nd|rd|th)?[\s.,\-/]*(?:de\s+)?(?P<month>[^\W\d_]+)[\s.,\-/]*(?:de[l]?\s+)?(?P<rest>.*)"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?(?!\d)")
_ZONE = re.compile(r"(?:\b(?:UTC|GMT)\b)?\s*(?P<sign>[+\-−])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?\s*(?:\(.*\))?$|"
                   r"(?:Z|\b(?:UTC|GMT))\s*(?:\(.*\))?$")  # fmt: skip
#: Seconds, or milliseconds, since 1970, from 2001 to 2033: no other date is written in so many digits.
_COUNTED = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
#: Russian and Ukrainian name the year behind its number.
_YEARS = re.compile(r"(\d{4})\s*(?:г|года|р|року)\b\.?")  # noqa: RUF001 - Cyrillic letters
_CENTURY, _MONTHS, _YEAR_DIGITS, _NOON, _LONGEST = 2000, 12, 4, 12, 80


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


def read(written: str) -> Reading | None:
    """Return the possible readings of a date with or without a time of day; None if it is not a date.

    The result has an offset only if one was written.
    """
    words = _normal(written)
    if not words or len(words) > _LONGEST:
        return None
    if _COUNTED.fullmatch(words):
        moment = datetime.fromtimestamp(int(words[:10]), UTC)
        return Reading(moment, moment)
    if re.match(r"\d{4}-\d\d-\d\d(?:$|[T ]\d\d:\d\d)|\d{8}T\d{4}", words):
        try:
            moment = datetime.fromisoformat(words)
        except ValueError:
            pass
        else:
            return Reading(moment, moment)
    words = _without_weekday(words)
    if match := _DAY.match(words):
        return _numbers((match[1], match[2], match[3]), words[match.end() :], dotted=match[0].count(".") > 1)
    return _with_month(words)


def join_day_and_time(day: str, clock: str) -> str:
    """Join a day and a time of day from two columns."""
    reading = read(day)
    moment = (reading.day_first or reading.month_first) if reading else None
    if not clock or moment is None or moment.time() != time():
        return day
    day_ = day.strip()
    return f"{day_.removesuffix('T00:00:00').removesuffix(' 00:00:00').removesuffix(' 00:00')} {clock.strip()}"


def _normal(written: str) -> str:
    """Return one kind of blank and digit; "a. m." is "am", and parts with Chinese or Korean names have separators."""
    words = "".join(
        str(unicodedata.digit(sign, sign)) if sign.isdecimal() else " " if sign.isspace() else sign
        for sign in written.strip()
        if sign not in "\u200e\u200f\u061c\ufeff\u200b"
    )
    words = re.sub(r"(\d)\s*[年년]\s*(\d+)\s*[月월]\s*(\d+)\s*[日일]", r"\1/\2/\3 ", words)
    words = re.sub(r"(\d)\s*[時时시点點]\s*(\d+)\s*[分분]", lambda found: f"{found[1]}:{found[2]:0>2}", words)
    words = re.sub(r"(:\d\d)\s*(\d+)\s*[秒초]", lambda found: f"{found[1]}:{found[2]:0>2}", words)
    words = re.sub(r"\b([ap])\.?\s?m\b\.?", r" \1m", words, flags=re.IGNORECASE)
    words = re.sub(r"([πμ])\.\s?μ\.", r" \1μ", words)
    words = re.sub(r"(?<=\d)\s*(?:Uhr|hrs?|hours)\.?$", "", words, flags=re.IGNORECASE)
    words = re.sub(r"([+\-]\d{2}:?\d{2}) (?:UTC|GMT|Z)$", r"\1", _YEARS.sub(r"\1", words))
    return " ".join(words.split())


def _without_weekday(words: str) -> str:
    """Return a text without "Sat, " or "(土)": the date says it too."""
    words = re.sub(r"\s*\([^)\d]{1,12}\)", "", words, count=1)
    match = re.match(r"[^\W\d_]+\.?,?\s+(?=\d|[^\W\d_]+\.?,?\s+\d)", words)
    if match and match[0].strip(" .,").casefold() not in _months():
        return words[match.end() :]
    return words


def _numbers(parts: tuple[str, str, str], rest: str, *, dotted: bool) -> Reading | None:
    """Return a date in three numbers; which is which follows from the year, from dots, and from what is possible."""
    first, second, third = parts
    if len(first) == _YEAR_DIGITS:
        only = _moment(int(first), int(second), int(third), rest)
        return Reading(only, only) if only else None
    if len(third) not in (2, _YEAR_DIGITS) or max(len(first), len(second)) > 2:  # noqa: PLR2004 - digits of a day
        return None
    year = int(third) + (_CENTURY if len(third) != _YEAR_DIGITS else 0)
    day_first = _moment(year, int(second), int(first), rest)
    month_first = _moment(year, int(first), int(second), rest)
    if not (day_first or month_first):
        return None
    if dotted and day_first:  # wherever dates are written with full stops, the day goes first
        return Reading(day_first, day_first)
    return Reading(day_first, month_first, decides=not (day_first and month_first))


def _with_month(words: str) -> Reading | None:
    """Return a date whose month is a word: "28 Mar 2026", "March 28, 2026", "28-mars-26"."""
    match = _NAMED.match(words)
    month = _months().get(match["month"].casefold()) if match else None
    if not match or not month:
        return None
    numbers = re.match(r"(\d{1,4})(?!\d|:|h\d)(?:st|nd|rd|th)?[\s.,\-/]*(?:de[l]?\s+)?(.*)", match["rest"])
    before, after = match["before"], numbers[1] if numbers else ""
    rest = numbers[2] if numbers else match["rest"]
    if before is None:  # March 28, 2026; the year may come after the time of day
        day, (year, rest) = after, _year_of(rest)
    else:
        day, year = (after, before) if len(before) == _YEAR_DIGITS else (before, after)
    if not day or not year or len(year) not in (2, _YEAR_DIGITS):
        return None
    moment = _moment(int(year) + (_CENTURY if len(year) != _YEAR_DIGITS else 0), month, int(day), rest)
    return Reading(moment, moment) if moment else None


def _year_of(rest: str) -> tuple[str, str]:
    """Return the year, at the beginning or at the end of the text after the day, and the rest of the text."""
    if found := re.match(r"(\d{4})\b,?\s*(.*)", rest) or re.match(r"(\d\d)(?!\d|:)\s*(.*)", rest):
        return found[1], found[2]
    found = re.match(r"(.*\d:\d\d\S*(?: [ap]m)?(?: [A-Z]{3}| [+\-]\d{4})?) (\d{4})$", rest)
    return (found[2], found[1]) if found else ("", rest)


def _moment(year: int, month: int, day: int, rest: str) -> datetime | None:
    """Return a date with the time of day that follows it; None if there is no such day or time."""
    words = re.sub(r"^(?:[T,]|\s)*(?:at\s|um\s|à\s|klo\s|kl\.?\s|a las\s)?\s*", "", rest, flags=re.IGNORECASE)
    words, zone = _zoned(words)
    clock = _clock(words) if words else time()
    if clock is None or not 1 <= month <= _MONTHS:
        return None
    try:
        return datetime(year, month, day, clock.hour, clock.minute, clock.second, tzinfo=zone)
    except ValueError:
        return None


def _zoned(words: str) -> tuple[str, timezone | None]:
    """Return a time of day without its offset, and the offset; zones with other names than UTC mean several."""
    match = _ZONE.search(words)
    if not match:
        return words, None
    minutes = int(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    sign = 1 if match["sign"] == "+" else -1
    if minutes >= 24 * 60:
        return words, None
    return words[: match.start()].strip(), timezone(timedelta(minutes=sign * minutes))


def _clock(words: str) -> time | None:
    """Return a time of day: "9:12", "09:12:33", "9:12 pm", "下午9:12", "9.12"; None if it is not a time."""
    half, number = _half(words)
    match = _CLOCK.fullmatch(number)
    if not match or (match[2] is None and half is None):
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if half is not None:
        if hour > _NOON:
            return None
        hour = hour % _NOON + half
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _half(words: str) -> tuple[int | None, str]:
    """Return the hours that the half of the day adds (None if it is not said), and the digits of the clock."""
    letters = re.sub(r"[\d:.,\s]+", "", words).casefold()
    digits = re.sub(r"[^\dh:.,]+", "", words.casefold()).strip(".,")
    if not letters or letters == "h":
        return None, re.sub(r"h$", "", digits)
    if letters in _BEFORE_NOON:
        return 0, digits.replace("h", "")
    if letters in _AFTER_NOON:
        return _NOON, digits.replace("h", "")
    return None, ""


@lru_cache
def _months() -> dict[str, int]:
    """Return months by their names, long and short, where a name means one month in all languages."""
    found: dict[str, set[int]] = {"sept": {9}}
    for language in _LANGUAGES:
        for name, month in months(language):
            found.setdefault(name.casefold().strip("."), set()).add(month)
    english = {name.casefold(): {month} for name, month in months("en")}
    return {name: next(iter(numbers)) for name, numbers in (found | english).items() if len(numbers) == 1}
