"""Labels for values in files. They are messages, which `Translator` translates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.model import ConsentState, Kind, Role, State
from casebuilder.text import message

if TYPE_CHECKING:
    from collections.abc import Mapping


STATES: Mapping[State, str] = {
    State.DRAFT: message("Draft"),
    State.SCHEDULED: message("Scheduled"),
    State.OPEN: message("Open for discussion"),
    State.COMPLETE: message("Complete"),
    State.WITHDRAWN: message("Withdrawn"),
}
#: In lower case, for sentences; lists capitalise them.
ROLES: Mapping[Role, str] = {
    Role.WRITER: message("writer"),
    Role.EDITOR: message("editor"),
    Role.PEER_REVIEWER: message("peer reviewer"),
    Role.CURATOR: message("curator"),
    Role.MODERATOR: message("moderator"),
    Role.ILLUSTRATOR: message("illustrator"),
    Role.TRANSLATOR: message("translator"),
}
PAPERS: Mapping[str, str] = {"a4": "A4", "letter": message("US Letter")}
CHANNELS: Mapping[str, str] = {
    "site": message("Discuss on this site"),
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "email": message("Email the editors"),
}
PERSPECTIVES: Mapping[str, str] = {
    "faculty": message("A teacher’s perspective"),
    "learner": message("A learner’s perspective"),
    "patient": message("A patient’s perspective"),
    "other field": message("A perspective from another field"),
}
CHANGES: Mapping[str, str] = {
    "correction": message("Correction"),
    "update": message("Update"),
    "takedown": message("Removed"),
    "withdrawal": message("Withdrawn"),
}
BASES: Mapping[str, str] = {
    "fictional": message("This case is fictional."),
    "composite": message("This case combines several events; nobody in it is a real person."),
    "altered-with-consent": message(
        "This case is based on a real event, altered, and published with the consent of those concerned."
    ),
}
#: The figures that the papers on such series report (Chan et al. 2015; Thangasamy et al. 2014).
METRICS: Mapping[str, str] = {
    "page-views": message("Page views"),
    "visitors": message("Visitors"),
    "cities": message("Cities"),
    "countries": message("Countries"),
    "continents": message("Continents"),
    "comments": message("Comments"),
    "posts": message("Posts on social networks"),
    "participants": message("Participants"),
    "new-participants": message("New participants"),
    "contributions": message("Contributions"),
    "downloads": message("Downloads"),
    "impressions": message("Impressions"),
    "followers": message("Followers"),
}
KINDS: Mapping[Kind, str] = {Kind.CASE: message("Case"), Kind.JOURNAL_CLUB: message("Journal club")}
#: The permission to print a quote: with its author's name, and without it.
RIGHTS: Mapping[ConsentState, tuple[str, str]] = {
    ConsentState.GRANTED: (message("quoted with permission"), message("anonymous, quoted with permission")),
    ConsentState.LICENSED: (
        message("quoted under an open licence"),
        message("anonymous, quoted under an open licence"),
    ),
    ConsentState.NOT_NEEDED: (message("quoted from a public post"), message("anonymous, quoted from a public post")),
}
