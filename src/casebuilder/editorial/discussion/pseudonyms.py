"""Pseudonyms: what people are called in the record, and what its texts have in place of handles and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from casebuilder.editorial.discussion import mailremoval
from casebuilder.text import EMAIL
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casebuilder.editorial.discussion.post import Post

#: @ida@social.example and @ida.bsky.social are always handles; "2 mg @night" may be none. What must not stand before @
#: is looked for after it: so the sign is found at once.
_WHOLE = re.compile(r"@(?<![\w@/.+%-]@)(?:[\w-]+(?:\.[\w-]+)*@[\w-]+(?:\.[\w-]+)+|[\w-]+(?:\.[\w-]+){1,8})")
_SHORT = re.compile(r"@(?<![\w@/.+%-]@)\w[\w-]*(?![\w@])")
#: A handle that is a domain, without @.
_DOMAIN = re.compile(r"(?<![\w@/.+%-])[\w-]+(?:\.[\w-]+){1,8}(?![\w@/])")
_DOTTED = re.compile(r"\.[\w-]")
#: Without the full stop of the sentence that it ends.
_ADDRESS = re.compile(r"https?://[^\s<>\"'\])]*[^\s<>\"'\]).,;:!?…]", re.IGNORECASE)
_WITH_ADDRESSES = re.compile(f"({_ADDRESS.pattern})", re.IGNORECASE)
#: Networks on which @ and a word always name somebody.
_NETWORKS = frozenset(("bluesky", "github", "instagram", "mastodon", "threads", "twitter", "x"))
#: Networks whose handles are one word, also those that a quotation or a shortened answer does not list.
_ALWAYS = frozenset(("twitter", "x"))
#: Profile pages on such networks: the part of the path before the name, or joined to it.
_PROFILES = re.compile(
    r"^/(?:web/|deck/)?(?:@|users/|user/|profile/|people/|author/|u/@?|in/(?=[^/]+/?$))([^/?#]+)", re.IGNORECASE
)
#: Where the first part of a path is somebody's name: hosts without "www." or "mobile.".
_SHORT_PROFILES = {"x.com", "twitter.com", "instagram.com", "facebook.com", "m.facebook.com"}
_NO_PERSON = {"i", "home", "hashtag", "search", "intent", "share", "p", "reel", "explore", "groups", "events", "pages",
              "watch", "sharer", "story.php", "photo", "photo.php", "permalink.php", "settings", "help"}  # fmt: skip
#: A post by its number alone leads to its author as well.
_NUMBERED_POST = re.compile(
    r"^/(?:(?:i/(?:web/)?status|web/statuses|statuses|deck/statuses)/\d+|notice/\w{6,}/?$|objects/[\da-f]+(?:-[\da-f]+){4}/?$)",
    re.IGNORECASE,
)
#: A number, with or without a unit, before "@": a dose and its time, or a price.
_DOSE = re.compile(r"\d[\d.,/]*\s*\S{0,5}\s*$")
_BEFORE, _BRIEFEST = 16, 2
#: Times and places after "@", and what programmers write after it.
_NO_HANDLE = frozenset((
    "admission", "all", "bedside", "bedtime", "channel", "clinic", "dawn", "discharge", "dusk", "everybody",
    "everyone", "handover", "here", "home", "hospital", "import", "least", "lunch", "media", "midnight", "most",
    "night", "noon", "once", "override", "param", "property", "rest", "return", "school", "test", "theatre", "time",
    "triage", "ward", "work",
))  # fmt: skip


@dataclass(slots=True)
class Names:
    """Pseudonyms by author key; a new author gets the next number.

    Attributes:
        shown: pseudonyms by author keys.
        last: the highest number that was given.
        language: of new pseudonyms, and of what stands for addresses; nobody gets another one when it changes.
        key: makes the key of an account that a text names: channel and account to key.
        accounts: keys by the handles of those who wrote something, without @ and in small letters.
        displayed: names that participants show, with their keys.
        first: first and family names of participants, in small letters: "@Priya" may be no handle, but one of them.
        mentioned: network and handle of those whom texts name and who wrote nothing, by their keys.
    """

    shown: dict[str, str]
    last: int
    key: Callable[[str, str], str]
    language: str = "en"
    accounts: dict[str, str] = field(default_factory=dict)
    displayed: set[tuple[str, str]] = field(default_factory=set)
    first: frozenset[str] = frozenset()
    mentioned: dict[str, tuple[str, str]] = field(default_factory=dict)

    def of_mentioned(self, channel: str, account: str, handle: str) -> str:
        """Return the pseudonym of somebody whom a text names, who may have written nothing."""
        author_key = self.key(channel, account)
        if author_key not in self.shown:
            self.mentioned[author_key] = (channel, handle)
        self.accounts.setdefault(handle.removeprefix("@").casefold(), author_key)
        return self.of(author_key)

    def of(self, author_key: str) -> str:
        """Return the pseudonym of an author."""
        if author_key not in self.shown:
            self.last += 1
            self.shown[author_key] = recordwords.pseudonym(self.last, self.language)
        return self.shown[author_key]

    def learn(self, post: Post, author_key: str) -> None:
        """Remember name and handle of an author, so that texts that name them are recognised."""
        is_name = post.author and not recordwords.is_nameless(post.author) and not post.author.startswith("@")
        if is_name and is_harmless(post.author):
            self.displayed.add((post.author, author_key))
        if post.handle:  # one that is no word, such as ida_rn7, is a name as well
            self.displayed.add((post.handle.removeprefix("@").partition("@")[0], author_key))
        if post.account.startswith("did:"):
            self.accounts.setdefault(post.account.casefold(), author_key)
        for name in {post.handle, post.author if post.author.startswith("@") else ""}:
            if handle := name.removeprefix("@").casefold().strip():
                self.accounts.setdefault(handle, author_key)
                if post.channel == "mastodon":
                    self.accounts.setdefault(handle.partition("@")[0], author_key)


def is_harmless(text: str) -> bool:
    """Return whether a name, a handle or the address of a post contains no email address and is not an IP address."""
    if not text or EMAIL.search(text):
        return False
    if mailremoval.holds_encoded(text):
        return False
    try:
        ip_address(text.strip().strip("@[]"))
    except ValueError:
        return True
    return False


def is_pseudonym(name: str) -> bool:
    """Return whether a name is one that `Names` gives, in any language."""
    return bool(recordwords.numbered().fullmatch(name))


def is_same(name: str, words: str) -> bool:
    """Return whether somebody who writes some words means the pseudonym of a name.

    Its number says so in any language.
    """
    pattern = recordwords.numbered().pattern
    first, second = (re.fullmatch(pattern, text.strip(), re.IGNORECASE) for text in (name, words))
    return bool(first and second and int(first[1]) == int(second[1]))


def without_pseudonyms(text: str) -> str:
    """Return a text without pseudonyms, for comparing it with one that names people."""
    return recordwords.numbered().sub("", text) if recordwords.is_named(text) else text


def highest(texts: Iterable[str]) -> int:
    """Return the highest number of a pseudonym in some texts; 0 if there is none."""
    pattern = recordwords.numbered()
    texts_with_names = (text for text in texts if recordwords.is_named(text))
    return max((int(number) for text in texts_with_names for number in pattern.findall(text)), default=0)


def replace_handles(post: Post, names: Names) -> str:
    """Return the text of a post with pseudonyms in place of handles, and no address of anybody's page."""
    text = post.text
    if "://" in text:
        text = _ADDRESS.sub(lambda found: _replace_page(found[0], post, names), text)
    if "://" not in text:
        return _replace_in_text(text, post, names)
    parts = _WITH_ADDRESSES.split(text)
    return "".join(part if number % 2 else _replace_in_text(part, post, names) for number, part in enumerate(parts))


def _replace_in_text(text: str, post: Post, names: Names) -> str:
    """Return words with a pseudonym for each handle that is surely one."""
    if _DOTTED.search(text):
        text = _DOMAIN.sub(lambda match: _pseudonym_of_domain(match[0], names), text)
    if "@" not in text:
        return text
    accounts_by_mention = {mention.written.casefold(): mention.account for mention in post.mentions or ()}

    def replacement(match: re.Match[str], *, is_certain: bool) -> str:
        handle = match[0].casefold()
        if account := accounts_by_mention.get(handle):
            return names.of_mentioned(post.channel, account, match[0])
        if author_key := names.accounts.get(handle.removeprefix("@")):
            return names.of(author_key)
        return (
            names.of_mentioned(post.channel, handle, match[0])
            if is_certain or handle in accounts_by_mention
            else match[0]
        )

    text = _WHOLE.sub(lambda match: replacement(match, is_certain=True), text)
    is_certain = post.channel in _ALWAYS or (post.mentions is None and post.channel in _NETWORKS)
    may_be_handle = post.mentions is None or post.channel == "site"  # which says of its own names alone whom they mean
    return _SHORT.sub(
        lambda match: replacement(match, is_certain=is_certain or (may_be_handle and _is_handle(match, names))), text
    )


def _is_handle(match: re.Match[str], names: Names) -> bool:
    """Return whether @ and a word name somebody where nobody says so: not a dose ("2 mg @night"), a time or a place."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    word = match[0].removeprefix("@").casefold()
    is_word = len(word) <= _BRIEFEST or word[0].isdigit() or word in _NO_HANDLE or word in names.first
    return not (is_word or _DOSE.search(before))


def _pseudonym_of_domain(domain: str, names: Names) -> str:
    """Return a pseudonym for a participant's handle without @, such as ida.bsky.social; any other domain stays."""
    author_key = names.accounts.get(domain.casefold())
    return names.of(author_key) if author_key else domain


def _replace_page(address: str, post: Post, names: Names) -> str:
    """Return an address as the record may show it: that of a person's page becomes "[page of Participant 3]"."""
    try:
        parts = urlsplit(unquote(address))
    except ValueError:
        return address
    host = re.sub(r"^(?:www|mobile)\.", "", parts.netloc.casefold())
    if _NUMBERED_POST.match(parts.path):
        return recordwords.address_of_post(names.language)
    match = _PROFILES.match(parts.path)
    first = parts.path.strip("/").partition("/")[0]
    name = match[1] if match else first if host in _SHORT_PROFILES and first not in _NO_PERSON else ""
    if match and "." not in name:
        own_handle = name.removeprefix("@").casefold()
        candidates = [f"{own_handle}@{host}"] + [own_handle] * (post.channel != "mastodon")
    else:
        steps = [step.removeprefix("@").casefold() for step in parts.path.split("/") if step]
        candidates = [name.casefold()] if name else [*steps, host]
    handle = f"@{candidates[0]}"
    author_key = next((names.accounts[candidate] for candidate in candidates if candidate in names.accounts), None)
    if author_key:
        return recordwords.page_of(names.of(author_key), names.language)
    return recordwords.page_of(names.of_mentioned(post.channel, handle, handle), names.language) if name else address
