"""The server of a desk, for one browser on this machine.

Other pages in that browser are strangers: they can send requests to this machine, and can make their own name lead to
it (DNS rebinding). So every request must know the token in the address, name this machine as its host and, if it says
where it comes from, come from the desk itself. What writes must be JSON, which no form of another page can send.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Mapping, MutableMapping
    from typing import Any

    from starlette.requests import Request
    from starlette.responses import Response

    Scope = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
    Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The most bytes that a request may bring.
LARGEST = 16 * 1024 * 1024
_TOKEN_BYTES = 32
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: For the preview of the commentary, which runs no script and is shown in the desk itself. Its links open new tabs,
#: which are free of it.
_COMMENTARY_PREVIEW = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


class Unavailable(Exception):  # noqa: N818 - a state, which passes
    """A case cannot be curated at this moment; the message says why, and the page shows it."""


class Workbench(Protocol):
    """What the server hands requests to. Its functions are called in threads, one at a time."""

    def page(self) -> tuple[str, str]:
        """Return the page and its Content-Security-Policy."""

    def desk(self) -> Mapping[str, object]:
        """Return the desk, as plain values."""

    def keep_curation(self, body: bytes, revision: str, keep: str) -> tuple[int, Mapping[str, object]]:
        """Save a curation: the HTTP status, and what the page is answered."""

    def keep_history(self, body: bytes) -> None:
        """Keep what the page needs to undo."""

    def preview(self, pending: str) -> str:
        """Return the commentary as the site will show it."""

    def problems(self) -> object:
        """Return what `check` says of the case."""

    def letters(self) -> object:
        """Return a letter to each person to ask."""

    def suggestions(self) -> object:
        """Return where to look in the record. It writes nothing, and may be called beside the others."""

    def picture(self, path: str) -> tuple[bytes, str] | None:
        """Return a picture of the case and its media type; None if it has no such picture."""


def new_token() -> str:
    """Return a word that nobody can guess."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def app(bench: Workbench, token: str, port: int) -> App:
    """Return the desk as an ASGI application.

    Args:
        bench: does the work.
        token: the first part of every address.
        port: on which it is served.
    """
    from starlette.applications import Starlette
    from starlette.routing import Route

    routes = _Routes(bench)
    desk_app = Starlette(
        routes=[
            Route("/", routes.page),
            Route("/api/desk", routes.desk),
            Route("/api/curation", routes.curation, methods=["PUT"]),
            Route("/api/history", routes.history, methods=["POST"]),
            Route("/api/problems", routes.problems),
            Route("/api/letters", routes.letters),
            Route("/api/suggestions", routes.suggestions),
            Route("/preview", routes.preview),
            Route("/picture/{path:path}", routes.picture),
        ],
        exception_handlers={Unavailable: _unavailable_response},
    )
    return _guard(desk_app, token, port)


def serve(bench: Workbench, token: str, listening: socket.socket) -> None:
    """Serve a desk on a socket until the process is interrupted."""
    import uvicorn

    port = listening.getsockname()[1]
    settings = uvicorn.Config(
        app(bench, token, port), loop="asyncio", http="h11", ws="none", lifespan="off", log_level="error",
        access_log=False, server_header=False,
    )  # fmt: skip
    uvicorn.Server(settings).run(sockets=[listening])


def _guard(desk_app: App, token: str, port: int) -> App:
    """Return an application that answers only requests of the desk itself."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    origins = {f"http://{host}" for host in hosts}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        first, _, path_after_token = str(scope["path"]).removeprefix("/").partition("/")
        status = _refusal(headers, hosts, origins, has_token=hmac.compare_digest(first.encode(), token.encode()))
        if not status and not (path_after_token or scope["path"].endswith("/")):
            status = HTTPStatus.NOT_FOUND
        if not status and scope["method"] in {"PUT", "POST"} and not _is_json(headers):
            status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        if status:
            await _refuse(send, status)
            return
        scope = {**scope, "path": f"/{path_after_token}", "raw_path": f"/{path_after_token}".encode(), "root_path": ""}
        await desk_app(scope, receive, send)

    return answer


def _refusal(
    headers: list[tuple[bytes, str]], hosts: set[str], origins: set[str], *, has_token: bool
) -> HTTPStatus | None:
    """Return why a request is refused; None if it is not."""
    hosts_named = [value.lower() for name, value in headers if name == b"host"]
    if len(hosts_named) != 1 or hosts_named[0] not in hosts:
        return HTTPStatus.FORBIDDEN
    if not has_token:
        return HTTPStatus.NOT_FOUND
    if any(name == b"origin" and value.lower() not in origins for name, value in headers):
        return HTTPStatus.FORBIDDEN
    if any(name == b"sec-fetch-site" and value not in {"same-origin", "none"} for name, value in headers):
        return None if _is_opened(headers) else HTTPStatus.FORBIDDEN
    return None


def _is_opened(headers: list[tuple[bytes, str]]) -> bool:
    """Return whether a person opens a window, as by a link in a terminal that is a web page.

    That page reads nothing.
    """
    navigation_headers = {(b"sec-fetch-dest", "document"), (b"sec-fetch-mode", "navigate")}
    return navigation_headers <= set(headers) and not any(name in {b"origin", b"content-type"} for name, _ in headers)


def _is_json(headers: list[tuple[bytes, str]]) -> bool:
    kinds = [value.partition(";")[0].strip().lower() for name, value in headers if name == b"content-type"]
    return kinds == ["application/json"]


async def _refuse(send: Send, status: HTTPStatus) -> None:
    reason = status.phrase.encode()
    response_headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(reason)).encode())]
    await send({"type": "http.response.start", "status": status.value, "headers": response_headers})
    await send({"type": "http.response.body", "body": reason})


class _Routes:
    """What each address answers. The work is done in a thread, one request after the other."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._turn = asyncio.Lock()

    async def _run_in_turn(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the work returns
        async with self._turn:
            return await asyncio.to_thread(work)

    async def page(self, _: Request) -> Response:
        html, policy = await self._run_in_turn(self._bench.page)
        return _html_response(html, f"{policy}; frame-ancestors 'none'")

    async def desk(self, _: Request) -> Response:
        return _json_response(await self._run_in_turn(self._bench.desk))

    async def curation(self, request: Request) -> Response:
        body = await _read_body(request)
        if body is None:
            return _json_response({"problems": [_TOO_LARGE]}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        revision, keep = request.headers.get("if-match", ""), request.query_params.get("keep", "")
        status, answer = await self._run_in_turn(lambda: self._bench.keep_curation(body, revision, keep))
        return _json_response(answer, status)

    async def history(self, request: Request) -> Response:
        body = await _read_body(request)
        if body is None:
            return _json_response({"problems": [_TOO_LARGE]}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        await self._run_in_turn(lambda: self._bench.keep_history(body))
        return _json_response({})

    async def problems(self, _: Request) -> Response:
        return _json_response({"problems": await self._run_in_turn(self._bench.problems)})

    async def letters(self, _: Request) -> Response:
        return _json_response(await self._run_in_turn(self._bench.letters))

    async def suggestions(self, _: Request) -> Response:
        return _json_response(
            await asyncio.to_thread(self._bench.suggestions)
        )  # seconds, in which nobody waits to save

    async def preview(self, request: Request) -> Response:
        pending = request.query_params.get("pending", "show")
        return _html_response(await self._run_in_turn(lambda: self._bench.preview(pending)), _COMMENTARY_PREVIEW)

    async def picture(self, request: Request) -> Response:
        from starlette.responses import Response

        content_and_type = await self._run_in_turn(lambda: self._bench.picture(request.path_params["path"]))
        if content_and_type is None:
            return Response(status_code=HTTPStatus.NOT_FOUND, headers=_HEADERS)
        return Response(
            content_and_type[0],
            media_type=content_and_type[1],
            headers={**_HEADERS, "Content-Security-Policy": "sandbox"},
        )


_TOO_LARGE = {"code": "", "severity": "error", "message": "this is too large to be a curation", "hint": ""}


async def _read_body(request: Request) -> bytes | None:
    """Return what a request brings; None if it is too large."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > LARGEST:
            return None
    return bytes(received)


async def _unavailable_response(_: Request, error: Exception) -> Response:
    return _json_response(
        {"problems": [{"code": "", "severity": "error", "message": str(error), "hint": ""}]},
        HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _html_response(text: str, policy: str) -> Response:
    from starlette.responses import Response

    headers = {**_HEADERS, "Content-Security-Policy": policy}
    return Response(text.encode(), media_type="text/html; charset=utf-8", headers=headers)


def _json_response(value: object, status: int = HTTPStatus.OK) -> Response:
    from starlette.responses import Response

    text = json.dumps(value, ensure_ascii=False)
    return Response(text.encode(), status, media_type="application/json", headers=_HEADERS)
