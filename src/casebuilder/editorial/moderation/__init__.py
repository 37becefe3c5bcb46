"""What the moderators of a discussion need: a timetable, as text and as a calendar, and texts to post.

For moderators only: no output of a build contains any of it.
"""

from casebuilder.editorial.moderation.listing import text
from casebuilder.editorial.moderation.moderatorcalendar import calendar
from casebuilder.editorial.moderation.timetable import Plan, plan

__all__ = ["Plan", "calendar", "plan", "text"]
