"""Entries of a list that are one name and one value, such as `- 5/2/2027: typo`, where several fields are needed.

Otherwise the name would be an unknown field, and each field that it stands for missing.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, get_args

from casebuilder.model import datetimes
from casebuilder.problems import Problem
from casebuilder.readers.misindented import at
from casebuilder.readers.remedies import example, fit_value, holder, is_choice, meant_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from casebuilder.model import Origin, Record, Step

    Place = tuple[Step, ...]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SEVERAL = 2


def found(details: Iterable[ErrorDetails], value: object) -> list[Place]:
    """Return the paths of such entries."""
    details = list(details)
    missing = [detail["loc"][:-1] for detail in details if detail["type"] == "missing"]
    strays = (detail["loc"] for detail in details if detail["type"] == "extra_forbidden")
    entries = ((stray[:-1], at(value, stray[:-1])) for stray in strays if stray[-2:-1] and isinstance(stray[-2], int))
    return [
        place
        for place, entry in entries
        if isinstance(entry, dict)
        and len(entry) == 1
        and missing.count(place) >= _SEVERAL
        and isinstance(next(iter(entry.values())), (str, int))
    ]


def problem(kind: type[Record], value: object, origin: Origin, steps: Place, place: Place) -> Problem:
    """Return the problem of one entry, with the entry that is meant."""
    ((name, content),) = at(value, place).items()
    fields = {key: field for key, field in holder(kind, (*place, "")).model_fields.items() if field.is_required()}
    words = {key: example(key, field, str(content)) for key, field in fields.items()}
    first, *others = fields
    day, other_day = _days(str(name)) if _is_day(fields[first]) else (fit_value(fields[first], str(name)), "")
    words[first] = day
    words |= {key: word for key in others if (word := meant_word(fields[key], str(content)))}
    if not is_choice(fields[others[-1]]):
        words[others[-1]] = fit_value(fields[others[-1]], str(content))
    pairs = ", ".join(f"{key}: {word}" for key, word in words.items())
    hint = f"write: - {{{pairs}}}" + (f"; or {first}: {other_day}" if other_day else "")
    message = f'an entry of "{place[-2]}" is made of several fields'
    return Problem(*origin.at(*steps, *place), "wrong-type", message, hint)


def _is_day(field: FieldInfo) -> bool:
    return date in {field.annotation, *get_args(field.annotation)}


def _days(text: str) -> tuple[str, str]:
    """Return the day that a text means, and a second one if it may mean two."""
    days = [day[0] for day in _DAY.finditer(text if _DAY.fullmatch(text) else datetimes.put_right(text, timed=False))]
    return days[0] if days else "2027-01-05", days[1] if len(days) > 1 else ""
