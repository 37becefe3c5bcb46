"""The input and output of an importer: the options of an import, and posts with their places in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from casebuilder.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from casebuilder.problems import Problem


#: Marks that turn the direction of what follows; in a record, of the next line too. Marks of one place may stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """Return a text without control characters and without marks that would turn the direction of other text."""
    return _TURNING.sub("", printable(text)).replace("\r\n", "\n").replace("\r", "\n").strip()


class TranscriptError(Exception):
    """A source cannot be imported at all; `option` is what on the command line to look at.

    What a file or a server said of itself may be in the message, and nothing of it may steer a terminal.
    """

    def __init__(self, option: str, message: str) -> None:
        super().__init__(" ".join(clean(message).split()))
        self.option = option


#: The account of an archive's owner, where its posts do not name it.
OWNER = "(the owner of the archive)"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read the sources, from the command line and the series' settings.

    Attributes:
        zone: of times without an offset.
        channel: for rows of a table that name none.
        named: fields of the record by the names of a table's columns.
        day_first: whether 2/6/2027 is 2 June; None if not given.
        encoding: of a source that is not UTF-8; "" if it is to be found out.
        sheet: which sheet of a workbook; "" is the first.
        thread: words of the title or the address of the thread that is meant, where a source holds several; "" is all.
        language: of the series, in which countries may be written too.
        words: the language of what is added to the texts: the case's, or the series' if that has no catalogue.
        questions: the titles of the case's questions by their ids, in order.
        keep_names: whether names and handles are kept instead of pseudonyms.
    """

    zone: ZoneInfo
    channel: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    encoding: str = ""
    sheet: str = ""
    thread: str = ""
    language: str = "en"
    words: str = "en"
    questions: Mapping[str, str] = field(default_factory=dict)
    keep_names: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A handle in a text and its account; "" if the handle itself identifies it."""

    written: str
    account: str


@dataclass(frozen=True, slots=True)
class Post:
    """One post as its network has it, before pseudonyms; never written in this form.

    Attributes:
        mark: where it is in its source: a line from 1, or words that stand on that line.
        channel: the network: "mastodon".
        author: the name that is shown.
        account: what stays the same for one author, whatever they call themselves. It goes into the key and no further;
            OWNER is the owner of the archive, "" somebody without a name.
        posted: when, as the source has it.
        text: the words, without markup.
        handle: how others name the author: "@ida@social.example". Never an email address.
        address: what names the post on its network for all time; "" where the network has no such name.
        local: the name that posts of the same source use for it.
        parent: the address, or the local name, of the post that it answers.
        kind: "original", "reply" or "repost".
        url: where a reader finds it.
        edited: when it was last changed, as an instant in ISO 8601 that sorts; "" if never.
        mentions: whom the text names, where the network says so; None where it does not.
        id: its name in the record, where the source gives one.
        author_key: where the source gives one.
        question: the id of a question.
        country: ISO 3166.
        role: what the author does.
        marked: the words with marks in place of what was added to them (`wording.recordwords`); "" without any.
        is_row: whether it is a row of a table, which people may have edited.
    """

    mark: int | str
    channel: str
    author: str
    account: str
    posted: str | datetime
    text: str
    handle: str = ""
    address: str = ""
    local: str = ""
    parent: str = ""
    kind: str = "original"
    url: str = ""
    edited: str = ""
    mentions: tuple[Mention, ...] | None = None
    id: str = ""
    author_key: str = ""
    question: str = ""
    country: str = ""
    role: str = ""
    marked: str = ""
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Harvest:
    """The posts, notes and problems that an importer found in a source.

    Attributes:
        posts: in the order of the source.
        notes: what the editor should know about how it was read.
        problems: records that could not be read, each at its line.
        owner: of an archive that names its owner apart from the posts: the owner's account, handle and name.
        stops: whether one of the problems is of the source as a whole, so that nothing of it may be taken.
        cut: addresses of posts that the source cuts off with "…".
        whole: words of long posts without their names, as an archive of X keeps them in a file of their own.
        missing: what the rest of a topic is called, by the topic: a forum gives twenty posts at a time.
    """

    posts: tuple[Post, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    owner: tuple[str, str, str] | None = None
    stops: bool = False
    cut: frozenset[str] = frozenset()
    whole: tuple[str, ...] = ()
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)


#: Begins the account of somebody without a name, whom the rest of the account keeps apart from others.
_NOBODY = "nobody "


def nobody(post: Post) -> Post:
    """Return a post of somebody without a name with an account of its own.

    Two authors without names may or may not be one person: the post's address keeps them apart.
    """
    return replace(post, account=f"{_NOBODY}{post.address} {post.posted} {post.text}")


def is_nobody(post: Post) -> bool:
    """Return whether a post has such an account."""
    return post.account.startswith(_NOBODY)


def count_of(number: int, noun: str) -> str:
    """Return a number of things: "1 comment", "12 comments"."""
    return f"{number} {noun}{'s' * (number != 1)}"
