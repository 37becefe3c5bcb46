"""Time zones, by their names in the time zone database."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic_core import PydanticCustomError

from casebuilder.text import did_you_mean

#: Zones without summer time that people choose by mistake, each with a city's zone that has it.
_WITHOUT_SUMMER = {"EST": "America/Toronto", "MST": "America/Edmonton", "HST": "Pacific/Honolulu"}


def _suggest_zone(city: str) -> str:
    """Return the zone that a mistyped name, or a city without its region, probably means."""
    zones = [zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")]
    name = re.sub(r"\s+", "_", city.strip()).casefold()
    matches = [zone for zone in sorted(zones) if zone.casefold().rpartition("/")[2] == name.rpartition("/")[2]]
    if matches:
        return f'did you mean "{matches[0]}"?'
    return did_you_mean(city, zones, cutoff=0.8)


def in_database(name: str) -> str:
    """Validate the name of a time zone; the hint suggests the one that was probably meant."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = _suggest_zone(name) or "write a region and a city, such as Europe/Dublin or America/Toronto"
        raise PydanticCustomError("bad-zone", '"{value}" is not a time zone', {"value": name, "hint": hint}) from None
    if name in _WITHOUT_SUMMER:
        hint = f"it is an hour wrong in summer; write a city's zone, such as {_WITHOUT_SUMMER[name]}"
        message = '"{value}" does not know about summer time'
        raise PydanticCustomError("bad-zone", message, {"value": name, "hint": hint})
    return name
