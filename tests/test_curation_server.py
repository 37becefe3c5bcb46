"""The desk's server answers the desk, and no other page, and no form."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from casebuilder.editorial.curation.desk import page, server

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT, TOKEN = 8321, "a-token"
OWN = {"host": f"127.0.0.1:{PORT}"}
JSON = {**OWN, "content-type": "application/json"}


class Bench:
    """A workbench that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any of the bench's functions
        def answer(*arguments: object) -> object:
            self.asked.append(name)
            answers = {
                "page": ("<p>", "default-src 'none'"), "preview": "<p>",
                "keep_curation": (200, {"got": len(arguments)}),
                "picture": None, "desk": {}, "problems": [], "letters": {"letters": []},
            }  # fmt: skip
            return answers.get(name)

        return answer


def send(
    method: str, path: str, headers: Mapping[str, str], body: bytes = b"", bench: Bench | None = None
) -> tuple[int, dict[str, str], bytes]:
    """What the application answers to a request: status, headers, body."""
    messages: list[dict[str, Any]] = []
    path_alone, _, query = path.partition("?")
    scope = {
        "type": "http", "method": method, "path": path_alone, "raw_path": path_alone.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()], "http_version": "1.1",
        "scheme": "http", "root_path": "", "client": ("127.0.0.1", 5), "server": ("127.0.0.1", PORT),
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def take(message: Any) -> None:  # noqa: ANN401 - ASGI's
        messages.append(message)

    async def run() -> None:
        await server.app(bench or Bench(), TOKEN, PORT)(scope, receive, take)

    with ThreadPoolExecutor(1) as pool:  # a test before it may have left the loop of a browser running in this thread
        pool.submit(asyncio.run, run()).result()
    start = messages[0]
    headers_sent = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], headers_sent, b"".join(each.get("body", b"") for each in messages[1:])


READS = ("", "api/desk", "api/problems", "api/letters", "preview")
WRITES = (("PUT", "api/curation"), ("POST", "api/history"))


def test_the_desk_itself_reads_and_writes() -> None:
    bench = Bench()
    for host in ("127.0.0.1", "localhost"):
        own = {"host": f"{host}:{PORT}", "origin": f"http://{host}:{PORT}", "sec-fetch-site": "same-origin"}
        for path in READS:
            assert send("GET", f"/{TOKEN}/{path}", own, bench=bench)[0] == 200
        for method, path in WRITES:
            headers = {**own, "content-type": "application/json"}
            assert send(method, f"/{TOKEN}/{path}", headers, b"{}", bench)[0] == 200
    assert {"desk", "keep_curation", "keep_history"} <= set(bench.asked)


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},  # a name that was made to lead here (DNS rebinding)
        {"host": f"evil.example:{PORT}"},
        {"host": "127.0.0.1"},
        {"host": f"127.0.0.1:{PORT + 1}"},
        {"host": f"127.0.0.1.evil.example:{PORT}"},
        {"host": f"localhost.evil.example:{PORT}"},
        {"host": f"127.0.0.1:{PORT}@evil.example"},
        {},
        {**OWN, "origin": "https://evil.example"},
        {**OWN, "origin": "null"},
        {**OWN, "origin": f"http://127.0.0.1:{PORT + 1}"},
        {**OWN, "origin": f"https://127.0.0.1:{PORT}"},
        {**OWN, "origin": f"http://127.0.0.1:{PORT}.evil.example"},
        {**OWN, "sec-fetch-site": "cross-site"},
        {**OWN, "sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_another_page_cannot_read_or_write(headers: dict[str, str]) -> None:
    bench = Bench()
    for path in READS:
        status, found, body = send("GET", f"/{TOKEN}/{path}", headers, bench=bench)
        assert status in {403, 404}
        assert body in {b"Forbidden", b"Not Found"}
        assert not [name for name in found if name.startswith("access-control")]
    for method, path in WRITES:
        assert send(method, f"/{TOKEN}/{path}", {**headers, "content-type": "application/json"}, b"{}", bench)[0] == 403
    assert not bench.asked


@pytest.mark.parametrize(
    "path", ["/", "/api/desk", "//api/desk", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/", "/%61-token/", f"/{TOKEN}"]
)
def test_without_the_token_nothing_is_there(path: str) -> None:
    bench = Bench()
    assert send("GET", path, OWN, bench=bench)[0] == 404
    assert send("PUT", path, JSON, b"{}", bench)[0] in {404, 405}
    assert not bench.asked


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "application/jsonx"]
)
def test_what_a_form_can_send_writes_nothing(kind: str) -> None:
    bench = Bench()
    headers = {**OWN, "content-type": kind} if kind else OWN
    for method, path in WRITES:
        assert send(method, f"/{TOKEN}/{path}", headers, b'{"a": "="}', bench)[0] == 415
    assert send("POST", f"/{TOKEN}/api/curation", headers, b"{}", bench)[0] in {405, 415}
    assert not bench.asked


def test_a_link_in_a_terminal_that_is_a_web_page_opens_the_desk() -> None:
    opened = {"sec-fetch-dest": "document", "sec-fetch-mode": "navigate", "sec-fetch-site": "same-site"}
    assert send("GET", f"/{TOKEN}/", {**OWN, **opened})[0] == 200
    for other in ({"sec-fetch-dest": "iframe"}, {"sec-fetch-mode": "cors"}, {"origin": "http://127.0.0.1:1"}):
        assert send("GET", f"/{TOKEN}/", {**OWN, **opened, **other})[0] == 403
    assert send("POST", f"/{TOKEN}/api/history", {**JSON, **opened}, b"{}")[0] == 403


def test_no_answer_permits_another_origin_and_none_is_kept() -> None:
    for path in READS:
        _, found, _ = send("GET", f"/{TOKEN}/{path}", OWN)
        assert found["cache-control"] == "no-store"
        assert found["referrer-policy"] == "no-referrer"
        assert found["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in found
    assert send("OPTIONS", f"/{TOKEN}/api/curation", {**OWN, "origin": "https://evil.example"})[0] == 403
    assert "frame-ancestors 'none'" in send("GET", f"/{TOKEN}/", OWN)[1]["content-security-policy"]
    assert "sandbox" in send("GET", f"/{TOKEN}/preview", OWN)[1]["content-security-policy"]


def test_too_much_is_refused() -> None:
    bench = Bench()
    assert send("PUT", f"/{TOKEN}/api/curation", JSON, b" " * (server.LARGEST + 1), bench)[0] == 413
    assert not bench.asked


def test_the_wheel_has_everything_that_the_page_is_made_of() -> None:
    root = Path(__file__).parents[1]
    packed = {file.distribution_path for file in WheelBuilder(str(root)).recurse_included_files()}
    room = "casebuilder/editorial/curation/desk"
    for name in (*page.SCRIPTS, *page.STYLES, "templates/desk.html.j2", "server.py"):
        assert f"{room}/{name}" in packed
    listed = {path.name for path in (root / "src" / room).glob("*.js")}
    assert listed == set(page.SCRIPTS), "no script is forgotten"


def test_the_page_allows_its_own_script_and_style_only() -> None:
    html, policy = page.page("A </title><script>x</script>", "en")
    assert "<script>x</script>" not in html
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "https:" not in policy
