"""What the template of a volume shows: several cases as one document, with cover, contents, index and licence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from markupsafe import Markup

from casebuilder import collation
from casebuilder.editions import NAMED, READING_COPY
from casebuilder.markdown import prose
from casebuilder.outputs.packs.views import messages, paperhtml
from casebuilder.outputs.packs.views.arrangement import PLAIN, Arrangement
from casebuilder.outputs.packs.views.case import CaseView
from casebuilder.outputs.packs.views.documentmetadata import Document
from casebuilder.outputs.packs.views.workshopcover import NO_COVER, Cover
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.published import PublishedCase, PublishedPerson, PublishedSeries, Volume

_Named = TypeVar("_Named", "PublishedPerson", str)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index: a word, and the cases in which it occurs."""

    word: str
    cases: tuple[PublishedCase, ...]


@dataclass(eq=False)
class VolumeView:
    """One edition of a volume on one paper: cover, contents, cases, index."""

    series: PublishedSeries
    volume: Volume
    edition: str
    on: str
    cover: Cover = NO_COVER
    arrangement: Arrangement = PLAIN

    @property
    def name(self) -> str:
        """Its name: the workshop's title, if given."""
        return self.cover.title or self.volume.title

    @property
    def logo(self) -> str:
        """The address of the workshop's logo; empty without one."""
        return f"{paperhtml.PICTURES}{self.cover.logo}" if self.cover.logo else ""

    @property
    def document(self) -> Document:
        """The document's metadata and running lines."""
        volume = self.volume
        return Document(
            language=self.series.language,
            direction=self.translator.direction,
            title=f"{self.name}: {self.edition_title.lower()}",
            authors=tuple(dict.fromkeys(name for view in self.cases for name in view.authors)),
            description=volume.audience or self.series.description or volume.title,
            keywords=tuple(dict.fromkeys(topic for case in volume.cases for topic in case.topics)),
            created=min(view.created for view in self.cases),
            modified=max(view.modified for view in self.cases),
            edition="volume",
            series=self.series.name,
            header=self.name,
            footer=f"{self.name} · {volume.licence.name}",
            one_sided=self.arrangement.one_sided,
        )

    @cached_property
    def translator(self) -> Translator:
        """Words in the series' language."""
        return Translator(self.series.language, self.series.zone)

    @cached_property
    def cases(self) -> tuple[CaseView, ...]:
        """Each case's own view."""
        return tuple(CaseView(self.series, case, self.edition, self.on, self.arrangement) for case in self.volume.cases)

    @property
    def page_numbering(self) -> str:
        """The form of page numbers; empty where each case keeps its own, so that it can be copied alone."""
        return "" if NAMED[self.edition].own_pages else messages.page_numbering(self.translator)

    @property
    def indexed(self) -> bool:
        """Whether an index by people and topics comes last: it names pages of the whole."""
        return len(self.cases) > 1 and not NAMED[self.edition].own_pages

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Which part of the whole each case is, by its slug, from 0."""
        return {case.slug: number for number, case in enumerate(self.volume.cases)}

    @property
    def edition_title(self) -> str:
        """The edition's name for several cases: "Participant handouts"."""
        return self.translator.gettext(messages.plural(NAMED[self.edition], self.volume.cases))

    @property
    def title(self) -> Markup:
        """The title for print."""
        return paperhtml.keep_words_whole(self.name)

    @property
    def introduction(self) -> Markup:
        """Why these cases belong together."""
        page = prose.absolute(self.series.site_url)
        rendered = prose.place(prose.html(self.volume.introduction, level=2), paperhtml.picture_address, page)
        return Markup(rendered)  # noqa: S704 - sanitised by prose

    @property
    def editors(self) -> str:
        """Who put it together."""
        return self.translator.listed(person.name for person in self.volume.editors)

    @cached_property
    def topics(self) -> tuple[Entry, ...]:
        """Topics, in alphabetical order."""
        cases_by_topic = _group_cases((topic, case) for case in self.volume.cases for topic in case.topics)
        return tuple(Entry(topic, cases_by_topic[topic]) for topic in sorted(cases_by_topic, key=collation.key))

    @cached_property
    def people(self) -> tuple[Entry, ...]:
        """Everyone who is credited in a case, in alphabetical order of their family names."""
        cases_by_person = _group_cases(
            (credit_line.credit.person, view.case) for view in self.cases for credit_line in view.credits
        )
        return tuple(
            Entry(person.name, cases_by_person[person])
            for person in sorted(cases_by_person, key=lambda person: person.filed)
        )

    @property
    def path(self) -> str:
        """Its place in the site; that of a volume of reading copies, the usual one, does not name the edition."""
        usual = self.volume.is_periodic and self.edition == READING_COPY.name
        edition = "" if usual else self.edition
        return f"packs/{'-'.join(filter(None, (self.volume.id, edition, self.arrangement.name, self.on)))}.pdf"


def _group_cases(pairs: Iterable[tuple[_Named, PublishedCase]]) -> dict[_Named, tuple[PublishedCase, ...]]:
    """Return the cases of each thing, each once."""
    cases: dict[_Named, dict[str, PublishedCase]] = defaultdict(dict)
    for subject, case in pairs:
        cases[subject][case.slug] = case
    return {subject: tuple(cases_by_slug.values()) for subject, cases_by_slug in cases.items()}
