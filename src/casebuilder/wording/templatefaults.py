"""What is wrong with a template of the theme, most often one of a series that replaces the theme's own."""

from __future__ import annotations

import traceback

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError


def sentence(error: Exception) -> str:
    """The file, the line and the words of an error in a template; empty if an error is not in one."""
    if isinstance(error, TemplateNotFound):
        return f'a template of the theme names the template "{error.name}", which does not exist'
    if isinstance(error, UnicodeDecodeError) and (template := _read(error)):
        return f"{template}: the template is not UTF-8; save it again with this encoding"
    if not isinstance(error, TemplateError):
        return ""
    # Jinja adds the template's own frames to the traceback.
    shown = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    place, line = (shown[-1].filename, shown[-1].lineno) if shown else ("a template of the theme", None)
    if isinstance(error, TemplateSyntaxError):
        place, line = error.filename or place, error.lineno
    return f"{place}{f', line {line}' if line else ''}: the template cannot be used: {error.message or error}"


def _read(error: BaseException) -> str:
    """The file that Jinja was reading when an error came up; empty if it was not reading one."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_globals.get("__name__") == "jinja2.loaders" and (name := frame.f_locals.get("filename")):
            return str(name)
    return ""
