"""A thread of Bluesky, by the public service that needs no key, and the branches that it cuts off."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote, urlsplit

from casebuilder.editorial.discussion.jsontext import Json, at, entries, number, word
from casebuilder.editorial.discussion.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.editorial.discussion.fetching.client import Client

_PAGE = re.compile(r"^/profile/([^/]+)/post/([^/]+)/?$")
_THREAD = "/xrpc/app.bsky.feed.getPostThread"
_PUBLIC = "https://public.api.bsky.app"
_SITES = {"bsky.app", "www.bsky.app", "staging.bsky.app"}
#: Replies within each other that one answer may hold; the rest of a branch is asked for by itself.
_DEPTH = 100


def recognises(address: str) -> bool:
    """Return whether an address is that of a post of Bluesky, as a page or as the service names it."""
    path = urlsplit(address).path
    return bool(_PAGE.match(path)) or path == _THREAD


def fetch(address: str, client: Client, environment: Mapping[str, str]) -> list[Source]:
    """Return the nodes of a thread, as the service gives them.

    Raises:
        casebuilder.editorial.discussion.post.TranscriptError: the service cannot be asked.
    """
    del environment
    parts = urlsplit(address)
    own_server = f"{parts.scheme}://{parts.netloc}"
    base = _PUBLIC if parts.hostname in _SITES else own_server
    match = _PAGE.match(parts.path)
    uri = f"at://{unquote(match[1])}/app.bsky.feed.post/{match[2]}" if match else _uri_in_query(parts.query)
    threads: list[Json] = []
    pending, asked_uris = [uri], {uri}
    while pending:
        question = f"{base}{_THREAD}?uri={quote(pending.pop(), safe='')}&depth={_DEPTH}&parentHeight={_DEPTH}"
        answer = client.get(question)
        threads.append(answer)
        further = [uri for uri in _posts_to_fetch(answer) if uri not in asked_uris]
        asked_uris.update(further)
        pending += further
    return [Source("\n".join(map(json.dumps, threads)).encode(), parts.netloc)]


def _uri_in_query(query: str) -> str:
    return next(iter(parse_qs(query).get("uri", [])), "")


def _posts_to_fetch(answer: Json) -> Iterator[str]:
    """Yield the addresses of posts that have replies, where the answer holds no reply."""
    pending = [at(answer, "thread")]
    while pending:
        node = pending.pop()
        replies = entries(node, "replies")
        if not replies and number(node, "post", "replyCount"):
            yield word(node, "post", "uri")
        pending += replies
