"""What the fuzzer tries: each target makes a text of choices and hands it to one reader, or to everything.

A reader gives problems with places within the text; an exception, a place outside of it, or an output that holds what
it must not, is a find, and becomes a test.
"""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from casebuilder import checks, markdown, published, readers
from casebuilder.markdown import prose
from casebuilder.model import Prose
from casebuilder.model.case import CaseData
from casebuilder.outputs import calendar, citationfiles
from casebuilder.problems import errors
from casebuilder.readers import frontmatter
from casebuilder.readers.discussion import read_discussion
from casebuilder.readers.records import read_yaml
from fuzz import grammar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casebuilder.problems import Problem
    from fuzz.grammar import Chooser

PATH = "cases/2026-03-late-handover/scenario.md"
#: What a browser loads without being asked.
_LOADED = {"src", "srcset", "poster", "data", "background", "style"}
_ELSEWHERE = re.compile(r"(?:picture:)?(?:[a-z][a-z0-9+.-]*:)?//|url\(", re.IGNORECASE)


#: What ends a line for calendars, headings or file names.
_BREAKS = set("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


class _Loads(HTMLParser):
    """The addresses that a page loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag's attributes."""
        del tag
        self.found += [value for name, value in attrs if name in _LOADED and value and _ELSEWHERE.search(value)]


def within(text: str, places: Iterable[tuple[int, int]]) -> None:
    """Every place lies in the text; its last line may be empty."""
    lines = text.count("\n") + 1
    for line, column in places:
        assert 1 <= line <= lines, (line, lines)
        assert column >= 1


def _check_one_line(*fields: str) -> None:
    for field in fields:
        assert not set(field) & _BREAKS, field


def _places(problems: Iterable[Problem]) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in problems]


def of_markdown(choose: Chooser) -> None:
    """An author's text: parsed, asked, cut and printed; no page loads anything from another host."""
    text = grammar.markdown(choose)
    source = Prose(text, PATH)
    within(text, (finding.place for finding in markdown.findings(source)))
    markdown.facts(source)
    for _, body in markdown.sections(source):
        loads = _Loads()
        loads.feed(prose.html(body))
        assert not loads.found, loads.found


def of_series(choose: Chooser) -> None:
    """A small series with a few changes: what is sound has a calendar and citations, and titles of one line."""
    texts = grammar.changed(choose, grammar.sound())
    series, problems = readers.read(texts)
    for problem in problems:
        assert problem.line >= 1
        assert "\n" not in problem.message + problem.hint, problem
    for case in series.cases:
        _check_one_line(case.title, *case.topics, *case.audience)
    codes = {problem.code for problem in (*errors(problems), *errors(checks.run(series)))}
    if codes - _usual():
        return
    public = published.publish(series, published.moment(series, "2026-06-01T09:00"))
    assert list(calendar.render(public))
    assert list(citationfiles.render(public))


def of_yaml(choose: Chooser) -> None:
    """A case's own file."""
    text = f"title: {grammar.scalar(choose, '')}\n{choose.words()}{grammar.markdown(choose)}"
    data, _, problems = read_yaml(CaseData, text, "cases/2026-03-late-handover/case.yml")
    within(text, _places(problems))
    if data:
        _check_one_line(data.title, *data.topics)


def of_front_matter(choose: Chooser) -> None:
    """The head of a response."""
    text = f"---\n{grammar.markdown(choose)}"
    _, _, problems = frontmatter.split(text, PATH)
    within(text, _places(problems))


def of_record(choose: Chooser) -> None:
    """The record of a discussion."""
    text = grammar.markdown(choose)
    _, problems = read_discussion(text, "commentary/2026-03-late-handover/discussion.jsonl")
    within(text, _places(problems))


def of_settings(choose: Chooser) -> None:
    """The configuration, of which nothing is run."""
    text = grammar.markdown(choose)
    _, problems = readers.read_settings({"mkdocs.yml": text}, readers.Configuration("mkdocs.yml", {}))
    within(text, _places(problems))


@cache
def _usual() -> frozenset[str]:
    """The errors of a series whose pictures are not there: texts alone are read."""
    series, _ = readers.read(grammar.sound())
    return frozenset(problem.code for problem in errors(checks.run(series)))


TARGETS: dict[str, Callable[[Chooser], None]] = {
    "markdown": of_markdown,
    "series": of_series,
    "yaml": of_yaml,
    "front-matter": of_front_matter,
    "record": of_record,
    "settings": of_settings,
}
