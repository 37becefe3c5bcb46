"""Build published cases and collections field by field from what authors wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.model import Answer, ChangeKind, PartialDate, Prose, Role, State, window
from casebuilder.published import addresses, consent, links, methodline, references
from casebuilder.published.case import PublishedCase, PublishedCommentary, PublishedResponse
from casebuilder.published.citations import Work, citation, language_of_words, words_of
from casebuilder.published.licences import licence
from casebuilder.published.livehours import live_hours
from casebuilder.published.papers import paper_citation
from casebuilder.published.parts import PublishedNote, PublishedPart, PublishedQuestion, PublishedSection
from casebuilder.published.people import PublishedCredit, PublishedPerson, picture
from casebuilder.published.volumes import CollectedCase, PublishedCollection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from casebuilder.model import Change, Commentary, Figures, Reference, Response
    from casebuilder.model.case import Case
    from casebuilder.model.series import Collection, Series
    from casebuilder.published.citations import Citation
    from casebuilder.published.quotes import PublishedQuote
    from casebuilder.published.visibility import Visible


@dataclass(frozen=True, slots=True)
class Maker:
    """Builds the published parts of one series at one instant.

    Attributes:
        series: the series that the readers made.
        as_of: the instant, in the series' zone.
        clean: removes the targets of a text's links to pages that are not public.
        people: the profiles that are public, by id.
        figures: what was counted in the records, by the case's slug.
    """

    series: Series
    as_of: datetime
    clean: Callable[[Prose], Prose]
    people: Mapping[str, PublishedPerson]
    figures: Mapping[str, Figures]

    def case(self, shown: Visible) -> PublishedCase:
        """Return a case with its public parts."""
        case, series = shown.case, self.series
        opens, closes, releases = window(case, series.zone)
        address = addresses.of_case(case.slug)
        bare = PublishedCase(
            slug=case.slug,
            title=case.title,
            kind=case.kind,
            season=case.season,
            episode=case.episode,
            aliases=case.aliases,
            state=shown.state,
            opens=opens,
            closes=closes,
            releases=releases,
            language=case.language or series.language,
            licence=licence(case.licence or series.settings.licence),
            address=address,
            url=addresses.full(series.site_url, address),
            writers=self._people(each.person for each in shown.credits if Role.WRITER in each.roles),
            editors=self._people(each.person for each in shown.credits if Role.EDITOR in each.roles),
            credits=self._credits(shown),
            citation=self._citation(case, shown, opens),
            changes=_changes(case.changes, self.as_of.date(), withdrawn=shown.is_withdrawn),
        )
        if shown.is_withdrawn:
            return bare
        opened = replace(
            bare,
            teaser=case.teaser,
            audience=case.audience,
            topics=case.topics,
            competencies=case.competencies,
            basis=case.basis,
            characters=case.characters,
            inspired_by=case.inspired_by,
            content_note=case.content_note,
            image=picture(case.image, f"cases/{case.slug}"),
            paper=case.paper,
            paper_citation=paper_citation(case.paper, bare.citation.work.words_in) if case.paper else None,
            channels=case.discussion.channels,
            live=live_hours(case.discussion, series.zone, self._people),
            moderators=self._people(case.discussion.moderators),
            announced=self._people(case.announced),
            doi=case.doi,
            story=tuple(PublishedPart(each.title, self.clean(each.body), each.anchor) for each in case.story),
            questions=tuple(PublishedQuestion(each.id, each.title, self.clean(each.body)) for each in case.questions),
            planned=frozenset() if shown.state is State.COMPLETE else planned(case),
        )
        visible = self._released(opened, shown) if shown.released else opened
        return _with_works(visible, case)

    def _released(
        self,
        opened: PublishedCase,
        shown: Visible,
    ) -> PublishedCase:
        """Return a case with everything that its release adds."""
        case, day = shown.case, self.as_of.date()
        quotes = consent.quotes(case, day, self.series.settings.small_count)
        return replace(
            opened,
            objectives=case.objectives,
            sessions=case.sessions,
            metrics=case.metrics,
            figures=self.figures.get(case.slug, case.figures),
            notes=tuple(PublishedNote(each.id, each.title, self.clean(each.body)) for each in case.notes),
            responses=tuple(self._response(each, opened) for each in shown.responses),
            quotes=quotes,
            commentary=self._commentary(case, case.commentary, quotes) if case.commentary else None,
        )

    def _commentary(self, case: Case, written: Commentary, quotes: Sequence[PublishedQuote]) -> PublishedCommentary:
        """Return the commentary."""
        sections = (PublishedSection(each.theme, each.title, self.clean(each.body)) for each in written.sections)
        return PublishedCommentary(
            self._people(written.curators), self._method(case, written.method, quotes), tuple(sections)
        )

    def _method(self, case: Case, written: str, quotes: Sequence[PublishedQuote]) -> str:
        """Return how a commentary was made, with the number of quotes that are shown."""
        if not methodline.is_counted(written):
            return written
        from casebuilder.wording import Translator  # the catalogues are slow to load, and `check` needs none

        names = {quote.id for quote in quotes if not quote.withdrawn_on}
        counted = methodline.counts(
            [quote for quote in case.quotes if quote.id in names],
            case.contributions,
            self.figures.get(case.slug, case.figures),
            self.series.settings.small_count,
        )
        translator = Translator(case.language or self.series.language, self.series.zone)
        shown = methodline.shown(counted)
        return methodline.with_figures(
            written, {name: "" if count is None else translator.decimal(count) for name, count in shown.items()}
        )

    def _citation(self, case: Case, shown: Visible, opens: datetime) -> Citation:
        language = case.language or self.series.language
        visible = not shown.is_withdrawn
        return citation(
            Work(
                key=f"case-{case.slug}",
                authors=self._people(each.person for each in shown.credits if Role.WRITER in each.roles),
                title=case.title,
                container=self.series.name,
                issued=PartialDate.of(opens.date()),
                volume="" if case.season is None else str(case.season),
                issue="" if case.episode is None else str(case.episode),
                doi=case.doi if visible else "",
                address=addresses.full(self.series.site_url, addresses.of_case(case.slug)),
                language=language,
                words_in=language_of_words(language, self.series.language),
                abstract=case.teaser if visible else "",
                keywords=case.topics if visible else (),
            )
        )

    def _response(
        self,
        response: Response,
        case: PublishedCase,
    ) -> PublishedResponse:
        """Return an expert's response, which is on the case's page from the release."""
        (person,) = self._people((response.person,))
        anchor, case_work = f"response-{response.person}", case.citation.work
        title = words_of(case_work.words_in).gettext(
            "%(title)s [expert response to “%(case)s”]", title=response.title, case=case.title
        )
        url = f"{case.url}#{anchor}" if case.url else ""
        work = replace(
            case_work, key=f"{case_work.key}-{response.person}", authors=(person,), title=title,
            issued=PartialDate.of(case.releases.date()), doi="", address=url, abstract="",
        )  # fmt: skip
        return PublishedResponse(
            person=person,
            title=response.title,
            body=self.clean(response.body),
            perspective=response.perspective,
            disclosure=response.disclosure or person.disclosure,
            anchor=anchor,
            url=url,
            citation=citation(work),
        )

    def collection(
        self,
        collection: Collection,
        cases: Mapping[str, PublishedCase],
    ) -> PublishedCollection:
        """Return a collection with its released cases."""
        address = addresses.of_collection(collection.id)
        return PublishedCollection(
            id=collection.id,
            title=collection.title,
            audience=collection.audience,
            introduction=self.clean(collection.text),
            editors=self._people(collection.editors),
            cases=tuple(CollectedCase(cases[each.case], each.why) for each in collection.cases if each.case in cases),
            address=address,
            url=addresses.full(self.series.site_url, address),
        )

    def _people(self, names: Iterable[str]) -> tuple[PublishedPerson, ...]:
        """Return the people with these ids, each once."""
        return tuple(self.people[name] for name in dict.fromkeys(names))

    def _credits(self, shown: Visible) -> tuple[PublishedCredit, ...]:
        """Return all credits: the case's own, then people whom only the responses or the discussion name."""
        case = shown.case
        roles: dict[str, dict[Role, None]] = {}
        for credit in shown.credits:
            roles.setdefault(credit.person, {}).update(dict.fromkeys(credit.roles))
        stated = {response.person: response.disclosure for response in shown.responses}
        if not shown.is_withdrawn:
            for response in shown.responses:
                roles.setdefault(response.person, {})
            for name in case.commentary.curators if case.commentary and shown.released else ():
                roles.setdefault(name, {})[Role.CURATOR] = None
            for name in case.discussion.moderators:
                roles.setdefault(name, {})[Role.MODERATOR] = None
        return tuple(_credit(self.people[name], did, stated.get(name)) for name, did in roles.items())


def _credit(person: PublishedPerson, roles: Iterable[Role], own: str | None) -> PublishedCredit:
    """Return a credit with the person's interests; `own` is the response that may state some, or None."""
    general = not own
    return PublishedCredit(
        person, tuple(roles), own is not None, own or person.disclosure, person.stated if general else None
    )


def _changes(changes: Iterable[Change], today: date, *, withdrawn: bool) -> tuple[Change, ...]:
    """Return the changes up to this day; of a withdrawn case, only its withdrawal."""
    if withdrawn:
        return tuple(change for change in changes if change.kind is ChangeKind.WITHDRAWAL)
    return tuple(change for change in changes if change.date <= today)


def planned(case: Case) -> frozenset[Answer]:
    """Return what the release will add, as far as the case has it already or names its authors.

    This reveals neither the content nor the author.
    """
    curated = case.commentary or case.quotes or any(Role.CURATOR in credit.roles for credit in case.credits)
    contents = {Answer.RESPONSES: case.responses or case.announced, Answer.COMMENTARY: curated}
    return frozenset(answer for answer, has_it in contents.items() if has_it)


def _with_works(bare: PublishedCase, case: Case) -> PublishedCase:
    """Add the references that a public text cites (after the release, all of them) and the pictures."""
    works: tuple[Reference, ...] = case.references
    if not bare.is_complete:
        cited = {found.id for text in bare.texts() for found in markdown.facts(text).citations}
        works = tuple(reference for reference in works if reference.id in cited)
    papers = (bare.paper,) if bare.paper else ()
    numbered = references.numbered((*papers, *works), bare.texts())
    pictures = {path for text in bare.texts() for path in links.pictures(text)}
    if bare.image:
        pictures.add(bare.image.path)
    numbers = {each.reference.id: each.number for each in numbered}
    return replace(bare, references=numbered, numbers=numbers, pictures=frozenset(pictures & case.pictures))
