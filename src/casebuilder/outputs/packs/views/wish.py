"""One pack that somebody asked for: which cases, as what, for how many minutes, with which cover."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.editions import HANDOUT, NAMED
from casebuilder.model import Prose, State
from casebuilder.outputs.packs.views import refusals
from casebuilder.outputs.packs.views.arrangement import PLAIN, Arrangement, possible
from casebuilder.outputs.packs.views.bound import SELECTION, Bound
from casebuilder.outputs.packs.views.cover import NO_COVER, Cover
from casebuilder.published.bindings import Binding, bindings, strictest
from casebuilder.text import address, same_name
from casebuilder.wording import Words

if TYPE_CHECKING:
    from casebuilder.model import Case, Series
    from casebuilder.outputs.packs.views.refusals import Refusal


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


def fulfilled(public: Series, wish: Wish) -> Bound:
    """The cases that are asked for, bound in their order; a single case without a cover is bound alone.

    Args:
        public: what `publish` returned.
        wish: what is asked for.

    Raises:
        WishError: there is no such case, nothing fits, or the edition is not released yet.
    """
    binding, edition = _chosen(public, wish), NAMED[wish.edition]
    for case in binding.cases:
        if case.state not in edition.states:
            raise WishError(_why_not(case, wish.edition))
    if edition.is_shown:
        _refuse_slides(binding, wish)
    if wish.minutes:
        binding = replace(binding, cases=tuple(_timed(case, wish) for case in binding.cases))
    _arranged(binding, wish)
    paper = "" if edition.is_shown else wish.paper  # they are shown, sixteen to nine, whatever is asked for
    return Bound(public, binding, wish.edition, paper, wish.cover, wish.arrangement)


def _refuse_slides(binding: Binding, wish: Wish) -> None:
    """Stop at what slides cannot have; they are read from the back row as they are."""
    if len(binding.cases) > 1:
        raise WishError(refusals.OneCaseOnly(wish.edition, len(binding.cases)))
    if wish.cover:
        raise WishError(refusals.NoCover(wish.edition))
    if wish.large:
        raise WishError(refusals.NoLargePrint(wish.edition))


def _arranged(binding: Binding, wish: Wish) -> None:
    """Stop at an arrangement that the edition cannot have, or a case has nothing for."""
    arrangement = wish.arrangement
    if arrangement.asked and not NAMED[wish.edition].arranged:
        raise WishError(refusals.NotArranged(wish.edition, arrangement.asked[0]))
    for case in binding.cases:
        if arrangement.reveal_cards and "reveal_cards" not in possible(case):
            raise WishError(refusals.NothingToReveal(case.slug))
        if arrangement.role_cards and "role_cards" not in possible(case):
            raise WishError(refusals.NoCharacters(case.slug))


def _why_not(case: Case, edition: str) -> Refusal:
    if case.state is State.WITHDRAWN:
        return refusals.Withdrawn(case.slug)
    return refusals.NotReleased(case.slug, edition, case.releases)


def _chosen(public: Series, wish: Wish) -> Binding:
    ways = [way for way in ("collection", "topic", "year", "season") if getattr(wish, way) not in {"", None}]
    if len(ways) + bool(wish.cases) != 1:
        raise WishError(refusals.NotOneWay((*(["cases"] if wish.cases else []), *ways)))
    if wish.collection:
        return _collection(public, wish)
    cases = _named(public, wish.cases) if wish.cases else _found(public, wish)
    licence = strictest(case.licence or public.settings.licence for case in cases)
    title = cases[0].title if len(cases) == 1 else f"{public.name}: {_short(public, wish, cases)}"
    return Binding(SELECTION, title, Prose(""), "", (), cases, {}, licence)


def _short(public: Series, wish: Wish, cases: tuple[Case, ...]) -> str:
    say = Words(public.language, public.zone)
    season = say.gettext("Season %(number)s", number=wish.season) if wish.season is not None else ""
    return wish.topic or str(wish.year or "") or season or say.cases(len(cases))


def _collection(public: Series, wish: Wish) -> Binding:
    known = {collection.id for collection in public.collections}
    if wish.collection not in known:
        raise WishError(refusals.Unknown("collection", wish.collection, tuple(sorted(known))))
    made = next((found for found in bindings(public) if found.id == f"collection-{wish.collection}"), None)
    if made is None:
        raise WishError(refusals.NoCase("collection", wish.collection))
    return made


def _named(public: Series, names: tuple[str, ...]) -> tuple[Case, ...]:
    wanted = dict.fromkeys(name.strip("/").removeprefix("cases/") for name in names)
    cases = {case.slug: case for case in public.cases}
    for name in wanted:
        if name not in cases:
            raise WishError(refusals.Unknown("cases", name, tuple(cases)))
    return tuple(cases[name] for name in wanted)


def _found(public: Series, wish: Wish) -> tuple[Case, ...]:
    """The cases on a topic, of a year or of a season that are complete, in the order in which they opened."""
    open_too = State.OPEN in NAMED[wish.edition].states
    cases = sorted(public.cases, key=lambda case: (str(case.opens), case.slug))
    cases = [case for case in cases if case.state is State.COMPLETE or (open_too and case.state is not State.WITHDRAWN)]
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


def _timed(case: Case, wish: Wish) -> Case:
    if not NAMED[wish.edition].timed:
        raise WishError(refusals.NoPlans(wish.edition))
    kept = tuple(session for session in case.sessions if session.minutes == wish.minutes)
    if not kept:
        lengths = tuple(sorted({session.minutes for session in case.sessions}))
        raise WishError(refusals.NoPlanOf(case.slug, wish.minutes or 0, lengths))
    return case.model_copy(update={"sessions": kept})
