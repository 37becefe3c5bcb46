"""Who is credited in a pack, for what, and what they disclose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.published import PublishedCase, PublishedCredit
    from casebuilder.wording import Translator


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A credit, and in words what the person did."""

    credit: PublishedCredit
    did: str


def credit_lines(case: PublishedCase, translator: Translator) -> tuple[CreditLine, ...]:
    """Return everyone who signs something in a case.

    Those with a role come first, then the experts, curators and moderators.
    """
    return tuple(CreditLine(credit, _roles_in_words(credit, translator)) for credit in case.credits)


def _roles_in_words(credit: PublishedCredit, translator: Translator) -> str:
    expert_role = [translator.gettext("expert response")] if credit.responded else []
    return translator.parted(*(translator.role(role) for role in credit.roles), *expert_role)
