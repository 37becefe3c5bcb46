"""A curation from a page and one from the files, which somebody may have edited meanwhile, as one.

Both began from the same files. The page knows a digest of each part of them: of each quote, each theme, the method and
so on. A part that only one side changed is taken from that side. One that both changed is a conflict, which a person
decides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casebuilder.casefiles import commentary_path, quotes_path, record_path
from casebuilder.editorial.curation.casecuration import digest, parts
from casebuilder.editorial.curation.deskschema import Marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from casebuilder.editorial.curation.deskschema import Curation, DeskTheme, MarkedQuote


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part that was changed on both sides: its file, and both versions as text for people."""

    part: str
    path: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge.

    Attributes:
        curation: both sides as one; where they conflict, the page's.
        conflicts: the parts that both changed, in order.
        outside: whether something was taken over that the page does not have.
    """

    curation: Curation
    conflicts: tuple[Conflict, ...] = ()
    outside: bool = False


def merge(yours: Curation, theirs: Curation, keep: str = "") -> Merged:
    """Merge a page's curation with the one that the files hold now.

    Args:
        yours: from the page, with the base that it began from.
        theirs: from the files.
        keep: whose version a part gets that both changed: "mine", "theirs", or "" to report a conflict.
    """
    page_parts, file_parts, base = parts(yours), parts(theirs), yours.base.parts
    from_files: set[str] = set()
    conflicts: list[Conflict] = []
    for name in dict.fromkeys((*page_parts, *file_parts, *base)):
        page_digest, file_digest = _digest(page_parts, name), _digest(file_parts, name)
        if file_digest in {page_digest, base.get(name, "")}:
            continue
        unchanged = page_digest == base.get(name, "") or (name == "method" and yours.method_automatic)
        if unchanged or keep == "theirs":
            from_files.add(name)
        elif name == "order":
            continue  # both orders hold the other's themes: see `_themes`
        elif keep != "mine":
            conflicts.append(
                Conflict(name, _path(name, yours.case), _shown(page_parts.get(name)), _shown(file_parts.get(name)))
            )
    joined = _joined(yours, theirs, from_files)
    return Merged(joined, tuple(conflicts), outside=parts(joined) != page_parts)


def _digest(found: Mapping[str, object], name: str) -> str:
    return digest(json.dumps(found[name], sort_keys=True)) if name in found else ""


def _path(name: str, slug: str) -> str:
    kind = name.partition(" ")[0]
    return {"quote": quotes_path, "spam": record_path}.get(kind, commentary_path)(slug)


def _shown(part: object) -> str:
    """Return a part as text for people: each value on a line."""
    if part is None:
        return ""
    if isinstance(part, dict):
        return "\n".join(line for name, value in part.items() for line in _lines(name, value))
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)


def _lines(name: str, value: object) -> list[str]:
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _lines(f"{name} {key}", item)]
    return [f"{name}: {value}"] if value not in {None, "", False} and value != [] else []


def _joined(yours: Curation, theirs: Curation, from_files: set[str]) -> Curation:
    """Return the page's curation with the parts that are taken from the files."""
    method = theirs if "method" in from_files else yours
    quotes = _quotes(yours, theirs, from_files)
    return replace(
        yours,
        base=theirs.base,
        arranged=(theirs if "arranged" in from_files else yours).arranged,
        curators=(theirs if "curators" in from_files else yours).curators,
        method=method.method,
        method_automatic=method.method_automatic,
        introduction=(theirs if "introduction" in from_files else yours).introduction,
        themes=_themes(yours, theirs, from_files, {quote.theme for quote in quotes if quote.quoted}),
        quotes=quotes,
        contributions=_marks(yours, theirs, from_files),
    )


def _themes(yours: Curation, theirs: Curation, from_files: set[str], used: set[str]) -> tuple[DeskTheme, ...]:
    """Return themes in the order of the side that changed it.

    One that only the other side has follows the one before it.

    One that was deleted in the files stays if a quote of the page is in it.
    """
    page_themes, file_themes = ({theme.id: theme for theme in each.themes} for each in (yours, theirs))
    first, second = (theirs, yours) if "order" in from_files else (yours, theirs)
    order = [theme.id for theme in first.themes]
    last = -1
    for theme in second.themes:
        if theme.id in order:
            last = order.index(theme.id)
        else:
            last += 1
            order.insert(last, theme.id)
    themes = []
    for name in order:
        part = f"theme {name}"
        found = file_themes.get(name) if part in from_files else page_themes.get(name)
        found = found or (page_themes.get(name) if name in used else None)
        if found and part in from_files and name in page_themes:  # its colour and letter are the page's own
            found = replace(found, colour=page_themes[name].colour, letter=page_themes[name].letter)
        if found:
            themes.append(found)
    return tuple(themes)


def _quotes(yours: Curation, theirs: Curation, from_files: set[str]) -> tuple[MarkedQuote, ...]:
    file_quotes = {quote.id: quote for quote in theirs.quotes if quote.quoted}
    quotes = []
    known = set()
    for quote in yours.quotes:
        known.add(quote.id)
        if f"quote {quote.id}" not in from_files:
            quotes.append(quote)
        elif quote.id in file_quotes:
            quotes.append(replace(file_quotes[quote.id], memo=quote.memo))
    new = (quote for name, quote in file_quotes.items() if name not in known and f"quote {name}" in from_files)
    return (*quotes, *new)


def _marks(yours: Curation, theirs: Curation, from_files: set[str]) -> dict[str, Marks]:
    marks = dict(yours.contributions)
    for part in sorted(from_files):
        kind, _, name = part.partition(" ")
        if kind == "spam":
            spam = name in theirs.contributions and theirs.contributions[name].spam
            marks[name] = replace(marks.get(name, Marks()), spam=spam)
    return marks
