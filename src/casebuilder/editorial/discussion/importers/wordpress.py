"""Comments of a WordPress export (WXR 1.0 to 1.2): those that were approved and are no pingbacks."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import exportthreads, htmltext, webaddress, xmltext
from casebuilder.editorial.discussion.post import Harvest, Post, count_of
from casebuilder.editorial.discussion.source import Importer, Source
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from casebuilder.editorial.discussion.post import ImportOptions
    from casebuilder.editorial.discussion.xmltext import Element

_KINDS = {"", "comment"}
_MOST_NAMED = 8
_BIN = "trash"
_CLOSED = {"private", "draft", "pending", "future", "auto-draft"}
_UNSET = "0000-00-00 00:00:00"


def _recognises(source: Source) -> bool:
    return source.is_xml and "://wordpress.org/export/" in source.text[:20_000]


def _read(source: Source, options: ImportOptions) -> Harvest:
    channel = xmltext.root(source.text, source.name).first("channel")
    items = [
        exportthreads.Thread(item.word("title"), item.word("link"), item)
        for item in channel.all("item")
        if next(item.all("comment"), None)
    ]
    kept = [item for item in items if item.content.word("status") != _BIN]
    chosen_threads, notes = exportthreads.choose(kept, options.thread)
    if binned := len(items) - len(kept):
        notes.append(f"left out: the comments of {count_of(binned, 'page')} in the bin")
    posts: list[Post] = []
    left_out = 0
    for thread in chosen_threads:
        comments = list(thread.content.all("comment"))
        public_comments = [item for item in comments if _is_public(item)]
        left_out += len(comments) - len(public_comments)
        posts += (_post(item, thread) for item in public_comments)
    if closed := [thread for thread in chosen_threads if _is_closed(thread.content)]:
        pages = ", ".join(f"“{thread.title}”" for thread in closed[:_MOST_NAMED])
        notes.append(f"{count_of(len(closed), 'page')} not public, so its comments were not: {pages}")
    if left_out:
        notes.append(f"left out: {count_of(left_out, 'comment')} not approved, pingbacks and trackbacks among them")
    return Harvest(tuple(posts), tuple(notes))


def _is_closed(item: Element) -> bool:
    """Return whether a page is not public: private, a draft again, or with a password."""
    return item.word("status") in _CLOSED or bool(item.word("post_password"))


def _is_public(comment: Element) -> bool:
    approved = comment.word("comment_approved")
    return approved in {"1", "approve", "approved"} and comment.word("comment_type") in _KINDS


def _post(comment: Element, thread: exportthreads.Thread[Element]) -> Post:
    number, parent = comment.word("comment_id"), comment.word("comment_parent")
    site = webaddress.parts(thread.address).netloc
    base = f"{site}/?p={post_id}" if (post_id := thread.content.word("post_id")) else thread.address
    gmt, local = comment.word("comment_date_gmt"), comment.word("comment_date")
    name = unescape(comment.word("comment_author"))  # WordPress keeps names as HTML
    mail, user = comment.word("comment_author_email").casefold(), comment.word("comment_user_id")
    return Post(
        mark=comment.line,
        channel="site",
        author=name or recordwords.mark("anonymous"),
        account=mail or (f"user {user} of {site}" if user not in {"", "0"} else name),
        posted=f"{gmt}Z" if gmt not in {"", _UNSET} else local,
        text=htmltext.text_of(comment.word("comment_content"), breaks=True),
        address=f"{base}#comment-{number}" if number else "",
        parent=f"{base}#comment-{parent}" if parent not in {"", "0"} else "",
        kind="reply" if parent not in {"", "0"} else "original",
        url=f"{thread.address}#comment-{number}" if thread.address and number else "",
    )


IMPORTER = Importer("WordPress", "XML with the address wordpress.org/export (WXR)", _recognises, _read)
