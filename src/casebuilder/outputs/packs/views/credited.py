"""Who is credited in a pack, for what, and what they disclose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.published import PublishedCase, PublishedCredit
    from casebuilder.wording import Words


@dataclass(frozen=True, slots=True)
class Credited:
    """A credit, and in words what the person did."""

    credit: PublishedCredit
    did: str


def credited(case: PublishedCase, say: Words) -> tuple[Credited, ...]:
    """Everyone who signs something in a case: those with a role first, then the experts, curators and moderators."""
    return tuple(Credited(credit, _did(credit, say)) for credit in case.credits)


def _did(credit: PublishedCredit, say: Words) -> str:
    answered = [say.gettext("expert response")] if credit.responded else []
    return say.parted(*(say.role(role) for role in credit.roles), *answered)
