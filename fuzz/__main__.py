"""One target of the fuzzer: `python -m fuzz markdown -max_total_time=60`; after the target come libFuzzer's options.

Each target makes a text of the fuzzer's bytes and hands it to one reader. A reader gives problems with places within
the text; an exception, or a place outside of it, is a find, and becomes a test.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["casebuilder", "markdown_it", "mdit_py_plugins"]):
    from casebuilder import markdown, readers
    from casebuilder.markdown import prose
    from casebuilder.model import CaseData, Prose
    from casebuilder.readers import frontmatter
    from casebuilder.readers.discussion import read_discussion
    from casebuilder.readers.records import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from casebuilder.problems import Problem

PATH = "cases/2026-03-late-handover/scenario.md"


def within(text: str, places: Iterable[tuple[int, int]]) -> None:
    """Every place lies in the text; its last line may be empty."""
    lines = text.count("\n") + 1
    for line, column in places:
        assert 1 <= line <= lines, (line, lines)  # noqa: S101 - how a fuzzer is told of a find
        assert column >= 1  # noqa: S101 - the same


def _places(problems: Iterable[Problem]) -> list[tuple[int, int]]:
    return [(problem.line, problem.column) for problem in problems]


def of_markdown(text: str) -> None:
    """An author's text: parsed, asked, cut and printed."""
    piece = Prose(text, PATH)
    within(text, (found.place for found in markdown.findings(piece)))
    markdown.facts(piece)
    for _, body in markdown.sections(piece):
        prose.html(body)


def of_yaml(text: str) -> None:
    """A case's own file."""
    _, _, problems = read_yaml(CaseData, text, "cases/2026-03-late-handover/case.yml")
    within(text, _places(problems))


def of_front_matter(text: str) -> None:
    """The head of a response."""
    _, _, problems = frontmatter.split(f"---\n{text}", PATH)
    within(f"---\n{text}", _places(problems))


def of_record(text: str) -> None:
    """The record of a discussion."""
    _, problems = read_discussion(text, "commentary/2026-03-late-handover/discussion.jsonl")
    within(text, _places(problems))


def of_settings(text: str) -> None:
    """The configuration, of which nothing is run."""
    _, problems = readers.read_settings({"mkdocs.yml": text}, readers.Configuration("mkdocs.yml", {}))
    within(text, _places(problems))


TARGETS: dict[str, Callable[[str], None]] = {
    "markdown": of_markdown,
    "yaml": of_yaml,
    "front-matter": of_front_matter,
    "record": of_record,
    "settings": of_settings,
}


def main() -> None:
    """Try one target until its time is over or something is found."""
    target = TARGETS[sys.argv.pop(1)]

    def tried(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        text = given.ConsumeUnicodeNoSurrogates(len(data)).replace("\r\n", "\n").replace("\r", "\n")
        target(text.replace("\x00", ""))

    atheris.Setup(sys.argv, tried)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
