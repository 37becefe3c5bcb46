"""The page of statistics: the figures of the whole series, in the form in which the papers report them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from casebuilder.outputs.site.pages.markdownpage import Block
from casebuilder.published.statistics import MONTHLY, month
from casebuilder.text import share
from casebuilder.wording import figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from casebuilder.model import Page
    from casebuilder.outputs.site.pages.siteview import SiteView
    from casebuilder.published import PublishedCase
    from casebuilder.wording import Translator

_ROOT = "../"
#: A number that is hidden or not known.
_UNKNOWN = "–"
#: How many rows a table has in a long series, the newest.
_MOST = 24
_SEVERAL = 2
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about, and its cells."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A row of the table of rounds: the case, its cells, and how long its bars are, in per cent of the column."""

    case: PublishedCase
    cells: tuple[str, ...]
    new: int | None
    returning: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Where typed figures come from, and between which days they were read."""

    words: str
    first: date
    last: date


def render(site: SiteView) -> Iterator[Page]:
    """Yield the page; none if no released case has figures."""
    statistics = site.series.statistics
    if not statistics.rounds:
        return
    translator = site.translator
    blocks = [Block(site.fill("statistics/top.html", _ROOT, facts=_totals(site)))]
    if statistics.summaries:
        html = site.fill("statistics/weeks.html", _ROOT, heads=_season_heads(site), rows=_weekly_rows(site))
        blocks.append(Block(html, translator.gettext("First 7 days"), "section-weeks"))
    if rounds := _counted_rounds(site):
        html = site.fill("statistics/rounds.html", _ROOT, rows=_shown_rows(site, rounds), number=len(rounds))
        blocks.append(Block(html, translator.gettext("Participants by round"), "section-rounds"))
    if statistics.clubs:
        heads = [translator.gettext("Posts") if name == "posts" else translator.metric(name) for name in MONTHLY]
        clubs = _club_rows(site)
        html = site.fill(
            "statistics/clubs.html",
            _ROOT,
            heads=heads,
            rows=_shown_rows(site, clubs),
            number=len(clubs),
            every=_all_clubs_row(site),
        )
        blocks.append(Block(html, translator.gettext("Journal clubs by month"), "section-clubs"))
    places = figures.continents(translator, statistics.by_continent)
    if places.rows:
        html = site.fill("statistics/places.html", _ROOT, table=places)
        blocks.append(Block(html, translator.gettext("Where participants are"), "section-places"))
    html = site.fill("statistics/method.html", _ROOT, sources=_figure_sources(site))
    blocks.append(Block(html, translator.gettext("How this is counted"), "section-method"))
    yield site.page(
        "statistics/index.md",
        title=translator.gettext("Statistics"),
        description=translator.gettext(
            "The figures of %(series)s: who took part, from where, and how much was said.", series=site.series.name
        ),
        blocks=blocks,
    )


def _shown_rows(site: SiteView, rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
    """Return rows, the newest first, as far as a page lists them: `series.json` has all of a long series."""
    return rows if site.is_short else rows[:_MOST]


def _format_number(translator: Translator, value: float | None) -> str:
    return _UNKNOWN if value is None else figures.decimal(translator, value)


def _totals(site: SiteView) -> tuple[figures.Fact, ...]:
    """Return what there is in all; a figure that is not known is left out, and so are countries that nobody gave."""
    statistics, translator = site.series.statistics, site.translator
    facts = (
        (translator.gettext("Cases with figures"), len(statistics.rounds)),
        (translator.gettext("Contributions"), statistics.contributions),
        (translator.gettext("Participants"), statistics.participants),
        (translator.gettext("Countries"), statistics.countries or None),
        (translator.gettext("Continents"), statistics.continents or None),
    )
    return tuple(figures.Fact(name, translator.decimal(value)) for name, value in facts if value is not None)


def _season_heads(site: SiteView) -> tuple[str, ...]:
    statistics, translator = site.series.statistics, site.translator
    seasons = (translator.gettext("Season %(number)s", number=season.number) for season in statistics.seasons)
    return (translator.gettext("All cases"), *seasons, translator.gettext("Cases"))


def _weekly_rows(site: SiteView) -> tuple[Row, ...]:
    """Return median (IQR) of each figure, over all cases and for each season."""
    statistics, translator = site.series.statistics, site.translator
    rows = []
    for summary in statistics.summaries:
        by_season = (
            next((other for other in season.summaries if other.name == summary.name), None)
            for season in statistics.seasons
        )
        spreads = (summary, *by_season)
        cells = (figures.spread(translator, row.spread) if row else _UNKNOWN for row in spreads)
        rows.append(Row(translator.metric(summary.name), (*cells, translator.decimal(summary.cases))))
    return tuple(rows)


def _counted_rounds(site: SiteView) -> tuple[Round, ...]:
    """Return the rounds that were counted, the newest first."""
    rounds = [case for case in reversed(site.series.statistics.rounds) if case.figures]
    longest = max((case.figures.participants or 1 for case in rounds if case.figures), default=1)
    return tuple(_round_row(site.translator, case, longest) for case in rounds)


def _round_row(translator: Translator, case: PublishedCase, longest: int) -> Round:
    case_figures = case.figures
    assert case_figures is not None  # noqa: S101 - chosen so
    round_counts = case_figures.rounds.cells if case_figures.rounds.other is None else {}
    new, returning = (round_counts.get(name, 0) if round_counts else None for name in ("new", "returning"))
    values = (case_figures.contributions, case_figures.participants, new, returning)
    bars = (None if value is None else share(value, longest) for value in (new, returning))
    return Round(case, tuple(_format_number(translator, value) for value in values), *bars)


def _club_rows(site: SiteView) -> tuple[Row, ...]:
    """Return the journal clubs, the newest first."""
    translator = site.translator
    rows = ((case, month(case)) for case in reversed(site.series.statistics.clubs))
    return tuple(
        Row(translator.month(case.opens), tuple(_format_number(translator, values.get(name)) for name in MONTHLY))
        for case, values in rows
    )


def _all_clubs_row(site: SiteView) -> Row | None:
    """Return the row of all journal clubs; None if there is only one."""
    statistics, translator = site.series.statistics, site.translator
    if len(statistics.clubs) < _SEVERAL:
        return None
    cells = (_format_number(translator, statistics.clubs_in_all.get(name)) for name in MONTHLY)
    return Row(translator.gettext("In all"), tuple(cells))


def _figure_sources(site: SiteView) -> tuple[Source, ...]:
    """Return where typed figures come from, each source once."""
    days: dict[str, list[date]] = {}
    for case in site.series.statistics.rounds:
        for metric in case.metrics:
            tool = site.translator.gettext("Counted with %(tool)s.", tool=metric.tool) if metric.tool else ""
            days.setdefault(f"{metric.source.rstrip('.')}. {tool}".strip(), []).append(metric.collected)
    return tuple(
        Source(source_text, min(collected_days), max(collected_days)) for source_text, collected_days in days.items()
    )
