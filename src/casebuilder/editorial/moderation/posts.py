"""Texts to post: the opening of a discussion, and each question, within the length that a network allows."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder.published import address
from casebuilder.wording import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casebuilder.editorial.moderation.networks import Network
    from casebuilder.model.case import Case
    from casebuilder.wording import Translator

#: A teaser or title that is cut shorter than this says nothing.
_LEAST = 40


@dataclass(frozen=True, slots=True)
class Post:
    """A text for a network; `network` is None for a place without a limit, such as a site or a mailing list."""

    network: Network | None
    text: str

    @property
    def title(self) -> str:
        """The network, with the length of the text and the greatest: "Bluesky (251 of 300)"."""
        if self.network is None:
            return "Anywhere else"
        return f"{self.network.name} ({self.network.length(self.text)} of {self.network.most})"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an opening post can say, in the language of the case. All but the title may be empty.

    Attributes:
        title: "Open for discussion: The Case of …".
        teaser: of the case.
        until: the sentence that says until when it is open.
        paper: the sentence with the address of the paper.
        page: the address of the case's page.
        hashtags: of the discussion, in one line.
    """

    title: str
    teaser: str
    until: str
    paper: str
    page: str
    hashtags: str


def invitation(case: Case, until: str, page: str, hashtags: Iterable[str], translator: Translator) -> Invitation:
    """Return what the opening posts of a case can say.

    Args:
        case: the case.
        until: the sentence that says until when it is open.
        page: the address of the case's page; may be empty.
        hashtags: of the discussion.
        translator: in the case's language.
    """
    title = translator.gettext(message("Open for discussion: %(title)s"), title=case.title)
    paper = address(case.paper) if case.paper else ""
    cited = translator.gettext(message("The paper: %(address)s"), address=paper) if paper else ""
    return Invitation(title, case.teaser, until, cited, page, " ".join(hashtags))


def opening(parts: Invitation, network: Network | None) -> Post:
    """Return the opening post for a network, or, for None, one without a limit.

    Title, address and hashtags are in it, the title cut if it must be; then, as far as there is room and in this order,
    until when the discussion is open, the teaser, whole or cut at a word, and the address of the paper.
    """
    optional = (("until", parts.until), ("teaser", parts.teaser), ("paper", parts.paper))
    for page_and_tags in ((parts.page, parts.hashtags), (parts.page, ""), ("", "")):
        needed = (parts.title, "", "", "", *page_and_tags)
        if network is None or network.fits(_join_parts(needed)):
            return Post(network, _fill_post(needed, optional, network))
        title = _longest_start(parts.title, lambda part: network.fits(_join_parts((part, *page_and_tags))))  # noqa: B023 - called at once
        if len(title) > _LEAST:
            return Post(network, _join_parts((title, *page_and_tags)))
    return Post(network, cut(parts.title, network))


def question(number: int, title: str, hashtags: Iterable[str], network: Network | None) -> str:
    """Return the post that asks a question: "Q1. Was it worth it? #urojc"; cut if it is too long."""
    end = " ".join(hashtags)
    post = " ".join(filter(None, (f"Q{number}. {title}", end)))
    if network is None or network.fits(post):
        return post
    return cut(f"Q{number}. {title}", network, f" {end}" if end else "")


def cut(text: str, network: Network | None, end: str = "") -> str:
    """Return a text that fits together with what follows it: whole, or cut and with "…"."""
    if network is None or network.fits(text + end):
        return text + end
    return _longest_start(text, lambda part: network.fits(part + end)) + end


#: The places of the optional parts in a post: after the title.
_PLACES = {"teaser": 1, "until": 2, "paper": 3}


def _fill_post(needed: tuple[str, ...], optional: Iterable[tuple[str, str]], network: Network | None) -> str:
    """Return the post with each optional part that fits; a teaser may be cut."""
    parts = list(needed)

    def with_part(name: str, text: str) -> str:
        place = _PLACES[name]
        return _join_parts((*parts[:place], text, *parts[place + 1 :]))

    for name, text in optional:
        if network is None or network.fits(with_part(name, text)):
            parts[_PLACES[name]] = text
        elif name == "teaser":
            shortened = _longest_start(text, lambda part: network.fits(with_part("teaser", part)))
            parts[_PLACES[name]] = shortened if len(shortened) > _LEAST else ""
    return _join_parts(parts)


def _join_parts(parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, parts))


def _longest_start(long_text: str, fits: Callable[[str], bool]) -> str:
    """Return the longest start of a text that fits with "…", up to a word's end if that does not lose half of it."""
    text = " ".join(long_text.split())
    end = bisect_left(range(1, len(text)), 1, key=lambda length: int(not fits(f"{text[:length]}…")))
    while end and (not fits(f"{text[:end]}…") or unicodedata.combining(text[end : end + 1] or " ")):
        end -= 1
    word = text.rfind(" ", 0, end + 1)
    end = word if word > end // 2 else end
    return f"{text[:end].rstrip(' ,;:–—-')}…"
