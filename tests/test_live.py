"""`discussion import --from`: networks are asked page by page, with patience, and nothing else than what was named."""

from __future__ import annotations

import json
import re
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

import zoo_keeper
from casebuilder.cli import main
from casebuilder.editorial.discussion import TranscriptError, fetching
from casebuilder.editorial.discussion.fetching import client
from casebuilder.editorial.discussion.fetching.tokens import token_for
from network import Network, network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLUB = "2026-04-paper-club"
RECORD = f"commentary/{CLUB}/discussion.jsonl"


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(client, "BACKOFF", 0.0)
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "MASTODON_TOKEN", "GH_HOST", "MASTODON_SERVER"):
        monkeypatch.delenv(name, raising=False)
    return zoo_keeper.lay_out("_sound", tmp_path)


@pytest.fixture
def net() -> Iterator[Network]:
    with network() as server:
        yield server


def fetched(series: Path, *addresses: str) -> Result:
    order = ["discussion", "import", CLUB, "--series", str(series)]
    order += [word for address in addresses for word in ("--from", address)]
    result = CliRunner().invoke(main, order, env={"CASEBUILDER_SECRET": "long word"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def said(result: Result) -> str:
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", result.output).split())


def record(series: Path) -> list[dict[str, Any]]:
    place = series / RECORD
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()] if place.exists() else []


def status(net: Network, number: int, parent: int | None, replies: int = 0) -> dict[str, Any]:
    return {
        "id": str(number),
        "created_at": f"2026-04-07T09:{number % 60:02}:00.000Z",
        "in_reply_to_id": None if parent is None else str(parent),
        "visibility": "public",
        "uri": f"{net.address}/users/u{number}/statuses/{number}",
        "url": f"{net.address}/@u{number}/{number}",
        "content": f"<p>Post {number}</p>",
        "replies_count": replies,
        "account": {"username": f"u{number}", "acct": f"u{number}", "url": f"{net.address}/@u{number}"},
    }


def play_mastodon(net: Network, *, given: int = 3) -> None:
    """A thread of ten replies in a row; the context of each gives the next few."""
    posts = [status(net, n, n - 1 if n > 500 else None, int(n < 510)) for n in range(500, 511)]
    for index, post in enumerate(posts):
        base = f"/api/v1/statuses/{post['id']}"
        net.answers[base] = lambda _, __, one=post: one
        below = {"ancestors": posts[:index], "descendants": posts[index + 1 : index + 1 + given]}
        net.answers[f"{base}/context"] = lambda _, __, one=below: one


# --- each network


def test_a_thread_of_mastodon_is_fetched_to_its_end(series: Path, net: Network) -> None:
    play_mastodon(net)
    result = fetched(series, f"{net.address}/@u500/500")
    assert result.exit_code == 0, result.output
    lines = record(series)
    assert [line["text"] for line in lines] == [f"Post {number}" for number in range(500, 511)]
    assert [line.get("in_reply_to") for line in lines] == [None, *(f"c{n:02}" for n in range(1, 11))]
    assert "Authorization" not in net.headers
    assert fetched(series, f"{net.address}/@u500/500").stderr.endswith("0 added, 11 already in the record\n")


def node(number: int, replies: list[Any], count: int | None = None) -> dict[str, Any]:
    uri = f"at://did:plc:{number}/app.bsky.feed.post/{number}"
    record: dict[str, Any] = {"text": f"Post {number}", "createdAt": f"2026-04-07T09:{number:02}:00Z"}
    if number > 1:
        above = number - 1
        record["reply"] = {"parent": {"uri": f"at://did:plc:{above}/app.bsky.feed.post/{above}"}}
    author = {"did": f"did:plc:{number}", "handle": f"u{number}.example"}
    replied = len(replies) if count is None else count
    return {"post": {"uri": uri, "author": author, "record": record, "replyCount": replied}, "replies": replies}


def test_branches_that_bluesky_cuts_off_are_asked_for(series: Path, net: Network) -> None:
    def answer(path: str, _: object) -> object:
        uri = parse_qs(urlsplit(path).query)["uri"][0]
        if uri.endswith("/1"):
            return {"thread": node(1, [node(2, [], 1)])}
        return {"thread": node(2, [node(3, [])])} if uri.endswith("/2") else None

    net.answers["/xrpc/app.bsky.feed.getPostThread"] = answer
    assert fetched(series, f"{net.address}/profile/u1.example/post/1").exit_code == 0
    assert [(line["text"], line.get("in_reply_to")) for line in record(series)] == [
        ("Post 1", None), ("Post 2", "c01"), ("Post 3", "c02"),
    ]  # fmt: skip


def comment(number: int, replies: list[Any] | None = None, *, more: bool = False) -> dict[str, Any]:
    return {
        "id": f"DC_{number}",
        "url": f"https://github.example/o/r/discussions/4#discussioncomment-{number}",
        "body": f"Comment {number}",
        "createdAt": f"2026-04-07T09:{number:02}:00Z",
        "author": {"login": f"u{number}"},
        "replies": {"pageInfo": {"hasNextPage": more, "endCursor": "r"}, "nodes": replies or []},
    }


def test_pages_of_github_are_followed_with_a_token_for_that_host_alone(
    series: Path, net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(_: str, body: Any) -> object:  # noqa: ANN401 - JSON
        variables = body["variables"]
        if "id" in variables:
            return {"data": {"node": {"replies": {"pageInfo": {"hasNextPage": False}, "nodes": [comment(12)]}}}}
        last = variables["after"] == "page2"
        nodes = [comment(20)] if last else [comment(10, [comment(11)], more=True)]
        comments = {"pageInfo": {"hasNextPage": not last, "endCursor": "page2"}, "nodes": nodes}
        opening = {"id": "D", "url": "https://github.example/o/r/discussions/4", "body": "Opening", "title": "T"}
        opening |= {"createdAt": "2026-04-07T08:00:00Z", "author": {"login": "o"}, "comments": comments}
        return {"data": {"repository": {"discussion": opening}}}

    net.answers["/api/graphql"] = answer
    monkeypatch.setenv("GITHUB_TOKEN", "of-github-com")
    refused = fetched(series, f"{net.address}/o/r/discussions/4")
    assert refused.exit_code == 2
    assert "GH_ENTERPRISE_TOKEN" in said(refused)
    assert net.asked == []
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "of-ours")
    result = fetched(series, f"{net.address}/o/r/discussions/4")
    assert result.exit_code == 0, result.output
    assert [(line["text"], line["kind"], line.get("in_reply_to")) for line in record(series)] == [
        ("Opening", "original", None),
        ("Comment 10", "original", None),
        ("Comment 11", "reply", "c02"),
        ("Comment 12", "reply", "c02"),
        ("Comment 20", "original", None),
    ]
    assert "more comments" not in result.stderr
    assert net.headers["Authorization"] == "Bearer of-ours"
    assert "of-ours" not in "".join(path.read_text() for path in series.rglob("*.jsonl"))


def test_github_says_its_errors_in_an_answer_that_is_invalid(
    series: Path, net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", "of-ours")
    net.answers["/api/graphql"] = lambda *_: {
        "data": {"repository": None},
        "errors": [{"message": "Could not resolve"}],
    }
    assert "GitHub says: Could not resolve" in said(fetched(series, f"{net.address}/o/r/discussions/4"))
    net.answers["/api/graphql"] = lambda *_: {"data": {"repository": {"discussion": None}}}
    assert "has no discussion 4 in o/r" in said(fetched(series, f"{net.address}/o/r/discussions/4"))


# --- faults that pass


@pytest.mark.parametrize(
    "faults",
    [
        [(429, {"Retry-After": "0"}, {})],
        [(503, {}, b"<html>busy</html>"), (500, {}, b"")],
        [(403, {"Retry-After": "0"}, {"message": "secondary rate limit"})],
        [(200, {"Content-Length": "5000"}, b'{"id": ')],
        [(301, {"Location": "/api/v1/statuses/500"}, b"")],
        [(429, {"Retry-After": "Fri, 01 Jan 2021 00:00:00 GMT"}, {})],
        [(429, {"Retry-After": "soon"}, {})],
    ],
    ids=["429", "5xx", "403", "cut off", "same host", "date", "nonsense"],
)
def test_a_passing_fault_is_tried_again(series: Path, net: Network, faults: list[Any]) -> None:
    play_mastodon(net)
    net.faults = list(faults)
    result = fetched(series, f"{net.address}/@u500/500")
    assert result.exit_code == 0, result.output
    assert len(record(series)) == 11


# --- faults that stay


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (
            (404, {}, {"error": "Record not found"}),
            "or does not show it to everybody: Record not found",
        ),
        ((410, {}, b""), "says that the post was deleted"),
        ((401, {}, {"error": "This API requires authentication"}), "needs a token"),
        ((429, {"Retry-After": "3600"}, {}), "asks to wait 60 minutes"),
        ((429, {"Retry-After": "0"}, {}), "is asked too much at the moment"),
        ((403, {"X-RateLimit-Remaining": "0"}, {}), "is asked too much at the moment"),
        ((500, {}, b""), "answers with an error (HTTP 500)"),
        ((200, {}, b"<!DOCTYPE html><title>Sign in</title>"), "answers with a page for people"),
        ((200, {}, b"[" * 100_000), "answers with no JSON"),
        ((200, {"Content-Length": "5000"}, b'{"id": '), "breaks off in the middle"),
        ((302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""), "redirects to 169.254.169.254"),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "redirects to 10.0.0.1, which you did not name"),
        ((302, {"Location": "http://127.0.0.1:22/"}, b""), "redirects to 127.0.0.1"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "redirects to nowhere"),
        ((302, {"Location": "/@u500/500"}, b""), "redirects again and again"),
        ((404, {}, {"error": "\x1b[31mred \u202eeye"}), "to everybody: [31mred eye"),
    ],
)
def test_a_fault_that_stays_is_reported_in_plain_words(
    net: Network,
    fault: Any,  # noqa: ANN401 - an answer
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "BACKOFF", 0.0)
    net.faults = [fault] * 30
    with pytest.raises(TranscriptError, match=re.escape(message)):
        fetching.fetch(f"{net.address}/@u500/500", {})


def test_after_a_fault_that_stays_nothing_is_written(series: Path, net: Network) -> None:
    net.faults = [(404, {}, {"error": "Record not found"})]
    result = fetched(series, f"{net.address}/@u500/500")
    assert (result.exit_code, record(series)) == (2, [])
    assert "has no such post" in said(result)


def test_an_endless_answer_is_cut_off(series: Path, net: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LARGEST", 1024)
    net.faults = [(200, {}, b" " * 5000)]
    assert "answers with more than" in said(fetched(series, f"{net.address}/@u500/500"))


def test_a_server_that_is_silent_or_not_there_is_reported(series: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "READ", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/@u/1"
        assert "does not answer in time" in said(fetched(series, address))
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # so that no other program gets this port
        assert "cannot be reached" in said(fetched(series, f"http://127.0.0.1:{deaf.getsockname()[1]}/@u/1"))
    assert "is not a known server" in said(fetched(series, "https://nowhere.invalid/@u/1"))


def test_answers_that_are_too_large_together_are_cut_off(
    series: Path, net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_mastodon(net)
    monkeypatch.setattr(client, "LARGEST", 4000)
    assert "answers with more than" in said(fetched(series, f"{net.address}/@u500/500"))
    assert record(series) == []


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[", b"HTTP/1.1 200 OK\r\nX-A: "])
def test_a_server_that_sends_a_letter_now_and_then_is_not_waited_for(
    begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "WHOLE", 0.05)
    monkeypatch.setattr(client, "READ", 0.05)
    monkeypatch.setattr(client, "BACKOFF", 0.0)
    stop = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):  # it is closed at the other end
            connection.recv(4096)
            connection.sendall(begun)
            while not stop.wait(0.02):
                connection.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,))
        thread.start()
        try:
            with pytest.raises(TranscriptError, match="does not answer in time"):
                fetching.fetch(f"http://127.0.0.1:{server.getsockname()[1]}/@u/1", {})
        finally:
            stop.set()
            thread.join()


def test_more_requests_than_a_discussion_needs_are_not_made(
    series: Path, net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_REQUESTS", 3)
    play_mastodon(net, given=1)
    assert "needs more than 3 requests" in said(fetched(series, f"{net.address}/@u500/500"))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("social.example/@u/1", "is not an address as a browser shows it"),
        ("file:///etc/passwd", "is not an address as a browser shows it"),
        ("https://me:secret@social.example/@u/1", "is not an address as a browser shows it"),
        ("https://social.example:port/@u/1", "is not an address as a browser shows it"),
        ("https://x.com/u/status/1", "is not a post that can be fetched. These can: https://SERVER/@NAME/NUMBER"),
        ("https://social.example/@u", "is not a post that can be fetched"),
    ],
)
def test_what_is_no_address_of_a_post_is_not_asked(address: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=re.escape(message)):
        fetching.fetch(address, {})


@pytest.mark.parametrize(
    "path", ["/notice/AbCdEfGhIjKlMnOpQr", "/@u/posts/AbCdEfGhIjKlMnOpQr", "/@u/statuses/01HX0000000000000000000000"]
)
def test_posts_of_other_programs_with_the_api_of_mastodon_are_asked_for(net: Network, path: str) -> None:
    name = path.rpartition("/")[2]
    net.answers |= {f"/api/v1/statuses/{name}": lambda *_: {"id": name}}
    net.answers |= {f"/api/v1/statuses/{name}/context": lambda *_: {"ancestors": [], "descendants": []}}
    (source,) = fetching.fetch(f"{net.address}{path}", {})
    assert json.loads(source.data) == [{"id": name}]


def test_nothing_named_is_wrong_usage(series: Path) -> None:
    result = fetched(series)
    assert result.exit_code == 2
    assert "name a file to import, or an address with --from" in said(result)


@pytest.mark.parametrize(
    ("address", "server", "token"),
    [
        ("https://social.example/@a/1", "social.example", "T"),
        ("https://social.example/@a/1", "https://Social.example/", "T"),
        ("https://other.example/@a/1", "social.example", ""),
        ("http://127.0.0.1:8000/@a/1", "", "T"),
        ("http://other.example/@a/1", "social.example", ""),
    ],
)
def test_a_token_goes_to_its_own_server(address: str, server: str, token: str) -> None:
    environment = {"MASTODON_TOKEN": "T", "MASTODON_SERVER": server}
    assert token_for(address, environment, "MASTODON_TOKEN", "MASTODON_SERVER") == token


def test_a_token_is_never_sent_unencrypted() -> None:
    environment = {"MASTODON_TOKEN": "T", "MASTODON_SERVER": "social.example"}
    with pytest.raises(TranscriptError, match="would be sent MASTODON_TOKEN unencrypted: begin the address with https"):
        token_for("http://social.example/@a/1", environment, "MASTODON_TOKEN", "MASTODON_SERVER")


@pytest.mark.parametrize("path", ["@a/1", "o/r/discussions/4"])
def test_a_token_whose_server_nobody_names_goes_nowhere(path: str) -> None:
    environment = {"MASTODON_TOKEN": "T", "GH_ENTERPRISE_TOKEN": "T"}
    with pytest.raises(TranscriptError, match=r"is set, but not the server that it is for, and other\.example may be"):
        fetching.fetch(f"https://other.example/{path}", environment)
