"""Read `mkdocs.yml` and the files it inherits, as MkDocs would, but without running anything.

MkDocs turns `!!python/...` into Python objects and calls `!!python/object/apply`. Its reader is therefore never used:
a pull request must not run code on the computer that checks it. Such a value is unknown here.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from casebuilder.model import Origin
from casebuilder.problems import Problem
from casebuilder.readers import yamltext
from casebuilder.readers.yamltext import Document, TagError, Unknown
from casebuilder.text import and_list, did_you_mean, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from casebuilder.model import Step
    from casebuilder.readers.yamltext import Plain

    Steps = tuple[Step, ...]
    #: The text of a file, the reason why it cannot be read, or None if that is already reported.
    Fetch = Callable[[str], str | Problem | None]

INHERIT = "INHERIT"
_KIND, _PLUGIN = "bad-inherit", "casebuilder"
#: The longest chain of files that inherit from each other.
_CHAIN = 10
#: Tags for types that plain values have anyway.
_PLAIN = frozenset(("!", "!!str", "!!int", "!!float", "!!bool", "!!timestamp", "!!map", "!!seq"))
#: What these make of a value; of any other they make an error.
_KINDS: dict[str, type | tuple[type, ...]] = {
    "!!int": int,
    "!!float": (int, float),
    "!!bool": bool,
    "!!timestamp": date,
    "!!map": dict,
    "!!seq": list,
}
#: Tags that are known to MkDocs, and whose values are unknown here.
_OTHERS = frozenset(("!relative", "!!binary", "!!set", "!!omap", "!!pairs"))
_RELATIVE = ("$config_dir", "$docs_dir")
_CODE = "!!python/"
_MISTYPED_TAG = 0.7
_TAG_HINT = 'delete it; put the text in quotation marks if the "!" belongs to it'
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
#: Names of variables that hold what must be in no page and no message. GitHub's own are named so.
_SECRET = re.compile(
    r"(?:^|_)(?:TOKENS?|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|(?:PRIVATE|ACCESS)_KEY)(?:_|$)",
    re.IGNORECASE,
)
_ENV_HINT = "write !ENV NAME, or !ENV [NAME, default]"


@dataclass(frozen=True, slots=True)
class Configuration:
    """Where the settings come from.

    Attributes:
        path: the configuration file, relative to the series' root.
        environment: the variables of `!ENV`.
        final: MkDocs' own settings in a build, which hooks may have changed; they replace those in the
            file. `site_name`, `site_description`, `site_url`, `theme` and, as `casebuilder`, the plugin's
            options.
    """

    path: str = "mkdocs.yml"
    environment: Mapping[str, str] = field(default_factory=dict)
    final: Mapping[str, object] | None = None


def resolver(environment: Mapping[str, str]) -> Callable[[str, Plain], Plain]:
    """Return a function that evaluates the tags in `mkdocs.yml`; `!ENV` reads from an environment."""

    def value_of(tag: str, value: Plain) -> Plain:
        if tag == "!ENV":
            return _from_environment(value, environment)
        if tag == "!!null":
            return None
        if tag not in _PLAIN and tag not in _OTHERS and not tag.startswith(_CODE):
            hint = did_you_mean(tag, ("!ENV", "!relative", *_PLAIN), cutoff=_MISTYPED_TAG) or _TAG_HINT
            raise TagError(f'MkDocs has no instruction "{tag}"', hint)
        if tag == "!relative" and not (value is None or str(value).startswith(_RELATIVE)):
            raise TagError('"!relative" stands alone, or before $config_dir or $docs_dir', "correct the value")
        if expected := _KINDS.get(tag):
            converted = yamltext.typed(value) if isinstance(value, str) else value
            if not isinstance(converted, expected):
                raise TagError(f'"{tag}" needs a value of its kind', "delete it, or correct the value")
        return value if tag in _PLAIN else Unknown.UNKNOWN

    return value_of


def _from_environment(value: Plain, environment: Mapping[str, str]) -> Plain:
    """Return the first variable that is set, or the default: the last entry of a list of two or more.

    What its name calls a secret is unknown: `check` shows values in its messages, and anybody may read a run's log.
    """
    entries = value if isinstance(value, list) else [value]
    default: Plain = entries[-1] if len(entries) > 1 else None
    names = [name for name in (entries[:-1] if len(entries) > 1 else entries) if name is not None]
    if isinstance(value, dict) or not all(isinstance(name, str) for name in names):
        raise TagError('"!ENV" needs the name of a variable', _ENV_HINT)
    for name in names:
        if isinstance(name, str) and name in environment:
            content = printable(environment[name])
            return Unknown.UNKNOWN if content in _NULLS or _SECRET.search(name) else content
    return Unknown.UNKNOWN if default is None else default


def chain(path: str, text: str, environment: Mapping[str, str], fetch: Fetch) -> tuple[dict[str, str], list[Problem]]:
    """Return the texts of a configuration file and of those it inherits, by path, and the problems of inheritance.

    Args:
        path: the file, relative to the series' root.
        text: its text.
        environment: the variables of `!ENV`.
        fetch: returns another file's text, by its path relative to the root.
    """
    texts = {path: text}
    while inherited := _inherited_path(text, path, environment):
        parent, place = inherited
        if refused := _refuse_path(parent, texts):
            return texts, [Problem(*place, _KIND, *refused)]
        got = fetch(parent)
        if not isinstance(got, str):
            return texts, [Problem(*place, _KIND, got.message, got.hint)] if got else []
        path, text = parent, got
        texts[path] = text
    return texts, []


def _refuse_path(parent: str, texts: Mapping[str, str]) -> tuple[str, str] | None:
    """Return message and hint if the path of an inherited file is not allowed; None if it is."""
    if not parent or posixpath.isabs(parent):
        hint = "write the path of the other file, relative to this one: INHERIT: base.yml"
        return "INHERIT does not name a file by its relative path", hint
    if parent in texts:
        return f"{parent} already inherits from this file", "delete this line"
    if len(texts) == _CHAIN:
        return f"more than {_CHAIN} files inherit from each other", "put the settings into fewer files"
    return None


def _inherited_path(text: str, path: str, environment: Mapping[str, str]) -> tuple[str, tuple[str, int, int]] | None:
    """Return the file that a configuration inherits, and the place of its name; "" if it is not a file name."""
    if INHERIT not in text:  # true of nearly every file, and saves reading it twice
        return None
    document, _ = yamltext.read(text, path, tags=resolver(environment))
    if document is None or not isinstance(document.value, dict) or INHERIT not in document.value:
        return None
    return _resolve_parent(document, document.value[INHERIT]), document.origin.at(INHERIT)


def _resolve_parent(document: Document, name: Plain) -> str:
    """Return the path of an inherited file, relative to the series' root, as MkDocs resolves it."""
    if not isinstance(name, str) or not name:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.origin.path), name))


def read(texts: Mapping[str, str], path: str, environment: Mapping[str, str]) -> tuple[Document | None, list[Problem]]:
    """Merge a configuration with the files it inherits: fields are merged, everything else is replaced.

    Args:
        texts: the texts that `chain` found. The key `INHERIT` of the result names a file that it could not find.
        path: the first file.
        environment: the variables of `!ENV`.
    """
    document, problems = yamltext.read(texts[path], path, tags=resolver(environment))
    if document is None or not isinstance(document.value, dict) or INHERIT not in document.value:
        return document, problems
    parent = _resolve_parent(document, document.value[INHERIT])
    other_texts = {name: text for name, text in texts.items() if name != path}  # no circle is followed
    if parent not in other_texts:
        return document, problems
    inherited, parent_problems = read(other_texts, parent, environment)
    problems += parent_problems
    if inherited is None:
        return document, problems
    if not isinstance(inherited.value, dict):
        if inherited.value is not None:
            hint = "write each line as name: value, as in mkdocs.yml"
            problems.append(Problem(*document.origin.at(INHERIT), _KIND, f"{parent} holds no settings", hint))
        inherited = Document({}, inherited.origin)
    problems += _report_replaced_options(inherited, document)
    own_values = {key: value for key, value in document.value.items() if key != INHERIT}
    return _merge_documents(inherited, Document(own_values, document.origin)), problems


def _report_replaced_options(parent: Document, child: Document) -> list[Problem]:
    """Report that casebuilder's settings in an inherited list of plugins are lost, because lists replace each other."""
    parent_plugins, child_plugins = (_plugins(document) for document in (parent, child))
    if (
        parent_plugins is None
        or child_plugins is None
        or (isinstance(parent_plugins, dict) and isinstance(child_plugins, dict))
    ):
        return []
    parent_options, child_options = _options(parent_plugins), _options(child_plugins)
    lost_options = [f'"{name}"' for name in parent_options or () if name not in (child_options or {})]
    if child_options is None or not lost_options:
        return []
    origin = parent.origin
    verb = "is" if len(lost_options) == 1 else "are"
    message = (
        f"{and_list(lost_options)} of {origin.path} {verb} not inherited: this list of plugins replaces the one there"
    )
    hint = "write them here, too; or write the plugins of both files without hyphens, and they are joined"
    return [Problem(*child.origin.at_key("plugins"), "unused-setting", message, hint)]


def _plugins(document: Document) -> Plain:
    return document.value.get("plugins") if isinstance(document.value, dict) else None


def _options(plugins: Plain) -> dict[str, Plain] | None:
    """Return casebuilder's options in a list or in fields of plugins; None if it is not there."""
    entries = [plugins] if isinstance(plugins, dict) else plugins if isinstance(plugins, list) else []
    for entry in entries:
        if entry == _PLUGIN:
            return {}
        if isinstance(entry, dict) and _PLUGIN in entry:
            options = entry[_PLUGIN]
            return options if isinstance(options, dict) else {}
    return None


def _merge_documents(parent: Document, child: Document) -> Document:
    """Merge two configurations; each value keeps its file, line and column."""
    marks, keys = dict(child.origin.marks), dict(child.origin.keys)
    paths, remarks = dict(child.origin.paths), dict(child.origin.remarks)
    for steps, mark in parent.origin.marks.items():
        if steps not in marks and _is_inherited(steps, child.value):
            marks[steps] = mark
            paths[steps] = parent.origin.paths.get(steps, parent.origin.path)
            if steps in parent.origin.keys:
                keys[steps] = parent.origin.keys[steps]
            if steps in parent.origin.remarks:
                remarks[steps] = parent.origin.remarks[steps]
    origin = Origin(child.origin.path, marks, keys, paths=paths, remarks=remarks, text=child.origin.text)
    return Document(_merge_values(parent.value, child.value), origin)


def _is_inherited(steps: Steps, child: Plain) -> bool:
    """Return whether the child does not replace an inherited value, or one around it."""
    for step in steps:
        if not isinstance(child, dict):
            return False
        if step not in child:
            return True
        child = child[str(step)]
    return False


def _merge_values(parent: Plain, child: Plain) -> Plain:
    if not (isinstance(parent, dict) and isinstance(child, dict)):
        return child
    return {
        **parent,
        **{key: _merge_values(parent[key], value) if key in parent else value for key, value in child.items()},
    }
