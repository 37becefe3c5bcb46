"""GitHub Discussions: answers of GraphQL as `gh api graphql` saves them, and what a webhook is sent."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import exportthreads, htmltext, shortcodes
from casebuilder.editorial.discussion.authorcontacts import handle_of
from casebuilder.editorial.discussion.jsontext import Json, at, entries, number, true, word
from casebuilder.editorial.discussion.post import Harvest, Mention, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.editorial.discussion.post import ImportOptions

_REMARK = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(r"!\[((?:(?!!\[)[^\]\n])*+)\]\([^()\s]*(?:\([^()\s]*\))?(?:\s+\"[^\"\n]*\")?\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n\ufdd0]+)\]\((https?://[^()\s]*(?:\([^()\s]*\))?)(?:\s+\"[^\"\n]*\")?\)")
#: Addresses in angle brackets, which GitHub shows as links: of the web, and of e-mail.
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>", re.IGNORECASE)
_MAIL_LINK = re.compile(r"<((?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,31});", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]+`)", re.DOTALL)
_HANDLE = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/])")
#: GitHub's name for authors who deleted their account.
_GHOST = "ghost"


def _recognises(source: Source) -> bool:
    values = source.json.values if source.json else ()
    return any(_is_webhook(value) or next(_discussions(value), None) is not None for _, value in values)


def _is_webhook(value: Json) -> bool:
    return isinstance(at(value, "discussion"), dict) and bool(word(value, "discussion", "html_url"))


def _discussions(value: Json) -> Iterator[Json]:
    """Yield the discussions, or the pages of comments of one, in an answer of GraphQL, wherever the query put them."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict) and _is_discussion(item):
            yield item
        elif isinstance(item, dict):
            pending += reversed(list(item.values()))
        elif isinstance(item, list):
            pending += reversed(item)


def _is_discussion(item: dict[str, Json]) -> bool:
    comments = at(item, "comments")
    has_name = isinstance(comments, dict) and any(name in item for name in ("body", "title", "number"))
    return has_name or any(map(_is_comment, _nodes(comments)))


def _nodes(connection: Json) -> list[Json]:
    """Return the entries of a GraphQL connection, from its nodes or its edges."""
    return entries(connection, "nodes") or [at(edge, "node") for edge in entries(connection, "edges")]


def _is_comment(value: Json) -> bool:
    return (
        isinstance(value, dict)
        and "createdAt" in value
        and any(name in value for name in ("body", "bodyHTML", "bodyText"))
    )


def _read(source: Source, options: ImportOptions) -> Harvest:
    """Return the posts of the discussions that are meant."""
    values = source.json.values if source.json else ()
    deleted = {_deleted_address(value) for _, value in values if _is_webhook(value)} - {""}
    chosen_threads, several = exportthreads.choose(_threads([value for _, value in values]), options.thread)
    posts: list[Post] = []
    notes: dict[str, None] = dict.fromkeys(several)
    values_read = [value for thread in chosen_threads for value in thread.content]
    for value in values_read:
        if _is_webhook(value):
            posts += (post for post in _posts_of_webhook(value) if deleted.isdisjoint(_addresses(post)))
        else:
            posts += _posts_of_discussion(value)
            notes |= dict.fromkeys(_notes_on_missing(value))
    items = [item for value in values_read for item in _comments_and_replies(value)]
    if hidden := sum(_is_comment(item) and not _is_public(item) for item in items):
        notes[f"left out: {count_of(hidden, 'comment')} deleted, or hidden by a moderator"] = None
    return Harvest(tuple(posts), tuple(notes), source.json.problems if source.json else ())


def _threads(values: list[Json]) -> list[exportthreads.Thread[list[Json]]]:
    """Return each discussion with what answers and messages hold of it; pages of one answer belong together."""
    threads_by_address: dict[str, exportthreads.Thread[list[Json]]] = {}
    for value in values:
        for item in (value,) if _is_webhook(value) else _discussions(value):
            post = at(item, "discussion") if _is_webhook(item) else item
            title, address = word(post, "title"), word(post, "html_url") or word(post, "url")
            threads_by_address.setdefault(address or title, exportthreads.Thread(title, address, [])).content.append(
                item
            )
    return list(threads_by_address.values())


def _notes_on_missing(discussion: Json) -> Iterator[str]:
    """Yield notes on fields that the query left out."""
    has_more = true(discussion, "comments", "pageInfo", "hasNextPage")
    if has_more or any(true(item, "replies", "pageInfo", "hasNextPage") for item in _nodes(at(discussion, "comments"))):
        yield "GitHub has more comments than this answer holds: ask for the next page, and import it too"


def _posts_of_discussion(discussion: Json) -> Iterator[Post]:
    """Yield the opening post, its comments, and their replies."""
    if word(discussion, "body") and word(discussion, "createdAt"):
        yield _post(discussion, "", top=True)
    for comment in _nodes(at(discussion, "comments")):
        if _is_public(comment):
            yield _post(comment, "")
        for reply in _nodes(at(comment, "replies")):
            if _is_public(reply):
                yield _post(reply, _address(comment))


def _comments_and_replies(discussion: Json) -> Iterator[Json]:
    for comment in _nodes(at(discussion, "comments")):
        yield comment
        yield from _nodes(at(comment, "replies"))


def _is_public(comment: Json) -> bool:
    """Return whether a comment is there.

    A deleted one keeps its place, and a minimised one was hidden as spam or abuse.
    """
    return _is_comment(comment) and not (at(comment, "deletedAt") or true(comment, "isMinimized"))


def _address(comment: Json) -> str:
    return word(comment, "url") or word(comment, "id")


def _post(item: Json, parent: str, *, top: bool = False) -> Post:
    login = word(item, "author", "login") or _GHOST
    parent_address = parent or word(item, "replyTo", "url") or word(item, "replyTo", "id")
    edited_at = word(item, "lastEditedAt") or (word(item, "updatedAt") if top else "")
    html = word(item, "bodyHTML")
    text = plain(word(item, "body")) or (htmltext.text_of(html) if html else word(item, "bodyText"))
    return Post(
        mark=f'"{_address(item)}"',
        channel="github",
        author=word(item, "author", "name") or login,
        account=login.casefold() if login != _GHOST else _address(item),
        posted=word(item, "createdAt"),
        text="\n\n".join(filter(None, (text, _poll(at(item, "poll"))))),
        handle=handle_of(login) if login != _GHOST else "",
        address=_address(item),
        local=word(item, "id"),
        parent=parent_address,
        kind="reply" if parent_address else "original",
        url=word(item, "url"),
        edited=edited_at,
        mentions=_mentions(word(item, "body")),
    )


def _poll(poll: Json) -> str:
    """Return a poll of the opening post with its result; "" if it has none."""
    if not isinstance(poll, dict):
        return ""
    options = [
        htmltext.poll_option(word(option, "option"), at(option, "totalVoteCount"))
        for option in _nodes(at(poll, "options"))
    ]
    question = word(poll, "question")
    return f"{question}\n\n{htmltext.poll(options, number(poll, 'totalVoteCount'), is_open=False)}".strip()


def _mentions(body: str) -> tuple[Mention, ...]:
    """Return whom a comment names; in code @ is a sign like others."""
    outside_code = "".join(_CODE.split(body)[::2])
    return tuple(Mention(f"@{login}", login.casefold()) for login in dict.fromkeys(_HANDLE.findall(outside_code)))


def _addresses(post: Post) -> tuple[str, str]:
    """Return the addresses of a post and of its discussion."""
    return post.address, post.address.partition("#")[0]


def _deleted_address(payload: Json) -> str:
    """Return the address of what a message says was deleted, a comment or the whole discussion.

    "" for other messages.
    """
    if word(payload, "action") != "deleted":
        return ""
    return word(payload, "comment", "html_url") or word(payload, "discussion", "html_url")


def _posts_of_webhook(payload: Json) -> Iterator[Post]:
    """Yield the opening post, and the comment or the answer that the message is about.

    What was just deleted is left out.
    """
    discussion, is_deleted = at(payload, "discussion"), word(payload, "action") == "deleted"
    comment = at(payload, "comment") or at(payload, "answer")
    if not is_deleted or comment is not None:
        yield _post_of_webhook(discussion, "")
    if comment is not None and not is_deleted:
        parent_id = word(comment, "parent_id")
        base = word(discussion, "html_url")
        yield _post_of_webhook(comment, f"{base}#discussioncomment-{parent_id}" if parent_id else "")


def _post_of_webhook(item: Json, parent: str) -> Post:
    login = word(item, "user", "login") or _GHOST
    created, updated = word(item, "created_at"), word(item, "updated_at")
    return Post(
        mark=f'"{word(item, "html_url")}"',
        channel="github",
        author=login,
        account=login.casefold() if login != _GHOST else word(item, "html_url"),
        posted=created,
        text=plain(word(item, "body")),
        handle=handle_of(login) if login != _GHOST else "",
        address=word(item, "html_url"),
        parent=parent,
        kind="reply" if parent else "original",
        url=word(item, "html_url"),
        edited=updated if updated != created else "",
        mentions=_mentions(word(item, "body")),
    )


def plain(body: str) -> str:
    """Return a comment as its author typed it, with what only a browser shows as words.

    These are pictures, links, remarks and HTML.
    """
    parts = _CODE.split(body.replace("\r\n", "\n"))
    return "".join(part if number % 2 else _as_shown(part) for number, part in enumerate(parts)).strip()


def _as_shown(text: str) -> str:
    text = shortcodes.with_signs(_REMARK.sub("", text))
    text = _PICTURE.sub(lambda match: htmltext.picture(match[1]), text)
    text = _MAIL_LINK.sub(r"&lt;\1&gt;", _AUTOLINK.sub(r"\1", text)) if "<" in text else text
    text = _LINK.sub(lambda match: match[2] if match[1] == match[2] else f"{match[1]} ({match[2]})", text)
    if not _TAG.search(text):
        return _ENTITY.sub(lambda match: unescape(match[0]), text)
    blanks_before, blanks_after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{blanks_before or chr(10)}{htmltext.text_of(text, breaks=True)}{blanks_after}"


IMPORTER = Importer(
    "GitHub Discussions", 'JSON with "comments" that have "nodes", or a webhook’s "discussion"', _recognises, _read
)
