"""What the pack templates show of one case, derived from the published series.

Templates contain no logic; everything that is looked up, counted or sorted is a property here. Nothing here checks a
date or a state: `publish` has removed what may not be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder.editions import NAMED
from casebuilder.markdown import prose
from casebuilder.model import Use
from casebuilder.outputs.packs.views import messages, paperhtml, qr, sessionplans, slides
from casebuilder.outputs.packs.views.answerspace import AnswerSpace
from casebuilder.outputs.packs.views.arrangement import PLAIN, Arrangement, possible
from casebuilder.outputs.packs.views.credits import CreditLine, credit_lines
from casebuilder.outputs.packs.views.documentmetadata import Document
from casebuilder.outputs.packs.views.paperhtml import picture_address
from casebuilder.outputs.packs.views.references import cited_references
from casebuilder.outputs.packs.views.sideheadings import mark_side_headings
from casebuilder.outputs.packs.views.slidemeasure import on_one_line
from casebuilder.outputs.packs.views.tablegrid import with_square_tables
from casebuilder.text import initials
from casebuilder.wording import Translator, figures, reach

if TYPE_CHECKING:
    from datetime import date

    from casebuilder.model import Prose
    from casebuilder.published import NumberedReference, PublishedCase, PublishedPerson, PublishedQuote, PublishedSeries

#: Letters of a title that has one line on a slide, with "(continued)".
_SLIDE_TITLE = 44


@dataclass(eq=False)
class CaseView:
    """One edition of one case, on one paper."""

    series: PublishedSeries
    case: PublishedCase
    edition: str
    on: str
    arrangement: Arrangement = PLAIN
    #: What the edition is, for consent: a page that is printed from the site is on the site, too.
    uses: tuple[Use, *tuple[Use, ...]] = (Use.PRINT,)

    @property
    def messages(self) -> object:
        """Messages that only packs have, as a module."""
        return messages

    @cached_property
    def translator(self) -> Translator:
        """Words in the case's language."""
        return Translator(self.language, self.series.zone)

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.case.language

    @cached_property
    def facts(self) -> tuple[figures.Fact, ...]:
        """What was counted in the discussion."""
        return figures.facts(self.translator, self.case.figures) if self.case.figures else ()

    @property
    def how_counted(self) -> str:
        """The sentence below the figures."""
        return figures.how_counted(self.translator, self.case.figures) if self.case.figures else ""

    @cached_property
    def bars(self) -> tuple[figures.Bars, ...]:
        """The discussion in tables."""
        if not self.case.figures:
            return ()
        questions = {question.id: question.title for question in self.case.questions}
        voices = figures.voices(self.translator, self.case.voices(*self.uses))
        tables = (*figures.tables(self.translator, self.case.figures, questions), voices)
        return tuple(table for table in tables if table.rows)

    @cached_property
    def reach(self) -> tuple[reach.Reach, ...]:
        """The figures that come from elsewhere."""
        return reach.reach(self.translator, self.case.metrics)

    @property
    def edition_title(self) -> str:
        """The name of the edition."""
        return self.translator.gettext(NAMED[self.edition].printed)

    @property
    def document(self) -> Document:
        """The document's metadata and running lines."""
        case = self.case
        return Document(
            language=self.language, direction=self.translator.direction,
            title=f"{case.title}: {self.edition_title.lower()}", authors=self.authors,
            description=case.teaser, keywords=case.topics, created=self.created, modified=self.modified,
            edition=self.edition, series=self.series.name, header=self.header,
            footer=f"{case.title} · {case.licence.name}", one_sided=self.arrangement.one_sided,
        )  # fmt: skip

    @property
    def page_numbering(self) -> str:
        """How its pages are numbered; slides are only counted."""
        return "{page}" if NAMED[self.edition].is_shown else messages.page_numbering(self.translator)

    @property
    def header(self) -> str:
        """The right half of the running header; slides have none, but for a case that is not public yet."""
        header = messages.header(NAMED[self.edition], self.case)
        return self.draft + (self.translator.gettext(header) if header else "")

    @property
    def draft(self) -> str:
        """The beginning of each running header of a case that is not published."""
        return f"{self.translator.gettext(messages.DRAFT)} · " if self.case.is_unopened else ""

    @property
    def kicker(self) -> str:
        """The line above the title: "Season 2 · Episode 3 · Participant handout"."""
        return " · ".join((*self.translator.numbered(self.case.season, self.case.episode), self.edition_title))

    @property
    def title(self) -> Markup:
        """The title, with words like "Eleven-Year-Old" kept on one line."""
        return paperhtml.keep_words_whole(self.case.title)

    def tie_last_words(self, text: str) -> str:
        """Return a text whose last word is not left alone on a line."""
        return paperhtml.tie_last_words(text)

    @property
    def title_width(self) -> int:
        """The width in points that sets a long title in lines of about one length."""
        return paperhtml.balanced_width(self.case.title)

    @property
    def title_lines(self) -> int:
        """How many lines the title takes, by its length."""
        return paperhtml.title_lines(self.case.title)

    @property
    def audience(self) -> str:
        """For whom the case is: "Residents and clinical teachers"."""
        return self.translator.capital(self.translator.listed(self.case.audience))

    @property
    def address(self) -> str:
        """The address of the case's page; empty if the site has no address yet."""
        return self.case.url

    @property
    def builder(self) -> str:
        """The site's pack builder with this case chosen; empty if there is none, or the site has no address yet."""
        return self.series.url(f"facilitators/build/?cases={self.case.slug}") if self.series.offers_packs else ""

    @property
    def qr(self) -> Markup:
        """The QR code of the case's page; empty if it has no address."""
        label = self.translator.gettext(messages.QR, address=self.address)
        return qr.drawing(self.address, label) if self.address else Markup("")

    @cached_property
    def byline(self) -> str:
        """Who wrote the story: "Wanjirũ Kamau and Tomás Echeverría"."""
        return self.translator.listed(self.authors)

    @property
    def authors(self) -> tuple[str, ...]:
        """The writers' names, for the file's description."""
        return tuple(person.name for person in self.case.writers)

    @property
    def created(self) -> str:
        """The day on which the case opened, for the file's description."""
        return f"{self.case.opens:%Y-%m-%d}"

    @property
    def modified(self) -> str:
        """The day of the case's last recorded change; never that of the build."""
        return max(self.created, *(day.isoformat() for day in self.case.revised_on), "")

    def day(self, moment: date) -> str:
        """Return a day in words."""
        return self.translator.day(moment, weekday=False)

    def initials(self, person: PublishedPerson) -> str:
        """Return the initials that are shown for a person without a photograph."""
        return initials(person.name)

    def photo(self, person: PublishedPerson) -> str:
        """Return the address of a person's photograph; empty without one."""
        return picture_address(person.photo.path) if person.photo else ""

    @property
    def image(self) -> str:
        """The address of the case's picture; empty without one."""
        return picture_address(self.case.image.path) if self.case.image else ""

    def html(self, text: Prose, level: int = 3) -> Markup:
        """Return an author's text."""
        numbers = {numbered.reference.id: numbered.number for numbered in self.references}
        rendered = prose.html(text, level=level, numbers=numbers, language=self.translator.language)
        return self.with_pack_addresses(rendered)

    def notes_html(self, text: Prose) -> Markup:
        """Return a facilitator's notes on a question, with headings in the margin where they fit."""
        return Markup(mark_side_headings(self.html(text, level=4)))  # noqa: S704 - sanitised by prose

    def with_pack_addresses(self, rendered: str) -> Markup:
        """Return HTML from `prose`, with the addresses that pictures and pages have in a pack."""
        page = prose.absolute(self.series.site_url)
        return Markup(prose.place(rendered, picture_address, page))  # noqa: S704 - sanitised by prose

    def story_slides(self, untitled: str) -> list[tuple[str, list[Markup]]]:
        """Return the heading of each part of the story, and its slides; `untitled` is that of a part without one."""
        parts = [
            (part.title or untitled, with_square_tables(self.html(part.body), self.language))
            for part in self.case.story
        ]
        return [(title, [Markup(slide) for slide in part_slides]) for title, part_slides in slides.split_story(parts)]  # noqa: S704 - sanitised by prose

    def slide_title(self, title: str) -> str:
        """Return the title of a part, short enough for one line."""
        return on_one_line(title, _SLIDE_TITLE)

    @property
    def arrangements(self) -> tuple[str, ...]:
        """The ways in which the case's handout can be arranged for a room: fields of `Arrangement`."""
        return possible(self.case)

    @property
    def answer_space(self) -> AnswerSpace:
        """Ruled lines to write on, or fields to type in."""
        return AnswerSpace(self.arrangement.fillable)

    @cached_property
    def notes(self) -> dict[str, Prose]:
        """The facilitation notes by id."""
        return {note.id: note.body for note in self.case.notes}

    @cached_property
    def plans(self) -> tuple[sessionplans.Plan, ...]:
        """The session plans, shortest first, with a running clock."""
        names = {name: self.translator.gettext(header) for name, header in messages.SECTIONS.items()}
        if self.case.is_paper:
            names["story"] = self.translator.gettext("Paper")
        numbered = enumerate(self.case.questions, start=1)
        names |= {
            question.id: self.translator.gettext("Question %(number)s", number=number) for number, question in numbered
        }
        return sessionplans.timed_plans(self.case.sessions, names)

    @cached_property
    def competencies(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each framework's name, and the labels of the competencies that the case names in it."""
        frameworks = self.translator.frameworks(self.series.frameworks, self.series.own_frameworks)
        return tuple(self.translator.competencies(self.case.competencies, frameworks).items())

    @cached_property
    def themes(self) -> tuple[prose.Theme[PublishedQuote], ...]:
        """The commentary."""
        sections = self.case.commentary.sections if self.case.commentary else ()
        return prose.themes(
            sections,
            self.case.quoted(*self.uses),
            level=4,
            numbers=self.case.numbers,
            language=self.translator.language,
        )

    @cached_property
    def quotes(self) -> tuple[tuple[str, PublishedQuote], ...]:
        """Each quote in the order of the commentary, with its theme's title."""
        return tuple(
            (theme.title, block) for theme in self.themes for block in theme.blocks if not isinstance(block, str)
        )

    @property
    def paper(self) -> NumberedReference | None:
        """The paper of a journal club."""
        return self.case.paper_reference

    @cached_property
    def references(self) -> tuple[NumberedReference, ...]:
        """The references in the order of their numbers; on a handout only those that its own text cites."""
        return cited_references(self.case, self.edition)

    @cached_property
    def credits(self) -> tuple[CreditLine, ...]:
        """Everyone who signs something in this edition."""
        return credit_lines(self.case, self.translator)

    @cached_property
    def curators(self) -> str:
        """Who wrote the commentary."""
        curators = self.case.commentary.curators if self.case.commentary else ()
        return self.translator.listed(person.name for person in curators)
