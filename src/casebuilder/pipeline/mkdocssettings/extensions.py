"""The Markdown extensions of hand-written pages: whether each is installed, and takes its options."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebuilder.pipeline import extensiontrials
from casebuilder.pipeline.mkdocssettings import valuekinds
from casebuilder.pipeline.mkdocssettings.settingsfile import is_unknown
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings import installed
    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.pipeline.mkdocssettings.valuekinds import Steps
    from casebuilder.problems import Problem

#: The extensions of Python-Markdown itself, which MkDocs brings.
_OWN = frozenset(
    ("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
     "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks")
)  # fmt: skip
_PREFIX = "pymdownx."
#: Those of the package pymdownx, which Material brings.
_PYMDOWNX = frozenset(
    ("arithmatex", "b64", "betterem", "bracketspan", "caret", "critic", "details", "emoji", "escapeall", "extra",
     "fancylists", "highlight", "inlinehilite", "keys", "magiclink", "mark", "pathconverter", "progressbar", "quotes",
     "saneheaders", "smartsymbols", "snippets", "striphtml", "superfences", "tabbed", "tasklist", "tilde")
)  # fmt: skip
#: Options that need no second look, because nearly every series has them.
_USUAL = {"toc": {"toc_depth", "permalink"}, "pymdownx.highlight": {"use_pygments"}}
_DEPTHS = r"[1-6](-[1-6])?"
_HINT = 'install it and add it to requirements.txt, or delete it from "markdown_extensions"'
#: What the text of each module has that makes an extension; no other module is loaded.
_EXTENSION, _MAKER = "Extension", "def makeExtension"


def extensions(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a list, or fields, of extensions that are installed, with options that they take; or nothing."""
    if isinstance(value, dict):
        for name, options in value.items():
            yield from _check_extension(settings, name, options, (*steps, name))
    elif value is not None:
        yield from valuekinds.listed(_check_entry)(settings, value, steps)


def _check_entry(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    if isinstance(value, dict) and len(value) == 1:
        ((name, options),) = value.items()
        yield from _check_extension(settings, name, options, (*steps, name))
    elif isinstance(value, dict):
        hint = "put two more spaces before each option, or a hyphen before each extension"
        yield settings.problem(steps, "wrong-type", "an entry of the list names one extension", hint)
    elif isinstance(value, str):
        yield from _check_extension(settings, value, None, steps)
    else:
        yield from valuekinds.filled(settings, value, steps)


def _check_extension(settings: SettingsFile, name: str, options: object, steps: Steps) -> Iterator[Problem]:
    """Yield the problems of one extension."""
    if options and not (isinstance(options, dict) or is_unknown(options)):
        hint = "write each on a line of its own below it, as name: value"
        yield settings.problem(steps, "wrong-type", f'"{name}" needs one name and value for each option', hint)
        return
    is_known = name in _OWN or (name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in _PYMDOWNX)
    module = None if is_known else _find_module(settings, name)
    if not (module or is_known):
        suggestion = did_you_mean(name, (*_OWN, *(_PREFIX + each for each in _PYMDOWNX)), cutoff=0.75)
        message = f'the Markdown extension "{name}" is not installed'
        yield settings.problem_of_key(steps, "not-installed", message, suggestion or _HINT)
        return
    is_doubtful = not _is_usual(name, options) if is_known else bool(module and module.is_foreign)
    if is_doubtful and (reason := _refusal_of(name, options)):
        hint = "correct the options, which the pages of the extension explain, or delete them"
        yield settings.problem(steps, "bad-value", f'"{name}" cannot be used with these options: {reason}', hint)


def is_loadable(settings: SettingsFile, name: str) -> bool:
    """Return whether an extension is installed, outside the series' folder, so that `check` may load it."""
    if is_own(name) or (name.startswith(_PREFIX) and name.removeprefix(_PREFIX) in _PYMDOWNX):
        return True
    module = _find_module(settings, name)
    return bool(module and module.is_foreign)


def is_own(name: str) -> bool:
    """Return whether an extension belongs to Python-Markdown itself: those read no files."""
    return name in _OWN


def _find_module(settings: SettingsFile, name: str) -> installed.Module | None:
    """Return the module of an extension by its name, which may be a shorter one that its package gives it."""
    from casebuilder.pipeline.mkdocssettings import installed

    if point := installed.points(settings.root, "markdown.extensions").get(name) if "." not in name else None:
        return installed.module(settings.root, point.module)
    path, _, kind = name.partition(":")
    module = installed.module(settings.root, path)
    if module is None or module.source is None:
        return None
    program = module.text()
    if kind or not program:  # anything in a module could be called like this, so it is not
        is_there = not program or (_EXTENSION in program and f"class {kind}" in program)
        return installed.Module(module.source, is_foreign=False) if is_there else None
    return module if _MAKER in program else None


def _is_usual(name: str, options: object) -> bool:
    """Return whether an extension that MkDocs and Material bring surely takes its options."""
    if not options:
        return True
    if not isinstance(options, dict) or not options.keys() <= _USUAL.get(name, set()):
        return is_unknown(options)
    depth = options.get("toc_depth", 6)
    return (isinstance(depth, int) or bool(re.fullmatch(_DEPTHS, str(depth)))) and all(
        isinstance(option, bool) for key, option in options.items() if key != "toc_depth"
    )


def _refusal_of(name: str, options: object) -> str:
    """Return why an extension cannot be loaded with its options; empty if it can. Unknown options are left out."""
    from casebuilder.pipeline.extensiontrials import extensionoptions

    known_options = without_unknown(options) if isinstance(options, dict) else {}
    if is_own(name):
        return extensionoptions.refusal(name, known_options)
    try:
        return extensiontrials.attempt(extensionoptions.confined_refusal, name, known_options)
    except extensiontrials.UntriedError:
        return ""  # only a build tells


def without_unknown(options: dict[str, object]) -> dict[str, object]:
    """Return the options of an extension that are known without running code."""
    known_options = {key: value for key, value in options.items() if not is_unknown(value)}
    return {key: without_unknown(value) if isinstance(value, dict) else value for key, value in known_options.items()}
