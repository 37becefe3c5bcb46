"""The moderators' list: when what happens, and posts within the length that each network allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from casebuilder.cli import main
from casebuilder.editorial import moderation
from casebuilder.editorial.moderation import networks, posts
from casebuilder.model import Channel, Discussion, LiveHour, TimedQuestion
from examples import drawn
from series_factory import at, make_case, make_journal_club, write_series
from zoo_keeper import lay_out

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

SLUG, BEFORE = "2025-10-a-year-of-posts", at(2025, 1, 1)
NETWORKS = tuple(dict.fromkeys(networks.NETWORKS.values()))
SAID = posts.Invitation(
    title="Open for discussion: A Year of Posts",
    teaser="What did they count? " * 40,
    until="Discussion open until Wednesday 8 October 2025, 07:00 (Dublin time).",
    paper="The paper: https://doi.org/10.1016/j.eururo.2014.01.034",
    page="https://example.org/series/cases/2025-10-a-year-of-posts/",
    hashtags="#QuietDilemmas",
)


@pytest.mark.parametrize(
    ("text", "x", "bluesky", "mastodon"),
    [
        ("abc", 3, 3, 3),
        ("see https://example.org/a/very/long/address/that/counts/as/one", 27, 62, 27),
        ("example.org", 23, 11, 11),
        ("夜勤", 4, 2, 2),
        ("العربية", 7, 7, 7),
        ("é", 1, 1, 1),
        ("e\u0301", 1, 1, 1),
        ("👩‍⚕️", 7, 2, 2),
        ("“quote” – …", 12, 11, 11),
        ("", 0, 0, 0),
    ],
)
def test_each_network_counts_in_its_own_way(text: str, x: int, bluesky: int, mastodon: int) -> None:
    """Never fewer than the network does: X counts the sign of a health worker as 2, and here its parts count."""
    known = networks.NETWORKS
    assert [known[name].length(text) for name in ("x", "bluesky", "mastodon")] == [x, bluesky, mastodon]


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_the_opening_post_has_what_matters_and_fills_the_room(network: networks.Network) -> None:
    post = posts.opening(SAID, network)
    assert network.length(post.text) <= network.most
    for part in (SAID.title, SAID.page, SAID.hashtags, SAID.until):
        assert part in post.text
    assert "…" in post.text or SAID.teaser in post.text
    assert network.length(post.text) > network.most - 40 or SAID.paper in post.text


def test_a_place_without_a_limit_gets_everything_in_order() -> None:
    parts = [SAID.title, SAID.teaser, SAID.until, SAID.paper, SAID.page, SAID.hashtags]
    assert posts.opening(SAID, None).text.split("\n\n") == parts


@pytest.mark.parametrize("title", ["An endless title " * 40, "夜" * 700, "x" * 700, "a.b.c.d.ee " * 60])
@pytest.mark.parametrize("network", NETWORKS[:3], ids=lambda network: network.name)
def test_a_title_that_is_too_long_is_cut_and_the_post_still_fits(network: networks.Network, title: str) -> None:
    post = posts.opening(posts.Invitation(title, "", "", "", SAID.page, ""), network)
    assert network.fits(post.text)
    assert f"…\n\n{SAID.page}" in post.text
    asked = posts.question(1, title, ("#club",), network)
    assert network.fits(asked)
    assert asked.startswith("Q1. ")
    assert asked.endswith("… #club")


@given(st.text(max_size=400), st.text(max_size=400), st.sampled_from(NETWORKS))
@drawn(60)
def test_no_text_makes_a_post_too_long(title: str, teaser: str, network: networks.Network) -> None:
    said = posts.Invitation(f"T {title}", teaser, SAID.until, SAID.paper, SAID.page, SAID.hashtags)
    assert network.fits(posts.opening(said, network).text)


def discussed() -> Discussion:
    return Discussion(
        channels=(Channel(type="Twitter"), Channel(type="mastodon", hashtag="#club"), Channel(type="email")),
        moderators=("mia-sato",),
        live=(LiveHour.model_validate({"starts": "2025-10-06T20:00", "channel": "mastodon", "with": ["noor-khan"]}),),
        timetable=(
            TimedQuestion(question="ask-why"),
            TimedQuestion(question="who-tells", hour=24, minute=30),
            TimedQuestion(question="who-tells", live=1, minute=20),
        ),
    )


def test_the_list_says_when_what_happens() -> None:
    plan = moderation.plan(SLUG, write_series(make_journal_club(discussion=discussed())), BEFORE)
    lines = moderation.text(plan).splitlines()
    start = lines.index("Timetable (Europe/Dublin; UTC in brackets)")
    assert lines[1] == "Moderators: Mia Sato"
    assert lines[start + 1 : start + 7] == [
        "    Mon 2025-10-06 07:00 (Mon 06:00)  The discussion opens",
        "    Mon 2025-10-06 07:00 (Mon 06:00)  Q1. Should Rhona ask why? #club",
        "    Mon 2025-10-06 20:00 (Mon 19:00)  Live hour 1 on Mastodon with Noor Khan",
        "    Mon 2025-10-06 20:20 (Mon 19:20)  Q2. Who tells the consultant? #club",
        "    Tue 2025-10-07 07:30 (Tue 06:30)  Q2. Who tells the consultant? #club",
        "    Wed 2025-10-08 07:00 (Wed 06:00)  The discussion closes",
    ]
    assert next(line for line in lines if line.startswith("Opening post")).startswith("Opening post: X (")
    assert "Nobody has said" not in "\n".join(lines)


def test_hours_after_the_opening_are_hours_of_the_clock() -> None:
    timed = Discussion(timetable=(TimedQuestion(question="ask-why", hour=24),))
    club = make_journal_club(opens=at(2025, 10, 25, 7), closes=at(2025, 10, 27, 6), discussion=timed)
    step = moderation.plan(club.slug, write_series(club), BEFORE).steps[1]
    assert step.starts == at(2025, 10, 26, 6)


def test_a_case_without_timetable_channels_or_address_gets_a_list_too() -> None:
    plan = moderation.plan("2025-05-quiet-pager", write_series(make_case(discussion=Discussion()), site_url=""), BEFORE)
    text = moderation.text(plan)
    assert "Nobody has said when each question is asked" in text
    assert "    - {question: ask-why, hour: 0}\n    - {question: who-tells, hour: 6}\n" in text
    assert "Moderators: nobody yet" in text
    assert [post.network and post.network.name for post in plan.openings] == ["X", "Bluesky", "Mastodon", None]
    assert "http" not in text


@pytest.mark.parametrize(
    ("moment", "said", "command"),
    [
        (at(2025, 10, 8, 7), "responses are released on Wed 2025-10-15, 07:00", "casebuilder curate "),
        (at(2025, 10, 15, 7), "responses were released on Wed 2025-10-15, 07:00", "casebuilder letters thanks "),
    ],
)
def test_after_its_close_nobody_is_invited_and_what_remains_is_said(moment: datetime, said: str, command: str) -> None:
    club = make_journal_club(discussion=discussed(), releases=at(2025, 10, 15, 7))
    before, after = (
        moderation.text(moderation.plan(SLUG, write_series(club), when))
        for when in (moment.replace(day=8, hour=6, minute=59), moment)
    )
    assert "Opening post: X (" in before
    assert f"it closed on Wed 2025-10-08, 07:00; {said}." in after
    assert f"{command}{SLUG}" in after
    assert "Opening post" not in after
    assert "Open for discussion" not in after
    assert "Tue 2025-10-07 07:30 (Tue 06:30)  Q2. Who tells the consultant? #club" in after, (
        "when it was, for the record"
    )


@pytest.mark.parametrize("has_commentary", [True, False])
def test_after_its_close_nobody_speaks_of_answers_that_the_case_does_not_have(*, has_commentary: bool) -> None:
    more = {} if has_commentary else {"commentary": None, "quotes": (), "credits": ()}
    club = make_journal_club(discussion=discussed(), responses=(), announced=(), **more)
    for moment, word in ((at(2025, 10, 9, 7), "is"), (at(2025, 11, 9, 7), "was")):
        after = moderation.text(moderation.plan(SLUG, write_series(club), moment))
        assert not {"responses", "experts", "thanks"} & set(after.split())
        assert (f"; the commentary {word} released on" in after) is has_commentary


def test_posts_are_in_the_language_of_the_case() -> None:
    plan = moderation.plan("2025-05-quiet-pager", write_series(make_case(language="es")), BEFORE)
    assert plan.openings[0].text.startswith("Abierto a discusión: ")


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out("sound-live-hours", tmp_path_factory.mktemp("moderated"))


def run(series: Path, *arguments: str, as_of: str = "2026-04-01") -> tuple[int, str]:
    order = ["moderator", *arguments, "--as-of", as_of, "--series", str(series)]
    result = CliRunner().invoke(main, order)
    return result.exit_code, result.output


def test_the_command_prints_the_list_and_writes_a_private_calendar(series: Path, tmp_path: Path) -> None:
    code, printed = run(series, "2026-04-paper-club")
    assert (code, "Q2. Would it work where you are? #paperclub" in printed) == (0, True)
    code, named = run(series, "cases/2026-04-paper-club/", "-o", str(tmp_path / "new"))
    assert (code, len(named.splitlines())) == (0, 2)
    assert (tmp_path / "new/2026-04-paper-club-moderator.txt").read_text(encoding="utf-8") == printed
    read = Calendar.from_ical((tmp_path / "new/2026-04-paper-club-moderator.ics").read_bytes())
    assert len(read.events) == 6
    (tmp_path / "new/mine.txt").touch()
    assert run(series, "2026-04-paper-club", "-o", str(tmp_path / "new")) == (code, named)  # in a folder that is in use
    for event in read.events:
        assert not event.errors
        assert str(event["CLASS"]) == "PRIVATE"
        assert "-moderator-" in str(event["UID"])
        assert len(event.alarms.times) == 1


def test_no_calendar_reminds_of_a_discussion_that_is_over(series: Path, tmp_path: Path) -> None:
    code, said = run(series, "2026-04-paper-club", "-o", str(tmp_path), as_of="2026-06-01")
    assert (code, "no calendar with reminders" in said) == (0, True)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-04-paper-club-moderator.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2026-04-papers-club",), 'did you mean "2026-04-paper-club"?'),
        (("2026-04-paper-club", "-o", "{series}/docs"), "this list is for moderators only"),
        (("2026-04-paper-club", "-o", "{series}/cases/2026-04-paper-club"), "this list is for moderators only"),
        (("2026-04-paper-club", "-o", "{series}/mkdocs.yml"), "is a file"),
        ((), "Missing argument 'CASE'"),
    ],
)
def test_a_wrong_use_is_refused_and_explained(series: Path, arguments: tuple[str, ...], said: str) -> None:
    code, printed = run(series, *(word.format(series=series) for word in arguments))
    assert code == 2
    assert said in " ".join(printed.split())


def test_a_case_with_errors_is_refused_and_another_is_not(tmp_path: Path) -> None:
    broken = lay_out("sound-live-hours", tmp_path)
    path = broken / "cases/2026-03-late-handover/case.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("opens: 2026-03-02", "opens: soon"), encoding="utf-8")
    code, printed = run(broken, "2026-03-late-handover")
    assert (code, "[bad-date]" in printed) == (1, True)
    assert run(broken, "2026-04-paper-club")[0] == 0


def test_a_withdrawn_case_is_refused(tmp_path: Path) -> None:
    code, printed = run(lay_out("sound-withdrawn", tmp_path), "2026-04-paper-club")
    assert (code, "has been withdrawn" in printed) == (2, True)
