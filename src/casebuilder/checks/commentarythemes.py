"""Themes of a commentary: those that quotes and headings name, and their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.checks.meantnames import meant_by_title, of_another_level
from casebuilder.model import Arranged
from casebuilder.problems import Problem
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from casebuilder.model import Commentary
    from casebuilder.model.series import Series


def themes(series: Series) -> Iterator[Problem]:
    """Report unknown themes of quotes and headings, and themes without a heading."""
    for case in series.cases:
        if case.commentary is None or not case.commentary.origin.sound("themes"):
            continue
        if case.commentary.arranged is Arranged.QUESTIONS:
            yield from _check_question_headings(case.commentary)
            continue
        theme_ids = [theme.id for theme in case.commentary.themes]
        for i, quote in enumerate(case.quotes):
            if quote.theme and quote.theme not in theme_ids:
                suggestion = (
                    f"one of: {', '.join(theme_ids)}" if theme_ids else 'list it under "themes" in commentary.md'
                )
                meant = meant_by_title(quote.theme, {each.id: each.title for each in case.commentary.themes})
                hint = meant or did_you_mean(quote.theme, theme_ids) or suggestion
                yield Problem(
                    *case.quotes_origin.at(i, "theme"),
                    "unknown-theme",
                    f'unknown theme "{quote.theme}"',
                    hint,
                    quote.theme,
                )
        themes_with_heading = [section.theme for section in case.commentary.sections if section.title]
        for section in case.commentary.sections:
            if section.title and section.theme not in theme_ids:
                advice = f'list it under "themes", or give it the id of one: "## {section.title} {{#id}}"'
                hint = did_you_mean(section.theme, theme_ids) or advice
                message = f'the heading "{section.title}" is not a theme'
                yield Problem(*section.place, "unknown-theme", message, hint, section.theme)
        yield from _without_heading(case.commentary, themes_with_heading)


def _without_heading(commentary: Commentary, themes_with_heading: Collection[str]) -> Iterator[Problem]:
    """Report themes without a heading, at the heading of another level if there is one."""
    for i, theme in enumerate(commentary.themes):
        if theme.id in themes_with_heading:
            continue
        bodies = (section.body for section in commentary.sections)
        if found := of_another_level(bodies, theme.id, theme.title):
            place, hint = found[1], 'begin it with "## "'
            message = f'the heading "{found[0]}" is not that of a theme'
        else:
            place = commentary.origin.at("themes", i)
            hint = f'write "## {theme.title} {{#{theme.id}}}" and its text, or delete the theme'
            message = f'the theme "{theme.id}" has no heading'
        yield Problem(*place, "theme-without-heading", message, hint, theme.id)


def _check_question_headings(commentary: Commentary) -> Iterator[Problem]:
    """Report headings that are not questions of the case, in a commentary that is arranged by these."""
    question_ids = [theme.id for theme in commentary.themes]
    for section in commentary.sections:
        if section.title and section.theme not in question_ids:
            suggestion = f'give it the id of one: "## {section.title} {{#{question_ids[0] if question_ids else "id"}}}"'
            message = f'the heading "{section.title}" is not a question of the case'
            yield Problem(
                *section.place, "unknown-question", message, did_you_mean(section.theme, question_ids) or suggestion
            )
