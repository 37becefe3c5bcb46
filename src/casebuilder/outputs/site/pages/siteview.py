"""The published series as its pages see it: who wrote what, which case is under which topic, which packs there are.

Everything is looked up once a build; with a thousand cases a search for each link would be most of the work.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING
from urllib.parse import quote

from casebuilder import collation
from casebuilder.editions import BOOK, NAMED
from casebuilder.markdown import prose
from casebuilder.markdown.visiblelength import length
from casebuilder.model import Use
from casebuilder.outputs.site.pages import markdownpage, morecases
from casebuilder.slugs import topic_slug
from casebuilder.text import initials
from casebuilder.wordcount import word_count
from casebuilder.wording import Translator, labels, spoken
from casebuilder.wording import promisedanswers as promised
from casebuilder.wording.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebuilder.model import Answer, Framework, Pack, Page, Prose
    from casebuilder.published import PublishedCase, PublishedResponse, PublishedSeries

#: Words a minute that an adult reads of such a text (Brysbaert, J Mem Lang 2019;109:104047, gives 238 for non-fiction).
PACE = 238
#: How many cases are no burden on a page that is about something else: five years of a monthly series.
_SHORT = 60
#: How many of a long series such a page shows, a year's.
_NEWEST = 12


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, and its cases, newest first. `slug` is the name of its folder."""

    name: str
    slug: str
    cases: tuple[PublishedCase, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a case's packs: the same text on each paper."""

    edition: str
    packs: tuple[Pack, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The text of a link, and its address."""

    words: str
    address: str


@dataclass(eq=False)
class SiteView:
    """A published series and its packs, with what the pages look up in them.

    Attributes:
        series: what `publish` returned.
        packs: what was printed.
        own_language: the language of the pages, if it is not the series' (BCP 47).
        unprinted: the cases, volumes and collections with a pack that could not be printed.
    """

    series: PublishedSeries
    packs: Sequence[Pack]
    own_language: str = ""
    unprinted: frozenset[str] = frozenset()

    @cached_property
    def translator(self) -> Translator:
        """Words in the language of the pages."""
        return Translator(self.own_language or self.series.language, self.series.zone)

    def of(self, case: PublishedCase) -> SiteView:
        """Return the site for a case's own page: in the case's language, if there is a catalogue for it."""
        language = case.language
        if language == self.translator.language or language.partition("-")[0] != spoken(language).partition("-")[0]:
            return self
        if language not in self._in_languages:
            self._in_languages[language] = replace(self, own_language=language)
        return self._in_languages[language]

    @cached_property
    def _in_languages(self) -> dict[str, SiteView]:
        return {}

    @cached_property
    def cases(self) -> tuple[PublishedCase, ...]:
        """Every case, newest first."""
        return self.series.cases

    @cached_property
    def open(self) -> tuple[PublishedCase, ...]:
        """The cases under discussion, newest first."""
        return tuple(case for case in self.cases if case.is_open)

    @cached_property
    def curating(self) -> tuple[PublishedCase, ...]:
        """The cases without answers yet, newest first."""
        return tuple(case for case in self.cases if case.is_curating)

    @cached_property
    def running(self) -> tuple[PublishedCase, ...]:
        """The cases that have opened and are not complete, newest first."""
        return tuple(case for case in self.cases if case.is_open or case.is_curating)

    @cached_property
    def complete(self) -> tuple[PublishedCase, ...]:
        """The complete cases, newest first."""
        return tuple(case for case in self.cases if case.is_complete)

    @cached_property
    def unopened_cases(self) -> tuple[PublishedCase, ...]:
        """Drafts and scheduled cases, which only a site with drafts has, newest first."""
        return tuple(case for case in self.cases if case.is_unopened)

    @property
    def is_short(self) -> bool:
        """Whether a page may list every case; of a long series only the page of all cases does."""
        return len(self.series.cases) <= _SHORT

    @property
    def newest(self) -> int:
        """How many cases other pages of a long series list."""
        return _NEWEST

    @cached_property
    def answers(self) -> frozenset[Answer]:
        """The types of answers that any case of the series has or will have."""
        return self.answered(self._readable_cases)

    def answered(self, cases: Iterable[PublishedCase]) -> frozenset[Answer]:
        """Return the types of answers that any of the cases has or will have."""
        return frozenset(answer for case in cases for answer in case.answers)

    @cached_property
    def _readable_cases(self) -> tuple[PublishedCase, ...]:
        """The cases that can be read, newest first."""
        return tuple(case for case in self.cases if not case.is_withdrawn)

    @cached_property
    def neighbours(self) -> dict[str, morecases.Neighbours]:
        """The cases that opened just before and after each, by its slug."""
        return morecases.neighbours(self._readable_cases)

    @cached_property
    def _by_mark(self) -> Mapping[str, Sequence[int]]:
        return morecases.by_mark(self._readable_cases)

    def related(self, case: PublishedCase) -> tuple[PublishedCase, ...]:
        """Return up to three other cases that share most topics and competencies with one."""
        return morecases.related(case, self._readable_cases, self._by_mark)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """Every topic in alphabetical order; spellings that share an address are one topic."""
        names: dict[str, str] = {}
        cases: dict[str, list[PublishedCase]] = defaultdict(list)
        for case in self.cases:
            for name in dict.fromkeys(map(topic_slug, case.topics)):
                cases[name].append(case)
            for topic in case.topics:
                names.setdefault(topic_slug(topic), topic)
        topics = (Topic(name, key, tuple(cases[key])) for key, name in names.items())
        return tuple(sorted(topics, key=lambda topic: (collation.key(topic.name), topic.name)))

    @cached_property
    def _editions(self) -> dict[str, dict[str, list[Pack]]]:
        by_subject: dict[str, dict[str, list[Pack]]] = defaultdict(lambda: defaultdict(list))
        for pack in self.packs:
            by_subject[pack.subject][pack.edition].append(pack)
        return by_subject

    def editions(self, subject: str) -> tuple[Edition, ...]:
        """Return the packs of a case or a collection, by edition, in the order in which a workshop needs them."""
        by_edition = self._editions.get(subject, {})
        edition_order = [*NAMED, BOOK]
        order = sorted(
            by_edition,
            key=lambda name: (edition_order.index(name) if name in edition_order else len(edition_order), name),
        )
        return tuple(Edition(name, tuple(sorted(by_edition[name], key=lambda pack: pack.paper))) for name in order)

    @cached_property
    def minutes(self) -> dict[str, int]:
        """The reading time of each case's visible text in minutes, by slug; at least one."""
        return {case.slug: _minutes(case) for case in self.cases}

    def language(self, case: PublishedCase) -> str:
        """Return the language of a case's own words, where it is not the page's; else nothing."""
        return case.language if case.language != self.translator.language else ""

    def kicker(self, case: PublishedCase, *, season: bool = True) -> tuple[str, ...]:
        """Return the facts above a case's title."""
        facts = [
            *self.translator.numbered(case.season if season else None, case.episode),
            self.translator.kind(case.kind) if case.is_paper else "",
        ]
        if not case.is_withdrawn and not case.is_paper:  # a paper takes longer than the page about it
            facts.append(self._reading_time(case))
        return tuple(fact for fact in facts if fact)

    def _reading_time(self, case: PublishedCase) -> str:
        return self.translator.ngettext("%(num)s minute to read", "%(num)s minutes to read", self.minutes[case.slug])

    def address(self, topic: str) -> str:
        """Return the address of a topic's page below `topics/`, escaped for a link."""
        return quote(topic_slug(topic))

    def disclosure(self, response: PublishedResponse) -> str:
        """Return a responder's disclosure, which is always printed."""
        return response.disclosure or self.translator.gettext("No disclosure was given.")

    @cached_property
    def contact(self) -> Link | None:
        """The series' contact: a web or email address."""
        contact = self.series.contact
        if not contact:
            return None
        return Link(contact, f"mailto:{contact}" if "@" in contact and "/" not in contact else contact)

    @cached_property
    def frameworks(self) -> dict[str, Framework]:
        """The competency frameworks, in the language of the pages."""
        return self.translator.frameworks(self.series.frameworks, self.series.own_frameworks)

    def competency(self, word: str) -> str:
        """Return the framework and label of a competency: "ACGME Professionalism"."""
        framework, _, code = word.partition(":")
        framework_known = self.frameworks.get(framework)
        if framework_known is None:
            return word
        label = framework_known.codes.get(code, code)
        # Translators: a competency of a framework: "ACGME Professionalism".
        return self.translator.gettext(
            "%(framework)s %(competency)s", framework=framework_known.title, competency=label
        )

    def html(self, text: Prose, root: str, *, level: int = 4, numbers: Mapping[str, int] | None = None) -> str:
        """Return an author's text as HTML for a page whose relative way to the site's root is `root`."""
        return self.with_addresses(
            prose.html(text, level=level, numbers=numbers, language=self.translator.language), root
        )

    def plain(self, text: Prose) -> str:
        """Return an author's text as words alone."""
        return prose.plain(text)

    def with_addresses(self, html: str, root: str) -> str:
        """Return HTML with pictures and links addressed from a page whose relative way to the root is `root`."""
        return prose.place(html, prose.pictured(root), prose.under(root))

    def fill(self, template: str, root: str, **values: object) -> str:
        """Return a template filled in.

        Args:
            template: its name below `outputs/site/templates/`, without ".j2".
            root: the relative way from the page to the site's root: "", "../", "../../".
            values: what else the template names.
        """
        return (
            environment("outputs.site", self.translator.language)
            .get_template(f"{template}.j2")
            .render(
                site=self,
                series=self.series,
                translator=self.translator,
                tables=labels,
                promised=promised,
                initials=initials,
                root=root,
                **values,
            )
        )

    def page(  # noqa: PLR0913 - what a page is made of
        self,
        path: str,
        *,
        title: str,
        description: str,
        blocks: Iterable[markdownpage.Block],
        above: str = "",
        language: str = "",
    ) -> Page:
        """Return a page that ends, as every page does, with the series' notice and the licence; see `document.page`."""
        end = markdownpage.Block(self.fill("colophon.html", "../" * path.count("/")))
        return markdownpage.page(
            path,
            title=title,
            description=description,
            blocks=(*blocks, end),
            above=above,
            language=language,
            own_language=self.own_language,
        )


def _minutes(case: PublishedCase) -> int:
    """Return the reading time of a case."""
    texts = [*(part.body for part in case.story), *(question.body for question in case.questions)]
    texts += [response.body for response in case.responses]
    texts += [section.body for section in case.commentary.sections] if case.commentary else []
    short_texts = [quote.text for quote in case.quoted(Use.SITE)] + [question.title for question in case.questions]
    count = sum(map(length, texts)) + sum(word_count(text) for text in short_texts)
    return max(1, ceil(count / PACE))
