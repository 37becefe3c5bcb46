"""Who may look at a local preview: those who name this machine, and ask for something that can be an address.

A page of another site may have its own name lead to this machine (DNS rebinding). A browser then takes the local
preview, with all drafts in it, for a part of that site. It says in every request which name it was given.
"""

from __future__ import annotations

import re
import socket
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_UNADDRESSABLE = re.compile(r"[\x00-\x1f\x7f]")
#: The longest path. MkDocs' live reload converts part of its own path to a number.
_LONGEST = 1000


def is_unguarded() -> bool:
    """Return whether `mkdocs serve --no-livereload` is running, which leaves no way to guard the local preview."""
    import click  # MkDocs' own, which knows the options that its command was given

    command = click.get_current_context(silent=True)
    return command is not None and command.params.get("livereload") is False


def guard(app: WSGIApplication, host: str) -> WSGIApplication:
    """Return the local preview so that it answers requests which name this machine, and refuses all others.

    Args:
        app: the local preview.
        host: the name or number under which it is served.
    """
    own_names = {host.lower(), "localhost", *_names_of_machine()}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _is_own(str(environ.get("HTTP_HOST", "")), own_names):
            return _refuse(
                start_response, HTTPStatus.FORBIDDEN, "This preview answers to this machine's own name only."
            )
        if not _is_address(str(environ.get("PATH_INFO", ""))):
            return _refuse(start_response, HTTPStatus.BAD_REQUEST, "This cannot be the address of a page.")
        return app(environ, start_response)

    return answer


def _names_of_machine() -> set[str]:
    """Return the names of this machine in its network."""
    name = socket.gethostname().lower()
    return {name, f"{name}.local"} if name else set()


def _is_own(host_header: str, own_names: set[str]) -> bool:
    """Return whether a request's Host names this machine; an IP address cannot be redirected."""
    host = re.sub(r":\d*$", "", host_header.strip().lower()).removesuffix(".")
    if host in own_names or host.endswith(".localhost"):
        return True
    try:
        ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _is_address(path: str) -> bool:
    """Return whether a path, each of whose characters is a byte, can be that of a page."""
    try:
        path.encode("latin-1").decode()
    except UnicodeError:
        return False
    return len(path) <= _LONGEST and not _UNADDRESSABLE.search(path)


def _refuse(start_response: StartResponse, status: HTTPStatus, message: str) -> Iterable[bytes]:
    start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain; charset=utf-8")])
    return [message.encode()]
