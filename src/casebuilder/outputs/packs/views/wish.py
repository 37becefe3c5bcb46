"""One pack that somebody asked for: which cases, as what, for how many minutes, with which cover."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.editions import HANDOUT, NAMED
from casebuilder.model import Prose, State
from casebuilder.outputs.packs.views.arrangement import PLAIN, Arrangement, possible
from casebuilder.outputs.packs.views.bound import SELECTION, Bound
from casebuilder.outputs.packs.views.cover import NO_COVER, Cover
from casebuilder.published.bindings import Binding, bindings, strictest
from casebuilder.text import address, did_you_mean, same_name
from casebuilder.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebuilder.model import Case, Series


class WishError(ValueError):
    """A pack that cannot be made as it was asked for; `option` says which word of the wish is at fault."""

    def __init__(self, message: str, option: str) -> None:
        super().__init__(message)
        self.option = option


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
            raise WishError(_why_not(case, wish.edition), "--edition")
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
        raise WishError(f"slides are made of one case, and these are {len(binding.cases)}: name one", "--edition")
    if wish.cover:
        raise WishError("slides have no cover: leave --title, --date, --facilitator and --logo out", "--edition")
    if wish.large:
        raise WishError("slides are set in large print as they are: leave --large-print out", "--large-print")


def _arranged(binding: Binding, wish: Wish) -> None:
    """Stop at an arrangement that the edition cannot have, or a case has nothing for."""
    arrangement = wish.arrangement
    if arrangement.asked and not NAMED[wish.edition].arranged:
        first = arrangement.asked[0]
        raise WishError(f"only a handout can have {first}: leave it out, or --edition {wish.edition}", first)
    for case in binding.cases:
        if arrangement.reveal_cards and "--reveal-cards" not in possible(case):
            raise WishError(
                f"the story of {case.slug} has one part, so there is none to reveal; a heading begins a part",
                "--reveal-cards",
            )
        if arrangement.role_cards and "--role-cards" not in possible(case):
            raise WishError(f"{case.slug} names no characters to make cards of", "--role-cards")


def _why_not(case: Case, edition: str) -> str:
    if case.state is State.WITHDRAWN:
        return f"{case.slug} was withdrawn"
    released = f"; it is released on {case.releases:%Y-%m-%d}" if case.releases else ""
    return f"the {edition} of {case.slug} cannot be printed yet{released}. The handout can"


def _chosen(public: Series, wish: Wish) -> Binding:
    ways = [way for way in ("collection", "topic", "year", "season") if getattr(wish, way) not in {"", None}]
    if len(ways) + bool(wish.cases) != 1:
        given = [*(["cases"] if wish.cases else []), *(f"--{way}" for way in ways)]
        both = f"; {' and '.join(given)} were given" if given else ""
        raise WishError(f"name cases, or one of --collection, --topic, --year and --season{both}", "CASE")
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
        raise WishError(_unknown("collection", wish.collection, known), "--collection")
    made = next((found for found in bindings(public) if found.id == f"collection-{wish.collection}"), None)
    if made is None:
        raise WishError(f'no case of the collection "{wish.collection}" is released yet', "--collection")
    return made


def _named(public: Series, names: tuple[str, ...]) -> tuple[Case, ...]:
    wanted = dict.fromkeys(name.strip("/").removeprefix("cases/") for name in names)
    cases = {case.slug: case for case in public.cases}
    for name in wanted:
        if name not in cases:
            raise WishError(_unknown("published case", name, cases), "CASE")
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
            raise WishError(_unknown("topic", wish.topic, topics), "--topic")
    elif wish.year is not None:
        found = [case for case in cases if case.opens.year == wish.year]
    else:
        found = [case for case in cases if case.season == wish.season]
    if not found:
        raise WishError("no case to print", "--year" if wish.year is not None else "--season")
    return tuple(found)


def _same(written: str, topic: str) -> bool:
    """Whether somebody means a topic, by its words or by what stands in the address of its page."""
    return same_name(written) == same_name(topic) or unicodedata.normalize("NFC", written) == address(topic)


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f'there is no {kind} "{name}"; {did_you_mean(name, known)}'.rstrip("; ")


def _timed(case: Case, wish: Wish) -> Case:
    if not NAMED[wish.edition].timed:
        raise WishError("only the guide has plans: ask for --edition guide", "--minutes")
    kept = tuple(session for session in case.sessions if session.minutes == wish.minutes)
    if not kept:
        have = ", ".join(str(minutes) for minutes in sorted({session.minutes for session in case.sessions}))
        raise WishError(f"{case.slug} has no plan for {wish.minutes} minutes; it has {have or 'none'}", "--minutes")
    return case.model_copy(update={"sessions": kept})
