"""One exchange with GitHub's API: headers, proxies, time, limits of size, and errors as sentences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3 import BaseHTTPResponse

    from casebuilder.editorial.discussion.jsontext import Json

#: Seconds for reaching the server and for each answer.
CONNECT, READ = 10.0, 30.0
REDIRECTS = frozenset((301, 302, 303, 307, 308))
_HERE = frozenset(("localhost", "127.0.0.1", "::1"))


class GitHubError(Exception):
    """GitHub could not be asked, or refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the method of HTTP, the whole address, headers, and what is sent."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What GitHub answers: the status of HTTP, headers, and the whole body."""

    host: str
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads; empty for anything else."""
        return self.headers.get("Location", "") if self.status in REDIRECTS else ""

    def value(self) -> Json:
        """Return the body as JSON; None if it is empty.

        Raises:
            GitHubError: it is not JSON.
        """
        if not self.data:
            return None
        try:
            decoded: Json = json.loads(self.data)
        except (ValueError, RecursionError):
            raise GitHubError(f"{self.host} answers with something that is not JSON") from None
        return decoded


def headers(token: str) -> dict[str, str]:
    """Return the headers of a question to the API; the token may be empty."""
    permit = {"Authorization": f"Bearer {token}"} if token else {}
    return {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28", **permit}


def exchange(question: Question, *, retries: urllib3.Retry, largest: int) -> Reply:
    """Ask once, and again as `retries` says; a redirect is an answer, because whoever asks decides where a token goes.

    Args:
        question: what is asked.
        retries: how often it is asked again, and after what.
        largest: the most bytes of the answer.

    Raises:
        GitHubError: the server cannot be reached, breaks off, or answers too much.
    """
    host = urlsplit(question.address).netloc
    try:
        answer = _connection_pool(_proxy(question.address)).request(
            question.method,
            question.address,
            body=question.body,
            headers={**question.headers, "User-Agent": "casebuilder", "Accept-Encoding": "identity"},
            redirect=False,
            retries=retries,
            timeout=urllib3.Timeout(connect=CONNECT, read=READ),
            preload_content=False,
        )
    except HTTPError as error:
        raise GitHubError(f"{host} cannot be reached ({type(error).__name__})") from None
    return Reply(host, answer.status, answer.headers, _read_limited(answer, largest))


def _proxy(address: str) -> str:
    """Return the proxy that this computer's settings name for an address, as hospitals have them; empty without one."""
    parts = urlsplit(address)
    if (parts.hostname or "") in _HERE or proxy_bypass(parts.hostname or ""):
        return ""
    proxies = getproxies()
    return proxies.get(parts.scheme) or proxies.get("https") or proxies.get("http") or ""


@lru_cache(maxsize=4)
def _connection_pool(proxy: str) -> urllib3.PoolManager:
    return urllib3.ProxyManager(proxy) if proxy else urllib3.PoolManager()


def _read_limited(answer: BaseHTTPResponse, largest: int) -> bytes:
    """Return the whole body of an answer.

    Raises:
        GitHubError: it is too large, or breaks off.
    """
    try:
        data = answer.read(largest + 1, decode_content=False)
        if len(data) > largest:
            answer.close()
            raise GitHubError(f"GitHub answers with more than {largest} bytes")
        data += answer.read(1, decode_content=False)  # a body that ends too early says so here
        answer.release_conn()
    except HTTPError as error:
        raise GitHubError(f"GitHub's answer breaks off ({type(error).__name__})") from None
    return data
