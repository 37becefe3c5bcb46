"""Discussions fetched from their networks, in the shapes of their exports, so that the same importers read them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casebuilder.editorial.discussion.fetching import bluesky, github, mastodon
from casebuilder.editorial.discussion.post import TranscriptError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.discussion.source import Source

#: The networks that can be asked; the first that knows an address fetches it.
NETWORKS = (
    (bluesky.recognises, bluesky.fetch),
    (github.recognises, github.fetch),
    (mastodon.recognises, mastodon.fetch),
)


def fetch(address: str, environment: Mapping[str, str]) -> list[Source]:
    """Return the posts behind the address of a discussion's first post.

    Args:
        address: as a browser shows it.
        environment: where tokens stand: GITHUB_TOKEN or GH_TOKEN, GH_ENTERPRISE_TOKEN, MASTODON_TOKEN.

    Raises:
        TranscriptError: it is no such address, or the network cannot be asked.
    """
    from casebuilder.editorial.discussion.fetching.client import Client

    try:
        parts = urlsplit(address)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
        parts.port  # noqa: B018 - raises if it is not a port
    except ValueError:
        is_usable = False
    if not is_usable:
        message = f'"{address}" is not an address as a browser shows it: https://social.example/@series/17'
        raise TranscriptError("--from", message)
    fetcher = next((fetch for recognises, fetch in NETWORKS if recognises(address)), None)
    if fetcher is None:
        known_forms = "https://SERVER/@NAME/NUMBER (Mastodon), https://bsky.app/profile/NAME/post/ID (Bluesky), "
        message = f"{address} is not a post that can be fetched. These can: {known_forms}https://github.com/OWNER/NAME/discussions/NUMBER"
        raise TranscriptError("--from", message)
    return fetcher(address, Client(), environment)
