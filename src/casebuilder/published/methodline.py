"""The method line of a commentary. Figures that change with every quote are counted where it is published.

So two curators who quote on two computers do not change the same line of a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.model import Quote

#: What stands in the line for the number of quotes, and of the people quoted.
QUOTES, PEOPLE = "{quotes}", "{people}"
_SENTENCE = re.compile(r"[^.!?。؟।]*\{people\}[^.!?。؟।]*[.!?。؟।]?")


def is_counted(method: str) -> bool:
    """Return whether a line has a figure that is to be counted."""
    return QUOTES in method or PEOPLE in method


def people_quoted(quotes: Sequence[Quote], authors: Mapping[str, str]) -> int | None:
    """Return how many people the quotes are of; None if the record, which says so, is not there.

    Args:
        quotes: those that are shown.
        authors: the author keys of contributions by their ids.
    """
    of_record = [quote.source.contribution for quote in quotes if quote.source.contribution]
    if not all(name in authors for name in of_record):
        return None
    alone = sum(not quote.source.contribution for quote in quotes)
    return len({authors[name] for name in of_record}) + alone


def with_figures(method: str, quotes: str, people: str) -> str:
    """Return a line with its figures, as a language writes them; without the sentence about people if nobody knows."""
    if not people:
        method = _SENTENCE.sub("", method)
    return " ".join(method.replace(QUOTES, quotes).replace(PEOPLE, people).split())
