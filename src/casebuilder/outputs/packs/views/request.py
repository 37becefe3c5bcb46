"""A request for one pack: which cases, edition, minutes and cover; and the volume that meets it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.editions import HANDOUT, NAMED
from casebuilder.model import State
from casebuilder.outputs.packs.views import refusals
from casebuilder.outputs.packs.views.arrangement import PLAIN, Arrangement, possible
from casebuilder.outputs.packs.views.volume import VolumeView
from casebuilder.outputs.packs.views.workshopcover import NO_COVER, Cover
from casebuilder.slugs import topic_slug
from casebuilder.text import same_name
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from casebuilder.outputs.packs.views.refusals import Refusal
    from casebuilder.published import PublishedCase, PublishedSeries, Volume


class PackRequestError(ValueError):
    """The request cannot be met; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(repr(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class PackRequest:
    """A request for one pack.

    Attributes:
        cases: slugs, in the order in which they are to be printed.
        collection: a collection's id; with its order, reasons and introduction.
        topic: take every case on it.
        year: take every case that opened in it.
        season: take every case of it.
        edition: handout, guide, case or slides.
        paper: a4 or letter.
        minutes: the guide then holds the plans of this length alone; all if it is not given.
        large: set in large print.
        cover: the workshop's cover.
        arrangement: how a handout is arranged for a session.
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


def requested_volume(public: PublishedSeries, request: PackRequest) -> VolumeView:
    """Return the cases that are asked for, as a volume, in that order; a single case without a cover stays alone.

    Args:
        public: what `publish` returned.
        request: the cases and options.

    Raises:
        PackRequestError: there is no such case, nothing fits, or the edition is not released yet.
    """
    volume, edition = _chosen_volume(public, request), NAMED[request.edition]
    for case in volume.cases:
        if case.state not in edition.states:
            raise PackRequestError(_refusal_for(case, request.edition))
    if edition.is_shown:
        _refuse_slides(volume, request)
    if request.minutes:
        volume = replace(volume, cases=tuple(_with_plans_of_length(case, request) for case in volume.cases))
    _check_arrangement(volume, request)
    paper = "" if edition.is_shown else request.paper  # slides are always 16:9
    return VolumeView(public, volume, request.edition, paper, request.cover, request.arrangement)


def _refuse_slides(volume: Volume, request: PackRequest) -> None:
    """Refuse options that slides do not have; they are large enough to read from the back row."""
    if len(volume.cases) > 1:
        raise PackRequestError(refusals.OneCaseOnly(request.edition, len(volume.cases)))
    if request.cover:
        raise PackRequestError(refusals.NoCover(request.edition))
    if request.large:
        raise PackRequestError(refusals.NoLargePrint(request.edition))


def _check_arrangement(volume: Volume, request: PackRequest) -> None:
    """Stop at an arrangement that the edition cannot have, or a case has nothing for."""
    arrangement = request.arrangement
    if arrangement.asked and not NAMED[request.edition].arranged:
        raise PackRequestError(refusals.NotArranged(request.edition, arrangement.asked[0]))
    for case in volume.cases:
        if arrangement.reveal_cards and "reveal_cards" not in possible(case):
            raise PackRequestError(refusals.NothingToReveal(case.slug))
        if arrangement.role_cards and "role_cards" not in possible(case):
            raise PackRequestError(refusals.NoCharacters(case.slug))


def _refusal_for(case: PublishedCase, edition: str) -> Refusal:
    if case.is_withdrawn:
        return refusals.Withdrawn(case.slug)
    return refusals.NotReleased(case.slug, edition, case.releases)


def _chosen_volume(public: PublishedSeries, request: PackRequest) -> Volume:
    selections = [
        selection
        for selection in ("collection", "topic", "year", "season")
        if getattr(request, selection) not in {"", None}
    ]
    if len(selections) + bool(request.cases) != 1:
        raise PackRequestError(refusals.NotOneWay((*(["cases"] if request.cases else []), *selections)))
    if request.collection:
        return _collection_volume(public, request)
    cases = _named_cases(public, request.cases) if request.cases else _matching_cases(public, request)
    title = cases[0].title if len(cases) == 1 else f"{public.name}: {_selection_title(public, request, cases)}"
    return public.selection(title, cases)


def _selection_title(public: PublishedSeries, request: PackRequest, cases: tuple[PublishedCase, ...]) -> str:
    translator = Translator(public.language, public.zone)
    season = translator.gettext("Season %(number)s", number=request.season) if request.season is not None else ""
    return request.topic or str(request.year or "") or season or translator.cases(len(cases))


def _collection_volume(public: PublishedSeries, request: PackRequest) -> Volume:
    collection_ids = {collection.id for collection in public.collections}
    if request.collection not in collection_ids:
        raise PackRequestError(refusals.Unknown("collection", request.collection, tuple(sorted(collection_ids))))
    volume_of_collection = next(
        (volume for volume in public.volumes if volume.id == f"collection-{request.collection}"), None
    )
    if volume_of_collection is None:
        raise PackRequestError(refusals.NoCase("collection", request.collection))
    return volume_of_collection


def _named_cases(public: PublishedSeries, names: tuple[str, ...]) -> tuple[PublishedCase, ...]:
    slugs = dict.fromkeys(name.strip("/").removeprefix("cases/") for name in names)
    cases = {case.slug: case for case in public.cases}
    for name in slugs:
        if name not in cases:
            raise PackRequestError(refusals.Unknown("cases", name, tuple(cases)))
    return tuple(cases[name] for name in slugs)


def _matching_cases(public: PublishedSeries, request: PackRequest) -> tuple[PublishedCase, ...]:
    """Return the cases on a topic, of a year or of a season that are complete, in the order in which they opened."""
    open_too = State.OPEN in NAMED[request.edition].states
    cases = sorted(public.cases, key=lambda case: (case.opens, case.slug))
    cases = [case for case in cases if case.is_complete or (open_too and not case.is_withdrawn)]
    if request.topic:
        topics = {topic for case in cases for topic in case.topics}
        matching = [case for case in cases if any(_names_topic(request.topic, topic) for topic in case.topics)]
        if not matching:
            raise PackRequestError(refusals.Unknown("topic", request.topic, tuple(sorted(topics))))
    elif request.year is not None:
        matching = [case for case in cases if case.opens.year == request.year]
    else:
        matching = [case for case in cases if case.season == request.season]
    if not matching:
        field = "season" if request.year is None else "year"
        raise PackRequestError(refusals.NoCase(field, str(getattr(request, field))))
    return tuple(matching)


def _names_topic(name: str, topic: str) -> bool:
    """Return whether a text names a topic, by its words or by the address of its page."""
    return same_name(name) == same_name(topic) or unicodedata.normalize("NFC", name) == topic_slug(topic)


def _with_plans_of_length(case: PublishedCase, request: PackRequest) -> PublishedCase:
    if not NAMED[request.edition].timed:
        raise PackRequestError(refusals.NoPlans(request.edition))
    sessions = tuple(session for session in case.sessions if session.minutes == request.minutes)
    if not sessions:
        lengths = tuple(sorted({session.minutes for session in case.sessions}))
        raise PackRequestError(refusals.NoPlanOf(case.slug, request.minutes or 0, lengths))
    return replace(case, sessions=sessions)
