"""What the templates of a book say about one case, worked out of the published series.

A template only sets; whatever has to be looked up, counted or put in order is a property here. Nothing here asks for
a date or a state: what `publish` took out is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder import markdown
from casebuilder.markdown import prose
from casebuilder.model import LICENCE_ADDRESSES, LICENCES, Kind, Role
from casebuilder.outputs.epub.voice import Voice
from casebuilder.outputs.epub.xhtml import PICTURE
from casebuilder.published import references
from casebuilder.wording import direction

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from casebuilder.model import Case, Person, Prose, Quote, Reference, Response, Series


@dataclass(frozen=True, slots=True)
class Credited:
    """A person in the list of credits.

    Attributes:
        person: the profile.
        did: what they did, with CRediT's names for it.
        roles: the same in short.
        disclosure: their interests, or nothing.
        stated: the day on which they stated them.
    """

    person: Person
    did: str
    roles: str
    disclosure: str
    stated: date | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference with the number under which the text cites it."""

    number: int
    id: str
    words: str
    address: str


@dataclass(eq=False)
class Sheet:
    """One released case, as a book tells it."""

    series: Series
    case: Case

    @cached_property
    def voice(self) -> Voice:
        """Words of ours in this book."""
        return Voice(self.language, self.series.zone)

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.case.language or self.series.language

    @property
    def direction(self) -> str:
        """Which way the language runs."""
        return direction(self.language)

    def title_in(self, voice: Voice) -> str:
        """The title, told in a book that may be in another language."""
        return voice.say(self.case.title, self.language)

    @property
    def folder(self) -> str:
        """Where the case's chapters lie in a book."""
        return self.case.slug

    @property
    def opening(self) -> str:
        """What opens the case."""
        say = self.voice.words
        return say.gettext("The paper") if self.case.kind is Kind.JOURNAL_CLUB else say.gettext("The case")

    @property
    def kicker(self) -> str:
        """The line above the title: "Season 2 · Episode 3"."""
        return " · ".join(self.voice.words.numbered(self.case.season, self.case.episode))

    @property
    def page(self) -> str:
        """The case's page; nothing if the site has no address of its own yet."""
        return f"{self.series.site_url}cases/{self.case.slug}/" if self.series.site_url else ""

    @property
    def licence(self) -> str:
        """SPDX."""
        return self.case.licence or self.series.settings.licence

    @property
    def licence_name(self) -> str:
        """The licence's name for people."""
        return LICENCES[self.licence]

    @property
    def licence_address(self) -> str:
        """Where the licence's text is."""
        return LICENCE_ADDRESSES[self.licence]

    @cached_property
    def writers(self) -> tuple[Person, ...]:
        """Who wrote the story."""
        found = (self.person(credit.person) for credit in self.case.credits if Role.WRITER in credit.roles)
        return tuple(person for person in found if person)

    @property
    def byline(self) -> str:
        """The writers' names: "Wanjirũ Kamau and Tomás Echeverría"."""
        return self.voice.words.listed(person.name for person in self.writers)

    def person(self, name: str) -> Person | None:
        """A profile."""
        return self.series.person(name)

    @property
    def image(self) -> str:
        """The case's picture, or nothing."""
        return f"{PICTURE}cases/{self.case.slug}/{self.case.image.file}" if self.case.image else ""

    def photo(self, person: Person) -> str:
        """A person's photograph, or nothing."""
        return f"{PICTURE}{photo(person)}" if person.photo else ""

    def html(self, text: Prose, level: int = 2) -> Markup:
        """An author's text."""
        numbers = prose.reference_numbers(self.case)
        made = prose.html(text, level=level, numbers=numbers, language=self.voice.words.language)
        return Markup(made)  # noqa: S704 - sanitised by prose

    def block(self, made: str) -> Markup:
        """A stretch of the commentary."""
        return Markup(made)  # noqa: S704 - sanitised by prose

    def is_quote(self, block: str | Quote) -> bool:
        """Whether a block of the commentary is a quote rather than prose."""
        return not isinstance(block, str)

    @cached_property
    def themes(self) -> tuple[prose.Theme, ...]:
        """The commentary."""
        return prose.themes(self.case, level=3, language=self.voice.words.language)

    @property
    def curators(self) -> str:
        """Who wrote the commentary."""
        names = self.case.commentary.curators if self.case.commentary else ()
        return self.voice.words.listed(person.name for name in names if (person := self.person(name)))

    def disclosure(self, response: Response) -> str:
        """What an expert discloses: for this response, else in general."""
        person = self.person(response.person)
        return response.disclosure or (person.disclosure.text if person and person.disclosure else "")

    def anchor(self, response: Response) -> str:
        """The id of a response, which is also the one that it has on the site."""
        return references.response_anchor(response)

    def anchors(self, book: str) -> dict[str, str]:
        """The address in the book of everything that a text of the case can link to by its name.

        Args:
            book: what stands before a path in the book.
        """
        case = self.case
        found = {f"reference-{cited.id}": "references" for cited in self.references}
        found |= {f"question-{question.id}": "questions" for question in case.questions}
        found |= {f"theme-{theme.id}": "commentary" for theme in self.themes if theme.id}
        found |= {part.anchor: "story" for part in case.story if part.anchor}
        sections = case.commentary.sections if case.commentary else ()
        texts = (
            *((part.body, "story") for part in case.story),
            *((question.body, "questions") for question in case.questions),
            *((response.body, "responses") for response in case.responses),
            *((section.body, "commentary") for section in sections),
        )
        for text, chapter in texts:
            for heading in markdown.facts(text).headings:
                found.setdefault(markdown.element_id(text.path, heading), chapter)
        return {name: f"{book}{self.folder}/{chapter}.xhtml#{name}" for name, chapter in found.items()}

    @cached_property
    def paper(self) -> Cited | None:
        """The paper of a journal club."""
        return _cited(0, self.case.paper) if self.case.paper else None

    @cached_property
    def references(self) -> tuple[Cited, ...]:
        """The references in the order of their numbers."""
        works = {work.id: work for work in self.case.works()}
        return tuple(_cited(number, works[name]) for name, number in prose.reference_numbers(self.case).items())

    @cached_property
    def competencies(self) -> tuple[tuple[str, str], ...]:
        """Each framework's name, and the labels of the competencies that the case names in it."""
        found = self.voice.words.competencies(self.series, self.case)
        return tuple((title, self.voice.words.phrases(*labels)) for title, labels in found.items())

    @cached_property
    def credits(self) -> tuple[Credited, ...]:
        """Everyone who signs something: credits first, then the experts."""
        roles = {credit.person: credit.roles for credit in self.case.credits}
        experts = {response.person for response in self.case.responses}
        names = dict.fromkeys((*roles, *(response.person for response in self.case.responses)))
        people = (person for name in names if (person := self.person(name)))
        return tuple(self._credited(each, roles.get(each.id, ()), expert=each.id in experts) for each in people)

    def _credited(self, person: Person, roles: Iterable[Role], *, expert: bool) -> Credited:
        full, short = (self.voice.did(roles, expert=expert, credit=credit) for credit in (True, False))
        stated = person.disclosure
        return Credited(person, full, short, stated.text if stated else "", stated.on if stated else None)

    @property
    def citation(self) -> str:
        """How to cite the case."""
        return references.case_citation(self.case, self.series)


def photo(person: Person) -> str:
    """The path below the series' root of a person's photograph, or nothing."""
    return f"experts/{person.photo.file}" if person.photo else ""


def _cited(number: int, reference: Reference) -> Cited:
    return Cited(number, reference.id, references.vancouver(reference), references.address(reference))
