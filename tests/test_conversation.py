"""`casebuilder discussion show`: the record as a conversation, in text and as a page."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from click.testing import CliRunner

import zoo_keeper
from casebuilder.cli import main
from casebuilder.editorial.curation.conversation import as_page, as_text, conversation
from casebuilder.fingerprints import fingerprint
from casebuilder.model import Contribution, ContributionKind, Discussions
from series_factory import make_case, make_settings, write_series

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.editorial.curation.conversation import Conversation


def said(name: str, minute: int, text: str = "Words.", **fields: object) -> Contribution:
    defaults = {
        "id": name,
        "channel": "mastodon",
        "author": f"Participant {name[1:]}",
        "author_key": name,
        "text": text,
    }
    posted = datetime(2025, 5, 24, 22, tzinfo=UTC) + timedelta(minutes=minute)
    return Contribution(**(defaults | {"posted": posted} | fields))


def shown(*items: Contribution, by_question: bool = False, **settings: object) -> Conversation:
    case = make_case(quotes=()).with_contributions(items)
    return conversation(write_series(case, settings=make_settings(**settings)), case, by_question=by_question)


def turns(conversation: Conversation) -> list[tuple[str, int]]:
    return [(turn.id, turn.depth) for _, section in conversation.sections for turn in section]


def test_replies_stand_below_what_they_reply_to_and_everything_else_is_in_order_of_time() -> None:
    made = shown(
        said("c4", 4, in_reply_to="c1"), said("c3", 3), said("c2", 2, in_reply_to="c1"),
        said("c1", 1), said("c5", 5, in_reply_to="c2"), said("c6", 6, in_reply_to="gone"),
    )  # fmt: skip
    assert turns(made) == [("c1", 0), ("c2", 1), ("c5", 2), ("c4", 1), ("c3", 0), ("c6", 0)]


def test_a_damaged_record_shows_each_contribution_once() -> None:
    circle = [said("c1", 1, in_reply_to="c2"), said("c2", 2, in_reply_to="c1"), said("c3", 3, in_reply_to="c3")]
    assert sorted(name for name, _ in turns(shown(*circle))) == ["c1", "c2", "c3"]
    deep = [said(f"c{n}", n, in_reply_to=f"c{n - 1}" if n else "") for n in range(600)]
    text = as_text(shown(*deep), 60)
    assert text.count("Words.") == 600
    assert max(map(len, text.split("\n"))) <= 80, "replies are set in only so far"


def test_withdrawn_words_and_who_repeats_them_are_not_shown() -> None:
    words = "I have never said so to anybody in my life"
    made = shown(
        said("c1", 1, "", withdrawn=date(2025, 6, 1), fingerprint=fingerprint(words)),
        said("c2", 2, f"RT: {words}!", kind=ContributionKind.REPOST),
        said("c3", 3, in_reply_to="c1"),
    )
    assert turns(made) == [("c3", 0)]
    assert made.summary == "1 contribution by 1 person; 1 withdrawn; 1 not shown, with words that were withdrawn"
    assert words not in as_page(made) + as_text(made, 80)


def test_by_question_each_question_has_its_section() -> None:
    question = make_case().questions[0]
    made = shown(said("c1", 1), said("c2", 2, question=question.id), said("c3", 3, question="other"), by_question=True)
    assert [(title, [turn.id for turn in section]) for title, section in made.sections] == [
        (question.title, ["c2"]),
        ("No question", ["c1", "c3"]),
    ]


def test_it_says_to_whom_it_may_be_given() -> None:
    assert "public as that" in shown(said("c1", 1)).who
    assert "never by a public link" in shown(said("c1", 1), discussions=Discussions.PRIVATE).who


def test_the_page_loads_nothing_and_holds_no_markup_of_a_contribution() -> None:
    page = as_page(
        shown(
            said("c1", 1, "<script>alert(1)</script> & <b>", author='"><img src=x>', url="https://example.org/?a=1&b")
        )
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert page.count("<img") == page.count("<script") == 0
    assert "default-src 'none'" in page
    assert 'href="https://example.org/?a=1&amp;b"' in page


def test_a_terminal_gets_no_control_characters() -> None:
    text = as_text(shown(said("c1", 1, "a\x1b[31m\x07b\nsecond line", author="x\x1b]0;")), 80)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "  second line\n" in text


def test_the_command_prints_and_writes(tmp_path: Path) -> None:
    series = shutil.copytree(zoo_keeper.SOUND, tmp_path / "series")
    record = next(series.glob("commentary/*/discussion.jsonl"))
    slug = record.parent.name
    words = json.loads(record.read_text().splitlines()[0])["text"].split()[0]
    result = CliRunner().invoke(main, ["discussion", "show", slug, "--series", str(series)])
    assert result.exit_code == 0
    assert words in result.stdout
    page = tmp_path / "record.html"
    result = CliRunner().invoke(main, ["discussion", "show", slug, "--series", str(series), "-o", str(page)])
    assert (result.exit_code, result.stdout.strip()) == (0, str(page))
    assert "give it" in result.stderr
    assert page.stat().st_mode & 0o077 == 0
    record.unlink()
    result = CliRunner().invoke(main, ["discussion", "show", slug, "--series", str(series)])
    assert (result.exit_code, "not on this computer" in result.stderr) == (1, True)
