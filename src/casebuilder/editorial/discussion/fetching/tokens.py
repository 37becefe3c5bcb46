"""Tokens in the environment: each goes to the server that it is for, and never unencrypted over a network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casebuilder.editorial.discussion.post import TranscriptError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a request can carry.
_TOKEN = re.compile(r"[!-~]+")
_HERE = {"localhost", "127.0.0.1", "::1"}


def token_for(address: str, environment: Mapping[str, str], name: str, server: str) -> str:
    """Return the token in the environment that a server may be sent; "" if there is none for it.

    Args:
        address: what is asked.
        environment: where the token stands.
        name: the token's variable.
        server: the variable that says whose token it is, which no other server is sent; "" if the address says it.

    Raises:
        TranscriptError: nobody says whose token it is, it would go over the network unencrypted, or is none.
    """
    token, parts = environment.get(name, "").strip(), urlsplit(address)
    own_server = environment.get(server, "").strip().rstrip("/").casefold() if server else ""
    if not token or (own_server and own_server.rpartition("//")[2] not in {parts.netloc.casefold(), parts.hostname}):
        return ""
    if server and not own_server and parts.hostname not in _HERE:
        message = f"{name} is set, but not the server that it is for, and {parts.netloc} may be another one"
        raise TranscriptError("--from", f"{message}: put the name of its server into {server}, or unset {name}")
    if parts.scheme == "http" and parts.hostname not in _HERE:
        message = f"{parts.netloc} would be sent {name} unencrypted: begin the address with https://"
        raise TranscriptError("--from", message)
    if not _TOKEN.fullmatch(token):
        raise TranscriptError("--from", f"{name} has characters that no token has: copy it again")
    return token
