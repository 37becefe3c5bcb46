"""`series.json`: the published data for machines, and its JSON Schema.

The types below are the format. A field is only ever added; whoever removes one or changes its meaning raises `FORMAT`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - pydantic looks at the types when it runs
from typing import TYPE_CHECKING, Any

from casebuilder.model import Figures, File, Role, Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.model import Metric
    from casebuilder.published import PublishedCase, PublishedSeries

#: The version of the format: a whole number.
FORMAT = 1
_PATH, _SCHEMA = "series.json", "schema/series.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A figure that comes from elsewhere. `value` is null where the platform gives it no longer and nobody kept it."""

    metric: str
    value: float | None
    window_hours: int
    source: str
    tool: str
    collected: date
    discontinued: bool


@dataclass(frozen=True, slots=True)
class LiveHour:
    """A part of a discussion in which people write at the same time. `channel` is empty if it is everywhere."""

    starts: datetime
    minutes: int
    channel: str
    guests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case that has opened. What is not released yet is null or empty."""

    slug: str
    title: str
    kind: str
    state: str
    url: str
    language: str
    licence: str
    season: int | None
    episode: int | None
    opens: datetime
    closes: datetime
    releases: datetime
    live: tuple[LiveHour, ...]
    teaser: str
    writers: tuple[str, ...]
    editors: tuple[str, ...]
    topics: tuple[str, ...]
    competencies: tuple[str, ...]
    audience: tuple[str, ...]
    objectives: tuple[str, ...]
    doi: str
    paper_doi: str
    responses: int
    quotes: int
    minutes: tuple[int, ...]
    figures: Figures | None
    metrics: tuple[TypedFigure, ...]


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group of the editorial board, with the names of its people."""

    title: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """A series and its cases, the newest first. `as_of` is the instant of the build."""

    format: int
    name: str
    description: str
    url: str
    language: str
    licence: str
    timezone: str
    as_of: datetime
    hashtag: str
    contributions: int | None
    participants: int | None
    countries: int | None
    continents: int | None
    team: tuple[GroupRecord, ...]
    cases: tuple[CaseRecord, ...]


def render(public: PublishedSeries) -> Iterator[File]:
    """Yield the data, and the schema that describes them."""
    from pydantic import TypeAdapter

    adapter = TypeAdapter(SeriesRecord)
    yield File(_PATH, _dump_json(adapter.dump_python(_series_record(public), mode="json")))
    titles = {"title": "Series", "description": "For series.json, the published data of a series."}
    yield File(_SCHEMA, _dump_json({"$schema": _DIALECT, **adapter.json_schema(mode="serialization"), **titles}))


def _dump_json(value: Any) -> bytes:  # noqa: ANN401 - plain values of any shape
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _series_record(public: PublishedSeries) -> SeriesRecord:
    statistics = public.statistics
    return SeriesRecord(
        format=FORMAT,
        name=public.name,
        description=public.description,
        url=public.site_url,
        language=public.language,
        licence=public.licence.spdx,
        timezone=public.zone.key,
        as_of=public.as_of,
        hashtag=public.hashtag,
        contributions=statistics.contributions,
        participants=statistics.participants,
        countries=statistics.countries,
        continents=statistics.continents,
        team=tuple(GroupRecord(group.title, tuple(member.name for member in group.people)) for group in public.team),
        cases=tuple(_case_record(case) for case in public.cases),
    )


def _case_record(case: PublishedCase) -> CaseRecord:
    return CaseRecord(
        slug=case.slug,
        title=case.title,
        kind=str(case.kind),
        state=str(case.state),
        url=case.url,
        language=case.language,
        licence=case.licence.spdx,
        season=case.season,
        episode=case.episode,
        opens=case.opens,
        closes=case.closes,
        releases=case.releases,
        live=tuple(LiveHour(hour.starts, hour.minutes, hour.place, hour.names) for hour in case.live),
        teaser=case.teaser,
        writers=tuple(person.name for person in case.credited(Role.WRITER)),
        editors=tuple(person.name for person in case.credited(Role.EDITOR)),
        topics=case.topics,
        competencies=case.competencies,
        audience=case.audience,
        objectives=case.objectives,
        doi=case.doi,
        paper_doi=case.paper.doi if case.paper else "",
        responses=len(case.responses),
        quotes=sum(bool(quote.text) for quote in case.quoted(Use.SITE)),
        minutes=tuple(session.minutes for session in case.sessions),
        figures=case.figures,
        metrics=tuple(_typed_figure(metric) for metric in case.metrics),
    )


def _typed_figure(metric: Metric) -> TypedFigure:
    return TypedFigure(
        metric=metric.name,
        value=metric.value,
        window_hours=metric.hours,
        source=metric.source,
        tool=metric.tool,
        collected=metric.collected,
        discontinued=metric.discontinued,
    )
