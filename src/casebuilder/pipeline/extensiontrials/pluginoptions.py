"""Whether a plugin of MkDocs takes its options. Its events do not run."""

from __future__ import annotations

from importlib.metadata import EntryPoint

from casebuilder.pipeline.extensiontrials.confinedprocess import ConfinedError, confined

_BAD = "bad-value"


def refusals(name: str, value: str, options: dict[str, object], settings_path: str) -> list[tuple[str, str, str]]:
    """Return the options that a plugin does not take, why, and the code of the problem, in the confined process.

    Args:
        name: that of its entry point.
        value: where its class is, as the entry point says.
        options: without those that only running code tells.
        settings_path: the path of `mkdocs.yml`.

    Raises:
        ConfinedError: the plugin would read a file or ask another machine.
    """
    from mkdocs.plugins import BasePlugin

    try:
        plugin_class = EntryPoint(name, value, "mkdocs.plugins").load()
        if not issubclass(plugin_class, BasePlugin):
            return [("", "it is not a plugin of MkDocs", _BAD)]
        plugin = plugin_class()
        if isinstance(options.get("enabled"), bool) and not any(key == "enabled" for key, _ in plugin.config_scheme):
            options = {key: option for key, option in options.items() if key != "enabled"}
        with confined():
            faults, remarks = plugin.load_config(options, settings_path)
    except ConfinedError:
        raise
    except Exception as error:  # noqa: BLE001 - a plugin is another's program, and may raise anything
        return [("", " ".join(str(error).split()) or type(error).__name__, _BAD)]
    return [
        *((str(key), " ".join(str(refusal).split()), _BAD) for key, refusal in faults),
        *((str(key), " ".join(str(refusal).split()), "unused-setting") for key, refusal in remarks),
    ]
