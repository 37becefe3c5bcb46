"""Exports of the same formats, with parts that those in `tests/exports` lack."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

from casebuilder.cli import main
from casebuilder.editorial.discussion import htmltext
from casebuilder.wording import recordwords
from test_importers import CLUB, imported, output_of, record, series, status, written

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["series"]  # the fixture
AT = "2026-04-07T08:00:00Z"


def texts(series: Path) -> list[str]:
    return [line["text"] for line in record(series)]


def test_comments_of_a_plugins_own_kind_are_skipped(series: Path) -> None:
    comment = (
        "<{0}:comment><{0}:comment_id>{1}</{0}:comment_id><{0}:comment_author>Ole</{0}:comment_author><{0}:comment_date_gmt>"
        "2026-04-07 08:00:00</{0}:comment_date_gmt><{0}:comment_approved>1</{0}:comment_approved><jp:comment_content>no"
        "</jp:comment_content><{0}:comment_content>{2}</{0}:comment_content></{0}:comment>"
    )
    items = comment.format("jp", 1, "of a plugin") + comment.format("wp", 2, "of a reader")
    names = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:jp="https://plugin.example/"'
    export = f"<rss {names}><channel><item><title>A</title><wp:post_id>9</wp:post_id>{items}</item></channel></rss>"
    imported(series, written(series, "w.xml", export))
    assert texts(series) == ["of a reader"]


def test_comments_of_a_deleted_page_stay_out_and_links_are_those_of_their_author(series: Path) -> None:
    post = (
        '<post dsq:id="{0}"><message><![CDATA[{1}]]></message><createdAt>2026-04-07T08:00:0{0}Z</createdAt><isDeleted>'
        'false</isDeleted><isSpam>false</isSpam>{3}<author><name>Ole</name></author><thread dsq:id="{2}"/></post>'
    )
    page = '<thread dsq:id="{0}"><link>https://a.example/{0}</link><title>T</title><isDeleted>{1}</isDeleted></thread>'
    link = '<a href="https://disq.us/url?url=https%3A%2F%2Fx.example%2Fa%3Aq1-Q&amp;cuid=7">https://x.example/a</a>'
    posts = (
        post.format(1, link, 1, ""),
        post.format(2, "Gone", 2, ""),
        post.format(3, "Held", 1, "<isApproved>false</isApproved>"),
    )
    names = 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    export = f"<disqus {names}>{page.format(1, 'false')}{page.format(2, 'true')}{''.join(posts)}</disqus>"
    result = imported(series, written(series, "d.xml", export))
    assert texts(series) == ["https://x.example/a"]
    assert "left out: 1 comment of a page that was deleted" in result.stderr


def test_what_a_webhook_says_was_deleted_stays_out(series: Path) -> None:
    def said(action: str, number: int, about: str = "comment") -> dict[str, Any]:
        own = {"html_url": f"https://github.com/o/r/discussions/4#discussioncomment-{number}", "body": f"Post {number}",
               "user": {"login": f"u{number}"}, "created_at": AT, "updated_at": AT}  # fmt: skip
        opening = {**own, "html_url": "https://github.com/o/r/discussions/4", "body": "Opening"}
        return {"action": action, "discussion": opening} | ({about: own} if about else {})

    log = [said("created", 1), said("created", 2), said("deleted", 1)]
    imported(series, written(series, "h.jsonl", "\n".join(map(json.dumps, log))))
    assert texts(series) == ["Opening", "Post 2"]
    imported(
        series, written(series, "h.jsonl", "\n".join(map(json.dumps, [said("created", 3), said("deleted", 0, "")])))
    )
    assert texts(series) == ["Opening", "Post 2"]


def test_words_of_a_post_that_is_not_public_come_in_with_no_other(series: Path) -> None:
    hidden = status(1, content="For followers.", visibility="private")
    named = {"acct": "u9", "username": "u9", "url": "https://s.example/@u9"}
    link = '<a class="mention" href="https://s.example/@u9">@u9</a> yes'
    posts = [
        status(2, content="", reblog=hidden),
        status(3, content="Look.", quote={"quoted_status": hidden}),
        status(4, content="Hear.", quote={"quoted_status": status(5, content=link, mentions=[named])}),
    ]
    imported(series, written(series, "m.json", posts))
    assert texts(series)[0] == "Look.\n\n[Quoted post by Participant 3: not public]"
    assert "u9" not in texts(series)[1]
    assert len(texts(series)) == 2


def test_a_name_with_small_pictures_in_it_is_a_name(series: Path) -> None:
    imported(
        series,
        written(series, "m.json", [status(1, display="Ida :verified: Holm"), status(2, content="As Ida Holm said")]),
    )
    assert texts(series) == ["Post 1", "As Participant 1 said"]


def view(number: int, handle: str, text: str, **more: object) -> dict[str, Any]:
    author = {"did": f"did:plc:{handle}", "handle": f"{handle}.bsky.example"}
    uri = f"at://did:plc:{handle}/app.bsky.feed.post/{number}"
    return {"uri": uri, "author": author, "record": {"text": text, "createdAt": f"2026-04-07T08:00:0{number}Z"}, **more}


def test_a_post_of_the_same_moment_as_a_withdrawn_one_does_not_come_back_under_another_address(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    imported(series, written(series, "m.json", [status(1, content="No.")]))
    order = ["withdraw", CLUB, "--contribution", "c01", "--series", str(series)]
    assert CliRunner().invoke(main, order).exit_code == 0
    other = status(1, content="No!", uri="https://s.example/ap/users/1/objects/1")
    row = "author,address,channel,posted,text\nU,@u1@s.example,mastodon,2026-04-07T09:01:00Z,No.\n"
    for file in (written(series, "m.json", [other]), written(series, "t.csv", row)):
        assert "0 added" in imported(series, file).stderr
    assert texts(series) == [""]


def test_a_handle_of_bluesky_is_a_pseudonym_without_its_sign_too_and_one_person_has_one(series: Path) -> None:
    quoted = {"author": view(9, "bob", "")["author"], "value": {"text": "Their words"}}
    embed = {"$type": "app.bsky.embed.record#view", "record": quoted}
    said = "Ask ida.bsky.example, not paper.example: https://bsky.app/profile/did:plc:ida and https://social.example/web/@zed"
    posts = [
        view(1, "ida", "One"),
        view(2, "ole", said),
        view(3, "mia", "Look", embed=embed),
        view(4, "bob", "I am here"),
    ]
    imported(series, written(series, "b.json", {"posts": posts}))
    one, *others = texts(series)
    assert one == "One"
    assert others[0].startswith(
        "Ask Participant 1, not paper.example: [page of Participant 1] and [page of Participant "
    )
    bob = record(series)[3]["author"]
    assert others[1] == f"Look\n\n[Quoted post by {bob}: Their words]"


def tweet(number: int, words: str, **more: object) -> dict[str, Any]:
    return {
        "tweet": {"id_str": str(number), "created_at": "Tue Apr 07 08:00:00 +0000 2026", "full_text": words, **more}
    }


def test_a_post_of_x_that_is_cut_off_is_reported_without_its_address_and_every_handle_is_one(series: Path) -> None:
    link = {"urls": [{"url": "https://t.co/a", "expanded_url": "https://twitter.com/i/web/status/7"}]}
    posts = [tweet(7, "A long post… https://t.co/a", truncated=True, entities=link), tweet(8, "@stranger hello")]
    result = imported(series, written(series, "tweets.js", f"window.YTD.tweets.part0 = {json.dumps(posts)}"))
    assert "1 post cut off after 280 characters" in result.stderr
    assert texts(series) == ["A long post…", "Participant 2 hello"]


@pytest.mark.parametrize(
    ("said", "recorded"),
    [
        ("Write to ida (at) ward.example", "Write to [e-mail address]"),
        ("ida[at]ward[dot]example", "[e-mail address]"),
        ("3 mg (at night) and 4 [at 8.30]", "3 mg (at night) and 4 [at 8.30]"),
        ("@stranger is right, and cc @ole_b", "Participant 2 is right, and cc Participant 3"),
        ("Thanks @Ole", "Thanks Participant 1"),
        ("2 mg @night, 5 ml/h @bedside, @all @7pm", "2 mg @night, 5 ml/h @bedside, @all @7pm"),
        ("https://www.linkedin.com/in/priya-s/ here", "[page of Participant 2] here"),
        ("https://x.com/i/status/17 https://s.example/web/statuses/17", "[address of a post] [address of a post]"),
        ("https://github.com/o/r https://journal.example/in/2026/05", "https://github.com/o/r https://journal.example/in/2026/05"),
    ],
)  # fmt: skip
def test_addresses_and_handles_in_texts_are_replaced(series: Path, said: str, recorded: str) -> None:
    imported(series, written(series, "t.csv", f'author,posted,text\nOle,{AT},"{said}"\n'), "--channel", "site")
    assert texts(series) == [recorded]


def workbook(*rows: tuple[object, ...], columns: int = 3) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([*row, *[""] * (columns - len(row))])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_with_a_title_and_hundreds_of_empty_columns(series: Path) -> None:
    rows = (
        ("Our club",),
        ("author", "posted", "text"),
        ("Ole", "2026-04-07 08:00", "One"),
        ("Mia", "2026-04-07 08:01", "=A1"),
    )
    result = imported(series, written(series, "t.xlsx", workbook(*rows, columns=90)), "--channel", "site")
    assert "t.xlsx: the names of the columns were found in row 2; what is above was not read" in result.stderr
    assert "not imported" not in result.stderr
    assert texts(series) == ["One"]
    assert output_of(result).count("error:") == 1  # a formula without a result is not an empty cell as well


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        (["ID", "Completion time", "Name", "What would you do?", "Points"], "text"),
        (["Who are you?", "When did you write?", "What would you do?"], "author, posted, text"),
    ],
)
def test_a_title_is_not_taken_for_the_names_of_the_columns_if_one_is_unknown(
    series: Path, head: list[str], missing: str
) -> None:
    posted = datetime(2026, 4, 7, 8)  # noqa: DTZ001 - a workbook's times have no zone
    rows = [["Ward Stories feedback"], head, [1, posted, "Ida", "Call.", 0][: len(head)]]
    said = output_of(imported(series, written(series, "forms.xlsx", plain_workbook(rows)), "--channel", "form"))
    assert f"row 2 must name the columns; missing: {missing}" in said
    assert f'--map "{head[3] if missing == "text" else head[0]}=text"' in said


def test_hidden_rows_are_read_and_named(series: Path) -> None:
    book = openpyxl.load_workbook(
        BytesIO(workbook(("author", "posted", "text"), ("Ole", AT, "One"), ("Mia", AT, "Two")))
    )
    book.active.row_dimensions[3].hidden = True
    book.save(place := series.parent / "t.xlsx")
    assert "t.xlsx: hidden rows are read, too: 3; remove" in imported(series, place, "--channel", "site").stderr
    assert texts(series) == ["One", "Two"]


def test_a_huge_cell_is_a_problem_of_its_row_alone_and_the_file_is_named(series: Path) -> None:
    rows = f"author,posted,text\nOle,{AT},{'x' * 70_000}\nMia,2026-04-07 09:12:00.000 +0000 UTC,Two\n"
    result = imported(series, written(series, "t.csv", rows), "--channel", "site")
    assert "1 added, 0 already in the record, 1 skipped" in result.stderr
    assert texts(series) == ["Two"]
    assert "u.csv: the first row must name the columns" in output_of(
        imported(series, written(series, "u.csv", "a,b\n1,2\n"))
    )


def said(text: str) -> dict[str, Any]:
    """A comment of GitHub."""
    return {"id": "DC_1", "url": "https://github.com/o/r/discussions/4#discussioncomment-1", "body": text,
            "createdAt": AT, "author": {"login": "ole"}}  # fmt: skip


def on_github(text: str) -> object:
    return {"data": {"repository": {"discussion": {"title": "A", "comments": {"nodes": [said(text)]}}}}}


def on_bluesky(**author: str) -> object:
    record = {"$type": "app.bsky.feed.post", "text": "Hello", "createdAt": AT}
    view = {"uri": "at://did:plc:a/app.bsky.feed.post/1", "record": record, "author": {"did": "did:plc:a", **author}}
    list_ = {"$type": "app.bsky.labeler.defs#labelerView", "creator": {"displayName": "A labeler"}}
    return {"posts": [{**view, "embed": {"$type": "app.bsky.embed.record#view", "record": list_}}]}


def quoting(**how: object) -> object:
    inline = '<span class="quote-inline"><br/>RT: <a href="https://s.example/objects/1">s.example</a></span>'
    return [status(1, content=f"Yes{inline}", **how)]


UNSEEN = {"quote": None, "quote_url": "https://s.example/objects/1", "quote_visible": False}
TWARC = {
    "id": "101",
    "text": "Look",
    "author_id": "8",
    "author": {"id": "8", "username": "b", "name": "B"},
    "created_at": AT,
    "edit_history_tweet_ids": ["101"],
    "referenced_tweets": [{"type": "quoted", "id": "5", "text": "Old", "author_id": "7"}],
    "attachments": {"media_keys": ["3_1"], "media": [{"media_key": "3_1", "type": "photo", "alt_text": "A chart"}]},
}


@pytest.mark.parametrize(
    ("export", "recorded"),
    [
        (on_github("<https://a.example/>, R&amp;D &lt; 5 :tada: `:tada:`"), "https://a.example/, R&D < 5 🎉 `:tada:`"),
        (on_github("On 7 Apr, Bo Larsen <bo@ward.example> wrote:\n> No"), "On 7 Apr, <[e-mail address]> wrote:\n> No"),
        (quoting(pleroma={"quote": status(2, content="No")}), "Yes\n\n[Quoted post by Participant 2: No]"),
        (quoting(pleroma=UNSEEN), "Yes\n\n[Quoted post: not public]"),
        (quoting(quote={"state": "pending", "quoted_status": None}), "Yes\n\n[Quoted post: not public]"),
        (quoting(quote={"state": "revoked", "quoted_status": None}), "Yes\n\n[Quoted post: no longer there]"),
        (quoting(quote=status(2, content="", spoiler_text="blood", media_attachments=[{"description": "A hip"}])),
         "Yes\n\n[Quoted post by Participant 2: [Content warning: blood] [Picture: A hip]]"),
        (on_bluesky(handle="handle.invalid"), "Hello\n\n[Link: A labeler]"),
        (TWARC, "Look\n\n[Picture: A chart]\n\n[Quoted post: Old]"),
        ([status(1, content="By ole [at] ward dot example, see https://s.example/notice/AbCd123")],
         "By [e-mail address], see [address of a post]"),
    ],
    ids=["autolinks", "by-mail", "pleroma", "unseen", "pending", "revoked", "pictures", "bluesky", "twarc", "spelt"],
)  # fmt: skip
def test_attachments_and_polls_of_present_platforms_become_words(series: Path, export: object, recorded: str) -> None:
    imported(series, written(series, "e.json", export))
    assert texts(series)[:1] == [recorded]
    people = (series / ".casebuilder" / "people.jsonl").read_text(encoding="utf-8")
    assert "handle.invalid" not in people
    assert "ward.example" not in people


def test_parts_of_a_topic_and_of_a_long_post_come_together(series: Path) -> None:
    long = "A long post about a trial. " * 12
    tweet = {
        "id_str": "9",
        "created_at": "Tue Apr 07 08:00:00 +0000 2026",
        "full_text": f"{long[:270]}… https://t.co/x",
    }
    posts = written(series, "tweets.js", f"window.YTD.tweets.part0 = {json.dumps([{'tweet': tweet}])}")
    note = {"noteTweet": {"core": {"text": f"{long}The end &amp; more."}}}
    rest = written(series, "note-tweet.js", f"window.YTD.note_tweet.part0 = {json.dumps([note])}")
    assert "import note-tweet.js" in output_of(imported(series, posts))
    assert "cut off" not in output_of(imported(series, posts, rest))
    assert texts(series) == [f"{long}The end & more."]

    def page(*numbers: int) -> object:
        made = [{"id": 50 + n, "username": f"u{n}", "created_at": AT, "cooked": f"<p>Post {n}</p>", "post_number": n,
                 "topic_id": 5, "post_type": 1} for n in numbers]  # fmt: skip
        return {"post_stream": {"posts": made, "stream": [51, 52, 53]}, "title": "Handovers"}

    pages = [written(series, f"{number}.json", page(*own)) for number, own in enumerate(((1, 2), (3,)))]
    assert "1 post of the topic “Handovers” is in no file" in output_of(imported(series, pages[0]))
    assert "no file" not in output_of(imported(series, *pages))


def test_one_discussion_of_github_is_chosen_and_empty_lines_before_xml_are_passed_over(series: Path) -> None:
    both = [
        {**said(f"On {title}"), "title": title, "url": f"https://github.com/o/r/discussions/{title}", "comments": {}}
        for title in ("Trials", "Ethics")
    ]
    imported(series, written(series, "all.json", {"data": {"discussions": {"nodes": both}}}), "--thread", "ethics")
    assert texts(series) == ["On Ethics"]
    names = 'xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    gone = "<author><name>Guest</name><isAnonymous>true</isAnonymous></author>"
    posts = [f'<post dsq:id="{n}"><message>Said {n}</message><createdAt>{AT}</createdAt>{gone}</post>' for n in (1, 2)]
    imported(series, written(series, "d.xml", f'\n\n<?xml version="1.0"?><disqus {names}>{"".join(posts)}</disqus>'))
    assert len({line["author"] for line in record(series)}) == 3


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("12 × 10<sup>9</sup>/L, 10<sup>−3</sup>, H<sub>2</sub>O", "12 × 10⁹/L, 10⁻³, H₂O"),
        ("2<sup>-ΔCt</sup>, the 1<sup>st</sup><sup>[1]</sup>, x<sub>i</sub>", "2^(-ΔCt), the 1st[1], xi"),
        ("Give <del>10 mg</del> <s></s>5 mg", "Give ~~10 mg~~ 5 mg"),
        ('<iframe src="https://video.example/7" title="A talk"></iframe>', "[Link: A talk (https://video.example/7)]"),
        ("<video></video>", "[Video without a description]"),
        ("<dl><dt>T</dt><dd>D</dd></dl><h6>H</h6>x", "T\nD\n\nH\n\nx"),
    ],
)
def test_what_html_says_without_words_is_kept(html: str, words: str) -> None:
    assert recordwords.rendered(htmltext.text_of(html)) == words


def test_a_withdrawn_text_that_names_somebody_does_not_come_back_with_other_names(
    series: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CASEBUILDER_CACHE")  # whose packs would be deleted
    words = "Thanks @u2 and Priya for asking about the night when I gave him the wrong dose."
    imported(series, written(series, "m.json", [status(1, content=words), status(2, display="Priya Nair")]))
    order = ["withdraw", CLUB, "--contribution", "c01", "--series", str(series)]
    assert CliRunner().invoke(main, order).exit_code == 0
    rows = [("Zed", f"RT @u1: {words}"), ("Yan", words.replace("dose", "do\u00adse")), ("Xe", "Thank you all.")]
    table = "author,posted,text\n" + "".join(f'{name},2026-04-09 08:00,"{said}"\n' for name, said in rows)
    result = imported(series, written(series, "t.csv", table), "--channel", "x")
    assert "left out: 2 posts with words that were withdrawn" in result.stderr
    assert texts(series) == ["", "Post 2", "Thank you all."]


def plain_workbook(rows: list[list[object]]) -> bytes:
    book, content = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def test_answers_to_a_form_without_names_are_each_of_somebody_and_the_question_is_suggested(series: Path) -> None:
    """Microsoft Forms writes "anonymous" and no name; Google Forms has a time, and an address if it asks for one."""
    at = datetime(2026, 4, 7, 8, tzinfo=UTC).replace(tzinfo=None)  # a cell has no zone
    head = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Total points",
        "What would you do?",
        "Points - What",
    ]
    rows = [[1, at, at, "anonymous", None, 0, "Call.", 0], [2, at, at, "ida@a.example", "Ida", 0, "Wait.", 0],
            [3, at, at, "anonymous", None, 0, "Go.", 0]]  # fmt: skip
    file = written(series, "forms.xlsx", plain_workbook([head, *rows]))
    assert '--map "What would you do?=text"' in output_of(imported(series, file))
    mapped = ("--map", "What would you do?=text", "--channel", "form")
    assert imported(series, file, *mapped).exit_code == 0
    assert [(line["author"], line["text"]) for line in record(series)] == [
        ("Participant 1", "Call."), ("Participant 2", "Wait."), ("Participant 3", "Go."),
    ]  # fmt: skip
    assert "0 added, 3 already" in imported(series, file, *mapped).stderr
    google = written(series, "g.csv", "Timestamp,Score,¿Qué haría?\n2026-04-08 08:00:00,0 / 0,Llamar\n")
    assert imported(series, google, "--map", "¿Qué haría?=text", "--channel", "form").exit_code == 0
    assert (record(series)[-1]["author"], texts(series)[-1]) == ("Participant 4", "Llamar")
    by_hand = written(series, "t.csv", "posted,text\n2026-04-08,Llamar\n")
    assert "missing: author" in output_of(imported(series, by_hand)), "a table that is no form"


def test_a_quoted_post_of_bluesky_that_quotes_shows_its_pictures(series: Path) -> None:
    author = {"did": "did:plc:1", "handle": "u1.example"}
    pictures = {"$type": "app.bsky.embed.images#view", "images": [{"alt": "A film"}]}
    inner = {"$type": "app.bsky.embed.recordWithMedia#view", "media": pictures, "record": {"record": {}}}
    quoted = {"author": author, "value": {"text": "Said before."}, "embeds": [inner]}
    card = {
        "$type": "app.bsky.embed.external#view",
        "external": {"uri": "https://j.example/2", "title": "Paper"},
    }
    post = {
        "uri": "at://did:plc:2/app.bsky.feed.post/2",
        "author": author,
        "record": {"text": "Look", "createdAt": AT},
        "embed": {"$type": "app.bsky.embed.recordWithMedia#view", "record": {"record": quoted}, "media": card},
    }
    gone = [
        {"uri": "at://3", "value": {"$type": f"app.bsky.unspecced.defs#threadItem{why}"}}
        for why in ("NotFound", "Blocked", "NoUnauthenticated")
    ]
    thread = {"thread": [{"uri": post["uri"], "value": {"post": post}}, *gone]}
    result = imported(series, written(series, "b.json", thread))
    assert texts(series) == [
        "Look\n\n[Link: Paper (https://j.example/2)]\n\n[Quoted post by Participant 1: Said before. [Picture: A film]]"
    ]
    assert "left out: 3 posts deleted, or hidden by a block" in result.stderr


def test_what_is_left_out_of_a_discussion_of_github_is_said(series: Path) -> None:
    def comment(number: int, **changes: object) -> dict[str, object]:
        address = f"https://github.com/o/r/discussions/1#discussioncomment-{number}"
        fields = {"id": f"D{number}", "url": address, "body": f"Comment {number}", "createdAt": AT, "author": None}
        return {**fields, "replies": {"nodes": []}, **changes}

    nodes = [
        comment(1),
        comment(2, body="", deletedAt=AT, replies={"nodes": [comment(3)]}),
        comment(4, isMinimized=True, minimizedReason="RESOLVED"),
    ]
    answer = {"data": {"repository": {"discussion": {"title": "T", "number": 1, "comments": {"nodes": nodes}}}}}
    result = imported(series, written(series, "g.json", answer))
    assert [(line["author"], line["text"]) for line in record(series)] == [
        ("Participant 1", "Comment 1"), ("Participant 2", "Comment 3"),
    ]  # fmt: skip
    assert "left out: 2 comments deleted, or hidden by a moderator" in result.stderr


def test_a_group_of_a_forum_is_nobody(series: Path) -> None:
    words = '<p>Ask <a class="mention-group" href="/g/staff">@staff</a> or <a class="mention" href="/u/bo">@bo</a></p>'
    post = {
        "id": 1,
        "topic_id": 7,
        "post_number": 1,
        "username": "ida",
        "user_id": 1,
        "created_at": AT,
        "cooked": words,
    }
    imported(series, written(series, "d.json", {"id": 7, "post_stream": {"posts": [post], "stream": [1]}}))
    assert texts(series) == ["Ask @staff or Participant 2"]


def test_posts_in_a_community_of_x_are_posts(series: Path) -> None:
    tweet = {"id_str": "4", "created_at": "Tue Apr 07 08:00:00 +0000 2026", "full_text": "In a community"}
    file = written(series, "community-tweet.js", f"window.YTD.community_tweet.part0 = {json.dumps([{'tweet': tweet}])}")
    imported(series, file)
    assert texts(series) == ["In a community"]


def test_comments_of_a_page_in_the_bin_stay_out(series: Path) -> None:
    comment = (
        "<wp:comment><wp:comment_id>{0}</wp:comment_id><wp:comment_author>Ole</wp:comment_author><wp:comment_date_gmt>"
        "2026-04-07 08:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved><wp:comment_type>{1}"
        "</wp:comment_type><wp:comment_content>{2}</wp:comment_content></wp:comment>"
    )
    page = (
        "<item><title>{0}</title><wp:post_id>{1}</wp:post_id><wp:status>{2}</wp:status>"
        "<wp:post_type>medic_case</wp:post_type>{3}</item>"
    )
    items = (
        page.format(
            "Case", 1, "publish", comment.format(1, "comment", "read") + comment.format(2, "note", "an editor")
        ),
        page.format("Gone", 2, "trash", comment.format(3, "comment", "gone")),
        page.format("Draft", 3, "draft", comment.format(4, "comment", "again a draft")),
    )
    names = 'xmlns:wp="http://wordpress.org/export/1.2/"'
    result = imported(series, written(series, "w.xml", f"<rss {names}><channel>{''.join(items)}</channel></rss>"))
    assert texts(series) == ["read", "again a draft"]
    assert "left out: the comments of 1 page in the bin" in result.stderr
    assert "1 page not public, so its comments were not: “Draft”" in result.stderr
