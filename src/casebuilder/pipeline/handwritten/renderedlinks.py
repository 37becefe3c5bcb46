"""The links and the anchors of a hand-written page once Python-Markdown has converted it, as in a build.

Only extensions that are installed take part, and none may read a file or ask another host: see `confined`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.pipeline.mkdocssettings import extensions
from casebuilder.pipeline.mkdocssettings.confined import ConfinedError, confined
from casebuilder.pipeline.mkdocssettings.settingsfile import is_unknown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from casebuilder.pipeline.mkdocssettings.settingsfile import SettingsFile

#: Extensions that MkDocs always uses.
_ALWAYS = ("toc", "tables", "fenced_code")
#: What Python-Markdown writes for "&" in the address of an email: it belongs to no page.
_EMAIL = "\x02amp\x03"


@dataclass(frozen=True, slots=True)
class Page:
    """What MkDocs sees of a page.

    Attributes:
        links: the addresses of its links and pictures; HTML in the text is not looked at.
        anchors: the names that a link can lead to.
        fault: why it cannot be converted; empty if it can.
    """

    links: tuple[str, ...] = ()
    anchors: frozenset[str] = frozenset()
    fault: str = ""


def chosen(settings: SettingsFile) -> dict[str, dict[str, object]]:
    """Return the extensions in the settings that may be loaded, with their options, by name."""
    value = settings.made(settings.values.get("markdown_extensions"), ("markdown_extensions",))
    entries = value.items() if isinstance(value, dict) else _pairs(value)
    chosen_extensions: dict[str, dict[str, object]] = {name: {} for name in _ALWAYS}
    for name, options in entries:
        if extensions.is_loadable(settings, name):
            chosen_extensions[name] = extensions.without_unknown(options) if isinstance(options, dict) else {}
    return chosen_extensions


def _pairs(value: object) -> list[tuple[str, object]]:
    """Return the name and the options of each extension in a list."""
    pairs: list[tuple[str, object]] = []
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, str):
            pairs.append((entry, None))
        elif isinstance(entry, dict) and len(entry) == 1 and not is_unknown(entry):
            pairs += entry.items()
    return pairs


def convert(text: str, chosen_extensions: dict[str, dict[str, object]]) -> Page:
    """Return what MkDocs sees of a page.

    Args:
        text: its Markdown, with front matter.
        chosen_extensions: what `chosen` returns.
    """
    import markdown
    from markdown.treeprocessors import Treeprocessor
    from mkdocs.utils import meta

    links: list[str] = []

    class Collector(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
        def run(self, root: Element) -> None:
            addresses = (
                part.get("href" if part.tag == "a" else "src") for part in root.iter() if part.tag in {"a", "img"}
            )
            links.extend(address for address in addresses if address and _EMAIL not in address)

    try:
        with confined():
            body, _ = meta.get_data(text)
            engine = markdown.Markdown(extensions=list(chosen_extensions), extension_configs=chosen_extensions)
            engine.treeprocessors.register(Collector(engine), "casebuilder-links", 0)
            root = markup.parse(engine.convert(body))
    except ConfinedError:  # one of them reads files, so the page is looked at without those that may
        safe = {name: options for name, options in chosen_extensions.items() if extensions.is_own(name)}
        return convert(text, safe) if safe != chosen_extensions else Page()
    except Exception as error:  # noqa: BLE001 - an extension is another's program, and may raise anything
        return Page(fault=" ".join(str(error).split()) or type(error).__name__)
    anchors = [part.get("id") for part in markup.elements(root)]
    anchors += [part.get("name") for part in markup.elements(root, "a")]
    return Page(tuple(dict.fromkeys(links)), frozenset(name for name in anchors if name))
