"""The closed lists of terms by which a case, its state and its credits are described."""

from __future__ import annotations

from enum import StrEnum

from casebuilder.text import message


class Kind(StrEnum):
    """What opens a case: a story, or a paper."""

    CASE = "case"
    JOURNAL_CLUB = "journal-club"


class Status(StrEnum):
    """The only states that are ever written; all others follow from the dates."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where a case is in its life, at one instant."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CURATING = "curating"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What answers a case once it is released."""

    RESPONSES = "responses"
    COMMENTARY = "commentary"


class Basis(StrEnum):
    """What a story is drawn from."""

    FICTIONAL = "fictional"
    COMPOSITE = "composite"
    ALTERED = "altered-with-consent"


class Role(StrEnum):
    """What a person did for a case."""

    WRITER = "writer"
    EDITOR = "editor"
    PEER_REVIEWER = "peer-reviewer"
    CURATOR = "curator"
    MODERATOR = "moderator"
    ILLUSTRATOR = "illustrator"
    TRANSLATOR = "translator"


#: CRediT's name (ANSI/NISO Z39.104-2022) of the roles that it has.
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
    """What happens to a release when an item's consent is missing."""

    ERROR = "error"
    OMIT = "omit"


class Discussions(StrEnum):
    """Whether the records of discussions lie in the repository."""

    PUBLIC = "public"
    PRIVATE = "private"
