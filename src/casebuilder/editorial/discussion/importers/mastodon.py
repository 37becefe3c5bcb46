"""Posts of Mastodon and what speaks its language: statuses, and the context of one. Public and unlisted ones alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import htmltext, webaddress
from casebuilder.editorial.discussion.jsontext import Json, at, entries, number, true, word
from casebuilder.editorial.discussion.post import Harvest, Mention, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.wording.recordwords import mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebuilder.editorial.discussion.post import ImportOptions

#: Some software with Mastodon's API gives public posts no visibility.
_PUBLIC = {"public", "unlisted", ""}
_INLINE = re.compile(r'<(p|span)\b[^>]*\bclass="quote-inline"[^>]*>.*?</\1>', re.DOTALL)
#: A small picture of a server's own in a name: "Ida :verified: Holm".
_SHORTCODE = re.compile(r":\w{2,40}:\s*")
#: Why a server shows no words of a quoted post that is still there.
_UNSHOWN = {"pending", "unauthorized", "blocked_account", "blocked_domain", "muted_account"}
_MEDIA = {"video": "video", "gifv": "video", "audio": "audio"}


def _recognises(source: Source) -> bool:
    values = source.json.values if source.json else ()
    return any(_is_context(value) or any(map(_is_status, _statuses(value))) for _, value in values)


def _is_public(item: Json) -> bool:
    return word(item, "visibility") in _PUBLIC


def _is_context(value: Json) -> bool:
    return isinstance(at(value, "ancestors"), list) and isinstance(at(value, "descendants"), list)


def _is_status(value: Json) -> bool:
    """Return whether it is a post; one version of a post, as its history lists them, has no identifier."""
    has_id = bool(word(value, "id") or word(value, "uri"))
    return has_id and isinstance(value, dict) and isinstance(at(value, "account"), dict) and "content" in value


def _statuses(value: Json) -> list[Json]:
    """Return the statuses of a value: of a context, a list, a search, or the one that it is."""
    if isinstance(value, list):
        return value
    if _is_context(value):
        return entries(value, "ancestors") + entries(value, "descendants")
    return entries(value, "statuses") or [value]


def _read(source: Source, _: ImportOptions) -> Harvest:
    items = [item for _, value in (source.json.values if source.json else ()) for item in _statuses(value)]
    statuses = [item for item in items if _is_status(item)]
    public = [item for item in statuses if _is_public(item) and _is_public(at(item, "reblog"))]
    host, statuses_by_id = _own_host(statuses), {word(item, "id"): item for item in statuses}
    note_not_public = f"left out: {count_of(len(statuses) - len(public), 'post')} not public"
    note_other = f"left out: {len(items) - len(statuses)} that are not posts, such as an error of the server"
    notes = (note_not_public,) * (len(public) < len(statuses)) + (note_other,) * (len(statuses) < len(items))
    posts = tuple(_post(item, host, statuses_by_id) for item in public)
    return Harvest(posts, notes, source.json.problems if source.json else ())


def _own_host(statuses: list[Json]) -> str:
    """Return the server that gave the statuses: the one on which the accounts without a server in their name live."""
    local = (item for item in statuses if "@" not in word(item, "account", "acct") and word(item, "account", "url"))
    return webaddress.parts(word(next(local, None), "account", "url")).netloc


def _post(item: Json, host: str, statuses_by_id: Mapping[str, Json]) -> Post:
    status = at(item, "reblog") if isinstance(at(item, "reblog"), dict) else item
    parent = word(item, "in_reply_to_id")
    is_repost = status is not item
    url = word(item, "url") or word(item, "uri")
    return Post(
        mark=f'"{word(item, "id")}"',
        channel="mastodon",
        author=_SHORTCODE.sub("", word(item, "account", "display_name")).strip() or word(item, "account", "username"),
        account=(handle := _handle(at(item, "account"), host)),
        posted=word(item, "created_at"),
        text=_text(status, statuses_by_id),
        handle=handle,
        address=_address(word(item, "uri"), word(item, "id"), host),
        local=f"{host}/{word(item, 'id')}",
        parent=f"{host}/{parent}" if parent else "",
        kind="repost" if is_repost else "reply" if parent else "original",
        url=url if url.startswith("http") else "",
        edited=word(item, "edited_at"),
        mentions=tuple(_mentions(status, _quoted_status(status, statuses_by_id), host)),
    )


def _handle(account: Json, host: str) -> str:
    """Return the whole handle of an account: a server leaves its own name out."""
    name = word(account, "acct") or word(account, "username")
    return f"@{name}" if "@" in name else f"@{name}@{webaddress.parts(word(account, 'url')).netloc or host}"


def _address(uri: str, own_id: str, host: str) -> str:
    """Return the worldwide identifier of a status: its server and number; of other software, its address."""
    parts = webaddress.parts(uri)
    steps = parts.path.strip("/").split("/")
    if parts.netloc and "statuses" in steps[:-1] and steps[-1].isdigit():
        return f"{parts.netloc}/{steps[-1]}"
    return uri or f"{host}/{own_id}"


def _mentions(item: Json, quoted: Json, host: str) -> Iterator[Mention]:
    for mention in (*entries(item, "mentions"), *entries(quoted, "mentions")):
        if handle := _handle(mention, host).strip("@"):
            yield Mention(f"@{handle}", f"@{handle}")


def _text(item: Json, statuses_by_id: Mapping[str, Json]) -> str:
    """Return the text of a status, with its attachments."""
    quoted = _quoted_status(item, statuses_by_id)
    parts = list(_parts(item, quotes=isinstance(quoted, dict)))
    if isinstance(quoted, dict):
        parts.append(_quotation(quoted))
    if title := word(item, "card", "title"):
        parts.append(htmltext.card(title, word(item, "card", "url")))
    return "\n\n".join(filter(None, parts))


def _parts(item: Json, *, quotes: bool) -> Iterator[str]:
    """Yield the warning of a status, its words, pictures and poll."""
    if warning := word(item, "spoiler_text").strip():
        yield htmltext.warning(warning)
    mentions = {word(mention, "url"): _handle(mention, "") for mention in entries(item, "mentions")}
    # For programs that show no quotes, servers put the address of the quoted post before the words, or after them.
    content = _INLINE.sub("", word(item, "content")) if quotes else word(item, "content")
    yield htmltext.text_of(content, mentions=mentions)
    yield from map(_describe_media, entries(item, "media_attachments"))
    if isinstance(poll := at(item, "poll"), dict):
        options = [
            htmltext.poll_option(word(option, "title"), at(option, "votes_count"))
            for option in entries(poll, "options")
        ]
        voters = number(poll, "voters_count") or number(poll, "votes_count")
        yield htmltext.poll(options, voters, is_open=not true(poll, "expired"))


def _quoted_status(item: Json, statuses_by_id: Mapping[str, Json]) -> Json:
    """Return the post that a status quotes, or what is said of it where it is not shown; None if it quotes none.

    Mastodon gives it within a state, or its number alone; Pleroma and Akkoma have places of their own for it.
    """
    quote = at(item, "quote") or at(item, "pleroma", "quote")
    if isinstance(quote, dict):
        return at(quote, "quoted_status") or statuses_by_id.get(word(quote, "quoted_status_id"), quote)
    return {"state": "unauthorized"} if word(item, "pleroma", "quote_url") else None


def _quotation(quoted: dict[str, Json]) -> str:
    """Return the mark for a quoted post: what it says and shows, if everybody may read it."""
    handle = _handle(at(quoted, "account"), "") if isinstance(at(quoted, "account"), dict) else ""
    if not _is_public(quoted) or word(quoted, "state") in _UNSHOWN:
        return htmltext.quotation(mark("private"), handle)
    return htmltext.quotation(" ".join(_parts(quoted, quotes=True)), handle)


def _describe_media(item: Json) -> str:
    return htmltext.picture(word(item, "description"), _MEDIA.get(word(item, "type"), "picture"))


IMPORTER = Importer(
    "Mastodon", 'JSON with "ancestors" and "descendants", or with "account" and "content"', _recognises, _read
)
