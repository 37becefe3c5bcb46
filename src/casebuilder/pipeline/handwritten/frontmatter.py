"""The front matter of hand-written pages: fields that MkDocs, the theme or a plugin of Material would stumble over.

MkDocs says nothing of front matter that it cannot read, and prints it as text.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from casebuilder.pipeline import themefiles
from casebuilder.problems import Problem
from casebuilder.readers import yamltext
from casebuilder.readers.yamltext import typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from casebuilder.readers.yamltext import Document, Plain

#: Front matter that needs no second look.
_USUAL = re.compile(r'---[ \t]*\n(?:(?:title|description): (?:"[^"\\\n]*"|[A-Za-z][^:#\n"]*)\n)*---[ \t]*\n')
_WHOLE = re.compile(r"---[ \t]*\n(.*?\n)(?:\.{3}|---)[ \t]*\n", re.DOTALL)
#: The codes of YAML that MkDocs cannot read either.
_BROKEN = frozenset(("yaml-syntax", "yaml-tag", "control-character"))
#: Fields of one text, whatever other values MkDocs prints.
_LINES = ("title", "description", "template")
_WRONG = "wrong-type"


def problems(path: str, text: str, themes: tuple[Path, ...], *, tagged: bool) -> Iterator[Problem]:
    """Yield the problems of a page's front matter.

    Args:
        path: the page, below the series' root.
        text: its Markdown.
        themes: the folders with templates of the series.
        tagged: whether the plugin for tags reads it.
    """
    if not text.startswith("---") or _USUAL.match(text) or not (match := _WHOLE.match(text)):
        return
    document, read_problems = yamltext.read(match[1], path, first_line=2)
    yield from (problem for problem in read_problems if problem.code in _BROKEN)
    if document is not None:
        yield from of_fields(document, themes, tagged=tagged)


def of_fields(document: Document, themes: tuple[Path, ...], *, tagged: bool) -> Iterator[Problem]:
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
    if not isinstance(hidden := values.get("hide") or [], (list, dict)) and not isinstance(_made(hidden), str):
        hint = "write a list, such as hide: [navigation, toc]"
        yield Problem(*document.origin.at("hide"), _WRONG, '"hide" must be a list of names', hint)
    if tagged and values.get("tags"):
        yield from _tags(values["tags"], document)


def _tags(tags: Plain, document: Document) -> Iterator[Problem]:
    """Yield the problems of tags, as the plugin of Material would stop at them."""
    if not isinstance(tags, list):
        hint = f"write a list: tags: [{tags}]" if isinstance(tags, str) else "write a list: tags: [feedback, handover]"
        yield Problem(*document.origin.at("tags"), _WRONG, '"tags" must be a list', hint)
        return
    for number, tag in enumerate(tags):
        if not (isinstance(tag, str) and isinstance(_made(tag), (str, int, float, bool))):
            hint = "write a word or two, in quotation marks if there is a colon in it"
            yield Problem(*document.origin.at("tags", number), _WRONG, "a tag must be text", hint)


def _made(value: Plain) -> object:
    return typed(value) if isinstance(value, str) else value


def _is_template(name: str, themes: tuple[Path, ...]) -> bool:
    is_plain = not posixpath.isabs(name) and ".." not in name.split("/")
    return is_plain and (any((theme / name).is_file() for theme in themes) or themefiles.is_known(name))


def defaults(path: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Return the fields that a file of the plugin `meta` gives to pages (None if there are none), and its problems."""
    document, read_problems = yamltext.read(text, path)
    broken = [problem for problem in read_problems if problem.code in _BROKEN]
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
        if _kind(given[name]) != _kind(mine[name]):
            yield name


def _kind(value: object) -> str:
    typed_value = typed(value) if isinstance(value, str) else value
    return type(typed_value).__name__
