"""The plan of a discussion as text for a terminal, or to be printed."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.editorial.moderation.plan import Plan, Step

#: Hours between two questions in the example.
_APART = 6
_HINT = """Nobody has said when each question is asked. Write it into case.yml, below "discussion:":
  timetable:"""


def text(plan: Plan) -> str:
    """Return the plan: timetable, opening posts, questions."""
    return "\n".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    yield f"{plan.title} ({plan.slug})"
    yield f"Moderators: {', '.join(plan.moderators) or 'nobody yet'}"
    if plan.page:
        yield f"Page: {plan.page}"
    yield ""
    yield f"Timetable ({plan.zone.key}; UTC in brackets)"
    yield from (_row(step) for step in plan.steps)
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
        yield from (f"    {words}" for words in plan.questions)


def _row(step: Step) -> str:
    utc = step.starts.astimezone(UTC)
    return f"    {step.starts:%a %Y-%m-%d %H:%M} ({utc:%a %H:%M})  {step.title}"
