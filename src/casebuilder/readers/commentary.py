"""Read a case's commentary: the curators' text and the figures from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.model import Arranged, Commentary, CommentaryData, Figures, Metric, Origin, Section, Theme
from casebuilder.problems import Problem
from casebuilder.readers import frontmatter
from casebuilder.readers.headings import title_problems
from casebuilder.readers.records import read_list, read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebuilder.model import Prose, Question

#: The most figures of one case; the papers report ten.
_MOST_METRICS = 200


def read_commentary(
    text: str, path: str, questions: Sequence[Question] = ()
) -> tuple[Commentary | None, list[Problem]]:
    """Read `commentary.md`: front matter, and text with a second-level heading for each theme.

    If it is arranged by the case's questions, these are its themes.
    """
    if not text.strip():
        return None, [Problem(path, 1, 1, "empty-file", "there is nothing in it", "fill it in, or delete it")]
    matter, body, problems = frontmatter.split(text, path)
    if matter is None:
        if not problems:
            hint = 'begin the file with "---", curators, method and themes, and "---"'
            problems = [Problem(path, 1, 1, "front-matter", "the commentary has no front matter", hint)]
        return None, problems
    data, origin, field_problems = read_yaml(CommentaryData, matter[0], path, first_line=matter[1])
    problems += field_problems
    if data is None:
        return None, problems
    fields = dict(data)
    if data.arranged is Arranged.QUESTIONS:
        if data.themes:
            message = 'the commentary is arranged by questions, so the list "themes" has no effect'
            hint = 'delete the list, or the line "arranged: questions"'
            problems.append(Problem(*origin.at_key("themes"), "unknown-theme", message, hint))
        fields["themes"] = tuple(Theme(id=question.id, title=question.title) for question in questions)
    sections = _sections(body, fields["themes"], problems)
    return Commentary.model_construct(**fields, sections=sections, origin=origin), problems


def _sections(body: Prose, themes: Sequence[Theme], problems: list[Problem]) -> tuple[Section, ...]:
    """Return the introduction and a section for each heading; a heading matches a theme by id or by words."""
    by_title = {theme.title.casefold(): theme.id for theme in themes}
    sections = []
    for heading, prose in markdown.sections(body):
        if heading:
            place = (body.path, *heading.place)
            problems += title_problems(heading, place)
            theme = by_title.get(heading.text.casefold(), heading.id)
            sections.append(Section.model_construct(theme=theme, title=heading.text, body=prose, place=place))
        elif prose:
            sections.append(Section.model_construct(body=prose, place=prose.at(0)))
    return tuple(sections)


def read_metrics(text: str, path: str) -> tuple[tuple[Metric, ...], Origin, list[Problem]]:
    """Read `metrics.yml`: figures from elsewhere, and their places."""
    return read_list(Metric, text, path, most=_MOST_METRICS)


def read_figures(text: str, path: str) -> tuple[Figures | None, Origin, list[Problem]]:
    """Read `figures.yml`: what `casebuilder stats --write` counted where the record is. None if it cannot be read."""
    return read_yaml(Figures, text, path)
