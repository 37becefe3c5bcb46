"""The name of a case's folder, which is its permanent address."""

from __future__ import annotations

import re
from datetime import date, datetime

from casebuilder.slugs import MOST_LETTERS, shortened
from casebuilder.slugs import slug as slug_of

_SLUG = re.compile(r"\d{4}-(0[1-9]|1[0-2])-[a-z0-9]+(-[a-z0-9]+)*")
#: Earlier than any case: the stand-in for an opening date that cannot be read.
_LONG_AGO = date(1901, 1, 1)


def is_slug(folder: str) -> bool:
    """Return whether a folder's name is a case's: year, month and a short name, within `MOST_LETTERS`."""
    return len(folder) <= MOST_LETTERS and bool(_SLUG.fullmatch(folder))


def meant_slug(folder: str, opens: date) -> str:
    """Return the right name of a case's folder: year and month of its opening, and a short name."""
    slug = shortened(slug_of(folder))
    if _SLUG.fullmatch(slug):
        return slug
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(.+)", slug):
        return f"{match[1]}-{min(max(int(match[2]), 1), 12):02d}-{match[3]}"
    day = opens.date() if isinstance(opens, datetime) else opens
    month = f"{day:%Y-%m}" if day > _LONG_AGO else "YYYY-MM"
    return f"{month}-{re.sub(r'^[0-9-]+', '', slug) or 'short-name'}"
