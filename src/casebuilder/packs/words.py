"""The words of packs that no other output says, by the word that the format uses; see `casebuilder.wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.wording import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.wording import Words

EDITIONS: Mapping[str, str] = {
    "handout": message("Participant handout"),
    "guide": message("Facilitator guide"),
    "case": message("Reading copy"),
    "slides": message("Slides"),
}
#: The same, several in one document.
BOUND: Mapping[str, str] = {
    "handout": message("Participant handouts"),
    "guide": message("Facilitator guides: contains the answers"),
    "case": message("Cases with responses and commentary"),
}
#: What the running header says; the guide's warns whoever finds it at the copier.
HEADERS: Mapping[str, str] = {
    "handout": message("Participant handout"),
    "guide": message("Facilitator guide: contains the answers"),
    "case": message("Case with responses and commentary"),
}
#: What comes before that in a preview.
DRAFT = message("Draft, not published")
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
#: The evaluation form: what participants agree with, from 1 to 5, and what they are asked in their own words.
SCALED = (
    message("The case was close to situations that I meet."),
    message("The discussion changed how I see at least one of the questions."),
    message("I could say what I thought."),
    message("The responses and the commentary added something that we had not said."),
    message("I know what I will do differently."),
)
OPEN = (
    message("One thing that I will do, or stop doing, after this session:"),
    message("What helped me most:"),
    message("What I would change about the session:"),
)


def folio(say: Words) -> str:
    """How a page is numbered, with "{page}" and "{pages}" in the place of the numbers."""
    return say.gettext("%(page)s of %(pages)s", page="{page}", pages="{pages}")
