"""Asking a server for JSON: retries, waiting when it asks for that, and limits of time, size and number of requests.

A request goes to the host that it names and nowhere else. A redirect to another host is refused: a server that a
curator names could else have this computer ask for addresses that only this computer can reach.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import (
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.exceptions import (
    TimeoutError as TooLong,
)

from casebuilder.editorial.discussion.fetching.connections import connections
from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.editorial.discussion.source import LARGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3 import BaseHTTPResponse

    from casebuilder.editorial.discussion.jsontext import Json

#: Seconds for reaching a server and for each answer of it.
CONNECT, READ = 10.0, 30.0
#: Seconds for the whole of an answer: a server that sends a letter now and then would else never end.
WHOLE, _PART = 180.0, 65_536
#: Requests for one discussion; seconds that a server may ask to wait; how often a request is made again, and after how
#: many seconds at first (then after twice as many each time).
MOST_REQUESTS, LONGEST_WAIT, TRIES, BACKOFF = 400, 120, 4, 0.5
_REDIRECTS, _CUT_OFF = 5, 3
_RETRIED = (HTTPStatus.TOO_MANY_REQUESTS, *range(500, 505))
_PORTS = {"http": 80, "https": 443}


@dataclass(slots=True)
class Client:
    """What asks servers.

    Attributes:
        asked: how many requests were made.
        received: how many bytes were answered in all.
        pools: its connections by host, which are kept from one question to the next.
    """

    asked: int = 0
    received: int = 0
    pools: dict[str, urllib3.PoolManager] = field(default_factory=dict)

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Json:
        """Return the JSON at an address.

        Raises:
            TranscriptError: it cannot be had; it says why and what to do.
        """
        return self._json("GET", address, None, headers or {})

    def post(self, address: str, body: Json, headers: Mapping[str, str]) -> Json:
        """Return the JSON that a server answers to a question in JSON.

        Raises:
            TranscriptError: it cannot be had; it says why and what to do.
        """
        return self._json("POST", address, json.dumps(body).encode(), headers)

    def _json(self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]) -> Json:
        data, address = self._follow_redirects(method, address, body, headers)
        try:
            value: Json = json.loads(data)
        except (ValueError, RecursionError):
            found_instead = "a page for people" if data.lstrip()[:1] == b"<" else "no JSON"
            raise _refusal(address, f"answers with {found_instead}; is it a post of this network?") from None
        return value

    def _follow_redirects(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[bytes, str]:
        """Return the bytes of an answer, and where they were found, after redirects within the same host."""
        first_origin = _origin(address)
        for _ in range(_REDIRECTS):
            status, data, reply_headers = self._request(method, address, body, headers)
            if status not in {301, 302, 303, 307, 308}:
                break
            try:
                following = urljoin(address, reply_headers.get("Location", ""))
                urlsplit(following)
            except ValueError:
                raise _refusal(address, "redirects to an address that cannot be read") from None
            if not _same_host(first_origin, _origin(following)):
                other_host = urlsplit(following).hostname or "nowhere"
                raise _refusal(
                    address, f"redirects to {other_host}, which you did not name; name the address there with --from"
                )
            address = following
        _refuse_status(address, status, reply_headers, data)
        return data, address

    def _request(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, bytes, Mapping[str, str]]:
        """Return the status, body and headers of an answer, after as many tries as it takes."""
        last: Exception | None = None
        host = urlsplit(address).hostname or ""
        pool = self.pools.setdefault(host, self.pools.get(host) or connections(host, READ))
        for _ in range(_CUT_OFF):
            self.asked += 1
            if self.asked > MOST_REQUESTS:
                raise _refusal(address, f"needs more than {MOST_REQUESTS} requests: import an export instead")
            try:
                answer = pool.request(
                    method,
                    address,
                    body=body,
                    headers={"Accept": "application/json", "Accept-Encoding": "identity", **_AGENT, **headers},
                    redirect=False,
                    retries=_Patience(address=address),
                    timeout=urllib3.Timeout(connect=CONNECT, read=READ),
                    preload_content=False,
                )
                data = _read_limited(answer, address, LARGEST - self.received)
            except HTTPError as error:
                last = error
                if not isinstance(error, ProtocolError):
                    break
            else:
                self.received += len(data)
                return answer.status, data, answer.headers
        raise _connection_error(address, last)


class _Patience(urllib3.Retry):
    """How often and how patiently a question is asked again; our questions change nothing, so each may be."""

    def __init__(self, *, address: str = "", total: int = TRIES, **options: Any) -> None:  # noqa: ANN401 - urllib3 hands on its own
        self.address = address
        defaults = {"redirect": 0, "status_forcelist": _RETRIED, "allowed_methods": None, "backoff_factor": BACKOFF}
        super().__init__(total=total, **{**defaults, "raise_on_status": False, "raise_on_redirect": False, **options})

    def new(self, **options: Any) -> Self:  # noqa: ANN401 - as above
        """Return the same rule with one try less."""
        rule = super().new(**options)
        rule.address = self.address
        return rule

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:  # noqa: FBT001, FBT002 - urllib3's
        """Return whether an answer means "not now": GitHub says 403 with the seconds to wait."""
        limited = status_code == HTTPStatus.FORBIDDEN and has_retry_after
        return limited or super().is_retry(method, status_code, has_retry_after)

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Return the seconds that a server asks to wait.

        Raises:
            TranscriptError: they are too many for somebody who sits in front of it.
        """
        try:
            seconds = super().get_retry_after(response)
        except InvalidHeader:
            return None
        if seconds is not None and seconds > LONGEST_WAIT:
            raise _refusal(self.address, f"asks to wait {round(seconds / 60)} minutes: try again then")
        return seconds


_AGENT = {"User-Agent": "casebuilder"}


def _origin(address: str) -> tuple[str, str, int | None]:
    parts = urlsplit(address)
    try:
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        port = None
    return parts.scheme, (parts.hostname or "").casefold(), port


def _same_host(first: tuple[str, str, int | None], second: tuple[str, str, int | None]) -> bool:
    """Return whether both are one server; from http to https on its usual ports, and never back."""
    is_upgrade = first[0] == "http" and second[0] == "https" and (first[2], second[2]) == (80, 443)
    return (first[1] == second[1] and (first[0], first[2]) == (second[0], second[2])) or (
        first[1] == second[1] and is_upgrade
    )


def _read_limited(answer: BaseHTTPResponse, address: str, most_bytes: int) -> bytes:
    """Return the whole body of an answer that is neither too large nor too slow; one that is cut off is tried again."""
    deadline, parts, length = monotonic() + WHOLE, list[bytes](), 0
    while part := answer.read1(_PART, decode_content=False):
        parts.append(part)
        length += len(part)
        if length > most_bytes or monotonic() > deadline:
            answer.close()
            too_large = f"answers with more than {LARGEST // 1024**2} MB"
            raise _refusal(address, too_large if length > most_bytes else "does not answer in time; try again later")
    answer.release_conn()
    return b"".join(parts)


def _refuse_status(address: str, status: int, headers: Mapping[str, str], data: bytes) -> None:
    """Say why an answer is not the one that was hoped for.

    Raises:
        TranscriptError: it is not.
    """
    if status == HTTPStatus.OK:
        return
    reason = _SAID.get(status, f"answers with an error (HTTP {status})")
    if headers.get("X-RateLimit-Remaining") == "0":
        reason = _SAID[429]
    detail = ""
    try:
        answer = json.loads(data[:10_000])
        detail = next((str(answer[name]) for name in ("message", "error_description", "error") if name in answer), "")
    except (ValueError, TypeError, RecursionError):
        pass
    raise _refusal(address, reason + (f": {' '.join(detail.split())[:200]}" if detail else ""))


_SAID = {
    **dict.fromkeys((301, 302, 303, 307, 308), "redirects again and again; open the address in a browser, and copy it"),
    400: "does not understand the question; is it the address of a post?",
    401: "needs a token (see the handbook)",
    403: "gives this only with permission; a token may help (see the handbook)",
    404: "has no such post, or does not show it to everybody",
    410: "says that the post was deleted",
    429: "is asked too much at the moment: try again later",
}


def _refusal(address: str, reason: str) -> TranscriptError:
    return TranscriptError("--from", f"{urlsplit(address).netloc} {reason}")


def _connection_error(address: str, error: Exception | None) -> TranscriptError:
    """Return why a server could not be asked, in plain words."""
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    reason = "cannot be asked"
    if isinstance(cause, NameResolutionError):
        reason = "is not a known server; is the address right?"
    elif isinstance(cause, NewConnectionError):
        reason = "cannot be reached; is this computer online?"
    elif isinstance(cause, SSLError):
        reason = "has no certificate that this computer trusts"
    elif isinstance(cause, ReadTimeoutError | TooLong):
        reason = "does not answer in time; try again later"
    elif isinstance(cause, ProtocolError):
        reason = "breaks off in the middle of its answer; try again later"
    return _refusal(address, reason)
