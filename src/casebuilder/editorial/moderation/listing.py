"""The plan of a discussion as text for a terminal, or to be printed."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from casebuilder.model import Answer, State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casebuilder.editorial.moderation.timetable import Plan, Step

#: Hours between two questions in the example.
_APART = 6
_CURATING = """casebuilder discussion import {slug} FILE   adds what was posted to the record
casebuilder curate {slug}                   chooses quotes from it, and themes
casebuilder consent letters {slug}          asks the authors for permission"""
_THANKS = "casebuilder letters thanks {slug}           thanks the experts"
_RELEASED = """casebuilder discussion import {slug} FILE   adds to the record what came late
casebuilder stats {slug}                    counts the discussion"""
_HINT = """Nobody has said when each question is asked. Write it into case.yml, below "discussion:":
  timetable:"""


def text(plan: Plan) -> str:
    """Return the plan: timetable, opening posts, questions."""
    return "\n".join(_plan_lines(plan))


def _plan_lines(plan: Plan) -> Iterator[str]:
    yield f"{plan.title} ({plan.slug})"
    yield f"Moderators: {', '.join(plan.moderators) or 'nobody yet'}"
    if plan.page:
        yield f"Page: {plan.page}"
    if plan.is_over:
        yield from _lines_when_over(plan)
        return
    yield ""
    yield f"Timetable ({plan.zone.key}; UTC in brackets)"
    yield from (_step_row(step) for step in plan.steps)
    if plan.ids:
        yield ""
        yield _HINT
        yield from (f"    - {{question: {name}, hour: {number * _APART}}}" for number, name in enumerate(plan.ids))
    for post in plan.openings:
        yield ""
        yield f"Opening post: {post.title}"
        yield from (f"    {line}".rstrip() for line in post.text.splitlines())
    if plan.questions:
        yield ""
        yield "Questions, each as a post"
        yield from (f"    {question}" for question in plan.questions)


def _lines_when_over(plan: Plan) -> Iterator[str]:
    """Yield what remains to be done after the discussion; its posts would name a day that is past."""
    closed = next(step.starts for step in plan.steps if step.name == "close")
    is_released = plan.state is State.COMPLETE
    yield ""
    release = _release_sentence(plan, is_released=is_released)
    yield f"The discussion is over: it closed on {_format_day(closed)}{release}."
    yield "Its posts and reminders are left out, because they would invite people to something that is past."
    yield ""
    yield "What remains useful"
    thanks = [_THANKS] if is_released and Answer.RESPONSES in plan.answers else []
    commands = "\n".join((*thanks, _RELEASED if is_released else _CURATING))
    yield from (f"    {line}" for line in commands.format(slug=plan.slug).splitlines())
    yield ""
    yield f"When it was ({plan.zone.key}; UTC in brackets)"
    yield from (_step_row(step) for step in plan.steps)


def _release_sentence(plan: Plan, *, is_released: bool) -> str:
    """Return what is said of the release of the answers that the case has or announces; "" without any."""
    if Answer.RESPONSES in plan.answers:
        subject = f"responses {'were' if is_released else 'are'}"
    elif Answer.COMMENTARY in plan.answers:
        subject = f"the commentary {'was' if is_released else 'is'}"
    else:
        return ""
    return f"; {subject} released on {_format_day(plan.releases)}"


def _format_day(moment: datetime) -> str:
    return f"{moment:%a %Y-%m-%d, %H:%M}"


def _step_row(step: Step) -> str:
    utc = step.starts.astimezone(UTC)
    return f"    {step.starts:%a %Y-%m-%d %H:%M} ({utc:%a %H:%M})  {step.title}"
