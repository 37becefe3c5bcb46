"""The record of a discussion after a curation: who is spam. No word and no other field of a line changes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from casebuilder.editorial.curation.yamledits import EditError

if TYPE_CHECKING:
    from casebuilder.editorial.curation.deskschema import Curation
    from casebuilder.model.case import Case

_SPAM = re.compile(r',\s*"spam"\s*:\s*(?:true|false)|"spam"\s*:\s*(?:true|false)\s*,\s*')


def edited(text: str, case: Case, after: Curation) -> str:
    """Return the new text of the record.

    Raises:
        EditError: a line is written in a form in which it cannot be edited safely.
    """
    lines = text.split("\n")
    for contribution in case.contributions:
        marks = after.contributions.get(contribution.id)
        is_spam = marks is not None and marks.spam
        if is_spam != contribution.spam and not contribution.withdrawn:
            number = contribution.place[1] - 1
            lines[number] = _mark_spam(lines[number], spam=is_spam)
    return "\n".join(lines)


def _mark_spam(line: str, *, spam: bool) -> str:
    """Return a line that says whether it is spam."""
    unmarked = _SPAM.sub("", line, count=1) if '"spam"' in line else line
    if spam:
        end = unmarked.rindex("}")
        unmarked = f'{unmarked[:end].rstrip()}, "spam": true{unmarked[end:]}'
    before, after = json.loads(line), json.loads(unmarked)
    before.pop("spam", None)
    if after.pop("spam", False) is not spam or before != after:
        raise EditError("a line of the record cannot be edited safely")
    return unmarked
