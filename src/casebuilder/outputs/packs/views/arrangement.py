"""How a handout is arranged for a session: who gets a copy, which parts are separate sheets, how it is filled in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.published import PublishedCase

#: For whom a copy is made.
COPIES = ("participants", "groups")


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A facilitator's options for a handout; the defaults are the site's handout.

    Attributes:
        copies: "participants" for one copy each; "groups" for one that a small group fills in together.
        jigsaw: each question on a sheet of its own, for a group of its own.
        reveal_cards: each further part of the story on a sheet of its own, to be given out in turn.
        role_cards: a card to cut out for each character of the story.
        fillable: fields to type in, in place of ruled lines.
    """

    copies: str = COPIES[0]
    jigsaw: bool = False
    reveal_cards: bool = False
    role_cards: bool = False
    fillable: bool = False

    @property
    def for_groups(self) -> bool:
        """Whether a group shares a copy."""
        return self.copies == "groups"

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that differ from the site's handout."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) != field.default)

    @property
    def name(self) -> str:
        """Its part of a file name: "groups-jigsaw"; empty for the site's handout."""
        return "-".join(field.replace("copies", self.copies).replace("_", "-") for field in self.asked)

    @property
    def one_sided(self) -> bool:
        """Whether the back of each sheet must stay empty: it would show an answer too early, or be cut apart."""
        return self.jigsaw or self.reveal_cards or self.role_cards


PLAIN = Arrangement()


def possible(case: PublishedCase) -> tuple[str, ...]:
    """Return the fields of an arrangement that this case has something for."""
    possible_fields = {
        "copies": True,
        "jigsaw": len(case.questions) > 1,
        "reveal_cards": len(case.story) > 1,
        "role_cards": bool(case.characters),
    }
    return tuple(field for field, is_set in possible_fields.items() if is_set)
