"""A community quote as its author allows it to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model import ConsentState, Mode, Use


@dataclass(frozen=True, slots=True)
class PublishedQuote:
    """A quote that may be printed, or the place of one that its author withdrew.

    Attributes:
        id: its name in texts, which place it by `::quote[id]`; never printed, because it may reveal a name.
        number: its number among all quotes of its case, from 1, which no other author's answer changes.
        text: its words; empty if it was withdrawn.
        theme: the section of the commentary to which it belongs: a theme, or a question; may be empty.
        mode: whether it is named, anonymous or a paraphrase.
        consent: its author's answer. How it was given stays in the author's file, because that may name somebody.
        withdrawn_on: the day of the withdrawal, if it was withdrawn and the day is known.
        name, role: of its author, as far as they may be printed; may be empty.
        country: the author's country (ISO 3166-1 alpha-2), if it may be printed.
        post: the address of the original post, archived if possible; empty if the author is not named.
        uses: where it may be printed; the place of a withdrawn quote is everywhere.
    """

    id: str
    number: int
    text: str
    theme: str
    mode: Mode
    consent: ConsentState
    uses: frozenset[Use]
    withdrawn_on: date | None = None
    name: str = ""
    role: str = ""
    country: str | None = None
    post: str = ""

    @property
    def anchor(self) -> str:
        """Its HTML id on the case's page."""
        return f"quote-q{self.number}"
