"""A server on this machine that gives answers of a test's own, with faults in HTTP when asked."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Status, headers, and the body: a value as JSON, or bytes.
Answer = tuple[int, dict[str, str], Any]


class Request(NamedTuple):
    """What was asked; the body is None if there was none, or else JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@contextmanager
def serving(answer: Callable[[Request], Answer], host: str = "127.0.0.1") -> Iterator[str]:
    """Serve as long as the block; its value is the server's address. An own `Content-Length` ends a body too early."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _give(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            status, headers, value = answer(Request(self.command, self.path, dict(self.headers.items()), body))
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            for name, content in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, content)
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = "Content-Length" in headers

        do_GET = do_POST = do_PATCH = do_PUT = _give  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who asks may hang up
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
