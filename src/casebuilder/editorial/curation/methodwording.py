"""The line that says how a commentary was made. Its numbers are counted when the commentary is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model.commentary import METHOD_FIGURES
from casebuilder.published.methodline import SENTENCES

if TYPE_CHECKING:
    from casebuilder.wording import Translator


def line(translator: Translator) -> str:
    """Return the method line of a curation, in the language of the translator."""
    return " ".join(
        translator.gettext(sentence, number=f"{{{name}}}")
        for sentence, name in zip(SENTENCES, METHOD_FIGURES, strict=True)
    )
