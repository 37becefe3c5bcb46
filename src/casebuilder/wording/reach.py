"""Figures that come from elsewhere in words: those of one source, day and period together, which are said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.text import message
from casebuilder.wording.figures import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from casebuilder.model import Metric
    from casebuilder.wording.translator import Translator


_CHANGE = message("Impressions and followers change: the same question on another day gives another number.")


@dataclass(frozen=True, slots=True)
class Window:
    """Figures with the same source, day and period, which is printed once.

    Attributes:
        hours: how much time after the opening they cover.
        in_days: whether that was written in days.
        source, tool: who counted, and with what program, if that is known.
        collected: the day on which they were read.
        metrics: the figures.
    """

    hours: int
    in_days: bool
    source: str
    tool: str
    collected: date
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A window in words.

    Attributes:
        title: the time that it covers: "First 7 days".
        facts: its figures.
        source: where they are from, in sentences.
    """

    title: str
    facts: tuple[Fact, ...]
    source: str


def windows(metrics: Iterable[Metric]) -> tuple[Window, ...]:
    """Return the figures of a case in the order in which they were written, the shortest window first."""
    by_window: dict[tuple[int, bool, str, str, date], list[Metric]] = {}
    for metric in metrics:
        key = (metric.hours, metric.window_hours is None, metric.source, metric.tool, metric.collected)
        by_window.setdefault(key, []).append(metric)
    shortest_first = sorted(by_window, key=lambda key: key[0])
    return tuple(Window(*key, tuple(by_window[key])) for key in shortest_first)


def reach(translator: Translator, metrics: Iterable[Metric]) -> tuple[Reach, ...]:
    """Return the figures of a case for printing, each with its source.

    Args:
        translator: of the document's language.
        metrics: as they were typed.
    """
    return tuple(_in_words(translator, window) for window in windows(metrics))


def _in_words(translator: Translator, window: Window) -> Reach:
    days = window.hours // 24
    title = (
        translator.ngettext("First day", "First %(num)s days", days)
        if window.in_days
        else translator.ngettext("First hour", "First %(num)s hours", window.hours)
    )
    source, day = window.source.rstrip("."), translator.day(window.collected, weekday=False)
    sentences = [translator.gettext("Source: %(source)s. Collected on %(day)s.", source=source, day=day)]
    if window.tool:
        sentences.append(translator.gettext("Counted with %(tool)s.", tool=window.tool.rstrip(".")))
    if any(metric.is_unstable for metric in window.metrics):
        sentences.append(translator.gettext(_CHANGE))
    return Reach(title, tuple(_fact(translator, metric) for metric in window.metrics), " ".join(sentences))


def _fact(translator: Translator, metric: Metric) -> Fact:
    """Return a figure; one that its platform no longer gives says so."""
    value = "" if metric.value is None else translator.decimal(metric.value)
    gone = translator.gettext("no longer available") if metric.discontinued else ""
    return Fact(translator.metric(metric.metric), f"{value} ({gone})" if value and gone else value or gone)
