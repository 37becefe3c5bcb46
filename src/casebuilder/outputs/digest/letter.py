"""The content of the mail, before it is written as HTML or plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import ChangeKind
from casebuilder.wording import Translator, direction, promisedanswers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from casebuilder.published import PublishedCase, PublishedSeries


@dataclass(frozen=True, slots=True)
class Link:
    """The text of a link, and its full address."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One case.

    Attributes:
        title: of the case, in its own language.
        address: of its page.
        language: of title and teaser (BCP 47), where it is not the mail's; else nothing.
        kicker: the few facts over the title.
        teaser: of the case.
        facts: what happened to it, sentence by sentence.
        links: where to go on.
    """

    title: str
    address: str
    language: str
    kicker: str
    teaser: str
    facts: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def direction(self) -> str:
        """The direction of its own language, if it has one: "ltr" or "rtl"."""
        return direction(self.language) if self.language else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and the cases below it."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The whole mail.

    Attributes:
        subject: series and month.
        series: who sends it.
        month: the month it covers: "March 2026".
        language: BCP 47, of everything but the cases' own words.
        sections: those that hold something, the most urgent first.
        closing: sentences about the mail itself.
        links: where else the series can be followed, and whom to write to.
    """

    subject: str
    series: str
    month: str
    language: str
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def direction(self) -> str:
        """Which way its language is written: "ltr" or "rtl"."""
        return direction(self.language)

    @property
    def preheader(self) -> str:
        """The line that mail programs show after the subject: the titles of the first section."""
        return " · ".join(entry.title for section in self.sections[:1] for entry in section.entries)


def write(public: PublishedSeries, month: date) -> Letter:
    """Return the mail about one month of a published series.

    Open discussions are those at the time of publication, not of the month: an invitation must be true on
    the day on which it is sent.
    """
    translator = Translator(public.language, public.zone)
    kinds = (
        (translator.gettext("Open for discussion"), _running_entries(public, translator)),
        (translator.gettext("Released"), _released_entries(public, translator, month)),
        (_awaited_heading(public, translator), _curating_entries(public, translator)),
        (translator.gettext("Opened"), _opened_entries(public, translator, month)),
        (translator.gettext("Withdrawn"), _changed_entries(public, translator, month, withdrawn=True)),
        (translator.gettext("Corrections and updates"), _changed_entries(public, translator, month, withdrawn=False)),
    )
    sections = (Section(heading, tuple(entries)) for heading, entries in kinds)
    closing = (translator.gettext("This is the monthly digest of %(series)s.", series=public.name), public.notice)
    return Letter(
        subject=translator.parted(public.name, translator.month(month)),
        series=public.name,
        month=translator.month(month),
        language=public.language,
        sections=tuple(section for section in sections if section.entries),
        closing=tuple(sentence for sentence in closing if sentence),
        links=tuple(_links(public, translator)),
    )


def _awaited_heading(public: PublishedSeries, translator: Translator) -> str:
    """Return the heading over cases whose discussion is over."""
    coming = (case.answers for case in public.cases if case.is_curating)
    return translator.gettext(promisedanswers.AWAITED[frozenset().union(*coming)])


def _running_entries(public: PublishedSeries, translator: Translator) -> Iterator[Entry]:
    for case in public.cases:
        if case.is_open:
            join = Link(translator.gettext("Join the discussion"), f"{_page_address(public, case)}#section-join")
            until = translator.gettext(
                "Discussion open until %(time)s.", time=translator.moment(translator.last(case.closes))
            )
            then = (
                translator.gettext(promisedanswers.RELEASED_THEN[case.answers])
                if case.answers and case.releases == case.closes and not translator.is_day(case.closes)
                else _release_day(case, translator)
            )
            live = (
                translator.gettext(
                    "Live hour: %(time)s.",
                    time=translator.parted(translator.moment(hour.starts), translator.live(hour)),
                )
                for hour in case.live
            )
            yield _entry(public, case, translator, tuple(filter(None, (until, *live, then))), join)


def _curating_entries(public: PublishedSeries, translator: Translator) -> Iterator[Entry]:
    for case in public.cases:
        if case.is_curating:
            facts = (translator.gettext("The discussion has closed."), _release_day(case, translator))
            yield _entry(public, case, translator, tuple(filter(None, facts)))


def _released_entries(public: PublishedSeries, translator: Translator, month: date) -> Iterator[Entry]:
    for case in public.cases:
        if case.is_complete and _is_in_month(case.releases, month):
            names = [response.person.name for response in case.responses]
            parts = [translator.gettext("responses by %(names)s", names=translator.listed(names))] if names else []
            parts += [translator.gettext("the community commentary")] if case.commentary else []
            summary = translator.gettext(
                "Now released: %(what)s.", what=translator.listed(parts or [translator.gettext("the whole case")])
            )
            compare = Link(
                translator.gettext("Then compare with the experts"), f"{_page_address(public, case)}#section-responses"
            )
            yield _entry(public, case, translator, (summary,), *((compare,) if names else ()))


def _opened_entries(public: PublishedSeries, translator: Translator, month: date) -> Iterator[Entry]:
    """Yield cases that opened in the month and appear in no other section, for months that are long over."""
    for case in public.cases:
        if case.is_complete and _is_in_month(case.opens, month) and not _is_in_month(case.releases, month):
            day = translator.day(case.releases, weekday=False)
            released = promisedanswers.RELEASED.get(case.answers)
            yield _entry(public, case, translator, (translator.gettext(released, day=day),) if released else ())


def _changed_entries(
    public: PublishedSeries, translator: Translator, month: date, *, withdrawn: bool
) -> Iterator[Entry]:
    for case in public.cases:
        notes = [
            f"{translator.change(change.kind)}, {translator.day(change.date, weekday=False)}: {change.note}"
            for change in sorted(case.changes, key=lambda change: change.date)
            if _is_in_month(change.date, month) and (change.kind is ChangeKind.WITHDRAWAL) is withdrawn
        ]
        if notes and case.has_opened is not withdrawn:
            yield _entry(public, case, translator, tuple(notes), short=True)


def _entry(
    public: PublishedSeries,
    case: PublishedCase,
    translator: Translator,
    facts: tuple[str, ...],
    *links: Link,
    short: bool = False,
) -> Entry:
    page = _page_address(public, case)
    return Entry(
        title=case.title,
        address=page,
        language=case.language if case.language != public.language else "",
        kicker=" · ".join((*translator.numbered(case.season, case.episode), *_kind_words(case, translator))),
        teaser="" if short else " ".join(case.teaser.split()),
        facts=facts,
        links=(Link(translator.gettext("Read the case"), page), *links) if not short else (),
    )


def _kind_words(case: PublishedCase, translator: Translator) -> tuple[str, ...]:
    return (translator.kind(case.kind),) if case.is_paper else ()


def _release_day(case: PublishedCase, translator: Translator) -> str:
    """Return the day on which the answers are released; empty if there will be none."""
    template = promisedanswers.RELEASED_ON.get(case.answers)
    return translator.gettext(template, time=translator.moment(case.releases)) if template else ""


def _is_in_month(moment: date | None, month: date) -> bool:
    """Return whether a moment, in the series' zone as `publish` gives it, lies in a month."""
    return moment is not None and (moment.year, moment.month) == (month.year, month.month)


def _page_address(public: PublishedSeries, case: PublishedCase) -> str:
    return f"{public.site_url}{case.address}"


def _links(public: PublishedSeries, translator: Translator) -> Iterator[Link]:
    yield Link(translator.gettext("All cases"), f"{public.site_url}cases/")
    yield Link(translator.gettext("RSS feed"), f"{public.site_url}feed.xml")
    yield Link(translator.gettext("Add to calendar"), f"{public.site_url}calendar.ics")
    if contact := public.contact:
        address = f"mailto:{contact}" if "@" in contact and "/" not in contact else contact
        yield Link(translator.gettext("Questions, or to unsubscribe"), address)
