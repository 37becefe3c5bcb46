"""Join what several sources have of one post or one topic: long posts of X, and pages of Discourse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion.post import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.editorial.discussion.post import Harvest, Post

_CUT_OFF = "…"
#: So many characters at the beginning of two posts of one account are the same in one post only.
_TELLING = 100
_WITH_REST = "import note-tweet.js from the same folder too"
_WITHOUT_REST = "note-tweet.js does not have the rest: complete the words by hand"
_OTHER_PAGES = "import the other pages too, or ask the forum for all posts: add ?print=true after .json"


def completed(harvests: Sequence[Harvest]) -> list[Harvest]:
    """Return what importers found, with the words of posts that are cut off in one source and whole in another."""
    whole_texts = {_on_one_line(text): text for harvest in harvests for text in harvest.whole}
    if not whole_texts:
        return list(harvests)
    completed_harvests = []
    for harvest in harvests:
        posts = [_complete_post(post, whole_texts) if post.address in harvest.cut else post for post in harvest.posts]
        changed = {new.address for new, old in zip(posts, harvest.posts, strict=True) if new is not old}
        completed_harvests.append(replace(harvest, posts=tuple(posts), cut=harvest.cut - changed))
    return completed_harvests


def _complete_post(post: Post, whole_texts: dict[str, str]) -> Post:
    before, sign, after = post.text.rpartition(_CUT_OFF)
    start = _on_one_line(before)
    whole_text = next((text for plain, text in whole_texts.items() if plain.startswith(start)), "")
    return replace(post, text=f"{whole_text}{after}") if sign and whole_text and len(start) >= _TELLING else post


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def lacking(harvests: Sequence[Harvest]) -> Iterator[str]:
    """Yield notes on what no source has: ends of long posts, and pages of a topic."""
    if cut_count := sum(len(harvest.cut) for harvest in harvests):
        hint = _WITHOUT_REST if any(harvest.whole for harvest in harvests) else _WITH_REST
        yield f"{count_of(cut_count, 'post')} cut off after 280 characters; {hint}"
    topics = dict.fromkeys(topic for harvest in harvests for topic in harvest.missing)
    for topic in topics:
        missing = frozenset.intersection(*(harvest.missing[topic] for harvest in harvests if topic in harvest.missing))
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            yield f"{count_of(len(missing), 'post')} of the topic “{topic}” {verb} in no file; {_OTHER_PAGES}"
