"""The new text of commentary.md after a curation: only the fields and sections that changed are written again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.editorial.curation import refusedtexts
from casebuilder.editorial.curation.yamledits import EditError, Edits, Folded, emitted, entry
from casebuilder.model import Arranged, Prose
from casebuilder.readers import frontmatter, yamltext

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from casebuilder.editorial.curation.deskschema import Curation, DeskTheme
    from casebuilder.editorial.curation.yamledits import Value
    from casebuilder.model import Commentary, Section

#: The line below a heading that makes it one, and the beginning of a heading in one line.
_UNDERLINE = re.compile(r" {0,3}-+[ \t]*")
_ATX = re.compile(r" {0,3}##(?:[ \t]|$)")
#: An entry of a list in braces.
_BRACES = re.compile(r" *- *\{.*\}([ \t]+#.*|[ \t]*)")
#: Characters that can mean something in Markdown.
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def edited(text: str, commentary: Commentary | None, before: Curation, after: Curation) -> str:
    """Return the new text of the file; empty if there is nothing to write yet.

    Args:
        text: the present file; empty if there is none.
        commentary: what it holds; None if there is no file.
        before: the curation that it holds.
        after: the curation that it is to hold. Without curators there is no commentary.

    Raises:
        EditError: the file is written in a form in which it cannot be edited safely.
    """
    if commentary is None and text.strip():
        raise EditError("the commentary has errors: correct them first")
    if commentary and _is_same(before, after):
        return text
    if commentary is None:
        return _new_file(after) if after.curators and (after.themes or after.introduction) else ""
    matter, _, _ = frontmatter.split(text, "")
    document, _ = yamltext.read(matter[0], "", first_line=matter[1]) if matter else (None, [])
    if matter is None or document is None or not isinstance(document.value, dict):
        raise EditError("the front matter cannot be read")
    edits = Edits(matter[0], document.origin, matter[1])
    _change_fields(edits, document.value, before, after)
    head = text[: text.index("\n") + 1] + edits.result()
    lines = text.split("\n")
    body_line = text.count("\n", 0, text.index("\n") + 1 + len(matter[0]))
    return head + "\n".join(_edit_body(lines, body_line, commentary, (before, after)))


def _is_same(before: Curation, after: Curation) -> bool:
    """Return whether nothing changes. In a commentary by questions, the first quote of a question makes its section."""
    old, new = ((each.arranged, each.curators, each.method, each.introduction) for each in (before, after))
    meanings = [[(theme.id, theme.title, theme.summary) for theme in each.themes] for each in (before, after)]
    due = [[theme.id for theme in each.themes if _is_due(theme, each)] for each in (before, after)]
    return old == new and meanings[0] == meanings[1] and due[0] == due[1]


def _new_file(curation: Curation) -> str:
    """Return a new file."""
    fields: dict[str, Value] = {"curators": [*curation.curators], "method": Folded(curation.method)}
    if curation.arranged is Arranged.QUESTIONS:
        fields["arranged"] = curation.arranged.value
    elif curation.themes:
        fields["themes"] = [_theme_entry(theme) for theme in curation.themes]
    matter = [line for name, value in fields.items() for line in emitted(name, value)]
    parts = [curation.introduction.strip("\n")] * bool(curation.introduction.strip())
    parts += ["\n".join(_section_lines(theme)) for theme in curation.themes if _is_due(theme, curation)]
    return "\n".join(["---", *matter, "---", "", "\n\n".join(parts)]).rstrip("\n") + "\n"


def _theme_entry(theme: DeskTheme) -> Mapping[str, Value]:
    return {"id": theme.id, "title": theme.title}


def _section_lines(theme: DeskTheme) -> list[str]:
    body = theme.summary.strip("\n")
    return [heading(theme.title, theme.id), *(["", *body.split("\n")] if body.strip() else [])]


def heading(title: str, name: str) -> str:
    """Return the heading of a theme, whose words are not taken for Markdown."""
    unescaped = f"## {title} {{#{name}}}"
    headings = [each for each, _ in markdown.sections(Prose(unescaped)) if each]
    if len(headings) == 1 and headings[0].text == title:
        return unescaped
    escaped = _MARKS.sub(r"\\\1", title)
    return f"## {escaped} {{#{name}}}"


def _change_fields(edits: Edits, fields: Mapping[str, object], before: Curation, after: Curation) -> None:
    if before.curators != after.curators and after.curators:
        edits.put(("curators",), [*after.curators])
    if before.method != after.method and after.method:
        edits.put(("method",), Folded(after.method))
    last = next(name for name in ("method", "curators") if name in fields)
    if before.arranged is not after.arranged:
        is_by_questions = after.arranged is Arranged.QUESTIONS
        edits.put(("arranged",), after.arranged.value if is_by_questions else None, (last,))
        if is_by_questions:
            if "themes" in fields:
                edits.put(("themes",), None)
            return
    if after.arranged is Arranged.THEMES:
        _change_themes(edits, fields, (before.themes, after.themes), last)


def _change_themes(
    edits: Edits, fields: Mapping[str, object], themes: tuple[Sequence[DeskTheme], Sequence[DeskTheme]], last: str
) -> None:
    """Write the list of themes: each entry that is there already keeps its lines."""
    before, after = themes
    if [(theme.id, theme.title) for theme in before] == [(theme.id, theme.title) for theme in after]:
        return
    themes_written = fields.get("themes")
    old = [each for each in themes_written if isinstance(each, dict)] if isinstance(themes_written, list) else []
    key = edits.origin.keys.get(("themes",), (0, 0))[0]
    is_on_one_line = any(edits.origin.marks["themes", index][0] == key for index in range(len(old)))
    places = {str(each.get("id")): index for index, each in enumerate(old)}
    if not old or not after or is_on_one_line:
        edits.put(("themes",), [_theme_entry(theme) for theme in after] or None, (last,))
    elif (
        [theme.id for theme in before] == [theme.id for theme in after]
        and len(places) == len(after)
        and not any(_in_braces(edits, index) for index in range(len(old)))
    ):
        for theme in after:
            if old[places[theme.id]].get("title") != theme.title:
                edits.put(("themes", places[theme.id], "title"), theme.title)
    else:
        _order_themes(edits, old, after)


def _in_braces(edits: Edits, index: int) -> re.Match[str] | None:
    """Return the match of an entry that is written on one line, in braces, with the comment after it.

    Returns None for any other.
    """
    return _BRACES.fullmatch(edits.original(*edits.block("themes", index))[0])


def _order_themes(edits: Edits, old: Sequence[Mapping[str, object]], themes: Iterable[DeskTheme]) -> None:
    """Write the entries in another order, each with the comments above it."""
    start = edits.lines("themes")[0] + 1
    ends = [edits.block("themes", index)[1] for index in range(len(old))]
    places = {str(each.get("id")): index for index, each in enumerate(old)}
    first = edits.block("themes", 0)[0]
    margin = edits.margin(first)
    new_lines: list[str] = []
    for theme in themes:
        index = places.get(theme.id)
        place = (ends[index - 1] if index else start, ends[index]) if index is not None else (start, start)
        entry_lines = edits.original(*place)
        if index is None or old[index].get("title") != theme.title:
            lines = [" " * margin + line for line in entry(_theme_entry(theme))]
            if index is not None and (braces := _in_braces(edits, index)):
                lines[0] += braces[1]
            entry_lines = [*edits.comments(*place), *lines]
        new_lines += entry_lines
    edits.replace(start, ends[-1], new_lines)


def _edit_body(
    lines: Sequence[str], body_line: int, commentary: Commentary, curations: tuple[Curation, Curation]
) -> list[str]:
    """Return the text below the front matter.

    Args:
        lines: of the file.
        body_line: how many of them the front matter's fields end with; the closing line is the next.
        commentary: what the file holds.
        curations: the one that it holds, and the one that it is to hold.
    """
    before, after = curations
    theme_sections = [section for section in commentary.sections if section.title]
    section_starts = [section.place[1] - 1 for section in theme_sections]
    top = [*lines[body_line : section_starts[0] if section_starts else len(lines)]]
    if before.introduction != after.introduction:
        introduction_sections = [section for section in commentary.sections if not section.title]
        top = _replace_text(
            top, body_line, introduction_sections[0].body if introduction_sections else None, after.introduction, 1
        )
    old = {theme.id: theme for theme in before.themes}
    segments: dict[str, list[str]] = {}
    strays: dict[str, list[str]] = {}
    last = ""
    for section, begin, end in zip(theme_sections, section_starts, [*section_starts, len(lines)][1:], strict=True):
        if section.theme in old and section.theme not in segments:
            last = section.theme
            segments[last] = [*lines[begin:end]]
        else:  # no theme: it stays behind the section that it follows
            strays.setdefault(last, []).extend(lines[begin:end])
    places = {section.theme: section for section in reversed(theme_sections)}
    for theme in after.themes:
        if theme.id in segments and theme != old[theme.id]:
            segments[theme.id] = _edit_section(segments[theme.id], places[theme.id], old[theme.id], theme)
    swallowed = {theme.id for theme in before.themes} - segments.keys() if refusedtexts.left_open(commentary) else set()
    wanted_themes = [
        theme for theme in after.themes if theme.id in segments or (_is_due(theme, after) and theme.id not in swallowed)
    ]
    if [theme.id for theme in wanted_themes] == list(segments):
        parts = [top, strays.get("", []), *(segments[each] + strays.get(each, []) for each in segments)]
        return [line for part in parts for line in part]
    orphaned_lines = [
        line for name in segments if name not in {theme.id for theme in wanted_themes} for line in strays.get(name, [])
    ]
    parts = [top, strays.get("", []), orphaned_lines]
    parts += [segments.get(theme.id, _section_lines(theme)) + strays.get(theme.id, []) for theme in wanted_themes]
    return _join_parts(parts)


def _is_due(theme: DeskTheme, curation: Curation) -> bool:
    """Return whether a theme without a section gets one.

    Each theme does, but of the case's questions only those with answers.
    """
    if curation.arranged is Arranged.THEMES or theme.summary.strip():
        return True
    return any(quote.quoted and quote.question == theme.id for quote in curation.quotes)


def _join_parts(parts: Iterable[Sequence[str]]) -> list[str]:
    """Return parts of a text with an empty line between two of them, and one line break after the last."""
    lines: list[str] = []
    for part in parts:
        part_lines = [*part]
        while part_lines and not part_lines[-1].strip():
            part_lines.pop()
        if part_lines:
            lines += [*([""] if lines else []), *part_lines]
    return [*lines, ""]


def _edit_section(lines: list[str], section: Section, old: DeskTheme, new: DeskTheme) -> list[str]:
    """Return a section with another title or text."""
    title = (
        1 if _ATX.match(lines[0]) else 1 + next(n for n, line in enumerate(lines) if n and _UNDERLINE.fullmatch(line))
    )
    if old.summary != new.summary:
        lines = _replace_text(lines, section.place[1] - 1, section.body or None, new.summary, title)
    return [heading(new.title, new.id), *lines[title:]] if old.title != new.title else lines


def _replace_text(lines: Sequence[str], first: int, body: Prose | None, text: str, head: int) -> list[str]:
    """Return lines with another text in them; empty lines around it stay.

    Args:
        lines: of a section, or above the first one.
        first: the place of the first of them in the file.
        body: the text that they hold.
        text: the one that they are to hold.
        head: how many lines there are above it.
    """
    new = text.strip("\n").split("\n") if text.strip() else []
    if body:
        start = body.line - 1 - first
        end = start + body.source.count("\n") + 1
        while not new and end < len(lines) and not lines[end].strip():
            end += 1  # one of the two empty lines around it
        return [*lines[:start], *new, *lines[end:]]
    return [*lines[:head], *(["", *new] if new else []), *(lines[head:] or [""])]
