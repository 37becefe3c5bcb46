"""A network on this machine: a server that plays the API of Mastodon, Bluesky and GitHub, with faults when asked."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from local_server import Answer, Request, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
        make_answer = self.answers.get(path.partition("?")[0])
        value = make_answer(path, body) if make_answer else None
        return (200, {}, value) if value is not None else (404, {}, {"error": "Record not found"})


@contextmanager
def network() -> Iterator[Network]:
    """A network that lives as long as the block."""
    server = Network()

    def respond(request: Request) -> Answer:
        server.headers = dict(request.headers)
        return server.answer(request.path, request.body)

    with serving(respond) as server.address:
        yield server
