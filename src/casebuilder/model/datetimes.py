"""Dates and times: the form that files take, and hints for the other forms that people write.

A date in another form is refused, never guessed. The hint gives the person's own date in the right form, or both dates
if it is ambiguous.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
#: Excludes hour 24, which newer versions of Python accept.
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?[0-5]\d)?)?",
    re.IGNORECASE | re.ASCII,
)
_YEARS = range(1900, 2200)
#: No case is older: a smaller number of two digits is a day, not a year.
_OLD = 2010
_CENTURY, _A_DAY, _LONGEST = 100, 24 * 60, 60
#: Spreadsheet serial dates (days since the end of 1899) from 1990 to 2100.
_SERIALS, _SERIAL_ZERO = range(32_874, 73_416), date(1899, 12, 30)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ORDINAL = r"(?P<day>\d\d?)(?:st|nd|rd|th|\.)?(?: of)?"
_YEAR = r"(?:(?:, ?|[ -])(?P<year>\d{4}|'?\d\d))?"
_APART = r"[-/. ]"
#: Forms of a date, compiled only when a date is wrong, each with the order of its three numbers.
_WRITTEN = (
    rf"(?P<year>\d{{4}}) ?{_APART} ?(?P<month>\d\d?) ?{_APART} ?(?P<day>\d\d?)",
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)",
    rf"{_ORDINAL}[ -]?{_MONTH}{_YEAR}",
    rf"{_MONTH}[ -]?(?P<day>\d\d?)(?:st|nd|rd|th)?{_YEAR}",
    rf"(?P<year>\d{{4}})[ -]{_MONTH}[ -](?P<day>\d\d?)",
)
_NUMBERS = r"(?P<first>\d\d?) ?(?P<sign>[-/. ]) ?(?P<second>\d\d?)(?: ?[-/. ] ?(?P<year>\d{4}|\d\d))?\.?"
_MONTH_ALONE = rf"{_MONTH},? (?P<year>\d{{4}})|(?P<year_>\d{{4}})[-/](?P<month>\d\d?)|(?P<year__>\d{{4}})"
_CLOCK = (
    r"(?:t|[ ,]+|\bat\b)(?P<hour>\d\d?)(?:(?P<sign>[:.h])(?P<minute>\d\d)(?::\d\d(?:\.\d+)?)?)? ?"
    r"(?P<half>[ap]\.?m\.?)?(?:(?<=[mh.\d]) ?(?:h|hrs|hours|uhr|o'clock))?$"
)
_ZONE = (
    r" ?\(?(?P<name>[a-z]{1,4}(?= ?[+-]\d|\)?$)|[a-z]+/[a-z_]+|[a-z]+ time)?"
    r"(?: ?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?)?\)?$"
)
#: Offsets from UTC of zone abbreviations, without ambiguous ones.
_OFFSETS = {
    letters: offset
    for offset, names in {
        "+00:00": "utc gmt wet z", "+01:00": "bst cet west wat", "+02:00": "cest eet sast cat",
        "+03:00": "eest eat msk",
        "+04:00": "gst", "+05:00": "pkt", "+07:00": "ict wib", "+08:00": "pht sgt hkt myt awst", "+09:00": "jst kst",
        "+09:30": "acst", "+10:00": "aest", "+11:00": "aedt", "+12:00": "nzst", "+13:00": "nzdt", "-02:30": "ndt",
        "-03:00": "brt art adt", "-03:30": "nst", "-04:00": "ast edt", "-05:00": "est cdt", "-06:00": "cst mdt",
        "-07:00": "mst pdt", "-08:00": "pst akdt", "-09:00": "akst", "-10:00": "hst",
    }.items()
    for letters in names.split()
}  # fmt: skip
_TWICE = {"ist": "+05:30 for India or +01:00 for Ireland"}


def as_date(value: object) -> object:
    """Parse a calendar day, ISO 8601, without a time."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        with suppress(ValueError):
            return near(date.fromisoformat(value))
    return _refuse_date(value, "a date", put_right(value, timed=False) or "write it as 2026-03-27")


def as_moment(value: object) -> object:
    """Parse a day, or a day with a time, ISO 8601."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with suppress(ValueError):
            return near(date.fromisoformat(value) if _DAY.fullmatch(value) else datetime.fromisoformat(value))
    return _refuse_date(value, "a date or a time", put_right(value) or "write it as 2026-03-27 or 2026-03-27T18:00")


def as_timestamp(value: object) -> object:
    """Parse an instant, RFC 3339, which must have an offset from UTC."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        with suppress(ValueError):
            moment = near(datetime.fromisoformat(value))
            if isinstance(moment, datetime) and moment.tzinfo is not None:
                return moment
    return _refuse_date(
        value, "a time with an offset", put_right(value, offset=True) or "write it as 2026-03-27T18:00:00+01:00"
    )


def near(moment: date) -> date:
    """Validate that a day is plausible, and far enough from the limits of the calendar for arithmetic."""
    if moment.year not in _YEARS:
        message = "too far from now"
        raise ValueError(message)
    return moment


def _refuse_date(value: object, noun: str, hint: str) -> NoReturn:
    raise PydanticCustomError("bad-date", '"{value}" is not {what}', {"value": value, "what": noun, "hint": hint})


def put_right(value: object, *, timed: bool = True, offset: bool = False) -> str:
    """Return a hint that gives somebody's date in the right form.

    Args:
        value: the invalid value.
        timed: whether the field takes a time.
        offset: whether the field needs a time with an offset.

    Returns:
        One sentence; empty if the value contains no date.
    """
    normalised = _normalise(value) if isinstance(value, str) and len(value) < _LONGEST else ""
    days, clock, zone = _split_moment(normalised)
    if days is None or not days.found:
        return days.hint if days else _missing_part_hint(normalised)
    if clock == "24:00":
        days, clock = _Days([day + timedelta(days=1) for day in days.found]), "00:00"
    if clock and not timed:
        return f"delete the time: {_alternatives(day.isoformat() for day in days.found)}"
    if offset:
        time_and_offset = f"{clock or '09:00'}:00{zone or '+00:00'}"
        examples = _alternatives(f"{day.isoformat()}T{time_and_offset}" for day in days.found)
        return f"write the time and its offset from UTC too, such as {examples}"
    if zone:
        return _without_zone(days.found[0], clock, zone)
    suggestions = (
        f"{day.isoformat()}{f'T{clock}' if clock else ''} ({day.day} {MONTHS[day.month - 1]})" for day in days.found
    )
    return f"did you mean {_alternatives(suggestions)}?"


def _without_zone(day: date, clock: str, zone: str) -> str:
    local = f"{day.isoformat()}T{clock}" if clock else day.isoformat()
    if zone in _TWICE.values():
        alternative = f"the offset, {zone}"
    else:
        alternative = f"the offset: {local}{zone}" if clock and zone != "?" else "its offset from UTC, such as -05:00"
    return f"delete the time zone (the series' zone is used): {local}; or write {alternative}"


class _Days:
    """The days that a text can mean, or why it means no day."""

    def __init__(self, found: list[date], hint: str = "") -> None:
        self.found, self.hint = found, hint


def _normalise(value: str) -> str:
    """Return a value in lower case, without quotation marks, weekday, unusual dashes or final punctuation."""
    words = re.sub(r"[‐‑‒–—−]", "-", " ".join(value.split()))
    words = words.strip("\"'“”„‘’ ,;").lower()
    return re.sub(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]? ", "", words)


def _split_moment(text: str) -> tuple[_Days | None, str, str]:
    """Return the days, the time (HH:MM) and the offset in a text; the last two may be empty."""
    for without_zone, zone in _without_end_zone(text):
        if days := _days(without_zone):
            return days, "", zone
        if (match := re.search(_CLOCK, without_zone)) and (clock := _normal_time(match)):
            date_text = without_zone[: match.start()].strip(" ,-").removesuffix(" at").rstrip(" ,t")
            if (match["sign"] or match["half"] or without_zone[match.start() :][:1] == "t") and (
                days := _days(date_text)
            ):
                return days, clock, zone
    return None, "", ""


def _without_end_zone(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text without the zone at its end, with that zone's offset; then the whole text."""
    yield text, ""
    match = re.search(_ZONE, text)
    if match and match.group() and match.start():
        name, sign = match["name"] or "", match["sign"]
        if sign:
            zone = f"{sign}{int(match['hours']):02d}:{match['minutes'] or '00'}"
        else:
            zone = _OFFSETS.get(name, _TWICE.get(name, "?"))
        if not re.fullmatch(r"[ap]m|h|hrs|uhr", name):
            yield text[: match.start()].rstrip(" ,"), zone


def _normal_time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if 60 * hour + minute <= _A_DAY and minute < 60 else ""  # noqa: PLR2004 - minutes


def _days(text: str) -> _Days | None:
    """Return the days that a text can mean; None if it is not a date."""
    text = text.strip(" ,;.")
    for form in _WRITTEN:
        if match := re.fullmatch(form, text):
            groups = match.groupdict()
            month = _month(groups["word"]) if groups.get("word") else int(groups["month"])
            return _days_of_date(groups.get("year"), month, int(groups["day"]))
    if match := re.fullmatch(_NUMBERS, text):
        return _days_either_way(
            match["year"], int(match["first"]), int(match["second"]), day_first=match["sign"] == "."
        )
    if text.isdigit() and int(text) in _SERIALS:
        return _Days([_SERIAL_ZERO + timedelta(days=int(text))])
    return None


def _month(word: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word))


def _full_year(year: str) -> int:
    digits = int(year.lstrip("'"))
    short = digits < _CENTURY and (len(year) < len("0026") or digits + 2000 > _OLD)
    return digits + 2000 if short else digits


def _days_of_date(year: str | None, month: int, day: int) -> _Days:
    if year is None:
        return _Days([], f"the year is missing: write it first, such as 2027-{month:02d}-{day:02d}")
    with suppress(ValueError):
        return _Days([near(date(_full_year(year), month, day))])
    if month > len(MONTHS) >= day:
        with suppress(ValueError):
            return _Days([near(date(_full_year(year), day, month))])
    return _Days([], _no_such_day(_full_year(year), month, day))


def _no_such_day(year: int, month: int, day: int) -> str:
    if year not in _YEARS:
        return f"check the year: {year}"
    if not 1 <= month <= len(MONTHS):
        return f"there is no month {month}: write year, month and day, as in {year}-03-27"
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return f"{MONTHS[month - 1]} {year} has {last} days: correct the day" if day > last else "days are counted from 01"


def _days_either_way(year: str | None, first: int, second: int, *, day_first: bool) -> _Days:
    """Interpret two numbers as day and month in either order; with full stops, the day is first."""
    orders = [(second, first)] if day_first and second <= len(MONTHS) else [(second, first), (first, second)]
    if year is None:
        examples = _alternatives(f"2027-{month:02d}-{day:02d}" for month, day in orders if month <= len(MONTHS))
        return _Days([], f"the year is missing: write it first, such as {examples}")
    days: list[date] = []
    for month, day in orders:
        with suppress(ValueError):
            days.append(near(date(_full_year(year), month, day)))
    if len(year) < len("2027"):  # 27-02-05 is a year, a month and a day
        with suppress(ValueError):
            days = [date(_full_year(str(first)), second, int(year)), *days]
        days = [day for day in days if day.year > _OLD] or days
    return _Days(list(dict.fromkeys(days)), _no_such_day(_full_year(year), second, first))


def _missing_part_hint(text: str) -> str:
    """Return the hint for a month or a year alone."""
    match = re.fullmatch(_MONTH_ALONE, text)
    if not match:
        return ""
    year = match["year"] or match["year_"] or match["year__"]
    month = _month(match["word"]) if match["word"] else int(match["month"] or 3)
    missing = "the day is" if match["word"] or match["month"] else "month and day are"
    return f"{missing} missing: write it as {year}-{min(max(month, 1), 12):02d}-27"


def month_alone(value: str) -> str | None:
    """Return a month or a year that somebody wrote in ISO 8601: "2014-07", "2014".

    Returns None for anything else, and an empty text if there is no such month.
    """
    match = re.fullmatch(rf"{_MONTH_ALONE}|(?P<month_>\d\d?)[-/. ](?P<year___>\d{{4}})", _normalise(value))
    if not match:
        return None
    year = next(filter(None, (match["year"], match["year_"], match["year__"], match["year___"])))
    if not (match["word"] or match["month"] or match["month_"]):
        return str(year)
    month = _month(match["word"]) if match["word"] else int(match["month"] or match["month_"])
    return f"{year}-{month:02d}" if 1 <= month <= len(MONTHS) else ""


def _alternatives(options: Iterable[str]) -> str:
    return " or ".join(options)
