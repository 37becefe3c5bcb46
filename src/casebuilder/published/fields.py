"""Build published cases and collections field by field from what authors wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.model import Answer, ChangeKind, PartialDate, Prose, Role, State, window
from casebuilder.published import addresses, consent, methodline, publiclinks, references
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

    def case(self, source: Visible) -> PublishedCase:
        """Return a case with its public parts."""
        case, series = source.case, self.series
        opens, closes, releases = window(case, series.zone)
        address = addresses.of_case(case.slug)
        identified = PublishedCase(
            slug=case.slug,
            title=case.title,
            kind=case.kind,
            season=case.season,
            episode=case.episode,
            aliases=case.aliases,
            state=source.state,
            opens=opens,
            closes=closes,
            releases=releases,
            language=case.language or series.language,
            licence=licence(case.licence or series.settings.licence),
            address=address,
            url=addresses.full(series.site_url, address),
            writers=self._profiles(each.person for each in source.credits if Role.WRITER in each.roles),
            editors=self._profiles(each.person for each in source.credits if Role.EDITOR in each.roles),
            credits=self._all_credits(source),
            citation=self._cite(case, source, opens),
            changes=_changes_until(case.changes, self.as_of.date(), withdrawn=source.is_withdrawn),
        )
        if source.is_withdrawn:
            return identified
        opened = replace(
            identified,
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
            paper_citation=paper_citation(case.paper, identified.citation.work.words_in) if case.paper else None,
            channels=case.discussion.channels,
            live=live_hours(case.discussion, series.zone, self._profiles),
            moderators=self._profiles(case.discussion.moderators),
            announced=self._profiles(case.announced),
            doi=case.doi,
            story=tuple(PublishedPart(each.title, self.clean(each.body), each.anchor) for each in case.story),
            questions=tuple(PublishedQuestion(each.id, each.title, self.clean(each.body)) for each in case.questions),
            planned=frozenset() if source.state is State.COMPLETE else planned(case),
        )
        published = self._add_release(opened, source) if source.released else opened
        return _with_references(published, case)

    def _add_release(
        self,
        opened: PublishedCase,
        source: Visible,
    ) -> PublishedCase:
        """Return a case with everything that its release adds."""
        case, day = source.case, self.as_of.date()
        quotes = consent.quotes(case, day, self.series.settings.small_count)
        return replace(
            opened,
            objectives=case.objectives,
            sessions=case.sessions,
            metrics=case.metrics,
            figures=self.figures.get(case.slug, case.figures),
            notes=tuple(PublishedNote(each.id, each.title, self.clean(each.body)) for each in case.notes),
            responses=tuple(self._publish_response(each, opened) for each in source.responses),
            quotes=quotes,
            commentary=self._publish_commentary(case, case.commentary, quotes) if case.commentary else None,
        )

    def _publish_commentary(
        self, case: Case, commentary: Commentary, quotes: Sequence[PublishedQuote]
    ) -> PublishedCommentary:
        """Return the commentary."""
        sections = (PublishedSection(each.theme, each.title, self.clean(each.body)) for each in commentary.sections)
        return PublishedCommentary(
            self._profiles(commentary.curators), self._method_line(case, commentary.method, quotes), tuple(sections)
        )

    def _method_line(self, case: Case, template: str, quotes: Sequence[PublishedQuote]) -> str:
        """Return how a commentary was made, with the number of quotes that are shown."""
        figures_of_case = self.figures.get(case.slug, case.figures)
        if methodline.is_typed(template):
            template = methodline.with_places(template, is_known=bool(case.contributions or figures_of_case))
        if not methodline.is_counted(template):
            return template
        from casebuilder.wording import Translator  # the catalogues are slow to load, and `check` needs none

        names = {quote.id for quote in quotes if not quote.withdrawn_on}
        counts = methodline.counts(
            [quote for quote in case.quotes if quote.id in names],
            case.contributions,
            figures_of_case,
            self.series.settings.small_count,
        )
        translator = Translator(case.language or self.series.language, self.series.zone)
        figures = methodline.shown(counts)
        return methodline.with_figures(
            template, {name: "" if count is None else translator.decimal(count) for name, count in figures.items()}
        )

    def _cite(self, case: Case, source: Visible, opens: datetime) -> Citation:
        language = case.language or self.series.language
        is_public = not source.is_withdrawn
        return citation(
            Work(
                key=f"case-{case.slug}",
                authors=self._profiles(each.person for each in source.credits if Role.WRITER in each.roles),
                title=case.title,
                container=self.series.name,
                issued=PartialDate.of(opens.date()),
                volume="" if case.season is None else str(case.season),
                issue="" if case.episode is None else str(case.episode),
                doi=case.doi if is_public else "",
                address=addresses.full(self.series.site_url, addresses.of_case(case.slug)),
                language=language,
                words_in=language_of_words(language, self.series.language),
                abstract=case.teaser if is_public else "",
                keywords=case.topics if is_public else (),
            )
        )

    def _publish_response(
        self,
        response: Response,
        case: PublishedCase,
    ) -> PublishedResponse:
        """Return an expert's response, which is on the case's page from the release."""
        (person,) = self._profiles((response.person,))
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
            editors=self._profiles(collection.editors),
            cases=tuple(CollectedCase(cases[each.case], each.why) for each in collection.cases if each.case in cases),
            address=address,
            url=addresses.full(self.series.site_url, address),
        )

    def _profiles(self, names: Iterable[str]) -> tuple[PublishedPerson, ...]:
        """Return the people with these ids, each once."""
        return tuple(self.people[name] for name in dict.fromkeys(names))

    def _all_credits(self, source: Visible) -> tuple[PublishedCredit, ...]:
        """Return all credits: the case's own, then people whom only the responses or the discussion name."""
        case = source.case
        roles: dict[str, dict[Role, None]] = {}
        for credit in source.credits:
            roles.setdefault(credit.person, {}).update(dict.fromkeys(credit.roles))
        disclosures = {response.person: response.disclosure for response in source.responses}
        if not source.is_withdrawn:
            for response in source.responses:
                roles.setdefault(response.person, {})
            for name in case.commentary.curators if case.commentary and source.released else ():
                roles.setdefault(name, {})[Role.CURATOR] = None
            for name in case.discussion.moderators:
                roles.setdefault(name, {})[Role.MODERATOR] = None
        return tuple(
            _credit(self.people[name], person_roles, disclosures.get(name)) for name, person_roles in roles.items()
        )


def _credit(person: PublishedPerson, roles: Iterable[Role], stated_in_response: str | None) -> PublishedCredit:
    """Return a credit with the person's interests; their response may state some, or be None."""
    is_general = not stated_in_response
    return PublishedCredit(
        person,
        tuple(roles),
        stated_in_response is not None,
        stated_in_response or person.disclosure,
        person.stated if is_general else None,
    )


def _changes_until(changes: Iterable[Change], today: date, *, withdrawn: bool) -> tuple[Change, ...]:
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


def _with_references(published: PublishedCase, case: Case) -> PublishedCase:
    """Add the references that a public text cites (after the release, all of them) and the pictures."""
    works: tuple[Reference, ...] = case.references
    if not published.is_complete:
        cited = {citation.id for text in published.texts() for citation in markdown.facts(text).citations}
        works = tuple(reference for reference in works if reference.id in cited)
    papers = (published.paper,) if published.paper else ()
    numbered_works = references.numbered((*papers, *works), published.texts())
    pictures = {path for text in published.texts() for path in publiclinks.pictures(text)}
    if published.image:
        pictures.add(published.image.path)
    numbers = {each.reference.id: each.number for each in numbered_works}
    return replace(published, references=numbered_works, numbers=numbers, pictures=frozenset(pictures & case.pictures))
