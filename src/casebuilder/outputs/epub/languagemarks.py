"""The interface's words in a book, marked with their language where it is not the book's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder.wording import Translator, direction, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from zoneinfo import ZoneInfo

    from casebuilder.model import Role


@dataclass(eq=False)
class LanguageMarker:
    """The words of one book: in its language, or in English, and marked, where that has no catalogue.

    A voice that reads a Hebrew book aloud needs to know which words are not Hebrew.

    Attributes:
        language: the book's, BCP 47.
        zone: the series' time zone, for every date.
    """

    language: str
    zone: ZoneInfo

    @cached_property
    def translator(self) -> Translator:
        """Words of ours, unmarked, in the language that they are said in: dates are in it, too."""
        own_language = spoken(self.language)
        return Translator(self.language if _same_language(own_language, self.language) else own_language, self.zone)

    def mark(self, text: str, language: str = "") -> str | Markup:
        """Return words of ours, or in a language that is given, with their language if it is not the book's."""
        language = language or self.translator.language
        if _same_language(self.language, language):
            return text
        return Markup('<span lang="{0}" dir="{1}">{2}</span>').format(language, direction(language), text)

    def day(self, moment: date) -> str:
        """Return a day in full: "3 April 2026"; a moment's day is the one it has in the series' zone."""
        return self.translator.day(moment, weekday=False)

    def did(self, roles: Iterable[Role], *, expert: bool, credit: bool) -> str:
        """Return a person's roles in words: "writer (Writing – original draft) and moderator".

        Args:
            roles: their roles.
            expert: whether they answered as an expert, too.
            credit: whether to add CRediT's name of each role that has one.
        """
        expert_role = [self.translator.gettext("expert response")] if expert else []
        return self.translator.listed((*(self.translator.role(role, credit=credit) for role in roles), *expert_role))

    def accessibility(self, *, pictures: bool) -> str:
        """Return the accessibility summary of the book."""
        sentences = (
            self.translator.gettext(
                "The book is text that reflows, in the reading system’s own fonts and colours. Its headings, lists, "
                "tables, links and languages are marked, and its contents lead to every chapter."
            ),
            self.translator.gettext("Every picture is described in words.")
            if pictures
            else self.translator.gettext("It has no pictures but its cover."),
            self.translator.gettext("Nothing in it moves, flashes or makes a sound."),
        )
        return " ".join(sentences)


def _same_language(first: str, second: str) -> bool:
    return first.partition("-")[0] == second.partition("-")[0]
