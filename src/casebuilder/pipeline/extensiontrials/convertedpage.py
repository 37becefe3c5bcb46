"""What MkDocs sees of a hand-written page once Python-Markdown has converted it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebuilder import markup
from casebuilder.pipeline.extensiontrials.confinedprocess import confined

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: What Python-Markdown writes for "&" in the address of an email: it belongs to no page.
_EMAIL = "\x02amp\x03"


@dataclass(frozen=True, slots=True)
class Page:
    """What MkDocs sees of a page.

    Attributes:
        links: the addresses of its links and pictures; HTML in the text is not looked at.
        anchors: the names that a link can lead to.
        tags: the names of its elements.
        fault: why it cannot be converted; empty if it can.
    """

    links: tuple[str, ...] = ()
    anchors: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    fault: str = ""


def confined_convert(text: str, extensions: dict[str, dict[str, object]]) -> Page:
    """Return what `convert` does, in the confined process.

    Raises:
        ConfinedError: an extension would read a file or ask another machine.
    """
    with confined():
        return convert(text, extensions)


def convert(text: str, extensions: dict[str, dict[str, object]]) -> Page:
    """Return what MkDocs sees of a page.

    Args:
        text: its Markdown, with front matter.
        extensions: the options of each extension, by its name.
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
        body, _ = meta.get_data(text)
        engine = markdown.Markdown(extensions=list(extensions), extension_configs=extensions)
        engine.treeprocessors.register(Collector(engine), "casebuilder-links", 0)
        root = markup.parse(engine.convert(body))
    except Exception as error:  # noqa: BLE001 - an extension is another's program, and may raise anything
        return Page(fault=" ".join(str(error).split()) or type(error).__name__)
    anchors = [part.get("id") for part in markup.elements(root)]
    anchors += [part.get("name") for part in markup.elements(root, "a")]
    tags = frozenset(part.tag for part in markup.elements(root))
    return Page(tuple(dict.fromkeys(links)), frozenset(name for name in anchors if name), tags)
