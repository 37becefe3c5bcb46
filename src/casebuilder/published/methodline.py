"""The method line of a commentary. Its figures are counted where it is published.

So two curators who quote on two computers do not change the same line of a file, and a figure follows what is withdrawn
later.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.model.commentary import METHOD_FIGURES
from casebuilder.model.counting.suppression import shown_total
from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.model import Contribution, Figures, Quote

#: The sentences of the line, in the order of METHOD_FIGURES.
SENTENCES = (
    message("Contributions read: %(number)s."),
    message("People who contributed: %(number)s."),
    message("Quotes used: %(number)s."),
    message("People quoted: %(number)s."),
    message("Left out as reposts or copies: %(number)s."),
    message("Left out as spam: %(number)s."),
    message("Withdrawn by their authors: %(number)s."),
)
#: Sentences about these figures are left out where the figure is 0.
_LEFT_OUT = frozenset(("copies", "spam", "withdrawn"))
_ENDS = ".!?。؟।"
#: A number as languages write it, and what is before one in a sentence that an earlier desk wrote.
_NUMBER = r"\d+(?:[.,\u00a0\u202f\u066b\u066c]\d+)*"
_SLOT = re.escape("%(number)s")
_TYPED = re.compile(r":\s?\d")
_PLACE = re.compile(rf"\{{({'|'.join(METHOD_FIGURES)})\}}")
_SENTENCE = re.compile(rf"[^{_ENDS}]+[{_ENDS}]?|[{_ENDS}]")


def is_counted(method: str) -> bool:
    """Return whether a line has a figure that is to be counted."""
    return bool(_PLACE.search(method))


def is_typed(method: str) -> bool:
    """Return whether a line may have numbers that an earlier desk wrote."""
    return bool(_TYPED.search(method))


def with_places(method: str, *, is_known: bool) -> str:
    """Return a line with the places of figures instead of the numbers that an earlier desk wrote, in any language.

    Args:
        method: the line.
        is_known: whether there is a record, or its figures; without them only the number of quotes is known.
    """
    return _sentences().sub(lambda match: _with_place(match, is_known=is_known), method)


def _with_place(match: re.Match[str], *, is_known: bool) -> str:
    name = str(match.lastgroup).partition("_")[0]
    place = re.sub(_NUMBER, f"{{{name}}}", match[0])
    return place if is_known or name == "quotes" else match[0]


@lru_cache(maxsize=1)
def _sentences() -> re.Pattern[str]:
    """Return the pattern of a sentence with a number, in every language; its group is the name of its figure."""
    from casebuilder.wording import languages, translations  # slow to load, and `check` needs no catalogue

    parts = [
        f"(?P<{name}_{number}>{re.escape(translations(language).gettext(sentence)).replace(_SLOT, _NUMBER)})"
        for number, language in enumerate(languages())
        for sentence, name in zip(SENTENCES, METHOD_FIGURES, strict=True)
    ]
    return re.compile("|".join(parts))


def counts(
    quotes: Sequence[Quote], record: Sequence[Contribution], figures: Figures | None, small_count: int
) -> dict[str, int | None]:
    """Return the figures by their names; None if nobody knows one, or if it must be hidden.

    Args:
        quotes: those that are shown.
        record: of the discussion; empty if it is not there.
        figures: of the discussion, with small numbers hidden; None if nobody knows them.
        small_count: from 1 up to below this, numbers are hidden.
    """
    from casebuilder.model.counting.repeats import folds  # which `check` does not need

    people = people_quoted(quotes, {item.id: item.author_key for item in record})
    withdrawn = [item for item in record if item.withdrawn]
    kept_items = [item for item in record if not item.withdrawn and not item.spam]
    repeated = folds(kept_items)
    copies = [item for item in kept_items if item.id in repeated]
    return {
        "contributions": figures.contributions if figures else None,
        "contributors": figures.participants if figures else None,
        "quotes": len(quotes),
        "people": None if people is None else shown_total(people, small_count),
        "copies": _of_enough_people(copies, small_count),
        "spam": figures.spam if figures else None,
        "withdrawn": _of_enough_people(withdrawn, small_count),
    }


def _of_enough_people(items: Sequence[Contribution], small_count: int) -> int | None:
    """Return how many contributions these are; None if they are of few people, as in every table."""
    people = len({item.author_key for item in items})
    return None if shown_total(people, small_count) is None else len(items)


def people_quoted(quotes: Sequence[Quote], authors: Mapping[str, str]) -> int | None:
    """Return how many people the quotes are of; None if the record, which says so, is not there.

    Args:
        quotes: those that are shown.
        authors: the author keys of contributions by their ids.
    """
    contribution_ids = [quote.source.contribution for quote in quotes if quote.source.contribution]
    if not all(name in authors for name in contribution_ids):
        return None
    without_contribution = sum(not quote.source.contribution for quote in quotes)
    return len({authors[name] for name in contribution_ids}) + without_contribution


def with_figures(method: str, figures: Mapping[str, str]) -> str:
    """Return a line with its figures, as a language writes them; without the sentences whose figure is empty."""

    def sentence(match: re.Match[str]) -> str:
        names = _PLACE.findall(match[0])
        return _PLACE.sub(lambda place: figures[place[1]], match[0]) if all(figures[name] for name in names) else ""

    return " ".join(_SENTENCE.sub(sentence, method).split())


def shown(counts_by_name: Mapping[str, int | None]) -> dict[str, int | None]:
    """Return the figures with None in place of a 0 whose sentence is left out."""
    return {name: None if name in _LEFT_OUT and not count else count for name, count in counts_by_name.items()}
