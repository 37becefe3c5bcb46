"""The posts of all sources together: each once, in the order in which they were made, with their instants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from casebuilder.editorial.discussion import completedposts
from casebuilder.editorial.discussion.importers import importer
from casebuilder.editorial.discussion.nobodysnames import is_nobodys
from casebuilder.editorial.discussion.post import OWNER, clean, nobody
from casebuilder.editorial.discussion.table import datetimes
from casebuilder.editorial.discussion.uniqueids import has_unique_address
from casebuilder.fingerprints import fingerprint, is_telling
from casebuilder.model import instant
from casebuilder.model.datetimes import near
from casebuilder.problems import Problem
from casebuilder.wording import recordwords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from casebuilder.editorial.discussion.post import Harvest, ImportOptions, Post
    from casebuilder.editorial.discussion.source import Source

#: Characters of a post: GitHub takes 65,536, and no network more.
LONGEST = 66_000


@dataclass(frozen=True, slots=True)
class FoundPost:
    """A post with its instant, its source and the source's number."""

    post: Post
    when: datetime
    source: Source
    number: int

    def problem(self, code: str, message: str, hint: str) -> Problem:
        """Return a problem of this post, at its line of the source."""
        return Problem(self.source.name, self.source.line(self.post.mark), 1, code, message, hint)


@dataclass(frozen=True, slots=True)
class MergedPosts:
    """The posts of all sources, notes for the editor, problems, how many were skipped, and whether all must be."""

    posts: tuple[FoundPost, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    skipped: int
    stops: bool


def merge(sources: Sequence[Source], options: ImportOptions) -> MergedPosts:
    """Return the posts of some sources.

    Raises:
        casebuilder.editorial.discussion.post.TranscriptError: one of them cannot be read at all.
    """
    found_in = completedposts.completed([importer(source).read(source, options) for source in sources])
    harvests = list(zip(sources, found_in, strict=True))
    notes = [f"{source.name}: {note}" for source, harvest in harvests for note in (source.note, *harvest.notes) if note]
    notes += completedposts.lacking(found_in)
    notes += [f"{source.name}: no post was found in it" for source, harvest in harvests if _is_empty(harvest)]
    problems = [problem for _, harvest in harvests for problem in harvest.problems]
    skipped = len({(problem.path, problem.line) for problem in problems})
    owner = _owner_of_archive(found_in)
    posts: list[FoundPost] = []
    for number, (source, harvest) in enumerate(harvests):
        for post in () if harvest.stops else harvest.posts:
            found = FoundPost(_with_owner(post, owner), datetime.min.replace(tzinfo=UTC), source, number)
            dated = _with_instant(found, options.zone)
            if isinstance(dated, Problem):
                problems.append(dated)
                skipped += 1
            else:
                posts.append(dated)
    if any(found.post.account == OWNER for found in posts):
        notes.append("the owner of this archive is unknown: import account.js from the same folder too")
    posts_once, notes_on_repeats = _without_repeats(sorted(posts, key=lambda found: found.when))
    return MergedPosts(
        tuple(posts_once),
        (*notes, *notes_on_repeats),
        tuple(problems),
        skipped,
        any(harvest.stops for harvest in found_in),
    )


def _is_empty(harvest: Harvest) -> bool:
    return not (harvest.posts or harvest.notes or harvest.problems or harvest.owner or harvest.whole)


def _owner_of_archive(harvests: Iterable[Harvest]) -> tuple[str, str, str]:
    """Return the owner of an archive: the file that names the account has precedence over the posts."""
    owners = sorted((bool(harvest.posts), harvest.owner) for harvest in harvests if harvest.owner)
    return owners[0][1] if owners else (OWNER, "", recordwords.mark("owner"))


def _with_owner(post: Post, owner: tuple[str, str, str]) -> Post:
    if post.account != OWNER:
        if is_nobodys(post.author):
            account = "" if is_nobodys(post.account) else post.account
            post = replace(post, author=recordwords.mark("anonymous"), account=account)
        return post if post.account else nobody(post)
    account, handle, name = owner
    url = post.url.replace("/i/status/", f"/{handle.removeprefix('@')}/status/") if handle else post.url
    return replace(post, account=account, handle=handle, author=name, url=url)


def _with_instant(found: FoundPost, zone: ZoneInfo) -> FoundPost | Problem:
    """Return a post with its instant and clean words, or what is wrong with it.

    What is added to its words is in English, in whatever language a record has it: so it is recognised in each.
    """
    post = found.post
    prefix = f"{post.mark}: " if isinstance(post.mark, str) and post.mark.strip('"') else ""
    moment = _instant_of(post.posted, zone)
    if moment is None:
        complaint = f'"{post.posted}" is not a date' if post.posted else "the date is missing"
        return found.problem("bad-date", f"{prefix}{complaint}", "correct it in the source, or leave the post out")
    text = clean(recordwords.rendered(post.text))
    author = post.author if recordwords.is_nameless(post.author) else " ".join(clean(post.author).split())
    if not text or not author:
        what = "the post has no text" if not text else "the post has no author"
        return found.problem("missing-field", f"{prefix}{what}", "leave it out, or add what is missing")
    if len(text) > LONGEST:
        message = f"{prefix}the post has {len(text):,} characters; at most {LONGEST:,} are read"
        return found.problem("line-too-long", message, "shorten it in the source, or leave it out")
    marked = post.text if recordwords.OPENING in post.text else ""
    return replace(found, when=moment, post=replace(post, text=text, author=author, marked=marked))


def _instant_of(posted: str | datetime, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a post, to the second and with its offset, or None."""
    if isinstance(posted, str):
        try:
            moment = datetime.fromisoformat(posted)
        except ValueError:
            reading = datetimes.read(posted)
            if reading is None or reading.is_ambiguous:
                return None
            moment = reading.day_first or reading.month_first or datetime.min  # noqa: DTZ901 - one of both is there
    else:
        moment = posted
    try:
        instant_made = near(instant(moment, zone))
    except ValueError:  # a year that no network can mean, at which arithmetic with offsets ends
        return None
    is_sound = isinstance(instant_made, datetime) and timedelta(hours=-24) < (instant_made.utcoffset() or timedelta())
    return instant_made if isinstance(instant_made, datetime) and is_sound else None


def said(post: Post, language: str) -> str:
    """Return the words of a post, and what was added to them in a language."""
    return clean(recordwords.rendered(post.marked, language)) if post.marked else post.text


def forms(post: Post) -> Iterator[str]:
    """Yield the words of a post as a record may have them, which may have been made in another language."""
    yield post.text
    if post.marked:
        yield from map(clean, recordwords.forms(post.marked))


def _without_repeats(posts: Iterable[FoundPost]) -> tuple[list[FoundPost], list[str]]:
    """Return each post once, as it was edited last, and a note for each row that is in its table twice."""
    latest: dict[tuple[str, ...], FoundPost] = {}
    names_by_words: dict[tuple[str, ...], tuple[str, ...]] = {}
    notes: list[str] = []
    for found in posts:
        post = found.post
        words_key = (post.channel, found.when.astimezone(UTC).isoformat(timespec="seconds"), post.text)
        in_table = (*words_key, post.account, post.id or post.address, *_extra_fields(post))
        name = (post.channel, post.address) if has_unique_address(post) else in_table
        other = latest.get(name)
        if other and _have_one_address_by_mistake(other, found):
            other, name = latest.get(in_table), in_table
        if other is None and (same_name := names_by_words.get(words_key)) and _is_same_post(latest[same_name], found):
            other, name = latest[same_name], same_name
        if other is None:
            latest[name] = found
            names_by_words.setdefault(words_key, name)
        elif name == in_table and other.number == found.number:
            notes.append(
                f"{found.source.name}: line {post.mark} is the same as line {other.post.mark}, and was skipped"
            )
        else:
            latest[name] = _later_version(other, found)
    return list(latest.values()), notes


def _extra_fields(post: Post) -> tuple[str, ...]:
    return post.kind, post.parent, post.question, post.country, post.role, post.url


def _have_one_address_by_mistake(first: FoundPost, second: FoundPost) -> bool:
    """Return whether rows of two authors in one table have the same address, such as that of the form."""
    return second.post.is_row and first.number == second.number and first.post.account != second.post.account


def _is_same_post(first: FoundPost, second: FoundPost) -> bool:
    """Return whether two posts of one second with the same words are one: a table has it, and the network itself."""
    are_from_two = first.number != second.number and not (
        has_unique_address(first.post) and has_unique_address(second.post)
    )
    return are_from_two and is_telling(fingerprint(second.post.text))


def _later_version(first: FoundPost, second: FoundPost) -> FoundPost:
    """Return the later of two versions of a post, with the earlier instant.

    A network's version goes before a table's.
    """
    versions = sorted((first, second), key=lambda found: (bool(found.post.address), found.post.edited))
    return replace(versions[-1], when=min(first.when, second.when))
