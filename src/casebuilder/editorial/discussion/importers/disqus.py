"""Comments of a Disqus export: without those that were deleted, marked as spam, or whose page is gone."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebuilder.editorial.discussion import exportthreads, htmltext, xmltext
from casebuilder.editorial.discussion.authorcontacts import handle_of
from casebuilder.editorial.discussion.post import Harvest, Mention, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.editorial.discussion.xmltext import Element

#: Whom a comment names, as Disqus writes it.
_MENTION = re.compile(r"(@[\w-]+):disqus\b")
_COUNTED = re.compile(r"https?://disq\.us/url\?url=(https?[^\s\"'&<>]+)(?:&[^\s\"'<>]*)?", re.IGNORECASE)


def _recognises(source: Source) -> bool:
    return source.is_xml and "://disqus.com" in source.text[:20_000]


def _read(source: Source, options: ImportOptions) -> Harvest:
    root = xmltext.root(source.text, source.name)
    posts = list(root.all("post"))
    thread_ids = {item.first("thread").attributes.get("id", "") for item in posts}
    pages = [
        exportthreads.Thread(item.word("title"), item.word("link"), item)
        for item in root.all("thread")
        if item.attributes.get("id", "") in thread_ids and item.word("isDeleted") != "true"
    ]
    chosen_threads, notes = exportthreads.choose(pages, options.thread)
    addresses = {item.content.attributes.get("id", ""): item.address for item in chosen_threads}
    known_threads = {item.attributes.get("id", "") for item in root.all("thread")}
    deleted_threads = {item.attributes.get("id", "") for item in root.all("thread") if item.word("isDeleted") == "true"}
    stray_comments = (
        sum(item.first("thread").attributes.get("id", "") not in known_threads - deleted_threads for item in posts)
        if known_threads
        else 0
    )
    chosen_posts = [
        item for item in posts if not known_threads or item.first("thread").attributes.get("id", "") in addresses
    ]
    public = [item for item in chosen_posts if _is_public(item)]
    if stray_comments:
        notes.append(
            f"left out: {count_of(stray_comments, 'comment')} of a page that was deleted, "
            "or that the export does not hold"
        )
    if not_public := len(chosen_posts) - len(public):
        notes.append(f"left out: {count_of(not_public, 'comment')} deleted or marked as spam")
    return Harvest(tuple(_post(item, addresses) for item in public), tuple(notes))


def _is_public(element: Element) -> bool:
    return element.word("isApproved") != "false" and "true" not in {element.word("isDeleted"), element.word("isSpam")}


def _real_address(match: re.Match[str]) -> str:
    """Return the address behind one of Disqus' own, which counts who follows it and ends in a code."""
    return escape(unquote(unescape(match[1])).rpartition(":")[0])


def _post(element: Element, addresses: dict[str, str]) -> Post:
    number, parent = element.attributes.get("id", ""), element.first("parent").attributes.get("id", "")
    page = addresses.get(element.first("thread").attributes.get("id", ""), "")
    name, user = unescape(element.word("author", "name")), element.word("author", "username")
    text = htmltext.text_of(_COUNTED.sub(_real_address, element.word("message")))
    return Post(
        mark=element.line,
        channel="site",
        author=name or user or recordwords.mark("anonymous"),
        account=element.word("author", "email").casefold() or (f"disqus user {user}" if user else name),
        posted=element.word("createdAt"),
        text=_MENTION.sub(r"\1", text),
        handle=handle_of(user),
        address=f"disqus#{number}" if number else "",
        parent=f"disqus#{parent}" if parent else "",
        kind="reply" if parent else "original",
        url=f"{page}#comment-{number}" if page and number else "",
        mentions=tuple(Mention(handle, "") for handle in _MENTION.findall(text)),
    )


IMPORTER = Importer("Disqus", "XML with the address disqus.com", _recognises, _read)
