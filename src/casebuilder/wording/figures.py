"""The figures of a discussion in words: single facts, and tables whose rows may have bars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.text import message, share, tenths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from casebuilder.model import Breakdown, Figures, Spread
    from casebuilder.wording.translator import Translator

CONTINENTS: Mapping[str, str] = {
    "africa": message("Africa"),
    "north-america": message("North America"),
    "south-america": message("South America"),
    "asia": message("Asia"),
    "europe": message("Europe"),
    "oceania": message("Oceania"),
    "antarctica": message("Antarctica"),
}
KINDS: Mapping[str, str] = {
    "original": message("Original contributions"),
    "reply": message("Replies"),
    "repost": message("Reposts"),
}
_CHANNELS: Mapping[str, str] = {
    "site": message("This site"),
    "email": message("Email"),
    "x": "X",
    "twitter": "Twitter",
    "github": "GitHub",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "discourse": "Discourse",
    "facebook": "Facebook",
    "linkedin": "LinkedIn",
}
_ANSWERS: Mapping[str, str] = {"yes": message("yes"), "no": message("no")}
_HUNDRED = 100
#: A course of more steps than this is shown without those in which nobody said anything.
_STEPS = 60
#: More rows than this are summed up.
_ROWS = 12


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name: "Participants", "23"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a table.

    Attributes:
        name: what is counted in it.
        value: how many, as the language writes it.
        share: how long its bar is, in per cent of the longest.
    """

    name: str
    value: str
    share: int


@dataclass(frozen=True, slots=True)
class Bars:
    """A table of bars: its title, the names of its two columns, its rows, and what is hidden in it."""

    title: str
    head: str
    unit: str
    rows: tuple[Bar, ...]
    note: str


def decimal(translator: Translator, value: float) -> str:
    """Return a number with one decimal, if it has any, and none from a hundred on."""
    return translator.decimal(tenths(value) if value < _HUNDRED else int(value + 0.5))


def spread(translator: Translator, between: Spread) -> str:
    """Return median and quartiles: "2 (1–2.5)"."""
    median, lower, upper = (decimal(translator, value) for value in (between.median, between.lower, between.upper))
    # Translators: a median, and the lower and the upper quartile.
    return translator.pgettext(
        "median and quartiles", "%(median)s (%(lower)s–%(upper)s)", median=median, lower=lower, upper=upper
    )


def facts(translator: Translator, figures: Figures) -> tuple[Fact, ...]:
    """Return the single figures of a discussion; one that is hidden says so, one that is not known is left out."""
    return tuple(_facts(translator, figures))


def _facts(translator: Translator, figures: Figures) -> Iterator[Fact]:
    hidden_number = translator.gettext("fewer than %(number)s", number=translator.decimal(figures.least_alone))

    def number(value: int | None) -> str:
        return hidden_number if value is None else translator.decimal(value)

    if figures.contributions is not None:  # it is hidden with few participants, and may be any number
        yield Fact(translator.gettext("Contributions"), number(figures.contributions))
    for name, label in KINDS.items():
        if name in figures.kinds.cells:
            yield Fact(translator.gettext(label), number(figures.kinds.cells[name]))
    yield Fact(translator.gettext("Participants"), number(figures.participants))
    rounds = figures.rounds
    if rounds.cells and rounds.other is None:
        yield Fact(translator.gettext("New participants"), number(rounds.cells.get("new", 0)))
        yield Fact(translator.gettext("Returning participants"), number(rounds.cells.get("returning", 0)))
    if figures.country_count:
        yield Fact(translator.gettext("Countries"), number(figures.country_count))
        yield Fact(translator.gettext("Continents"), number(figures.continent_count))
    yield from _activity(translator, figures)
    if figures.spam:
        yield Fact(translator.gettext("Marked as spam, in no count"), number(figures.spam))


def _activity(translator: Translator, figures: Figures) -> Iterator[Fact]:
    """Yield how much people said, and how they answered each other."""
    took = None if figures.authors_took_part is None else ("yes" if figures.authors_took_part else "no")
    moderators = translator.percent(figures.moderators) if figures.moderators else None
    values = {
        message("Contributions per participant, median (IQR)"): _optional_spread(translator, figures.posts_each),
        message("Words per contribution, median (IQR)"): _optional_spread(translator, figures.words),
        message("Share of the most active tenth"): _percent(translator, figures.most_active),
        message("Share of the moderators"): moderators,
        message("Longest chain of replies"): translator.decimal(figures.depth) if figures.depth else None,
        message("The paper’s authors took part"): translator.gettext(_ANSWERS[took]) if took else None,
    }
    yield from (Fact(translator.gettext(name), value) for name, value in values.items() if value)


def _optional_spread(translator: Translator, between: Spread | None) -> str | None:
    return spread(translator, between) if between else None


def _percent(translator: Translator, share: int | None) -> str | None:
    return translator.percent(share) if share is not None else None


def how_counted(translator: Translator, figures: Figures) -> str:
    """Return the sentence below the figures: where they come from, and which are hidden, if any may be."""
    if figures.small_count <= 1:
        return translator.gettext("Counted from the record of the discussion.")
    return translator.gettext(
        "Counted from the record of the discussion. Numbers of fewer than %(number)s people are not shown.",
        number=translator.decimal(figures.small_count),
    )


def tables(translator: Translator, figures: Figures, questions: Mapping[str, str]) -> tuple[Bars, ...]:
    """Return what a discussion was made of, as tables; one of a single row says nothing that the facts do not.

    Args:
        translator: of the page's language.
        figures: of the discussion.
        questions: the case's questions by their ids, in their order.
    """
    contributions, participants = translator.gettext("Contributions"), translator.gettext("Participants")
    question_titles = {**questions, "unknown": translator.gettext("None of the questions")}
    channels = {name: translator.gettext(label) for name, label in _CHANNELS.items()}
    all_tables = (
        _bars(
            translator,
            (translator.gettext("Course of the discussion"), translator.gettext("Hours since opening"), contributions),
            _with_empty_steps(figures.course),
            lambda part: translator.gettext("before the opening") if part == "before" else part.replace("-", "–"),
        ),
        _bars(
            translator,
            (translator.gettext("Contributions by question"), translator.gettext("Question"), contributions),
            _in_order_of(figures.questions, [*question_titles]),
            lambda part: question_titles.get(part, part),
        ),
        _bars(
            translator,
            (translator.gettext("Contributions by place"), translator.gettext("Place"), contributions),
            _largest_first(figures.channels),
            lambda part: channels.get(part.lower(), translator.capital(part)),
        ),
        _bars(
            translator,
            (translator.gettext("Participants by continent"), translator.gettext("Continent"), participants),
            _largest_first(figures.continents),
            lambda part: translator.gettext(CONTINENTS.get(part, message("Not stated"))),
        ),
        _bars(
            translator,
            (translator.gettext("Participants by country"), translator.gettext("Country"), participants),
            _largest_first(figures.countries),
            lambda part: translator.gettext("Not stated") if part == "unknown" else translator.country(part),
        ),
        _bars(
            translator,
            (translator.gettext("Participants by role"), translator.gettext("Role"), participants),
            _largest_first(figures.roles),
            lambda part: translator.gettext("Not stated") if part == "unknown" else translator.capital(part),
        ),
    )
    return tuple(table for table in all_tables if len(table.rows) > 1)


def continents(translator: Translator, breakdown: Breakdown) -> Bars:
    """Return countries by continent."""
    title, head = translator.gettext("Countries by continent"), translator.gettext("Continent")
    headings = (title, head, translator.gettext("Countries"))
    return _bars(translator, headings, _largest_first(breakdown), lambda part: translator.gettext(CONTINENTS[part]))


def voices(translator: Translator, themes: Mapping[str, int]) -> Bars:
    """Return themes by the number of voices that are quoted in them."""
    longest = max((*themes.values(), 1))
    rows = tuple(Bar(name, translator.decimal(count), share(count, longest)) for name, count in themes.items())
    title, head = translator.gettext("Voices by theme"), translator.gettext("Theme")
    return Bars(title, head, translator.gettext("Voices quoted"), rows, "")


def _with_empty_steps(course: Breakdown) -> Breakdown:
    """Return a course with the steps in which nobody said anything; not if some are hidden, which look the same."""
    steps = [tuple(map(int, part.split("-"))) for part in course.cells if re.fullmatch("[0-9]+-[0-9]+", part)]
    if course.other or not steps:
        return course
    width = max(steps[0][1] - steps[0][0], 1)
    last_hour = max(step[1] for step in steps)
    if last_hour // width > _STEPS:
        return course
    names = [f"{start}-{start + width}" for start in range(0, last_hour, width)]
    before_opening = {part: count for part, count in course.cells.items() if part == "before"}
    return course.with_cells(before_opening | {name: course.cells.get(name, 0) for name in names})


def _in_order_of(breakdown: Breakdown, order: list[str]) -> Breakdown:
    """Return a breakdown with its parts in the order of a list; those that are not in it come last."""
    cells = sorted(breakdown.cells, key=lambda part: order.index(part) if part in order else len(order))
    return breakdown.with_cells({part: breakdown.cells[part] for part in cells})


def _largest_first(breakdown: Breakdown) -> Breakdown:
    """Return a breakdown with its largest part first, and what is not known last."""
    cells = sorted(breakdown.cells.items(), key=lambda cell: (cell[0] == "unknown", -cell[1], cell[0]))
    return breakdown.with_cells(dict(cells))


def _bars(
    translator: Translator, titles: tuple[str, str, str], breakdown: Breakdown, label: Callable[[str], str]
) -> Bars:
    """Return a breakdown as a table; a long one is cut after the largest parts."""
    cells = [*breakdown.cells.items()]
    shown_cells = (
        cells[:_ROWS] if len(cells) > _ROWS + 2 and titles[1] != translator.gettext("Hours since opening") else cells
    )
    other = sum(count for _, count in cells[len(shown_cells) :]) + (breakdown.other or 0)
    longest = max((*(count for _, count in shown_cells), other, 1))
    rows = [Bar(label(part), translator.decimal(count), share(count, longest)) for part, count in shown_cells]
    if other and rows:
        rows.append(Bar(translator.gettext("Others"), translator.decimal(other), share(other, longest)))
    note = translator.gettext("Small numbers are added up under “Others”.") if breakdown.other and rows else ""
    return Bars(*titles, tuple(rows), note)
