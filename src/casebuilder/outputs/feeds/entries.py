"""One entry of a feed, as all three formats write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.editions import HANDOUT
from casebuilder.model import Answer
from casebuilder.outputs.feeds import content
from casebuilder.outputs.feeds.happenings import Event
from casebuilder.wording import Translator, answers, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from casebuilder.model import Pack
    from casebuilder.outputs.feeds.happenings import Happening
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
    """A file that goes with an entry; `size` in bytes, as it is on the disk."""

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
        published: when it was first told.
        updated: when it last changed.
        authors: who signs it.
        summary: a few sentences, plain text.
        html: the full text, each address in it absolute.
        language: BCP 47.
        topics: of the case.
        licence: the address of the licence.
        enclosure: the handout, if it was made.
        replaces: ids of entries that were taken out and must be forgotten.
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


def write(public: PublishedSeries, packs: Sequence[Pack], happening: Happening, base: str) -> Entry:
    """The entry that tells of a happening.

    Args:
        public: the published series.
        packs: all packs of the site.
        happening: what happened.
        base: what leads from the feed to the site's root.
    """
    case = happening.case
    translator = Translator(case.language, public.zone)
    own = [pack for pack in packs if pack.subject == case.slug]
    gone = happening.event is Event.WITHDRAWN
    return Entry(
        id=happening.id(public.id_host),
        title=content.legal(translator.gettext(_title(happening), title=case.title)),
        address=f"{base}{case.address}{_place(happening)}",
        published=happening.published,
        updated=happening.updated,
        authors=tuple(_authors(happening, base)),
        summary=content.legal(_summary(happening, translator)),
        html=content.html(happening, public, own, base),
        language=translator.language,
        topics=case.topics,
        licence=case.licence.address,
        enclosure=None if gone else _handout(own, base, translator),
        replaces=tuple(happening.id(public.id_host, event) for event in _OLD) if gone else (),
    )


#: The title of a release is in `wording.answers`.
_TITLES = {
    Event.OPENED: "%(title)s",
    Event.WITHDRAWN: message("Withdrawn: %(title)s"),
}
_OLD = (Event.OPENED, Event.RELEASED)


def _title(happening: Happening) -> str:
    """The message that names what happened."""
    released = happening.event is Event.RELEASED
    return answers.FEED_TITLE[happening.case.answers] if released else _TITLES[happening.event]


def _place(happening: Happening) -> str:
    """Where on the case's page the thing is found."""
    there = happening.case.answers if happening.event is Event.RELEASED else ()
    return next((f"#section-{answer}" for answer in Answer if answer in there), "")


def _authors(happening: Happening, base: str) -> Iterable[Author]:
    """Who wrote what the entry holds: the case's writers; or its experts and curators."""
    for person in dict.fromkeys(_signing(happening.case, happening.event)):
        yield Author(person.name, f"{base}{person.address}")


def _signing(case: PublishedCase, event: Event) -> Iterable[PublishedPerson]:
    if event is Event.RELEASED:
        yield from (response.person for response in case.responses)
        yield from case.commentary.curators if case.commentary else ()
    else:
        yield from case.writers


def _summary(happening: Happening, translator: Translator) -> str:
    case = happening.case
    if happening.event is Event.WITHDRAWN:
        return " ".join(change.note for change in case.changes) or translator.gettext("This case was withdrawn.")
    if happening.event is Event.OPENED:
        return case.teaser
    experts = [response.person.name for response in case.responses]
    parts = [translator.gettext("responses by %(names)s", names=translator.listed(experts))] if experts else []
    parts += [translator.gettext("the community commentary")] if case.commentary else []
    parts = parts or [translator.gettext("the whole case")]
    return translator.gettext("Now released: %(what)s.", what=translator.listed(parts))


def _handout(own: Sequence[Pack], base: str, translator: Translator) -> Enclosure | None:
    """The handout on the usual paper, or on the one there is."""
    handouts = sorted((pack for pack in own if pack.edition == HANDOUT.name), key=lambda pack: pack.paper != _PAPER)
    if not handouts:
        return None
    title = translator.edition(HANDOUT.name, frozenset())
    return Enclosure(base + handouts[0].path, title, "application/pdf", handouts[0].size)
