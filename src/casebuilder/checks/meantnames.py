"""What somebody means who names a question, a theme or a case by its title or its number in place of its id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.model import Prose

    Place = tuple[str, int, int]


def meant_by_title(name: str, titles: Mapping[str, str]) -> str:
    """Return the question of what a name means, by its title or its number: 'did you mean "tells"?'; or nothing."""
    number = re.fullmatch(r"(?:q(?:uestion)?\.? ?)?(\d{1,2})", name.casefold())
    if number and 1 <= int(number[1]) <= len(titles):
        return f'did you mean "{list(titles)[int(number[1]) - 1]}"?'
    meant = [id_ for id_, title in titles.items() if is_same_title(title, name)]
    return f'did you mean "{meant[0]}"?' if meant else ""


def of_another_level(bodies: Iterable[Prose], name: str, title: str = "") -> tuple[str, Place] | None:
    """Return the words and the place of a heading below others with an id or a title: "### Who writes {#writes}"."""
    for body in bodies:
        for heading in markdown.facts(body).headings if "#" in body.source else ():
            if heading.id == name or (title and is_same_title(heading.text, title)):
                return heading.text, (body.path, *heading.place)
    return None


def is_same_title(title: str, other: str) -> bool:
    """Return whether two titles differ only in letters that are written small or in signs."""
    return slug(title) == slug(other) != "" or title.casefold() == other.casefold()
