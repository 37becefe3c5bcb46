"""Asks GitHub about a repository's settings."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from casebuilder.editorial.doctor.repositorysettings import NEWEST, QUESTIONS, Answer, Newer, newest_in
from casebuilder.editorial.github.exchange import GitHubError, Question, exchange, headers

_REMOTE = re.compile(r"(?:https://(?:[^@/]*@)?|ssh://git@|git@)github\.com[:/](?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?")
#: The most bytes of an answer; how often a question is asked again, and after how many seconds.
_LARGEST, TRIES, _BACKOFF = 4 * 1024**2, 2, 0.2
#: How many redirects are followed.
_REDIRECTS = 3


def repository_of(remote: str) -> str:
    """Return "owner/name" of a remote address on GitHub; empty for another host."""
    match = _REMOTE.fullmatch(remote)
    return match["name"] if match else ""


def ask(api: str, name: str, token: str, program: str = "") -> dict[str, Answer]:
    """Return GitHub's answers, by the names of QUESTIONS; each answer says why if it could not be had.

    Args:
        api: the address of the API, such as "https://api.github.com".
        name: of the repository, "owner/name".
        token: with which to ask; may be empty.
        program: casebuilder's own repository on GitHub, to ask for its newest commit; may be empty.
    """
    answers: dict[str, Answer] = {}
    for question, path in QUESTIONS.items():
        first = answers.get("repository")
        failed = first is not None and not first.is_ok  # without the repository the others have no answer
        answers[question] = Answer(0) if failed else _ask_once(f"{api.rstrip('/')}/repos/{name}{path}", token)
    if program:
        answers[NEWEST] = _ask_newest(api, token, program)
    return answers


def newer(api: str, token: str, program: tuple[str, str]) -> Newer | None:
    """Return the newer casebuilder that GitHub has; None if there is none, or GitHub does not say.

    Args:
        api: the address of the API.
        token: with which to ask; may be empty.
        program: casebuilder's own repository on GitHub, and the commit that a series installs; empty if unknown.
    """
    name, commit = program
    newest = newest_in(_ask_newest(api, token, name)) if name else ""
    return Newer(name, commit, newest) if newest not in {"", commit} else None


def _ask_newest(api: str, token: str, program: str) -> Answer:
    return _ask_once(f"{api.rstrip('/')}/repos/{program}/commits/HEAD", token)


def _ask_once(address: str, token: str) -> Answer:
    """Ask one question; a redirect is followed within the same host only, since the token goes with it."""
    import urllib3

    retries = urllib3.Retry(total=TRIES, redirect=0, raise_on_redirect=False, backoff_factor=_BACKOFF)
    try:
        for _ in range(_REDIRECTS):
            reply = exchange(Question("GET", address, headers(token)), retries=retries, largest=_LARGEST)
            following = urljoin(address, reply.location)
            if not reply.location or urlsplit(following)[:2] != urlsplit(address)[:2]:
                break
            address = following
    except GitHubError as error:
        return Answer(0, reason=str(error))
    try:
        value = reply.value()
    except GitHubError:
        value = None
    if reply.headers.get("X-RateLimit-Remaining") == "0" and value is not None and reply.status != HTTPStatus.OK:
        return Answer(0, reason="it was asked too often; try again in an hour, or with a token")
    message = str(value.get("message", "")) if isinstance(value, dict) else ""
    return Answer(reply.status if value is not None else 0, value, f"HTTP {reply.status} {message}".strip()[:200])
