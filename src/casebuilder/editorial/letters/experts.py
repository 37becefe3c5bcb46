"""Letters to the experts of a case: an invitation, a reminder, and thanks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from casebuilder.editorial.letters import templates
from casebuilder.editorial.letters.lettervalues import common
from casebuilder.editorial.letters.templates import LetterError
from casebuilder.model import Kind, Role, State, window
from casebuilder.published import state
from casebuilder.slugs import person_slug
from casebuilder.text import same_name
from casebuilder.wording import Translator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from casebuilder.editorial.letters.templates import Letter
    from casebuilder.model import Response
    from casebuilder.model.case import Case
    from casebuilder.model.series import Series

#: The length of a response that serves best, in words (`checks.lengths`).
_SHORTEST, _LONGEST = 300, 700
#: What editors need to prepare a response for its release.
_BEFORE_RELEASE = timedelta(days=3)
_BLANK = "…"


@dataclass(frozen=True, slots=True)
class ExpertLetter:
    """What an editor asks for.

    Attributes:
        kind: "invitation", "reminder" or "thanks".
        person: a profile's id, or a name.
        deadline: the last day for the response; by default three days before the release.
        language: of the letter; by default the case's.
    """

    kind: str
    person: str
    deadline: date | None = None
    language: str = ""


def expert_letter(
    series: Series, case: Case, request: ExpertLetter, series_templates: Mapping[str, str], as_of: datetime
) -> tuple[str, Letter]:
    """Return the name of an expert, and the letter to them.

    Args:
        series: for its people and settings.
        case: that they write for.
        request: which letter, to whom.
        series_templates: the series' own templates, by path.
        as_of: the instant that counts as now.

    Raises:
        LetterError: the case has no dates, no deadline is left, nothing is missing, or the template is wrong.
    """
    if not all(case.origin.sound(name) for name in ("opens", "closes", "releases")):
        raise LetterError(f"{case.slug} has no dates yet: write opens in its case.yml first")
    name, response = _name_and_response(series, case, request.person)
    if request.kind == "reminder" and response and response.consent and response.body:
        raise LetterError(f"{name} agreed on {response.consent}: nothing is missing; casebuilder letters thanks is due")
    template = templates.choose(request.kind, request.language or case.language or series.language, series_templates)
    values = _common_values(series, case, Translator(template.language, series.zone), as_of)
    values |= {"name": name, "title": _without_blank(response.title) if response else ""}
    values["written"] = bool(response and response.body)
    if request.kind != "thanks":
        day = request.deadline or _default_deadline(series, case, as_of)
        values["deadline"] = Translator(template.language, series.zone).day(day)
    return name, templates.filled(template, values)


def awaited(case: Case, kind: str) -> tuple[str, ...]:
    """Return the ids of the experts to write to if nobody is named.

    Invitations go to those whom the case announces and who have no response yet; reminders also to those who have not
    agreed to its publication; thanks to those who have.
    """
    agreed = [response.person for response in case.responses if response.consent]
    if kind == "thanks":
        return tuple(agreed)
    responders = [response.person for response in case.responses]
    missing = [person for person in case.announced if person not in responders]
    return tuple(missing if kind == "invitation" else (*missing, *(name for name in responders if name not in agreed)))


def _name_and_response(series: Series, case: Case, argument: str) -> tuple[str, Response | None]:
    """Return the printed name of somebody, and their response; a name without a profile is used unchanged."""
    names = {argument, person_slug(argument)}
    person = next(
        (
            candidate
            for candidate in series.people
            if candidate.id in names or same_name(candidate.name) == same_name(argument)
        ),
        None,
    )
    response = next(
        (candidate for candidate in case.responses if candidate.person == (person.id if person else argument)), None
    )
    return (person.name if person else argument), response


def _default_deadline(series: Series, case: Case, as_of: datetime) -> date:
    *_, releases = window(case, series.zone)
    day = releases.date() - _BEFORE_RELEASE
    if day < as_of.astimezone(series.zone).date():
        raise LetterError(f"{case.slug} is released on {releases:%Y-%m-%d}: name a day with --deadline")
    return day


def _without_blank(text: str) -> str:
    return "" if text.strip() == _BLANK else text


def _common_values(series: Series, case: Case, translator: Translator, as_of: datetime) -> dict[str, object]:
    """Return what every letter to an expert may name."""
    opens, _, releases = window(case, series.zone)
    people = {person.id: person.name for person in series.people}
    editors = [
        people.get(credit.person, credit.person)
        for credit in case.credits
        if Role.EDITOR in credit.roles and credit.person in people
    ]
    present_state = state(case, as_of, series.zone)
    return {
        **common(series, case),
        "teaser": _without_blank(case.teaser),
        "paper": case.kind is Kind.JOURNAL_CLUB,
        "questions": [question.title for question in case.questions],
        "opens": translator.moment(opens),
        "releases": translator.moment(releases),
        "opened": present_state not in {State.DRAFT, State.SCHEDULED},
        "released": present_state is State.COMPLETE,
        "shortest": translator.decimal(_SHORTEST),
        "longest": translator.decimal(_LONGEST),
        "editors": translator.listed(editors) or series.name,
    }
