"""GitHub's API for one repository: patience, limits of size, and errors that say what to do.

The token goes to the API's own host and nowhere else: what an artifact's address redirects to is asked without it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

import urllib3

from casebuilder.editorial.discussion.jsontext import at, entries, word
from casebuilder.editorial.github.exchange import GitHubError, Question, Reply, exchange, headers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from urllib3 import BaseHTTPResponse

    from casebuilder.editorial.discussion.jsontext import Json

#: How often a request is made again, and after how many seconds.
TRIES, BACKOFF = 4, 1.0
#: The largest answer in bytes, and how many pages of a list are read.
LARGEST, MOST_PAGES = 10_000_000, 10
_PAGE = 100
_RETRIED = (HTTPStatus.TOO_MANY_REQUESTS, *range(500, 505))
#: Requests that do the same when they are made twice. One that adds something is made again only if it was not heard.
_REPEATABLE = frozenset(("GET", "PUT", "PATCH"))
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
_TOKEN = re.compile(r"[!-~]+")
_SAID = {
    401: "the token is not valid any more",
    403: "the token may not do this: the workflow's job needs another permission",
    404: "there is no such thing, or the token may not see it",
    410: "this is switched off in the repository's settings",
    422: "it does not understand the request",
}


def is_token(text: str) -> bool:
    """Return whether a request can carry this as a token."""
    return _TOKEN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class GitHub:
    """The API for one repository.

    Attributes:
        api: the address of the API, without a slash at its end.
        server: the address of the site, for links.
        repository: "owner/name".
        token: what permits it.
    """

    api: str
    server: str
    repository: str
    token: str

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> GitHub:
        """Return the API that the variables of a run name.

        Raises:
            GitHubError: they name no repository, or there is no token.
        """
        repository = environment.get("GITHUB_REPOSITORY", "")
        token = environment.get("GITHUB_TOKEN", "").strip()
        if not _REPOSITORY.fullmatch(repository):
            raise GitHubError("this command is for a workflow on GitHub: GITHUB_REPOSITORY names no repository")
        if not is_token(token):
            raise GitHubError("GitHub requires a token: give the step one in the variable GITHUB_TOKEN")
        api = environment.get("GITHUB_API_URL") or "https://api.github.com"
        server = environment.get("GITHUB_SERVER_URL") or "https://github.com"
        return cls(api.rstrip("/"), server.rstrip("/"), repository, token)

    def get(self, path: str, **query: str | int) -> Json:
        """Return what is at a path below the repository.

        Raises:
            GitHubError: GitHub does not give it.
        """
        return self._json("GET", self._address(path, query), None)

    def listed(self, path: str, name: str = "", **query: str | int) -> Iterator[Json]:
        """Yield the entries of a list, page by page.

        Args:
            path: below the repository.
            name: the field that holds the list; empty if the answer is the list.
            query: more of the request.

        Raises:
            GitHubError: GitHub does not give it.
        """
        for page in range(1, MOST_PAGES + 1):
            answer = self.get(path, per_page=_PAGE, page=page, **query)
            items = entries(answer, name) if name else answer if isinstance(answer, list) else []
            yield from items
            if len(items) < _PAGE:
                return

    def send(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Json:
        """Change something, and return what GitHub answers.

        Raises:
            GitHubError: GitHub refuses.
        """
        return self._json(method, self._address(path, {}), json.dumps(body or {}).encode())

    def download(self, path: str, largest: int) -> bytes:
        """Return a file, which GitHub keeps on another host; that host does not get the token.

        Raises:
            GitHubError: it cannot be had, or has more than `largest` bytes.
        """
        address = self._address(path, {})
        reply = self._ask(Question("GET", address, headers(self.token)), largest)
        if reply.location:
            following = urljoin(address, reply.location)
            secure = urlsplit(address).scheme != "https" or urlsplit(following).scheme == "https"
            if not secure:
                raise GitHubError("GitHub redirects to an address without encryption")
            reply = self._ask(Question("GET", following, {}), largest)
        if reply.status != HTTPStatus.OK:
            raise _refusal("GET", address, reply.status, b"")
        return reply.data

    def _address(self, path: str, query: Mapping[str, str | int]) -> str:
        question = f"?{urlencode(query)}" if query else ""
        return f"{self.api}/repos/{self.repository}/{path}{question}"

    def _json(self, method: str, address: str, body: bytes | None) -> Json:
        reply = self._ask(Question(method, address, headers(self.token), body), LARGEST)
        if not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
            raise _refusal(method, address, reply.status, reply.data)
        return reply.value()

    @staticmethod
    def _ask(question: Question, largest: int) -> Reply:
        return exchange(question, retries=_Patience(), largest=largest)


class _Patience(urllib3.Retry):
    """How often a request is made again."""

    def __init__(self, total: int = TRIES, **options: Any) -> None:  # noqa: ANN401 - urllib3 hands on its own
        defaults = {
            "redirect": 0,
            "status_forcelist": _RETRIED,
            "allowed_methods": _REPEATABLE,
            "backoff_factor": BACKOFF,
        }
        super().__init__(total=total, **{**defaults, "raise_on_status": False, "raise_on_redirect": False, **options})

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:  # noqa: FBT001, FBT002 - urllib3's
        """Return whether an answer means "not now": GitHub's second limit is 403 or 429 with the seconds to wait."""
        limited = status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS} and has_retry_after
        return bool(self.total) and (limited or super().is_retry(method, status_code, has_retry_after))

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Return the seconds that GitHub asks to wait, at most a minute: a run costs as long as it waits."""
        seconds = super().get_retry_after(response)
        return None if seconds is None else min(seconds, 60.0)


def _refusal(method: str, address: str, status: int, data: bytes) -> GitHubError:
    """Return why GitHub refused, with its own words."""
    reason = _SAID.get(status, f"an error (HTTP {status})")
    try:
        detail = " ".join(word(at(json.loads(data[:10_000])), "message").split())[:200].replace("##[", "## [")
    except (ValueError, RecursionError):
        detail = ""
    return GitHubError(
        f"GitHub says to {method} {urlsplit(address).path}: {reason}" + (f" ({detail})" if detail else "")
    )
