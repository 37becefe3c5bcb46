"""What a desk shows of a record: never what was withdrawn, and what repeats something below it."""

from __future__ import annotations

import json
import random
from zoneinfo import ZoneInfo

from casebuilder.editorial.curation import deskthread
from casebuilder.fingerprints import fingerprint
from casebuilder.model.counting.repeats import folds
from casebuilder.readers.discussion import read_discussion
from casebuilder.wording import Translator
from cputime import at_most
from curating import SLUG, TEXTS, read, with_texts

LONG = "The alarm rings all night and nobody on this ward has ever turned it off."


def record(*texts: str, **fields: dict[str, object]) -> str:
    """A record with these texts, c1 and on; `fields` are added to the contribution of that id."""
    lines = (
        {
            "id": f"c{number}", "channel": "site", "author": f"a{number}", "author_key": f"{number:016}",
            "posted": f"2026-03-05T10:{number:02}:00Z", "text": text, **fields.get(f"c{number}", {}),
        }
        for number, text in enumerate(texts, start=1)
    )  # fmt: skip
    return "".join(f"{json.dumps(line)}\n" for line in lines)


def folded(*texts: str, **fields: dict[str, object]) -> dict[str, str]:
    return folds(read_discussion(record(*texts, **fields), "")[0])


def test_copies_and_texts_that_differ_in_a_few_words_are_folded_under_the_first() -> None:
    near = LONG.replace("has ever turned", "ever turned") + " True!"
    other = "Something else that somebody said here today."
    assert folded(LONG, f"RT @somebody {LONG}", LONG.upper(), near, other) == {"c2": "c1", "c3": "c1", "c4": "c1"}


def test_short_texts_are_voices_and_a_repost_is_what_it_names() -> None:
    assert folded("I agree.", "I agree.", "Thank you all", "Thank you all!") == {}
    repost = {"kind": "repost", "in_reply_to": "c1"}
    again = {"kind": "repost", "in_reply_to": "c2"}
    assert folded("Short.", "", "", c2=repost, c3=again) == {"c2": "c1", "c3": "c1"}
    circle = {"c1": {"kind": "repost", "in_reply_to": "c2"}, "c2": {"kind": "repost", "in_reply_to": "c1"}}
    assert folded("One.", "Two.", **circle) == {"c1": "c2"}, "one of a circle stays to be read"
    assert folded("One.", c1={"kind": "repost", "in_reply_to": "c1"}) == {}


def test_a_long_discussion_in_the_same_words_is_folded_in_a_moment() -> None:
    chance = random.Random(3)  # noqa: S311 - the same each time
    words = [f"word{number}" for number in range(40)]
    texts = [" ".join(chance.choices(words, k=40)) for _ in range(1500)]
    text = "".join(record(each).replace('"c1"', f'"x{number}"') for number, each in enumerate(texts))
    with at_most(3):
        folds(read_discussion(text, "")[0])


def test_what_was_withdrawn_is_not_shown_nor_is_who_repeats_it() -> None:
    gone = {"text": "", "withdrawn": "2026-03-09", "fingerprint": fingerprint(LONG)}
    text = record(LONG, f"As she said: {LONG}", "Another thought altogether.", c1=gone)
    quotes = TEXTS[f"cases/{SLUG}/quotes.yml"].replace("\n    contribution: c1", "")
    case = read(with_texts(record=text, quotes=quotes)).case(SLUG)
    assert case is not None
    assert [item.id for item in deskthread.shown(case)] == ["c3"]
    (row,) = deskthread.rows(deskthread.shown(case), Translator("en", ZoneInfo("Asia/Manila")))
    assert row.when == "5 March 2026, 18:03", "in the series' time, by 24 hours"
    assert (row.voice, row.fold, row.in_reply_to) == ("v1", "", "")
