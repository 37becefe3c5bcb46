"""The plan of a discussion as a calendar for its moderators (RFC 5545), each entry with a reminder.

It is another file than the calendars of the site, which nobody can subscribe to, and each entry is marked private.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

if TYPE_CHECKING:
    from casebuilder.editorial.moderation.timetable import Plan, Step

_REMINDER = timedelta(minutes=-15)


def calendar(plan: Plan, host: str) -> bytes:
    """Return the calendar.

    Args:
        plan: the plan of a discussion.
        host: the host in ids, as in the calendars of the site.
    """
    moderators_calendar = Calendar()
    moderators_calendar.add("PRODID", "-//casebuilder//moderator//EN")
    moderators_calendar.add("VERSION", "2.0")
    moderators_calendar.add("X-WR-CALNAME", f"Moderator: {plan.title}")
    for step in plan.steps:
        moderators_calendar.add_component(_step_event(step, plan, host))
    return bytes(moderators_calendar.to_ical())


def _step_event(step: Step, plan: Plan, host: str) -> Event:
    event = Event()
    event.add("UID", f"{plan.slug}-moderator-{step.name}@{host}")
    event.add("DTSTAMP", plan.steps[0].starts.astimezone(UTC))
    event.add("DTSTART", step.starts.astimezone(UTC))
    event.add("DTEND", step.ends.astimezone(UTC))
    event.add("SUMMARY", step.title if step.name.startswith("question") else f"{step.title}: {plan.title}")
    event.add("CLASS", "PRIVATE")
    event.add("DESCRIPTION", "\n\n".join(filter(None, (step.words, plan.page))))
    if plan.page:
        event.add("URL", plan.page)
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", step.title)
    alarm.add("TRIGGER", _REMINDER)
    event.add_component(alarm)
    return event
