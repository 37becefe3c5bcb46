"""The pages that a volume or a collection has beside its cases: title, introduction, indexes, colophon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder.markdown import prose
from casebuilder.model import LICENCE_ADDRESSES, LICENCES
from casebuilder.outputs.epub.book import Chapter, Entry
from casebuilder.outputs.epub.voice import Voice
from casebuilder.outputs.epub.xhtml import Place, page
from casebuilder.published.references import Work, vancouver_of

if TYPE_CHECKING:
    from casebuilder.model import Series
    from casebuilder.outputs.epub.sheet import Sheet
    from casebuilder.published.bindings import Binding


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody or something is found: a case, and what a person did there."""

    title: str
    address: str
    did: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an index."""

    words: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one binding.

    Attributes:
        binding: what it holds.
        series: what it belongs to.
        sheets: its cases, in order.
    """

    binding: Binding
    series: Series
    sheets: tuple[Sheet, ...]

    @property
    def voice(self) -> Voice:
        """Words of ours in this book."""
        return Voice(self.series.language, self.series.zone)

    @property
    def short_title(self) -> str:
        """The title without the series' name, which stands over it on the cover."""
        return self.binding.title.removeprefix(self.series.name).strip() or self.binding.title

    @property
    def description(self) -> str:
        """A few sentences for a library's shelf."""
        return prose.plain(self.binding.introduction) or self.series.description

    @property
    def editors(self) -> str:
        """Who put it together."""
        return self.voice.words.listed(
            person.name for name in self.binding.editors if (person := self.series.person(name))
        )

    def title(self) -> Chapter:
        """The title page."""
        count = self.voice.words.cases(len(self.sheets))
        content = self._made("binding", "title", "", count=count, editors=self.editors)
        return Chapter(Entry(self.binding.title, "title.xhtml"), content, "titlepage")

    def introduction(self) -> tuple[Chapter, ...]:
        """The introduction, if there is one."""
        if not self.binding.introduction:
            return ()
        made = prose.html(self.binding.introduction, level=2)
        title = self.voice.words.gettext("Introduction")
        return (self._chapter("introduction", title, "introduction", introduction=Markup(made)),)  # noqa: S704 - sanitised by prose

    def back(self) -> tuple[Chapter, ...]:
        """What follows the cases."""
        say = self.voice.words
        every = ((say.gettext("People"), self._people()), (say.gettext("Topics"), self._topics()))
        indexes = [(title, rows) for title, rows in every if rows]
        return (
            self._chapter("index", self.voice.words.gettext("People and topics"), "index", indexes=indexes),
            self._chapter(
                "colophon",
                self.voice.words.gettext("About this book"),
                "colophon",
                citation=self.citation,
                licence_name=LICENCES[self.binding.licence],
                licence_address=LICENCE_ADDRESSES[self.binding.licence],
            ),
        )

    @property
    def citation(self) -> str:
        """How to cite the whole, as the parts are cited: editors, title, series, year, address."""
        site = self.series.site_url
        work = Work(
            key=self.binding.id,
            authors=tuple(person for name in self.binding.editors if (person := self.series.person(name))),
            title=self.binding.title,
            container=self.series.name if self.short_title == self.binding.title else "",
            day=max((sheet.case.releases or sheet.case.opens for sheet in self.sheets), key=lambda day: day.year),
            volume="",
            issue="",
            doi="",
            address=f"{site}packs/{self.binding.id}.epub" if site else "",
            language=self.series.language,
            told_in=self.series.language,
            abstract="",
            keywords=(),
            is_book=True,
        )
        return vancouver_of(work)

    def _people(self) -> tuple[Row, ...]:
        """Everybody who signs something, by name, with what they did in which case."""
        found: dict[str, list[Mention]] = {}
        for sheet in self.sheets:
            answers = {response.person: sheet.anchor(response) for response in sheet.case.responses}
            for credited in sheet.credits:
                name = credited.person.id
                page = f"responses.xhtml#{answers[name]}" if name in answers else "title.xhtml"
                mention = Mention(sheet.title_in(self.voice), f"{sheet.folder}/{page}", credited.roles)
                found.setdefault(name, []).append(mention)
        people = ((self.series.person(name), mentions) for name, mentions in found.items())
        rows = [Row(person.signature, tuple(mentions)) for person, mentions in people if person]
        return tuple(sorted(rows, key=lambda row: row.words.casefold()))

    def _topics(self) -> tuple[Row, ...]:
        """Every topic, with its cases."""
        found: dict[str, list[Mention]] = {}
        for sheet in self.sheets:
            for topic in sheet.case.topics:
                mention = Mention(sheet.title_in(self.voice), f"{sheet.folder}/title.xhtml", "")
                found.setdefault(topic, []).append(mention)
        return tuple(Row(topic, tuple(found[topic])) for topic in sorted(found, key=str.casefold))

    def _chapter(self, name: str, title: str, landmark: str, **more: object) -> Chapter:
        content = self._made(name, name, title, **more)
        return Chapter(Entry(self.voice.say(title), f"{name}.xhtml"), content, landmark)

    def _made(self, template: str, name: str, title: str, **more: object) -> bytes:
        place = Place(f"{name}.xhtml", self.series.site_url, site=self.series.site_url)
        given = {"binding": self.binding, "series": self.series, "voice": self.voice, "title": title}
        return page(template, place, self.series.language, **given, **more)
