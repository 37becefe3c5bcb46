"""What is said of a case's answers: of those that it has or announces, and of no others.

Each table holds one message for each set of answers; a set that a table does not have is not spoken of. So a journal
club without experts promises none: not on its page, in its feed entries, its calendar, or the margins of its packs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from casebuilder.model import Answer
from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Messages by the answers that a case has or announces.
Table: TypeAlias = "Mapping[frozenset[Answer], str]"

_BOTH = frozenset(Answer)
_EXPERTS = frozenset((Answer.RESPONSES,))
_COMMUNITY = frozenset((Answer.COMMENTARY,))
_NONE: frozenset[Answer] = frozenset()


def _table(both: str, experts: str, community: str, none: str = "") -> Table:
    """A table of its messages; an empty one is left out."""
    rows = {_BOTH: both, _EXPERTS: experts, _COMMUNITY: community, _NONE: none}
    return {answers: words for answers, words in rows.items() if words}


#: Before the release: when it is.
RELEASED_ON = _table(
    message("Expert responses and the community commentary are released on %(time)s."),
    message("Expert responses are released on %(time)s."),
    message("The community commentary is released on %(time)s."),
)
#: The same, where the time has just been named.
RELEASED_THEN = _table(
    message("Expert responses and the community commentary are released then."),
    message("Expert responses are released then."),
    message("The community commentary is released then."),
)
#: After it, on the case's page.
DISCUSSED = _table(
    message("Discussed from %(first)s to %(last)s. Responses and commentary released on %(released)s."),
    message("Discussed from %(first)s to %(last)s. Responses released on %(released)s."),
    message("Discussed from %(first)s to %(last)s. Commentary released on %(released)s."),
    message("Discussed from %(first)s to %(last)s."),
)
#: After it, elsewhere.
RELEASED = _table(
    message("Responses and commentary released on %(day)s."),
    message("Responses released on %(day)s."),
    message("Commentary released on %(day)s."),
)
#: What state a case is in between its discussion and its release.
CURATING = _table(
    message("Responses coming"),
    message("Responses coming"),
    message("Commentary coming"),
    message("Discussion closed"),
)
#: The heading over such cases.
AWAITED = _table(
    message("Awaiting responses"),
    message("Awaiting responses"),
    message("Awaiting commentary"),
    message("Discussion closed"),
)
#: The date of the release in a list of dates, while it is to come and when it is past.
DATE = _table(message("Responses"), message("Responses"), message("Commentary"))
PAST_DATE = _table(message("Responses released"), message("Responses released"), message("Commentary released"))
FEED_TITLE = _table(
    message("%(title)s: expert responses and community commentary"),
    message("%(title)s: expert responses"),
    message("%(title)s: community commentary"),
    message("%(title)s: now complete"),
)
#: What a calendar says of the day of the release.
OCCASION = _table(
    message("Expert responses and the community commentary."),
    message("Expert responses."),
    message("The community commentary."),
)
#: What contributors may expect of what they write.
QUOTED = _table(
    message("What you write may be quoted in the community commentary. We name you only with your consent."),
    message("What you write may be quoted. We name you only with your consent."),
    message("What you write may be quoted in the community commentary. We name you only with your consent."),
    message("What you write may be quoted. We name you only with your consent."),
)

#: What the guide says of the reading copy in its list of materials.
GIVEN_OUT = _table(
    message("The case with responses: give it out afterwards, never before."),
    message("The case with responses: give it out afterwards, never before."),
    message("The case with commentary: give it out afterwards, never before."),
)
#: What participants are asked on the evaluation form.
EVALUATED = _table(
    message("The responses and the commentary added something that we had not said."),
    message("The responses added something that we had not said."),
    message("The commentary added something that we had not said."),
)
#: The heading of the last slide.
LAST_SLIDE = _table(
    message("Read the case, the responses and the commentary"),
    message("Read the case and the responses"),
    message("Read the case and the commentary"),
    message("Read the case"),
)
#: What facilitators may expect while only the handout is out.
FOLLOWING = _table(
    message("The facilitator guide and the case with its responses follow on %(day)s."),
    message("The facilitator guide and the case with its responses follow on %(day)s."),
    message("The facilitator guide and the case with its commentary follow on %(day)s."),
    message("The facilitator guide follows on %(day)s."),
)
FROM_DAY = _table(
    message("Guide and responses from %(day)s."),
    message("Guide and responses from %(day)s."),
    message("Guide and commentary from %(day)s."),
    message("Guide from %(day)s."),
)
#: What a reader does after the discussion.
COMPARED = _table(
    message("Compare with the experts and with everyone else."),
    message("Compare with the experts."),
    message("Compare with what everyone else said."),
)
#: What a series' cases consist of, after their number.
CASES = _table(
    message("%(cases)s with questions for discussion and, once released, the answers of experts and of the community."),
    message("%(cases)s with questions for discussion and, once released, the answers of experts."),
    message("%(cases)s with questions for discussion and, once released, what the community answered."),
    message("%(cases)s with questions for discussion."),
)
#: What the people of a series do.
PEOPLE = _table(
    message("Who writes, answers, edits and curates %(series)s."),
    message("Who writes, answers and edits %(series)s."),
    message("Who writes, edits and curates %(series)s."),
    message("Who writes and edits %(series)s."),
)
