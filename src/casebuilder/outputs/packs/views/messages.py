"""Messages that only packs have, by the format's own words; see `casebuilder.wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.wording import message
from casebuilder.wording import promisedanswers as promised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebuilder.editions import Edition
    from casebuilder.model import Answer
    from casebuilder.published import PublishedCase
    from casebuilder.wording import Translator

#: The beginning of the running header in a site with drafts.
DRAFT = message("Draft, not published")
SECTIONS: Mapping[str, str] = {
    "story": message("Story"),
    "questions": message("Questions"),
    "responses": message("Expert responses"),
    "commentary": message("Commentary"),
    "take-home": message("Take-home points"),
    "evaluation": message("Evaluation"),
}
#: The alternative text of the QR code.
QR = message("QR code of %(address)s")
#: The evaluation form: what participants agree with, and what they are asked in their own words.
SCALED = (
    message("The case was close to situations that I meet."),
    message("The discussion changed how I see at least one of the questions."),
    message("I could say what I thought."),
    message("I know what I will do differently."),
)
OPEN = (
    message("One thing that I will do, or stop doing, after this session:"),
    message("What helped me most:"),
    message("What I would change about the session:"),
)


def header(edition: Edition, case: PublishedCase) -> str:
    """Return the message in the margin of an edition's pages; empty if they have none."""
    return edition.header.of(case.answers, noted=bool(case.notes)) if edition.header else ""


def plural(edition: Edition, cases: Sequence[PublishedCase]) -> str:
    """Return the message that names several cases of one edition in one document."""
    answers = frozenset(answer for case in cases for answer in case.answers)
    has_notes = any(case.notes for case in cases)
    return edition.plural.of(answers, noted=has_notes) if edition.plural else edition.printed


def scaled(answers: frozenset[Answer]) -> tuple[str, ...]:
    """Return the messages of the evaluation form that participants agree with, from 1 to 5."""
    return (*SCALED[:-1], *filter(None, [promised.EVALUATED.get(answers)]), SCALED[-1])


def page_numbering(translator: Translator) -> str:
    """Return the form of a page number, with the placeholders "{page}" and "{pages}"."""
    return translator.gettext("%(page)s of %(pages)s", page="{page}", pages="{pages}")
