"""What a pack says in words of its own: labels, dates, attributions. Translations will replace this module alone."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.model import COUNTRIES, CREDIT_NAMES, ConsentState, Mode, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from babel import Locale

    from casebuilder.model import Person, Quote

EDITIONS: Mapping[str, str] = {
    "handout": "Participant handout",
    "guide": "Facilitator guide",
    "case": "Reading copy",
    "slides": "Slides",
}
#: The same, several in one document.
BOUND: Mapping[str, str] = {
    "handout": "Participant handouts",
    "guide": "Facilitator guides: contains the answers",
    "case": "Cases with responses and commentary",
}
#: What the running header says; the guide's warns whoever finds it at the copier.
HEADERS: Mapping[str, str] = {
    "handout": "Participant handout",
    "guide": "Facilitator guide: contains the answers",
    "case": "Case with responses and commentary",
    "slides": "",
}
#: What comes before that in a preview, and on the form that the guide has for copying.
DRAFT = "Draft, not published · "
EVALUATION = "Evaluation form, to copy"
SECTIONS: Mapping[str, str] = {
    "story": "Story",
    "questions": "Questions",
    "responses": "Expert responses",
    "commentary": "Commentary",
    "take-home": "Take-home points",
    "evaluation": "Evaluation",
}
ROLES: Mapping[Role, str] = {
    Role.WRITER: "writer",
    Role.EDITOR: "editor",
    Role.PEER_REVIEWER: "peer reviewer",
    Role.CURATOR: "curator",
    Role.MODERATOR: "moderator",
    Role.ILLUSTRATOR: "illustrator",
    Role.TRANSLATOR: "translator",
}
PERSPECTIVES: Mapping[str, str] = {
    "faculty": "A teacher’s perspective",
    "learner": "A learner’s perspective",
    "patient": "A patient’s perspective",
    "other field": "A perspective from another field",
}
CHANGES: Mapping[str, str] = {
    "correction": "Correction",
    "update": "Update",
    "takedown": "Taken out",
    "withdrawal": "Withdrawn",
}
BASES: Mapping[str, str] = {
    "fictional": "The story is invented.",
    "composite": "The story is put together from several events; nobody in it is a real person.",
    "altered-with-consent": "The story rests on a real event, altered, and told with the consent of those concerned.",
}
#: What stands for the QR code where it cannot be seen.
QR = "QR code of {}"
#: The evaluation form: what participants agree with, from 1 to 5, and what they are asked in their own words.
SCALED = (
    "The case was close to situations that I meet.",
    "The discussion changed how I see at least one of the questions.",
    "I could say what I thought.",
    "The responses and the commentary added something that we had not said.",
    "I know what I will do differently.",
)
OPEN = (
    "One thing that I will do, or stop doing, after this session:",
    "What helped me most:",
    "What I would change about the session:",
)
_PERMISSION: Mapping[ConsentState, str] = {
    ConsentState.GRANTED: "quoted with permission",
    ConsentState.LICENSED: "quoted under its licence",
    ConsentState.NOT_NEEDED: "quoted from a public post",
}


def day(moment: date, language: str, zone: ZoneInfo) -> str:
    """A day in full: "3 April 2026"; a moment's day is the one it has in the series' zone."""
    from babel.dates import format_date

    local = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    locale = _locale(language)
    return format_date(local, "d MMMM y" if locale.language == "en" else "long", locale=locale)


def is_day(moment: date, zone: ZoneInfo) -> bool:
    """Whether a moment stands for a whole day."""
    return not isinstance(moment, datetime) or moment.astimezone(zone).time() == time()


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    """The locale of a language tag, or of its language alone; English if Babel knows neither."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def post(person: Person) -> str:
    """Where somebody works: "Programme director, Teaching Hospital, Senegal"."""
    country = COUNTRIES.get(person.country or "", "")
    return ", ".join(part for part in (person.post, person.institution, country) if part)


def role(did: Role) -> str:
    """What somebody did, with CRediT's name for it where it has one: "writer (Writing – original draft)"."""
    contribution = CREDIT_NAMES.get(did)
    return f"{ROLES[did]} ({contribution})" if contribution else ROLES[did]


def attribution(quote: Quote) -> str:
    """Who said a quote, and by what right it is printed: "A resident, Philippines · quoted with permission"."""
    by = quote.by
    country = COUNTRIES.get(by.country or "", "")
    who = ", ".join(part for part in (by.name, by.role, country) if part) or "A participant"
    return f"{who[:1].upper()}{who[1:]} · {_right(quote)}"


def _right(quote: Quote) -> str:
    permission = _PERMISSION.get(quote.consent.state, "")
    if quote.mode is Mode.PARAPHRASE:
        return "paraphrased"
    return f"anonymous, {permission}" if quote.mode is Mode.ANONYMOUS else permission
