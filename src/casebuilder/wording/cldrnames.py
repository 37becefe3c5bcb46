"""Names of countries and months in many languages, from CLDR, for values that are not codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def countries(language: str) -> dict[str, str]:
    """Return names of countries and regions in a language, by code; empty if CLDR does not have the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (UnknownLocaleError, ValueError):
        return {}


def country_aliases() -> dict[str, str]:
    """Return other codes of countries, such as three-letter ones, each with its two-letter code."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {code: codes[0] for code, codes in aliases.items() if code.isalpha() and len(codes) == 1}


def months(language: str) -> Iterator[tuple[str, int]]:
    """Return names of months in a language, long and short, within a date and alone, with their numbers."""
    from babel.dates import get_month_names

    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            yield from ((name, month) for month, name in get_month_names(width, context, language).items())


def weekdays(language: str) -> Iterator[str]:
    """Yield names of the days of the week in a language, long and short."""
    from babel.dates import get_day_names

    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            yield from get_day_names(width, context, language).values()


def halves_of_day(language: str) -> Iterator[tuple[str, bool]]:
    """Yield what a language calls the two halves of the day, such as "pm", and whether it is the second."""
    from babel import Locale

    periods = Locale.parse(language).day_periods
    for width in ("wide", "abbreviated"):
        names = periods.get("format", {}).get(width, {})
        yield from ((names[half], half == "pm") for half in ("am", "pm") if half in names)
