"""Posts of Bluesky: the thread of one (`getPostThread`), a feed, or a search, as its programs give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import htmltext
from casebuilder.editorial.discussion.authorcontacts import handle_of
from casebuilder.editorial.discussion.jsontext import Json, at, entries, number, true, word
from casebuilder.editorial.discussion.post import Harvest, Mention, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.wording.recordwords import mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.editorial.discussion.post import ImportOptions

_FACET = "app.bsky.richtext.facet"
_WEB = "https://bsky.app/profile"
#: What stands for every handle whose domain no longer confirms it (AT Protocol, "Handle").
_BROKEN = "handle.invalid"
#: The two highest bits of a byte within a character of UTF-8.
_WITHIN = 0x80
#: What stands in the place of a post that is not shown, in the second form of a thread.
_UNSHOWN = ("#threadItemNotFound", "#threadItemBlocked", "#threadItemNoUnauthenticated")
#: The label with which people ask that only readers with an account see their posts; it warns of nothing.
_SIGNED_IN = "!no-unauthenticated"


def _recognises(source: Source) -> bool:
    values = source.json.values if source.json else ()
    return any(_is_node(_top_of_thread(value)) or any(map(_is_view, _posts_in(value))) for _, value in values)


def _top_of_thread(value: Json) -> Json:
    thread = at(value, "thread")
    return thread if isinstance(thread, dict) else value


def _is_node(value: Json) -> bool:
    kind = word(value, "$type")
    return _is_view(at(value, "post")) or kind.startswith("app.bsky.feed.defs#")


def _is_view(value: Json) -> bool:
    return isinstance(at(value, "record"), dict) and bool(word(value, "uri")) and isinstance(at(value, "author"), dict)


def _posts_in(value: Json) -> list[Json]:
    """Return the posts of a search, a feed, or a list of posts."""
    items = value if isinstance(value, list) else entries(value, "posts") or entries(value, "feed")
    items = items or entries(value, "thread")  # getPostThreadV2
    return [at(item, "post") or at(item, "value", "post") or item for item in items]


def _read(source: Source, _: ImportOptions) -> Harvest:
    posts: list[Post] = []
    unavailable = signed_in_only = 0
    for _line, value in source.json.values if source.json else ():
        if _is_node(top := _top_of_thread(value)):
            nodes = list(_all_nodes(top))
            unavailable += sum(true(node, "notFound") or true(node, "blocked") for node in nodes)
            views = [view for node in nodes if _is_view(view := at(node, "post"))]
            posts += map(_post, views)
        else:
            unavailable += sum(word(item, "value", "$type").endswith(_UNSHOWN) for item in entries(value, "thread"))
            posts += (_repost(item) for item in entries(value, "feed") if at(item, "reason", "by") is not None)
            views = [view for view in _posts_in(value) if _is_view(view) and not _is_repost(value, view)]
            posts += map(_post, views)
        signed_in_only += sum(map(_is_for_signed_in, views))
    notes = [f"left out: {count_of(unavailable, 'post')} deleted, or hidden by a block"] * bool(unavailable)
    if signed_in_only:
        hint = "quote nothing of them before you have asked"
        notes.append(
            f"{count_of(signed_in_only, 'post')} by people who let Bluesky show them to signed-in readers only: {hint}"
        )
    return Harvest(tuple(posts), tuple(notes), source.json.problems if source.json else ())


def _all_nodes(top: Json) -> Iterator[Json]:
    """Yield every node of a thread, those above it first, then depth first; uses no recursion."""
    ancestors: list[Json] = []
    node = at(top, "parent")
    while isinstance(node, dict):
        ancestors.append(node)
        node = node.get("parent")
    pending = [top, *ancestors]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(entries(node, "replies"))


def _is_repost(value: Json, view: Json) -> bool:
    """Return whether a post is in a feed because somebody reposted it."""
    return any(at(item, "post") is view and at(item, "reason", "by") is not None for item in entries(value, "feed"))


def _post(view: Json) -> Post:
    record, author = at(view, "record"), at(view, "author")
    uri, handle = word(view, "uri"), _handle(author)
    parent = word(record, "reply", "parent", "uri")
    page = handle or word(author, "did")
    return Post(
        mark=uri,
        channel="bluesky",
        author=word(author, "displayName").strip() or handle or mark("anonymous"),
        account=word(author, "did") or (f"@{handle}" if handle else ""),
        posted=word(record, "createdAt") or word(view, "indexedAt"),
        text=_text(record, view),
        handle=handle_of(handle),
        address=uri,
        parent=parent,
        kind="reply" if parent else "original",
        url=f"{_WEB}/{page}/post/{uri.rpartition('/')[2]}" if uri.startswith("at://") and page else "",
        mentions=(*_mentions(record), *_quoted_author(at(view, "embed"))),
    )


def _handle(author: Json) -> str:
    """Return the handle of somebody; "" if it is the one that stands for all handles that no longer work."""
    handle = word(author, "handle")
    return "" if handle == _BROKEN else handle


def _repost(item: Json) -> Post:
    """Return a repost in a feed."""
    by, view = at(item, "reason", "by"), at(item, "post")
    handle = _handle(by)
    return Post(
        mark=word(view, "uri"),
        channel="bluesky",
        author=word(by, "displayName").strip() or handle or mark("anonymous"),
        account=word(by, "did") or (f"@{handle}" if handle else ""),
        posted=word(item, "reason", "indexedAt"),
        text=_text(at(view, "record"), view),
        handle=handle_of(handle),
        address=word(item, "reason", "uri") or f"{word(by, 'did')} repeats {word(view, 'uri')}",
        kind="repost",
        mentions=(*_mentions(at(view, "record")), *_quoted_author(at(view, "embed"))),
    )


def _text(record: Json, view: Json) -> str:
    warnings = list(dict.fromkeys(_labels(record, view)))
    parts = [htmltext.warning(", ".join(warnings))] if warnings else []
    parts.append(_words(record))
    embed = at(view, "embed") or at(record, "embed")
    parts += _attachments(embed)
    return "\n\n".join(filter(None, parts))


def _labels(record: Json, view: Json) -> Iterator[str]:
    """Yield the warnings that the author put on a post; what others put there is theirs."""
    own_labels = [*entries(record, "labels", "values")]
    own_labels += (label_ for label_ in entries(view, "labels") if word(label_, "src") == word(view, "author", "did"))
    for label in own_labels:
        if word(label, "val") != _SIGNED_IN and not true(label, "neg"):
            yield word(label, "val").lstrip("!")


def _is_for_signed_in(view: Json) -> bool:
    """Return whether an author asks that their posts are shown to people with an account only."""
    labels = (*entries(view, "author", "labels"), *entries(view, "labels"))
    return any(word(label, "val") == _SIGNED_IN and not true(label, "neg") for label in labels)


def _words(record: Json) -> str:
    """Return the words of a post, with whole addresses in place of links that are shown short (facets count bytes)."""
    text = word(record, "text")
    data = text.encode()
    for facet in sorted(entries(record, "facets"), key=lambda part: -number(part, "index", "byteStart")):
        start, end = number(facet, "index", "byteStart"), number(facet, "index", "byteEnd")
        for feature in entries(facet, "features"):
            address = word(feature, "uri") if word(feature, "$type") == f"{_FACET}#link" else ""
            if address.startswith(("http://", "https://")) and _is_whole(data, start, end):
                data = data[:start] + _with_address(data[start:end], address).encode() + data[end:]
    return data.decode(errors="replace").strip()


def _is_whole(data: bytes, start: int, end: int) -> bool:
    """Return whether a range of bytes is in a text and cuts no character in two."""
    edges = (data[place : place + 1] for place in (start, end))
    return 0 <= start < end <= len(data) and not any(edge and edge[0] & 0xC0 == _WITHIN for edge in edges)


def _with_address(shown_bytes: bytes, address: str) -> str:
    link_text = shown_bytes.decode(errors="replace")
    shown_address = link_text.removesuffix("...").removesuffix("…").rstrip("/")
    return address if shown_address and shown_address in address else f"{link_text} ({address})"


def _mentions(record: Json) -> Iterator[Mention]:
    data = word(record, "text").encode()
    for facet in entries(record, "facets"):
        for feature in entries(facet, "features"):
            if word(feature, "$type") == f"{_FACET}#mention" and word(feature, "did"):
                handle_bytes = data[number(facet, "index", "byteStart") : number(facet, "index", "byteEnd")]
                yield Mention(handle_bytes.decode(errors="replace"), word(feature, "did"))


def _quoted_author(embed: Json) -> Iterator[Mention]:
    """Yield whom a quotation names: with their account, so that they are who else is meant by it."""
    for author in (at(embed, "record", "author"), at(embed, "record", "record", "author")):
        if (handle := _handle(author)) and word(author, "did"):
            yield Mention(f"@{handle}", word(author, "did"))


def _attachments(embed: Json) -> Iterator[str]:
    """Yield the attachments of a post: pictures, a video, a link preview, a quoted post."""
    kind = _kind(embed)
    if kind == "recordWithMedia":
        yield from _attachments(at(embed, "media"))
        yield _quoted_post(at(embed, "record", "record") or at(embed, "record"))
    elif kind == "record":
        yield _quoted_post(at(embed, "record"))
    elif kind == "images":
        yield from (htmltext.picture(word(image, "alt")) for image in entries(embed, "images"))
    elif kind == "video":
        yield htmltext.picture(word(embed, "alt"), "video")
    elif kind == "external":
        address = word(embed, "external", "uri")
        yield htmltext.card(word(embed, "external", "title") or address, address)


def _quoted_post(record: Json) -> str:
    """Return a quoted post; a list or a feed that is shown in the same way has no words."""
    name, title = _handle(at(record, "author")), word(record, "displayName") or word(record, "name")
    title = title or word(record, "record", "name") or word(record, "creator", "displayName")
    value = at(record, "value")
    if title and not value:
        return htmltext.card(title)
    warnings = ", ".join(dict.fromkeys(_labels(value, record)))
    embedded_parts = (part for embed in entries(record, "embeds") for part in _attachments(_without_post(embed)))
    parts = (htmltext.warning(warnings) if warnings else "", _words(value), *embedded_parts)
    return htmltext.quotation(" ".join(parts), f"@{name}" if name else "")


def _without_post(embed: Json) -> Json:
    """Return what a quoted post shows beside its words, without the post that it quotes."""
    kind = _kind(embed)
    return at(embed, "media") if kind == "recordWithMedia" else None if kind == "record" else embed


def _kind(embed: Json) -> str:
    """Return the kind of an attachment: "images"."""
    return word(embed, "$type").removeprefix("app.bsky.embed.").partition("#")[0]


IMPORTER = Importer("Bluesky", 'JSON with a "post" that has "uri", "author" and "record"', _recognises, _read)
