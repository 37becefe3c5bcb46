"""The texts of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.wording import Translator

if TYPE_CHECKING:
    from casebuilder.published import PublishedCase, PublishedSeries

#: The states that a card shows; every other state passes.
#: The separator of two facts. A mark keeps a Latin name and the figures of an Arabic date in their places.
_PART = {"ltr": " · ", "rtl": " \u200f· "}


@dataclass(frozen=True, slots=True)
class Card:
    """The words of one card.

    Attributes:
        language: BCP 47; decides at which side lines begin.
        series: the name at the top; empty on the series' own card, whose title it is.
        kicker: the line over the title.
        title: the largest words.
        words: the text below the title; may be empty.
        foot: the texts at the beginning and at the end of the last line.
        warns: whether the kicker is one that a reader must not miss.
    """

    language: str
    series: str
    kicker: str
    title: str
    words: str
    foot: tuple[str, str]
    warns: bool = False

    def texts(self) -> tuple[str, ...]:
        """Return everything that is drawn."""
        return (self.series, self.kicker, self.title, self.words, *self.foot)


def of_case(public: PublishedSeries, case: PublishedCase) -> Card:
    """Return the card of a case. That of a withdrawn case says only that it is withdrawn."""
    translator = Translator(case.language, public.zone)
    warns = case.is_unopened or case.is_withdrawn
    kicker = (warns and (translator.state(case.state, case.answers),)) or (
        *((translator.kind(case.kind),) if case.is_paper or case.season is None else ()),
        *translator.numbered(case.season, case.episode),
    )
    writers = [person.name for person in case.writers]
    writers_and_day = (*((translator.listed(writers),) if writers else ()), translator.day(case.opens, weekday=False))
    separator = _PART[translator.direction]
    return Card(
        translator.language,
        public.name,
        separator.join(kicker),
        case.title,
        "",
        (separator.join(writers_and_day), _shown_host(public)),
        warns=warns,
    )


def of_series(public: PublishedSeries) -> Card:
    """Return the card of everything else: the series' name, and what it is."""
    return Card(public.language, "", "", public.name, public.description, (_shown_host(public), ""))


def _shown_host(public: PublishedSeries) -> str:
    """Return the site's address as one would type it."""
    return public.site_url.partition("//")[2].rstrip("/")
