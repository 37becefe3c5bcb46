"""Whether the texts of a curation fit into commentary.md.

A text that stands in the file already is the business of `check`: it refuses nothing. The one thing that it can do to
others is a code block without an end, which takes in whatever is written below it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.decoding import LONGEST_LINE
from casebuilder.fingerprints import holds
from casebuilder.model import Prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebuilder.editorial.curation.deskschema import Curation
    from casebuilder.model import Commentary, Section

#: The level of a theme's heading: its text has deeper ones only.
_LEVEL = 2
#: A heading below a text, which a code block that is left open would take in.
_NEXT = "the-heading-below"
#: The first or the last line of a code block.
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")


def reasons(
    curation: Curation, present: Curation, commentary: Commentary | None, prints: Sequence[str]
) -> Iterator[str]:
    """Yield why the texts of a curation cannot be written, a sentence each.

    Args:
        curation: the curation that is to be written.
        present: the one that the files hold.
        commentary: what the file of the commentary holds; None if there is none.
        prints: fingerprints of words that were withdrawn.
    """
    old_summaries = {theme.id: theme.summary for theme in present.themes}
    for theme in curation.themes:
        if theme.summary.strip() != old_summaries.get(theme.id, "").strip():
            yield from _reasons_of_text(theme.summary, f'the text of the theme "{theme.title}"', prints)
    if curation.introduction.strip() != present.introduction.strip():
        yield from _reasons_of_text(curation.introduction, "the introduction", prints)
    section = left_open(commentary) if commentary else None
    if (
        section
        and (texts_below := _texts_below(curation, present, section)) is not None
        and texts_below != _texts_below(present, present, section)
    ):
        path, line, _ = section.body.at(_open_fence(section.body.source))
        yield (
            f"{path}:{line}: the code block that begins here has no end, so it would take in what is written below it. "
            "Write the marks of this line (``` or ~~~) on a line of their own where the code ends"
        )


def left_open(commentary: Commentary) -> Section | None:
    """Return the section of a commentary with a code block that has no end; None if each has one."""
    return next((section for section in commentary.sections if _is_open(section.body.source)), None)


def _texts_below(curation: Curation, present: Curation, section: Section) -> list[tuple[str, str, str]] | None:
    """Return what follows the open code block in a section.

    None if the curation no longer has that block, or closes it.
    """
    texts = [("", "", curation.introduction), *((theme.id, theme.title, theme.summary) for theme in curation.themes)]
    if section.title and section.theme not in {theme.id for theme in present.themes}:
        return texts  # it is no theme: what stands below it is not known
    place_of_section = next((place for place, (name, _, _) in enumerate(texts) if name == section.theme), None)
    if place_of_section is None or not _is_open(texts[place_of_section][2]):
        return None
    return [(name, title, text.strip()) for name, title, text in texts[place_of_section + 1 :]]


def _reasons_of_text(text: str, noun: str, prints: Sequence[str]) -> Iterator[str]:
    if any(heading.level <= _LEVEL for heading in markdown.facts(Prose(text)).headings):
        yield f"{noun} contains a heading of its own level: begin headings with ###"
    if (longest := max(map(len, text.split("\n")))) > LONGEST_LINE:
        yield f"{noun} has a line of {longest:,} characters; at most {LONGEST_LINE:,} are read: begin new paragraphs"
    if _is_open(text):
        yield f"close the code block in {noun}: write the marks of its first line (``` or ~~~) below its last"
    if any(holds(text, each) for each in prints):
        yield f"{noun} repeats words that their author withdrew: delete them"


def _is_open(text: str) -> bool:
    """Return whether a text takes in a heading that is written below it."""
    return not any(each and each.id == _NEXT for each, _ in markdown.sections(Prose(f"{text}\n\n## Next {{#{_NEXT}}}")))


def _open_fence(text: str) -> int:
    """Return the place of the first line of the code block that has no end; 0 if it is not found."""
    opened, place, offset = "", 0, 0
    for line in text.split("\n"):
        match = _FENCE.fullmatch(line)
        if match and not opened:
            opened, place = match[1], offset
        elif match and match[1].startswith(opened) and not match[2].strip():
            opened = ""
        offset += len(line) + 1
    return place if opened else 0
