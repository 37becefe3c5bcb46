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
class MergedCuration:
    """The result of a merge.

    Attributes:
        curation: both sides as one; where they conflict, the page's.
        conflicts: the parts that both changed, in order.
        outside: whether something was taken over that the page does not have.
    """

    curation: Curation
    conflicts: tuple[Conflict, ...] = ()
    outside: bool = False


def merge(yours: Curation, theirs: Curation, keep: str = "") -> MergedCuration:
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
        page_digest, file_digest = _digest_of_part(page_parts, name), _digest_of_part(file_parts, name)
        if file_digest in {page_digest, base.get(name, "")}:
            continue
        unchanged = page_digest == base.get(name, "") or (name == "method" and yours.method_automatic)
        if unchanged or keep == "theirs":
            from_files.add(name)
        elif name == "order":
            continue  # both orders hold the other's themes: see `_merge_themes`
        elif keep != "mine":
            conflicts.append(
                Conflict(
                    name,
                    _path_of_part(name, yours.case),
                    _part_as_text(page_parts.get(name)),
                    _part_as_text(file_parts.get(name)),
                )
            )
    curation = _take_parts(yours, theirs, from_files)
    return MergedCuration(curation, tuple(conflicts), outside=parts(curation) != page_parts)


def _digest_of_part(all_parts: Mapping[str, object], name: str) -> str:
    return digest(json.dumps(all_parts[name], sort_keys=True)) if name in all_parts else ""


def _path_of_part(name: str, slug: str) -> str:
    kind = name.partition(" ")[0]
    return {"quote": quotes_path, "spam": record_path}.get(kind, commentary_path)(slug)


def _part_as_text(part: object) -> str:
    """Return a part as text for people: each value on a line."""
    if part is None:
        return ""
    if isinstance(part, dict):
        return "\n".join(line for name, value in part.items() for line in _value_lines(name, value))
    return ", ".join(map(str, part)) if isinstance(part, list) else str(part)


def _value_lines(name: str, value: object) -> list[str]:
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _value_lines(f"{name} {key}", item)]
    return [f"{name}: {value}"] if value not in {None, "", False} and value != [] else []


def _take_parts(yours: Curation, theirs: Curation, from_files: set[str]) -> Curation:
    """Return the page's curation with the parts that are taken from the files."""
    method = theirs if "method" in from_files else yours
    quotes = _merge_quotes(yours, theirs, from_files)
    return replace(
        yours,
        base=theirs.base,
        arranged=(theirs if "arranged" in from_files else yours).arranged,
        curators=(theirs if "curators" in from_files else yours).curators,
        method=method.method,
        method_automatic=method.method_automatic,
        introduction=(theirs if "introduction" in from_files else yours).introduction,
        themes=_merge_themes(yours, theirs, from_files, {quote.theme for quote in quotes if quote.quoted}),
        quotes=quotes,
        contributions=_merge_marks(yours, theirs, from_files),
    )


def _merge_themes(
    yours: Curation, theirs: Curation, from_files: set[str], used_themes: set[str]
) -> tuple[DeskTheme, ...]:
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
        theme_kept = file_themes.get(name) if part in from_files else page_themes.get(name)
        theme_kept = theme_kept or (page_themes.get(name) if name in used_themes else None)
        if theme_kept and part in from_files and name in page_themes:  # its colour and letter are the page's own
            theme_kept = replace(theme_kept, colour=page_themes[name].colour, letter=page_themes[name].letter)
        if theme_kept:
            themes.append(theme_kept)
    return tuple(themes)


def _merge_quotes(yours: Curation, theirs: Curation, from_files: set[str]) -> tuple[MarkedQuote, ...]:
    file_quotes = {quote.id: quote for quote in theirs.quotes if quote.quoted}
    quotes = []
    page_ids = set()
    for quote in yours.quotes:
        page_ids.add(quote.id)
        if f"quote {quote.id}" not in from_files:
            quotes.append(quote)
        elif quote.id in file_quotes:
            quotes.append(replace(file_quotes[quote.id], memo=quote.memo))
    new_quotes = (
        quote for name, quote in file_quotes.items() if name not in page_ids and f"quote {name}" in from_files
    )
    return (*quotes, *new_quotes)


def _merge_marks(yours: Curation, theirs: Curation, from_files: set[str]) -> dict[str, Marks]:
    marks = dict(yours.contributions)
    for part in sorted(from_files):
        kind, _, name = part.partition(" ")
        if kind == "spam":
            spam = name in theirs.contributions and theirs.contributions[name].spam
            marks[name] = replace(marks.get(name, Marks()), spam=spam)
    return marks
