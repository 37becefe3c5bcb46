"""The address of a link on paper, where nobody can follow it: it is printed after the link's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.markup import Element


def printed_address(link: Element, words: str) -> str:
    """Return the address that is printed after a link, without its scheme; empty if the link's words show it."""
    address = "" if link.has("class") else link.get("href")
    return "" if shows_address(address, words) or not address.startswith("http") else _without_scheme(address)


def shows_address(address: str, words: str) -> bool:
    """Return whether the words of a link contain its address, which then has no hyphens at the ends of lines."""
    return _without_scheme(address) in words


def _without_scheme(address: str) -> str:
    return re.sub(r"^(?:mailto:|https?://(www\.)?)|/$", "", address)
