"""Entries of a list that are one name and one value, such as `- 5/2/2027: typo`, where several fields are needed.

Otherwise the name would be an unknown field, and each field that it stands for missing.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
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
        and missing.count(place) >= 1
        and (isinstance(content := next(iter(entry.values())), (str, int)) or _is_list_of_words(content))
    ]


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


def problem(kind: type[Record], value: object, origin: Origin, steps: Place, place: Place) -> Problem:
    """Return the problem of one entry, with the entry that is meant."""
    ((name, content),) = at(value, place).items()
    known = holder(kind, (*place, "")).model_fields
    fields = {key: field for key, field in known.items() if field.is_required()}
    if len(fields) == 1:  # of a character, the name
        fields = dict(islice(known.items(), 2))
    entries = content if isinstance(content, list) else []
    content = ", ".join(entries) or content
    words = {key: example(key, field, str(content)) for key, field in fields.items()}
    first, *others = fields
    day, other_day = _days(str(name)) if _is_day(fields[first]) else (fit_value(fields[first], str(name)), "")
    words[first] = day
    words |= {key: word for key in others if (word := meant_word(fields[key], str(content)))}
    if entries and is_choice(fields[others[-1]]):
        words[others[-1]] = f"[{content}]"
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
