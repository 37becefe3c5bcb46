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
    return _choice_words(refusal) if isinstance(refusal, refusals.Choice) else _form_words(refusal)


def _choice_words(refusal: Choice) -> tuple[str, str]:  # noqa: PLR0911 - one for each reason
    match refusal:
        case refusals.NotOneWay(fields):
            return _message_for_one_selection(fields), _option_name("cases")
        case refusals.Unknown(field, name, known):
            suggestion = did_you_mean(name, known)
            return f'there is no {_KINDS[field]} "{name}"; {suggestion}'.rstrip("; "), _option_name(field)
        case refusals.NoCase(field, name):
            no_case = (
                f'no case of the collection "{name}" is released yet' if field == "collection" else "no case to print"
            )
            return no_case, _option_name(field)
        case refusals.Withdrawn(slug):
            return f"{slug} was withdrawn", "--edition"
        case refusals.NotReleased(slug, edition, day):
            release_note = f"; it is released on {day:%Y-%m-%d}" if day else ""
            return f"the {edition} of {slug} cannot be printed yet{release_note}. The handout can", "--edition"
        case refusals.NothingToReveal(slug):
            one_part = (
                f"the story of {slug} has only one part, so there is nothing to reveal; begin each part with a heading"
            )
            return one_part, "--reveal-cards"
        case refusals.NoCharacters(slug):
            return f"{slug} lists no characters to make cards for", "--role-cards"
        case refusals.NoPlanOf(slug, minutes, lengths):
            lengths_of_plans = ", ".join(map(str, lengths)) or "none"
            return f"{slug} has no plan for {minutes} minutes; it has {lengths_of_plans}", "--minutes"
        case _:
            assert_never(refusal)


def _form_words(refusal: Form) -> tuple[str, str]:
    match refusal:
        case refusals.OneCaseOnly(edition, count):
            return f"{edition} contain one case, and you named {count}: name one", "--edition"
        case refusals.NoCover(edition):
            return f"{edition} have no cover: leave out --title, --date, --facilitator and --logo", "--edition"
        case refusals.NoLargePrint(edition):
            return f"{edition} are always in large print: leave out --large-print", "--large-print"
        case refusals.NotArranged(edition, field):
            option = _option_name(field)
            return f"only a handout can have {option}: leave out {option}, or --edition {edition}", option
        case refusals.NoPlans():
            return "only the guide has plans: add --edition guide", "--minutes"
        case _:
            assert_never(refusal)


def _message_for_one_selection(fields: tuple[str, ...]) -> str:
    options = ["cases" if field == "cases" else _option_name(field) for field in fields]
    given_options = f"; {' and '.join(options)} were given" if options else ""
    return f"name cases, or one of {', '.join(_WAYS[:-1])} and {_WAYS[-1]}{given_options}"


def _option_name(field: str) -> str:
    """Return the option for a field of a request."""
    return "CASE" if field == "cases" else f"--{field.replace('_', '-')}"
