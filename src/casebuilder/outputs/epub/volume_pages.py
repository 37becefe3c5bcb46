"""The pages that a volume or a collection has beside its cases: title, introduction, indexes, colophon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebuilder import collation
from casebuilder.markdown import prose
from casebuilder.outputs.epub.book import Chapter, Entry
from casebuilder.outputs.epub.languagemarks import LanguageMarker
from casebuilder.outputs.epub.xhtml import Place, page

if TYPE_CHECKING:
    from casebuilder.outputs.epub.case_view import CaseView
    from casebuilder.published import PublishedPerson, PublishedSeries, Volume


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry of the index: a case, and what the person did there."""

    title: str
    address: str
    did: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an index."""

    words: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class VolumePages:
    """The pages of one volume.

    Attributes:
        volume: what it holds.
        series: what it belongs to.
        cases: its cases, in order.
    """

    volume: Volume
    series: PublishedSeries
    cases: tuple[CaseView, ...]

    @property
    def marker(self) -> LanguageMarker:
        """Words of ours in this book."""
        return LanguageMarker(self.series.language, self.series.zone)

    @property
    def description(self) -> str:
        """A few sentences for a library's shelf."""
        return prose.plain(self.volume.introduction) or self.series.description

    @property
    def editors(self) -> str:
        """Who put it together."""
        return self.marker.translator.listed(person.name for person in self.volume.editors)

    def title(self) -> Chapter:
        """Return the title page."""
        count = self.marker.translator.cases(len(self.cases))
        content = self._render("volume", "title", "", count=count, editors=self.editors)
        return Chapter(Entry(self.volume.title, "title.xhtml"), content, "titlepage")

    def introduction(self) -> tuple[Chapter, ...]:
        """Return the introduction, if there is one."""
        if not self.volume.introduction:
            return ()
        html = prose.html(self.volume.introduction, level=2)
        title = self.marker.translator.gettext("Introduction")
        return (self._make_chapter("introduction", title, "introduction", introduction=Markup(html)),)  # noqa: S704 - sanitised by prose

    def end_pages(self) -> tuple[Chapter, ...]:
        """Return the pages after the cases: index and colophon."""
        translator = self.marker.translator
        index_parts = (
            (translator.gettext("People"), self._people_rows()),
            (translator.gettext("Topics"), self._topic_rows()),
        )
        indexes = [(title, rows) for title, rows in index_parts if rows]
        return (
            self._make_chapter("index", self.marker.translator.gettext("People and topics"), "index", indexes=indexes),
            self._make_chapter(
                "colophon",
                self.marker.translator.gettext("About this book"),
                "colophon",
            ),
        )

    def _people_rows(self) -> tuple[Row, ...]:
        """Return everybody who signs something, by name, with what they did in which case."""
        mentions: dict[PublishedPerson, list[Mention]] = {}
        for view in self.cases:
            answers = {response.person: response.anchor for response in view.case.responses}
            for credited in view.credits:
                name = credited.credit.person
                page = f"responses.xhtml#{answers[name]}" if name in answers else "title.xhtml"
                mention = Mention(view.title_in(self.marker), f"{view.folder}/{page}", credited.roles)
                mentions.setdefault(name, []).append(mention)
        people = sorted(mentions, key=lambda person: person.filed)
        return tuple(Row(person.signature, tuple(mentions[person])) for person in people)

    def _topic_rows(self) -> tuple[Row, ...]:
        """Return every topic, with its cases."""
        mentions: dict[str, list[Mention]] = {}
        for view in self.cases:
            for topic in view.case.topics:
                mention = Mention(view.title_in(self.marker), f"{view.folder}/title.xhtml", "")
                mentions.setdefault(topic, []).append(mention)
        return tuple(Row(topic, tuple(mentions[topic])) for topic in sorted(mentions, key=collation.key))

    def _make_chapter(self, name: str, title: str, landmark: str, **values: object) -> Chapter:
        content = self._render(name, name, title, **values)
        return Chapter(Entry(self.marker.mark(title), f"{name}.xhtml"), content, landmark)

    def _render(self, template: str, name: str, title: str, **other_values: object) -> bytes:
        place = Place(f"{name}.xhtml", self.series.site_url, site=self.series.site_url)
        values = {"volume": self.volume, "series": self.series, "marker": self.marker, "title": title}
        return page(template, place, self.series.language, **values, **other_values)
