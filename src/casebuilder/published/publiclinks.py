"""Remove links to pages that are not public yet, and list the pictures that a text shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from casebuilder import markdown
from casebuilder.markdown import Kind
from casebuilder.model import Prose

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: Replaces the name of a page that is not public yet.
_UNKNOWN = "not-public-yet"


def pictures(text: Prose) -> Iterator[str]:
    """Return the paths of the pictures that a text shows or links to."""
    facts = markdown.facts(text)
    yield from (markdown.picture(text.path, picture.file) for picture in facts.pictures)
    targets = (markdown.resolve(text.path, link.address) for link in facts.links)
    yield from (target.address for target in targets if target.kind is Kind.PICTURE)


def without_hidden(text: Prose, site: str, public: Collection[str]) -> Prose:
    """Return a text whose links to pages that are not public have lost their targets.

    Only the words of such a link are printed.

    Args:
        text: the text to clean.
        site: the site's own address.
        public: the addresses below the site's root of the cases, people, collections and topics that are public.
    """
    hidden = _hidden_links(text.path, text.whole, site, frozenset(public))
    if not hidden.names:
        return text
    return replace(
        text,
        source=_without_names(text.source, hidden.names),
        around=hidden.blanked if text.around else "",
        hidden=hidden.addresses,
    )


@dataclass(frozen=True, slots=True)
class _Hidden:
    """The links of a file to pages that are not public.

    Attributes:
        names: the parts of their addresses that identify the pages.
        addresses: the addresses, without these names.
        blanked: the whole text, without these names.
    """

    names: tuple[str, ...]
    addresses: frozenset[str]
    blanked: str


@lru_cache(maxsize=64)  # a file may be cut into thousands of pieces, which follow each other
def _hidden_links(path: str, full_text: str, site: str, public: frozenset[str]) -> _Hidden:
    links = markdown.whole(Prose(full_text, path)).links  # the whole file, because each piece of a text carries it
    targets = {link.address: markdown.resolve(path, link.address, site) for link in links}
    hidden = {address: target for address, target in targets.items() if _is_hidden(target, public)}
    names = tuple(dict.fromkeys(_page_name(target) for target in hidden.values()))
    addresses = frozenset(_without_names(address, names) for address in hidden)
    return _Hidden(names, addresses, _without_names(full_text, names) if names else full_text)


def _page_name(target: markdown.Target) -> str:
    """Return the part of an address that identifies its page: a case's slug, or a folder and the id in it."""
    top, _, name = target.address.strip("/").partition("/")
    return name if top == "cases" else f"{top}/{name}"


def _without_names(text: str, names: Collection[str]) -> str:
    """Return a text without these names, in addresses and in words."""
    for name in names:
        text = text.replace(name, _UNKNOWN)
    return text


def _is_hidden(target: markdown.Target, public: Collection[str]) -> bool:
    has_own_page = (
        target.address.startswith(("cases/", "experts/", "collections/", "topics/")) and target.address.count("/") > 1
    )
    return target.kind is Kind.PAGE and has_own_page and target.address not in public
