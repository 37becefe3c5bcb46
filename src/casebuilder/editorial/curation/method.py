"""The line that says how a commentary was made, from the record: how many were read, and what was left out.

How many quotes there are is counted when the commentary is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editorial.curation.repeats import folds
from casebuilder.published.methodline import PEOPLE, QUOTES
from casebuilder.text import message

if TYPE_CHECKING:
    from casebuilder.editorial.curation.forms import Curation
    from casebuilder.model.case import Case
    from casebuilder.wording import Translator

#: What is counted, in the order of the line. What is 0 below the first four is not said.
_SENTENCES = (
    message("Contributions read: %(number)s."),
    message("People who contributed: %(number)s."),
    message("Quotes used: %(number)s."),
    message("People quoted: %(number)s."),
    message("Left out as reposts or copies: %(number)s."),
    message("Left out as spam: %(number)s."),
    message("Withdrawn by their authors: %(number)s."),
)
_ALWAYS = 4


def line(case: Case, curation: Curation, translator: Translator) -> str:
    """Return the method line of a curation, in the language of the translator.

    Spam counts as read by nobody; reposts and copies of a text count once, with the text.
    """
    present = [item for item in case.contributions if not item.withdrawn]
    spam = {name for name, marks in curation.contributions.items() if marks.spam} & {item.id for item in present}
    own = [item for item in present if item.id not in spam]
    copies = folds(own)
    counts: tuple[int | str, ...] = (
        len(own) - len(copies),
        len({item.author_key for item in own}),
        QUOTES,
        PEOPLE,
        len(copies),
        len(spam),
        len(case.contributions) - len(present),
    )
    return " ".join(
        translator.gettext(words, number=count if isinstance(count, str) else translator.decimal(count))
        for place, (words, count) in enumerate(zip(_SENTENCES, counts, strict=True))
        if count or place < _ALWAYS
    )
