"""A thread of Mastodon: the post, its context, and the contexts of replies that a server leaves out of a long one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casebuilder.editorial.discussion.fetching.tokens import token_for
from casebuilder.editorial.discussion.jsontext import Json, entries, number, word
from casebuilder.editorial.discussion.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.discussion.fetching.client import Client

_POST = re.compile(
    r"^/(?:web/|deck/)?@[^/]+/(\d+)/?$|^/(?:web/|deck/)?statuses/(\d+)/?$|^/users/[^/]+/statuses/(\d+)/?$"
    r"|^/api/v1/statuses/(\w{1,40})(?:/context)?/?$"
    # Pleroma and Akkoma name a post by 18 letters and digits, GoToSocial by 26.
    r"|^/notice/([A-Za-z\d]{18})/?$|^/@[^/]+/posts/([A-Za-z\d]{18})/?$|^/@[^/]+/statuses/([\dA-Z]{26})/?$"
)

#: A reply to few counts as one, too, and is never given: what is asked for twice without an answer must have an end.
_MOST_CONTEXTS = 100


def recognises(address: str) -> bool:
    """Return whether an address is that of a post of Mastodon."""
    return bool(_POST.match(urlsplit(address).path))


def fetch(address: str, client: Client, environment: Mapping[str, str]) -> list[Source]:
    """Return the statuses of a thread, as its server gives them.

    Raises:
        casebuilder.editorial.discussion.post.TranscriptError: the server cannot be asked.
    """
    parts = urlsplit(address)
    match = _POST.match(parts.path)
    own_id = next(filter(None, match.groups())) if match else ""
    base = f"{parts.scheme}://{parts.netloc}/api/v1/statuses"
    token = token_for(address, environment, "MASTODON_TOKEN", "MASTODON_SERVER")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    statuses = {own_id: client.get(f"{base}/{own_id}", headers)}
    pending, asked_ids = [own_id], set[str]()
    while pending:
        name = pending.pop()
        asked_ids.add(name)
        context = client.get(f"{base}/{name}/context", headers)
        for status in entries(context, "descendants") + entries(context, "ancestors") * (name == own_id):
            statuses.setdefault(word(status, "id"), status)
        if not pending and len(asked_ids) < _MOST_CONTEXTS:
            pending = [name for name in _posts_to_fetch(statuses) if name not in asked_ids]
    return [Source(json.dumps(list(statuses.values())).encode(), parts.netloc)]


def _posts_to_fetch(statuses: Mapping[str, Json]) -> list[str]:
    """Return posts that have more replies than were given.

    A server gives strangers the first sixty of a thread alone.
    """
    replies: dict[str, int] = {}
    for status in statuses.values():
        parent = word(status, "in_reply_to_id")
        replies[parent] = replies.get(parent, 0) + 1
    return [name for name, status in statuses.items() if number(status, "replies_count") > replies.get(name, 0)]
