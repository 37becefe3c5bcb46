"""The address of a link on paper, where nobody can follow it: it is printed after the link's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebuilder.markup import Element


def printed_address(link: Element, words: str) -> str:
    """Return the address that is printed after a link, without its scheme; empty if the link's words show it."""
    address = "" if link.has("class") else link.get("href")
    short_address = re.sub(r"^https?://(www\.)?|/$", "", address)
    return short_address if address.startswith("http") and short_address not in words else ""
