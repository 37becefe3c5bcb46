"""The closed lists of terms for cases, their states and their credits."""

from __future__ import annotations

from enum import StrEnum

from casebuilder.text import message


class Kind(StrEnum):
    """Whether a case is about a story or a paper."""

    CASE = "case"
    JOURNAL_CLUB = "journal-club"


class Status(StrEnum):
    """The states that authors can write; all others follow from the dates."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """The state of a case at one instant."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CURATING = "curating"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """The kinds of answer that a case releases."""

    RESPONSES = "responses"
    COMMENTARY = "commentary"


class Basis(StrEnum):
    """Whether a story is invented or based on real events."""

    FICTIONAL = "fictional"
    COMPOSITE = "composite"
    ALTERED = "altered-with-consent"


class Role(StrEnum):
    """A person's role in a case."""

    WRITER = "writer"
    EDITOR = "editor"
    PEER_REVIEWER = "peer-reviewer"
    CURATOR = "curator"
    MODERATOR = "moderator"
    ILLUSTRATOR = "illustrator"
    TRANSLATOR = "translator"


#: CRediT's names (ANSI/NISO Z39.104-2022) for the roles that it has.
CREDIT_NAMES: dict[Role, str] = {
    Role.WRITER: message("Writing – original draft"),
    Role.EDITOR: message("Writing – review & editing"),
    Role.CURATOR: message("Formal analysis"),
    Role.ILLUSTRATOR: message("Visualization"),
}


class ChangeKind(StrEnum):
    """Why a released case was changed."""

    CORRECTION = "correction"
    UPDATE = "update"
    TAKEDOWN = "takedown"
    WITHDRAWAL = "withdrawal"


class MissingConsent(StrEnum):
    """What happens to a release if the consent for an item is missing."""

    ERROR = "error"
    OMIT = "omit"


class Discussions(StrEnum):
    """Whether the records of discussions are in the repository."""

    PUBLIC = "public"
    PRIVATE = "private"
