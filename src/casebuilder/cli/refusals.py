"""Why a pack cannot be printed, in the words of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from casebuilder.outputs.packs.views import refusals
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from casebuilder.outputs.packs.views.refusals import Choice, Form, Refusal

#: What messages call the things that are chosen by name.
_KINDS = {"cases": "published case", "collection": "collection", "topic": "topic"}
_WAYS = ("--collection", "--topic", "--year", "--season")


def words(refusal: Refusal) -> tuple[str, str]:
    """Return the message, with what to do, and the option or argument at fault."""
    return _of_choice(refusal) if isinstance(refusal, refusals.Choice) else _of_form(refusal)


def _of_choice(refusal: Choice) -> tuple[str, str]:  # noqa: PLR0911 - one for each reason
    match refusal:
        case refusals.NotOneWay(fields):
            return _one_way(fields), _option("cases")
        case refusals.Unknown(field, name, known):
            near = did_you_mean(name, known)
            return f'there is no {_KINDS[field]} "{name}"; {near}'.rstrip("; "), _option(field)
        case refusals.NoCase(field, name):
            none = (
                f'no case of the collection "{name}" is released yet' if field == "collection" else "no case to print"
            )
            return none, _option(field)
        case refusals.Withdrawn(slug):
            return f"{slug} was withdrawn", "--edition"
        case refusals.NotReleased(slug, edition, day):
            released = f"; it is released on {day:%Y-%m-%d}" if day else ""
            return f"the {edition} of {slug} cannot be printed yet{released}. The handout can", "--edition"
        case refusals.NothingToReveal(slug):
            parts = (
                f"the story of {slug} has only one part, so there is nothing to reveal; begin each part with a heading"
            )
            return parts, "--reveal-cards"
        case refusals.NoCharacters(slug):
            return f"{slug} lists no characters to make cards for", "--role-cards"
        case refusals.NoPlanOf(slug, minutes, lengths):
            have = ", ".join(map(str, lengths)) or "none"
            return f"{slug} has no plan for {minutes} minutes; it has {have}", "--minutes"
        case _:
            assert_never(refusal)


def _of_form(refusal: Form) -> tuple[str, str]:
    match refusal:
        case refusals.OneCaseOnly(edition, count):
            return f"{edition} contain one case, and you named {count}: name one", "--edition"
        case refusals.NoCover(edition):
            return f"{edition} have no cover: leave out --title, --date, --facilitator and --logo", "--edition"
        case refusals.NoLargePrint(edition):
            return f"{edition} are always in large print: leave out --large-print", "--large-print"
        case refusals.NotArranged(edition, field):
            option = _option(field)
            return f"only a handout can have {option}: leave out {option}, or --edition {edition}", option
        case refusals.NoPlans():
            return "only the guide has plans: add --edition guide", "--minutes"
        case _:
            assert_never(refusal)


def _one_way(fields: tuple[str, ...]) -> str:
    options = ["cases" if field == "cases" else _option(field) for field in fields]
    both = f"; {' and '.join(options)} were given" if options else ""
    return f"name cases, or one of {', '.join(_WAYS[:-1])} and {_WAYS[-1]}{both}"


def _option(field: str) -> str:
    """Return the option for a field of a request."""
    return "CASE" if field == "cases" else f"--{field.replace('_', '-')}"
