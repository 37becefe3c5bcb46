"""What the world may see of a series at one instant. The only place where a date is compared with now.

`publish` does not hide: it builds each case anew from an allow-list of fields, so that a field nobody thought of is
left out rather than let out. Every output takes its result and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebuilder import markdown
from casebuilder.model import Answer, Basis, Case, ChangeKind, Credit, Role, State, instant, window
from casebuilder.published import consents, links
from casebuilder.published.board import board
from casebuilder.published.consents import missing as missing_consents
from casebuilder.published.instants import NotAMomentError, moment, month, state, today
from casebuilder.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from casebuilder.model import Change, Collection, Person, Reference, Series

__all__ = ["NotAMomentError", "board", "missing_consents", "moment", "month", "publish", "state", "today"]

#: What may be seen of a case from its opening. References, pictures and credits are cut further, below.
OPEN_FIELDS = (
    "slug", "title", "kind", "season", "episode", "teaser", "language", "audience", "topics", "competencies", "basis",
    "characters", "inspired_by", "content_note", "image", "paper", "discussion", "licence", "doi", "aliases",
    "story", "questions", "changes", "announced",
)  # fmt: skip
#: What may be seen from its release.
RELEASED_FIELDS = ("objectives", "privacy", "sessions", "notes", "metrics")
#: What may be seen of a withdrawn case: a tombstone.
TOMBSTONE_FIELDS = ("slug", "title", "kind", "season", "episode", "aliases")
#: What no output ever sees.
NEVER_FIELDS = ("status", "contributions", "origin", "quotes_origin", "metrics_origin")
#: What is worked out below instead of being handed on as it is.
DERIVED_FIELDS = (
    "state", "opens", "closes", "releases", "credits", "references", "pictures", "quotes", "responses", "commentary",
    "planned",
)  # fmt: skip


def publish(series: Series, as_of: datetime) -> Series:
    """The series as the world may see it.

    Args:
        series: the checked series, with everything in it.
        as_of: the instant to look at it from; it needs a time zone.

    Returns:
        A series in which cases that are not open yet are missing, sealed fields are empty, quotes have their consent,
        `opens`, `closes` and `releases` are filled in as times in the series' zone, and `state` is set.
    """
    if as_of.tzinfo is None:
        message = "as_of needs a time zone"
        raise ValueError(message)
    as_of = as_of.astimezone(series.zone)
    held = {item.slug for item in series.held}
    shown = (_case(case, series, as_of) for case in series.cases if case.slug not in held)
    cases = tuple(case for case in shown if case)
    cases = tuple(sorted(cases, key=lambda case: (case.opens.isoformat(), case.slug), reverse=True))
    collections = tuple(kept for item in series.collections if (kept := _collection(item, cases)))
    people = _people(series, cases, collections)
    public = {f"cases/{case.slug}/" for case in cases} | {f"experts/{person.id}/" for person in people}
    public |= {f"collections/{collection.id}/" for collection in collections}
    public |= {f"topics/{slug(topic)}/" for case in cases for topic in case.topics}
    known = tuple(item for item in series.held if item.opens and instant(item.opens, series.zone) <= as_of)
    public |= {f"cases/{item.slug}/" for item in known}
    cases = tuple(links.case_without_hidden(case, series.site_url, public) for case in cases)
    people = tuple(_biography(person, series.site_url, public) for person in people)
    collections = tuple(_introduction(collection, series.site_url, public) for collection in collections)
    return series.model_copy(
        update={
            "cases": cases,
            "held": known,
            "withheld": frozenset(),
            "people": people,
            "collections": collections,
            "pictures": frozenset(),
            "as_of": as_of,
        }
    )


def _case(case: Case, series: Series, as_of: datetime) -> Case | None:
    """One case, or None if nothing of it may be seen."""
    now = state(case, as_of, series.zone)
    if now in {State.DRAFT, State.SCHEDULED} and not series.settings.drafts:
        return None
    opens, closes, releases = window(case, series.zone)
    if now is State.WITHDRAWN:
        if as_of.timestamp() < opens.timestamp():
            return None
        fields = {name: getattr(case, name) for name in TOMBSTONE_FIELDS}
        fields["changes"] = tuple(change for change in case.changes if change.kind is ChangeKind.WITHDRAWAL)
        fields["credits"] = tuple(
            Credit(person=credit.person, roles=(Role.WRITER,)) for credit in case.credits if Role.WRITER in credit.roles
        )
        return _made(fields, now, (opens, closes, releases))
    released = now is State.COMPLETE or (now in {State.DRAFT, State.SCHEDULED} and series.settings.drafts)
    names = OPEN_FIELDS + (RELEASED_FIELDS if released else ())
    fields = {name: getattr(case, name) for name in names}
    fields["changes"] = _changes(case.changes, as_of.date())
    fields["planned"] = _planned(case) if now is not State.COMPLETE else frozenset()
    fields["credits"] = _credits(case, now) if not released else case.credits
    if released:
        fields["quotes"] = consents.quotes(case, as_of.date(), series.settings.small_count)
        fields["responses"] = consents.responses(case, as_of.date())
        fields["commentary"] = case.commentary
    made = _made(fields, now, (opens, closes, releases))
    return made.model_copy(update={"references": _references(case, made), "pictures": _pictures(case, made)})


def _made(fields: dict[str, Any], now: State, times: tuple[datetime, datetime, datetime]) -> Case:
    """A case of the given fields alone; all others have their defaults."""
    blank: dict[str, Any] = {
        "teaser": "", "topics": (), "competencies": (), "objectives": (), "basis": Basis.FICTIONAL, "credits": (),
    }  # fmt: skip
    opens, closes, releases = times
    return Case.model_construct(
        **{**blank, **fields, "state": now, "opens": opens, "closes": closes, "releases": releases}
    )


def _changes(changes: Iterable[Change], today: date) -> tuple[Change, ...]:
    """The changes that have been made; one that is announced for a later day is not told."""
    return tuple(change for change in changes if change.date <= today)


def _planned(case: Case) -> frozenset[Answer]:
    """What the release is going to bring, as far as the case has it already or names those who make it.

    That there is something tells nothing of what it says, or of who wrote it.
    """
    curated = case.commentary or case.quotes or any(Role.CURATOR in credit.roles for credit in case.credits)
    found = {Answer.RESPONSES: case.responses or case.announced, Answer.COMMENTARY: curated}
    return frozenset(answer for answer, there in found.items() if there)


def _credits(case: Case, now: State) -> tuple[Credit, ...]:
    """Who is named before the release: the curators' work is not out yet, so neither are their names."""
    hidden = {Role.CURATOR} if now in {State.OPEN, State.CURATING} else set()
    shown = ((credit.person, tuple(role for role in credit.roles if role not in hidden)) for credit in case.credits)
    return tuple(Credit(person=person, roles=roles) for person, roles in shown if roles)


def _references(case: Case, made: Case) -> tuple[Reference, ...]:
    """The references that a visible text cites; after the release also those that none does."""
    if made.state is State.COMPLETE:
        return case.references
    cited = {found.id for text in made.texts() for found in markdown.facts(text).citations}
    return tuple(reference for reference in case.references if reference.id in cited)


def _pictures(case: Case, made: Case) -> frozenset[str]:
    """The pictures that a visible text shows, and the case's own."""
    shown = {path for text in made.texts() for path in links.pictures(text)}
    if made.image:
        shown.add(f"cases/{case.slug}/{made.image.file}")
    return frozenset(shown & case.pictures)


def _biography(person: Person, site: str, public: set[str]) -> Person:
    """A profile whose links lead to public pages only."""
    text = links.without_hidden(person.biography, site, public)
    return person if text is person.biography else person.model_copy(update={"biography": text})


def _introduction(collection: Collection, site: str, public: set[str]) -> Collection:
    """A collection whose introduction links to public pages only."""
    text = links.without_hidden(collection.text, site, public)
    return collection if text is collection.text else collection.model_copy(update={"text": text})


def _collection(collection: Collection, cases: Iterable[Case]) -> Collection | None:
    """A collection with those of its cases that are released; an empty one is not shown."""
    complete = {case.slug for case in cases if case.state is State.COMPLETE}
    entries = tuple(entry for entry in collection.cases if entry.case in complete)
    return collection.model_copy(update={"cases": entries}) if entries else None


def _people(series: Series, cases: Iterable[Case], collections: Iterable[Collection]) -> tuple[Person, ...]:
    """The people who sign something that can be seen; to name another would tell who answers next."""
    named: set[str] = set()
    for case in cases:
        named |= {credit.person for credit in case.credits} | {response.person for response in case.responses}
        named |= set(case.discussion.moderators) | set(case.announced)
        named |= set(case.commentary.curators) if case.commentary else set()
    for collection in collections:
        named |= set(collection.editors)
    return tuple(person for person in series.people if person.id in named)
