"""Why a requested pack cannot be made: one type for each reason, with the values that a message names.

The caller words the message: the command line in `casebuilder.cli.refusals`. Fields are named as in the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class NotOneWay:
    """Cases are chosen in one way: named, or by one field. `fields` are those that were given: none, or several."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No published case, collection or topic has this name. `field` is "cases", "collection" or "topic"."""

    field: str
    name: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoCase:
    """There is no case to print in a year or season, or of a collection; `field` says which."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A case was withdrawn."""

    slug: str


@dataclass(frozen=True, slots=True)
class NotReleased:
    """A case does not have the edition yet. `releases` is the day on which it will, if it is known."""

    slug: str
    edition: str
    releases: date | None


@dataclass(frozen=True, slots=True)
class OneCaseOnly:
    """The edition is made of one case, and `count` were chosen."""

    edition: str
    count: int


@dataclass(frozen=True, slots=True)
class NoCover:
    """The edition has no cover."""

    edition: str


@dataclass(frozen=True, slots=True)
class NoLargePrint:
    """The edition is set in large print already."""

    edition: str


@dataclass(frozen=True, slots=True)
class NotArranged:
    """The edition cannot be arranged for a session. `field` is one of the requested `Arrangement`."""

    edition: str
    field: str


@dataclass(frozen=True, slots=True)
class NothingToReveal:
    """The story of a case has one part."""

    slug: str


@dataclass(frozen=True, slots=True)
class NoCharacters:
    """A case lists no characters to make cards for."""

    slug: str


@dataclass(frozen=True, slots=True)
class NoPlans:
    """The edition holds no session plans, so none can be chosen."""

    edition: str


@dataclass(frozen=True, slots=True)
class NoPlanOf:
    """A case has no session plan of `minutes`. `lengths` are those of the plans that it has."""

    slug: str
    minutes: int
    lengths: tuple[int, ...]


#: The cases that were chosen are at fault.
Choice: TypeAlias = NotOneWay | Unknown | NoCase | Withdrawn | NotReleased | NothingToReveal | NoCharacters | NoPlanOf
#: The edition has no such option.
Form: TypeAlias = OneCaseOnly | NoCover | NoLargePrint | NotArranged | NoPlans
Refusal: TypeAlias = Choice | Form
