"""What the EPUB templates show of one case, derived from the published series.

Templates contain no logic; everything that is looked up, counted or sorted is a property here. Nothing here checks a
date or a state: `publish` has removed what may not be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder import markdown
from casebuilder.markdown import prose
from casebuilder.model import Use
from casebuilder.outputs.epub.languagemarks import LanguageMarker
from casebuilder.outputs.epub.xhtml import PICTURE
from casebuilder.wording import direction, figures, reach

if TYPE_CHECKING:
    from casebuilder.model import Prose
    from casebuilder.published import (
        NumberedReference,
        PublishedCase,
        PublishedCredit,
        PublishedPerson,
        PublishedQuote,
        PublishedSeries,
    )


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A credit in words.

    Attributes:
        credit: the person, and what they disclose.
        did: what they did, with CRediT's names for it.
        roles: the same in short.
    """

    credit: PublishedCredit
    did: str
    roles: str


@dataclass(eq=False)
class CaseView:
    """One released case as a book shows it."""

    series: PublishedSeries
    case: PublishedCase

    @cached_property
    def marker(self) -> LanguageMarker:
        """Words of ours in this book."""
        return LanguageMarker(self.language, self.series.zone)

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.case.language

    @property
    def direction(self) -> str:
        """Which way the language runs."""
        return direction(self.language)

    def title_in(self, marker: LanguageMarker) -> str:
        """Return the title, marked with its language if the book is in another one."""
        return marker.mark(self.case.title, self.language)

    @property
    def folder(self) -> str:
        """The folder of the case's chapters in a book."""
        return self.case.slug

    @property
    def opening(self) -> str:
        """The heading of the first chapter."""
        translator = self.marker.translator
        return translator.gettext("The paper") if self.case.is_paper else translator.gettext("The case")

    @property
    def kicker(self) -> str:
        """The line above the title: "Season 2 · Episode 3"."""
        return " · ".join(self.marker.translator.numbered(self.case.season, self.case.episode))

    @property
    def byline(self) -> str:
        """The writers' names: "Wanjirũ Kamau and Tomás Echeverría"."""
        return self.marker.translator.listed(person.name for person in self.case.writers)

    @property
    def image(self) -> str:
        """The address of the case's picture; empty without one."""
        return f"{PICTURE}{self.case.image.path}" if self.case.image else ""

    def photo(self, person: PublishedPerson) -> str:
        """Return the address of a person's photograph; empty without one."""
        return f"{PICTURE}{person.photo.path}" if person.photo else ""

    def html(self, text: Prose, level: int = 2) -> Markup:
        """Return an author's text."""
        rendered = prose.html(text, level=level, numbers=self.case.numbers, language=self.marker.translator.language)
        return Markup(rendered)  # noqa: S704 - sanitised by prose

    def block(self, html: str) -> Markup:
        """Return a stretch of the commentary."""
        return Markup(html)  # noqa: S704 - sanitised by prose

    def is_quote(self, block: str | PublishedQuote) -> bool:
        """Return whether a block of the commentary is a quote rather than prose."""
        return not isinstance(block, str)

    @cached_property
    def themes(self) -> tuple[prose.Theme[PublishedQuote], ...]:
        """The commentary."""
        sections = self.case.commentary.sections if self.case.commentary else ()
        return prose.themes(
            sections,
            self.case.quoted(Use.PRINT),
            level=3,
            numbers=self.case.numbers,
            language=self.marker.translator.language,
        )

    @cached_property
    def facts(self) -> tuple[figures.Fact, ...]:
        """What was counted in the discussion."""
        return figures.facts(self.marker.translator, self.case.figures) if self.case.figures else ()

    @property
    def how_counted(self) -> str:
        """The sentence below the figures."""
        return figures.how_counted(self.marker.translator, self.case.figures) if self.case.figures else ""

    @cached_property
    def tables(self) -> tuple[figures.Bars, ...]:
        """The discussion in tables."""
        if not self.case.figures:
            return ()
        titles_by_question = {question.id: question.title for question in self.case.questions}
        counted = figures.tables(self.marker.translator, self.case.figures, titles_by_question)
        voices = figures.voices(self.marker.translator, self.case.voices(Use.PRINT))
        return tuple(table for table in (*counted, voices) if table.rows)

    @cached_property
    def reach(self) -> tuple[reach.Reach, ...]:
        """The figures that come from elsewhere."""
        return reach.reach(self.marker.translator, self.case.metrics)

    def is_title(self, name: str) -> bool:
        """Return whether a row of a table has the title of a question or a theme, and no words of ours."""
        titles = (*(question.title for question in self.case.questions), *(theme.title for theme in self.themes))
        return name in titles

    @property
    def curators(self) -> str:
        """Who wrote the commentary."""
        curators = self.case.commentary.curators if self.case.commentary else ()
        return self.marker.translator.listed(person.name for person in curators)

    def anchors(self, book: str) -> dict[str, str]:
        """Return the address in the book of everything that a text of the case can link to by its name.

        Args:
            book: the prefix of addresses within the book.
        """
        case = self.case
        chapters_by_anchor = {f"reference-{name}": "references" for name in case.numbers}
        chapters_by_anchor |= {f"question-{question.id}": "questions" for question in case.questions}
        chapters_by_anchor |= {f"theme-{theme.id}": "commentary" for theme in self.themes if theme.id}
        chapters_by_anchor |= {part.anchor: "story" for part in case.story if part.anchor}
        sections = case.commentary.sections if case.commentary else ()
        texts = (
            *((part.body, "story") for part in case.story),
            *((question.body, "questions") for question in case.questions),
            *((response.body, "responses") for response in case.responses),
            *((section.body, "commentary") for section in sections),
        )
        for text, chapter in texts:
            for heading in markdown.facts(text).headings:
                chapters_by_anchor.setdefault(markdown.element_id(text.path, heading), chapter)
        return {name: f"{book}{self.folder}/{chapter}.xhtml#{name}" for name, chapter in chapters_by_anchor.items()}

    @property
    def paper(self) -> NumberedReference | None:
        """The paper of a journal club."""
        return self.case.paper_reference

    @cached_property
    def competencies(self) -> tuple[tuple[str, str], ...]:
        """Each framework's name, and the labels of the competencies that the case names in it."""
        frameworks = self.marker.translator.frameworks(self.series.frameworks, self.series.own_frameworks)
        labels_by_framework = self.marker.translator.competencies(self.case.competencies, frameworks)
        return tuple((title, self.marker.translator.phrases(*labels)) for title, labels in labels_by_framework.items())

    @cached_property
    def credits(self) -> tuple[CreditLine, ...]:
        """Everyone who signs something: credits first, then experts, curators and moderators."""
        return tuple(self._credit_line(credit) for credit in self.case.credits)

    def _credit_line(self, credit: PublishedCredit) -> CreditLine:
        full, short = (
            self.marker.did(credit.roles, expert=credit.responded, credit=with_credit) for with_credit in (True, False)
        )
        return CreditLine(credit, full, short)
