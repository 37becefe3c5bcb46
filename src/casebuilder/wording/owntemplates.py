"""Templates that a series brings itself, for letters: Jinja without anything that reads, calls or never ends.

They may name the values that they are given, loop over lists, choose by conditions, and use the filters and tests in
the tables below. Everything else is refused before anything runs, so that they can call no function, reach no attribute
of Python, include no file, and make no text longer than a book.
"""

from __future__ import annotations

import re
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

#: Filters and tests of Jinja that a template may use. None makes much of little, as `center(1000000)` would.
_FILTERS = (
    "capitalize",
    "default",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "sort",
    "title",
    "trim",
    "unique",
    "upper",
)
_TESTS = ("defined", "undefined", "equalto", "eq", "ne", "lt", "le", "gt", "ge", "in", "none", "odd", "even")
#: The parts of Jinja that a template may consist of.
_PARTS = frozenset(("Template", "Output", "TemplateData", "Name", "Getattr", "Getitem", "Const", "List", "Tuple"))
_PARTS |= {"For", "If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Filter", "Test", "Keyword"}
_PARTS |= {"Concat", "Add", "Sub"}
_NAMES = {"Call": "functions", "Assign": "{% set %}", "Macro": "{% macro %}", "Include": "{% include %}"}
_NAMES |= {"Extends": "{% extends %}", "Import": "{% import %}", "Block": "{% block %}", "With": "{% with %}"}
_NAMES |= {"Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "For": "recursive loops"}
_LONGEST, _LONGEST_LETTER, _DEEPEST = 64_000, 200_000, 3
#: The most rounds of all loops, and the mark that each yields, which no text may contain.
_MOST_ROUNDS, _ROUND = 100_000, "\0"
#: What `loop` has within {% for %}.
_LOOP = frozenset(("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem"))
_CONTROL = re.compile(r"\s*(?:\{%.*?%\}\s*)+")
_UNKNOWN = re.compile(r"'(\w+)' is undefined")
_PART = re.compile(r"has no attribute '(\w+)'")
_MISSING = re.compile(r"No (filter|test) named '(\w+)'")


class OwnTemplateError(Exception):
    """A template cannot be filled in.

    Attributes:
        line: where, from 1.
    """

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return a template with its values filled in, as plain text: nothing is escaped.

    Args:
        text: the template.
        values: words, numbers, yes or no, and lists and tables of them.

    Raises:
        OwnTemplateError: it is not a template, it names a value that is not there, or it asks for what it may not have.
    """
    from jinja2.exceptions import TemplateSyntaxError

    if len(text) > _LONGEST:
        raise OwnTemplateError(f"the template has more than {_LONGEST} characters")
    try:
        _refuse_others(_environment().parse(text))
        tree = _environment().parse(_with_line_ends(text))
        _count_rounds(tree)
        chunks = _environment().from_string(tree).generate(**values)
        letter = "".join(_limit_length(chunks))
    except TemplateSyntaxError as error:
        raise OwnTemplateError(_syntax_message(str(error.message)), error.lineno) from None
    except OwnTemplateError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever somebody's template runs into is reported at its line
        raise OwnTemplateError(_runtime_message(str(error), values), _line_of_error(error)) from None
    return letter


def _with_line_ends(text: str) -> str:
    """Return a template in which only lines of nothing but {% %} disappear.

    Jinja would also join a line that ends in one.
    """
    lines = text.splitlines()
    return "\n".join(
        f'{line}{{{{ "" }}}}' if line.endswith("%}") and not _CONTROL.fullmatch(line) else line for line in lines
    )


def _limit_length(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of a letter, as long as they are not too many."""
    length = rounds = 0
    for chunk in chunks:
        if chunk == _ROUND:
            rounds += 1
            if rounds > _MOST_ROUNDS:
                raise OwnTemplateError(f"the loops would go round more than {_MOST_ROUNDS:,} times")
            continue
        length += len(chunk)
        if length > _LONGEST_LETTER:
            raise OwnTemplateError(f"the letter would have more than {_LONGEST_LETTER} characters")
        yield chunk


def _count_rounds(tree: nodes.Template) -> None:
    """Have each round of a loop yield a mark: three loops within each other that write nothing would never end."""
    from jinja2 import nodes

    for loop in tree.find_all(nodes.For):
        loop.body.insert(0, nodes.Output([nodes.TemplateData(_ROUND)], lineno=loop.lineno))


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {"quoted": _quote_lines}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    return environment


def faults(text: str, values: Iterable[str], parts: Iterable[str]) -> Iterator[OwnTemplateError]:
    """Yield what is wrong with a template, as far as can be seen without its values. Nothing in it runs.

    Args:
        text: the template.
        values: the names of the values that it will be given.
        parts: the names of the values within these.
    """
    from jinja2 import nodes
    from jinja2.exceptions import TemplateSyntaxError

    if len(text) > _LONGEST:
        yield OwnTemplateError(f"the template has more than {_LONGEST} characters")
        return
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        yield OwnTemplateError(_syntax_message(str(error.message)), error.lineno)
        return
    except RecursionError:
        yield OwnTemplateError("too much in the template is nested")
        return
    yield from _refused_parts(tree)
    for use in tree.find_all((nodes.Filter, nodes.Test)):
        kind, names = ("filter", {*_FILTERS, "quoted"}) if isinstance(use, nodes.Filter) else ("test", {*_TESTS})
        if use.name not in names:
            yield OwnTemplateError(_syntax_message(f"No {kind} named '{use.name}'"), use.lineno)
    yield from _unknown_names(tree, dict.fromkeys(values), {*parts})


def _unknown_names(tree: nodes.Template, values: Mapping[str, object], parts: set[str]) -> Iterator[OwnTemplateError]:
    """Yield the names in a template that no value has.

    Args:
        tree: the template.
        values: the names of the values that it will be given.
        parts: the names of the values within these.
    """
    from jinja2 import nodes

    guarded = {id(test.node) for test in tree.find_all(nodes.Test) if test.name in {"defined", "undefined"}}
    guarded |= {id(filter_node.node) for filter_node in tree.find_all(nodes.Filter) if filter_node.name == "default"}
    for node in _outer_names(tree):
        if node.name not in values and id(node) not in guarded:
            yield OwnTemplateError(_runtime_message(f"'{node.name}' is undefined", values), node.lineno)
    for part in tree.find_all(nodes.Getattr):
        of_loop = isinstance(part.node, nodes.Name) and part.node.name == "loop"
        if part.attr not in (_LOOP if of_loop else parts) and id(part) not in guarded and not part.attr.startswith("_"):
            suggestion = did_you_mean(part.attr, _LOOP if of_loop else parts)
            yield OwnTemplateError(
                f'there is no value "{part.attr}" there{"; " if suggestion else ""}{suggestion}', part.lineno
            )


def _outer_names(tree: nodes.Template) -> Iterator[nodes.Name]:
    """Yield the names in a template that stand for no item of a loop: their values must be given to it."""
    from jinja2 import nodes

    pending: list[tuple[nodes.Node, frozenset[str]]] = [(tree, frozenset())]
    for node, items in pending:
        if isinstance(node, nodes.Name):
            if node.ctx == "load" and node.name not in items:
                yield node
        elif isinstance(node, nodes.For):
            targets = {name.name for name in nodes.Tuple([node.target], "store").find_all(nodes.Name)}
            loop_items = items | targets | {"loop"}
            pending.extend((child, loop_items) for child in (*([node.test] if node.test else ()), *node.body))
            pending.extend((child, items) for child in (node.iter, *node.else_))
        else:
            pending.extend((child, items) for child in node.iter_child_nodes())


def _refuse_others(tree: nodes.Template) -> None:
    """Refuse a template with parts that letters do not have.

    Raises:
        OwnTemplateError: the first of them.
    """
    for refused in _refused_parts(tree):
        raise refused


def _refused_parts(tree: nodes.Template) -> Iterator[OwnTemplateError]:
    """Yield the parts of a template that are not in the table, and loops within loops within loops."""
    from jinja2 import nodes

    pending: list[tuple[nodes.Node, int]] = [(tree, 0)]
    for node, depth in pending:
        kind = type(node).__name__
        if kind not in _PARTS or (isinstance(node, nodes.For) and node.recursive):
            yield OwnTemplateError(f"letters have no {_NAMES.get(kind, kind.lower())}", node.lineno)
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield OwnTemplateError(f'there is no value "{node.attr}" there', node.lineno)
        inner_depth = depth + isinstance(node, nodes.For)
        if inner_depth > _DEEPEST:
            yield OwnTemplateError(f"there are more than {_DEEPEST} loops within each other", node.lineno)
        pending.extend((child, inner_depth) for child in node.iter_child_nodes())


def _quote_lines(text: str) -> str:
    """Return words as mail quotes them: > before each line."""
    return "\n".join(f"> {line}".rstrip() for line in str(text).split("\n"))


def _syntax_message(message: str) -> str:
    if unknown := _MISSING.search(message):
        kind, name = unknown.groups()
        names = (*_FILTERS, "quoted") if kind == "filter" else _TESTS
        return f'letters have no {kind} "{name}"; they have: {", ".join(names)}'
    return f"{message[:1].lower()}{message[1:].rstrip('.')}"


def _runtime_message(message: str, values: Mapping[str, object]) -> str:
    if unknown := _UNKNOWN.search(message):
        suggestion = did_you_mean(unknown[1], values) or f"there are: {', '.join(sorted(values))}"
        return f'there is no value "{unknown[1]}" for this letter; {suggestion}'
    if part := _PART.search(message):
        suggestion = did_you_mean(part[1], _inner_names(values))
        return f'there is no value "{part[1]}" there{"; " if suggestion else ""}{suggestion}'
    return f"this cannot be done in a letter: {message or 'it asks for too much'}"


def _inner_names(values: Mapping[str, object]) -> Iterable[str]:
    """Return the names of values within lists: `words` of `quotes`."""
    lists = (each for value in values.values() if isinstance(value, list) for each in value if isinstance(each, dict))
    return {name for each in lists for name in each}


def _line_of_error(error: BaseException) -> int:
    """Return the line of the template in which an error happened; Jinja puts it into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)
