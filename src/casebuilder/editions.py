"""The editions of a case that are printed: one row for each, read by every output, the site and the command line.

A new edition is a row of `EDITIONS` and a template of its name in `outputs/packs/templates`; a style sheet of its name
is optional. The states and the answers are the words of the model's `State` and `Answer`: this module stands below the
model, so that the command line can list the editions without loading it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

#: Papers: their name in a file's name -> their name in CSS.
PAPERS: dict[str, str] = {"a4": "A4", "letter": "letter"}
#: What a pack is printed on that is only shown on a wall.
_NO_PAPER = ("",)
_PREVIEW = frozenset(("draft", "scheduled"))
_ALWAYS = frozenset(("open", "curating", "complete")) | _PREVIEW
_RELEASED = frozenset(("complete",)) | _PREVIEW
_RESPONSES, _COMMENTARY = "responses", "commentary"


@dataclass(frozen=True, slots=True)
class Title:
    """What an edition is called, by the answers that are in it. Each is a message, which outputs translate.

    Attributes:
        both: with experts' responses and the community's commentary.
        experts: with responses alone; as `both` if it is not given.
        community: with the commentary alone; as `both` if it is not given.
        none: without either; as `both` if it is not given.
        noted: without either, but with notes for the facilitator; as `none` if it is not given.
    """

    both: str
    experts: str = ""
    community: str = ""
    none: str = ""
    noted: str = ""

    def of(self, answers: AbstractSet[str], *, noted: bool = False) -> str:
        """The message for a case with these answers, each "responses" or "commentary".

        Args:
            answers: those that the case has.
            noted: whether it has notes for the facilitator.
        """
        if _RESPONSES in answers:
            return self.both if _COMMENTARY in answers else self.experts or self.both
        if _COMMENTARY in answers:
            return self.community or self.both
        return (noted and self.noted) or self.none or self.both


@dataclass(frozen=True, slots=True)
class Edition:
    """One way in which a case is printed.

    Attributes:
        name: its word in addresses, file names and on the command line; also the name of its template and style sheet.
        title: in lists of packs.
        printed: on its own first page and in the file's description.
        header: in the margin of its pages; None if the margins stay empty.
        plural: several cases of it in one document; None if it is made of one case only.
        states: of a case that has it. A draft has all editions, since only a preview holds drafts.
        purpose: for whom it is, as `casebuilder pack --help` says it (English).
        about: what it holds, on the page for facilitators; None if that page does not explain it.
        papers: the papers that it is printed on; one empty name if it is shown on a wall.
        volumes: whether the site offers it in the volume of a year.
        combines: whether collections have it, and whether the pack builder joins it.
        own_pages: whether each case keeps its own page numbers in a volume, and there is no index.
        cites: the facilitation notes that may cite, if it lists only the references that its own text cites; None if it
            lists every reference of the case.
        arranged: whether it can be arranged for a room (jigsaw, cards, fields to type in).
        timed: whether it holds the session plans, so that one of a given length can be chosen.
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
        """Whether it is shown on a wall, so that it has no paper."""
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
    header=Title(  # it warns whoever finds it at the copier
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
    purpose="for the wall",
    papers=_NO_PAPER,
    combines=False,
    cites=frozenset(("take-home",)),
)

#: Every edition that is printed, in the order in which a workshop needs them: lists of packs keep it.
EDITIONS: tuple[Edition, ...] = (
    HANDOUT,
    GUIDE,
    READING_COPY,
    SLIDES,
)
NAMED: dict[str, Edition] = {edition.name: edition for edition in EDITIONS}
#: What a list of packs calls the book for e-readers, which the output `epub` makes and no printer.
BOOK, BOOK_TITLE = "epub", message("E-book")


def of_state(state: str | None) -> tuple[Edition, ...]:
    """The editions that a case in a state has; none without a state."""
    return tuple(edition for edition in EDITIONS if state in edition.states)
