"""What is wrong with a template of the theme, most often one of a series that replaces the theme's own."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes

from casebuilder.wording.templating import MOST_NUMBERS, TOO_MANY_NUMBERS, number_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: The endings of templates of the theme, and the folder of our own.
_ENDINGS = (".html", ".xml")
_PACKAGE = Path(__file__).parent.parent
#: Filters that MkDocs and casebuilder add to Jinja's own.
_ADDED = frozenset(("url", "script_tag", "whole"))


def sentence(error: Exception) -> str:
    """Return the file, the line and the words of an error in a template; empty if an error is not in one."""
    if isinstance(error, TemplateNotFound):
        return f'a template of the theme names the template "{error.name}", which does not exist'
    if isinstance(error, UnicodeDecodeError) and (template := _template_being_read(error)):
        return f"{template}: the template is not UTF-8; save it again with this encoding"
    # Jinja adds the template's own frames to the traceback.
    template_frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")
    ]
    if not isinstance(error, TemplateError):
        return _failure_in_template(error, template_frames)
    place, line = (
        (template_frames[-1].filename, template_frames[-1].lineno)
        if template_frames
        else ("a template of the theme", None)
    )
    if isinstance(error, TemplateSyntaxError):
        place, line = error.filename or place, error.lineno
    return f"{place}{f', line {line}' if line else ''}: the template cannot be used: {error.message or error}"


def _failure_in_template(error: Exception, template_frames: Sequence[traceback.FrameSummary]) -> str:
    """Return where a template of a series fails at what it works out; empty if that is in none, or in one of ours."""
    frame = template_frames[-1] if template_frames else None
    if frame is None or not frame.filename.endswith(_ENDINGS) or Path(frame.filename).is_relative_to(_PACKAGE):
        return ""
    is_endless = isinstance(error, RecursionError)
    reason = "it includes itself without end" if is_endless else f"{type(error).__name__}: {error}"
    return f"{frame.filename}, line {frame.lineno}: the template cannot be used: {reason}"


def in_source(source: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
    """Yield the line, from 1, and the message of each fault of a template that can be seen without running it.

    Args:
        source: the template.
        is_known: whether there is a template of a name.
    """
    # Nothing is compiled: Jinja would work out what is constant, and 10 ** 10 ** 10 takes for ever.
    environment = Environment(autoescape=True, extensions=("jinja2.ext.i18n",))
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield error.lineno, f"the template cannot be used: {error.message}"
        return
    except RecursionError:
        yield 1, "the template cannot be used: too much in it is nested"
        return
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        name_node = getattr(node, "template", None)
        name = name_node.value if isinstance(name_node, nodes.Const) else ""
        if isinstance(name, str) and name and not getattr(node, "ignore_missing", False) and not is_known(name):
            yield node.lineno, f'there is no template "{name}"'
    for use in tree.find_all((nodes.Filter, nodes.Test)):
        kind, names = ("test", environment.tests) if isinstance(use, nodes.Test) else ("filter", environment.filters)
        if use.name not in names and use.name not in _ADDED:
            yield use.lineno, f'the template cannot be used: no {kind} is named "{use.name}"'
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "range" and _count_of(call) > MOST_NUMBERS:
            yield call.lineno, f"the template cannot be used: {TOO_MANY_NUMBERS}"


def _count_of(call: nodes.Call) -> int:
    """Return how many numbers a call of `range` gives; 0 if only a run can tell, or if the call fails."""
    limits = [limit.value for limit in call.args if isinstance(limit, nodes.Const)]
    try:
        return number_count(*limits) if len(limits) == len(call.args) else 0
    except (TypeError, ValueError):
        return 0


def _template_being_read(error: BaseException) -> str:
    """Return the file that Jinja was reading when an error came up; empty if it was not reading one."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_globals.get("__name__") == "jinja2.loaders" and (name := frame.f_locals.get("filename")):
            return str(name)
    return ""
