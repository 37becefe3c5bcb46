"""Which cases are public at one instant, and which names and responses of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.model import Credit, Role, State, window
from casebuilder.published import consent
from casebuilder.published.states import state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from casebuilder.model import Response
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series


@dataclass(frozen=True, slots=True)
class Visible:
    """A case that is at least partly public.

    Attributes:
        case: the case that the readers made.
        state: its state.
        credits: the credits of people who may be named.
        responses: the responses that may be printed; empty before the release.
        released: whether its responses are public.
    """

    case: Case
    state: State
    credits: tuple[Credit, ...]
    responses: tuple[Response, ...]
    released: bool = False

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn, so that only a notice remains."""
        return self.state is State.WITHDRAWN

    def named(self) -> Iterable[str]:
        """Yield the ids of the people who sign something public."""
        case = self.case
        yield from (credit.person for credit in self.credits)
        if self.is_withdrawn:
            return
        yield from (response.person for response in self.responses)
        yield from case.discussion.moderators
        yield from case.announced
        yield from (guest for hour in case.discussion.live for guest in hour.guests)
        yield from case.commentary.curators if case.commentary and self.released else ()


def visible(case: Case, series: Series, as_of: datetime) -> Visible | None:
    """Return the public part of a case at an instant in the series' zone; None if nothing is public."""
    present_state = state(case, as_of, series.zone)
    is_unopened = present_state in {State.DRAFT, State.SCHEDULED}
    if is_unopened and not series.settings.drafts:
        return None
    if present_state is State.WITHDRAWN:
        opens, _, _ = window(case, series.zone)
        writers = _with_roles(case.credits, {Role.WRITER})
        return Visible(case, present_state, writers, ()) if as_of.timestamp() >= opens.timestamp() else None
    if is_unopened or present_state is State.COMPLETE:
        return Visible(case, present_state, case.credits, consent.responses(case, as_of.date()), released=True)
    # The curators' names stay private until their work is released.
    return Visible(case, present_state, _with_roles(case.credits, set(Role) - {Role.CURATOR}), ())


def _with_roles(all_credits: Iterable[Credit], roles: AbstractSet[Role]) -> tuple[Credit, ...]:
    """Return the credits without other roles than these."""
    chosen_roles = ((credit.person, tuple(role for role in credit.roles if role in roles)) for credit in all_credits)
    return tuple(Credit(person=person, roles=person_roles) for person, person_roles in chosen_roles if person_roles)
