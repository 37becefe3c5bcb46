"""The words of packs that no other output says, by the word that the format uses; see `casebuilder.wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.wording import answers as promised
from casebuilder.wording import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.model import Answer, Case
    from casebuilder.wording import Words

EDITIONS: Mapping[str, str] = {
    "handout": message("Participant handout"),
    "guide": message("Facilitator guide"),
    "case": message("Reading copy"),
    "slides": message("Slides"),
}
#: The same, several in one document; that of whole cases goes by the answers that are in them.
_BOUND: Mapping[str, str] = {
    "handout": message("Participant handouts"),
    "guide": message("Facilitator guides: contains the answers"),
}
#: What the running header says; the guide's warns whoever finds it at the copier.
_HEADERS: Mapping[str, str] = {
    "handout": message("Participant handout"),
    "guide": message("Facilitator guide: contains the answers"),
}
#: What comes before that in a preview.
DRAFT = message("Draft, not published")
#: The guide of a case that has neither answers nor notes.
_UNANSWERED = message("Facilitator guide")
_BOUND_UNANSWERED = message("Facilitator guides")
SECTIONS: Mapping[str, str] = {
    "story": message("Story"),
    "questions": message("Questions"),
    "responses": message("Expert responses"),
    "commentary": message("Commentary"),
    "take-home": message("Take-home points"),
    "evaluation": message("Evaluation"),
}
#: What stands for the QR code where it cannot be seen.
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


def header(edition: str, case: Case) -> str:
    """The message in the margin of an edition's pages; empty for slides."""
    if edition == "case":
        return promised.READING_COPY_HEADER[case.answers]
    return _UNANSWERED if edition == "guide" and not (case.answers or case.notes) else _HEADERS.get(edition, "")


def bound(edition: str, cases: Iterable[Case]) -> str:
    """The message that names several of one edition in one document."""
    found = tuple(cases)
    answers = frozenset(answer for case in found for answer in case.answers)
    if edition == "case":
        return promised.READING_COPIES[answers]
    noted = any(case.notes for case in found)
    return _BOUND_UNANSWERED if edition == "guide" and not (answers or noted) else _BOUND[edition]


def scaled(answers: frozenset[Answer]) -> tuple[str, ...]:
    """The messages of the evaluation form that participants agree with, from 1 to 5."""
    return (*SCALED[:-1], *filter(None, [promised.EVALUATED.get(answers)]), SCALED[-1])


def folio(say: Words) -> str:
    """How a page is numbered, with "{page}" and "{pages}" in the place of the numbers."""
    return say.gettext("%(page)s of %(pages)s", page="{page}", pages="{pages}")
