"""A discussion on GitHub, by GraphQL, page by page; GitHub wants a token, which stands in the environment."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casebuilder.editorial.discussion.fetching.tokens import token_for
from casebuilder.editorial.discussion.jsontext import Json, at, entries, true, word
from casebuilder.editorial.discussion.post import TranscriptError
from casebuilder.editorial.discussion.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.discussion.fetching.client import Client

_PAGE = re.compile(r"^/([\w.-]+)/([\w.-]+)/discussions/(\d{1,9})/?$")
_SITES = {"github.com", "www.github.com"}
_POST = "id url body createdAt lastEditedAt author {login}"
_COMMENT = f"{_POST} isMinimized deletedAt"
_REPLIES = f"pageInfo {{hasNextPage endCursor}} nodes {{{_COMMENT} replyTo {{id}}}}"
_DISCUSSION = f"""query($owner: String!, $name: String!, $number: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{ discussion(number: $number) {{ title {_POST}
    comments(first: 50, after: $after) {{ pageInfo {{hasNextPage endCursor}}
      nodes {{ {_COMMENT} replies(first: 50) {{ {_REPLIES} }} }} }} }} }} }}"""
_MORE = f"""query($id: ID!, $after: String) {{
  node(id: $id) {{ ... on DiscussionComment {{ replies(first: 100, after: $after) {{ {_REPLIES} }} }} }} }}"""


def recognises(address: str) -> bool:
    """Return whether an address is that of a discussion on GitHub, or on a GitHub of one's own."""
    return bool(_PAGE.match(urlsplit(address).path))


def fetch(address: str, client: Client, environment: Mapping[str, str]) -> list[Source]:
    """Return the discussion, as GraphQL gives it.

    Raises:
        TranscriptError: there is no token, or GitHub cannot be asked.
    """
    parts = urlsplit(address)
    match = _PAGE.match(parts.path)
    owner, name, number = match.groups() if match else ("", "", "0")
    api = (
        "https://api.github.com/graphql" if parts.hostname in _SITES else f"{parts.scheme}://{parts.netloc}/api/graphql"
    )
    headers = {"Authorization": f"Bearer {_token(parts.hostname or '', api, environment)}"}
    pages: list[Json] = []
    after: str | None = None
    while True:
        variables: Json = {"owner": owner, "name": name, "number": int(number), "after": after}
        answer = _ask(client, api, {"query": _DISCUSSION, "variables": variables}, headers)
        discussion = at(answer, "data", "repository", "discussion")
        if discussion is None:
            raise TranscriptError("--from", f"{parts.netloc} has no discussion {number} in {owner}/{name}")
        for comment in entries(discussion, "comments", "nodes"):
            _add_replies(comment, client, api, headers)
        pages.append(answer)
        if not true(discussion, "comments", "pageInfo", "hasNextPage"):
            break
        after = word(discussion, "comments", "pageInfo", "endCursor")
        _mark_complete(at(discussion, "comments"))
    return [Source("\n".join(map(json.dumps, pages)).encode(), parts.netloc)]


def _token(host: str, api: str, environment: Mapping[str, str]) -> str:
    """Return the token for a host: that for github.com goes nowhere else.

    Raises:
        TranscriptError: there is none.
    """
    names = ("GITHUB_TOKEN", "GH_TOKEN") if host in _SITES else ("GH_ENTERPRISE_TOKEN",)
    host_variable = "" if host in _SITES else "GH_HOST"
    token = next(filter(None, (token_for(api, environment, name, host_variable) for name in names)), "")
    if not token.isascii() or not token.isprintable() or not token:
        message = f"GitHub gives discussions only with a token: put one into the environment variable {names[0]}"
        raise TranscriptError("--from", f"{message}, such as gh auth token prints, or import what gh api graphql saves")
    return token


def _ask(client: Client, api: str, question: Json, headers: Mapping[str, str]) -> Json:
    """Return an answer of GraphQL. HTTP says 200 even where the answer holds errors alone.

    Raises:
        TranscriptError: it holds an error and no data.
    """
    answer = client.post(api, question, {**headers, "Content-Type": "application/json"})
    errors = entries(answer, "errors")
    if errors and not (at(answer, "data", "repository") or at(answer, "data", "node")):
        raise TranscriptError("--from", f"GitHub says: {word(errors[0], 'message') or 'an error without words'}")
    return answer


def _add_replies(comment: Json, client: Client, api: str, headers: Mapping[str, str]) -> None:
    """Add the replies of a comment that its first page does not hold."""
    replies = at(comment, "replies")
    while isinstance(replies, dict) and true(replies, "pageInfo", "hasNextPage"):
        variables: Json = {"id": word(comment, "id"), "after": word(replies, "pageInfo", "endCursor")}
        answer = _ask(client, api, {"query": _MORE, "variables": variables}, headers)
        next_replies = at(answer, "data", "node", "replies")
        entries(replies, "nodes").extend(entries(next_replies, "nodes"))
        replies["pageInfo"] = at(next_replies, "pageInfo")


def _mark_complete(connection: Json) -> None:
    """Mark a list as complete: its next page was fetched, so nothing of it is missing."""
    if isinstance(connection, dict):
        connection["pageInfo"] = {"hasNextPage": False}
