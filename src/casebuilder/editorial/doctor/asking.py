"""Asks GitHub about a repository."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from casebuilder.editorial.doctor.repository import NEWEST, QUESTIONS, Answer

if TYPE_CHECKING:
    import urllib3

_REMOTE = re.compile(r"(?:https://(?:[^@/]*@)?|ssh://git@|git@)github\.com[:/](?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?")
#: Seconds for an answer, its longest, how often a question is asked again, and how many redirects are followed.
_PATIENCE, _LARGEST, _TRIES, _REDIRECTS = 20.0, 4 * 1024**2, 2, 3
_HERE = frozenset(("localhost", "127.0.0.1", "::1"))


def repository_of(remote: str) -> str:
    """Return "owner/name" of a remote address on GitHub; empty for another host."""
    found = _REMOTE.fullmatch(remote)
    return found["name"] if found else ""


def ask(api: str, name: str, token: str, program: str = "") -> dict[str, Answer]:
    """Return GitHub's answers, by the names of QUESTIONS; each answer says why if it could not be had.

    Args:
        api: the address of the API, such as "https://api.github.com".
        name: of the repository, "owner/name".
        token: with which to ask; may be empty.
        program: casebuilder's own repository on GitHub, to ask for its newest commit; may be empty.
    """
    pool = _connections(api)
    headers = {
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
        "User-Agent": "casebuilder",
    }
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answers: dict[str, Answer] = {}
    for question, path in QUESTIONS.items():
        first = answers.get("repository")
        failed = first is not None and not first.is_ok  # without the repository the others have no answer
        answers[question] = Answer(0) if failed else _answer(pool, f"{api.rstrip('/')}/repos/{name}{path}", headers)
    if program:
        answers[NEWEST] = _answer(pool, f"{api.rstrip('/')}/repos/{program}/commits/HEAD", headers)
    return answers


def _connections(api: str) -> urllib3.PoolManager:
    """Connections through the proxy that this computer's settings name, as hospitals have them."""
    import urllib3

    host = urlsplit(api).hostname or ""
    proxies = {} if proxy_bypass(host) or host in _HERE else getproxies()
    retries = urllib3.Retry(total=_TRIES, redirect=0, raise_on_redirect=False, backoff_factor=0.2)
    proxy = proxies.get("https") or proxies.get("http")
    if proxy:
        return urllib3.ProxyManager(proxy, retries=retries, timeout=_PATIENCE)
    return urllib3.PoolManager(retries=retries, timeout=_PATIENCE)


def _answer(pool: urllib3.PoolManager, address: str, headers: dict[str, str]) -> Answer:
    """Ask one question; a redirect is followed within the same host only, since the token goes with it."""
    from urllib3.exceptions import HTTPError

    try:
        for _ in range(_REDIRECTS):
            response = pool.request("GET", address, headers=headers, redirect=False, preload_content=False)
            data = response.read(_LARGEST + 1, decode_content=True)
            response.release_conn()
            following = urljoin(address, response.headers.get("Location", ""))
            if response.status not in {301, 302, 307, 308} or urlsplit(following)[:2] != urlsplit(address)[:2]:
                break
            address = following
    except HTTPError as error:
        return Answer(0, reason=f"{urlsplit(address).netloc} cannot be reached ({type(error).__name__})")
    try:
        value = json.loads(data) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        value = None
    if response.headers.get("X-RateLimit-Remaining") == "0" and value is not None and response.status != 200:  # noqa: PLR2004 - HTTP's "OK"
        return Answer(0, reason="it was asked too often; try again in an hour, or with a token")
    said = str(value.get("message", "")) if isinstance(value, dict) else ""
    return Answer(response.status if value is not None else 0, value, f"HTTP {response.status} {said}".strip()[:200])
