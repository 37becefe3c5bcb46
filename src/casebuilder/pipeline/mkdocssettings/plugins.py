"""The plugins of a site: whether each is installed, and takes its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebuilder.pipeline import extensiontrials
from casebuilder.pipeline.mkdocssettings import namedsettings, valuekinds
from casebuilder.pipeline.mkdocssettings.settingsfile import is_unknown
from casebuilder.text import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile
    from casebuilder.pipeline.mkdocssettings.valuekinds import Steps
    from casebuilder.problems import Problem

_OWN = "casebuilder"
_WRONG, _BAD = "wrong-type", "bad-value"
#: Plugins that cannot build a site of casebuilder, and why; and those that change nothing on its pages.
_UNFIT = {
    "material/optimize": "it cannot read pages and pictures that casebuilder makes",
    "material/info": "it asks another host for versions, and builds no site",
}
_IDLE = {"material/social": "casebuilder draws the cards for link previews of its pages itself"}
#: Plugins that refuse nothing, or whose refusals `check` knows.
_KNOWN = frozenset(f"material/{name}" for name in ("group", "meta", "offline", "search", "tags", "typeset")) | {
    "search"
}
#: What a plugin may refuse in a build.
_REFUSES = {
    "material/blog": "which posts it refuses: for their dates, authors, categories or excerpts",
    "material/projects": "which projects it refuses: for their settings, pages or links",
    "material/privacy": "whether it can fetch what pages show from other hosts",
}
_HINT = 'install it and add it to requirements.txt, or delete it from "plugins"'


def plugins(settings: SettingsFile, value: object, steps: Steps) -> Iterator[Problem]:
    """Accept a list, or fields, of plugins that are installed, with options that they take."""
    if isinstance(value, dict):
        for name, options in value.items():
            yield from _check_plugin(settings, name, options, (*steps, name))
    elif isinstance(value, list):
        yield from _check_entries(settings, value, steps)
    elif value is not None:
        yield from valuekinds.listed(valuekinds.filled)(settings, value, steps)


def _check_entries(settings: SettingsFile, entries: list[object], steps: Steps) -> Iterator[Problem]:
    names: set[str] = set()
    for number, entry in enumerate(entries):
        place = (*steps, number)
        if isinstance(entry, dict) and (len(entry) == 1 or _OWN in entry):  # ours has its own report, if there are more
            name, options = next((pair for pair in entry.items() if pair[0] == _OWN), next(iter(entry.items())))
            place = (*place, name)
        elif isinstance(entry, str):
            name, options = entry, None
        else:
            if isinstance(entry, dict):
                hint = "put two more spaces before each option, or a hyphen before each plugin"
                yield settings.problem(place, _WRONG, "an entry of the list names one plugin", hint)
            else:
                yield from valuekinds.filled(settings, entry, place)
            continue
        if name == _OWN and name in names:
            hint = "keep one of the two, with the options of both"
            yield settings.problem_of_key(place, "wrong-count", f'the plugin "{name}" is named twice', hint)
        names.add(name)
        yield from _check_plugin(settings, name, options, place)


def _check_plugin(settings: SettingsFile, name: str, options: object, steps: Steps) -> Iterator[Problem]:
    """Yield the problems of one plugin; the options of our own are read elsewhere."""
    if name == _OWN:
        return
    from casebuilder.pipeline.mkdocssettings import installed

    installed_plugins = installed.points(settings.root, "mkdocs.plugins")
    theme = settings.theme()
    full_name = next((each for each in (f"{theme}/{name}", name.removeprefix("/")) if each in installed_plugins), None)
    if full_name is None:
        message, hint = (
            f'the plugin "{name}" is not installed',
            did_you_mean(name, installed_plugins, cutoff=0.75) or _HINT,
        )
        yield settings.problem_of_key(steps, "not-installed", message, hint)
    elif options and not (isinstance(options, dict) or is_unknown(options)):
        hint = "write each on a line of its own below it, as name: value"
        yield settings.problem(steps, _WRONG, f'"{name}" needs one name and value for each option', hint)
    elif reason := _UNFIT.get(full_name, ""):
        message = f'the plugin "{name}" does not work with casebuilder: {reason}'
        yield settings.problem_of_key(steps, _BAD, message, "delete it")
    elif reason := _IDLE.get(full_name, ""):
        message = f'the plugin "{name}" changes nothing on these pages: {reason}'
        yield settings.problem_of_key(steps, "unused-setting", message, "delete it")
    else:
        given_options = options if isinstance(options, dict) else {}
        refused = False
        for option, refusal, code in _refused_options(settings, full_name, given_options):
            refused = True
            place = (*steps, option) if option in given_options else steps
            hint = "correct it, as the pages of the plugin explain, or delete it"
            yield settings.problem_of_key(place, code, f'the plugin "{name}" does not take this: {refusal}', hint)
        if not (refused or full_name in _KNOWN or given_options.get("enabled") is False):
            what = _REFUSES.get(full_name, "what it changes or refuses")
            message = f'check does not run the plugin "{name}", and cannot tell {what}'
            yield settings.problem_of_key(steps, "program-not-run", message, namedsettings.BUILD_TOO)


def _refused_options(settings: SettingsFile, name: str, options: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield the options that a plugin does not take, why, and the code of the problem. Its events do not run."""
    from casebuilder.pipeline.extensiontrials import pluginoptions
    from casebuilder.pipeline.mkdocssettings import installed

    point = installed.points(settings.root, "mkdocs.plugins")[name]
    module = installed.module(settings.root, point.module)
    if module is None or not module.is_foreign or "Plugin" not in module.text():
        return
    known_options = {key: value for key, value in options.items() if not is_unknown(value)}
    place = str(settings.root / "mkdocs.yml")
    try:
        yield from extensiontrials.attempt(pluginoptions.refusals, point.name, point.value, known_options, place)
    except extensiontrials.UntriedError:
        return  # only a build tells
