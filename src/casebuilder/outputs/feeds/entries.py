"""One entry of a feed, as all three formats write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editions import HANDOUT
from casebuilder.model import Answer
from casebuilder.outputs.feeds import content
from casebuilder.outputs.feeds.events import EventKind
from casebuilder.wording import Translator, message, promisedanswers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casebuilder.model import Pack
    from casebuilder.outputs.feeds.events import Event
    from casebuilder.published import PublishedCase, PublishedPerson, PublishedSeries

#: The paper whose handout goes with an entry, where there is a choice: RSS holds one enclosure only.
_PAPER = "a4"


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs an entry, and the address of the person's page."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry offers (an enclosure); `size` in bytes."""

    address: str
    title: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    Attributes:
        id: a tag URI that never changes.
        title: plain text.
        address: of the page that shows it.
        published: the moment it first appeared in the feed.
        updated: when it last changed.
        authors: who signs it.
        summary: a few sentences, plain text.
        html: the full text, each address in it absolute.
        language: BCP 47.
        topics: of the case.
        licence: the address of the licence.
        enclosure: the handout, if it was made.
        replaces: ids of removed entries that feed readers must delete.
    """

    id: str
    title: str
    address: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...]
    summary: str
    html: str
    language: str
    topics: tuple[str, ...]
    licence: str
    enclosure: Enclosure | None
    replaces: tuple[str, ...]


def write(public: PublishedSeries, packs: Sequence[Pack], event: Event, base: str) -> Entry:
    """Return the feed's entry for an event.

    Args:
        public: the published series.
        packs: all packs of the site.
        event: what happened.
        base: the prefix of addresses: the site's address, or "../" steps from the feed.
    """
    case = event.case
    translator = Translator(case.language, public.zone)
    case_packs = [pack for pack in packs if pack.subject == case.slug]
    is_withdrawn = event.kind is EventKind.WITHDRAWN
    return Entry(
        id=event.id(public.id_host),
        title=content.legal(translator.gettext(_title_message(event), title=case.title)),
        address=f"{base}{case.address}{_fragment(event)}",
        published=event.published,
        updated=event.updated,
        authors=tuple(_authors(event, base)),
        summary=content.legal(_summarise(event, translator)),
        html=content.html(event, public, case_packs, base),
        language=translator.language,
        topics=case.topics,
        licence=case.licence.address,
        enclosure=None if is_withdrawn else _handout_enclosure(case_packs, base, translator),
        replaces=tuple(event.id(public.id_host, kind) for kind in _OLD) if is_withdrawn else (),
    )


#: The title of a release is in `wording.promisedanswers`.
_TITLES = {
    EventKind.OPENED: "%(title)s",
    EventKind.WITHDRAWN: message("Withdrawn: %(title)s"),
}
_OLD = (EventKind.OPENED, EventKind.RELEASED)


def _title_message(event: Event) -> str:
    """Return the message that names what happened."""
    released = event.kind is EventKind.RELEASED
    return promisedanswers.FEED_TITLE[event.case.answers] if released else _TITLES[event.kind]


def _fragment(event: Event) -> str:
    """Return the fragment of the case's page that an entry links to."""
    answers = event.case.answers if event.kind is EventKind.RELEASED else ()
    return next((f"#section-{answer}" for answer in Answer if answer in answers), "")


def _authors(event: Event, base: str) -> Iterable[Author]:
    """Yield who wrote what the entry holds: the case's writers; or its experts and curators."""
    for person in dict.fromkeys(_signers(event.case, event.kind)):
        yield Author(person.name, f"{base}{person.address}")


def _signers(case: PublishedCase, kind: EventKind) -> Iterable[PublishedPerson]:
    if kind is EventKind.RELEASED:
        yield from (response.person for response in case.responses)
        yield from case.commentary.curators if case.commentary else ()
    else:
        yield from case.writers


def _summarise(event: Event, translator: Translator) -> str:
    case = event.case
    if event.kind is EventKind.WITHDRAWN:
        return " ".join(change.note for change in case.changes) or translator.gettext("This case was withdrawn.")
    if event.kind is EventKind.OPENED:
        return case.teaser
    experts = [response.person.name for response in case.responses]
    parts = [translator.gettext("responses by %(names)s", names=translator.listed(experts))] if experts else []
    parts += [translator.gettext("the community commentary")] if case.commentary else []
    parts = parts or [translator.gettext("the whole case")]
    return translator.gettext("Now released: %(what)s.", what=translator.listed(parts))


def _handout_enclosure(case_packs: Sequence[Pack], base: str, translator: Translator) -> Enclosure | None:
    """Return the handout on the usual paper, or on the one there is."""
    handouts = sorted(
        (pack for pack in case_packs if pack.edition == HANDOUT.name), key=lambda pack: pack.paper != _PAPER
    )
    if not handouts:
        return None
    title = translator.edition(HANDOUT.name, frozenset())
    return Enclosure(base + handouts[0].path, title, "application/pdf", handouts[0].size)
