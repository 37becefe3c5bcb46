"""A server on this machine that plays GitHub's API for one repository, with faults when asked."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

from local_server import Answer, Request, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = "dict[str, Any]"
REPOSITORY, PROGRAM = "o/series", "o/casebuilder"
BOT = "github-actions[bot]"
HEAD = "b" * 40


@dataclass
class Hub:
    """What the repository holds, and what was asked.

    Attributes:
        newest: the newest commit of casebuilder's own repository; empty if it is private.
        issues: issues and pull requests by number.
        comments: by the number of the issue.
        pulls, artifacts, runs: as the API lists them.
        blobs: the files behind artifacts, by id; they lie on another host, which must not see a token.
        faults: answers that are given first: a status, headers, and a body.
        asked: method and path of each request.
        sent: the body of each request that had one.
        leaked: tokens that the other host was given.
    """

    address: str = ""
    newest: str = ""
    issues: dict[int, Json] = field(default_factory=dict)
    comments: dict[int, list[Json]] = field(default_factory=dict)
    pulls: list[Json] = field(default_factory=list)
    artifacts: list[Json] = field(default_factory=list)
    runs: list[Json] = field(default_factory=list)
    blobs: dict[int, bytes] = field(default_factory=dict)
    faults: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a run on GitHub."""
        return {
            "GITHUB_API_URL": self.address,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_TOKEN": "secret-token",
            "GITHUB_RUN_ID": "7",
            "GITHUB_SHA": HEAD,
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_REF_NAME": "main",
            "GITHUB_WORKFLOW_REF": f"{REPOSITORY}/.github/workflows/publish.yml@refs/heads/main",
        }

    @property
    def changed(self) -> list[str]:
        """The requests that change something."""
        return [request for request in self.asked if not request.startswith("GET")]

    def add_issue(self, body: str, login: str = BOT, **fields: object) -> int:
        """Add an issue, and return its number."""
        number = len(self.issues) + 1
        user = {"login": login, "type": "Bot" if login == BOT else "User"}
        self.issues[number] = {"number": number, "state": "open", "body": body, "user": user, **fields}
        return number

    def answer(self, method: str, path: str, body: Json) -> Answer:
        """What GitHub answers."""
        parts = urlsplit(path)
        resource = parts.path.removeprefix(f"/repos/{REPOSITORY}/")
        if resource == f"/repos/{PROGRAM}/commits/HEAD" and self.newest:
            return 200, {}, {"sha": self.newest}
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if method == "GET":
            return self._given(resource, query)
        return self._changed(f"{method} {resource}", body)

    def _given(self, resource: str, query: dict[str, str]) -> Answer:
        last = int(query.get("page", "1")) * (size := int(query.get("per_page", "30")))
        lists: dict[str, list[Json]] = {
            "pulls": self.pulls,
            "issues": [issue for issue in self.issues.values() if issue["state"] == query.get("state", "open")],
            **{f"issues/{number}/comments": comments for number, comments in self.comments.items()},
        }
        list_names = {"actions/runs/7/artifacts": "artifacts", "actions/workflows/publish.yml/runs": "runs"}
        if resource in lists or re.fullmatch(r"issues/\d+/comments", resource):
            return 200, {}, lists.get(resource, [])[last - size : last]
        if name := list_names.get(resource):
            field_name = {"runs": "workflow_runs"}.get(name, name)
            return 200, {}, {field_name: getattr(self, name)[last - size : last]}
        if match := re.fullmatch(r"actions/artifacts/(\d+)/zip", resource):
            other = self.address.replace("127.0.0.1", "localhost")
            return 302, {"Location": f"{other}/blob/{match[1]}"}, {}
        return 404, {}, {"message": "Not Found"}

    def _changed(self, request: str, body: Json) -> Answer:
        if request == "POST issues":
            return 201, {}, self.issues[self.add_issue(**body)]
        if match := re.fullmatch(r"POST issues/(\d+)/comments", request):
            comments = self.comments.setdefault(int(match[1]), [])
            comments.append({"id": 100 + len(comments), "user": {"login": BOT, "type": "Bot"}, **body})
            return 201, {}, comments[-1]
        if match := re.fullmatch(r"PATCH issues/(comments/)?(\d+)", request):
            matching = [
                comment for comments in self.comments.values() for comment in comments if comment["id"] == int(match[2])
            ]
            (entry,) = matching if match[1] else [self.issues[int(match[2])]]
            entry.update(body)
            return 200, {}, entry
        if re.fullmatch(r"PUT actions/workflows/[\w-]+\.yml/enable", request):
            return 204, {}, b""
        return (202, {}, {"id": "1"}) if request == "POST code-scanning/sarifs" else (404, {}, {"message": "Not Found"})


@contextmanager
def hub() -> Iterator[Hub]:
    """A GitHub that lives as long as the block; "localhost" is its other host."""
    server = Hub()

    def respond(request: Request) -> Answer:
        server.asked.append(f"{request.method} {request.path}")
        if request.body is not None:
            server.sent.append(request.body)
        if request.path.startswith("/blob/"):
            server.leaked += [value for value in request.headers.values() if "secret-token" in value]
            return 200, {}, server.blobs[int(request.path.removeprefix("/blob/"))]
        if server.faults:
            return server.faults.pop(0)
        if request.headers.get("Authorization") != "Bearer secret-token":
            return 401, {}, {"message": "Bad credentials"}
        return server.answer(request.method, request.path, request.body or {})

    with serving(respond, host="") as server.address:
        yield server
