"""The course of a discussion: live hours and timed questions lie between opening and close, at places that exist, once.

A post from long before the opening is of another discussion, or the opening is wrong.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.model import instant, window
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from casebuilder.model import Contribution, TimedQuestion
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

_HINT = 'correct it, or move "opens" or "closes"'
#: How long before the opening a post may be written that announces it.
EARLY = timedelta(days=1)


def live_hours(series: Series) -> Iterator[Problem]:
    """A live hour begins and ends while the discussion is open."""
    for case in series.cases:
        for index, hour in enumerate(case.discussion.live if _has_all_dates(case) else ()):
            starts = instant(hour.starts, series.zone)
            ends = starts.timestamp() + timedelta(minutes=hour.minutes).total_seconds()
            opens, closes = _discussion_period(case, series)
            if not opens <= starts.timestamp() or not ends <= closes:
                complaint = (
                    "begins before the discussion opens"
                    if starts.timestamp() < opens
                    else "ends after the discussion closes"
                )
                place = case.origin.at("discussion", "live", index, "starts")
                yield Problem(*place, "outside-discussion", f"the live hour {complaint}", _HINT)


def overlaps(series: Series) -> Iterator[Problem]:
    """Two live hours at one place are not at the same time: one problem for each pair, at the line of the later one."""
    for case in series.cases:
        for index, other in _overlapping_hours(case, series) if _has_all_dates(case) else ():
            place = case.origin.at("discussion", "live", index, "starts")
            message = f"the live hour overlaps live hour {other + 1}"
            hint = "correct its start or the minutes of one of them, or give each its own channel"
            yield Problem(*place, "overlapping-hours", message, hint)


def _overlapping_hours(case: Case, series: Series) -> Iterator[tuple[int, int]]:
    """Yield the places of two live hours that overlap, the later one first.

    An hour that is too long overlaps all that begin before its end: that is one slip, so each hour is named once. An
    hour that is not within the discussion is reported for that.
    """
    opens, closes = _discussion_period(case, series)
    hours = []
    for index, hour in enumerate(case.discussion.live):
        starts = instant(hour.starts, series.zone).timestamp()
        ends = starts + timedelta(minutes=hour.minutes).total_seconds()
        if opens <= starts and ends <= closes:
            hours.append((starts, index, ends, hour.channel))
    hours.sort()
    named = set[int]()
    for place, (starts, index, _, channel) in enumerate(hours):
        for _, other, ends, other_channel in reversed(hours[:place]):
            if starts < ends and (channel == other_channel or not (channel and other_channel)) and other not in named:
                named.add(other)
                yield index, other
                break


def channels(series: Series) -> Iterator[Problem]:
    """A live hour is at one of the places where the case is discussed."""
    for case in series.cases:
        channel_types = [channel.type for channel in case.discussion.channels]
        for index, hour in enumerate(case.discussion.live if case.origin.sound("discussion") else ()):
            if hour.channel and hour.channel not in channel_types:
                suggestion = f"one of: {', '.join(channel_types)}" if channel_types else 'list it under "channels"'
                hint = did_you_mean(hour.channel, channel_types) or suggestion
                place = case.origin.at("discussion", "live", index, "channel")
                message = f'the live hour is at "{hour.channel}", which is not among the channels'
                yield Problem(*place, "unknown-channel", message, hint, hour.channel)


def timetable(series: Series) -> Iterator[Problem]:
    """A timed question is asked while the discussion is open, or in a live hour."""
    for case in series.cases:
        for index, item in enumerate(case.discussion.timetable if _has_all_dates(case) else ()):
            if fault := _fault_of_time(item, case, series):
                yield Problem(*case.origin.at("discussion", "timetable", index), "outside-discussion", *fault)


def _fault_of_time(item: TimedQuestion, case: Case, series: Series) -> tuple[str, str] | None:
    """Return what is wrong with the time of a question, and how to fix it; None if it is within the discussion."""
    after, count = timedelta(hours=item.hour, minutes=item.minute), len(case.discussion.live)
    if item.live and item.live > count:
        return f"there is no live hour {item.live}", f"the case has {count}" if count else 'list it under "live"'
    if item.live and after >= timedelta(minutes=case.discussion.live[item.live - 1].minutes):
        message = f"the question is asked after live hour {item.live} has ended"
        return message, "ask it earlier, or make the live hour longer"
    if not item.live and _question_time(case, series, after) >= _discussion_period(case, series)[1]:
        return "the question is asked after the discussion has closed", _HINT
    return None


def repeated_questions(series: Series) -> Iterator[Problem]:
    """Each question is asked once, and once in each live hour: a club for two halves of the world asks it in both."""
    for case in series.cases:
        asked = set[tuple[str, int | None]]()
        for index, item in enumerate(case.discussion.timetable if _has_all_dates(case) else ()):
            if _fault_of_time(item, case, series):
                continue
            if (item.question, item.live) in asked:
                where = f" in live hour {item.live}" if item.live else ""
                message = f'the question "{item.question}" is asked twice{where}'
                hint = 'delete one of the two, or name another question; "live" says in which live hour it is asked'
                place = case.origin.at("discussion", "timetable", index)
                yield Problem(*place, "question-asked-twice", message, hint)
            asked.add((item.question, item.live))


def contributions(series: Series) -> Iterator[Problem]:
    """A record holds no posts from before its discussion: one problem for all of them, at the first of the file."""
    for case in series.cases:
        early = too_early(case.contributions, case, series) if case.origin.sound("opens") else []
        if early:
            first = min(item.posted for item in early).astimezone(series.zone)
            posts = "1 contribution was" if len(early) == 1 else f"{len(early)} contributions were"
            opens = window(case, series.zone)[0]
            message = f"{posts} written before the case opens ({opens:%Y-%m-%d}), the first on {first:%Y-%m-%d}"
            hint = 'delete what belongs to another discussion, or correct "opens" in case.yml, or the time of the post'
            yield Problem(*early[0].place, "outside-discussion", message, hint)


def too_early(items: Iterable[Contribution], case: Case, series: Series) -> list[Contribution]:
    """Return what was written more than a day before a discussion opened, without withdrawn contributions and spam."""
    earliest = (window(case, series.zone)[0] - EARLY).timestamp()
    return [item for item in items if item.posted.timestamp() < earliest and not (item.withdrawn or item.spam)]


def _has_all_dates(case: Case) -> bool:
    """Return whether opening, close and course could all be read; a date that could not be read has a stand-in."""
    return all(case.origin.sound(name) for name in ("opens", "closes", "discussion"))


def _discussion_period(case: Case, series: Series) -> tuple[float, float]:
    opening, close, _ = window(case, series.zone)
    return opening.timestamp(), close.timestamp()


def _question_time(case: Case, series: Series, after: timedelta) -> float:
    opening: datetime = window(case, series.zone)[0]
    return opening.timestamp() + after.total_seconds()
