"""One pack that somebody asked for: which cases, as what, for how many minutes, with which cover."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.editions import HANDOUT, NAMED
from casebuilder.model import State
from casebuilder.outputs.packs.views import refusals
from casebuilder.outputs.packs.views.arrangement import PLAIN, Arrangement, possible
from casebuilder.outputs.packs.views.bound import Bound
from casebuilder.outputs.packs.views.cover import NO_COVER, Cover
from casebuilder.text import address, same_name
from casebuilder.wording import Words

if TYPE_CHECKING:
    from casebuilder.outputs.packs.views.refusals import Refusal
    from casebuilder.published import PublishedCase, PublishedSeries, Volume


class WishError(ValueError):
    """A pack that cannot be made as it was asked for; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(repr(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for.

    Attributes:
        cases: slugs, in the order in which they are to be printed.
        collection: a collection's id; its order, its reasons and its introduction are kept.
        topic: take every case on it.
        year: take every case that opened in it.
        season: take every case of it.
        edition: handout, guide, case or slides.
        paper: a4 or letter.
        minutes: the guide then holds the plans of this length alone; all if it is not given.
        large: set in large print.
        cover: what stands on a cover of one's own.
        arrangement: how a handout is arranged for the room.
    """

    cases: tuple[str, ...] = ()
    collection: str = ""
    topic: str = ""
    year: int | None = None
    season: int | None = None
    edition: str = HANDOUT.name
    paper: str = "a4"
    minutes: int | None = None
    large: bool = False
    cover: Cover = NO_COVER
    arrangement: Arrangement = PLAIN


def fulfilled(public: PublishedSeries, wish: Wish) -> Bound:
    """The cases that are asked for, bound in their order; a single case without a cover is bound alone.

    Args:
        public: what `publish` returned.
        wish: what is asked for.

    Raises:
        WishError: there is no such case, nothing fits, or the edition is not released yet.
    """
    volume, edition = _chosen(public, wish), NAMED[wish.edition]
    for case in volume.cases:
        if case.state not in edition.states:
            raise WishError(_why_not(case, wish.edition))
    if edition.is_shown:
        _refuse_slides(volume, wish)
    if wish.minutes:
        volume = replace(volume, cases=tuple(_timed(case, wish) for case in volume.cases))
    _arranged(volume, wish)
    paper = "" if edition.is_shown else wish.paper  # they are shown, sixteen to nine, whatever is asked for
    return Bound(public, volume, wish.edition, paper, wish.cover, wish.arrangement)


def _refuse_slides(volume: Volume, wish: Wish) -> None:
    """Stop at what slides cannot have; they are read from the back row as they are."""
    if len(volume.cases) > 1:
        raise WishError(refusals.OneCaseOnly(wish.edition, len(volume.cases)))
    if wish.cover:
        raise WishError(refusals.NoCover(wish.edition))
    if wish.large:
        raise WishError(refusals.NoLargePrint(wish.edition))


def _arranged(volume: Volume, wish: Wish) -> None:
    """Stop at an arrangement that the edition cannot have, or a case has nothing for."""
    arrangement = wish.arrangement
    if arrangement.asked and not NAMED[wish.edition].arranged:
        raise WishError(refusals.NotArranged(wish.edition, arrangement.asked[0]))
    for case in volume.cases:
        if arrangement.reveal_cards and "reveal_cards" not in possible(case):
            raise WishError(refusals.NothingToReveal(case.slug))
        if arrangement.role_cards and "role_cards" not in possible(case):
            raise WishError(refusals.NoCharacters(case.slug))


def _why_not(case: PublishedCase, edition: str) -> Refusal:
    if case.is_withdrawn:
        return refusals.Withdrawn(case.slug)
    return refusals.NotReleased(case.slug, edition, case.releases)


def _chosen(public: PublishedSeries, wish: Wish) -> Volume:
    ways = [way for way in ("collection", "topic", "year", "season") if getattr(wish, way) not in {"", None}]
    if len(ways) + bool(wish.cases) != 1:
        raise WishError(refusals.NotOneWay((*(["cases"] if wish.cases else []), *ways)))
    if wish.collection:
        return _collection(public, wish)
    cases = _named(public, wish.cases) if wish.cases else _found(public, wish)
    title = cases[0].title if len(cases) == 1 else f"{public.name}: {_short(public, wish, cases)}"
    return public.selection(title, cases)


def _short(public: PublishedSeries, wish: Wish, cases: tuple[PublishedCase, ...]) -> str:
    say = Words(public.language, public.zone)
    season = say.gettext("Season %(number)s", number=wish.season) if wish.season is not None else ""
    return wish.topic or str(wish.year or "") or season or say.cases(len(cases))


def _collection(public: PublishedSeries, wish: Wish) -> Volume:
    known = {collection.id for collection in public.collections}
    if wish.collection not in known:
        raise WishError(refusals.Unknown("collection", wish.collection, tuple(sorted(known))))
    made = next((volume for volume in public.volumes if volume.id == f"collection-{wish.collection}"), None)
    if made is None:
        raise WishError(refusals.NoCase("collection", wish.collection))
    return made


def _named(public: PublishedSeries, names: tuple[str, ...]) -> tuple[PublishedCase, ...]:
    wanted = dict.fromkeys(name.strip("/").removeprefix("cases/") for name in names)
    cases = {case.slug: case for case in public.cases}
    for name in wanted:
        if name not in cases:
            raise WishError(refusals.Unknown("cases", name, tuple(cases)))
    return tuple(cases[name] for name in wanted)


def _found(public: PublishedSeries, wish: Wish) -> tuple[PublishedCase, ...]:
    """The cases on a topic, of a year or of a season that are complete, in the order in which they opened."""
    open_too = State.OPEN in NAMED[wish.edition].states
    cases = sorted(public.cases, key=lambda case: (case.opens, case.slug))
    cases = [case for case in cases if case.is_complete or (open_too and not case.is_withdrawn)]
    if wish.topic:
        topics = {topic for case in cases for topic in case.topics}
        found = [case for case in cases if any(_same(wish.topic, topic) for topic in case.topics)]
        if not found:
            raise WishError(refusals.Unknown("topic", wish.topic, tuple(sorted(topics))))
    elif wish.year is not None:
        found = [case for case in cases if case.opens.year == wish.year]
    else:
        found = [case for case in cases if case.season == wish.season]
    if not found:
        field = "season" if wish.year is None else "year"
        raise WishError(refusals.NoCase(field, str(getattr(wish, field))))
    return tuple(found)


def _same(written: str, topic: str) -> bool:
    """Whether somebody means a topic, by its words or by what stands in the address of its page."""
    return same_name(written) == same_name(topic) or unicodedata.normalize("NFC", written) == address(topic)


def _timed(case: PublishedCase, wish: Wish) -> PublishedCase:
    if not NAMED[wish.edition].timed:
        raise WishError(refusals.NoPlans(wish.edition))
    kept = tuple(session for session in case.sessions if session.minutes == wish.minutes)
    if not kept:
        lengths = tuple(sorted({session.minutes for session in case.sessions}))
        raise WishError(refusals.NoPlanOf(case.slug, wish.minutes or 0, lengths))
    return replace(case, sessions=kept)
