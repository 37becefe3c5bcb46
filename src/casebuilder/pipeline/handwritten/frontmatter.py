"""The front matter of hand-written pages: fields that MkDocs, the theme or a plugin of Material would stumble over.

MkDocs says nothing of front matter that it cannot read, and prints it as text.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from casebuilder.model import Origin
from casebuilder.pipeline import themefiles
from casebuilder.pipeline.mkdocssettings.settingsfile import QUOTED, unreadable_words
from casebuilder.problems import Problem
from casebuilder.readers import yamltext
from casebuilder.readers.yamltext import Document, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebuilder.model import Step
    from casebuilder.readers.yamltext import Plain

#: Front matter that needs no second look.
_USUAL = re.compile(r'---[ \t]*\n(?:(?:title|description): (?:"[^"\\\n]*"|[A-Za-z][^:#\n"]*)\n)*---[ \t]*\n')
_WHOLE = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|---)[ \t]*\n", re.DOTALL)
#: The codes of YAML that MkDocs cannot read either.
_BROKEN = frozenset(("yaml-syntax", "yaml-tag", "control-character"))
#: Fields of one text, whatever other values MkDocs prints.
_LINES = ("title", "description", "template")
_WRONG = "wrong-type"
#: A field at the head of a page without front matter, as MkDocs finds it; and the names that themes and plugins know.
_FIELD = r"[ ]{0,3}([A-Za-z0-9_-]+):\s*(.*)"
_FIELDS_OF_PAGES = frozenset(
    (
        *_LINES,
        *("author", "authors", "category", "copyright", "date", "hide", "icon", "image", "keywords", "language"),
        *("revision", "search", "status", "subtitle", "summary", "tags", "version"),
    )
)


def problems(path: str, text: str, themes: tuple[Path, ...], used: frozenset[str]) -> Iterator[Problem]:
    """Yield the problems of a page's front matter.

    Args:
        path: the page, below the series' root.
        text: its Markdown.
        themes: the folders with templates of the series.
        used: the plugins that read it.
    """
    if not text.startswith("---"):
        yield from _head(path, text, themes, used)
        return
    if _USUAL.match(text) or not (match := _WHOLE.match(text)):
        return
    document, read_problems = yamltext.read(match[1], path, first_line=2)
    yield from (problem for problem in read_problems if problem.code in _BROKEN)
    if document is not None:
        yield from _unreadable(document.value, (), document, text.split("\n"))
        yield from of_fields(document, themes, used)


def _unreadable(value: Plain, steps: tuple[Step, ...], document: Document, lines: list[str]) -> Iterator[Problem]:
    """Yield the values at which MkDocs would give up, and print the whole front matter as text."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in parts:
        yield from _unreadable(below, (*steps, step), document, lines)
    if isinstance(value, str) and yamltext.is_unreadable(value):
        path, line, column = document.origin.at(*steps)
        if not lines[line - 1][column - 1 :].startswith(QUOTED):
            yield Problem(path, line, column, "bad-value", *unreadable_words(value))


def _head(path: str, text: str, themes: tuple[Path, ...], used: frozenset[str]) -> Iterator[Problem]:
    """Yield the problems of lines at the head of a page that MkDocs takes for fields, and does not print.

    So it reads pages of MultiMarkdown, and a page that begins with an address or with "Note: ...".
    """
    fields: dict[str, Plain] = {}
    keys: dict[tuple[Step, ...], tuple[int, int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(_FIELD, line) if ":" in line else None
        if not match and not (fields and line.startswith(("    ", "\t"))):
            break
        if match and (name := match[1].lower()) not in _FIELDS_OF_PAGES:
            message = f'"{match[1]}:" at the head of a page begins a field to MkDocs, and the line is not shown'
            yield Problem(path, number, match.start(1) + 1, "lost-words", message, "begin the page with an empty line")
        elif match:
            fields[name], keys[name,] = match[2], (number, match.start(2) + 1)
    if fields:
        yield from of_fields(Document(fields, Origin(path, keys, keys)), themes, used)


def of_fields(document: Document, themes: tuple[Path, ...], used: frozenset[str]) -> Iterator[Problem]:
    """Yield the problems of a page's fields; see `problems`."""
    values = document.value if isinstance(document.value, dict) else {}
    for name in _LINES:
        if isinstance(values.get(name), (list, dict)):
            hint = f"write one text: {name}: About us"
            yield Problem(*document.origin.at(name), _WRONG, f'"{name}" must be text', hint)
    template = values.get("template")
    if isinstance(template, str) and template and not _is_template(template, themes):
        hint = "put it into the folder of the theme, or delete the line"
        yield Problem(*document.origin.at("template"), "page-error", f'there is no template "{template}"', hint)
    if not isinstance(hidden := values.get("hide") or [], (list, dict)) and not isinstance(_typed_value(hidden), str):
        hint = "write a list, such as hide: [navigation, toc]"
        yield Problem(*document.origin.at("hide"), _WRONG, '"hide" must be a list of names', hint)
    if "tags" in used and values.get("tags"):
        yield from _tags(values["tags"], document)
    if "search" in used and values.get("search"):
        yield from _search(values["search"], document)


def _search(value: Plain, document: Document) -> Iterator[Problem]:
    """Yield the problems of how a page is searched, as the plugin of Material would stop at them."""
    if not isinstance(value, dict):
        hint = "write search: with a line such as exclude: true below it, or delete it"
        yield Problem(*document.origin.at("search"), _WRONG, '"search" must have fields', hint)
    elif "boost" in value and not isinstance(_typed_value(value["boost"]), (int, float)):
        hint = "write a number, such as boost: 2"
        yield Problem(*document.origin.at("search", "boost"), _WRONG, '"boost" must be a number', hint)


def _tags(tags: Plain, document: Document) -> Iterator[Problem]:
    """Yield the problems of tags, as the plugin of Material would stop at them."""
    if not isinstance(tags, list):
        hint = f"write a list: tags: [{tags}]" if isinstance(tags, str) else "write a list: tags: [feedback, handover]"
        yield Problem(*document.origin.at("tags"), _WRONG, '"tags" must be a list', hint)
        return
    for number, tag in enumerate(tags):
        if not (isinstance(tag, str) and isinstance(_typed_value(tag), (str, int, float, bool))):
            hint = "write a word or two, in quotation marks if there is a colon in it"
            yield Problem(*document.origin.at("tags", number), _WRONG, "a tag must be text", hint)


def _typed_value(value: Plain) -> object:
    return typed(value) if isinstance(value, str) else value


def _is_template(name: str, themes: tuple[Path, ...]) -> bool:
    is_plain = not posixpath.isabs(name) and ".." not in name.split("/")
    return is_plain and (any((theme / name).is_file() for theme in themes) or themefiles.is_known(name))


def defaults(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Return the fields that a file of the plugin `meta` gives to pages (None if there are none), and its problems."""
    document, read_problems = yamltext.read(text, path)
    broken = [problem for problem in read_problems if problem.code in _BROKEN]
    if document and not broken:
        broken = [*_unreadable(document.value, (), document, text.split("\n"))]
    if document is None or broken:
        return None, broken
    if not isinstance(document.value, dict):
        hint = "write each on a line of its own, as name: value; or delete the file"
        return None, [Problem(path, 1, 1, _WRONG, "this file needs one name and value on each line", hint)]
    return document, []


def own(text: str) -> tuple[Mapping[str, object], Document | None]:
    """Return the fields in a page's front matter, and where they are."""
    if not (text.startswith("---") and (match := _WHOLE.match(text))):
        return {}, None
    document, _ = yamltext.read(match[1], "", first_line=2)
    return (document.value, document) if document and isinstance(document.value, dict) else ({}, None)


def clashes(given: Mapping[str, object], mine: Mapping[str, object]) -> Iterator[str]:
    """Yield the fields that a page has in another form than the file of defaults: the plugin stops at them."""
    for name in given.keys() & mine.keys():
        if _type_name(given[name]) != _type_name(mine[name]):
            yield name


def _type_name(value: object) -> str:
    typed_value = typed(value) if isinstance(value, str) else value
    return type(typed_value).__name__
