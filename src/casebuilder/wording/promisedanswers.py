"""Messages about a case's answers, which never promise an answer that the case does not have or announce.

Each table has one message for each set of answers; for a set that is not in the table there is no message. So a
journal club without experts promises no responses on its page, in feeds, in its calendar or in its packs.
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


def _message_table(both: str, experts: str, community: str, none: str = "") -> Table:
    """Return a table of messages, without empty ones."""
    rows = {_BOTH: both, _EXPERTS: experts, _COMMUNITY: community, _NONE: none}
    return {answers: text for answers, text in rows.items() if text}


#: Before the release: when it will be.
RELEASED_ON = _message_table(
    message("Expert responses and the community commentary are released on %(time)s."),
    message("Expert responses are released on %(time)s."),
    message("The community commentary is released on %(time)s."),
)
#: The same, if the sentence before gives the time.
RELEASED_THEN = _message_table(
    message("Expert responses and the community commentary are released then."),
    message("Expert responses are released then."),
    message("The community commentary is released then."),
)
#: After the release, on the case's page.
DISCUSSED = _message_table(
    message("Discussed from %(first)s to %(last)s. Responses and commentary released on %(released)s."),
    message("Discussed from %(first)s to %(last)s. Responses released on %(released)s."),
    message("Discussed from %(first)s to %(last)s. Commentary released on %(released)s."),
    message("Discussed from %(first)s to %(last)s."),
)
#: After the release, elsewhere.
RELEASED = _message_table(
    message("Responses and commentary released on %(day)s."),
    message("Responses released on %(day)s."),
    message("Commentary released on %(day)s."),
)
#: The state of a case between its discussion and its release.
CURATING = _message_table(
    message("Responses coming"),
    message("Responses coming"),
    message("Commentary coming"),
    message("Discussion closed"),
)
#: The heading of a list of such cases.
AWAITED = _message_table(
    message("Awaiting responses"),
    message("Awaiting responses"),
    message("Awaiting commentary"),
    message("Discussion closed"),
)
#: The label of the release in a list of dates, before and after it.
DATE = _message_table(message("Responses"), message("Responses"), message("Commentary"))
PAST_DATE = _message_table(message("Responses released"), message("Responses released"), message("Commentary released"))
FEED_TITLE = _message_table(
    message("%(title)s: expert responses and community commentary"),
    message("%(title)s: expert responses"),
    message("%(title)s: community commentary"),
    message("%(title)s: now complete"),
)
#: The description of the release in a calendar.
OCCASION = _message_table(
    message("Expert responses and the community commentary."),
    message("Expert responses."),
    message("The community commentary."),
)
#: What may happen to contributions.
QUOTED = _message_table(
    message("What you write may be quoted in the community commentary. We name you only with your consent."),
    message("What you write may be quoted. We name you only with your consent."),
    message("What you write may be quoted in the community commentary. We name you only with your consent."),
    message("What you write may be quoted. We name you only with your consent."),
)

#: The reading copy in the guide's list of materials.
GIVEN_OUT = _message_table(
    message("The case with responses: give it out afterwards, never before."),
    message("The case with responses: give it out afterwards, never before."),
    message("The case with commentary: give it out afterwards, never before."),
)
#: A statement of the evaluation form.
EVALUATED = _message_table(
    message("The responses and the commentary added something that we had not said."),
    message("The responses added something that we had not said."),
    message("The commentary added something that we had not said."),
)
#: The heading of the last slide.
LAST_SLIDE = _message_table(
    message("Read the case, the responses and the commentary"),
    message("Read the case and the responses"),
    message("Read the case and the commentary"),
    message("Read the case"),
)
#: What follows while only the handout is available.
FOLLOWING = _message_table(
    message("The facilitator guide and the case with its responses follow on %(day)s."),
    message("The facilitator guide and the case with its responses follow on %(day)s."),
    message("The facilitator guide and the case with its commentary follow on %(day)s."),
    message("The facilitator guide follows on %(day)s."),
)
FROM_DAY = _message_table(
    message("Guide and responses from %(day)s."),
    message("Guide and responses from %(day)s."),
    message("Guide and commentary from %(day)s."),
    message("Guide from %(day)s."),
)
#: What readers do after the discussion.
COMPARED = _message_table(
    message("Compare with the experts and with everyone else."),
    message("Compare with the experts."),
    message("Compare with what everyone else said."),
)
#: What the cases of a series contain.
CASES = _message_table(
    message("%(cases)s with questions for discussion and, once released, the answers of experts and of the community."),
    message("%(cases)s with questions for discussion and, once released, the answers of experts."),
    message("%(cases)s with questions for discussion and, once released, what the community answered."),
    message("%(cases)s with questions for discussion."),
)
#: What the contributors of a series do.
PEOPLE = _message_table(
    message("Who writes, answers, edits and curates %(series)s."),
    message("Who writes, answers and edits %(series)s."),
    message("Who writes, edits and curates %(series)s."),
    message("Who writes and edits %(series)s."),
)
