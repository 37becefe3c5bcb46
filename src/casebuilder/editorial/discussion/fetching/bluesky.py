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
    own = f"{parts.scheme}://{parts.netloc}"
    base = _PUBLIC if parts.hostname in _SITES else own
    match = _PAGE.match(parts.path)
    uri = f"at://{unquote(match[1])}/app.bsky.feed.post/{match[2]}" if match else _named(parts.query)
    threads: list[Json] = []
    waiting, asked = [uri], {uri}
    while waiting:
        question = f"{base}{_THREAD}?uri={quote(waiting.pop(), safe='')}&depth={_DEPTH}&parentHeight={_DEPTH}"
        answer = client.get(question)
        threads.append(answer)
        more = [uri for uri in _cut_off(answer) if uri not in asked]
        asked.update(more)
        waiting += more
    return [Source("\n".join(map(json.dumps, threads)).encode(), parts.netloc)]


def _named(query: str) -> str:
    return next(iter(parse_qs(query).get("uri", [])), "")


def _cut_off(answer: Json) -> Iterator[str]:
    """Yield the addresses of posts that have replies, where the answer holds no reply."""
    waiting = [at(answer, "thread")]
    while waiting:
        node = waiting.pop()
        replies = entries(node, "replies")
        if not replies and number(node, "post", "replyCount"):
            yield word(node, "post", "uri")
        waiting += replies
