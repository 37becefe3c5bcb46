"""A curation desk with a discussion of any length, made without a series; the same for the same numbers."""

from __future__ import annotations

import random

from casebuilder.editorial.curation.desk import page
from casebuilder.editorial.curation.deskschema import Base, Curation, Desk, DeskQuestion, Row

DESK = "0123456789abcdef0123456789abcdef"
QUESTIONS = (DeskQuestion("alarm", "Who turns the alarm off?"), DeskQuestion("door", "What happens behind the door?"))
_ROLES = ("nurse", "resident", "medical student", "consultant", "")
_COUNTRIES = ("IE", "PK", "KE", "JP", "")
_CHANNELS = ("site", "mastodon", "bluesky")
_SENTENCES = (
    "Nobody asks the technician who stands behind the glass.",
    "I would have stopped the moment she used her own voice, and said so aloud.",
    "“It may ring,” he said, and it rang.",
    "We have an alarm that everybody hears and nobody turns off 🔔.",
    "In my unit the café closes before the night begins, so the family waits in the corridor.",
    "Ask her outside, with no sheet in your hand.",
)


def contributions(count: int) -> tuple[Row, ...]:
    """A discussion: each third contribution replies to one before it, people come back, one is a repost."""
    chance = random.Random(count)  # noqa: S311 - the same discussion each time
    rows = []
    for number in range(1, count + 1):
        person = chance.randrange(max(1, count * 2 // 3))
        text = " ".join(chance.choices(_SENTENCES, k=chance.randrange(2, 8)))
        rows.append(
            Row(
                id=f"c{number:03}",
                author=f"Person {person}",
                role=_ROLES[person % 5],
                country=_COUNTRIES[person % 4],
                channel=_CHANNELS[person % 3],
                posted=f"2026-03-{1 + number // 60:02}T{number // 5 % 24:02}:{number % 60:02}:00Z",
                when="4 March 2026, 09:30",
                kind="reply" if number % 3 == 0 else "original",
                in_reply_to=f"c{chance.randrange(1, number):03}" if number % 3 == 0 else "",
                question=("alarm", "door", "")[number % 3],
                text=f"{number}. {text}",
                url="",
                spam=False,
                fold="",
                replies=0,
                voice=f"v{person}",
            )
        )
    return tuple(rows)


def desk(count: int = 12, desk_id: str = DESK, rows: tuple[Row, ...] = ()) -> Desk:
    """A desk on which nobody has worked."""
    return Desk(
        desk=desk_id,
        case="2026-03-ringing",
        title="The Case of the Ringing Alarm",
        language="en",
        kind="case",
        base=Base(),
        questions=QUESTIONS,
        contributions=rows or contributions(count),
        people=None,
        suggestions={"groups": [], "most_replied": [], "opposites": []},
        templates={
            "letter": "May we quote you?\nDear {name},\n\n> {words}\n({theme}, {signed})\n\nThank you.",
            "letters": "May we quote you?\nDear {name},\n\n> {words}\n({theme}, {signed})\n\n"
            "> {words}\n({theme}, {signed})\n\nThank you.",
        },
        who_may_have_it="Give it only to the curators of this case.",
        curation=Curation(case="2026-03-ringing", desk=desk_id),
    )


def html(desk: Desk) -> str:
    """The desk as a file."""
    return page.page(desk.title, desk.language, desk)[0]


def logic() -> str:
    """The scripts of the page that touch no document, for tests of the logic alone."""
    room = page.files(page.__package__)
    names = page.SCRIPTS[: page.SCRIPTS.index("store.js")]
    return "\n".join(room.joinpath(name).read_text(encoding="utf-8") for name in names)
