"""Session plans with a running clock, as a facilitator reads them off the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebuilder.model import Session

_HOUR = 60


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step: when it begins ("00:15"), how many minutes it takes, what is done, what it works on ("Question 2")."""

    clock: str
    minutes: int
    activity: str
    section: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A session plan: its minutes, its audience and its steps."""

    minutes: int
    audience: tuple[str, ...]
    steps: tuple[PlannedStep, ...]
    end: str


def timed_plans(sessions: Iterable[Session], names: Mapping[str, str]) -> tuple[Plan, ...]:
    """Return plans with their clock, shortest first.

    Args:
        sessions: the authors' plans; steps follow each other without a gap.
        names: the printed name of each section, by its id.
    """
    return tuple(_timed_plan(session, names) for session in sorted(sessions, key=lambda session: session.minutes))


def _timed_plan(session: Session, names: Mapping[str, str]) -> Plan:
    steps = []
    at = 0
    for step in session.steps:
        steps.append(PlannedStep(_clock_time(at), step.minutes, step.activity, names.get(step.section, "")))
        at += step.minutes
    return Plan(session.minutes, session.audience, tuple(steps), _clock_time(at))


def _clock_time(minutes: int) -> str:
    return f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"
