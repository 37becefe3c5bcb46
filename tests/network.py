"""A network on this machine: a server that plays the API of Mastodon, Bluesky and GitHub, with faults when asked."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Status, headers, and the body: a value as JSON, or bytes.
Answer = tuple[int, dict[str, str], Any]


@dataclass
class Network:
    """What was asked, and what is answered.

    Attributes:
        answers: by path without its question: a function of the whole path and the body of the question.
        faults: answers that are given first, in order, whatever is asked.
        asked: the paths of all questions.
        headers: those of the last question.
    """

    address: str = ""
    answers: dict[str, Callable[[str, Any], Any]] = field(default_factory=dict)
    faults: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str, body: object) -> Answer:
        """What is answered to a question."""
        self.asked.append(path)
        if self.faults:
            return self.faults.pop(0)
        found = self.answers.get(path.partition("?")[0])
        value = found(path, body) if found else None
        return (200, {}, value) if value is not None else (404, {}, {"error": "Record not found"})


@contextmanager
def network() -> Iterator[Network]:
    """A network that lives as long as the block."""
    own = Network()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._give(None)

        def do_POST(self) -> None:
            self._give(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _give(self, body: object) -> None:
            own.headers = dict(self.headers.items())
            status, headers, value = own.answer(self.path, body)
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            for name, content in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, content)
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = "Content-Length" in headers  # a body that ends too early

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    own.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
