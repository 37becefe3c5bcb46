"""Who signs something in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.model.case import Case


def signers(case: Case) -> frozenset[str]:
    """The profiles of everybody who signs something that can be seen in a published case."""
    return frozenset(
        (
            *(credit.person for credit in case.credits),
            *(response.person for response in case.responses),
            *(case.commentary.curators if case.commentary else ()),
            *case.discussion.moderators,
            *case.announced,
        )
    )
