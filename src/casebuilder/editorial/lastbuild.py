"""When the series' site was last built: as the published site says, else as the site on this computer says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

    from casebuilder.model.series import Series

#: The published data of a series, which has the instant of its build.
DATA = "series.json"
#: Seconds for the published site: the board does not wait longer for one line.
_PATIENCE = 3.0
#: Bytes of the largest data that are read; a thousand cases have some two million.
_LARGEST = 20_000_000
#: Hosts that nobody can have (RFC 2606, RFC 6761): the addresses of examples.
_RESERVED = ("example.org", "example.com", "example.net", "example", "invalid", "test")


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The last build of a site.

    Attributes:
        at: its instant; None if it is not known.
        place: the address of the published site, or the folder on this computer; empty if it is not known.
        is_published: whether the published site said so.
    """

    at: datetime | None = None
    place: str = ""
    is_published: bool = False


def last_build(series: Series, root: Path, *, offline: bool = False) -> LastBuild:
    """Return the last build of a series' site.

    Args:
        series: for the address and the folder of its site.
        root: its folder.
        offline: do not ask the published site.
    """
    address = "" if offline or _is_example(series.site_url) else series.site_url
    if address and (at := _read_instant(_download(urljoin(address, DATA)))):
        return LastBuild(at, address, is_published=True)
    folder = root / series.site_folder
    try:
        at = _read_instant((folder / DATA).read_bytes())
    except OSError:
        return LastBuild()
    return LastBuild(at, series.site_folder) if at else LastBuild()


def _is_example(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in _RESERVED)


def _download(address: str) -> bytes:
    """Return what lies at an address; empty if it cannot be had in time, or is too large."""
    import urllib3

    from casebuilder.editorial.discussion.fetching.connections import connections

    patience = urllib3.Timeout(total=_PATIENCE)
    try:
        with connections(urlsplit(address).hostname or "", _PATIENCE).request(
            "GET", address, timeout=patience, retries=urllib3.Retry(0, redirect=2), preload_content=False
        ) as answer:
            content = answer.read(_LARGEST + 1, decode_content=True)
            return content if answer.status == HTTPStatus.OK and len(content) <= _LARGEST else b""
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        return b""


def _read_instant(data: bytes) -> datetime | None:
    """Return the instant in a series' data; None if it has none that can be read."""
    try:
        value = json.loads(data)
        at = datetime.fromisoformat(value["as_of"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return at if at.tzinfo else None
