"""The public view of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebuilder.model import Answer, Kind, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from casebuilder.model import (
        Basis,
        Change,
        Channel,
        Character,
        Figures,
        Metric,
        Paper,
        Prose,
        Role,
        Session,
        Use,
    )
    from casebuilder.published.citations import Citation
    from casebuilder.published.licences import PublishedLicence
    from casebuilder.published.livehours import PublishedLiveHour
    from casebuilder.published.parts import PublishedNote, PublishedPart, PublishedQuestion, PublishedSection
    from casebuilder.published.people import PublishedCredit, PublishedPerson, PublishedPicture
    from casebuilder.published.quotes import PublishedQuote
    from casebuilder.published.references import NumberedReference


@dataclass(frozen=True, slots=True)
class PublishedResponse:
    """An expert's response.

    Attributes:
        person: the expert.
        title: the title of the response.
        body: its text.
        perspective: the expert's point of view; may be empty.
        disclosure: the interests stated for this response, or else those in the profile; may be empty.
        anchor: its HTML id on the case's page.
        url: its full address; empty if the site has none.
        citation: how to cite it.
    """

    person: PublishedPerson
    title: str
    body: Prose
    perspective: str
    disclosure: str
    anchor: str
    url: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class PublishedCommentary:
    """The curators' community commentary.

    Attributes:
        curators: who wrote it.
        method: how the discussion was analysed, in a sentence.
        sections: the introduction and the themes, in order.
    """

    curators: tuple[PublishedPerson, ...]
    method: str
    sections: tuple[PublishedSection, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedCase:
    """A case with the content that `publish` selected. Fields that are not public yet are empty.

    Attributes:
        slug: its folder, and its name in addresses.
        state: its state at the instant of the build.
        opens, closes, releases: in the series' time zone.
        language: BCP 47.
        licence: the case's own, or the series'.
        address: the page, below the site's root: "cases/2026-03-late-handover/".
        url: the page's full address; empty if the site has none.
        writers: who wrote the story, in the order of the credits.
        editors: who edited it, in the order of the credits.
        credits: everybody who contributed to a public part: credits first, then experts, curators and moderators.
        paper: the paper of a journal club.
        paper_citation: how to cite that paper.
        live: the hours in which people write at the same time, in order.
        moderators: who moderates the discussion.
        announced: experts who may be named before their responses are released.
        references: every work that a public text cites, including the paper, in the order of their numbers.
        numbers: the number of each reference, by its id.
        citation: how to cite the case.
        metrics: figures that come from elsewhere, as they were typed.
        figures: what was counted in the record of the discussion, small numbers hidden.
        quotes: those that some output may print; each output asks for its own by `quoted`.
        planned: what the release will add.
        pictures: paths below the series' root of the pictures that a public text shows.
    """

    slug: str
    title: str
    kind: Kind
    state: State
    opens: datetime
    closes: datetime
    releases: datetime
    language: str
    licence: PublishedLicence
    address: str
    url: str
    citation: Citation
    season: int | None = None
    episode: int | None = None
    teaser: str = ""
    audience: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    basis: Basis | None = None
    characters: tuple[Character, ...] = ()
    inspired_by: str = ""
    content_note: str = ""
    image: PublishedPicture | None = None
    paper: Paper | None = None
    paper_citation: Citation | None = None
    channels: tuple[Channel, ...] = ()
    live: tuple[PublishedLiveHour, ...] = ()
    doi: str = ""
    aliases: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    writers: tuple[PublishedPerson, ...] = ()
    editors: tuple[PublishedPerson, ...] = ()
    credits: tuple[PublishedCredit, ...] = ()
    moderators: tuple[PublishedPerson, ...] = ()
    announced: tuple[PublishedPerson, ...] = ()
    story: tuple[PublishedPart, ...] = ()
    questions: tuple[PublishedQuestion, ...] = ()
    notes: tuple[PublishedNote, ...] = ()
    sessions: tuple[Session, ...] = ()
    responses: tuple[PublishedResponse, ...] = ()
    quotes: tuple[PublishedQuote, ...] = ()
    commentary: PublishedCommentary | None = None
    references: tuple[NumberedReference, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    metrics: tuple[Metric, ...] = ()
    figures: Figures | None = None
    planned: frozenset[Answer] = frozenset()
    pictures: frozenset[str] = frozenset()

    @property
    def is_unopened(self) -> bool:
        """Whether it is a draft or has not opened yet. Only a site with drafts contains such a case."""
        return self.state in {State.DRAFT, State.SCHEDULED}

    @property
    def is_open(self) -> bool:
        """Whether it is under discussion."""
        return self.state is State.OPEN

    @property
    def is_curating(self) -> bool:
        """Whether its discussion has closed and its responses are not released yet."""
        return self.state is State.CURATING

    @property
    def is_complete(self) -> bool:
        """Whether its responses are released."""
        return self.state is State.COMPLETE

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn, so that only title, authors, date and reason remain."""
        return self.state is State.WITHDRAWN

    @property
    def has_opened(self) -> bool:
        """Whether it can be read: open, curating or complete."""
        return self.state in {State.OPEN, State.CURATING, State.COMPLETE}

    @property
    def has_closed(self) -> bool:
        """Whether its discussion has closed and it can be read."""
        return self.state in {State.CURATING, State.COMPLETE}

    @property
    def is_paper(self) -> bool:
        """Whether it is about a paper (journal club)."""
        return self.kind is Kind.JOURNAL_CLUB

    @property
    def answers(self) -> frozenset[Answer]:
        """The kinds of answer that the case has or will have. Pages promise nothing else."""
        contents = {Answer.RESPONSES: self.responses, Answer.COMMENTARY: self.commentary}
        return self.planned | {answer for answer, content in contents.items() if content}

    @property
    def paper_reference(self) -> NumberedReference | None:
        """The paper of a journal club among the references."""
        return self.references[self.numbers[self.paper.id] - 1] if self.paper else None

    @property
    def revised_on(self) -> tuple[date, ...]:
        """The days on which published words of it changed: its changes, and each withdrawal of a quote."""
        withdrawn = (quote.withdrawn_on for quote in self.quotes if quote.withdrawn_on)
        return (*(change.date for change in self.changes), *withdrawn)

    def quoted(self, use: Use, *more: Use) -> tuple[PublishedQuote, ...]:
        """Return the quotes whose authors agreed to all of these uses, and the places of those that were withdrawn.

        Each output says what it is. A page that is printed from the site is both.
        """
        return tuple(quote for quote in self.quotes if quote.uses.issuperset((use, *more)))

    def voices(self, use: Use, *more: Use) -> Mapping[str, int]:
        """Return how many voices are quoted in each theme, by its title; who is not named is one voice a quote."""
        voices_by_theme: dict[str, set[str]] = {}
        for number, quote in enumerate(self.quoted(use, *more)):
            if quote.text:
                voices_by_theme.setdefault(quote.theme, set()).add(quote.name or f"({number})")
        sections = self.commentary.sections if self.commentary else ()
        return {
            section.title: len(voices_by_theme[section.theme])
            for section in sections
            if section.theme and section.theme in voices_by_theme
        }

    def texts(self) -> tuple[Prose, ...]:
        """Return every Markdown text of the case, in reading order."""
        return (
            *(part.body for part in self.story),
            *(question.body for question in self.questions),
            *(note.body for note in self.notes),
            *(response.body for response in self.responses),
            *((section.body for section in self.commentary.sections) if self.commentary else ()),
        )

    def credited(self, role: Role) -> tuple[PublishedPerson, ...]:
        """Return the people who have this role in the case."""
        return tuple(credit.person for credit in self.credits if role in credit.roles)

    def signers(self) -> frozenset[PublishedPerson]:
        """Return every person whom the case names."""
        guests = (guest for hour in self.live for guest in hour.guests)
        return frozenset((*(credit.person for credit in self.credits), *self.announced, *guests))
