"""The table of printed editions of a case, used by every output, the site and the command line.

A new edition is a row of `EDITIONS` and a template of its name in `outputs/packs/templates`; a style sheet of its name
is optional. States and answers are the values of the model's `State` and `Answer` as strings: this module does not
import the model, so that the command line can list the editions quickly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

#: Papers: their name in a file's name -> their name in CSS.
PAPERS: dict[str, str] = {"a4": "A4", "letter": "letter"}
#: The paper of a pack for projectors.
_NO_PAPER = ("",)
_UNOPENED = frozenset(("draft", "scheduled"))
_ALWAYS = frozenset(("open", "curating", "complete")) | _UNOPENED
_RELEASED = frozenset(("complete",)) | _UNOPENED
_RESPONSES, _COMMENTARY = "responses", "commentary"


@dataclass(frozen=True, slots=True)
class Title:
    """The titles of an edition, by the answers in it. Each is a message, which outputs translate.

    Attributes:
        both: with expert responses and the community commentary.
        experts: with responses only (default: `both`).
        community: with the commentary only (default: `both`).
        none: with neither (default: `both`).
        noted: with neither, but with notes for the facilitator (default: `none`).
    """

    both: str
    experts: str = ""
    community: str = ""
    none: str = ""
    noted: str = ""

    def of(self, answers: AbstractSet[str], *, noted: bool = False) -> str:
        """Return the title for a case with these answers, each "responses" or "commentary".

        Args:
            answers: the answers of the case.
            noted: whether the case has notes for the facilitator.
        """
        if _RESPONSES in answers:
            return self.both if _COMMENTARY in answers else self.experts or self.both
        if _COMMENTARY in answers:
            return self.community or self.both
        return (noted and self.noted) or self.none or self.both


@dataclass(frozen=True, slots=True)
class Edition:
    """One printed form of a case.

    Attributes:
        name: its name in addresses, file names and on the command line, and that of its template and style sheet.
        title: its title in lists of packs.
        printed: its title on its first page and in the file's metadata.
        header: its title in the page margins; None for empty margins.
        plural: its title for several cases in one document; None if it is only made of one case.
        states: the states of a case that has it. Drafts have all editions, because only a site with drafts shows them.
        purpose: who it is for, in `casebuilder pack --help` (English).
        about: what it contains, on the page for facilitators; None if that page does not explain it.
        papers: the papers that it is printed on; one empty name for projectors.
        volumes: whether the site offers it for the volume of a year.
        combines: whether collections have it, and whether the pack builder can combine it.
        own_pages: whether each case of a volume keeps its own page numbers, and there is no index.
        cites: the facilitation notes that may cite, if it lists only references cited in it; None if it lists every
            reference of the case.
        arranged: whether it can be arranged for small groups (jigsaw, cards, form fields).
        timed: whether it contains the session plans, so that one of a given length can be chosen.
    """

    name: str
    title: Title
    printed: str
    header: Title | None
    plural: Title | None
    states: frozenset[str]
    purpose: str
    about: Title | None = None
    papers: tuple[str, ...] = tuple(PAPERS)
    volumes: bool = False
    combines: bool = True
    own_pages: bool = False
    cites: frozenset[str] | None = None
    arranged: bool = False
    timed: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether it is for projectors, so that it has no paper size."""
        return self.papers == _NO_PAPER


HANDOUT = Edition(
    name="handout",
    title=Title(message("Handout")),
    printed=message("Participant handout"),
    header=Title(message("Participant handout")),
    plural=Title(message("Participant handouts")),
    states=_ALWAYS,
    purpose="for participants",
    about=Title(message("Story, questions and room to write. One for each participant.")),
    own_pages=True,
    cites=frozenset(),
    arranged=True,
)
GUIDE = Edition(
    name="guide",
    title=Title(message("Facilitator guide")),
    printed=message("Facilitator guide"),
    header=Title(  # a warning for people who find it at the copier
        message("Facilitator guide: contains the answers"),
        none=message("Facilitator guide"),
        noted=message("Facilitator guide: contains the answers"),
    ),
    plural=Title(
        message("Facilitator guides: contains the answers"),
        none=message("Facilitator guides"),
        noted=message("Facilitator guides: contains the answers"),
    ),
    states=_RELEASED,
    purpose="for you",
    about=Title(
        message("Timed plans, prompts, likely answers, expert responses and commentary. For the facilitator only."),
        message("Timed plans, prompts, likely answers and expert responses. For the facilitator only."),
        message("Timed plans, prompts, likely answers and commentary. For the facilitator only."),
        message("Timed plans, prompts and likely answers. For the facilitator only."),
    ),
    timed=True,
)
READING_COPY = Edition(
    name="case",
    title=Title(
        message("Case with responses"),
        community=message("Case with commentary"),
        none=message("Reading copy"),
    ),
    printed=message("Reading copy"),
    header=Title(
        message("Case with responses and commentary"),
        message("Case with responses"),
        message("Case with commentary"),
        message("Reading copy"),
    ),
    plural=Title(
        message("Cases with responses and commentary"),
        message("Cases with responses"),
        message("Cases with commentary"),
        message("Reading copies"),
    ),
    states=_RELEASED,
    purpose="to read",
    about=Title(message("Everything that was published, to take home after the session.")),
    volumes=True,
)
SLIDES = Edition(
    name="slides",
    title=Title(message("Slides")),
    printed=message("Slides"),
    header=None,
    plural=None,
    states=_RELEASED,
    purpose="to project",
    papers=_NO_PAPER,
    combines=False,
    cites=frozenset(("take-home",)),
)

#: Every printed edition, in the order of lists: as a workshop needs them.
EDITIONS: tuple[Edition, ...] = (
    HANDOUT,
    GUIDE,
    READING_COPY,
    SLIDES,
)
NAMED: dict[str, Edition] = {edition.name: edition for edition in EDITIONS}
#: The title of the EPUB in a list of packs, which the output `epub` makes.
BOOK, BOOK_TITLE = "epub", message("E-book")


def of_state(state: str | None) -> tuple[Edition, ...]:
    """Return the editions of a case in a state; empty without a state."""
    return tuple(edition for edition in EDITIONS if state in edition.states)
