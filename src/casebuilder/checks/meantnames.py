"""What somebody means who names a question, a theme or a case by its title or its number in place of its id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Mapping


def meant_by_title(name: str, titles: Mapping[str, str]) -> str:
    """Return the question of what a name means, by its title or its number: 'did you mean "tells"?'; or nothing."""
    number = re.fullmatch(r"(?:q(?:uestion)?\.? ?)?(\d{1,2})", name.casefold())
    if number and 1 <= int(number[1]) <= len(titles):
        return f'did you mean "{list(titles)[int(number[1]) - 1]}"?'
    meant = [id_ for id_, title in titles.items() if is_same_title(title, name)]
    return f'did you mean "{meant[0]}"?' if meant else ""


def is_same_title(title: str, other: str) -> bool:
    """Return whether two titles differ only in letters that are written small or in signs."""
    return slug(title) == slug(other) != "" or title.casefold() == other.casefold()
