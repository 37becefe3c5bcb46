"""Resolve the site's links in an offline copy."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from casebuilder import markup

#: A placeholder for the address of a site without one.
_NOWHERE = "https://site.invalid/"


@dataclass(frozen=True, slots=True)
class Links:
    """The files of a copy, and the address of the site that it is made of.

    Attributes:
        files: their places, "cases/index.html".
        address: the site's, ending in a slash; empty without one.
    """

    files: frozenset[str]
    address: str

    def moved(self, link: str, page: str) -> str:
        """Return a link as it must be in a file of the copy.

        One into the site names the file that a server would have sent; one to what the copy leaves out leads to the
        site itself; all others stay.

        Args:
            link: as the page has it.
            page: the page's place.
        """
        base = self.address or _NOWHERE
        if not link or link.startswith("#"):
            return link
        full_address = markup.joined(base + page, link)
        if not full_address.startswith(base):
            return link
        match = re.match(r"[^?#]*", full_address)
        path = match[0] if match else full_address
        target = self._file_for(unquote(path.removeprefix(base)))
        if target not in self.files:
            return full_address if self.address else link
        return quote(posixpath.relpath(target, posixpath.dirname(page) or ".")) + full_address[len(path) :]

    def _file_for(self, path: str) -> str:
        """Return the file that a server sends for a path."""
        if path.endswith("/") or not path:
            return f"{path}index.html"
        return path if path in self.files else f"{path}/index.html"
