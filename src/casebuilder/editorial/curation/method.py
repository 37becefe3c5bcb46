"""The line that says how a commentary was made. Its numbers are counted when the commentary is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.published.methodline import FIGURES
from casebuilder.text import message

if TYPE_CHECKING:
    from casebuilder.wording import Translator

#: What is counted, in the order of FIGURES.
_SENTENCES = (
    message("Contributions read: %(number)s."),
    message("People who contributed: %(number)s."),
    message("Quotes used: %(number)s."),
    message("People quoted: %(number)s."),
    message("Left out as reposts or copies: %(number)s."),
    message("Left out as spam: %(number)s."),
    message("Withdrawn by their authors: %(number)s."),
)


def line(translator: Translator) -> str:
    """Return the method line of a curation, in the language of the translator."""
    return " ".join(
        translator.gettext(words, number=f"{{{name}}}") for words, name in zip(_SENTENCES, FIGURES, strict=True)
    )
